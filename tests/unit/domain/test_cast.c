#include "unit/domain/kit.h"

static struct kit kit;
static struct poll_spec spec;
static int64_t poll_id;

/* An open ranking of ideas 1 … 4, three ranks, no ties. */
static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    for (size_t i = 0; i < 4; i++) {
        publish_idea(&kit);
    }
    spec = spec_of(&kit, 4);
    poll_id = open_poll(&kit, &spec);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(cast, .init = enter, .fini = leave);

static const struct poll *poll_now(void)
{
    return event_poll(&kit.event, poll_id);
}

/* The check says `err`; so does the fold, and it changes nothing. */
static void refuse_cast(const struct entry *entry, enum err err)
{
    enum err checked = poll_check_cast(poll_now(), &entry->as.cast);
    cr_expect_eq(checked, err, "check: %s", err_code(checked));
    size_t ballots = poll_now()->ballot_count;
    size_t marks = poll_now()->mark_count;
    uint64_t version = poll_now()->ballots_version;
    struct outcome outcome = apply_lane(&kit, poll_id, entry);
    cr_expect_eq(outcome.err, err, "fold: %s", err_code(outcome.err));
    cr_expect_eq(poll_now()->ballot_count, ballots);
    cr_expect_eq(poll_now()->mark_count, marks);
    cr_expect_eq(poll_now()->ballots_version, version);
}

static void refuse_ballot(const struct ballot *ballot, enum err err)
{
    struct entry entry = cast_entry(&kit, 1, 1, 1, ballot);
    refuse_cast(&entry, err);
}

static void reopen_with(void)
{
    poll_id = open_poll(&kit, &spec);
}

static struct ballot
marks_of(enum ballot_form form, const struct mark *marks, size_t count)
{
    struct ballot ballot = {.form = form, .mark_count = (uint16_t)count};
    memcpy(ballot.marks, marks, count * sizeof *marks);
    return ballot;
}

#define MARKS(form, ...)                                                                 \
    marks_of(                                                                            \
        form, (const struct mark[]){__VA_ARGS__},                                        \
        sizeof((const struct mark[]){__VA_ARGS__}) / sizeof(struct mark))

/* ---- what is kept ---- */

Test(cast, is_kept_and_counts)
{
    struct ballot ballot = RANKING(3, 1);
    struct entry entry = cast_entry(&kit, 1, 1, 1, &ballot);
    struct outcome outcome = apply_lane(&kit, poll_id, &entry);
    cr_expect_eq(outcome.err, ERR_OK);
    cr_expect(outcome.counts);
    cr_expect_not(outcome.repeated);
    cr_expect_eq(outcome.pos, poll_now()->lane_seq);
    cr_expect_eq(poll_now()->voted, 1);
    const struct kept_ballot *kept = &poll_now()->ballots[0];
    cr_expect_eq(kept->mark_count, 2);
    cr_expect_eq(poll_now()->marks[kept->marks_at].option, 2);
    cr_expect_eq(poll_now()->marks[kept->marks_at].value, 1);
    cr_expect_eq(poll_now()->marks[kept->marks_at + 1].option, 0);
    cr_expect_eq(kept->seq, poll_now()->lane_seq);
    cr_expect(uid_equal(&kept->nonce, &entry.as.cast.nonce));
    cr_expect_eq(memcmp(&kept->lock, &entry.as.cast.lock, sizeof kept->lock), 0);
}

Test(cast, may_be_blank)
{
    struct ballot blank = {.form = BALLOT_RANKING};
    cr_expect(cast(&kit, poll_id, 1, 1, &blank));
    cr_expect_eq(poll_now()->voted, 1);
}

Test(cast, in_any_order_of_marks_is_kept_in_the_canonical_one)
{
    spec.ties_allowed = true;
    reopen_with();
    struct ballot ballot = MARKS(BALLOT_RANKING, {4, 2}, {3, 1}, {1, 2}, {2, 1});
    cast(&kit, poll_id, 1, 1, &ballot);
    static const struct kept_mark canonical[] = {{1, 1}, {2, 1}, {0, 2}, {3, 2}};
    for (size_t i = 0; i < 4; i++) {
        cr_expect_eq(poll_now()->marks[i].option, canonical[i].option);
        cr_expect_eq(poll_now()->marks[i].value, canonical[i].value);
    }
}

Test(cast, orders_equal_places_by_the_ids_not_by_the_polls_order)
{
    spec.ties_allowed = true;
    spec.options[0] = 4;
    spec.options[3] = 1;
    reopen_with();
    struct ballot ballot = MARKS(BALLOT_RANKING, {4, 1}, {1, 1});
    cast(&kit, poll_id, 1, 1, &ballot);
    cr_expect_eq(poll_now()->marks[0].option, 3);
    cr_expect_eq(poll_now()->marks[1].option, 0);
}

