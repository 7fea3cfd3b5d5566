/* The office's desk: which request it is, and answering it. */
#include "app/office.h"

#include "app/err_text.h"
#include "app/office_task.h"
#include "base/log.h"
#include "wire/json_scan.h"

#include <inttypes.h>
#include <stdlib.h>

struct office_row {
    const char *code;
    office_fn *run;
    bool reads; /* enters nothing */
    bool page;  /* the office's page may ask */
};

static const struct office_row ROWS[] = {
    {"event.create", office_event_create, false, true},
    {"event.list", office_event_list, true, true},
    {"event.link", office_event_link, false, true},
    {"event.links", office_event_links, true, true},
    {"event.unlink", office_event_unlink, false, true},
    {"event.relink", office_event_relink, false, true},
    {"event.promises", office_promises, true, true},
    {"event.archive", office_event_archive, false, true},
    {"event.delete", office_event_delete, false, true},
    {"event.tickets", office_event_tickets, false, false},
    {"export", office_export, true, false},
    {"backup", office_backup, true, false},
    {"notice.set", office_notice, false, true},
    {"words.list", office_words, true, true},
    {"words.set", office_set_words, false, true},
    {"office.link", office_link, false, false},
    {"office.revoke", office_revoke, false, false},
};

static void task_free(struct office_task *task)
{
    if (task->codes != NULL) {
        trust_wipe(task->codes, (size_t)task->count * (TRUST_TICKET_SYMBOLS + 1));
    }
    trust_wipe(task->token, sizeof task->token);
    free(task->codes);
    free(task->path);
    free(task->words);
    cJSON_Delete(task->labels);
    free(task);
}

static void refuse(office_done *done, void *ctx, enum err err)
{
    struct buf answer;
    buf_init(&answer, 1024);
    buf_text(&answer, "{\"err\":");
    buf_json_string(&answer, span_of_string(err_code(err)));
    buf_text(&answer, ",\"what\":");
    buf_json_string(&answer, span_of_string(err_text(err)));
    buf_char(&answer, '}');
    static const char NO_MEMORY[] = "{\"err\":\"no-memory\",\"what\":\"out of memory\"}";
    done(ctx, buf_failed(&answer) ? span_of_string(NO_MEMORY) : buf_span(&answer));
    buf_fini(&answer);
}

/* What was done, and in which event: by its number, and by nobody's name. */
static void note(const struct office_task *task, enum err err)
{
    if (task->quiet || !hall_serves(task->hall)) {
        return;
    }
    if (task->event == NULL) {
        log_line(LOG_INFO, "office: %s: %s", task->what, err_code(err));
    } else {
        log_line(
            LOG_INFO, "office: %s, event %" PRId64 ": %s", task->what, task->event->id,
            err_code(err));
    }
}

void office_refuse(struct office_task *task, enum err err)
{
    note(task, err);
    refuse(task->done, task->ctx, err);
    task_free(task);
}

void office_begin(const struct office_task *task, struct buf *answer)
{
    const char *base = hall_base_url(task->hall); /* a checked URL: nothing to escape */
    buf_text(answer, "{\"ok\":true");
    if (task->event != NULL) {
        buf_printf(answer, ",\"event\":\"%s\"", task->event->code);
    }
    if (base != NULL) {
        buf_text(answer, ",\"base\":\"");
        buf_text(answer, base);
        buf_char(answer, '"');
    }
}

void office_answer(struct office_task *task, const struct buf *answer)
{
    if (buf_failed(answer)) {
        office_refuse(task, buf_err(answer));
        return;
    }
    note(task, ERR_OK);
    task->done(task->ctx, buf_span(answer));
    task_free(task);
}

const char *office_text(const cJSON *request, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(request, key));
}

int64_t office_int(const cJSON *request, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(request, key);
    bool whole = cJSON_IsNumber(member) && member->valuedouble >= 0 &&
                 member->valuedouble <= 1e9 &&
                 member->valuedouble == (double)member->valueint;
    return whole ? member->valueint : -1;
}

/* A code first: six digits are a code if their check symbol fits. */
struct event *office_event_in(struct hall *hall, const cJSON *request, const char *key)
{
    const char *name = office_text(request, key);
    char code[TRUST_CODE_SYMBOLS + 1];
    struct event *event = NULL;
    if (name == NULL) {
        return NULL;
    }
    if (trust_code_read(span_of_string(name), TRUST_CODE_SYMBOLS, code) == ERR_OK) {
        event = hall_event_by_code(hall, code);
    }
    size_t digits = strspn(name, "0123456789");
    if (event == NULL && digits > 0 && digits < 10 && name[digits] == '\0') {
        event = hall_event(hall, strtoll(name, NULL, 10));
    }
    return event;
}

enum err office_find_event(struct office_task *task, const cJSON *request)
{
    if (office_text(request, "event") == NULL) {
        return ERR_MISSING_KEY;
    }
    task->event = office_event_in(task->hall, request, "event");
    return task->event != NULL ? ERR_OK : ERR_WRONG_EVENT;
}

static const struct office_row *find_row(const cJSON *request)
{
    const char *code = office_text(request, "do");
    for (size_t i = 0; code != NULL && i < sizeof ROWS / sizeof ROWS[0]; i++) {
        if (strcmp(ROWS[i].code, code) == 0) {
            return &ROWS[i];
        }
    }
    return NULL;
}

static const struct office_row *row_of(struct span request)
{
    cJSON *json = cJSON_ParseWithLength((const char *)request.data, request.bytes);
    const struct office_row *row = find_row(json);
    cJSON_Delete(json);
    return row;
}

bool office_reads(struct span request)
{
    const struct office_row *row = row_of(request);
    return row != NULL && row->reads;
}

bool office_is_for_page(struct span request)
{
    const struct office_row *row = row_of(request);
    return row != NULL && row->page;
}

void office_handle(struct hall *hall, struct span request, office_done *done, void *ctx)
{
    struct office_task *task = NULL;
    cJSON *json = cJSON_ParseWithLength((const char *)request.data, request.bytes);
    const struct office_row *row = find_row(json);
    if (!cJSON_IsObject(json) || row == NULL) {
        bool well = json == NULL && json_scan(request) == ERR_OK;
        enum err wrong = cJSON_IsObject(json) ? ERR_UNKNOWN_OP : ERR_NOT_JSON;
        refuse(done, ctx, well ? ERR_NOMEM : wrong);
        goto done;
    }
    task = calloc(1, sizeof *task);
    if (task == NULL) {
        refuse(done, ctx, ERR_NOMEM);
        goto done;
    }
    *task = (struct office_task){
        .hall = hall, .done = done, .ctx = ctx, .what = row->code, .quiet = row->reads};
    enum err err = row->run(task, json);
    if (err != ERR_OK) {
        office_refuse(task, err);
    }
done:
    cJSON_Delete(json);
}
