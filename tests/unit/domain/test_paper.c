/* Ballots on paper: entered by one moderator, confirmed by another, counted like any
 * other; and what stands in their way. */
#include "chance.h"
#include "domain/count.h"
#include "domain/publish.h"
#include "unit/domain/kit.h"

static struct kit kit;
static int64_t poll_id;
static int64_t second; /* another moderator */

static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    second = join(&kit, ROLE_MODERATOR);
    poll_id = draft_of_new(&kit, 3);
    step(&kit, ENTRY_POLL_OPEN, poll_id);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(paper, .init = enter, .fini = leave);

static const struct poll *poll_now(void)
{
    return event_poll(&kit.event, poll_id);
}

/* "3 × the first option alone, 2 × blank" */
static struct entry enter_entry(int64_t actor)
{
    struct entry entry = entry_of(&kit, ENTRY_PAPER_ENTER, ROLE_MODERATOR, actor);
    entry.as.paper_enter.poll = poll_id;
    entry.as.paper_enter.paper = (struct paper){
        .form = BALLOT_RANKING,
        .pile_count = 2,
        .mark_count = 1,
        .piles = {{.count = 3, .mark_count = 1}, {.count = 2}},
        .marks = {{.option = poll_now()->spec.options[0], .value = 1}},
    };
    return entry;
}

static int64_t enter_batch(void)
{
    struct entry entry = enter_entry(kit.moderator);
    return accept(&kit, &entry);
}

static struct entry batch_entry(enum entry_kind kind, int64_t actor, int64_t batch)
{
    struct entry entry = entry_of(&kit, kind, ROLE_MODERATOR, actor);
    entry.as.paper_act.batch = batch;
    entry.as.paper_act.ballots = kind == ENTRY_PAPER_CONFIRM ? 5 : 0;
    return entry;
}

static void confirm(int64_t batch)
{
    struct entry entry = batch_entry(ENTRY_PAPER_CONFIRM, second, batch);
    accept(&kit, &entry);
}

static void drop(int64_t batch)
{
    struct entry entry = batch_entry(ENTRY_PAPER_DROP, second, batch);
    accept(&kit, &entry);
}

static struct entry seal_entry(void)
{
    struct entry entry = poll_entry(&kit, ENTRY_POLL_SEAL, poll_id);
    entry.as.poll_act.paper_pos = poll_now()->paper_pos;
    return entry;
}

static void seal(void)
{
    struct entry entry = seal_entry();
    accept(&kit, &entry);
}

static int64_t counted(void)
{
    struct tally_result *result = NULL;
    cr_assert_eq(poll_count(poll_now(), NULL, &result), ERR_OK);
    int64_t ballots = tally_result_ballots(result);
    tally_result_free(result);
    return ballots;
}

Test(paper, counts_when_another_moderator_has_confirmed_it)
{
    int64_t batch = enter_batch();
    cr_expect_eq(poll_now()->paper, 0);
    cr_expect_eq(counted(), 0, "unconfirmed ballots never count");
    confirm(batch);
    cr_expect_eq(poll_now()->paper, 5);
    cr_expect_eq(counted(), 5);
    drop(batch);
    cr_expect_eq(counted(), 0);
}

Test(paper, is_not_confirmed_by_who_entered_it)
{
    int64_t batch = enter_batch();
    struct entry own = batch_entry(ENTRY_PAPER_CONFIRM, kit.moderator, batch);
    refuse(&kit, &own, ERR_PAPER_OWN);
}

Test(paper, is_not_confirmed_by_who_counted_another_number)
{
    int64_t batch = enter_batch();
    struct entry entry = batch_entry(ENTRY_PAPER_CONFIRM, second, batch);
    entry.as.paper_act.ballots = 4;
    refuse(&kit, &entry, ERR_PAPER_COUNT);
}

Test(paper, is_confirmed_once_and_not_after_it_was_dropped)
{
    int64_t batch = enter_batch();
    confirm(batch);
    struct entry again = batch_entry(ENTRY_PAPER_CONFIRM, second, batch);
    refuse(&kit, &again, ERR_WRONG_STATE);
    drop(batch);
    again = batch_entry(ENTRY_PAPER_CONFIRM, second, batch);
    refuse(&kit, &again, ERR_UNKNOWN_BATCH);
    again = batch_entry(ENTRY_PAPER_DROP, second, batch);
    refuse(&kit, &again, ERR_UNKNOWN_BATCH);
    again = batch_entry(ENTRY_PAPER_CONFIRM, second, 99);
    refuse(&kit, &again, ERR_UNKNOWN_BATCH);
}

