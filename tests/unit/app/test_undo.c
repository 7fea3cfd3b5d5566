/* Undoing in the real hall: the fence turns with the entry, and no ballot is lost. */
#include "hall_fixture.h"

#include "domain/undo.h"

#include <criterion/criterion.h>

static struct hall_fixture fixture;
static struct event *event;
static int64_t moderator;
static int64_t person;

static void set_up(void)
{
    fixture_init(&fixture);
    event = fixture_event(&fixture, JOIN_OPEN);
    moderator = fixture_person(&fixture, event, ROLE_MODERATOR);
    person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
}

static void tear_down(void)
{
    fixture_fini(&fixture);
}

TestSuite(hall_undo, .init = set_up, .fini = tear_down);

static void reopen(void)
{
    int64_t id = event->id;
    fixture_reopen(&fixture);
    event = hall_event(fixture.hall, id);
}

static struct entry undo_entry(int64_t pos)
{
    struct entry entry = {
        .kind = ENTRY_UNDO,
        .actor = moderator,
        .role = ROLE_MODERATOR,
        .as.undo.pos = pos,
    };
    trust_random_uid(&entry.command);
    return entry;
}

static enum err undo_last(void)
{
    struct entry entry = undo_entry(act_at(event, act_count(event) - 1)->pos);
    return fixture_submit(&fixture, event, &entry).err;
}

static const struct poll *poll_now(int64_t poll)
{
    return event_poll(event, poll);
}

static struct outcome vote(int64_t poll, int64_t who, uint32_t counter)
{
    struct cast cast = fixture_cast_of(poll_now(poll), 0, counter);
    return fixture_cast(&fixture, event, poll, who, &cast);
}

Test(hall_undo, of_a_close_lets_everybody_vote_on_under_a_new_lot)
{
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    cr_assert_eq(vote(poll, person, 1).err, ERR_OK);
    struct hash lot = poll_now(poll)->commitment;
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    cr_assert_eq(vote(poll, person, 2).err, ERR_CLOSED);
    cr_assert_eq(undo_last(), ERR_OK);
    cr_expect(poll_now(poll)->fence_open);
    cr_expect_neq(
        memcmp(&lot, &poll_now(poll)->commitment, sizeof lot), 0,
        "the old one may have been seen");
    reopen();
    cr_assert_eq(poll_now(poll)->state, POLL_OPEN);
    cr_expect_eq(poll_now(poll)->voted, 1);
    cr_assert_eq(vote(poll, person, 2).err, ERR_OK);
    cr_expect_eq(poll_now(poll)->voted, 1);
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_PUBLISH, poll).err,
        ERR_OK, "its seed is the one committed to");
    cr_expect_not_null(hall_tie_order(fixture.hall, event, poll_now(poll)));
}

Test(hall_undo, of_an_opening_makes_a_draft_that_can_be_opened_again)
{
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    cr_assert_eq(undo_last(), ERR_OK);
    cr_assert_eq(poll_now(poll)->state, POLL_DRAFT);
    cr_expect_eq(vote(poll, person, 1).err, ERR_UNKNOWN_POLL);
    reopen();
    cr_assert_eq(poll_now(poll)->state, POLL_DRAFT);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_OPEN, poll).err, ERR_OK);
    cr_expect_eq(vote(poll, person, 1).err, ERR_OK);
    reopen();
    cr_expect_eq(poll_now(poll)->voted, 1);
}

Test(hall_undo, of_an_opening_is_refused_once_somebody_voted)
{
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    cr_assert_eq(vote(poll, person, 1).err, ERR_OK);
    cr_expect_eq(undo_last(), ERR_UNDO_VOTED);
    cr_expect_eq(poll_now(poll)->state, POLL_OPEN);
    cr_expect(poll_now(poll)->fence_open);
}

/* ---- at the same moment ---- */

struct answer {
    struct outcome outcome;
    bool here;
};

static void on_answer(void *ctx, const struct outcome *outcome)
{
    struct answer *answer = ctx;
    answer->outcome = *outcome;
    answer->here = true;
}

static void on_cast(void *ctx, const struct outcome *outcome, const struct hash *proof)
{
    (void)proof;
    on_answer(ctx, outcome);
}

static void cast_now(int64_t poll, const struct cast *cast, struct answer *answer)
{
    const struct hall_ballot ballot = {
        .event = event, .poll = poll, .participant = person, .cast = cast};
    hall_cast(fixture.hall, &ballot, on_cast, answer);
}

Test(hall_undo, of_an_opening_is_refused_while_a_ballot_is_on_its_way)
{
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    const struct cast cast = fixture_cast_of(poll_now(poll), 0, 1);
    struct answer voted = {0};
    cast_now(poll, &cast, &voted);
    cr_expect_eq(undo_last(), ERR_UNDO_VOTED);
    fixture_wait(&fixture, &voted.here);
    cr_expect_eq(voted.outcome.err, ERR_OK);
}

