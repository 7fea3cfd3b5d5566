#include "unit/domain/kit.h"

static struct kit kit;

static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(command, .init = enter, .fini = leave);

Test(command, repeated_finds_its_first_outcome)
{
    int64_t ada = join(&kit, ROLE_PARTICIPANT);
    struct entry entry = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    struct outcome first = apply(&kit, &entry);
    submit(&kit, ada);
    struct outcome again = apply(&kit, &entry);
    cr_expect(again.repeated);
    cr_expect_not(first.repeated);
    cr_expect_eq(again.id, first.id);
    cr_expect_eq(again.pos, first.pos);
    cr_expect_eq(kit.event.idea_count, 2);
    struct outcome found;
    cr_expect(event_find_command(&kit.event, ada, &entry.command, &found));
    cr_expect_eq(found.id, first.id);
}

Test(command, repeated_is_accepted_by_the_check_whatever_the_state)
{
    int64_t ada = join(&kit, ROLE_PARTICIPANT);
    struct entry entry = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    accept(&kit, &entry);
    struct entry call = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, kit.moderator);
    accept(&kit, &call);
    cr_expect_eq(event_check(&kit.event, &entry), ERR_OK);
    entry.command = uid_of(++kit.next);
    cr_expect_eq(event_check(&kit.event, &entry), ERR_CALL_CLOSED);
}

Test(command, refused_when_folded_is_refused_when_repeated)
{
    struct entry entry = idea_entry(&kit, ENTRY_IDEA_RELEASE, 1);
    refuse(&kit, &entry, ERR_UNKNOWN_IDEA);
    submit(&kit, join(&kit, ROLE_PARTICIPANT));
    struct outcome again = apply(&kit, &entry);
    cr_expect(again.repeated);
    cr_expect_eq(again.err, ERR_UNKNOWN_IDEA);
    cr_expect_eq(event_idea(&kit.event, 1)->state, IDEA_PENDING);
}

Test(command, of_another_actor_with_the_same_id_is_another_command)
{
    int64_t ada = join(&kit, ROLE_PARTICIPANT);
    int64_t ben = join(&kit, ROLE_PARTICIPANT);
    struct entry one = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    struct entry two = submit_entry(&kit, ROLE_PARTICIPANT, ben);
    two.command = one.command;
    cr_expect_not(apply(&kit, &one).repeated);
    cr_expect_not(apply(&kit, &two).repeated);
    cr_expect_eq(kit.event.idea_count, 2);
}

Test(command, that_imitates_anothers_key_finds_nothing_of_it)
{
    int64_t ada = join(&kit, ROLE_PARTICIPANT);
    int64_t ben = join(&kit, ROLE_PARTICIPANT);
    struct entry one = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    accept(&kit, &one);
    struct entry two = submit_entry(&kit, ROLE_PARTICIPANT, ben);
    two.command = one.command;
    for (size_t at = 0; at < UID_BYTES; at++) { /* ada ⊕ ben, wherever it is mixed in */
        two.command.bytes[at] ^= (uint8_t)(ada ^ ben);
        struct outcome outcome;
        cr_expect_not(event_find_command(&kit.event, ben, &two.command, &outcome));
        cr_expect_not(apply(&kit, &two).repeated);
        two.command = one.command;
    }
}

Test(command, with_a_zero_id_is_never_a_repeat)
{
    struct entry entry = submit_entry(&kit, ROLE_MODERATOR, kit.moderator);
    entry.command = (struct uid){0};
    cr_expect_not(apply(&kit, &entry).repeated);
    cr_expect_not(apply(&kit, &entry).repeated);
    cr_expect_eq(kit.event.idea_count, 2);
    struct outcome outcome;
    cr_expect_not(
        event_find_command(&kit.event, kit.moderator, &entry.command, &outcome));
}

Test(command, is_forgotten_when_enough_others_followed)
{
    struct entry first = submit_entry(&kit, ROLE_MODERATOR, kit.moderator);
    struct entry call = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, kit.moderator);
    call.as.event_call.open = true;
    struct outcome outcome;
    accept(&kit, &first);
    for (size_t i = 0; i + 1 < COMMANDS_KEPT_MAX; i++) {
        call.command = uid_of(++kit.next);
        cr_assert_eq(event_apply(&kit.event, &call, &outcome), ERR_OK);
        cr_assert_eq(outcome.err, ERR_OK);
    }
    cr_expect(event_find_command(&kit.event, kit.moderator, &first.command, &outcome));
    struct uid second = call.command;
    call.command = uid_of(++kit.next);
    accept(&kit, &call);
    cr_expect_not(
        event_find_command(&kit.event, kit.moderator, &first.command, &outcome));
    cr_expect(event_find_command(&kit.event, kit.moderator, &second, &outcome));
    cr_expect_leq(kit.event.command_capacity, COMMANDS_KEPT_MAX);
    cr_expect_leq(kit.event.command_index.count, COMMANDS_KEPT_MAX);
}

Test(command, moves_the_position_even_when_refused_or_repeated)
{
    int64_t pos = kit.event.pos;
    struct entry entry = idea_entry(&kit, ENTRY_IDEA_RELEASE, 99);
    apply(&kit, &entry);
    apply(&kit, &entry);
    cr_expect_eq(kit.event.pos, pos + 2);
}
