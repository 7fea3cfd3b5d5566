#include "unit/domain/kit.h"

static struct kit kit;
static int64_t poll_id;

/* Three voters, one of whom changed the ballot; closed. */
static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    poll_id = draft_of_new(&kit, 3);
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    struct ballot one = RANKING(1, 2);
    struct ballot two = RANKING(3);
    cast(&kit, poll_id, 1, 1, &one);
    cast(&kit, poll_id, 2, 1, &one);
    cast(&kit, poll_id, 3, 1, &two);
    cast(&kit, poll_id, 1, 2, &two);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(sealed, .init = enter, .fini = leave);

static const struct poll *poll_now(void)
{
    return event_poll(&kit.event, poll_id);
}

static void list_of(struct cast casts[3])
{
    memset(casts, 0, 3 * sizeof *casts);
    casts[0].ballot = RANKING(1, 2);
    casts[1].ballot = RANKING(3);
    casts[2].ballot = RANKING(3);
    for (uint8_t i = 0; i < 3; i++) {
        casts[i].nonce = uid_of(i + 1u);
        casts[i].lock = hash_of(i);
    }
}

Test(sealed, list_replaces_the_ballots_and_knows_no_slots)
{
    step(&kit, ENTRY_POLL_SEAL, poll_id);
    uint64_t version = poll_now()->ballots_version;
    struct cast casts[3];
    list_of(casts);
    cr_assert_eq(event_load_sealed(&kit.event, poll_id, casts, 3), ERR_OK);
    const struct poll *poll = poll_now();
    cr_expect_eq(poll->voted, 3);
    cr_expect_eq(poll->ballot_count, 3);
    cr_expect_eq(poll->mark_count, 4);
    cr_expect_gt(poll->ballots_version, version);
    for (size_t i = 0; i < 3; i++) {
        const struct kept_ballot *ballot = &poll->ballots[i];
        cr_expect(ballot->counts);
        cr_expect(uid_is_zero(&ballot->slot));
        cr_expect(uid_is_zero(&ballot->id));
        cr_expect_eq(ballot->seq, 0);
        cr_expect_eq(ballot->older, 0);
        cr_expect(uid_equal(&ballot->nonce, &casts[i].nonce));
    }
    const struct uid slot = uid_of(9000001);
    const struct uid zero = {0};
    struct outcome outcome;
    cr_expect_eq(poll_slot_counter(poll, &slot, NULL), 0);
    cr_expect_not(poll_find_ballot(poll, &zero, &zero, &outcome));
}

Test(sealed, list_can_be_loaded_again_and_may_be_empty)
{
    step(&kit, ENTRY_POLL_SEAL, poll_id);
    struct cast casts[3];
    list_of(casts);
    cr_expect_eq(event_load_sealed(&kit.event, poll_id, casts, 3), ERR_OK);
    cr_expect_eq(event_load_sealed(&kit.event, poll_id, NULL, 0), ERR_OK);
    cr_expect_eq(poll_now()->voted, 0);
    cr_expect_eq(event_load_sealed(&kit.event, poll_id, casts, 2), ERR_OK);
    cr_expect_eq(poll_now()->voted, 2);
}

Test(sealed, list_is_only_for_sealed_polls)
{
    struct cast casts[3];
    list_of(casts);
    cr_expect_eq(event_load_sealed(&kit.event, poll_id, casts, 3), ERR_WRONG_STATE);
    cr_expect_eq(event_load_sealed(&kit.event, 99, casts, 3), ERR_UNKNOWN_POLL);
    cr_expect_eq(poll_now()->ballot_count, 4);
}

Test(sealed, list_that_breaks_the_rules_is_damaged_and_changes_nothing)
{
    step(&kit, ENTRY_POLL_SEAL, poll_id);
    struct cast casts[3];
    list_of(casts);
    casts[2].ballot = RANKING(1, 2, 99);
    cr_expect_eq(event_load_sealed(&kit.event, poll_id, casts, 3), ERR_DAMAGED);
    cr_expect_eq(poll_now()->ballot_count, 4);
    cr_expect_eq(poll_now()->voted, 3);
}
