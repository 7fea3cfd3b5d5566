/* Who may come to the office's page: a link to it, and the end of all of them. */
#include "app/office_task.h"

#include "app/hall_office.h"

static void on_stored(void *ctx, enum store_status status, int64_t seq)
{
    (void)status;
    (void)seq;
    struct office_task *task = ctx;
    struct buf answer;
    buf_init(&answer, 1024);
    office_begin(task, &answer);
    if (task->token[0] != '\0') {
        buf_printf(&answer, ",\"token\":\"%s\"", task->token);
    }
    buf_char(&answer, '}');
    office_answer(task, &answer);
    buf_fini(&answer);
}

enum err office_link(struct office_task *task, const cJSON *request)
{
    (void)request;
    return hall_office_link(task->hall, task->token, on_stored, task);
}

enum err office_revoke(struct office_task *task, const cJSON *request)
{
    (void)request;
    return hall_office_revoke(task->hall, on_stored, task);
}