/* ---- the rules ---- */

Test(cast, must_have_the_polls_form)
{
    struct ballot ballot = MARKS(BALLOT_APPROVAL, {1, 1});
    refuse_ballot(&ballot, ERR_WRONG_FORM);
    ballot.form = BALLOT_FORM_COUNT;
    refuse_ballot(&ballot, ERR_WRONG_FORM);
}

Test(cast, names_options_of_the_poll_each_once)
{
    struct ballot ballot = RANKING(1, 99);
    refuse_ballot(&ballot, ERR_UNKNOWN_OPTION);
    ballot = RANKING(1, 2, 1);
    refuse_ballot(&ballot, ERR_DUPLICATE_OPTION);
    publish_idea(&kit);
    ballot = RANKING(5);
    refuse_ballot(&ballot, ERR_UNKNOWN_OPTION);
    ballot = MARKS(BALLOT_RANKING, {0, 1});
    refuse_ballot(&ballot, ERR_UNKNOWN_OPTION);
}

Test(cast, has_no_more_ranks_than_the_poll_allows)
{
    struct ballot ballot = RANKING(1, 2, 3, 4);
    refuse_ballot(&ballot, ERR_TOO_MANY_RANKS);
    ballot = RANKING(1, 2, 3);
    cr_expect(cast(&kit, poll_id, 1, 1, &ballot));
}

Test(cast, has_dense_places_from_one)
{
    struct ballot ballot = MARKS(BALLOT_RANKING, {1, 1}, {2, 3});
    refuse_ballot(&ballot, ERR_BAD_VALUE);
    ballot = MARKS(BALLOT_RANKING, {1, 2});
    refuse_ballot(&ballot, ERR_BAD_VALUE);
    ballot = MARKS(BALLOT_RANKING, {1, 0});
    refuse_ballot(&ballot, ERR_BAD_VALUE);
    ballot = MARKS(BALLOT_RANKING, {1, 0}, {2, 1});
    refuse_ballot(&ballot, ERR_BAD_VALUE);
    ballot = MARKS(BALLOT_RANKING, {1, 1}, {2, UINT16_MAX});
    refuse_ballot(&ballot, ERR_BAD_VALUE);
    ballot.mark_count = OPTIONS_MAX + 1;
    refuse_ballot(&ballot, ERR_BAD_VALUE);
}

Test(cast, has_ties_only_where_they_are_allowed)
{
    struct ballot tied = MARKS(BALLOT_RANKING, {1, 1}, {2, 1});
    refuse_ballot(&tied, ERR_TIES_NOT_ALLOWED);
    spec.ties_allowed = true;
    reopen_with();
    cr_expect(cast(&kit, poll_id, 1, 1, &tied));
}

Test(cast, with_ties_may_mark_more_options_than_there_are_ranks)
{
    spec.ties_allowed = true;
    spec.ranks_max = 1;
    reopen_with();
    struct ballot all = MARKS(BALLOT_RANKING, {1, 1}, {2, 1}, {3, 1}, {4, 1});
    cr_expect(cast(&kit, poll_id, 1, 1, &all));
    struct ballot two = RANKING(1, 2);
    refuse_ballot(&two, ERR_TOO_MANY_RANKS);
}

Test(cast, of_approvals_has_crosses_and_no_places)
{
    spec.form = BALLOT_APPROVAL;
    memcpy(spec.method, "approval", 9);
    reopen_with();
    struct ballot ballot = MARKS(BALLOT_APPROVAL, {1, 1}, {2, 2});
    refuse_ballot(&ballot, ERR_BAD_VALUE);
    ballot = MARKS(BALLOT_APPROVAL, {1, 1}, {2, 1}, {3, 1}, {4, 1});
    cr_expect(cast(&kit, poll_id, 1, 1, &ballot), "ranks do not bound approvals");
}

Test(cast, of_yes_and_no_says_one_or_nothing)
{
    spec.form = BALLOT_YESNO;
    spec.option_count = 0;
    memcpy(spec.method, "plurality", 10);
    reopen_with();
    struct ballot both = MARKS(BALLOT_YESNO, {OPTION_YES, 1}, {OPTION_NO, 1});
    refuse_ballot(&both, ERR_BAD_VALUE);
    struct ballot neither = MARKS(BALLOT_YESNO, {3, 1});
    refuse_ballot(&neither, ERR_UNKNOWN_OPTION);
    struct ballot second = MARKS(BALLOT_YESNO, {OPTION_NO, 2});
    refuse_ballot(&second, ERR_BAD_VALUE);
    struct ballot no = MARKS(BALLOT_YESNO, {OPTION_NO, 1});
    cr_expect(cast(&kit, poll_id, 1, 1, &no));
    cr_expect_eq(poll_now()->marks[0].option, 1);
    struct ballot abstain = {.form = BALLOT_YESNO};
    cr_expect(cast(&kit, poll_id, 2, 1, &abstain));
}

