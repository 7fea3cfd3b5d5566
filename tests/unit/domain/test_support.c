/* Support: people say that they are for an idea. What is merged unites them, each once;
 * what is split gives them back. */
#include "unit/domain/kit.h"

#include <stdlib.h>

static struct kit kit;
static int64_t ada, ben, cem, bench, fountain;

static void set(enum support support)
{
    struct entry entry = entry_of(&kit, ENTRY_EVENT_SET, ROLE_MODERATOR, kit.moderator);
    entry.as.event_set.support = support;
    accept(&kit, &entry);
}

static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    ada = join(&kit, ROLE_PARTICIPANT);
    ben = join(&kit, ROLE_PARTICIPANT);
    cem = join(&kit, ROLE_PARTICIPANT);
    bench = publish_idea(&kit);
    fountain = publish_idea(&kit);
    set(SUPPORT_HIDDEN);
}

static void leave(void)
{
    kit_fini(&kit);
}

static struct entry support_entry(int64_t person, int64_t idea, bool on)
{
    struct entry entry = entry_of(&kit, ENTRY_IDEA_SUPPORT, ROLE_PARTICIPANT, person);
    entry.as.idea_support.idea = idea;
    entry.as.idea_support.on = on;
    return entry;
}

static void support(int64_t person, int64_t idea)
{
    struct entry entry = support_entry(person, idea, true);
    accept(&kit, &entry);
}

static void take_back(int64_t person, int64_t idea)
{
    struct entry entry = support_entry(person, idea, false);
    accept(&kit, &entry);
}

static void refuse_support(int64_t person, int64_t idea, enum err err)
{
    struct entry entry = support_entry(person, idea, true);
    refuse(&kit, &entry, err);
}

static int64_t act(enum entry_kind kind, int64_t idea)
{
    struct entry entry = idea_entry(&kit, kind, idea);
    entry.as.idea_act.reason = kind == ENTRY_IDEA_HIDE ? REASON_OFF_TOPIC : REASON_NONE;
    accept(&kit, &entry);
    return kit.event.pos;
}

static uint32_t count_of(int64_t idea)
{
    return event_idea(&kit.event, idea)->support.all;
}

static void plan(void)
{
    struct entry entry = entry_of(&kit, ENTRY_AGENDA_SET, ROLE_MODERATOR, kit.moderator);
    entry.as.agenda_set = (struct agenda){
        .count = 2, .phases = {{.kind = PHASE_MERGE}, {.kind = PHASE_SHORTLIST}}};
    accept(&kit, &entry);
}

static void start(int64_t phase)
{
    struct entry entry = entry_of(&kit, ENTRY_PHASE_START, ROLE_MODERATOR, kit.moderator);
    entry.as.phase_start.phase = phase;
    accept(&kit, &entry);
}

TestSuite(support, .init = enter, .fini = leave);

Test(support, counts_each_person_once_however_often_they_say_so)
{
    support(ada, bench);
    support(ada, bench);
    support(ben, bench);
    cr_expect_eq(count_of(bench), 2);
    cr_expect_eq(count_of(fountain), 0);
    cr_expect(event_supports(&kit.event, event_idea(&kit.event, bench), ada));
    cr_expect_eq(event_supporters(&kit.event), 2);
}

Test(support, is_taken_back_and_that_again_is_no_error)
{
    support(ada, bench);
    take_back(ada, bench);
    take_back(ada, bench);
    take_back(ben, bench);
    cr_expect_eq(count_of(bench), 0);
    cr_expect_eq(event_supporters(&kit.event), 0);
    support(ada, bench);
    cr_expect_eq(count_of(bench), 1);
}

Test(support, is_not_given_to_the_own_idea_nor_by_a_moderator)
{
    int64_t own = submit(&kit, ada);
    release(&kit, own);
    refuse_support(ada, own, ERR_NOT_ALLOWED);
    support(ben, own);
    struct entry entry = support_entry(kit.moderator, bench, true);
    entry.role = ROLE_MODERATOR;
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
}

