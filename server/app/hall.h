/* Everything that is true while a store is open: the events folded from its log, the
 * texts, who sits where, the keys. `serve` puts a network before it; commands without a
 * server open one themselves. All on the loop's thread. Answers come by callback, after
 * the commit; once the store has failed none come any more. */
#ifndef APP_HALL_H
#define APP_HALL_H

#include "domain/event.h"
#include "domain/fold.h"
#include "store/store.h"
#include "trust/trust.h"
#include "wire/wire.h"

struct uv_loop_s;
struct hall;

/* What is to happen where keys are missing. */
enum hall_need {
    HALL_NEEDS_KEYS,    /* ERR_KEYS_MISSING: nobody goes on voting without them */
    HALL_GIVES_KEYS_UP, /* for restoring: a new pepper is made */
    HALL_LOOKS_WITHOUT  /* for reading: nothing is made, and nothing may be entered */
};

struct hall_options {
    const char *store; /* "sqlite:PATH"; the keys lie in PATH.keys/ */
    bool create;
    const char *keys; /* their folder; NULL: PATH.keys */
    enum hall_need need;
    const char *base_url; /* how phones reach the server before this hall; NULL: there is
                             none, or nobody said */
    struct uv_loop_s *loop;
    /* The store failed: say why to the operator and end the process. */
    void (*failed)(void *ctx, enum err err, const char *what);
    /* The event changed (history or ballots): screens want to know. May be NULL. */
    void (*changed)(void *ctx, struct event *event);
    void *ctx;
};

/* Opens the store, replays the log, opens the keys. Errors as store_open and
 * trust_keys_open; ERR_KEYS_MISSING also if a poll that is not sealed has lost its own; a
 * log that does not fold is ERR_DAMAGED. */
MUST_CHECK enum err hall_open(const struct hall_options *options, struct hall **ret_hall);
/* Commits what waits, calls the callbacks, closes. Runs the loop until its own handles
 * are gone. NULL is fine. */
void hall_close(struct hall *hall);

size_t hall_event_count(const struct hall *hall);
struct event *hall_event_at(struct hall *hall, size_t i);
struct event *hall_event(struct hall *hall, int64_t id);               /* or NULL */
struct event *hall_event_by_code(struct hall *hall, const char *code); /* or NULL */
struct store *hall_store(struct hall *hall);
struct trust_keys *hall_keys(struct hall *hall);
const char *hall_base_url(const struct hall *hall); /* or NULL */
int64_t hall_now_ms(const struct hall *hall); /* UTC, as the wall clock has it now */
/* UTC at opening, and what has run since: goes on evenly when the wall clock is set. */
int64_t hall_steady_ms(const struct hall *hall);

/* Has a poll that is open, or closed and not sealed, lost its key or its seed? Then
 * nobody may vote in it again: under a new key everybody would be somebody new. */
bool hall_keys_lost(
    struct hall *hall, const struct event *event, const struct poll *poll);

/* Was the pepper made at this opening? Then no ticket issued before can be redeemed. */
bool hall_pepper_is_new(const struct hall *hall);

/* ---- the path of every command: check → append → durable → fold → done ---- */

typedef void hall_done(void *ctx, const struct outcome *outcome);

/* Docs that go with an entry; borrowed for the call. */
struct hall_docs {
    const struct store_doc *items;
    size_t count;
};

static inline struct hall_docs hall_no_docs(void)
{
    return (struct hall_docs){0};
}

/* Checks and appends a history entry; fills in at_ms. `done` is called once: at once if
 * it is refused or a repeat, else after the fold. `docs` (copied) are written in the
 * entry's transaction. POLL_OPEN, POLL_CLOSE and POLL_REOPEN turn the ballot lane's fence
 * in the same transaction; POLL_SEAL drops the lane and the poll's keys. */
void hall_submit(
    struct hall *hall, struct event *event, struct entry *entry, struct hall_docs docs,
    hall_done *done, void *ctx);

/* Adds an event that its first hall_submit (EVENT_CREATE) fills; NULL: no memory, or
 * EVENTS_MAX. An event that was never created has created = false. */
struct event *hall_add_event(struct hall *hall);

/* A code that no event has or had. */
void hall_new_code(struct hall *hall, char ret_code[TRUST_CODE_SYMBOLS + 1]);