Test(cast, has_an_id_a_slot_and_a_counter)
{
    struct ballot ballot = RANKING(1);
    struct entry entry = cast_entry(&kit, 1, 1, 0, &ballot);
    refuse_cast(&entry, ERR_BAD_VALUE);
    entry = cast_entry(&kit, 1, 1, 1, &ballot);
    entry.as.cast.id = (struct uid){0};
    refuse_cast(&entry, ERR_BAD_VALUE);
    entry = cast_entry(&kit, 1, 1, 1, &ballot);
    entry.as.cast.slot = (struct uid){0};
    refuse_cast(&entry, ERR_BAD_VALUE);
}

/* ---- the state of the poll ---- */

Test(cast, is_refused_in_every_state_but_open)
{
    struct ballot ballot = RANKING(1);
    struct entry entry = cast_entry(&kit, 1, 1, 1, &ballot);
    cr_expect_eq(poll_check_cast(NULL, &entry.as.cast), ERR_UNKNOWN_POLL);
    cr_expect_eq(apply_lane(&kit, 99, &entry).err, ERR_UNKNOWN_POLL);
    poll_id = draft(&kit, &spec);
    cr_expect_eq(poll_check_cast(poll_now(), &entry.as.cast), ERR_NOT_OPEN);
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    cr_expect_eq(poll_check_cast(poll_now(), &entry.as.cast), ERR_OK);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    refuse_cast(&entry, ERR_CLOSED);
    step(&kit, ENTRY_POLL_SEAL, poll_id);
    cr_expect_eq(poll_check_cast(poll_now(), &entry.as.cast), ERR_SEALED);
    poll_id = open_poll(&kit, &spec);
    step(&kit, ENTRY_POLL_ANNUL, poll_id);
    cr_expect_eq(poll_check_cast(poll_now(), &entry.as.cast), ERR_ANNULLED);
    poll_id = draft(&kit, &spec);
    const struct poll *dropped = poll_now();
    step(&kit, ENTRY_POLL_DROP, poll_id);
    cr_expect_eq(poll_check_cast(dropped, &entry.as.cast), ERR_UNKNOWN_POLL);
}

Test(cast, is_decided_by_the_fence)
{
    struct ballot ballot = RANKING(1);
    struct entry before = cast_entry(&kit, 1, 1, 1, &ballot);
    struct entry after = cast_entry(&kit, 2, 1, 1, &ballot);
    cr_expect_eq(apply_lane(&kit, poll_id, &before).err, ERR_OK);
    turn_fence(&kit, poll_id, false);
    refuse_cast(&after, ERR_CLOSED);
    cr_expect_eq(poll_now()->state, POLL_OPEN, "its history entry is still on its way");
    turn_fence(&kit, poll_id, true);
    cr_expect_eq(apply_lane(&kit, poll_id, &after).err, ERR_OK);
    cr_expect_eq(poll_now()->voted, 2);
}

Test(cast, lane_knows_no_other_entries)
{
    struct entry entry = poll_entry(&kit, ENTRY_POLL_CLOSE, poll_id);
    cr_expect_eq(apply_lane(&kit, poll_id, &entry).err, ERR_BAD_VALUE);
    struct ballot ballot = RANKING(1);
    entry = cast_entry(&kit, 1, 1, 1, &ballot);
    entry.role = ROLE_PARTICIPANT;
    entry.actor = join(&kit, ROLE_PARTICIPANT);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry.kind = ENTRY_FENCE;
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry.kind = ENTRY_KIND_COUNT;
    cr_expect_eq(event_check(&kit.event, &entry), ERR_BAD_VALUE);
}

/* ---- repeats and revotes ---- */

Test(cast, repeated_gives_the_first_answer_and_changes_nothing)
{
    struct ballot ballot = RANKING(1);
    struct entry entry = cast_entry(&kit, 1, 1, 1, &ballot);
    struct outcome first = apply_lane(&kit, poll_id, &entry);
    struct ballot later = RANKING(2);
    cast(&kit, poll_id, 1, 2, &later);
    struct outcome again = apply_lane(&kit, poll_id, &entry);
    cr_expect(again.repeated);
    cr_expect_eq(again.err, ERR_OK);
    cr_expect_eq(again.pos, first.pos);
    cr_expect(again.counts, "as its first answer said, though it counts no longer");
    cr_expect_eq(poll_now()->ballot_count, 2);
    cr_expect_eq(poll_now()->voted, 1);
}

