/* The office's page itself: who may come to it, and what it says of who runs the server.
 */
#include "app/office_task.h"

#include "app/hall_notice.h"
#include "app/hall_office.h"
#include "base/utf8.h"
#include "wire/utf8_text.h"

#include <stdlib.h>

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

/* ---- notices ---- */

static enum err find_notice(const cJSON *request, enum notice *ret_notice)
{
    const char *name = office_text(request, "name");
    for (int i = 0; name != NULL && i < NOTICE_COUNT; i++) {
        if (strcmp(notice_name((enum notice)i), name) == 0) {
            *ret_notice = (enum notice)i;
            return ERR_OK;
        }
    }
    return name != NULL ? ERR_BAD_VALUE : ERR_MISSING_KEY;
}

enum err office_notice(struct office_task *task, const cJSON *request)
{
    static const struct text_rule RULE = {.chars_max = NOTICE_CHARS_MAX, .lines = true};
    const char *given = office_text(request, "text");
    enum notice notice;
    enum err err = find_notice(request, &notice);
    if (err != ERR_OK || given == NULL) {
        return err != ERR_OK ? err : ERR_MISSING_KEY;
    }
    if (!utf8_valid(span_of_string(given))) {
        return ERR_BAD_UTF8;
    }
    char *text = malloc(4 * (size_t)NOTICE_CHARS_MAX + 1);
    if (text == NULL) {
        return ERR_NOMEM;
    }
    err = text_normalise(given, &RULE, text);
    if (err == ERR_OK) {
        err = hall_set_notice(task->hall, notice, text, on_stored, task);
    }
    free(text);
    return err;
}