/* Takes an event and all that is known of it out of the hall and of the store: nothing of
 * it is left in any file when `done` is called (backups aside). Its code and number are
 * never given again. POLL_RUNS, BUSY, NOMEM: it stays. An error in `done`: it is gone
 * from the hall, and the rest is done at the next start. */
typedef void hall_forgot(void *ctx, enum err err);
MUST_CHECK enum err
hall_forget(struct hall *hall, struct event *event, hall_forgot *done, void *ctx);
/* Was it forgotten? Whoever has the pointer still may look at the event: it stays in
 * memory, but for its texts. */
bool hall_is_gone(const struct hall *hall, const struct event *event);
/* Has there ever been an event? A store whose last one was forgotten is still backed up:
 * else the newest backup would keep that event. */
bool hall_was_used(const struct hall *hall);
/* Had an event that was forgotten this code? */
bool hall_code_is_gone(const struct hall *hall, const char *code);
/* Is there somebody who wants to know what happens: a server, not a command? */
bool hall_serves(const struct hall *hall);

/* ---- ballots ---- */

typedef void
hall_cast_done(void *ctx, const struct outcome *outcome, const struct hash *proof);

/* Who casts what where; slot and epoch of the cast do not matter. */
struct hall_ballot {
    struct event *event;
    int64_t poll;
    int64_t participant;
    const struct cast *cast;
};

/* A participant casts. Fills slot and epoch, checks, joins the lane's next batch. `done`
 * once, as above; `proof` is NULL unless the ballot is stored. ERR_BUSY when too much
 * waits. */
void hall_cast(
    struct hall *hall, const struct hall_ballot *ballot, hall_cast_done *done, void *ctx);

/* The participant's slot in a poll; false while the poll has no key (draft) or no longer
 * one (sealed). */
bool hall_slot(
    struct hall *hall, const struct event *event, int64_t poll, int64_t participant,
    struct uid *ret_slot);

/* The permutation that settles a poll's ties, the favoured first; NULL while none is
 * known (draft). Borrowed until the next call. */
const uint16_t *
hall_tie_order(struct hall *hall, const struct event *event, const struct poll *poll);

/* The list of a sealed poll, byte for byte as it was sealed: its SHA-256 is the poll's
 * sealed_hash. ERR_NOMEM, ERR_TOO_LARGE (`out` is full). */
MUST_CHECK enum err hall_sealed_list(const struct poll *poll, struct buf *out);

/* ---- texts ---- */

/* A new content doc to be written with its entry; the text is found from now on. Parts
 * may be NULL. After hall_submit call hall_content_fini. */
struct hall_content {
    struct buf body;
    char name[UID_HEX + 1];
    struct content_ref ref;
    struct store_doc doc; /* borrows the two above: do not move this struct */
};
MUST_CHECK enum err hall_content_new(
    struct hall *hall, const char *lang, const char *title, const char *text,
    struct hall_content *ret_content);
void hall_content_fini(struct hall_content *content);
const struct wire_texts *hall_texts(struct hall *hall);

/* ---- pictures: kept beside the log as texts are, but never loaded unasked ---- */

/* A picture's doc, to be written with its entry. After hall_submit call
 * hall_picture_fini. */
struct hall_picture {
    struct picture is;
    struct buf body; /* a salt and its bytes */
    char name[UID_HEX + 1];
    struct store_doc doc; /* borrows the two above: do not move this struct */
};

/* `what`: its kind, and of a photo what its file is. `bytes`: what was drawn, or the
 * file; copied. ERR_NOMEM. */
MUST_CHECK enum err hall_picture_new(
    const struct picture *what, struct span bytes, struct hall_picture *ret_picture);
void hall_picture_fini(struct hall_picture *picture); /* a zero one is fine */

/* Asks the store for a picture's doc: see store_get. ERR_BUSY, ERR_IO, ERR_NOMEM. */
MUST_CHECK enum err hall_picture_ask(
    struct hall *hall, const struct picture *picture, store_got *got, void *ctx);

/* Reads a picture at once, which keeps the loop waiting: appends its bytes to `out`. As
 * store_doc, and ERR_DAMAGED, ERR_NOMEM, ERR_TOO_LARGE (out is full). */
MUST_CHECK enum err
hall_picture_load(struct hall *hall, const struct picture *picture, struct buf *out);

/* The bytes in a doc, borrowed from it. ERR_DAMAGED: not what the entry says. */
MUST_CHECK enum err
hall_picture_open(const struct picture *picture, struct span doc, struct span *ret_bytes);

