#include "unit/domain/kit.h"

static struct kit kit;

static void open_hall(void)
{
    kit_init(&kit, JOIN_OPEN);
}

static void leave(void)
{
    kit_fini(&kit);
}

/* ---- event.create, event.call ---- */

TestSuite(create, .init = NULL, .fini = leave);

Test(create, makes_the_event_with_an_open_call)
{
    kit_init_empty(&kit);
    struct entry entry = create_entry(&kit, JOIN_TICKET);
    cr_expect_eq(accept(&kit, &entry), 7);
    cr_expect(kit.event.created);
    cr_expect(kit.event.call_open);
    cr_expect_eq(kit.event.mode, JOIN_TICKET);
    cr_expect_str_eq(kit.event.code, "ABC123");
    cr_expect_eq(kit.event.lang_count, 1);
    cr_expect_str_eq(kit.event.langs[0], "de");
    cr_expect_eq(kit.event.created_at_ms, entry.at_ms);
    cr_expect_eq(kit.event.changed_pos, 1);
}

Test(create, comes_first_and_only_once)
{
    kit_init_empty(&kit);
    struct entry early = entry_of(&kit, ENTRY_PERSON_JOIN, ROLE_NONE, 0);
    early.as.person_join.role = ROLE_PARTICIPANT;
    refuse(&kit, &early, ERR_WRONG_STATE);
    struct entry first = create_entry(&kit, JOIN_OPEN);
    accept(&kit, &first);
    struct entry second = create_entry(&kit, JOIN_TICKET);
    refuse(&kit, &second, ERR_WRONG_STATE);
}

Test(create, refuses_what_is_no_mode_code_or_language)
{
    kit_init_empty(&kit);
    struct entry entry = create_entry(&kit, JOIN_MODE_COUNT);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = create_entry(&kit, JOIN_OPEN);
    entry.as.event_create.code[0] = '\0';
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = create_entry(&kit, JOIN_OPEN);
    memset(entry.as.event_create.code, 'A', sizeof entry.as.event_create.code);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = create_entry(&kit, JOIN_OPEN);
    entry.as.event_create.lang_count = 0;
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry.command = uid_of(++kit.next);
    entry.as.event_create.lang_count = LANGS_MAX + 1;
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry.command = uid_of(++kit.next);
    entry.as.event_create.lang_count = 2;
    refuse(&kit, &entry, ERR_BAD_VALUE);
}

Test(create, is_the_offices_alone)
{
    kit_init_empty(&kit);
    for (enum role role = ROLE_NONE; role < ROLE_OFFICE; role++) {
        struct entry entry = create_entry(&kit, JOIN_OPEN);
        entry.role = role;
        refuse(&kit, &entry, ERR_NOT_ALLOWED);
    }
    struct entry entry = create_entry(&kit, JOIN_OPEN);
    entry.actor = 1;
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
}

TestSuite(call, .init = open_hall, .fini = leave);

Test(call, closes_and_opens)
{
    struct entry entry = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, kit.moderator);
    accept(&kit, &entry);
    cr_expect_not(kit.event.call_open);
    cr_expect_eq(kit.event.changed_pos, kit.event.pos);
    entry = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, kit.moderator);
    entry.as.event_call.open = true;
    accept(&kit, &entry);
    cr_expect(kit.event.call_open);
}

Test(call, needs_a_real_moderator)
{
    int64_t person = join(&kit, ROLE_PARTICIPANT);
    struct entry entry = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, person);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    entry = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, 99);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    entry = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_PARTICIPANT, person);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    entry = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_STAGE, 0);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
}

/* ---- event.restore ---- */

TestSuite(restore, .init = open_hall, .fini = leave);

Test(restore, is_the_offices_alone)
{
    struct entry entry =
        entry_of(&kit, ENTRY_EVENT_RESTORE, ROLE_MODERATOR, kit.moderator);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    entry = entry_of(&kit, ENTRY_EVENT_RESTORE, ROLE_OFFICE, 0);
    accept(&kit, &entry);
    cr_expect_eq(kit.event.restored_at_ms, entry.at_ms);
    cr_expect_eq(kit.event.changed_pos, kit.event.pos);
}

Test(restore, leaps_over_every_position_that_the_lost_log_can_have_told)
{
    int64_t before = kit.event.pos;
    struct entry entry = entry_of(&kit, ENTRY_EVENT_RESTORE, ROLE_OFFICE, 0);
    struct outcome outcome = apply(&kit, &entry);
    cr_expect_gt(outcome.pos, before + RESTORE_LEAP);
    cr_expect_eq(kit.event.restored_pos, outcome.pos);
    join(&kit, ROLE_PARTICIPANT);
    cr_expect_eq(kit.event.pos, outcome.pos + 1);
    cr_expect_eq(kit.event.restored_pos, outcome.pos);
}

