/* Everything that is true while a store is open: the events folded from its log, the
 * texts, the sessions, the keys. `serve` puts a network before it; commands without a
 * server open one themselves. All on the loop's thread; answers come by callback, after
 * the commit, from store_pump. */
#ifndef APP_HALL_H
#define APP_HALL_H

#include "domain/event.h"
#include "domain/fold.h"
#include "store/store.h"
#include "trust/trust.h"
#include "wire/wire.h"

struct uv_loop_s;
struct hall;

struct hall_options {
    const char *store;  /* "sqlite:PATH"; keys lie in PATH.keys/ */
    bool create;
    struct uv_loop_s *loop;
    /* The store failed: say why to the operator and end the process. May be NULL. */
    void (*failed)(void *ctx, enum err err, const char *what);
    /* An event changed (history or ballots): screens want to know. May be NULL. */
    void (*changed)(void *ctx, struct event *event);
    void *ctx;
};

/* Opens the store and replays the log. Errors as store_open, trust_keys_open; a log that
 * does not fold is ERR_DAMAGED. */
MUST_CHECK enum err hall_open(const struct hall_options *options, struct hall **ret_hall);
/* Commits what waits and closes; the loop must run once more for its handles. */
void hall_close(struct hall *hall);

size_t hall_event_count(const struct hall *hall);
struct event *hall_event_at(struct hall *hall, size_t i);
struct event *hall_event(struct hall *hall, int64_t id);               /* or NULL */
struct event *hall_event_by_code(struct hall *hall, const char *code); /* or NULL */
struct store *hall_store(struct hall *hall);
struct trust_keys *hall_keys(struct hall *hall);
int64_t hall_now_ms(const struct hall *hall); /* UTC */

/* ---- the path of every command: check → append → durable → fold → done ---- */

typedef void hall_done(void *ctx, const struct outcome *outcome);

/* Checks and appends a history entry; at_ms is filled in. `done` is called once: at once
 * if it is refused or a repeat, else after the fold; never after the store failed. `docs`
 * are written in the entry's transaction. */
void hall_submit(
    struct hall *hall, struct event *event, struct entry *entry,
    const struct store_doc *docs, size_t doc_count, hall_done *done, void *ctx);

/* The first id a new event gets. */
int64_t hall_next_event_id(const struct hall *hall);
/* Adds an empty event that the next hall_submit (EVENT_CREATE) fills; NULL: no memory. */
struct event *hall_add_event(struct hall *hall, int64_t id);

/* ---- texts ---- */

/* A new content doc: fills `ret_ref` and appends the doc to `docs`; the text is found from
 * now on. Parts may be NULL. */
struct hall_content {
    struct buf body;
    char name[UID_HEX + 1];
    struct store_doc doc; /* points into the two above */
};
MUST_CHECK enum err hall_content_new(
    struct hall *hall, const char *lang, const char *title, const char *text,
    struct hall_content *ret_content, struct content_ref *ret_ref);
void hall_content_fini(struct hall_content *content);
const struct wire_texts *hall_texts(struct hall *hall);

/* ---- who: sessions, links, tickets; kept as hashes ---- */

struct hall_seat { /* what a session may be in one event */
    int64_t event;
    enum role role;
    int64_t participant;
    uint32_t epoch;
};

/* The seat that a session token has in an event in that role; false if none, if it is out
 * of date, or if the participant has moved to another phone. */
bool hall_find_seat(
    struct hall *hall, const char *token, int64_t event, enum role role,
    struct hall_seat *ret_seat);

/* A doc that gives a session a seat; goes with the entry that makes the participant. */
struct hall_seat_doc {
    char name[HASH_HEX + 48];
    char body[128];
    struct store_doc doc;
};
void hall_seat_new(
    struct hall *hall, const struct hash *session, const struct hall_seat *seat,
    struct hall_seat_doc *ret_doc);

/* A new moderator link: `ret_token` is shown once; the doc stores its hash. `done` after the commit. */
MUST_CHECK enum err hall_link_new(
    struct hall *hall, int64_t event, char ret_token[TRUST_TOKEN_CHARS + 1],
    store_done *done, void *ctx);
/* Uses up a link; false if unknown, used or too old. */
bool hall_link_take(struct hall *hall, const char *token, int64_t *ret_event);

/* The event and number of a ticket, by what somebody typed (canonical code). */
bool hall_find_ticket(
    struct hall *hall, const char *code, int64_t *ret_event, int64_t *ret_ticket);
/* Issues `count` tickets: makes codes, appends tickets.issue with their hashes. `codes`
 * (count × (TRUST_TICKET_SYMBOLS + 1) bytes, owned by the caller until done) is filled at once. */
void hall_issue_tickets(
    struct hall *hall, struct event *event, int64_t count, char *codes, hall_done *done,
    void *ctx);

/* ---- polls ---- */

/* The permutation that settles a poll's ties, or NULL while none is known (draft). Borrowed
 * until the next call. */
const uint16_t *hall_tie_order(struct hall *hall, const struct event *event, const struct poll *poll);

#endif
