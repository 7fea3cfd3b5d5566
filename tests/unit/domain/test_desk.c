#include "domain/access.h"
#include "unit/domain/kit.h"

static struct kit kit;
static int64_t owner;
static int64_t idea;

static struct entry invite_entry(enum role acting, int64_t actor, enum role as)
{
    struct entry entry = entry_of(&kit, ENTRY_DESK_INVITE, acting, actor);
    entry.as.desk.role = as;
    entry.as.desk.link = hash_of((uint8_t)kit.next);
    return entry;
}

static int64_t invite(enum role as)
{
    struct entry entry = invite_entry(ROLE_OFFICE, 0, as);
    return accept(&kit, &entry);
}

static struct entry
place_entry(enum entry_kind kind, enum role acting, int64_t actor, int64_t person)
{
    struct entry entry = entry_of(&kit, kind, acting, actor);
    entry.as.desk.person = person;
    return entry;
}

static int64_t sit(enum role as)
{
    int64_t person = invite(as);
    struct entry entry = place_entry(ENTRY_DESK_SIT, ROLE_OFFICE, 0, person);
    cr_assert_eq(accept(&kit, &entry), person);
    return person;
}

static void set_up(void)
{
    kit_init(&kit, JOIN_OPEN);
    owner = sit(ROLE_OWNER);
    struct entry entry = submit_entry(&kit, ROLE_OWNER, owner);
    idea = accept(&kit, &entry);
}

static void tear_down(void)
{
    kit_fini(&kit);
}

TestSuite(desk, .init = set_up, .fini = tear_down);

static struct entry hide_entry(enum role role, int64_t actor)
{
    struct entry entry = entry_of(&kit, ENTRY_IDEA_HIDE, role, actor);
    entry.as.idea_act.idea = idea;
    entry.as.idea_act.reason = REASON_MISTAKE;
    return entry;
}

static struct entry take_back(enum role role, int64_t actor, int64_t pos)
{
    struct entry entry = entry_of(&kit, ENTRY_UNDO, role, actor);
    entry.as.undo.pos = pos;
    return entry;
}

Test(desk, keeps_a_place_for_a_moderator_of_before_there_were_roles)
{
    const struct desk_place *place = event_desk(&kit.event, kit.moderator);
    cr_assert_not_null(place);
    cr_expect_eq(place->role, ROLE_MODERATOR);
    cr_expect_neq(place->sat_at_ms, 0);
    cr_expect_eq(kit.event.desk_count, 2);
}

Test(desk, makes_a_place_that_waits_for_its_link)
{
    int64_t people = kit.event.people;
    struct entry entry = invite_entry(ROLE_OWNER, owner, ROLE_HELPER);
    entry.as.desk.name = content_of(77);
    int64_t person = accept(&kit, &entry);
    const struct desk_place *place = event_desk(&kit.event, person);
    cr_expect_eq(place, event_desk_by_link(&kit.event, &entry.as.desk.link));
    cr_expect_eq(place->role, ROLE_HELPER);
    cr_expect_eq(place->made_by, owner);
    cr_expect_eq(place->sat_at_ms, 0);
    cr_expect_eq(kit.event.people, people, "who sits at the desk has no vote");
}

Test(desk, refuses_places_that_are_none)
{
    struct entry entry = invite_entry(ROLE_OWNER, owner, ROLE_PARTICIPANT);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = invite_entry(ROLE_OWNER, owner, ROLE_STAGE);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = invite_entry(ROLE_OWNER, owner, ROLE_HELPER);
    entry.as.desk.link = hash_of(0);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = invite_entry(ROLE_OWNER, owner, ROLE_HELPER);
    entry.as.desk.link = event_desk(&kit.event, owner)->link;
    refuse(&kit, &entry, ERR_BAD_VALUE);
}

Test(desk, lets_only_owners_and_the_office_make_and_revoke_places)
{
    static const enum role others[] = {ROLE_MODERATOR, ROLE_HELPER, ROLE_AUDITOR};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        int64_t person = sit(others[i]);
        struct entry entry = invite_entry(others[i], person, ROLE_HELPER);
        refuse(&kit, &entry, ERR_NOT_ALLOWED);
        entry = place_entry(ENTRY_DESK_REVOKE, others[i], person, owner);
        refuse(&kit, &entry, ERR_NOT_ALLOWED);
    }
}