Test(restore, twice_from_the_same_backup_comes_to_other_positions)
{
    struct kit again;
    kit_init(&again, JOIN_OPEN);
    cr_assert_eq(kit.event.pos, again.event.pos);
    struct entry entry = entry_of(&kit, ENTRY_EVENT_RESTORE, ROLE_OFFICE, 0);
    entry.at_ms = 1790000000000;
    accept(&kit, &entry);
    join(&kit, ROLE_PARTICIPANT);
    int64_t seen = kit.event.pos;
    entry.at_ms += 60000;
    accept(&again, &entry);
    cr_expect_gt(again.event.restored_pos, seen);
    kit_fini(&again);
}

/* The time of day says nothing where a restoring shortly before has leapt beyond it, or
 * where the clock was set back. */
Test(restore, twice_comes_to_other_positions_also_in_the_same_moment)
{
    struct kit again;
    kit_init(&again, JOIN_OPEN);
    struct entry first = entry_of(&kit, ENTRY_EVENT_RESTORE, ROLE_OFFICE, 0);
    first.at_ms = 1790000000000;
    accept(&kit, &first);
    accept(&again, &first);
    struct entry second = entry_of(&kit, ENTRY_EVENT_RESTORE, ROLE_OFFICE, 0);
    second.at_ms = first.at_ms;
    second.as.event_restore.apart = 1;
    accept(&kit, &second);
    join(&kit, ROLE_PARTICIPANT);
    second.as.event_restore.apart = RESTORE_LEAP - 1;
    accept(&again, &second);
    cr_expect_gt(again.event.restored_pos, kit.event.pos);
    struct entry third = entry_of(&kit, ENTRY_EVENT_RESTORE, ROLE_OFFICE, 0);
    third.as.event_restore.apart = RESTORE_LEAP;
    refuse(&kit, &third, ERR_BAD_VALUE);
    kit_fini(&again);
}

Test(restore, may_happen_again_and_again)
{
    for (int i = 0; i < 1000; i++) {
        struct entry entry = entry_of(&kit, ENTRY_EVENT_RESTORE, ROLE_OFFICE, 0);
        accept(&kit, &entry);
    }
    cr_expect_lt(kit.event.pos, 1LL << 53, "a number of JSON");
}

/* ---- person.join ---- */

TestSuite(join, .init = open_hall, .fini = leave);

Test(join, gives_ids_in_order_and_epoch_one)
{
    struct entry entry = entry_of(&kit, ENTRY_PERSON_JOIN, ROLE_NONE, 0);
    entry.as.person_join.role = ROLE_PARTICIPANT;
    struct outcome outcome = apply(&kit, &entry);
    cr_expect_eq(outcome.id, 2);
    cr_expect_eq(outcome.epoch, 1);
    const struct participant *person = event_participant(&kit.event, 2);
    cr_expect_eq(person->role, ROLE_PARTICIPANT);
    cr_expect_eq(person->joined_at_ms, entry.at_ms);
    cr_expect_eq(join(&kit, ROLE_PARTICIPANT), 3);
}

Test(join, lets_only_the_office_make_moderators)
{
    struct entry entry = entry_of(&kit, ENTRY_PERSON_JOIN, ROLE_NONE, 0);
    entry.as.person_join.role = ROLE_MODERATOR;
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    entry = entry_of(&kit, ENTRY_PERSON_JOIN, ROLE_MODERATOR, kit.moderator);
    entry.as.person_join.role = ROLE_MODERATOR;
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
}

Test(join, knows_no_other_roles)
{
    static const enum role others[] = {ROLE_NONE, ROLE_STAGE, ROLE_OFFICE, ROLE_COUNT};

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct entry entry = entry_of(&kit, ENTRY_PERSON_JOIN, ROLE_OFFICE, 0);
        entry.as.person_join.role = others[i];
        refuse(&kit, &entry, ERR_BAD_VALUE);
    }
}

Test(join, stops_at_the_bound)
{
    while (kit.event.participant_count < PARTICIPANTS_MAX) {
        struct entry entry = entry_of(&kit, ENTRY_PERSON_JOIN, ROLE_NONE, 0);
        entry.as.person_join.role = ROLE_PARTICIPANT;
        struct outcome outcome;
        cr_assert_eq(event_apply(&kit.event, &entry, &outcome), ERR_OK);
        cr_assert_eq(outcome.err, ERR_OK);
    }
    struct entry entry = entry_of(&kit, ENTRY_PERSON_JOIN, ROLE_NONE, 0);
    entry.as.person_join.role = ROLE_PARTICIPANT;
    cr_expect_eq(apply(&kit, &entry).err, ERR_TOO_MANY);
}

Test(lookup, of_ids_there_are_not_finds_nothing)
{
    kit_init(&kit, JOIN_OPEN);
    static const int64_t wrong[] = {0, -1, 2, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        cr_expect_null(event_participant(&kit.event, wrong[i]));
        cr_expect_null(event_idea(&kit.event, wrong[i]));
        cr_expect_null(event_poll(&kit.event, wrong[i]));
        cr_expect_null(event_ticket(&kit.event, wrong[i]));
        cr_expect_null(event_batch(&kit.event, wrong[i]));
    }
    kit_fini(&kit);
}
