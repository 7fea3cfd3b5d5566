/* No vote for one's own team's idea: whose an option is, and who may not mark it. */
#include "domain/own.h"
#include "unit/domain/kit.h"

static struct kit kit;
static int64_t red;
static int64_t blue;
static int64_t anna;  /* red */
static int64_t berta; /* blue */
static int64_t clara; /* in no group */

static int64_t add_group(void)
{
    struct entry entry = entry_of(&kit, ENTRY_LABEL_ADD, ROLE_MODERATOR, kit.moderator);
    entry.as.label.kind = LABEL_GROUP;
    entry.as.label.name = content_of(kit.next);
    return accept(&kit, &entry);
}

static void choose(int64_t person, int64_t group)
{
    struct entry entry = entry_of(&kit, ENTRY_PERSON_GROUP, ROLE_PARTICIPANT, person);
    entry.as.person_group.group = group;
    accept(&kit, &entry);
}

static int64_t join_in(int64_t group)
{
    int64_t person = join(&kit, ROLE_PARTICIPANT);
    if (group != 0) {
        choose(person, group);
    }
    return person;
}

static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    red = add_group();
    blue = add_group();
    anna = join_in(red);
    berta = join_in(blue);
    clara = join_in(0);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(own, .init = enter, .fini = leave);

static int64_t idea_of(int64_t person)
{
    int64_t idea = submit(&kit, person);
    release(&kit, idea);
    return idea;
}

static struct entry team_entry(int64_t idea, int64_t group)
{
    struct entry entry = entry_of(&kit, ENTRY_IDEA_TEAM, ROLE_MODERATOR, kit.moderator);
    entry.as.idea_team.idea = idea;
    entry.as.idea_team.group = group;
    return entry;
}

static void name_team(int64_t idea, int64_t group)
{
    struct entry entry = team_entry(idea, group);
    accept(&kit, &entry);
}

static int64_t open_over(int64_t first, int64_t second)
{
    struct poll_spec spec = spec_of(&kit, 0);
    spec.option_count = 2;
    spec.options[0] = first;
    spec.options[1] = second;
    spec.no_own = true;
    return open_poll(&kit, &spec);
}

static enum err marks(int64_t poll, int64_t person, int64_t idea)
{
    int64_t own = 0;
    struct ballot ballot = RANKING(idea);
    enum err err = poll_check_own(
        event_poll(&kit.event, poll), event_participant(&kit.event, person), &ballot,
        &own);
    cr_expect_eq(own, err == ERR_OWN_TEAM ? idea : 0);
    return err;
}

Test(own, ideas_of_the_team_are_not_marked_and_others_are)
{
    int64_t reds = idea_of(anna);
    int64_t blues = idea_of(berta);
    int64_t friend_of_anna = join_in(red);
    int64_t poll = open_over(reds, blues);
    cr_expect_eq(marks(poll, anna, reds), ERR_OWN_TEAM);
    cr_expect_eq(marks(poll, friend_of_anna, reds), ERR_OWN_TEAM);
    cr_expect_eq(marks(poll, anna, blues), ERR_OK);
    cr_expect_eq(marks(poll, berta, reds), ERR_OK);
    cr_expect_eq(marks(poll, berta, blues), ERR_OWN_TEAM);
    cr_expect_eq(marks(poll, clara, reds), ERR_OK);
}

Test(own, a_mark_anywhere_on_the_ballot_is_one)
{
    int64_t reds = idea_of(anna);
    int64_t blues = idea_of(berta);
    int64_t poll = open_over(reds, blues);
    struct ballot ballot = RANKING(blues, reds);
    const struct participant *person = event_participant(&kit.event, anna);
    int64_t own = 0;
    const struct poll *state = event_poll(&kit.event, poll);
    cr_expect_eq(poll_check_own(state, person, &ballot, &own), ERR_OWN_TEAM);
    cr_expect_eq(own, reds, "which it is, is told");
    ballot.mark_count = 0; /* blank */
    cr_expect_eq(poll_check_own(state, person, &ballot, &own), ERR_OK);
}

Test(own, ideas_of_who_is_in_no_group_are_theirs_alone)
{
    int64_t claras = idea_of(clara);
    int64_t poll = open_over(claras, idea_of(anna));
    int64_t another = join_in(0);
    cr_expect_eq(marks(poll, clara, claras), ERR_OWN_TEAM);
    cr_expect_eq(marks(poll, another, claras), ERR_OK);
}

