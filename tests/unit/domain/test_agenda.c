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

static struct entry agenda_of(uint16_t count, const struct phase *phases)
{
    struct entry entry = entry_of(&kit, ENTRY_AGENDA_SET, ROLE_MODERATOR, kit.moderator);
    entry.as.agenda_set.count = count;
    memcpy(entry.as.agenda_set.phases, phases, count * sizeof *phases);
    return entry;
}

static struct entry start_of(int64_t phase)
{
    struct entry entry = entry_of(&kit, ENTRY_PHASE_START, ROLE_MODERATOR, kit.moderator);
    entry.as.phase_start.phase = phase;
    return entry;
}

static struct entry timer_of(int64_t run_ms, int64_t add_ms, bool running)
{
    struct entry entry = entry_of(&kit, ENTRY_TIMER_SET, ROLE_MODERATOR, kit.moderator);
    entry.as.timer.start = (int64_t)event_phase_start(&kit.event);
    entry.as.timer.run_ms = run_ms;
    entry.as.timer.add_ms = add_ms;
    entry.as.timer.running = running;
    return entry;
}

static struct entry office_timer(enum entry_kind kind, int64_t run_ms)
{
    struct entry entry = entry_of(&kit, kind, ROLE_OFFICE, 0);
    entry.as.timer.start = (int64_t)event_phase_start(&kit.event);
    entry.as.timer.run_ms = run_ms;
    return entry;
}

static void start(int64_t phase)
{
    struct entry entry = start_of(phase);
    accept(&kit, &entry);
}

/* call, collect (20 minutes), rank without a poll, award: phases 1 … 4. */
static void hall_with_agenda(void)
{
    static const struct phase phases[] = {
        {.kind = PHASE_CALL, .minutes = 5},
        {.kind = PHASE_COLLECT, .minutes = 20},
        {.kind = PHASE_RANK, .minutes = 0},
        {.kind = PHASE_AWARD, .minutes = 10},
    };

    enter();
    struct entry entry = agenda_of(4, phases);
    accept(&kit, &entry);
}

TestSuite(agenda, .init = hall_with_agenda, .fini = leave);

Test(agenda, gives_new_phases_ids_in_order_and_begins_none)
{
    cr_expect_eq(kit.event.agenda.count, 4);
    for (int64_t id = 1; id <= 4; id++) {
        cr_expect_eq(kit.event.agenda.phases[id - 1].id, id);
    }
    cr_expect_eq(kit.event.phase, 0);
    cr_expect(kit.event.call_open, "the call is as it was");
    cr_expect_eq(kit.event.changed_pos, kit.event.pos);
}

Test(agenda, can_be_ordered_anew_while_a_phase_is_on)
{
    start(2);
    const struct phase *old = kit.event.agenda.phases;
    const struct phase phases[] = {
        old[3], {.kind = PHASE_MERGE, .minutes = 7}, old[1], old[2]};
    struct entry entry = agenda_of(4, phases);
    entry.as.agenda_set.phases[2].minutes = 30;
    accept(&kit, &entry);
    static const int64_t ids[] = {4, 5, 2, 3};
    for (size_t i = 0; i < 4; i++) {
        cr_expect_eq(kit.event.agenda.phases[i].id, ids[i]);
    }
    cr_expect_eq(kit.event.phase, 2);
    cr_expect_eq(
        kit.event.timer.total_ms, 20 * 60000, "minutes hold from the next start");
}

Test(agenda, keeps_the_phase_that_is_on)
{
    start(2);
    struct entry entry = agenda_of(1, &kit.event.agenda.phases[0]);
    refuse(&kit, &entry, ERR_WRONG_STATE);
}

Test(agenda, can_be_given_up_altogether)
{
    start(2);
    struct entry entry = agenda_of(0, kit.event.agenda.phases);
    accept(&kit, &entry);
    cr_expect_eq(kit.event.phase, 0);
    cr_expect_eq(kit.event.timer.total_ms, 0);
    cr_expect(kit.event.call_open, "what is open stays open");
    cr_expect_eq(kit.event.phase_start_count, 1, "the export tells of it");
    struct entry late = timer_of(0, 60000, true);
    refuse(&kit, &late, ERR_WRONG_STATE);
}

