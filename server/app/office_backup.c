/* Backup: the store copies itself between batches; the keys stay where they are. */
#include "app/office_task.h"

#include <stdlib.h>

static void on_copied(void *ctx, enum store_status status, int64_t seq)
{
    (void)seq;
    struct office_task *task = ctx;
    if (status != STORE_STORED) {
        office_refuse(task, status == STORE_NO_ROOM ? ERR_NO_SPACE : ERR_IO);
        return;
    }
    struct buf answer;
    buf_init(&answer, CONTROL_BYTES_MAX);
    buf_text(&answer, "{\"ok\":true,\"out\":");
    buf_json_string(&answer, span_of_string(task->path));
    buf_char(&answer, '}');
    office_answer(task, &answer);
    buf_fini(&answer);
}

enum err office_backup(struct office_task *task, const cJSON *request)
{
    const char *out = office_text(request, "out");
    if (out == NULL || out[0] != '/') {
        return out == NULL ? ERR_MISSING_KEY : ERR_BAD_VALUE;
    }
    task->path = strdup(out);
    if (task->path == NULL) {
        return ERR_NOMEM;
    }
    return store_backup(hall_store(task->hall), task->path, on_copied, task);
}