Test(own, merged_ideas_count_too_through_any_chain)
{
    int64_t reds = idea_of(anna);
    int64_t blues = idea_of(berta);
    int64_t claras = idea_of(clara);
    int64_t other = publish_idea(&kit);
    merge(&kit, reds, claras);
    merge(&kit, claras, blues); /* reds → claras → blues */
    int64_t poll = open_over(blues, other);
    cr_expect_eq(marks(poll, anna, blues), ERR_OWN_TEAM);
    cr_expect_eq(marks(poll, berta, blues), ERR_OWN_TEAM);
    cr_expect_eq(marks(poll, clara, blues), ERR_OWN_TEAM);
    cr_expect_eq(marks(poll, join_in(0), blues), ERR_OK);
    cr_expect_eq(marks(poll, anna, other), ERR_OK);
}

Test(own, what_was_split_again_does_not)
{
    int64_t reds = idea_of(anna);
    int64_t blues = idea_of(berta);
    merge(&kit, reds, blues);
    struct entry entry = idea_entry(&kit, ENTRY_IDEA_SPLIT, reds);
    accept(&kit, &entry);
    int64_t poll = open_over(blues, reds);
    cr_expect_eq(marks(poll, anna, blues), ERR_OK);
}

Test(own, an_idea_from_the_desk_is_nobodys)
{
    int64_t desk = publish_idea(&kit);
    int64_t poll = open_over(desk, idea_of(anna));
    cr_expect_eq(event_poll(&kit.event, poll)->owner_count, 2); /* anna, and red */
    cr_expect_eq(marks(poll, anna, desk), ERR_OK);
    cr_expect_eq(marks(poll, clara, desk), ERR_OK);
}

Test(own, a_moderator_names_the_team)
{
    int64_t desk = publish_idea(&kit);
    int64_t reds = idea_of(anna);
    name_team(desk, blue);
    name_team(reds, blue);
    int64_t poll = open_over(desk, reds);
    cr_expect_eq(marks(poll, berta, desk), ERR_OWN_TEAM);
    cr_expect_eq(marks(poll, anna, desk), ERR_OK);
    cr_expect_eq(marks(poll, berta, reds), ERR_OWN_TEAM);
    cr_expect_eq(marks(poll, anna, reds), ERR_OWN_TEAM); /* it is hers all the same */
    cr_expect_eq(marks(poll, join_in(red), reds), ERR_OK);
}

Test(own, a_named_team_is_taken_away_again)
{
    int64_t reds = idea_of(anna);
    name_team(reds, blue);
    name_team(reds, 0);
    int64_t poll = open_over(reds, publish_idea(&kit));
    cr_expect_eq(marks(poll, berta, reds), ERR_OK);
    cr_expect_eq(marks(poll, join_in(red), reds), ERR_OWN_TEAM);
}

Test(own, naming_a_team_is_undone)
{
    int64_t reds = idea_of(anna);
    name_team(reds, blue);
    int64_t first = kit.event.pos;
    name_team(reds, red);
    undo(&kit, kit.event.pos);
    cr_expect_eq(event_idea(&kit.event, reds)->team, blue);
    undo(&kit, first);
    cr_expect_eq(event_idea(&kit.event, reds)->team, 0);
}

Test(own, only_a_group_there_is_can_be_the_team_of_an_idea_there_is)
{
    int64_t idea = publish_idea(&kit);
    struct entry entry = team_entry(idea, 99);
    refuse(&kit, &entry, ERR_UNKNOWN_LABEL);
    struct entry tag = entry_of(&kit, ENTRY_LABEL_ADD, ROLE_MODERATOR, kit.moderator);
    tag.as.label.kind = LABEL_TAG;
    tag.as.label.name = content_of(kit.next);
    entry = team_entry(idea, accept(&kit, &tag));
    refuse(&kit, &entry, ERR_UNKNOWN_LABEL);
    entry = team_entry(idea + 1, red);
    refuse(&kit, &entry, ERR_UNKNOWN_IDEA);
}

Test(own, whose_ideas_are_is_frozen_when_the_poll_is_opened)
{
    int64_t reds = idea_of(anna);
    int64_t blues = idea_of(berta);
    int64_t claras = idea_of(clara);
    int64_t poll = open_over(reds, blues);
    merge(&kit, claras, blues);
    name_team(blues, red);
    cr_expect_eq(marks(poll, clara, blues), ERR_OK);
    cr_expect_eq(marks(poll, join_in(red), blues), ERR_OK);
    step(&kit, ENTRY_POLL_CLOSE, poll);
    undo(&kit, event_poll(&kit.event, poll)->acted_pos); /* open again */
    cr_expect_eq(marks(poll, clara, blues), ERR_OK);
}