Test(agenda, refuses_what_is_no_list_of_phases)
{
    static const struct {
        struct phase phase;
        enum err err;
    } wrong[] = {
        {{.kind = PHASE_KIND_COUNT}, ERR_BAD_VALUE},
        {{.kind = PHASE_CALL, .minutes = PHASE_MINUTES_MAX + 1}, ERR_BAD_VALUE},
        {{.kind = PHASE_COLLECT, .poll = 1}, ERR_BAD_VALUE},
        {{.kind = PHASE_RANK, .poll = 9}, ERR_UNKNOWN_POLL},
        {{.kind = PHASE_CALL, .id = 9}, ERR_UNKNOWN_PHASE},
        {{.kind = PHASE_COLLECT, .id = 1}, ERR_BAD_VALUE},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct entry entry = agenda_of(1, &wrong[i].phase);
        refuse(&kit, &entry, wrong[i].err);
    }
    const struct phase twice[] = {kit.event.agenda.phases[0], kit.event.agenda.phases[0]};
    struct entry entry = agenda_of(2, twice);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    struct entry long_list = agenda_of(0, twice);
    long_list.as.agenda_set.count = PHASES_MAX + 1;
    refuse(&kit, &long_list, ERR_TOO_MANY);
}

Test(agenda, names_a_poll_that_is_there)
{
    int64_t poll = draft_of_new(&kit, 2);
    struct phase phase = kit.event.agenda.phases[2];
    phase.poll = poll;
    struct entry entry = agenda_of(1, &phase);
    accept(&kit, &entry);
    cr_expect_eq(kit.event.agenda.phases[0].poll, poll);
    step(&kit, ENTRY_POLL_DROP, poll);
    struct entry again = agenda_of(1, &phase);
    refuse(&kit, &again, ERR_UNKNOWN_POLL);
}

/* ---- phases ---- */

TestSuite(phase, .init = hall_with_agenda, .fini = leave);

Test(phase, collecting_opens_the_call_and_every_other_closes_it)
{
    static const int64_t phases[] = {1, 2, 3, 2, 4};
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++) {
        start(phases[i]);
        cr_expect_eq(kit.event.phase, phases[i]);
        cr_expect_eq(kit.event.call_open, phases[i] == 2);
        cr_expect_eq(kit.event.changed_pos, kit.event.pos);
    }
    cr_expect_eq(kit.event.phase_start_count, 5);
}

Test(phase, leaves_the_call_to_moderators_meanwhile)
{
    start(2);
    struct entry entry = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, kit.moderator);
    accept(&kit, &entry);
    cr_expect_not(kit.event.call_open);
    cr_expect_eq(kit.event.phase, 2);
}

Test(phase, is_not_started_twice_by_two_moderators_who_press_at_once)
{
    start(1);
    struct entry again = start_of(1);
    refuse(&kit, &again, ERR_WRONG_STATE);
}

Test(phase, refuses_one_that_there_is_not)
{
    static const int64_t wrong[] = {0, 5, -1};
    for (size_t i = 0; i < 3; i++) {
        struct entry entry = start_of(wrong[i]);
        refuse(&kit, &entry, ERR_UNKNOWN_PHASE);
    }
}

Test(phase, is_started_so_often_and_no_more)
{
    for (size_t i = 0; i < PHASE_STARTS_MAX; i++) {
        start(1 + (int64_t)(i % 2));
    }
    struct entry entry = start_of(1);
    refuse(&kit, &entry, ERR_TOO_MANY);
}

/* ---- its time ---- */

static void collecting(void)
{
    hall_with_agenda();
    start(2);
}

TestSuite(timer, .init = collecting, .fini = leave);