Test(paper, is_taken_until_sealing_and_after_the_close)
{
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    int64_t batch = enter_batch();
    confirm(batch);
    int64_t waits = enter_batch();
    seal();
    cr_expect_eq(counted(), 5, "what nobody has confirmed does not count");
    struct entry late = enter_entry(kit.moderator);
    refuse(&kit, &late, ERR_SEALED);
    late = batch_entry(ENTRY_PAPER_CONFIRM, second, waits);
    refuse(&kit, &late, ERR_SEALED);
    late = batch_entry(ENTRY_PAPER_DROP, second, batch);
    refuse(&kit, &late, ERR_SEALED);
}

Test(paper, is_for_polls_that_are_open_or_closed)
{
    struct entry entry = enter_entry(kit.moderator);
    entry.as.paper_enter.poll = draft_of_new(&kit, 2);
    refuse(&kit, &entry, ERR_NOT_OPEN);
    entry.as.paper_enter.poll = 99;
    entry.command = uid_of(++kit.next);
    refuse(&kit, &entry, ERR_UNKNOWN_POLL);
    step(&kit, ENTRY_POLL_ANNUL, poll_id);
    entry = enter_entry(kit.moderator);
    refuse(&kit, &entry, ERR_ANNULLED);
}

Test(paper, obeys_the_rules_of_the_ballot)
{
    struct entry entry = enter_entry(kit.moderator);
    entry.as.paper_enter.paper.marks[0].option = 999;
    refuse(&kit, &entry, ERR_UNKNOWN_OPTION);
    entry = enter_entry(kit.moderator);
    entry.as.paper_enter.paper.marks[0].value = 2;
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = enter_entry(kit.moderator);
    entry.as.paper_enter.paper.form = BALLOT_APPROVAL;
    refuse(&kit, &entry, ERR_WRONG_FORM);
}

Test(paper, has_piles_that_are_none_empty_nor_too_high)
{
    struct entry entry = enter_entry(kit.moderator);
    entry.as.paper_enter.paper.pile_count = 0;
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = enter_entry(kit.moderator);
    entry.as.paper_enter.paper.piles[1].count = 0;
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = enter_entry(kit.moderator);
    entry.as.paper_enter.paper.piles[1].count = PAPER_COUNT_MAX + 1;
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = enter_entry(kit.moderator);
    entry.as.paper_enter.paper.mark_count = 2;
    refuse(&kit, &entry, ERR_BAD_VALUE);
    for (size_t i = 0; i < PAPER_BATCHES_MAX; i++) {
        enter_batch();
    }
    entry = enter_entry(kit.moderator);
    refuse(&kit, &entry, ERR_TOO_MANY);
}

Test(paper, changes_nothing_while_the_result_is_shown)
{
    int64_t counts = enter_batch();
    int64_t waits = enter_batch();
    confirm(counts);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    step(&kit, ENTRY_POLL_PUBLISH, poll_id);
    struct entry entry = batch_entry(ENTRY_PAPER_CONFIRM, second, waits);
    refuse(&kit, &entry, ERR_PUBLISHED);
    entry = batch_entry(ENTRY_PAPER_DROP, second, counts);
    refuse(&kit, &entry, ERR_PUBLISHED);
    drop(waits);
    step(&kit, ENTRY_POLL_UNPUBLISH, poll_id);
    drop(counts);
}

Test(paper, stays_when_the_poll_is_reopened_or_its_close_undone)
{
    confirm(enter_batch());
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    undo(&kit, kit.event.pos);
    cr_expect_eq(poll_now()->paper, 5);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    step(&kit, ENTRY_POLL_REOPEN, poll_id);
    cr_expect_eq(poll_now()->paper, 5);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    cr_expect_eq(counted(), 5);
}

Test(paper, is_no_part_of_a_live_result)
{
    struct tally_result *result = NULL;
    confirm(enter_batch());
    cr_assert_eq(poll_count_early(poll_now(), 1, NULL, &result), ERR_OK);
    cr_expect_eq(tally_result_ballots(result), 0);
    tally_result_free(result);
}

Test(paper, is_undone_act_by_act)
{
    int64_t batch = enter_batch();
    int64_t entered = kit.event.pos;
    confirm(batch);
    int64_t confirmed = kit.event.pos;
    drop(batch);
    undo(&kit, kit.event.pos);
    cr_expect_eq(poll_now()->paper, 5, "dropping is undone");
    struct entry entry = undo_entry(&kit, confirmed);
    accept(&kit, &entry);
    cr_expect_eq(poll_now()->paper, 0, "confirming is undone");
    entry = undo_entry(&kit, entered);
    accept(&kit, &entry);
    cr_expect_null(event_paper(&kit.event, batch));
}

