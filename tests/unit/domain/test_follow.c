/* What becomes of an idea after the event. */
#include "unit/domain/kit.h"

static struct kit kit;
static int64_t idea;

static void setup(void)
{
    kit_init(&kit, JOIN_OPEN);
    struct entry entry = submit_entry(&kit, ROLE_MODERATOR, kit.moderator);
    idea = accept(&kit, &entry);
}

static void teardown(void)
{
    kit_fini(&kit);
}

TestSuite(follow, .init = setup, .fini = teardown);

static struct entry follow_entry(enum follow_state state, struct day next)
{
    struct entry entry = entry_of(&kit, ENTRY_IDEA_FOLLOW, ROLE_MODERATOR, kit.moderator);
    entry.as.idea_follow.idea = idea;
    entry.as.idea_follow.state = state;
    entry.as.idea_follow.next = next;
    return entry;
}

static const struct follow *last(void)
{
    return event_follow(&kit.event, event_idea(&kit.event, idea)->follow);
}

Test(follow, each_change_is_a_step_and_nothing_is_overwritten)
{
    struct entry first = follow_entry(FOLLOW_PROTOTYPE, (struct day){2027, 3, 1});
    accept(&kit, &first);
    struct entry second = follow_entry(FOLLOW_PILOT, (struct day){0});
    accept(&kit, &second);
    cr_assert_eq(last()->state, FOLLOW_PILOT);
    cr_assert(day_is_none(last()->next));
    const struct follow *before = event_follow(&kit.event, last()->before);
    cr_assert_eq(before->state, FOLLOW_PROTOTYPE);
    cr_assert_eq(before->next.of_month, 1);
    cr_assert_eq(event_follow_count(&kit.event, event_idea(&kit.event, idea)), 2);
}

Test(follow, every_screen_gets_the_idea_anew)
{
    struct entry entry = follow_entry(FOLLOW_IDEA, (struct day){0});
    accept(&kit, &entry);
    cr_assert_eq(event_idea(&kit.event, idea)->changed_pos, kit.event.pos);
}

Test(follow, an_undone_step_is_gone_and_the_one_before_is_the_last)
{
    struct entry entry = follow_entry(FOLLOW_IDEA, (struct day){0});
    accept(&kit, &entry);
    entry = follow_entry(FOLLOW_PERMANENT, (struct day){0});
    accept(&kit, &entry);
    int64_t pos = kit.event.pos;
    struct entry undo = entry_of(&kit, ENTRY_UNDO, ROLE_MODERATOR, kit.moderator);
    undo.as.undo.pos = pos;
    accept(&kit, &undo);
    cr_assert_eq(last()->state, FOLLOW_IDEA);
    undo = entry_of(&kit, ENTRY_UNDO, ROLE_MODERATOR, kit.moderator);
    undo.as.undo.pos = pos - 1;
    accept(&kit, &undo);
    cr_assert_null(last());
}

Test(follow, only_what_is_published_becomes_something)
{
    struct entry hide = entry_of(&kit, ENTRY_IDEA_HIDE, ROLE_MODERATOR, kit.moderator);
    hide.as.idea_act.idea = idea;
    hide.as.idea_act.reason = REASON_OTHER;
    accept(&kit, &hide);
    struct entry entry = follow_entry(FOLLOW_PILOT, (struct day){0});
    refuse(&kit, &entry, ERR_WRONG_STATE);
    entry.as.idea_follow.idea = 99;
    entry.command = uid_of(++kit.next);
    refuse(&kit, &entry, ERR_UNKNOWN_IDEA);
}

Test(follow, who_stops_an_idea_says_why)
{
    struct entry entry = follow_entry(FOLLOW_STOPPED, (struct day){0});
    refuse(&kit, &entry, ERR_REASON_NEEDED);
    entry = follow_entry(FOLLOW_STOPPED, (struct day){0});
    entry.as.idea_follow.content = content_of(77);
    accept(&kit, &entry);
}

Test(follow, a_day_that_is_none_is_refused)
{
    static const struct day wrong[] = {{2027, 2, 29}, {2027, 13, 1}, {2027, 0, 1},
                                       {2027, 4, 31}, {1999, 1, 1},  {2027, 1, 0},
                                       {2100, 2, 29}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct entry entry = follow_entry(FOLLOW_PILOT, wrong[i]);
        refuse(&kit, &entry, ERR_BAD_VALUE);
    }
    struct entry entry = follow_entry(FOLLOW_PILOT, (struct day){2028, 2, 29});
    accept(&kit, &entry);
}

Test(follow, a_state_that_is_none_is_refused)
{
    struct entry entry = follow_entry(FOLLOW_STATE_COUNT, (struct day){0});
    refuse(&kit, &entry, ERR_BAD_VALUE);
}

Test(follow, an_idea_takes_so_many_steps_and_no_more)
{
    for (size_t i = 0; i < IDEA_FOLLOWS_MAX; i++) {
        struct entry entry = follow_entry(FOLLOW_PILOT, (struct day){0});
        accept(&kit, &entry);
    }
    struct entry entry = follow_entry(FOLLOW_PERMANENT, (struct day){0});
    refuse(&kit, &entry, ERR_TOO_MANY);
}
