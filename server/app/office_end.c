/* The end of an event: archived, or deleted. */
#include "app/office_task.h"

static void answer_event(struct office_task *task)
{
    struct buf answer;
    buf_init(&answer, 1024);
    office_begin(task, &answer);
    buf_char(&answer, '}');
    office_answer(task, &answer);
    buf_fini(&answer);
}

static void on_archived(void *ctx, const struct outcome *outcome)
{
    struct office_task *task = ctx;
    if (outcome->err == ERR_OK) {
        answer_event(task);
    } else {
        office_refuse(task, outcome->err);
    }
}

/* What was closed a moment ago is not counted yet: its paper still comes in. Asked here
 * and not in the fold, which has let in such archivings. */
static bool has_unsealed(const struct event *event)
{
    bool has = false;
    for (size_t i = 0; i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        has = has || (poll->state == POLL_CLOSED && !poll->dropped);
    }
    return has;
}

enum err office_event_archive(struct office_task *task, const cJSON *request)
{
    struct entry entry = {.kind = ENTRY_EVENT_ARCHIVE, .role = ROLE_OFFICE};
    const cJSON *on = cJSON_GetObjectItemCaseSensitive(request, "on");
    enum err err = office_find_event(task, request);
    if (err == ERR_OK && !cJSON_IsBool(on)) {
        err = ERR_MISSING_KEY;
    }
    if (err == ERR_OK && cJSON_IsTrue(on) && has_unsealed(task->event)) {
        err = ERR_POLL_UNSEALED;
    }
    if (err != ERR_OK) {
        return err;
    }
    entry.as.event_archive.on = cJSON_IsTrue(on);
    trust_random_uid(&entry.command);
    hall_submit(task->hall, task->event, &entry, hall_no_docs(), on_archived, task);
    return ERR_OK;
}

static void on_forgotten(void *ctx, enum err err)
{
    struct office_task *task = ctx;
    if (err == ERR_OK) {
        answer_event(task);
    } else {
        office_refuse(task, err);
    }
}

/* Whoever means another event does not type this one's code. */
enum err office_event_delete(struct office_task *task, const cJSON *request)
{
    char code[TRUST_CODE_SYMBOLS + 1];
    const char *typed = office_text(request, "confirm");
    enum err err = office_find_event(task, request);
    if (err != ERR_OK) {
        return err;
    }
    if (typed == NULL ||
        trust_code_read(span_of_string(typed), TRUST_CODE_SYMBOLS, code) != ERR_OK ||
        strcmp(code, task->event->code) != 0) {
        return ERR_CODE_UNKNOWN;
    }
    return hall_forget(task->hall, task->event, on_forgotten, task);
}
