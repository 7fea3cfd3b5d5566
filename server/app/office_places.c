/* Who has a place at an event's desk: listed, taken away, given a new link. */
#include "app/office_task.h"

#include <stdlib.h>

static void
write_place(struct buf *out, struct hall *hall, const struct desk_place *place)
{
    buf_printf(
        out, "{\"person\":\"%lld\",\"role\":\"%s\",\"name\":", (long long)place->person,
        role_name(place->role));
    office_write_text(out, hall, &place->name);
    buf_printf(
        out,
        ",\"made_at_ms\":%lld,\"until_ms\":%lld,\"sat_at_ms\":%lld,"
        "\"revoked_at_ms\":%lld,\"office\":%s}",
        (long long)place->made_at_ms, (long long)(place->made_at_ms + DESK_LINK_MS),
        (long long)place->sat_at_ms, (long long)place->revoked_at_ms,
        place->made_by == 0 ? "true" : "false");
}

enum err office_event_links(struct office_task *task, const cJSON *request)
{
    struct buf answer;
    enum err err = office_find_event(task, request);
    if (err != ERR_OK) {
        return err;
    }
    buf_init(&answer, ANSWER_BYTES_MAX);
    office_begin(task, &answer);
    buf_text(&answer, ",\"links\":[");
    for (size_t i = 0; i < task->event->desk_count; i++) {
        buf_text(&answer, i > 0 ? "," : "");
        write_place(&answer, task->hall, &task->event->desk[i]);
    }
    buf_text(&answer, "]}");
    office_answer(task, &answer);
    buf_fini(&answer);
    return ERR_OK;
}

static enum err find_place(
    struct office_task *task, const cJSON *request, const struct desk_place **ret_place)
{
    const char *person = office_text(request, "person");
    enum err err = office_find_event(task, request);
    if (err != ERR_OK || person == NULL) {
        return err != ERR_OK ? err : ERR_MISSING_KEY;
    }
    size_t digits = strspn(person, "0123456789");
    bool number = digits > 0 && digits < 10 && person[digits] == '\0';
    *ret_place = number ? event_desk(task->event, strtoll(person, NULL, 10)) : NULL;
    return *ret_place != NULL ? ERR_OK : ERR_LINK_UNKNOWN;
}

static void
revoke(struct office_task *task, const struct desk_place *place, hall_done *done)
{
    struct entry entry = {
        .kind = ENTRY_DESK_REVOKE, .role = ROLE_OFFICE, .as.desk.person = place->person};
    trust_random_uid(&entry.command);
    hall_submit(task->hall, task->event, &entry, hall_no_docs(), done, task);
}

static void on_revoked(void *ctx, const struct outcome *outcome)
{
    struct office_task *task = ctx;
    struct buf answer;
    if (outcome->err != ERR_OK) {
        office_refuse(task, outcome->err);
        return;
    }
    buf_init(&answer, 1024);
    office_begin(task, &answer);
    buf_char(&answer, '}');
    office_answer(task, &answer);
    buf_fini(&answer);
}

enum err office_event_unlink(struct office_task *task, const cJSON *request)
{
    const struct desk_place *place = NULL;
    enum err err = find_place(task, request, &place);
    if (err == ERR_OK) {
        revoke(task, place, on_revoked);
    }
    return err;
}

/* The new place is there, so the old one may go, with its session: no device that was
 * lost comes back. */
static void on_renewed(void *ctx, const struct outcome *outcome)
{
    struct office_task *task = ctx;
    if (outcome->err != ERR_OK) {
        office_refuse(task, outcome->err);
        return;
    }
    revoke(task, event_desk(task->event, task->count), office_answer_link);
}

enum err office_event_relink(struct office_task *task, const cJSON *request)
{
    const struct desk_place *place = NULL;
    enum err err = find_place(task, request, &place);
    if (err == ERR_OK && place->revoked_at_ms != 0) {
        err = ERR_WRONG_STATE;
    }
    if (err == ERR_OK) {
        const struct hall_invitation same = {.role = place->role, .name = place->name};
        task->count = place->person;
        hall_invite(task->hall, task->event, &same, task->token, on_renewed, task);
    }
    return err;
}
