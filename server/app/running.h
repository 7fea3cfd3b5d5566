/* What a server knows of a poll that runs, beyond what the log says: how many have begun
 * a ballot, and a close that was announced. Only in memory: a new start has forgotten it.
 * Only serve's own files include this. */
#ifndef APP_RUNNING_H
#define APP_RUNNING_H

#include "wire/wire.h"

/* Each moderator waits for the answer to one of hers: so many wait at once, rarely more.
 */
#define COUNTDOWNS_KEPT 16

struct server;
struct screens;

struct running {
    uint8_t
        *begun; /* one bit a participant: who said so, that nobody counts twice; owned */
    size_t begun_bytes;
    int64_t begun_count;
    int64_t closes_ms;                 /* on the loop's clock; 0: no close is announced */
    int64_t closer;                    /* whose close it will be */
    bool closing;                      /* the close is on its way into the log */
    struct uid asked[COUNTDOWNS_KEPT]; /* the last poll.countdowns that were done */
    size_t asked_next;                 /* where the next one's id goes */
};

/* Was a poll.countdown under this id done, one of the last few? And: it is done now. */
bool running_was_asked(const struct running *running, const struct uid *id);
void running_keep_asked(struct running *running, const struct uid *id);

/* This participant (from 1) has begun a ballot. True: that is news. ERR_NOMEM,
 * ERR_TOO_MANY. */
MUST_CHECK enum err
running_begin(struct running *running, int64_t participant, bool *ret_news);
/* Forgets everything but which poll.countdowns were the last. */
void running_forget(struct running *running);

/* The event has changed: what does not run any more is forgotten. */
void running_follow(struct server *server, struct screens *screens);

/* A wire_live.running, with a struct running_scene as ctx. */
struct running_scene {
    const struct server *server;
    const struct screens *screens;
};
struct wire_running running_show(const void *ctx, const struct poll *poll);

/* Announces that the poll closes in in_ms, in the name of this moderator; one that is
 * announced already stays as it is. 0: it does not. */
void running_announce(
    struct server *server, struct event *event, int64_t poll, int64_t moderator,
    int64_t in_ms);

#endif