Test(hall_undo, of_an_opening_is_refused_while_paper_is_on_its_way)
{
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    int64_t pos = act_at(event, act_count(event) - 1)->pos;
    struct answer entered = {0};
    struct answer undone = {0};
    struct entry entry = {
        .kind = ENTRY_PAPER_ENTER,
        .actor = moderator,
        .role = ROLE_MODERATOR,
        .as.paper_enter = {
            .poll = poll,
            .paper = {.form = BALLOT_RANKING, .pile_count = 1, .piles = {{.count = 3}}}}};
    trust_random_uid(&entry.command);
    hall_submit(fixture.hall, event, &entry, hall_no_docs(), on_answer, &entered);
    entry = undo_entry(pos);
    hall_submit(fixture.hall, event, &entry, hall_no_docs(), on_answer, &undone);
    fixture_wait(&fixture, &entered.here);
    fixture_wait(&fixture, &undone.here);
    cr_expect_eq(entered.outcome.err, ERR_OK);
    cr_expect_neq(undone.outcome.err, ERR_OK);
    cr_expect_eq(poll_now(poll)->state, POLL_OPEN);
    cr_expect(poll_now(poll)->fence_open, "people vote on");
    cr_expect_eq(vote(poll, person, 1).err, ERR_OK);
}

Test(hall_undo, of_an_opening_leaves_no_ballot_behind_that_comes_after_it)
{
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    const struct cast cast = fixture_cast_of(poll_now(poll), 0, 1);
    struct answer undone = {0};
    struct answer voted = {0};
    struct entry entry = undo_entry(act_at(event, act_count(event) - 1)->pos);
    hall_submit(fixture.hall, event, &entry, hall_no_docs(), on_answer, &undone);
    cast_now(poll, &cast, &voted);
    fixture_wait(&fixture, &voted.here);
    fixture_wait(&fixture, &undone.here);
    cr_expect_eq(undone.outcome.err, ERR_OK);
    cr_expect_eq(voted.outcome.err, ERR_CLOSED);
    cr_expect_eq(poll_now(poll)->state, POLL_DRAFT);
    cr_expect_eq(poll_now(poll)->ballot_count, 0);
}

Test(hall_undo, of_two_moderators_happens_once)
{
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    int64_t pos = act_at(event, act_count(event) - 1)->pos;
    struct answer answers[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        struct entry entry = undo_entry(pos);
        hall_submit(fixture.hall, event, &entry, hall_no_docs(), on_answer, &answers[i]);
    }
    fixture_wait(&fixture, &answers[0].here);
    fixture_wait(&fixture, &answers[1].here);
    cr_expect_eq(answers[0].outcome.err, ERR_OK);
    cr_expect_neq(answers[1].outcome.err, ERR_OK);
    cr_expect_eq(poll_now(poll)->state, POLL_OPEN);
    cr_expect_eq(poll_now(poll)->reopened, 1);
    cr_expect(poll_now(poll)->fence_open);
}

Test(hall_undo, of_dropping_a_draft_finds_its_fence_as_the_store_has_it)
{
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    cr_assert_eq(undo_last(), ERR_OK);
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_DROP, poll);
    reopen();
    cr_assert_null(event_poll(event, poll));
    cr_assert_eq(undo_last(), ERR_OK);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_OPEN, poll).err, ERR_OK);
    cr_expect_eq(vote(poll, person, 1).err, ERR_OK);
    reopen();
    cr_expect_eq(poll_now(poll)->voted, 1);
}

Test(hall_undo, that_lost_its_race_leaves_a_poll_that_can_be_closed)
{
    static struct answer calls[UNDO_ACTS_MAX];
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    struct entry late = undo_entry(act_at(event, act_count(event) - 1)->pos);
    struct answer undone = {0};
    for (size_t i = 0; i < UNDO_ACTS_MAX; i++) {
        struct entry call = undo_entry(0);
        call.kind = ENTRY_EVENT_CALL;
        hall_submit(fixture.hall, event, &call, hall_no_docs(), on_answer, &calls[i]);
    }
    hall_submit(fixture.hall, event, &late, hall_no_docs(), on_answer, &undone);
    fixture_wait(&fixture, &undone.here);
    cr_assert_eq(undone.outcome.err, ERR_UNDO_NONE);
    cr_assert_eq(poll_now(poll)->state, POLL_OPEN);
    cr_assert_not(poll_now(poll)->fence_open);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll).err, ERR_OK);
    cr_assert_eq(undo_last(), ERR_OK);
    cr_expect_eq(vote(poll, person, 1).err, ERR_OK);
    reopen();
    cr_expect_eq(poll_now(poll)->voted, 1);
}