/* Deletes pictures that an undo might have brought back, and no longer can. */
void hall_pictures_sweep(struct hall *hall);

/* The label of this kind that has this name, letter for letter, or 0; never `except`.
 * What is on its way to the log is not looked at. */
int64_t hall_label_called(
    struct hall *hall, const struct event *event, enum label_kind kind, const char *name,
    int64_t except);
/* Is there one, by the name behind a content ref? */
bool hall_label_taken_ref(
    struct hall *hall, const struct event *event, enum label_kind kind,
    const struct content_ref *name, int64_t except);

/* ---- who sits where: sessions, links, tickets; the store knows hashes only ---- */

struct hall_seat { /* what a session is in one event */
    int64_t event;
    enum role role;
    int64_t participant;
    uint32_t epoch;
};

/* The seat of a session (its token) in an event. A session has one place at an event's
 * desk: `role` moderator asks for that, and the seat's role says which it is.
 * ERR_NO_SESSION: none or too old; ERR_SESSION_MOVED: another phone took over;
 * ERR_REVOKED; ERR_TICKET_VOID: their ticket is. */
MUST_CHECK enum err hall_find_seat(
    struct hall *hall, const char *token, int64_t event, enum role role,
    struct hall_seat *ret_seat);

/* The same by what is kept of the token: its hash. */
MUST_CHECK enum err hall_seat_of(
    struct hall *hall, const struct hash *session, int64_t event, enum role role,
    struct hall_seat *ret_seat);

/* Has this session a seat anywhere? A cookie that we never gave is no session. */
bool hall_session_known(const struct hall *hall, const struct hash *session);

/* Gives a session a seat; `done` after the commit. ERR_BUSY, ERR_NOMEM. */
MUST_CHECK enum err hall_take_seat(
    struct hall *hall, const struct hash *session, const struct hall_seat *seat,
    store_done *done, void *ctx);

/* Has this session a seat that has not ended, in any event? */
bool hall_session_sits(struct hall *hall, const struct hash *session);

/* Takes a session's seat away, so that nobody comes back by it; `done` after the commit.
 * ERR_NO_SESSION (there is none), ERR_BUSY. */
MUST_CHECK enum err hall_leave_seat(
    struct hall *hall, const struct hash *session, int64_t event, enum role role,
    store_done *done, void *ctx);

struct hall_invitation {
    enum role role;          /* of the desk */
    struct content_ref name; /* of somebody who is called so in the store already; or
                                zero */
};

/* Makes a place at the desk (as the office) and a link to it; the token is shown once,
 * its hash is kept. The caller keeps `ret_token` to itself until `done`; outcome->id is
 * the person. */
void hall_invite(
    struct hall *hall, struct event *event, const struct hall_invitation *invitation,
    char ret_token[TRUST_TOKEN_CHARS + 1], hall_done *done, void *ctx);

struct hall_link { /* where a link leads */
    struct event *event;
    enum role role;
    int64_t person; /* 0: of before there were roles; nobody yet */
};

/* ERR_LINK_UNKNOWN: unknown, used, revoked or too old. */
MUST_CHECK enum err
hall_link_find(struct hall *hall, struct span token, struct hall_link *ret_link);

/* Uses up a link from before there were roles. ERR_LINK_UNKNOWN: as above. ERR_BUSY: not
 * used up. */
MUST_CHECK enum err
hall_link_take(struct hall *hall, struct span token, int64_t *ret_event);

/* Gives a link back that was taken in vain: nobody was let in by it. */
void hall_link_return(struct hall *hall, struct span token);

/* The event and number of a ticket, by its canonical code. */
bool hall_find_ticket(
    struct hall *hall, const char *code, struct event **ret_event, int64_t *ret_ticket);

/* Issues tickets: makes their codes and appends the entry (tickets.issue, or
 * ticket.replace, which makes one) with their hashes. `ret_codes` gets count ×
 * (TRUST_TICKET_SYMBOLS + 1) bytes at once, and the caller keeps them to itself until
 * `done`; outcome->id is the first ticket's number. Of a repeated outcome the codes are
 * worth nothing. ERR_BUSY: others are being issued. */
void hall_issue_tickets(
    struct hall *hall, struct event *event, struct entry *entry, char *ret_codes,
    hall_done *done, void *ctx);

#endif
