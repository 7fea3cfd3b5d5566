/* Batches of ballots on their way to the store, and their receipts. */
#include "hall_fixture.h"

#include "app/hall_internal.h"

#include <criterion/criterion.h>
#include <sched.h>

static struct hall_fixture fixture;
static struct event *event;
static int64_t moderator;

static void set_up(void)
{
    fixture_init(&fixture);
    event = fixture_event(&fixture, JOIN_OPEN);
    moderator = fixture_person(&fixture, event, ROLE_MODERATOR);
}

static void tear_down(void)
{
    fixture_fini(&fixture);
}

TestSuite(batches, .init = set_up, .fini = tear_down);

struct receipt {
    const struct lane *lane;
    bool here;
    bool next_is_out; /* when it was told */
};

static void on_receipt(void *ctx, const struct outcome *outcome, const struct hash *proof)
{
    struct receipt *receipt = ctx;
    (void)proof;
    cr_assert_eq(outcome->err, ERR_OK, "%s", err_code(outcome->err));
    receipt->next_is_out = receipt->lane->filling == NULL;
    receipt->here = true;
}

static void cast_into(int64_t poll, int64_t person, struct receipt *receipt)
{
    const struct cast cast = fixture_cast_of(event_poll(event, poll), 0, 1);
    const struct hall_ballot ballot = {
        .event = event, .poll = poll, .participant = person, .cast = &cast};
    *receipt = (struct receipt){.lane = hall_lane(fixture.hall, event, poll)};
    hall_cast(fixture.hall, &ballot, on_receipt, receipt);
}

/* In two polls, so that both next batches are one commit. */
Test(batches, what_gathered_during_a_commit_is_handed_in_before_its_receipts_are_told)
{
    int64_t polls[2];
    int64_t people[2];
    struct receipt first[2];
    struct receipt next[2];
    for (int i = 0; i < 2; i++) {
        polls[i] = fixture_open_poll(&fixture, event, moderator, 2);
        people[i] = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    }
    for (int i = 0; i < 2; i++) {
        cast_into(polls[i], people[0], &first[i]);
    }
    hall_flush_dirty(fixture.hall);
    for (int i = 0; i < 2; i++) {
        cast_into(polls[i], people[1], &next[i]);
    }
    while (store_backlog(hall_store(fixture.hall)) > 0) { /* the loop stands still */
        sched_yield();
    }
    for (int i = 0; i < 2; i++) {
        fixture_wait(&fixture, &next[i].here);
        cr_assert(first[i].here);
        cr_assert(first[i].next_is_out);
    }
}