Test(support, needs_an_idea_that_everybody_sees)
{
    refuse_support(ada, fountain + 1, ERR_UNKNOWN_IDEA);
    refuse_support(ada, submit(&kit, ben), ERR_WRONG_STATE);
    act(ENTRY_IDEA_HIDE, bench);
    refuse_support(ada, bench, ERR_WRONG_STATE);
}

Test(support, is_given_only_where_the_event_wants_it_and_while_it_is_about_ideas)
{
    set(SUPPORT_OFF);
    refuse_support(ada, bench, ERR_SUPPORT_CLOSED);
    set(SUPPORT_SHOWN);
    plan();
    start(1);
    support(ada, bench);
    start(2);
    refuse_support(ben, bench, ERR_SUPPORT_CLOSED);
    struct entry entry = support_entry(ada, bench, false);
    refuse(&kit, &entry, ERR_SUPPORT_CLOSED);
    cr_expect_eq(count_of(bench), 1);
}

Test(support, of_a_hidden_idea_is_there_again_when_it_is_released)
{
    support(ada, bench);
    act(ENTRY_IDEA_HIDE, bench);
    act(ENTRY_IDEA_RELEASE, bench);
    cr_expect_eq(count_of(bench), 1);
}

Test(support, is_united_by_a_merge_and_given_back_by_a_split)
{
    support(ada, bench);
    support(ben, bench);
    support(ben, fountain);
    support(cem, fountain);
    merge(&kit, bench, fountain);
    cr_expect_eq(count_of(fountain), 3);
    cr_expect_eq(count_of(bench), 2);
    cr_expect_eq(event_idea(&kit.event, fountain)->support.pos, kit.event.pos);
    act(ENTRY_IDEA_SPLIT, bench);
    cr_expect_eq(count_of(fountain), 2);
    cr_expect_eq(count_of(bench), 2);
}

Test(support, is_united_through_chains_and_comes_back_step_by_step)
{
    int64_t tree = publish_idea(&kit);
    support(ada, bench);
    support(ben, fountain);
    support(ada, tree);
    merge(&kit, bench, fountain);
    merge(&kit, fountain, tree);
    cr_expect_eq(count_of(tree), 2);
    act(ENTRY_IDEA_SPLIT, bench);
    cr_expect_eq(count_of(tree), 2);
    cr_expect_eq(count_of(fountain), 1);
    act(ENTRY_IDEA_SPLIT, fountain);
    cr_expect_eq(count_of(tree), 1);
}

Test(support, of_what_was_merged_is_given_once_and_taken_back_of_all)
{
    support(ada, bench);
    support(ben, bench);
    merge(&kit, bench, fountain);
    support(ada, fountain);
    cr_expect_eq(count_of(fountain), 2);
    take_back(ada, fountain);
    cr_expect_eq(count_of(fountain), 1);
    act(ENTRY_IDEA_SPLIT, bench);
    cr_expect_eq(count_of(bench), 1);
    cr_expect_eq(count_of(fountain), 0);
}

Test(support, that_comes_after_the_merge_counts_where_the_idea_is_now)
{
    merge(&kit, bench, fountain);
    support(ada, bench);
    cr_expect_eq(count_of(fountain), 1);
    act(ENTRY_IDEA_SPLIT, bench);
    cr_expect_eq(count_of(bench), 1);
    cr_expect_eq(count_of(fountain), 0);
    merge(&kit, bench, fountain);
    act(ENTRY_IDEA_HIDE, fountain);
    refuse_support(ben, bench, ERR_WRONG_STATE);
}

Test(support, is_what_it_was_after_a_merge_or_a_split_was_undone)
{
    support(ada, bench);
    support(ben, fountain);
    merge(&kit, bench, fountain);
    undo(&kit, kit.event.pos);
    cr_expect_eq(count_of(fountain), 1);
    merge(&kit, bench, fountain);
    int64_t split = act(ENTRY_IDEA_SPLIT, bench);
    support(cem, bench);
    undo(&kit, split);
    cr_expect_eq(count_of(fountain), 3);
}

