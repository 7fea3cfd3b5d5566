#include "steps.h"

#include "app/office.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define DESKS        3
#define WALLS        2 /* one was opened by the desk's link */
#define START_IDEAS  5
#define UTC_START_MS 1790000000000
#define FOLD_EVERY   400 /* steps; a second hall costs as much as some hundred */
#define LAST_ROUNDS  60  /* of two seconds: both lines of a phone may have gone silent */

void world_fail(struct world *world, const char *format, ...)
{
    if (world->failure[0] != '\0') {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(world->failure, sizeof world->failure, format, arguments);
    va_end(arguments);
    trace_line(&world->trace, "WRONG: %s", world->failure);
}

/* ---- the beginning ---- */

static void found_event(struct world *world)
{
    static const char *const roles[DESKS] = {"owner", "moderator", "owner"};
    char code[16];
    char request[160];
    snprintf(
        request, sizeof request,
        "{\"do\":\"event.create\",\"title\":\"Halle\",\"mode\":\"%s\",\"langs\":[\"de\"]"
        "}",
        world->tickets ? "ticket" : "open");
    house_ask(world, request, "\"event\":\"", code, sizeof code);
    for (size_t i = 0; i < world->desk_count; i++) {
        struct phone *desk = &world->phones[i];
        desk->desk = true;
        snprintf(
            request, sizeof request,
            "{\"do\":\"event.link\",\"event\":\"1\",\"role\":\"%s\"}", roles[i % DESKS]);
        house_ask(world, request, "\"token\":\"", desk->link, sizeof desk->link);
    }
}

static void hang_walls(struct world *world)
{
    for (size_t i = world->desk_count; i < world->first_person; i++) {
        world->phones[i].wall = true;
        world->phones[i].by_desks_link = i == world->desk_count;
    }
}

/* One in five has the ticket of the one before: whoever came last, holds it. One in three
 * sits on the jury, for which one needs a ticket in any event. */
static void hand_out_tickets(struct world *world, struct dice *dice)
{
    for (size_t i = world->first_person; i < world->phone_count; i++) {
        struct phone *phone = &world->phones[i];
        bool jury = dice_chance(dice, 333);
        if (!world->tickets && !jury) {
            continue;
        }
        if (world->tickets && i > world->first_person && dice_chance(dice, 200)) {
            memcpy(phone->ticket, world->phones[i - 1].ticket, sizeof phone->ticket);
            continue;
        }
        house_ask(
            world,
            jury ? "{\"do\":\"event.tickets\",\"event\":\"1\",\"count\":1,"
                   "\"group\":\"Jury\"}"
                 : "{\"do\":\"event.tickets\",\"event\":\"1\",\"count\":1}",
            "\"codes\":[\"", phone->ticket, sizeof phone->ticket);
    }
}

static void open_desks(struct world *world, struct dice *dice)
{
    static const char idea[] = ",\"title\":\"Idee\",\"text\":\"\",\"lang\":\"de\"";
    for (int i = 0; i < 2; i++) {
        for (size_t k = 0; k < world->desk_count; k++) {
            phone_catch_up(world, &world->phones[k]);
        }
        world_settle(world);
    }
    phone_ask(
        world, &world->phones[0], dice, "label.add",
        span_of_string(",\"kind\":\"group\",\"name\":\"Jury\",\"ticket_only\":true"));
    for (int i = 0; i < START_IDEAS; i++) {
        phone_ask(
            world, &world->phones[0], dice, "idea.submit",
            span_of(idea, sizeof idea - 1));
    }
    world_settle(world);
    desk_make_poll(world, &world->phones[0], dice);
    desk_make_poll(world, &world->phones[0], dice);
    world_settle(world);
    phone_ask(
        world, &world->phones[0], dice, "poll.open", span_of_string(",\"poll\":\"1\""));
    world_settle(world);
}

void steps_begin(struct world *world, const struct plan *plan)
{
    static const size_t crowds[] = {2, 5, 20, 60, 200};
    static const uint32_t heartbeats[] = {HEARTBEATS_PER_S, 4, 1};
    struct dice dice = {plan->seed};
    *world = (struct world){
        .server_dice = {dice_next(&dice)},
        .desk_count = DESKS,
        .first_person = DESKS + WALLS};
    trace_init(&world->trace, plan->loud);
    check_init(&world->check);
    chance_of_server(&world->server_dice);
    world->loop.now_ms = 1000;
    world->wall_ms = UTC_START_MS;
    world->tickets = dice_chance(&dice, 500);
    world->phone_count =
        world->first_person + crowds[dice_pick(&dice, sizeof crowds / sizeof *crowds)];
    world->phones = calloc(world->phone_count, sizeof *world->phones);
    world->disk = disk_new(plan->lies);
    assert(world->phones != NULL);
    network_init(&world->net, world, &world->trace, world->phone_count);
    world->net.heartbeats_per_s = heartbeats[dice_pick(&dice, 3)];
    world->broken = plan->broken;
    world->net.broken = plan->broken;
    house_start(world);
    found_event(world);
    hang_walls(world);
    open_desks(world, &dice);
    hand_out_tickets(world, &dice);
}

/* ---- one step ---- */

static void step_in(struct world *world, struct dice *dice)
{
    size_t start = dice_pick(dice, world->net.line_count);
    size_t left = 1 + dice_pick(dice, 4);
    for (size_t i = 0; left > 0 && i < world->net.line_count; i++) {
        size_t at = (start + i) % world->net.line_count;
        left -= network_deliver(&world->net, &world->net.lines[at]) ? 1 : 0;
    }
}

static void step_errand(struct world *world, struct dice *dice)
{
    size_t start = dice_pick(dice, world->phone_count);
    for (size_t i = 0; i < world->phone_count; i++) {
        size_t at = (start + i) % world->phone_count;
        if (network_deliver_errand(&world->net, &world->net.errands[at])) {
            return;
        }
    }
}

/* One phone sends without end and hardly reads. */
static bool is_rude(const struct world *world, const struct phone *phone)
{
    return phone == &world->phones[world->phone_count - 1];
}

static void step_out(struct world *world, struct dice *dice)
{
    size_t start = dice_pick(dice, world->phone_count);
    size_t frames = 1 + dice_pick(dice, 8);
    for (size_t i = 0; i < world->phone_count; i++) {
        struct phone *phone = &world->phones[(start + i) % world->phone_count];
        size_t heard = 0;
        if (is_rude(world, phone) && !dice_chance(dice, 20)) {
            continue;
        }
        while (heard < frames && phone_hear(world, phone)) {
            heard++;
        }
        if (heard > 0) {
            return;
        }
    }
}

static void step_flood(struct world *world, struct dice *dice)
{
    struct phone *phone = &world->phones[world->phone_count - 1];
    struct line *line = phone_line(world, phone);
    (void)dice;
    while (line != NULL && network_say(line, span_of_string("{\"op\":\"ping\"}"))) {
    }
}

static void step_turn(struct world *world, struct dice *dice)
{
    (void)dice;
    loop_turn(&world->loop);
}

static void step_work(struct world *world, struct dice *dice)
{
    (void)dice;
    world_work(world);
}

static void step_wake(struct world *world, struct dice *dice)
{
    (void)dice;
    world_wake(world);
}

static void ignore_answer(void *ctx, struct span answer)
{
    (void)ctx;
    (void)answer;
}

/* Mostly a moment; now and then so long that a closed poll is sealed. */
static void step_time(struct world *world, struct dice *dice)
{
    size_t die = dice_pick(dice, 1000);
    size_t ms =
        die < 900 ? dice_pick(dice, 60) : dice_pick(dice, die < 990 ? 3000 : 700000);
    trace_line(&world->trace, "%zu ms pass", ms);
    world_pass(world, (int64_t)ms);
}

static void step_phone(struct world *world, struct dice *dice)
{
    bool wall = dice_chance(dice, 30);
    size_t first = wall ? world->desk_count : world->first_person;
    size_t end = wall ? world->first_person : world->phone_count;
    size_t i = first + dice_pick(dice, end - first);
    phone_act(world, &world->phones[i], dice);
}

static void step_desk(struct world *world, struct dice *dice)
{
    phone_act(world, &world->phones[dice_pick(dice, world->desk_count)], dice);
}

/* A poll has opened, and everybody takes up the phone. */
static void step_rush(struct world *world, struct dice *dice)
{
    trace_line(&world->trace, "everybody acts");
    for (size_t i = world->first_person; i < world->phone_count; i++) {
        phone_act(world, &world->phones[i], dice);
    }
}

static void step_cut(struct world *world, struct dice *dice)
{
    struct phone *phone = &world->phones[dice_pick(dice, world->phone_count)];
    phone_cut(world, phone, dice_pick(dice, 4), dice_chance(dice, 300));
}

static void step_storm(struct world *world, struct dice *dice)
{
    for (size_t i = 0; i < world->phone_count; i++) {
        if (dice_chance(dice, 700)) {
            phone_cut(
                world, &world->phones[i], dice_pick(dice, 2), dice_chance(dice, 300));
        }
    }
}

static void step_crash(struct world *world, struct dice *dice)
{
    (void)dice;
    house_crash(world);
}

/* As a server does that is stopped and started: everybody is told to come back. */
static void step_stop(struct world *world, struct dice *dice)
{
    trace_line(&world->trace, "the server is stopped");
    network_say_restart(&world->net);
    step_in(world, dice);
    step_out(world, dice);
    house_crash(world);
}

static void step_burn(struct world *world, struct dice *dice)
{
    if (dice_chance(dice, 600)) {
        house_back_up(world);
    } else {
        house_restore(world, dice);
    }
}

/* The next commit fails, with or without a trace on the disk. */
static void step_fault(struct world *world, struct dice *dice)
{
    bool written = dice_chance(dice, 500);
    trace_line(&world->trace, "the disk will %s", written ? "break" : "refuse");
    world->disk->memory->fault = written ? MEMORY_BREAKS : MEMORY_REFUSES;
}

static void step_clock(struct world *world, struct dice *dice)
{
    int64_t jump_ms = ((int64_t)dice_pick(dice, 1201) - 600) * 1000;
    trace_line(
        &world->trace, "the wall clock jumps by %lld s", (long long)jump_ms / 1000);
    world->wall_ms += jump_ms;
    loop_set_wall(&world->loop, world->wall_ms);
}

static void step_ring(struct world *world, struct dice *dice)
{
    world->ring_full = 1 + dice_pick(dice, 60);
    trace_line(&world->trace, "the ring is full for %zu steps", world->ring_full);
    ring_fill(true);
}

static void archive(struct world *world, bool on)
{
    const char *request = on ? "{\"do\":\"event.archive\",\"event\":\"1\",\"on\":true}"
                             : "{\"do\":\"event.archive\",\"event\":\"1\",\"on\":false}";
    trace_line(&world->trace, "the office: %s", request);
    office_handle(world->server->hall, span_of_string(request), ignore_answer, world);
}

static bool is_archived(const struct world *world)
{
    return world->event != NULL && world->event->archived_at_ms != 0;
}

/* Now and then, and soon it works again. */
static void step_archive(struct world *world, struct dice *dice)
{
    bool archived = is_archived(world);
    if (archived || dice_chance(dice, 200)) {
        archive(world, !archived);
    }
}

/* Whatever it has asked is answered to nobody any more. */
static void step_leave(struct world *world, struct dice *dice)
{
    size_t people = world->phone_count - world->first_person;
    struct phone *phone = &world->phones[world->first_person + dice_pick(dice, people)];
    bool sits = phone->cookie[0] != '\0' && !phone->given_up;
    if (sits && world->event != NULL && !phone_is_on_errand(phone)) {
        phone_leave(world, phone);
    }
}

static void step_neighbour(struct world *world, struct dice *dice)
{
    neighbour_act(world, dice);
}

static const struct {
    unsigned of_thousand;
    void (*take)(struct world *world, struct dice *dice);
} kinds[] = {
    {234, step_in},    {190, step_out},      {40, step_errand}, {80, step_turn},
    {70, step_work},   {70, step_wake},      {50, step_time},   {182, step_phone},
    {48, step_desk},   {2, step_flood},      {5, step_cut},     {1, step_crash},
    {1, step_fault},   {2, step_clock},      {1, step_storm},   {1, step_ring},
    {4, step_archive}, {13, step_neighbour}, {2, step_leave},   {1, step_stop},
    {1, step_burn},    {2, step_rush},
};

void steps_take(struct world *world, uint64_t word)
{
    struct dice dice = {word};
    size_t die = dice_pick(&dice, 1000);
    size_t kind = 0;
    while (die >= kinds[kind].of_thousand) {
        die -= kinds[kind].of_thousand;
        kind++;
    }
    kinds[kind].take(world, &dice);
    world->ring_full -= world->ring_full > 0 ? 1 : 0;
    ring_fill(world->ring_full > 0);
    world->stats.steps++;
    if (world->dying) {
        house_crash(world);
    }
    network_check(&world->net);
    if (world->stats.steps % FOLD_EVERY == 0 && world->failure[0] == '\0') {
        house_check_fold(world);
        check_counts(world);
    }
}

/* ---- the end ---- */

static void check_answered(struct world *world)
{
    for (size_t i = 0; i < world->phone_count; i++) {
        const struct phone *phone = &world->phones[i];
        if (!phone->given_up && (phone->asked_count > 0 || !phone->welcome)) {
            world_fail(
                world, "phone %zu gets no answer to %zu requests%s", i,
                phone->asked_count, phone->welcome ? "" : " and no welcome");
        }
    }
}

/* Of a time that runs no more than this is lost with a crash. */
static void check_clock(struct world *world)
{
    loop_pass(&world->loop, TIMER_LOG_MS);
    world_settle(world);
    const struct screens *screens = live_screens(world->server, world->event);
    int64_t run_ms = clock_run_ms(world->server, screens);
    if (run_ms - world->event->timer.run_ms > TIMER_LOG_MS + 1000) {
        world_fail(
            world,
            "of a phase's time the log has %" PRId64 " ms, and %" PRId64 " have run",
            world->event->timer.run_ms, run_ms);
    }
}

void steps_finish(struct world *world)
{
    trace_line(&world->trace, "no more faults");
    for (size_t i = 0; i < world->phone_count; i++) {
        world->phones[i].awake = true;
    }
    if (world->disk->memory->fault != MEMORY_SOUND) {
        house_crash(world);
    }
    world_settle(world);
    if (is_archived(world)) {
        archive(world, false);
    }
    bool busy = true;
    for (int i = 0; busy && i < LAST_ROUNDS && world->failure[0] == '\0'; i++) {
        world_pass(world, 2000);
        busy = false;
        for (size_t k = 0; k < world->phone_count; k++) {
            busy = phone_catch_up(world, &world->phones[k]) || busy;
        }
        world_settle(world);
    }
    if (world->failure[0] == '\0') {
        check_answered(world);
        screens_check(world);
        check_receipts(world);
        check_clock(world);
        house_check_fold(world);
        check_counts(world);
        check_undo(world);
        check_own(world);
        neighbour_check_end(world);
        check_pictures(world, false);
        house_crash(world);
        world_settle(world);
        if (world->broken != NULL && strcmp(world->broken, "photos") == 0) {
            photos_break(world);
        }
        check_pictures(world, true);
    }
}

void steps_end(struct world *world)
{
    if (world->server->hall != NULL) {
        house_end(world);
    }
    network_fini(&world->net);
    for (size_t i = 0; i < world->phone_count; i++) {
        receipts_fini(&world->phones[i]);
        phone_fini(&world->phones[i]);
    }
    for (size_t i = 0; i < SCREENS_MAX; i++) {
        screen_fini(&world->phone_screens[i]);
    }
    free(world->phones);
    house_forget_backup(world);
    disk_free(world->disk);
    check_fini(&world->check);
}
