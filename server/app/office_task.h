/* Shared by the files office*.c only: one request under way. */
#ifndef APP_OFFICE_TASK_H
#define APP_OFFICE_TASK_H

#include "app/office.h"

#include <cjson/cJSON.h>

struct office_task {
    struct hall *hall;
    office_done *done;
    void *ctx;
    const char *what; /* the request's code */
    bool quiet;       /* it is not noted in the server's log */
    struct event *event;
    struct agenda agenda; /* the new event's; count 0: none */
    enum support support; /* as its template has it */
    char token[TRUST_TOKEN_CHARS + 1];
    char *codes; /* owned: count × (TRUST_TICKET_SYMBOLS + 1) bytes */
    int64_t count;
    char *path;    /* owned */
    char *words;   /* owned: the new event's list, not handed in yet; or NULL */
    cJSON *labels; /* owned: names of labels that the event still lacks, or NULL */
};

/* Does a request. ERR_OK: it takes the task and has answered or will. Else nothing
 * happened, and the caller refuses. */
typedef enum err office_fn(struct office_task *task, const cJSON *request);

office_fn office_event_create; /* office_event.c */
office_fn office_event_list;
office_fn office_event_link;
office_fn office_event_links; /* office_places.c */
office_fn office_event_unlink;
office_fn office_event_relink;
office_fn office_promises;      /* office_promises.c */
office_fn office_event_archive; /* office_end.c */
office_fn office_event_delete;
office_fn office_notice; /* office_page.c */
office_fn office_words;
office_fn office_set_words;
office_fn office_link;
office_fn office_revoke;
office_fn office_event_tickets; /* office_tickets.c */
office_fn office_export;        /* office_export.c */
/* office_labels.c: checks the request's lists of labels and keeps them in the
 * task. ERR_BAD_VALUE, TEXT_EMPTY, TEXT_TOO_LONG, BAD_UTF8, TOO_MANY, NAME_TAKEN, NOMEM.
 */
MUST_CHECK enum err office_read_labels(struct office_task *task, const cJSON *request);

/* Makes the next of them; false: there is none left. `done` is called after each, with
 * the task. ERR_NOMEM and what hall_submit refuses come to `done` too. */
bool office_next_label(struct office_task *task, hall_done *done);

/* office_plan.c: what a new event is made of beside its title. The agenda of the
 * request's template, if it names one: ERR_BAD_VALUE. */
MUST_CHECK enum err office_read_template(struct office_task *task, const cJSON *request);
/* All from the event that `copy` names: ERR_WRONG_EVENT, NOMEM. `copied` is false if the
 * request names none. */
MUST_CHECK enum err office_read_copy(
    struct office_task *task, const cJSON *request, struct entry *create,
    bool *ret_copied);
/* Sets the task's agenda, once; false: there is none (any more). `done` is called as with
 * office_next_label. */
bool office_set_agenda(struct office_task *task, hall_done *done);
/* The list of words of the event that `copy` names, if it has one, else the office's.
 * ERR_NOMEM. */
MUST_CHECK enum err office_read_words(struct office_task *task, const cJSON *request);
/* Hands it in, once, as office_set_agenda does. */
bool office_give_words(struct office_task *task, hall_done *done);

struct office_label {
    enum label_kind kind;
    const char *name;
    bool ticket_only;
    const char *challenge; /* its name, of one that is kept before; "": none */
};

/* Keeps a name for the task's event, as office_read_labels does. */
MUST_CHECK enum err
office_keep_label(struct office_task *task, const struct office_label *wanted);

/* office_event.c: makes a place and a link to it, and answers with both. */
void office_invite(
    struct office_task *task, enum role role, const struct content_ref *name);
/* A hall_done: answers with the event and the task's token, or refuses. */
void office_answer_link(void *ctx, const struct outcome *outcome);
bool office_flag(const cJSON *request, const char *key);

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
/* The event that the member `key` names; NULL: none, or no such event. */
struct event *office_event_in(struct hall *hall, const cJSON *request, const char *key);

#endif