Test(timer, begins_with_its_phase_and_is_that_of_the_phase)
{
    cr_expect_eq(kit.event.timer.total_ms, 20 * 60000);
    cr_expect_eq(kit.event.timer.run_ms, 0);
    cr_expect(kit.event.timer.running);
    start(3);
    cr_expect_eq(kit.event.timer.total_ms, 0);
    cr_expect_not(kit.event.timer.running);
}

Test(timer, stands_still_and_goes_on)
{
    struct entry pause = timer_of(5000, 0, false);
    accept(&kit, &pause);
    cr_expect_eq(kit.event.timer.run_ms, 5000);
    cr_expect_not(kit.event.timer.running);
    struct entry tick = office_timer(ENTRY_TIMER_TICK, 9000);
    refuse(&kit, &tick, ERR_WRONG_STATE);
    struct entry resume = timer_of(5000, 0, true);
    accept(&kit, &resume);
    cr_expect(kit.event.timer.running);
}

Test(timer, given_more_by_two_at_once_has_both)
{
    struct entry one = timer_of(5000, 60000, true);
    struct entry other = timer_of(5000, 300000, true);
    accept(&kit, &one);
    accept(&kit, &other);
    cr_expect_eq(kit.event.timer.total_ms, 26 * 60000);
    cr_expect_eq(kit.event.timer.run_ms, 5000);
}

Test(timer, only_grows_and_ends_with_what_was_given)
{
    struct entry tick = office_timer(ENTRY_TIMER_TICK, 10000);
    accept(&kit, &tick);
    struct entry late = office_timer(ENTRY_TIMER_TICK, 4000);
    accept(&kit, &late);
    cr_expect_eq(kit.event.timer.run_ms, 10000);
    struct entry last = office_timer(ENTRY_TIMER_TICK, 99 * 60000);
    accept(&kit, &last);
    cr_expect_eq(kit.event.timer.run_ms, 20 * 60000);
    cr_expect_not(kit.event.timer.running);
    cr_expect_eq(kit.event.phase, 2, "nothing closes by itself");
    cr_expect(kit.event.call_open);
}

Test(timer, that_is_over_goes_on_with_what_it_is_given)
{
    struct entry last = office_timer(ENTRY_TIMER_TICK, 20 * 60000);
    accept(&kit, &last);
    struct entry none = timer_of(20 * 60000, 0, true);
    accept(&kit, &none);
    cr_expect_not(kit.event.timer.running, "there is nothing left to run");
    struct entry more = timer_of(20 * 60000, 60000, true);
    accept(&kit, &more);
    cr_expect(kit.event.timer.running);
    cr_expect_eq(kit.event.timer.total_ms - kit.event.timer.run_ms, 60000);
}

Test(timer, asks_after_a_new_start_until_a_moderator_says_how_to_go_on)
{
    struct entry halt = office_timer(ENTRY_TIMER_SET, 10000);
    accept(&kit, &halt);
    cr_expect(kit.event.timer.asks);
    cr_expect_not(kit.event.timer.running);
    struct entry resume = timer_of(10000, 0, true);
    accept(&kit, &resume);
    cr_expect_not(kit.event.timer.asks);
    cr_expect(kit.event.timer.running);
}

Test(timer, can_be_given_to_a_phase_that_has_none)
{
    start(3);
    struct entry nothing = timer_of(0, 0, true);
    refuse(&kit, &nothing, ERR_WRONG_STATE);
    struct entry five = timer_of(0, 300000, true);
    accept(&kit, &five);
    cr_expect_eq(kit.event.timer.total_ms, 300000);
    cr_expect(kit.event.timer.running);
}

Test(timer, of_the_phase_before_is_refused)
{
    struct entry late = timer_of(5000, 60000, true);
    struct entry tick = office_timer(ENTRY_TIMER_TICK, 10000);
    start(4);
    refuse(&kit, &late, ERR_WRONG_STATE);
    refuse(&kit, &tick, ERR_WRONG_STATE);
}

