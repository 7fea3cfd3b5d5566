/* Tickets: issued in batches, redeemed, voided, replaced. */
#include "unit/domain/kit.h"

static struct kit kit;

static void ticket_hall(void)
{
    kit_init(&kit, JOIN_TICKET);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(ticket, .init = ticket_hall, .fini = leave);

static int64_t issue(int64_t count)
{
    struct entry entry = entry_of(&kit, ENTRY_TICKETS_ISSUE, ROLE_OFFICE, 0);
    entry.as.tickets_issue.count = count;
    return accept(&kit, &entry);
}

static struct entry redeem_entry(int64_t ticket)
{
    struct entry entry = entry_of(&kit, ENTRY_TICKET_REDEEM, ROLE_NONE, 0);
    entry.as.ticket.ticket = ticket;
    return entry;
}

Test(ticket, hall_lets_nobody_join_without_one)
{
    struct entry entry = entry_of(&kit, ENTRY_PERSON_JOIN, ROLE_NONE, 0);
    entry.as.person_join.role = ROLE_PARTICIPANT;
    refuse(&kit, &entry, ERR_TICKET_NEEDED);
    join(&kit, ROLE_MODERATOR);
}

Test(ticket, numbers_go_on_where_the_last_issue_ended)
{
    cr_expect_eq(issue(10), 1);
    cr_expect_eq(issue(5), 11);
    cr_expect_eq(kit.event.ticket_count, 15);
}

Test(ticket, issue_is_bounded)
{
    struct entry entry = entry_of(&kit, ENTRY_TICKETS_ISSUE, ROLE_OFFICE, 0);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry.command = uid_of(++kit.next);
    entry.as.tickets_issue.count = -1;
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry.command = uid_of(++kit.next);
    entry.as.tickets_issue.count = INT64_MAX;
    refuse(&kit, &entry, ERR_TOO_MANY);
    cr_expect_eq(issue(TICKETS_MAX - 1), 1);
    entry.command = uid_of(++kit.next);
    entry.as.tickets_issue.count = 2;
    cr_expect_eq(apply(&kit, &entry).err, ERR_TOO_MANY);
    cr_expect_eq(issue(1), TICKETS_MAX);
}

Test(ticket, makes_one_participant_however_often_it_is_redeemed)
{
    issue(2);
    struct entry first = redeem_entry(2);
    struct outcome outcome = apply(&kit, &first);
    cr_expect_eq(outcome.err, ERR_OK);
    cr_expect_eq(outcome.id, 2);
    cr_expect_eq(outcome.epoch, 1);
    struct entry again = redeem_entry(2);
    outcome = apply(&kit, &again);
    cr_expect_eq(outcome.id, 2);
    cr_expect_eq(outcome.epoch, 2);
    cr_expect_eq(event_participant(&kit.event, 2)->epoch, 2);
    cr_expect_eq(event_participant(&kit.event, 2)->ticket, 2);
    cr_expect_eq(kit.event.tickets_redeemed, 1);
    cr_expect_eq(kit.event.participant_count, 2);
}

Test(ticket, redeemed_by_the_same_command_does_not_move_the_epoch)
{
    issue(1);
    struct entry entry = redeem_entry(1);
    struct outcome first = apply(&kit, &entry);
    struct outcome again = apply(&kit, &entry);
    cr_expect(again.repeated);
    cr_expect_eq(again.epoch, first.epoch);
    cr_expect_eq(event_participant(&kit.event, first.id)->epoch, 1);
}

Test(ticket, must_exist)
{
    issue(3);
    static const int64_t wrong[] = {0, -1, 4, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct entry entry = redeem_entry(wrong[i]);
        refuse(&kit, &entry, ERR_TICKET_UNKNOWN);
    }
}

Test(ticket, cannot_be_redeemed_by_moderators)
{
    issue(1);
    struct entry entry = redeem_entry(1);
    entry.role = ROLE_MODERATOR;
    entry.actor = kit.moderator;
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
}

Test(ticket, may_be_redeemed_by_one_who_has_a_place_already)
{
    issue(2);
    struct entry entry = redeem_entry(1);
    int64_t person = accept(&kit, &entry);
    entry = redeem_entry(2);
    entry.role = ROLE_PARTICIPANT;
    entry.actor = person;
    cr_expect_eq(accept(&kit, &entry), person + 1);
    entry = redeem_entry(2);
    entry.role = ROLE_PARTICIPANT;
    entry.actor = 77;
    refuse(&kit, &entry, ERR_NOT_PARTICIPANT);
}

Test(ticket, works_in_an_open_hall_too)
{
    struct kit open;
    kit_init(&open, JOIN_OPEN);
    struct entry entry = entry_of(&open, ENTRY_TICKETS_ISSUE, ROLE_OFFICE, 0);
    entry.as.tickets_issue.count = 1;
    accept(&open, &entry);
    entry = entry_of(&open, ENTRY_TICKET_REDEEM, ROLE_NONE, 0);
    entry.as.ticket.ticket = 1;
    cr_expect_eq(accept(&open, &entry), 2);
    kit_fini(&open);
}

/* ---- at the desk ---- */

static struct entry desk(enum entry_kind kind)
{
    return entry_of(&kit, kind, ROLE_MODERATOR, kit.moderator);
}

static struct entry desk_issue(int64_t count, int64_t group)
{
    struct entry entry = desk(ENTRY_TICKETS_ISSUE);
    entry.as.tickets_issue.count = count;
    entry.as.tickets_issue.group = group;
    return entry;
}

static struct entry act(enum entry_kind kind, int64_t ticket)
{
    struct entry entry = desk(kind);
    entry.as.ticket.ticket = ticket;
    return entry;
}

static int64_t redeem(int64_t ticket)
{
    struct entry entry = redeem_entry(ticket);
    return accept(&kit, &entry);
}

static int64_t make_void(int64_t ticket)
{
    struct entry entry = act(ENTRY_TICKET_VOID, ticket);
    accept(&kit, &entry);
    return kit.event.pos;
}

static int64_t replace(int64_t ticket)
{
    struct entry entry = act(ENTRY_TICKET_REPLACE, ticket);
    return accept(&kit, &entry);
}

static struct entry void_batch_entry(int64_t batch)
{
    struct entry entry = desk(ENTRY_TICKETS_VOID);
    entry.as.tickets_void.batch = batch;
    entry.as.tickets_void.keep_held = true;
    return entry;
}

static int64_t add_label(enum label_kind kind)
{
    struct entry entry = desk(ENTRY_LABEL_ADD);
    entry.as.label.kind = kind;
    entry.as.label.name = content_of(kit.next);
    return accept(&kit, &entry);
}

static bool is_out(int64_t person)
{
    return event_check_in(&kit.event, event_participant(&kit.event, person)) != ERR_OK;
}

static void expect_batch(int64_t id, int64_t redeemed, int64_t voided, int64_t left)
{
    const struct ticket_batch *batch = event_batch(&kit.event, id);
    cr_expect_eq(batch->redeemed, redeemed);
    cr_expect_eq(batch->voided, voided);
    cr_expect_eq(batch->free, left);
}

Test(ticket, of_one_issue_are_a_batch)
{
    struct entry entry = desk_issue(3, 0);
    cr_expect_eq(accept(&kit, &entry), 1);
    entry = desk_issue(2, 0);
    cr_expect_eq(accept(&kit, &entry), 4);
    cr_expect_eq(event_batch(&kit.event, 2)->first, 4);
    cr_expect_eq(event_ticket(&kit.event, 5)->batch, 2);
    redeem(5);
    expect_batch(1, 0, 0, 3);
    expect_batch(2, 1, 0, 1);
}

Test(ticket, issue_at_the_desk_is_bounded)
{
    struct entry entry = desk_issue(TICKETS_DESK_MAX + 1, 0);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    for (int i = 0; i < TICKET_BATCHES_DESK_MAX; i++) {
        entry = desk_issue(1, 0);
        accept(&kit, &entry);
    }
    entry = desk_issue(1, 0);
    refuse(&kit, &entry, ERR_TOO_MANY);
    cr_expect_eq(issue(1), TICKET_BATCHES_DESK_MAX + 1, "the office may");
}

/* ---- voiding ---- */

Test(ticket, that_is_void_lets_nobody_in)
{
    issue(2);
    make_void(1);
    expect_batch(1, 0, 1, 1);
    struct entry entry = redeem_entry(1);
    refuse(&kit, &entry, ERR_TICKET_VOID);
    entry = act(ENTRY_TICKET_VOID, 1);
    refuse(&kit, &entry, ERR_TICKET_VOID);
    entry = act(ENTRY_TICKET_VOID, 3);
    refuse(&kit, &entry, ERR_TICKET_UNKNOWN);
}

Test(ticket, that_is_voided_puts_out_whom_it_let_in)
{
    issue(1);
    int64_t person = redeem(1);
    make_void(1);
    cr_expect(is_out(person));
    expect_batch(1, 1, 1, 0);
    struct entry entry = submit_entry(&kit, ROLE_PARTICIPANT, person);
    refuse(&kit, &entry, ERR_TICKET_VOID);
    cr_expect_eq(kit.event.people, 1, "they did take part");
}

Test(ticket, voiding_is_undone_and_the_person_is_in_again_on_the_same_phone)
{
    issue(2);
    int64_t person = redeem(1);
    uint32_t epoch = event_participant(&kit.event, person)->epoch;
    int64_t first = make_void(1);
    int64_t second = make_void(2);
    undo(&kit, first);
    cr_expect_not(is_out(person));
    cr_expect_eq(event_participant(&kit.event, person)->epoch, epoch);
    undo(&kit, second);
    expect_batch(1, 1, 0, 1);
    cr_expect_eq(kit.event.tickets_voided, 0);
    redeem(2);
}

Test(ticket, batch_is_voided_but_for_those_who_are_in)
{
    issue(3);
    issue(1);
    int64_t person = redeem(2);
    struct entry entry = void_batch_entry(1);
    accept(&kit, &entry);
    int64_t pos = kit.event.pos;
    expect_batch(1, 1, 2, 0);
    expect_batch(2, 0, 0, 1);
    cr_expect_not(is_out(person));
    entry = void_batch_entry(1);
    refuse(&kit, &entry, ERR_WRONG_STATE);
    entry = void_batch_entry(3);
    refuse(&kit, &entry, ERR_UNKNOWN_BATCH);
    undo(&kit, pos);
    expect_batch(1, 1, 0, 2);
}

Test(ticket, voiding_a_batch_stands_where_one_was_replaced_since)
{
    issue(2);
    struct entry entry = void_batch_entry(1);
    accept(&kit, &entry);
    int64_t pos = kit.event.pos;
    replace(2);
    entry = undo_entry(&kit, pos);
    refuse(&kit, &entry, ERR_UNDO_BUILT_ON);
}

Test(ticket, voiding_a_batch_leaves_a_replacement_to_whom_it_belongs)
{
    issue(2);
    int64_t person = redeem(1);
    replace(1);
    expect_batch(1, 1, 1, 1);
    struct entry entry = void_batch_entry(1);
    accept(&kit, &entry);
    int64_t pos = kit.event.pos;
    expect_batch(1, 1, 2, 0);
    entry = void_batch_entry(1);
    refuse(&kit, &entry, ERR_WRONG_STATE);
    undo(&kit, pos);
    expect_batch(1, 1, 1, 1);
    cr_expect_eq(redeem(3), person);
    expect_batch(1, 1, 1, 1);
    cr_expect_eq(event_batch(&kit.event, 1)->held, 0);
}

/* As logs have it that were written before replacements were left alone. */
Test(ticket, voiding_a_batch_in_an_older_log_voids_replacements_too)
{
    issue(1);
    redeem(1);
    replace(1);
    cr_expect_eq(event_batch(&kit.event, 1)->held, 1);
    struct entry entry = void_batch_entry(1);
    entry.as.tickets_void.keep_held = false;
    accept(&kit, &entry);
    int64_t pos = kit.event.pos;
    expect_batch(1, 1, 2, 0);
    entry = redeem_entry(2);
    refuse(&kit, &entry, ERR_TICKET_VOID);
    undo(&kit, pos);
    cr_expect_eq(event_batch(&kit.event, 1)->held, 1);
}

/* ---- replacing ---- */

Test(ticket, that_replaces_one_lets_in_the_same_person_on_a_new_phone)
{
    issue(2);
    int64_t person = redeem(1);
    uint32_t epoch = event_participant(&kit.event, person)->epoch;
    cr_expect_eq(replace(1), 3);
    cr_expect(is_out(person), "until the new one is redeemed");
    struct entry entry = redeem_entry(1);
    refuse(&kit, &entry, ERR_TICKET_VOID);
    cr_expect_eq(redeem(3), person);
    cr_expect_not(is_out(person));
    cr_expect_eq(event_participant(&kit.event, person)->epoch, epoch + 1);
    cr_expect_eq(kit.event.people, 1);
    cr_expect_eq(kit.event.tickets_redeemed, 1, "people, not papers");
    expect_batch(1, 1, 1, 1);
    cr_expect_eq(event_ticket(&kit.event, 3)->replaces, 1);
    cr_expect_eq(event_ticket(&kit.event, 1)->replaced_by, 3);
}

Test(ticket, that_nobody_had_redeemed_is_replaced_too)
{
    issue(1);
    replace(1);
    expect_batch(1, 0, 1, 1);
    cr_expect_eq(redeem(2), 2);
    expect_batch(1, 1, 1, 0);
}

Test(ticket, is_replaced_once_and_its_replacement_again)
{
    issue(1);
    int64_t person = redeem(1);
    replace(1);
    struct entry entry = act(ENTRY_TICKET_REPLACE, 1);
    refuse(&kit, &entry, ERR_TICKET_REPLACED);
    cr_expect_eq(replace(2), 3);
    cr_expect_eq(redeem(3), person);
}

Test(ticket, that_is_void_is_replaced_and_then_its_voiding_stands)
{
    issue(1);
    int64_t pos = make_void(1);
    replace(1);
    struct entry entry = undo_entry(&kit, pos);
    refuse(&kit, &entry, ERR_UNDO_TOUCHED);
    expect_batch(1, 0, 1, 1);
}

Test(ticket, replacement_voided_before_it_is_redeemed_keeps_the_person_out)
{
    issue(1);
    int64_t person = redeem(1);
    replace(1);
    int64_t pos = make_void(2);
    undo(&kit, pos);
    cr_expect(is_out(person), "the paper has not been redeemed");
    redeem(2);
    cr_expect_not(is_out(person));
}

/* ---- the group of a batch ---- */

Test(ticket, of_a_group_puts_people_into_it_and_keeps_them_there)
{
    int64_t jury = add_label(LABEL_GROUP);
    int64_t other = add_label(LABEL_GROUP);
    struct entry entry = desk_issue(1, jury);
    accept(&kit, &entry);
    int64_t person = redeem(1);
    cr_expect_eq(event_participant(&kit.event, person)->group, jury);
    cr_expect_eq(event_label(&kit.event, jury)->people, 1);
    entry = entry_of(&kit, ENTRY_PERSON_GROUP, ROLE_PARTICIPANT, person);
    entry.as.person_group.group = other;
    refuse(&kit, &entry, ERR_GROUP_BY_TICKET);
    entry = entry_of(&kit, ENTRY_PERSON_GROUP, ROLE_PARTICIPANT, person);
    entry.as.person_group.group = jury;
    accept(&kit, &entry);
    replace(1);
    redeem(2);
    cr_expect_eq(event_label(&kit.event, jury)->people, 1, "the same person");
}

Test(ticket, of_no_group_leaves_the_choice)
{
    int64_t group = add_label(LABEL_GROUP);
    issue(1);
    int64_t person = redeem(1);
    struct entry entry = entry_of(&kit, ENTRY_PERSON_GROUP, ROLE_PARTICIPANT, person);
    entry.as.person_group.group = group;
    accept(&kit, &entry);
}

Test(ticket, needs_a_group_that_there_is)
{
    int64_t tag = add_label(LABEL_TAG);
    struct entry entry = desk_issue(1, tag);
    refuse(&kit, &entry, ERR_UNKNOWN_LABEL);
    entry = desk_issue(1, 77);
    refuse(&kit, &entry, ERR_UNKNOWN_LABEL);
}

Test(ticket, that_leads_to_a_group_keeps_the_group)
{
    int64_t group = add_label(LABEL_GROUP);
    int64_t added = kit.event.pos;
    struct entry entry = desk_issue(1, group);
    accept(&kit, &entry);
    entry = desk(ENTRY_LABEL_DROP);
    entry.as.label.label = group;
    refuse(&kit, &entry, ERR_WRONG_STATE);
    entry = undo_entry(&kit, added);
    refuse(&kit, &entry, ERR_UNDO_BUILT_ON);
    int64_t pos = make_void(1);
    entry = desk(ENTRY_LABEL_DROP);
    entry.as.label.label = group;
    accept(&kit, &entry);
    undo(&kit, pos);
    int64_t person = redeem(1);
    cr_expect_eq(event_participant(&kit.event, person)->group, 0, "it is gone");
}