Test(cast, repeated_after_the_close_is_answered_too)
{
    struct ballot ballot = RANKING(1);
    struct entry entry = cast_entry(&kit, 1, 1, 1, &ballot);
    struct outcome first = apply_lane(&kit, poll_id, &entry);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    cr_expect_eq(poll_check_cast(poll_now(), &entry.as.cast), ERR_OK);
    struct outcome found;
    cr_expect(
        poll_find_ballot(poll_now(), &entry.as.cast.slot, &entry.as.cast.id, &found));
    cr_expect_eq(found.pos, first.pos);
    cr_expect(apply_lane(&kit, poll_id, &entry).repeated);
}

Test(cast, with_an_id_that_another_slot_used_is_a_new_ballot)
{
    struct ballot ballot = RANKING(1);
    struct entry one = cast_entry(&kit, 1, 1, 1, &ballot);
    struct entry two = cast_entry(&kit, 2, 1, 1, &ballot);
    two.as.cast.id = one.as.cast.id;
    cr_expect_not(apply_lane(&kit, poll_id, &one).repeated);
    cr_expect_not(apply_lane(&kit, poll_id, &two).repeated);
    cr_expect_eq(poll_now()->voted, 2);
}

Test(cast, counts_by_the_highest_epoch_then_counter)
{
    struct ballot ballot = RANKING(1);

    static const struct {
        uint32_t epoch;
        uint32_t counter;
        bool counts;
    } arrivals[] = {{1, 5, true},  {1, 4, false}, {2, 1, true},           {1, 9, false},
                    {2, 1, false}, {2, 2, true},  {1, UINT32_MAX, false}, {3, 1, true}};

    for (size_t i = 0; i < sizeof arrivals / sizeof arrivals[0]; i++) {
        struct entry entry =
            cast_entry(&kit, 1, arrivals[i].epoch, arrivals[i].counter, &ballot);
        struct outcome outcome = apply_lane(&kit, poll_id, &entry);
        cr_expect_eq(outcome.err, ERR_OK);
        cr_expect_eq(outcome.counts, arrivals[i].counts, "arrival %zu", i);
    }
    cr_expect_eq(poll_now()->voted, 1);
    const struct uid slot = uid_of(9000001);
    const struct kept_ballot *current = NULL;
    cr_expect_eq(poll_slot_counter(poll_now(), &slot, &current), UINT32_MAX);
    cr_expect_eq(current->epoch, 3);
}

Test(cast, that_does_not_count_leaves_the_version)
{
    struct ballot ballot = RANKING(1);
    cast(&kit, poll_id, 1, 2, &ballot);
    uint64_t version = poll_now()->ballots_version;
    cr_expect_not(cast(&kit, poll_id, 1, 1, &ballot));
    cr_expect_eq(poll_now()->ballots_version, version);
    cr_expect(cast(&kit, poll_id, 1, 3, &ballot));
    cr_expect_eq(poll_now()->ballots_version, version + 1);
}

Test(cast, of_a_slot_nobody_used_has_counter_zero)
{
    const struct uid slot = uid_of(1);
    static const struct kept_ballot somebody;
    const struct kept_ballot *current = &somebody;
    struct outcome outcome;
    cr_expect_eq(poll_slot_counter(poll_now(), &slot, &current), 0);
    cr_expect_null(current);
    cr_expect_not(poll_find_ballot(poll_now(), &slot, &slot, &outcome));
}

Test(cast, may_be_changed_a_thousand_times_and_not_once_more)
{
    struct ballot ballot = RANKING(1);
    for (uint32_t i = 1; i <= REVOTES_MAX; i++) {
        cr_assert(cast(&kit, poll_id, 1, i, &ballot));
    }
    struct entry entry = cast_entry(&kit, 1, 1, REVOTES_MAX + 1, &ballot);
    refuse_cast(&entry, ERR_TOO_MANY);
    cr_expect(cast(&kit, poll_id, 2, 1, &ballot));
    cr_expect_eq(poll_now()->voted, 2);
}

/* The check and the fold agree, also when a batch passes the check together: else the log
 * would hold what can't be folded. */
Test(cast, into_a_poll_that_is_full_is_refused_by_the_fold_too)
{
    struct ballot ballot = RANKING(1);
    struct poll *poll = kit.event.polls[poll_id - 1];
    struct entry entry = cast_entry(&kit, 1, 1, 1, &ballot);
    size_t count = poll->ballot_count;
    poll->ballot_count = BALLOTS_KEPT_MAX;
    struct outcome outcome = {0};
    enum err err =
        event_apply_lane(&kit.event, poll_id, poll->lane_seq + 1, &entry, &outcome);
    poll->ballot_count = count;
    cr_assert_eq(err, ERR_OK);
    cr_assert_eq(outcome.err, ERR_TOO_MANY);
}