Test(paper, is_not_undone_where_that_would_change_what_is_shown_or_sealed)
{
    confirm(enter_batch());
    int64_t confirmed = kit.event.pos;
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    step(&kit, ENTRY_POLL_PUBLISH, poll_id);
    struct entry entry = undo_entry(&kit, confirmed);
    refuse(&kit, &entry, ERR_PUBLISHED);
    seal();
    entry = undo_entry(&kit, confirmed);
    refuse(&kit, &entry, ERR_SEALED);
}

Test(paper, stands_in_the_way_of_undoing_the_opening)
{
    int64_t opened = kit.event.pos;
    int64_t batch = enter_batch();
    struct entry entry = undo_entry(&kit, opened);
    const struct act *way = NULL;
    const struct act *act = act_find(&kit.event, opened);
    cr_expect_eq(act_check_undo(&kit.event, act, kit.now_ms, &way), ERR_UNDO_BUILT_ON);
    cr_assert_not_null(way);
    cr_expect_eq(way->about, batch);
    refuse(&kit, &entry, ERR_UNDO_BUILT_ON);
}

Test(paper, that_came_while_the_list_was_sealed_makes_the_seal_begin_anew)
{
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    struct entry entry = seal_entry();
    confirm(enter_batch());
    refuse(&kit, &entry, ERR_WRONG_STATE);
    seal();
    cr_expect_eq(counted(), 5);
}

Test(paper, counts_for_what_may_be_published)
{
    struct poll poll = *poll_now();
    poll.spec.publication = PUBLISH_BALLOTS;
    poll.voted = 15;
    poll.paper = 5;
    cr_expect_eq(publish_count(&poll), 20);
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_BALLOTS);
    poll.voted = 4;
    poll.paper = 0;
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_ORDER);
    poll.paper = 1;
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_STATISTICS);
}

Test(paper, of_few_people_hides_the_list_in_which_it_would_stand_apart)
{
    struct poll poll = *poll_now();
    poll.spec.publication = PUBLISH_BALLOTS;
    poll.voted = 100;
    poll.paper = 4;
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_STATISTICS);
    poll.paper = 100;
    poll.voted = 4;
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_STATISTICS);
    poll.voted = 0;
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_BALLOTS, "all are on paper");
}

/* ---- the union ---- */

/* A ranking of the poll's three options, of any length. */
static struct ballot random_ranking(void)
{
    struct ballot ballot = {.form = BALLOT_RANKING};
    size_t first = (size_t)below(3);
    ballot.mark_count = (uint16_t)below(4);
    for (size_t i = 0; i < ballot.mark_count; i++) {
        int64_t option = poll_now()->spec.options[(first + i) % 3];
        ballot.marks[i] = (struct mark){option, (uint16_t)(i + 1)};
    }
    return ballot;
}

static void add_pile(struct paper *paper, const struct ballot *ballot, uint16_t count)
{
    paper->piles[paper->pile_count++] =
        (struct pile){.count = count, .mark_count = ballot->mark_count};
    for (size_t i = 0; i < ballot->mark_count; i++) {
        paper->marks[paper->mark_count++] = ballot->marks[i];
    }
}

/* All that a count says of three options. */
static void expect_same(const struct tally_result *a, const struct tally_result *b)
{
    cr_assert_eq(tally_result_ballots(a), tally_result_ballots(b));
    cr_assert_eq(tally_result_blank(a), tally_result_blank(b));
    cr_assert_eq(tally_result_state(a), tally_result_state(b));
    for (size_t i = 0; i < 3; i++) {
        cr_assert_eq(tally_result_score(a, i).value, tally_result_score(b, i).value);
        for (size_t k = 0; k < 3; k++) {
            cr_assert(i == k || tally_result_pair(a, i, k) == tally_result_pair(b, i, k));
        }
    }
}

/* As if everybody had voted by phone. */
static struct tally_result *count_union(const struct tally_profile *profile)
{
    struct tally_rule *rule = NULL;
    struct tally_result *result = NULL;
    cr_assert_eq(tally_rule_new(tally_method_find("borda"), 1, &rule), TALLY_OK);
    tally_rule_want_matrix(rule);
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_OK);
    tally_rule_free(rule);
    return result;
}

static void
add_to_union(struct tally_profile *profile, const struct ballot *ballot, int64_t count)
{
    struct tally_mark marks[3];
    for (size_t i = 0; i < ballot->mark_count; i++) {
        uint16_t option = 0;
        while (poll_now()->spec.options[option] != ballot->marks[i].option) {
            option++;
        }
        marks[i] = (struct tally_mark){.option = option, .place = ballot->marks[i].value};
    }
    cr_assert_eq(tally_profile_add(profile, marks, ballot->mark_count, count), TALLY_OK);
}