Test(own, an_opening_that_is_undone_freezes_nothing)
{
    int64_t poll = open_over(idea_of(anna), idea_of(berta));
    cr_expect_eq(event_poll(&kit.event, poll)->owner_count, 4);
    undo(&kit, event_poll(&kit.event, poll)->acted_pos);
    cr_expect_eq(event_poll(&kit.event, poll)->owner_count, 0);
    step(&kit, ENTRY_POLL_OPEN, poll);
    cr_expect_eq(event_poll(&kit.event, poll)->owner_count, 4);
}

Test(own, nobody_is_kept_from_anything_without_the_rule)
{
    int64_t reds = idea_of(anna);
    struct poll_spec spec = spec_of(&kit, 0);
    spec.option_count = 2;
    spec.options[0] = reds;
    spec.options[1] = idea_of(berta);
    int64_t poll = open_poll(&kit, &spec);
    cr_expect_eq(marks(poll, anna, reds), ERR_OK);
}

Test(own, a_question_of_yes_and_no_has_no_such_rule)
{
    struct poll_spec spec = spec_of(&kit, 0);
    spec.form = BALLOT_YESNO;
    memcpy(spec.method, "plurality", sizeof "plurality");
    spec.no_own = true;
    struct entry entry = draft_entry(&kit, &spec);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    spec.no_own = false;
    draft(&kit, &spec);
}

/* An option is a group's if, and only if, some idea that ends up in it is. */
Test(own, teams_are_those_of_all_that_was_merged_whatever_the_order)
{
    enum { IDEAS = 12 };

    uint64_t rng = 7;
    for (int round = 0; round < 60; round++) {
        struct kit fresh;
        int64_t groups[3];
        int64_t people[4];
        int64_t authors[IDEAS];
        kit_init(&fresh, JOIN_OPEN);
        kit_fini(&kit);
        kit = fresh;
        for (size_t i = 0; i < 3; i++) {
            groups[i] = add_group();
            people[i] = join_in(groups[i]);
        }
        people[3] = join_in(0);
        for (size_t i = 0; i < IDEAS; i++) {
            rng = rng * 6364136223846793005u + 1442695040888963407u;
            authors[i] = people[rng >> 60 & 3];
            idea_of(authors[i]);
        }
        for (size_t i = 2; i < IDEAS;
             i++) { /* into one before: ends in 1 or 2, or stays */
            rng = rng * 6364136223846793005u + 1442695040888963407u;
            int64_t into = 1 + (int64_t)((rng >> 40) % i);
            if (event_idea(&kit.event, into)->state == IDEA_PUBLISHED && rng >> 63 == 0) {
                merge(&kit, (int64_t)i + 1, into);
            }
        }
        int64_t poll = open_over(1, 2);
        for (size_t p = 0; p < 4; p++) {
            bool owns[3] = {false};
            for (int64_t i = 1; i <= IDEAS; i++) {
                const struct idea *idea = event_idea(&kit.event, i);
                while (idea->state == IDEA_MERGED) {
                    idea = event_idea(&kit.event, idea->merged_into);
                }
                bool own = authors[i - 1] == people[p];
                if (idea->id <= 2 && own) {
                    owns[idea->id] = true;
                }
            }
            for (int64_t option = 1; option <= 2; option++) {
                cr_assert_eq(
                    marks(poll, people[p], option) == ERR_OWN_TEAM, owns[option]);
            }
        }
    }
}

static bool is_told(int64_t poll, int64_t group)
{
    const struct poll *state = event_poll(&kit.event, poll);
    for (size_t i = 0; i < state->owner_count; i++) {
        if (state->owners[i].group == group) {
            return state->owners[i].told;
        }
    }
    cr_assert_fail("it is no team of this poll");
    return false;
}

Test(own, a_team_is_told_if_it_is_large_or_was_named)
{
    for (int i = 0; i < TEAM_TOLD_MIN; i++) {
        join_in(blue);
    }
    int64_t reds = idea_of(anna);
    int64_t blues = idea_of(berta);
    int64_t poll = open_over(reds, blues);
    cr_expect_not(is_told(poll, red), "its only member would be the author");
    cr_expect(is_told(poll, blue));
}
