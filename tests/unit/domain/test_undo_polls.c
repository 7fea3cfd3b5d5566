/* What was done to a poll, undone, and what stands in the way. */
#include "undo_kit.h"

Test(undo, of_making_and_dropping_a_draft_are_each_others_way_back)
{
    int64_t poll = draft_of_new(&kit, 2);
    int64_t made = here();
    struct entry drop = poll_entry(&kit, ENTRY_POLL_DROP, poll);
    accept(&kit, &drop);
    undo(&kit, here());
    cr_expect_not_null(event_poll(&kit.event, poll));
    undo(&kit, made);
    cr_expect_null(event_poll(&kit.event, poll));
}

Test(undo, of_an_edit_gives_a_draft_its_rules_back)
{
    int64_t poll = draft_of_new(&kit, 3);
    struct entry edit = desk(ENTRY_POLL_EDIT);
    edit.as.poll_text.poll = poll;
    edit.as.poll_text.spec = spec_of(&kit, 2);
    accept(&kit, &edit);
    undo(&kit, here());
    cr_expect_eq(poll_now(poll)->spec.option_count, 3);
}

Test(undo, of_opening_makes_a_draft_under_another_name)
{
    int64_t poll = draft_of_new(&kit, 2);
    struct uid uid = poll_now(poll)->uid;
    step(&kit, ENTRY_POLL_OPEN, poll);
    undo(&kit, here());
    cr_expect_eq(poll_now(poll)->state, POLL_DRAFT);
    cr_expect_not(poll_now(poll)->fence_open);
    cr_expect_not(
        uid_equal(&poll_now(poll)->uid, &uid),
        "a ballot that is still on its way is for the poll as it was");
    cr_expect_eq(poll_now(poll)->called_back_pos, here());
    step(&kit, ENTRY_POLL_OPEN, poll);
    cr_expect_eq(poll_now(poll)->state, POLL_OPEN);
}

Test(undo, of_opening_is_too_late_once_somebody_voted)
{
    int64_t poll = draft_of_new(&kit, 2);
    step(&kit, ENTRY_POLL_OPEN, poll);
    struct ballot ballot = RANKING(1);
    cast(&kit, poll, 1, 1, &ballot);
    const struct act *act = act_find(&kit.event, here());
    cr_expect_eq(act_check_ballots(&kit.event, act), ERR_UNDO_VOTED);
}

Test(undo, of_opening_takes_pictures_off_the_ballot)
{
    struct entry with = submit_entry(&kit, ROLE_MODERATOR, kit.moderator);
    with.as.idea_text.drawing = (struct picture_change){
        .given = true,
        .picture = {.kind = PICTURE_DRAWING, .ref = content_of(kit.next + 77)}};
    accept(&kit, &with);
    publish_idea(&kit);
    struct poll_spec spec = spec_of(&kit, 2);
    int64_t first = open_poll(&kit, &spec);
    open_poll(&kit, &spec);
    undo(&kit, here());
    cr_expect(kit.event.pictures[0].on_ballot, "another poll has it");
    undo(&kit, act_at(&kit.event, act_count(&kit.event) - 3)->pos);
    cr_expect_eq(poll_now(first)->state, POLL_DRAFT);
    cr_expect_not(kit.event.pictures[0].on_ballot);
}

Test(undo, of_closing_opens_a_poll_with_its_ballots_and_a_new_lot)
{
    int64_t poll = draft_of_new(&kit, 2);
    step(&kit, ENTRY_POLL_OPEN, poll);
    struct ballot ballot = RANKING(1);
    cast(&kit, poll, 1, 1, &ballot);
    step(&kit, ENTRY_POLL_CLOSE, poll);
    undo(&kit, here());
    const struct poll *now = poll_now(poll);
    cr_expect_eq(now->state, POLL_OPEN);
    cr_expect_eq(now->voted, 1);
    cr_expect_eq(now->people, 0);
    cr_expect_eq(now->reopened, 1, "everybody is told, as of a reopening");
    cr_expect_eq(now->undone, 1);
    cr_expect_eq(now->commitment.bytes[0], 0xc1);
    cr_expect(cast(&kit, poll, 2, 1, &ballot));
}

Test(undo, of_publishing_and_hiding_a_result_are_each_others_way_back)
{
    int64_t poll = draft_of_new(&kit, 2);
    step(&kit, ENTRY_POLL_OPEN, poll);
    step(&kit, ENTRY_POLL_CLOSE, poll);
    step(&kit, ENTRY_POLL_PUBLISH, poll);
    int64_t published = here();
    step(&kit, ENTRY_POLL_UNPUBLISH, poll);
    cr_expect_eq(poll_now(poll)->published_pos, published);
    undo(&kit, here());
    cr_expect(poll_now(poll)->published);
    cr_expect_eq(poll_now(poll)->published_pos, here(), "screens ask for it again");
    undo(&kit, published);
    cr_expect_not(poll_now(poll)->published);
    cr_expect_eq(poll_now(poll)->seed.bytes[0], 0x5e, "what was told stays told");
}

Test(undo, of_annulling_an_open_poll_lets_voting_go_on)
{
    int64_t poll = draft_of_new(&kit, 2);
    step(&kit, ENTRY_POLL_OPEN, poll);
    turn_fence(&kit, poll, false);
    step(&kit, ENTRY_POLL_ANNUL, poll);
    undo(&kit, here());
    const struct poll *now = poll_now(poll);
    cr_expect_eq(now->state, POLL_OPEN);
    cr_expect_not(now->annulled);
    cr_expect_eq(now->reason, REASON_NONE);
    cr_expect_eq(now->reopened, 1);
    cr_expect(now->fence_open);
}

Test(undo, of_annulling_a_published_poll_shows_its_result_again)
{
    int64_t poll = draft_of_new(&kit, 2);
    step(&kit, ENTRY_POLL_OPEN, poll);
    step(&kit, ENTRY_POLL_CLOSE, poll);
    step(&kit, ENTRY_POLL_PUBLISH, poll);
    step(&kit, ENTRY_POLL_ANNUL, poll);
    undo(&kit, here());
    const struct poll *now = poll_now(poll);
    cr_expect_eq(now->state, POLL_CLOSED);
    cr_expect(now->published && !now->annulled);
    cr_expect_eq(now->reopened, 0);
    cr_expect_eq(now->undone, 1);
}

Test(undo, ends_with_the_sealing)
{
    int64_t poll = draft_of_new(&kit, 2);
    step(&kit, ENTRY_POLL_OPEN, poll);
    step(&kit, ENTRY_POLL_CLOSE, poll);
    int64_t closed = here();
    step(&kit, ENTRY_POLL_SEAL, poll);
    int64_t sealed = here();
    expect_refusal(closed, ERR_SEALED);
    expect_refusal(sealed, ERR_UNDO_NONE);
    step(&kit, ENTRY_POLL_ANNUL, poll);
    expect_refusal(here(), ERR_SEALED);
}

Test(undo, of_showing_a_sealed_result_hides_it)
{
    int64_t poll = draft_of_new(&kit, 2);
    step(&kit, ENTRY_POLL_OPEN, poll);
    step(&kit, ENTRY_POLL_CLOSE, poll);
    step(&kit, ENTRY_POLL_SEAL, poll);
    step(&kit, ENTRY_POLL_PUBLISH, poll);
    undo(&kit, here());
    cr_expect_not(poll_now(poll)->published);
    cr_expect_eq(poll_now(poll)->state, POLL_SEALED);
}