Test(support, stands_in_the_way_of_no_undo_and_changes_no_idea)
{
    int64_t changed = event_idea(&kit.event, bench)->changed_pos;
    support(ada, bench);
    cr_expect_eq(event_idea(&kit.event, bench)->changed_pos, changed);
    int64_t hidden = act(ENTRY_IDEA_HIDE, bench);
    take_back(ada, bench);
    undo(&kit, hidden);
    cr_expect_eq(count_of(bench), 0);
}

Test(support, by_one_person_is_limited)
{
    for (int i = 0; i < SUPPORT_OWN_MAX; i++) {
        support(ada, bench);
        take_back(ada, bench);
    }
    refuse_support(ada, bench, ERR_TOO_MANY);
    support(ben, bench);
}

Test(support, of_whoever_has_no_ticket_any_more_stays_as_a_ballot_does)
{
    struct entry entry = entry_of(&kit, ENTRY_TICKETS_ISSUE, ROLE_OFFICE, 0);
    entry.as.tickets_issue.count = 1;
    int64_t ticket = accept(&kit, &entry);
    entry = entry_of(&kit, ENTRY_TICKET_REDEEM, ROLE_NONE, 0);
    entry.as.ticket.ticket = ticket;
    int64_t dora = accept(&kit, &entry);
    support(dora, bench);
    entry = entry_of(&kit, ENTRY_TICKET_VOID, ROLE_MODERATOR, kit.moderator);
    entry.as.ticket.ticket = ticket;
    accept(&kit, &entry);
    cr_expect_eq(count_of(bench), 1);
    refuse_support(dora, fountain, ERR_TICKET_VOID);
}

Test(support, pushes_no_command_out_that_must_not_be_done_twice)
{
    struct entry idea = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    accept(&kit, &idea);
    for (int i = 0; i < COMMANDS_KEPT_MAX; i++) {
        struct entry entry = support_entry(i % 2 != 0 ? ben : cem, bench, i % 4 < 2);
        struct outcome outcome;
        cr_assert_eq(event_apply(&kit.event, &entry, &outcome), ERR_OK);
    }
    cr_expect(apply(&kit, &idea).repeated);
}

/* Each tap may look at every idea of the chain, but not once for each idea above it. */
Test(support, is_given_and_taken_back_at_once_in_a_long_chain, .timeout = 120)
{
    int64_t first = publish_idea(&kit);
    int64_t last = first;
    for (int i = 0; i < 3000; i++) {
        int64_t next = publish_idea(&kit);
        merge(&kit, last, next);
        last = next;
    }
    for (int i = 0; i < 300; i++) {
        support(ada, first);
        cr_assert_eq(count_of(last), 1);
        take_back(ada, last);
        cr_assert_eq(count_of(first), 0);
    }
}

/* ---- any history, against a model that knows only who said what of which idea ---- */

#define SEEDS  60
#define STEPS  600
#define IDEAS  9
#define PEOPLE 7

static uint64_t rng;

/* xorshift64* */
static int64_t below(int64_t n)
{
    rng ^= rng >> 12;
    rng ^= rng << 25;
    rng ^= rng >> 27;
    return (int64_t)(rng * 0x2545f4914f6cdd1du % (uint64_t)n);
}

static bool said[IDEAS + 1][PEOPLE + 8]; /* by idea and person */

static bool leads_to(int64_t idea, int64_t top)
{
    while (idea != 0 && idea != top) {
        idea = event_idea(&kit.event, idea)->merged_into;
    }
    return idea == top;
}

static bool model_supports(int64_t top, int64_t person)
{
    for (int64_t idea = 1; idea <= IDEAS; idea++) {
        if (said[idea][person] && leads_to(idea, top)) {
            return true;
        }
    }
    return false;
}

static void model_apply(int64_t top, int64_t person, bool on)
{
    if (on && !model_supports(top, person)) {
        said[top][person] = true;
    }
    for (int64_t idea = 1; !on && idea <= IDEAS; idea++) {
        said[idea][person] = said[idea][person] && !leads_to(idea, top);
    }
}

