/* A real hall on a real file in a folder of its own, driven to completion call by call.
 */
#ifndef TESTS_HALL_FIXTURE_H
#define TESTS_HALL_FIXTURE_H

#include "app/hall.h"

#include <uv.h>

struct hall_fixture {
    char folder[64];
    char url[96];
    uv_loop_t loop;
    struct hall *hall;
    struct outcome outcome; /* of the last call */
    struct hash proof;
    bool has_proof;
    bool answered;
};

/* A fresh folder; the hall is open. */
void fixture_init(struct hall_fixture *fixture);
void fixture_fini(struct hall_fixture *fixture);
/* The two halves of reopening; `url` may change between. */
void fixture_close(struct hall_fixture *fixture);
void fixture_open(struct hall_fixture *fixture);
/* Closes and opens again: what is left is what was durable. */
void fixture_reopen(struct hall_fixture *fixture);

/* Each submits one thing, runs the loop until it is answered, and returns the outcome. */
struct event *fixture_event(struct hall_fixture *fixture, enum join_mode mode);
struct outcome
fixture_submit(struct hall_fixture *fixture, struct event *event, struct entry *entry);
int64_t fixture_person(struct hall_fixture *fixture, struct event *event, enum role role);
int64_t fixture_idea(
    struct hall_fixture *fixture, struct event *event, int64_t moderator,
    const char *title);
/* An open poll over `count` new ideas. */
int64_t fixture_open_poll(
    struct hall_fixture *fixture, struct event *event, int64_t moderator, size_t count);
struct outcome fixture_poll_act(
    struct hall_fixture *fixture, struct event *event, int64_t moderator,
    enum entry_kind kind, int64_t poll);
/* Casts a ranking of one option, the poll's `choice`-th. */
struct cast fixture_cast_of(const struct poll *poll, size_t choice, uint32_t counter);
struct outcome fixture_cast(
    struct hall_fixture *fixture, struct event *event, int64_t poll, int64_t person,
    struct cast *cast);

/* Waits for `*done` while the loop runs; fails the test after ten seconds. */
void fixture_wait(struct hall_fixture *fixture, const bool *done);

#endif