static void play(void)
{
    struct tally_profile *profile = NULL;
    struct tally_result *ours = NULL;
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    for (uint64_t voter = 0, voters = (uint64_t)below(20); voter < voters; voter++) {
        struct ballot ballot = random_ranking();
        cast(&kit, poll_id, voter, 1, &ballot);
        add_to_union(profile, &ballot, 1);
    }
    for (int64_t batches = below(4); batches > 0; batches--) {
        bool confirmed = below(3) != 0;
        struct entry entry = enter_entry(kit.moderator);
        struct paper *paper = &entry.as.paper_enter.paper;
        *paper = (struct paper){.form = BALLOT_RANKING};
        int64_t total = 0;
        for (int64_t piles = 1 + below(5); piles > 0; piles--) {
            struct ballot ballot = random_ranking();
            uint16_t count = (uint16_t)(1 + below(9));
            add_pile(paper, &ballot, count);
            total += count;
            if (confirmed) {
                add_to_union(profile, &ballot, count);
            }
        }
        int64_t batch = accept(&kit, &entry);
        if (confirmed) {
            struct entry yes = batch_entry(ENTRY_PAPER_CONFIRM, second, batch);
            yes.as.paper_act.ballots = total;
            accept(&kit, &yes);
        }
    }
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    cr_assert_eq(poll_count(poll_now(), NULL, &ours), ERR_OK);
    struct tally_result *theirs = count_union(profile);
    expect_same(ours, theirs);
    tally_result_free(ours);
    tally_result_free(theirs);
    tally_profile_free(profile);
}

Test(paper, with_phones_gives_the_result_of_all_ballots_together)
{
    for (int i = 0; i < 100; i++) {
        play();
        poll_id = draft_of_new(&kit, 3);
        step(&kit, ENTRY_POLL_OPEN, poll_id);
    }
}

/* ---- what was shown before ---- */

static void enter_counted(uint16_t count)
{
    struct entry entry = enter_entry(kit.moderator);
    entry.as.paper_enter.paper.piles[0].count = count;
    entry.as.paper_enter.paper.pile_count = 1;
    int64_t batch = accept(&kit, &entry);
    entry = batch_entry(ENTRY_PAPER_CONFIRM, second, batch);
    entry.as.paper_act.ballots = count;
    accept(&kit, &entry);
}

static bool has_numbers(void)
{
    return publish_poll_level(poll_now()) != PUBLISH_ORDER;
}

Test(paper, added_to_a_result_that_was_shown_is_not_told_by_the_difference)
{
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    enter_counted(20);
    step(&kit, ENTRY_POLL_PUBLISH, poll_id);
    cr_expect(has_numbers());
    for (int64_t more = 1; more < 8; more++) {
        step(&kit, ENTRY_POLL_UNPUBLISH, poll_id);
        enter_counted(1);
        cr_expect_eq(has_numbers(), more >= 5, "%d more", (int)more);
        step(&kit, ENTRY_POLL_PUBLISH, poll_id);
        cr_expect_eq(has_numbers(), more >= 5, "%d more, shown", (int)more);
        if (more == 5) {
            break;
        }
    }
    step(&kit, ENTRY_POLL_UNPUBLISH, poll_id);
    step(&kit, ENTRY_POLL_PUBLISH, poll_id);
    cr_expect(has_numbers(), "nothing is new");
}

Test(paper, taken_from_a_result_that_was_shown_is_not_told_by_the_difference)
{
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    enter_counted(20);
    enter_counted(1);
    step(&kit, ENTRY_POLL_PUBLISH, poll_id);
    step(&kit, ENTRY_POLL_UNPUBLISH, poll_id);
    drop(2);
    cr_expect_not(has_numbers());
    enter_counted(1);
    cr_expect_not(has_numbers(), "as many, but not the same");
    enter_counted(9);
    cr_expect(has_numbers());
}

Test(paper, shown_once_more_by_an_undo_counts_as_shown)
{
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    enter_counted(20);
    step(&kit, ENTRY_POLL_PUBLISH, poll_id);
    step(&kit, ENTRY_POLL_UNPUBLISH, poll_id);
    int64_t pos = kit.event.pos;
    enter_counted(9);
    undo(&kit, pos);
    cr_expect(has_numbers());
    step(&kit, ENTRY_POLL_UNPUBLISH, poll_id);
    enter_counted(1);
    cr_expect_not(has_numbers());
}
