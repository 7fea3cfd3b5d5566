/* Shared by the files office*.c only: one request under way. */
#ifndef APP_OFFICE_TASK_H
#define APP_OFFICE_TASK_H

#include "app/office.h"

#include <cjson/cJSON.h>

struct office_task {
    struct hall *hall;
    office_done *done;
    void *ctx;
    struct event *event;
    char token[TRUST_TOKEN_CHARS + 1];
    char *codes; /* owned: count × (TRUST_TICKET_SYMBOLS + 1) bytes */
    int64_t count;
    char *path; /* owned */
    cJSON
        *labels; /* owned: names of groups and tags that the event still lacks, or NULL */
};

/* Does a request. ERR_OK: it takes the task and has answered or will. Else nothing
 * happened, and the caller refuses. */
typedef enum err office_fn(struct office_task *task, const cJSON *request);

office_fn office_event_create; /* office_event.c */
office_fn office_event_list;
office_fn office_event_link;
office_fn office_event_tickets; /* office_tickets.c */
office_fn office_export;        /* office_export.c */
/* office_labels.c: checks the request's lists of groups and tags and keeps them in the
 * task. ERR_BAD_VALUE, TEXT_EMPTY, TEXT_TOO_LONG, BAD_UTF8, TOO_MANY, NAME_TAKEN, NOMEM.
 */
MUST_CHECK enum err office_read_labels(struct office_task *task, const cJSON *request);

/* Makes the next of them; false: there is none left. `done` is called after each, with
 * the task. ERR_NOMEM and what hall_submit refuses come to `done` too. */
bool office_next_label(struct office_task *task, hall_done *done);

office_fn office_backup; /* office_backup.c */

/* Starts an answer about the task's event: `{"ok":true,"event":CODE`, with how phones
 * reach the server, if it knows. */
void office_begin(const struct office_task *task, struct buf *answer);

/* Answer and free the task. `answer` is a whole JSON object; failed buffers are refused.
 */
void office_answer(struct office_task *task, const struct buf *answer);
void office_refuse(struct office_task *task, enum err err);

/* A member of the request: NULL, or -1, if it is missing or of another type. */
const char *office_text(const cJSON *request, const char *key);
int64_t office_int(const cJSON *request, const char *key);
/* Finds the request's event for the task. ERR_WRONG_EVENT. */
MUST_CHECK enum err office_find_event(struct office_task *task, const cJSON *request);

#endif
