/* The stories of the agenda: the list of phases, which one is on, and its time. */
#include "domain/fold_internal.h"

#include "base/vec.h"

#define MINUTE_MS 60000

/* ---- agenda.set ---- */

static bool twice(const struct agenda *agenda, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (agenda->phases[i].id == agenda->phases[at].id) {
            return true;
        }
    }
    return false;
}

/* A phase keeps its kind: what it has opened belongs to that. */
static enum err
check_id(const struct event *event, const struct agenda *agenda, size_t at)
{
    const struct phase *phase = &agenda->phases[at];
    if (phase->id == 0) {
        return ERR_OK;
    }
    const struct phase *known = agenda_phase(&event->agenda, phase->id);
    if (known == NULL) {
        return ERR_UNKNOWN_PHASE;
    }
    return known->kind != phase->kind || twice(agenda, at) ? ERR_BAD_VALUE : ERR_OK;
}

static enum err check_phase(const struct event *event, const struct phase *phase)
{
    if (phase->kind >= PHASE_KIND_COUNT || phase->minutes > PHASE_MINUTES_MAX) {
        return ERR_BAD_VALUE;
    }
    if (phase->poll == 0) {
        return ERR_OK;
    }
    if (!phase_may_poll(phase->kind)) {
        return ERR_BAD_VALUE;
    }
    return event_poll(event, phase->poll) != NULL ? ERR_OK : ERR_UNKNOWN_POLL;
}

/* The phase that is on stays in the list, unless the event is to have no agenda. */
static enum err check_agenda(const struct event *event, const struct entry *entry)
{
    const struct agenda *agenda = &entry->as.agenda_set;
    if (agenda->count > PHASES_MAX) {
        return ERR_TOO_MANY;
    }
    for (size_t i = 0; i < agenda->count; i++) {
        enum err err = check_phase(event, &agenda->phases[i]);
        if (err == ERR_OK) {
            err = check_id(event, agenda, i);
        }
        if (err != ERR_OK) {
            return err;
        }
    }
    bool gone = event->phase != 0 && agenda_phase(agenda, event->phase) == NULL;
    return gone && agenda->count > 0 ? ERR_WRONG_STATE : ERR_OK;
}

static enum err
apply_agenda(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct agenda *agenda = &event->agenda;
    *agenda = entry->as.agenda_set;
    for (size_t i = 0; i < agenda->count; i++) {
        if (agenda->phases[i].id == 0) {
            agenda->phases[i].id = ++event->phases_made;
        }
    }
    if (agenda->count == 0) {
        event->phase = 0;
        event->timer = (struct timer){0};
        event->phase_pos = event->pos;
    }
    event->agenda_pos = event->pos;
    event->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_agenda_set = {check_agenda, apply_agenda};

/* ---- phase.start ---- */

/* Of two moderators who press at the same moment the second does not start its time
 * anew. */
static enum err check_start(const struct event *event, const struct entry *entry)
{
    int64_t phase = entry->as.phase_start.phase;
    if (phase == 0 || agenda_phase(&event->agenda, phase) == NULL) {
        return ERR_UNKNOWN_PHASE;
    }
    if (phase == event->phase) {
        return ERR_WRONG_STATE;
    }
    return event->phase_start_count < PHASE_STARTS_MAX ? ERR_OK : ERR_TOO_MANY;
}

static enum err
note_start(struct event *event, const struct entry *entry, const struct phase *phase)
{
    void *items = event->phase_starts;
    enum err err = vec_reserve(
        &items, &event->phase_start_capacity, event->phase_start_count + 1,
        sizeof *event->phase_starts, PHASE_STARTS_MAX);
    event->phase_starts = items;
    if (err == ERR_OK) {
        event->phase_starts[event->phase_start_count++] =
            (struct phase_start){.phase = *phase, .at_ms = entry->at_ms};
    }
    return err;
}

/* Collecting opens the call for ideas, all others close it; polls are opened and closed
 * by entries of their own. */
static enum err
apply_start(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    const struct phase *phase = agenda_phase(&event->agenda, entry->as.phase_start.phase);
    enum err err = note_start(event, entry, phase);
    if (err != ERR_OK) {
        return err;
    }
    event->phase = phase->id;
    event->call_open = phase->kind == PHASE_COLLECT;
    event->timer = (struct timer){
        .total_ms = (int64_t)phase->minutes * MINUTE_MS, .running = phase->minutes > 0};
    event->phase_pos = event->pos;
    event->agenda_pos = event->pos;
    event->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_phase_start = {check_start, apply_start};

/* ---- timer.set, timer.tick ---- */

/* An entry that was on its way while the next phase began is of another time. */
static bool is_current(const struct event *event, const struct entry *entry)
{
    return event->phase != 0 &&
           entry->as.timer.start == (int64_t)event_phase_start(event);
}

/* What has run only grows, and ends with what was given. */
static void run_to(struct timer *timer, int64_t run_ms)
{
    int64_t most_ms = run_ms < timer->total_ms ? run_ms : timer->total_ms;
    timer->run_ms = most_ms > timer->run_ms ? most_ms : timer->run_ms;
    timer->running = timer->running && timer->run_ms < timer->total_ms;
}

static enum err check_timer(const struct event *event, const struct entry *entry)
{
    int64_t add_ms = entry->as.timer.add_ms;
    if (entry->as.timer.run_ms < 0 || add_ms < 0 ||
        add_ms > TIMER_MS_MAX - event->timer.total_ms) {
        return ERR_BAD_VALUE;
    }
    bool has_time = event->timer.total_ms + add_ms > 0;
    return is_current(event, entry) && has_time ? ERR_OK : ERR_WRONG_STATE;
}

static enum err
apply_timer(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct timer *timer = &event->timer;
    run_to(timer, entry->as.timer.run_ms);
    timer->total_ms += entry->as.timer.add_ms;
    bool left = timer->run_ms < timer->total_ms;
    timer->running = entry->as.timer.running && left;
    timer->asks = entry->role == ROLE_OFFICE && !timer->running && left;
    return ERR_OK;
}

const struct story story_timer_set = {check_timer, apply_timer};

static enum err check_tick(const struct event *event, const struct entry *entry)
{
    if (entry->as.timer.run_ms < 0) {
        return ERR_BAD_VALUE;
    }
    return is_current(event, entry) && event->timer.running ? ERR_OK : ERR_WRONG_STATE;
}

static enum err
apply_tick(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    run_to(&event->timer, entry->as.timer.run_ms);
    return ERR_OK;
}

const struct story story_timer_tick = {check_tick, apply_tick};
