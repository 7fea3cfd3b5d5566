/* The office's page itself: who may come to it, what it says of who runs the server, and
 * the words that new events look out for. */
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
    static const enum notice PUBLIC[] = {NOTICE_IMPRINT, NOTICE_PRIVACY};

    const char *name = office_text(request, "name");
    for (size_t i = 0; name != NULL && i < sizeof PUBLIC / sizeof *PUBLIC; i++) {
        if (strcmp(notice_name(PUBLIC[i]), name) == 0) {
            *ret_notice = PUBLIC[i];
            return ERR_OK;
        }
    }
    return name != NULL ? ERR_BAD_VALUE : ERR_MISSING_KEY;
}

static enum err
set(struct office_task *task, enum notice notice, const char *given, size_t chars_max)
{
    const struct text_rule rule = {.chars_max = chars_max, .lines = true};
    if (given == NULL) {
        return ERR_MISSING_KEY;
    }
    if (!utf8_valid(span_of_string(given))) {
        return ERR_BAD_UTF8;
    }
    char *text = malloc(4 * chars_max + 1);
    if (text == NULL) {
        return ERR_NOMEM;
    }
    enum err err = text_normalise(given, &rule, text);
    if (err == ERR_OK) {
        err = hall_set_notice(task->hall, notice, text, on_stored, task);
    }
    free(text);
    return err;
}

enum err office_notice(struct office_task *task, const cJSON *request)
{
    enum notice notice;
    enum err err = find_notice(request, &notice);
    return err == ERR_OK
               ? set(task, notice, office_text(request, "text"), NOTICE_CHARS_MAX)
               : err;
}

/* ---- words that new events look out for ---- */

enum err office_words(struct office_task *task, const cJSON *request)
{
    (void)request;
    const char *list = hall_notice(task->hall, NOTICE_WORDS);
    struct buf answer;
    buf_init(&answer, FRAME_IDEA_BYTES_MAX);
    office_begin(task, &answer);
    buf_text(&answer, ",\"words\":");
    buf_json_string(&answer, span_of_string(list != NULL ? list : ""));
    buf_char(&answer, '}');
    office_answer(task, &answer);
    buf_fini(&answer);
    return ERR_OK;
}

enum err office_set_words(struct office_task *task, const cJSON *request)
{
    return set(task, NOTICE_WORDS, office_text(request, "words"), WORDS_CHARS_MAX);
}
