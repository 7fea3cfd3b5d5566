/* Phones and desks without a screen, for replay, demo and tests: each says hello, sends
 * requests, and repeats what was not answered after a lost line or a "too fast". A crowd
 * shares one loop on one thread. */
#ifndef APP_CROWD_H
#define APP_CROWD_H

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"
#include "base/uid.h"
#include "client/client.h"

#include <cjson/cJSON.h>

struct crowd;
struct phone;

#define CROWD_COOKIE_BYTES_MAX 256
#define CROWD_CODE_BYTES_MAX   16

/* ERR_BAD_VALUE, ERR_NOT_FOUND, ERR_IO, ERR_NOMEM: as client_pool_new. */
MUST_CHECK enum err
crowd_new(const char *url, const char *ca_file, struct crowd **ret_crowd);
void crowd_free(struct crowd *crowd); /* and its phones; NULL is fine */
struct client_pool *crowd_pool(struct crowd *crowd);
/* How long phones try to reach a server that is away; PHONE_PATIENCE_MS by default. */
void crowd_set_patience(struct crowd *crowd, int64_t patience_ms);

/* Runs the loop once: until something happened, or `timeout_ms` passed. Never inside a
 * handler. */
MUST_CHECK enum err crowd_run(struct crowd *crowd, int timeout_ms);

/* A seat in an event: what /join and /login give. */
struct crowd_seat {
    char event[CROWD_CODE_BYTES_MAX];
    char cookie[CROWD_COOKIE_BYTES_MAX];
};

/* POST /join by an event's or a ticket's code; POST /login by a moderator's link: its
 * token, or the whole address that ends in "#TOKEN". Waits as long as the server says
 * "too fast". ERR_NOT_ALLOWED: refused, the code is in `ret_refusal`; ERR_IO. Never
 * inside a handler. */
MUST_CHECK enum err crowd_join(
    struct crowd *crowd, const char *code, struct crowd_seat *ret_seat,
    char ret_refusal[32]);
MUST_CHECK enum err crowd_login(
    struct crowd *crowd, const char *link, struct crowd_seat *ret_seat,
    char ret_refusal[32]);

struct phone_answer {
    struct uid id;        /* the request's */
    const char *refusal;  /* NULL: `done` or `stored`; else the code */
    const cJSON *message; /* borrowed until the handler returns */
};

/* Handlers may free their own phone, no other. Any may be NULL. */
struct phone_handlers {
    void (*ready)(void *ctx, struct phone *phone, const cJSON *welcome);
    void (*answered)(void *ctx, struct phone *phone, const struct phone_answer *answer);
    void (*pushed)(void *ctx, struct phone *phone, const cJSON *message);
    /* Given up: no line for too long, or the server doesn't want this phone. */
    void (*lost)(void *ctx, struct phone *phone, const char *why);
};

struct phone_setup {
    struct crowd_seat seat;                /* copied */
    const char *role;                      /* "participant", "moderator"; borrowed */
    const struct phone_handlers *handlers; /* borrowed */
    void *ctx;
};

MUST_CHECK enum err
phone_new(struct crowd *crowd, const struct phone_setup *setup, struct phone **ret_phone);
void phone_free(struct phone *phone); /* cuts its line; NULL is fine */
bool phone_is_ready(const struct phone *phone);
/* Cuts the line now; it comes back by itself. */
void phone_cut(struct phone *phone);

/* Sends {"op":OP,"id":…MEMBERS}: members begin with a comma, or are empty. It is repeated
 * until it is answered. ERR_BUSY: PHONE_REQUESTS_MAX wait; ERR_NOMEM. */
MUST_CHECK enum err
phone_ask(struct phone *phone, const char *op, struct span members, struct uid *ret_id);
/* The same under an id of the caller's: a repeat finds its first answer. */
MUST_CHECK enum err phone_ask_as(
    struct phone *phone, const struct uid *id, const char *op, struct span members);
size_t phone_waiting(const struct phone *phone); /* unanswered requests */

/* Casts a ballot, given in canonical JSON; `ret_proof` is what the receipt must say. */
MUST_CHECK enum err phone_cast(
    struct phone *phone, int64_t poll, int64_t counter, struct span ballot,
    struct uid *ret_id, struct hash *ret_proof);

/* Does the receipt name exactly this proof? */
bool phone_proof_matches(const cJSON *stored, const struct hash *proof);

/* A string member, or "". */
const char *phone_text(const cJSON *object, const char *key);

#endif
