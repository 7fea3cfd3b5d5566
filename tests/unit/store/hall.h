/* A store with the caller's side of it: what every test of the store stands on. Knows
 * store.h alone; which backend it is, backend.h says. */
#ifndef TESTS_STORE_HALL_H
#define TESTS_STORE_HALL_H

#include "base/bounds.h"
#include "store/store.h"

#include <criterion/criterion.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HALL_URL_BYTES 512

struct hall {
    struct store *store;
    char url[HALL_URL_BYTES];
    int64_t free_bytes_min;
    sem_t woken;
    int done;   /* dones called so far */
    int failed; /* how often `failed` was called */
    enum err failure;
};

/* One request's answer. */
struct answer {
    struct hall *hall;
    int place; /* which done of the hall's it was, from 1; 0: not called */
    enum store_status status;
    int64_t seq;
};

/* A new store, empty. */
void hall_init(struct hall *hall);
void hall_fini(struct hall *hall);
/* Opens the hall's url: after hall_shut, or another hall's. */
enum err hall_open(struct hall *hall, bool create);
void hall_shut(struct hall *hall);
void hall_reopen(struct hall *hall);

/* Pumps until so many dones were called in all, or `failed` was; a minute at most. */
void hall_await(struct hall *hall, int done);
/* Pumps until `failed` was called. */
void hall_await_failure(struct hall *hall);

/* store_done. */
void hall_answered(void *ctx, enum store_status status, int64_t seq);

struct uid hall_uid(uint64_t number);

/* Hands one in; must be taken. */
void hall_append(
    struct hall *hall, struct store_lane lane, uint64_t uid, const char *body,
    struct answer *answer);
void hall_fence(
    struct hall *hall, int64_t event, int64_t poll, bool open, uint64_t uid,
    struct answer *answer);
void hall_put(
    struct hall *hall, const char *kind, const char *name, const char *body,
    struct answer *answer);
void hall_drop(struct hall *hall, int64_t event, int64_t poll, struct answer *answer);

/* The rows of a lane after a place, or the docs of a kind, as "body|body|" or
 * "name=body|"; static memory, until the next call. */
const char *hall_rows_after(struct hall *hall, struct store_lane lane, int64_t after);
const char *hall_rows(struct hall *hall, struct store_lane lane);
const char *hall_docs(struct hall *hall, const char *kind);
/* "name=|name=|" */
const char *hall_doc_names(struct hall *hall, const char *kind);
/* "event.poll:seq+ " or "-" for closed. */
const char *hall_lanes(struct hall *hall);

#endif
