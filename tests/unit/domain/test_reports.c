/* Reports: people say that an idea should be looked at. */
#include "unit/domain/kit.h"

static struct kit kit;
static int64_t ada, ben, cem, idea;

static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    ada = join(&kit, ROLE_PARTICIPANT);
    ben = join(&kit, ROLE_PARTICIPANT);
    cem = join(&kit, ROLE_PARTICIPANT);
    idea = publish_idea(&kit);
}

static void leave(void)
{
    kit_fini(&kit);
}

static struct entry report_entry(int64_t person, int64_t id, enum reason reason)
{
    struct entry entry = entry_of(&kit, ENTRY_IDEA_REPORT, ROLE_PARTICIPANT, person);
    entry.as.idea_act.idea = id;
    entry.as.idea_act.reason = reason;
    return entry;
}

static void report(int64_t person, enum reason reason)
{
    struct entry entry = report_entry(person, idea, reason);
    accept(&kit, &entry);
}

static struct entry desk_entry(enum entry_kind kind)
{
    struct entry entry = entry_of(&kit, kind, ROLE_MODERATOR, kit.moderator);
    entry.as.idea_act.idea = idea;
    entry.as.idea_act.reason = kind == ENTRY_IDEA_HIDE ? REASON_OFFENSIVE : REASON_NONE;
    return entry;
}

static int64_t act(enum entry_kind kind)
{
    struct entry entry = desk_entry(kind);
    accept(&kit, &entry);
    return kit.event.pos;
}

static void take_back(int64_t pos)
{
    struct entry entry = entry_of(&kit, ENTRY_UNDO, ROLE_MODERATOR, kit.moderator);
    entry.as.undo.pos = pos;
    accept(&kit, &entry);
}

static const struct idea *now(void)
{
    return event_idea(&kit.event, idea);
}

TestSuite(reports, .init = enter, .fini = leave);

Test(reports, count_people_by_their_reason_and_hide_nothing)
{
    report(ada, REASON_OFFENSIVE);
    report(ben, REASON_OFFENSIVE);
    report(cem, REASON_OTHER);
    cr_expect_eq(now()->reports[REASON_OFFENSIVE], 2);
    cr_expect_eq(now()->reports[REASON_OTHER], 1);
    cr_expect_eq(idea_report_count(now()), 3);
    cr_expect_eq(now()->state, IDEA_PUBLISHED);
    cr_expect_eq(now()->reported_pos, kit.event.pos);
}

Test(reports, change_nothing_that_others_see)
{
    int64_t changed = now()->changed_pos;
    report(ada, REASON_OFFENSIVE);
    take_back(act(ENTRY_IDEA_CLEAR));
    cr_expect_eq(now()->changed_pos, changed);
}

Test(reports, are_taken_once_from_each_person_for_each_idea)
{
    report(ada, REASON_OFFENSIVE);
    struct entry again = report_entry(ada, idea, REASON_OTHER);
    refuse(&kit, &again, ERR_REPORTED);
    act(ENTRY_IDEA_CLEAR);
    again = report_entry(ada, idea, REASON_OTHER);
    refuse(&kit, &again, ERR_REPORTED);
}

Test(reports, need_a_published_idea_of_somebody_else_and_a_reason_of_the_few)
{
    struct entry entry = report_entry(ada, idea + 1, REASON_OTHER);
    refuse(&kit, &entry, ERR_UNKNOWN_IDEA);
    entry = report_entry(ada, idea, REASON_NONE);
    refuse(&kit, &entry, ERR_REASON_NEEDED);
    entry = report_entry(ada, idea, REASON_DUPLICATE);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    int64_t own = submit(&kit, ada);
    entry = report_entry(ben, own, REASON_OTHER);
    refuse(&kit, &entry, ERR_WRONG_STATE);
    entry = report_entry(ada, own, REASON_OTHER);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    entry = report_entry(kit.moderator, idea, REASON_OTHER);
    entry.role = ROLE_MODERATOR;
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
}

Test(reports, by_one_person_are_limited)
{
    for (int i = 0; i < REPORTS_OWN_MAX; i++) {
        struct entry entry = report_entry(ada, publish_idea(&kit), REASON_OTHER);
        accept(&kit, &entry);
    }
    struct entry entry = report_entry(ada, idea, REASON_OTHER);
    refuse(&kit, &entry, ERR_TOO_MANY);
}

Test(reports, that_were_found_fine_begin_anew_with_others)
{
    report(ada, REASON_OFFENSIVE);
    act(ENTRY_IDEA_CLEAR);
    cr_expect_eq(idea_report_count(now()), 0);
    report(ben, REASON_OFF_TOPIC);
    cr_expect_eq(idea_report_count(now()), 1);
    cr_expect_eq(now()->reports_had, 2);
}

Test(reports, are_cleared_only_where_there_are_some)
{
    struct entry entry = desk_entry(ENTRY_IDEA_CLEAR);
    refuse(&kit, &entry, ERR_WRONG_STATE);
    entry = desk_entry(ENTRY_IDEA_CLEAR);
    entry.as.idea_act.idea = idea + 1;
    refuse(&kit, &entry, ERR_UNKNOWN_IDEA);
}

Test(reports, that_were_cleared_by_mistake_come_back_beside_newer_ones)
{
    report(ada, REASON_OFFENSIVE);
    int64_t pos = act(ENTRY_IDEA_CLEAR);
    report(ben, REASON_OFFENSIVE);
    take_back(pos);
    cr_expect_eq(now()->reports[REASON_OFFENSIVE], 2);
}

Test(reports, stand_in_the_way_of_no_undo)
{
    int64_t hidden = act(ENTRY_IDEA_HIDE);
    int64_t released = act(ENTRY_IDEA_RELEASE);
    report(ada, REASON_OFFENSIVE);
    take_back(released);
    cr_expect_eq(now()->state, IDEA_HIDDEN);
    take_back(hidden);
    cr_expect_eq(now()->state, IDEA_PUBLISHED);
    cr_expect_eq(idea_report_count(now()), 1);
}

Test(reports, are_settled_when_a_hidden_idea_is_released_again)
{
    report(ada, REASON_OFFENSIVE);
    act(ENTRY_IDEA_HIDE);
    cr_expect_eq(idea_report_count(now()), 1);
    int64_t pos = act(ENTRY_IDEA_RELEASE);
    cr_expect_eq(idea_report_count(now()), 0);
    take_back(pos);
    cr_expect_eq(idea_report_count(now()), 1);
}
