/* An event that is over: what can still be done, and what cannot. */
#include "kit.h"

#include <criterion/criterion.h>

static struct kit kit;

static void open_hall(void)
{
    kit_init(&kit, JOIN_OPEN);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(archive, .init = open_hall, .fini = leave);

static void archive(bool on)
{
    struct entry entry = entry_of(&kit, ENTRY_EVENT_ARCHIVE, ROLE_OFFICE, 0);
    entry.as.event_archive.on = on;
    accept(&kit, &entry);
}

Test(archive, lets_nobody_join_and_nothing_be_done)
{
    int64_t person = join(&kit, ROLE_PARTICIPANT);
    archive(true);
    cr_expect_neq(kit.event.archived_at_ms, 0);
    struct entry entry = entry_of(&kit, ENTRY_PERSON_JOIN, ROLE_NONE, 0);
    entry.as.person_join.role = ROLE_PARTICIPANT;
    refuse(&kit, &entry, ERR_ARCHIVED);
    entry = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, kit.moderator);
    refuse(&kit, &entry, ERR_ARCHIVED);
    entry = entry_of(&kit, ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT, person);
    refuse(&kit, &entry, ERR_ARCHIVED);
    entry = entry_of(&kit, ENTRY_AGENDA_SET, ROLE_OFFICE, 0);
    refuse(&kit, &entry, ERR_ARCHIVED);
}

Test(archive, can_be_taken_back)
{
    archive(true);
    archive(true); /* no error: two people pressed */
    archive(false);
    cr_expect_eq(kit.event.archived_at_ms, 0);
    join(&kit, ROLE_PARTICIPANT);
}

Test(archive, leaves_it_to_the_office_who_may_look)
{
    archive(true);
    struct entry entry = entry_of(&kit, ENTRY_DESK_INVITE, ROLE_OFFICE, 0);
    entry.as.desk.role = ROLE_AUDITOR;
    entry.as.desk.link = hash_of(7);
    int64_t person = accept(&kit, &entry);
    entry = entry_of(&kit, ENTRY_DESK_SIT, ROLE_OFFICE, 0);
    entry.as.desk.person = person;
    accept(&kit, &entry);
    entry = entry_of(&kit, ENTRY_DESK_REVOKE, ROLE_OFFICE, 0);
    entry.as.desk.person = person;
    accept(&kit, &entry);
}

static struct entry follow_entry(int64_t idea)
{
    struct entry entry = entry_of(&kit, ENTRY_IDEA_FOLLOW, ROLE_MODERATOR, kit.moderator);
    entry.as.idea_follow.idea = idea;
    entry.as.idea_follow.state = FOLLOW_PILOT;
    return entry;
}

Test(archive, lets_the_desk_say_what_became_of_an_idea_and_take_that_back)
{
    struct entry entry = submit_entry(&kit, ROLE_MODERATOR, kit.moderator);
    int64_t idea = accept(&kit, &entry);
    int64_t submitted = kit.event.pos;
    int64_t person = join(&kit, ROLE_PARTICIPANT);
    archive(true);
    entry = follow_entry(idea);
    accept(&kit, &entry);
    cr_expect_neq(event_idea(&kit.event, idea)->follow, 0);
    undo(&kit, kit.event.pos);
    cr_expect_eq(event_idea(&kit.event, idea)->follow, 0);
    entry = undo_entry(&kit, submitted);
    refuse(&kit, &entry, ERR_ARCHIVED);
    entry = undo_entry(&kit, submitted + 100);
    refuse(&kit, &entry, ERR_ARCHIVED);
    entry = follow_entry(idea);
    entry.role = ROLE_PARTICIPANT;
    entry.actor = person;
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
}

Test(archive, is_the_offices_alone)
{
    struct entry entry =
        entry_of(&kit, ENTRY_EVENT_ARCHIVE, ROLE_MODERATOR, kit.moderator);
    entry.as.event_archive.on = true;
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
}
