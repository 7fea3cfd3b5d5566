/* A whole session at a real server that is a function of this program, so that it can be
 * armed: an event is made, people join, ideas, polls opened, ballots cast, closed,
 * published, sealed, an export, a backup, the end, another start. Every step is waited
 * for; what was acknowledged is remembered, and looked for in the store afterwards. A
 * request that is refused for want of something is sent again some times. */
#ifndef FAULT_SESSION_H
#define FAULT_SESSION_H

#include "child.h"
#include "client/client.h"

#include "base/uid.h"

#include <cjson/cJSON.h>

#define SESSION_GUESTS  4 /* the first is the moderator */
#define SESSION_IDEAS   4
#define SESSION_POLLS   2
#define SESSION_BALLOTS 16

struct session;

struct session_guest {
    struct session *session;
    char cookie[256];
    struct client *client;
    bool open;
    char waiting[UID_HEX + 1]; /* the request that an answer is awaited to */
    cJSON *answer;             /* owned */
    uint32_t counter;
};

struct session_ballot {
    struct uid nonce;
    struct hash proof;
    char id[UID_HEX + 1];
    size_t guest;
    size_t poll; /* which of the session's */
    uint32_t counter;
    int64_t pos; /* 0: not acknowledged */
};

/* What was acknowledged of a poll. */
struct session_poll {
    int64_t id;
    bool opened;
    bool closed;
    bool published;
    bool sealed;
};

struct session {
    struct serve serve;
    char backup[160];
    struct client_pool *pool;
    struct session_guest guests[SESSION_GUESTS];
    uint64_t next_id;
    bool over;      /* the server has ended, or the session can't go on */
    bool listened;  /* in this act */
    int code;       /* the server's last exit code */
    size_t refused; /* requests, for want of something */
    bool may_spoil; /* what the server was given to read may have spoilt the store: if it
                       ended for that, a start that refuses the store is fine too */

    char event[16];
    char link[64];
    int64_t ideas[SESSION_IDEAS];
    size_t idea_count;
    struct session_poll polls[SESSION_POLLS];
    struct session_ballot ballots[SESSION_BALLOTS];
    size_t ballot_count;
    size_t backed_up; /* ballots before a backup that was acknowledged, + 1; 0: none */
};

/* In a folder of its own. */
void session_init(struct session *session);
void session_fini(struct session *session);
/* The same session in another folder, where it goes on by itself. */
void session_copy(const struct session *session, struct session *ret_copy);

/* A server's life each. `arm` is called in its process first; may be NULL. Whatever else
 * happens, the server ends with 0, or with 75 or at its start with 1 and a word. */
void session_play_first(struct session *session, void (*arm)(void *ctx), void *ctx);
void session_play_second(struct session *session, void (*arm)(void *ctx), void *ctx);

/* Opens the store, in this process, and looks for everything that was acknowledged.
 * `what` names the attempt, for the words in which something is missing. False: it is
 * refused as damaged, and may be (may_spoil). */
bool session_verify(const struct session *session, const char *what);

/* ---- single steps, for other plays; false: the session is over ---- */

bool session_begin(struct session *session); /* starts the server */
bool session_event(struct session *session); /* makes the event */
void session_end(struct session *session);   /* ends it, if it has not */
bool session_seat(struct session *session, size_t guest);
/* Says hello again on a new line. */
bool session_return(struct session *session, size_t guest);
bool session_ideas(struct session *session);
bool session_poll_open(struct session *session, size_t poll);
bool session_poll_act(struct session *session, size_t poll, const char *op, bool *told);
bool session_cast(struct session *session, size_t guest, size_t poll);
bool session_repeat(struct session *session, size_t ballot);
/* Sends {"op":OP,"id":ID MEMBERS} until it is answered; ret_answer is the caller's, may
 * be NULL. `id` NULL: a fresh one. */
bool session_ask(
    struct session *session, size_t guest, const char *op, const char *id,
    const char *members, cJSON **ret_answer);

#endif
