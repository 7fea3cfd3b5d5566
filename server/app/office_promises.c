/* Overdue promises: ideas of all events of which news was announced by a day that has
 * passed, and that are not at their end. Of an idea that is not to be seen the office
 * learns the number, and no words of it. */
#include "app/office_task.h"

#include "domain/follow.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

/* Today in UTC. Where the reader is, a day may already be over that is today here: the
 * page looks again. */
static struct day today(int64_t now_ms)
{
    time_t seconds = (time_t)(now_ms / 1000);
    struct tm utc = {0};
    if (gmtime_r(&seconds, &utc) == NULL) {
        return (struct day){0};
    }
    return (struct day){
        .year = (uint16_t)(utc.tm_year + 1900),
        .month = (uint8_t)(utc.tm_mon + 1),
        .of_month = (uint8_t)utc.tm_mday,
    };
}

static int32_t order_of(struct day day)
{
    return (day.year * 100 + day.month) * 100 + day.of_month;
}

/* The idea's last step, if its day is here or has passed; or NULL. Who withdrew an idea
 * wants nothing of it. */
static const struct follow *
find_due(const struct event *event, const struct idea *idea, struct day day)
{
    const struct follow *step = event_follow(event, idea->follow);
    bool due = step != NULL && !follow_is_final(step->state) &&
               !day_is_none(step->next) && order_of(step->next) <= order_of(day) &&
               idea->state != IDEA_WITHDRAWN;
    return due ? step : NULL;
}

static bool has_page(const struct event *event, const struct idea *idea)
{
    const struct idea *last = event_idea_last(event, idea);
    return last != NULL && last->state == IDEA_PUBLISHED;
}

static void write_promise(
    struct buf *out, struct hall *hall, const struct event *event,
    const struct idea *idea, const struct follow *step)
{
    buf_printf(
        out, "{\"event\":\"%s\",\"idea\":\"%" PRId64 "\",\"state\":\"%s\"", event->code,
        idea->id, follow_state_name(step->state));
    buf_printf(
        out, ",\"next\":\"%04u-%02u-%02u\",\"page\":%s", (unsigned)step->next.year,
        (unsigned)step->next.month, (unsigned)step->next.of_month,
        has_page(event, idea) ? "true" : "false");
    if (idea->state == IDEA_PUBLISHED) {
        buf_text(out, ",\"title\":");
        office_write_text(out, hall, &idea->content);
    }
    buf_text(out, ",\"department\":");
    office_write_text(out, hall, &step->content);
    buf_char(out, '}');
}

/* How many there are up to this event, of which `written` before it. */
static size_t write_promises(
    struct buf *out, struct hall *hall, const struct event *event, size_t written)
{
    struct day day = today(hall_now_ms(hall));
    size_t count = written;
    for (size_t i = 0; i < event->idea_count; i++) {
        const struct idea *idea = &event->ideas[i];
        const struct follow *step = find_due(event, idea, day);
        if (step != NULL && count < OFFICE_PROMISES_MAX) {
            buf_text(out, count > 0 ? "," : "");
            write_promise(out, hall, event, idea, step);
        }
        count += step != NULL ? 1 : 0;
    }
    return count;
}

enum err office_promises(struct office_task *task, const cJSON *request)
{
    (void)request;
    struct buf answer;
    size_t count = 0;
    buf_init(&answer, ANSWER_BYTES_MAX);
    buf_text(&answer, "{\"ok\":true,\"promises\":[");
    for (size_t i = 0; i < hall_event_count(task->hall); i++) {
        const struct event *event = hall_event_at(task->hall, i);
        if (event->created && !event->rehearsal) {
            count = write_promises(&answer, task->hall, event, count);
        }
    }
    buf_printf(
        &answer, "],\"left_out\":%zu}",
        count > OFFICE_PROMISES_MAX ? count - OFFICE_PROMISES_MAX : 0);
    office_answer(task, &answer);
    buf_fini(&answer);
    return ERR_OK;
}