Test(desk, takes_a_link_once)
{
    int64_t person = invite(ROLE_MODERATOR);
    struct entry entry = place_entry(ENTRY_DESK_SIT, ROLE_OFFICE, 0, person);
    accept(&kit, &entry);
    entry = place_entry(ENTRY_DESK_SIT, ROLE_OFFICE, 0, person);
    refuse(&kit, &entry, ERR_LINK_UNKNOWN);
    entry = place_entry(ENTRY_DESK_SIT, ROLE_OFFICE, 0, 99);
    refuse(&kit, &entry, ERR_LINK_UNKNOWN);
}

Test(desk, takes_no_act_of_a_place_that_was_revoked)
{
    int64_t helper = sit(ROLE_HELPER);
    struct entry entry = place_entry(ENTRY_DESK_REVOKE, ROLE_OWNER, owner, helper);
    accept(&kit, &entry);
    cr_expect_eq(event_desk(&kit.event, helper)->revoked_by, owner);
    entry = hide_entry(ROLE_HELPER, helper);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    entry = place_entry(ENTRY_DESK_REVOKE, ROLE_OWNER, owner, helper);
    refuse(&kit, &entry, ERR_WRONG_STATE);
}

Test(desk, takes_no_link_of_a_place_that_was_revoked)
{
    int64_t person = invite(ROLE_OWNER);
    struct entry entry = place_entry(ENTRY_DESK_REVOKE, ROLE_OWNER, owner, person);
    accept(&kit, &entry);
    entry = place_entry(ENTRY_DESK_SIT, ROLE_OFFICE, 0, person);
    refuse(&kit, &entry, ERR_LINK_UNKNOWN);
}

Test(desk, always_keeps_an_owner)
{
    int64_t second = sit(ROLE_OWNER);
    struct entry own = place_entry(ENTRY_DESK_REVOKE, ROLE_OWNER, owner, owner);
    refuse(&kit, &own, ERR_WRONG_STATE);
    struct entry first = place_entry(ENTRY_DESK_REVOKE, ROLE_OWNER, owner, second);
    struct entry late = place_entry(ENTRY_DESK_REVOKE, ROLE_OWNER, second, owner);
    accept(&kit, &first);
    refuse(&kit, &late, ERR_NOT_ALLOWED);
}

Test(desk, takes_each_person_in_the_own_role_only)
{
    int64_t helper = sit(ROLE_HELPER);
    struct entry entry = hide_entry(ROLE_MODERATOR, helper);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    entry = hide_entry(ROLE_HELPER, owner);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
}

Test(desk, publishes_a_helpers_idea_at_once)
{
    int64_t helper = sit(ROLE_HELPER);
    struct entry entry = submit_entry(&kit, ROLE_HELPER, helper);
    int64_t id = accept(&kit, &entry);
    cr_expect_eq(event_idea(&kit.event, id)->state, IDEA_PUBLISHED);
}

Test(desk, lets_a_helper_undo_what_anybody_did_with_ideas_and_nothing_else)
{
    int64_t helper = sit(ROLE_HELPER);
    struct entry hide = hide_entry(ROLE_MODERATOR, kit.moderator);
    accept(&kit, &hide);
    struct entry undo = take_back(ROLE_HELPER, helper, kit.event.pos);
    accept(&kit, &undo);
    cr_expect_eq(event_idea(&kit.event, idea)->state, IDEA_PUBLISHED);
    cr_expect_eq(act_at(&kit.event, act_count(&kit.event) - 1)->undone_by, helper);

    struct entry call = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, kit.moderator);
    accept(&kit, &call);
    int64_t pos = kit.event.pos;
    undo = take_back(ROLE_HELPER, helper, pos);
    refuse(&kit, &undo, ERR_NOT_ALLOWED);
    undo = take_back(ROLE_OWNER, owner, pos);
    accept(&kit, &undo);
}

Test(desk, keeps_on_record_who_made_and_revoked_places_and_undoes_neither)
{
    struct entry entry = invite_entry(ROLE_OWNER, owner, ROLE_AUDITOR);
    int64_t person = accept(&kit, &entry);
    const struct act *act = act_find(&kit.event, kit.event.pos);
    cr_assert_not_null(act);
    cr_expect_eq(act->kind, ENTRY_DESK_INVITE);
    cr_expect_eq(act->actor, owner);
    cr_expect_eq(act->about, person);
    struct entry undo = take_back(ROLE_OWNER, owner, act->pos);
    refuse(&kit, &undo, ERR_UNDO_NONE);
}