static void expect_the_models_counts(void)
{
    for (int64_t idea = 1; idea <= IDEAS; idea++) {
        uint32_t count = 0;
        for (int64_t person = 1; person < PEOPLE + 8; person++) {
            bool supports = model_supports(idea, person);
            count += supports ? 1 : 0;
            cr_assert_eq(
                event_supports(&kit.event, event_idea(&kit.event, idea), person),
                supports);
        }
        cr_assert_eq(count_of(idea), count);
    }
}

static void random_step(void)
{
    static const enum entry_kind kinds[] = {
        ENTRY_IDEA_MERGE,    ENTRY_IDEA_MERGE,   ENTRY_IDEA_SPLIT, ENTRY_IDEA_HIDE,
        ENTRY_IDEA_RELEASE,  ENTRY_IDEA_RELEASE, ENTRY_UNDO,       ENTRY_UNDO,
        ENTRY_IDEA_WITHDRAW, ENTRY_TICKET_VOID};

    int64_t idea = 1 + below(IDEAS);
    if (below(2) == 0) {
        int64_t person = 2 + below(PEOPLE);
        bool on = below(3) != 0;
        struct entry entry = support_entry(person, idea, on);
        if (apply(&kit, &entry).err == ERR_OK) {
            model_apply(idea, person, on);
        }
        return;
    }
    struct entry entry =
        idea_entry(&kit, kinds[below(sizeof kinds / sizeof *kinds)], idea);
    if (entry.kind == ENTRY_UNDO) {
        entry.as.undo.pos = kit.event.pos - below(8);
    } else if (entry.kind == ENTRY_TICKET_VOID) {
        entry.as.ticket.ticket = below(40) == 0 ? 1 + below(2) : 99;
    } else {
        entry.as.idea_act.into = 1 + below(IDEAS);
        entry.as.idea_act.reason = REASON_OTHER;
    }
    if (entry.kind == ENTRY_IDEA_WITHDRAW) {
        entry.role = ROLE_PARTICIPANT;
        entry.actor = event_idea(&kit.event, idea)->author;
    }
    (void)apply(&kit, &entry);
}

static void random_hall(void)
{
    kit_init(&kit, JOIN_OPEN);
    memset(said, 0, sizeof said);
    set(SUPPORT_SHOWN);
    struct entry issue = entry_of(&kit, ENTRY_TICKETS_ISSUE, ROLE_OFFICE, 0);
    issue.as.tickets_issue.count = 2;
    accept(&kit, &issue);
    for (int64_t ticket = 1; ticket <= 2; ticket++) {
        struct entry entry = entry_of(&kit, ENTRY_TICKET_REDEEM, ROLE_NONE, 0);
        entry.as.ticket.ticket = ticket;
        accept(&kit, &entry);
    }
    for (int i = 2; i < PEOPLE; i++) {
        join(&kit, ROLE_PARTICIPANT);
    }
    for (int i = 0; i < IDEAS; i++) {
        if (i % 3 == 0) {
            submit(&kit, 2 + below(PEOPLE));
        } else {
            publish_idea(&kit);
        }
    }
}

Test(support_model, any_supports_merges_splits_hides_and_undos_count_distinct_people)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        rng = seed * 0x9e3779b97f4a7c15u;
        random_hall();
        for (int i = 0; i < STEPS; i++) {
            random_step();
            expect_the_models_counts();
        }
        kit_fini(&kit);
    }
}

Test(support_model, splitting_everything_leaves_what_was_said_of_each_idea)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        rng = seed * 0x9e3779b97f4a7c15u;
        random_hall();
        for (int i = 0; i < STEPS; i++) {
            random_step();
        }
        for (int64_t idea = 1; idea <= IDEAS; idea++) {
            if (event_idea(&kit.event, idea)->state == IDEA_MERGED) {
                act(ENTRY_IDEA_SPLIT, idea);
            }
        }
        for (int64_t idea = 1; idea <= IDEAS; idea++) {
            uint32_t count = 0;
            for (int64_t person = 1; person < PEOPLE + 8; person++) {
                count += said[idea][person] ? 1 : 0;
            }
            cr_assert_eq(count_of(idea), count);
            cr_assert_eq(event_idea(&kit.event, idea)->support.count, count);
        }
        kit_fini(&kit);
    }
}
