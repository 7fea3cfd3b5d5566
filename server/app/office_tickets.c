/* Tickets: their codes leave the server once, in this answer. */
#include "app/office_task.h"

#include <stdlib.h>

static void on_issued(void *ctx, const struct outcome *outcome)
{
    struct office_task *task = ctx;
    if (outcome->err != ERR_OK) {
        office_refuse(task, outcome->err);
        return;
    }
    struct buf answer;
    buf_init(&answer, ANSWER_BYTES_MAX);
    office_begin(task, &answer);
    buf_printf(&answer, ",\"first\":%lld,\"codes\":[", (long long)outcome->id);
    for (int64_t i = 0; i < task->count; i++) {
        buf_printf(
            &answer, "%s\"%s\"", i != 0 ? "," : "",
            task->codes + i * (TRUST_TICKET_SYMBOLS + 1));
    }
    buf_text(&answer, "]}");
    office_answer(task, &answer);
    if (answer.data != NULL) {
        trust_wipe(answer.data, answer.capacity);
    }
    buf_fini(&answer);
}

/* By its name, as whoever made it knows it; 0 if none is asked for. */
static enum err
find_group(const struct office_task *task, const cJSON *request, int64_t *ret_group)
{
    const char *name = office_text(request, "group");
    if (name == NULL) {
        return ERR_OK;
    }
    *ret_group = hall_label_called(task->hall, task->event, LABEL_GROUP, name, 0);
    return *ret_group != 0 ? ERR_OK : ERR_UNKNOWN_LABEL;
}

enum err office_event_tickets(struct office_task *task, const cJSON *request)
{
    enum err err = office_find_event(task, request);
    int64_t count = office_int(request, "count");
    int64_t group = 0;
    err = err == ERR_OK ? find_group(task, request, &group) : err;
    if (err != ERR_OK) {
        return err;
    }
    if (count < 1 || count > TICKETS_MAX) {
        return ERR_BAD_VALUE;
    }
    task->codes = calloc((size_t)count, TRUST_TICKET_SYMBOLS + 1);
    if (task->codes == NULL) {
        return ERR_NOMEM;
    }
    task->count = count;
    struct entry entry = {
        .kind = ENTRY_TICKETS_ISSUE,
        .role = ROLE_OFFICE,
        .as.tickets_issue.count = count,
        .as.tickets_issue.group = group,
    };
    trust_random_uid(&entry.command);
    hall_issue_tickets(task->hall, task->event, &entry, task->codes, on_issued, task);
    return ERR_OK;
}