Test(timer, refuses_times_that_are_none)
{
    struct entry less = timer_of(0, -1, true);
    refuse(&kit, &less, ERR_BAD_VALUE);
    struct entry back = timer_of(-1, 0, true);
    refuse(&kit, &back, ERR_BAD_VALUE);
    struct entry tick = office_timer(ENTRY_TIMER_TICK, -1);
    refuse(&kit, &tick, ERR_BAD_VALUE);
    struct entry most = timer_of(0, TIMER_MS_MAX - 20 * 60000, true);
    accept(&kit, &most);
    struct entry more = timer_of(0, 1, true);
    refuse(&kit, &more, ERR_BAD_VALUE);
}

/* ---- undoing ---- */

TestSuite(phase_undone, .init = collecting, .fini = leave);

Test(phase_undone, gives_back_the_phase_before_with_its_call_and_a_time_that_asks)
{
    struct entry tick = office_timer(ENTRY_TIMER_TICK, 30000);
    accept(&kit, &tick);
    start(4);
    undo(&kit, kit.event.pos);
    cr_expect_eq(kit.event.phase, 2);
    cr_expect(kit.event.call_open);
    cr_expect_eq(kit.event.timer.run_ms, 30000);
    cr_expect_eq(kit.event.timer.total_ms, 1200000);
    cr_expect(kit.event.timer.asks && !kit.event.timer.running);
    struct entry late = timer_of(300000, 60000, true);
    late.as.timer.start = 2; /* of the phase that was undone */
    refuse(&kit, &late, ERR_WRONG_STATE);
    cr_expect(kit.event.phase_starts[1].undone && !kit.event.phase_starts[0].undone);
}

Test(phase_undone, one_after_the_other_back_to_none)
{
    int64_t first = kit.event.pos;
    start(3);
    int64_t second = kit.event.pos;
    struct entry too_early = undo_entry(&kit, first);
    refuse(&kit, &too_early, ERR_UNDO_TOUCHED);
    undo(&kit, second);
    undo(&kit, first);
    cr_expect_eq(kit.event.phase, 0);
    cr_expect_eq(kit.event.timer.total_ms, 0);
    cr_expect(kit.event.phase_starts[0].undone && kit.event.phase_starts[1].undone);
}

Test(phase_undone, waits_for_a_call_that_was_opened_by_hand_since)
{
    start(3);
    int64_t pos = kit.event.pos;
    struct entry call = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, kit.moderator);
    call.as.event_call.open = true;
    accept(&kit, &call);
    int64_t by_hand = kit.event.pos;
    struct entry entry = undo_entry(&kit, pos);
    refuse(&kit, &entry, ERR_UNDO_TOUCHED);
    undo(&kit, by_hand);
    cr_expect_not(kit.event.call_open);
    undo(&kit, pos);
    cr_expect_eq(kit.event.phase, 2);
}

Test(phase_undone, a_call_closed_by_hand_is_not_undone_over_a_later_phase)
{
    struct entry call = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, kit.moderator);
    accept(&kit, &call);
    int64_t by_hand = kit.event.pos;
    start(3);
    struct entry entry = undo_entry(&kit, by_hand);
    refuse(&kit, &entry, ERR_UNDO_TOUCHED);
}

Test(phase_undone, an_agenda_that_was_given_up_is_there_again_with_its_phase)
{
    struct entry none = agenda_of(0, kit.event.agenda.phases);
    accept(&kit, &none);
    undo(&kit, kit.event.pos);
    cr_expect_eq(kit.event.agenda.count, 4);
    cr_expect_eq(kit.event.phase, 2);
    cr_expect_eq(kit.event.timer.total_ms, 1200000);
    cr_expect(kit.event.timer.asks);
}

Test(phase_undone, an_agenda_that_was_changed_is_as_before_and_its_time_goes_on)
{
    struct entry shorter = agenda_of(2, kit.event.agenda.phases);
    accept(&kit, &shorter);
    undo(&kit, kit.event.pos);
    cr_expect_eq(kit.event.agenda.count, 4);
    cr_expect(kit.event.timer.running);
}
