/* The agenda: its phases, which of them is on, and its time, all by moderators. */
#include "app/story.h"

void story_agenda(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_AGENDA_SET, visitor, &request->id);
    entry.as.agenda_set = request->as.agenda;
    story_submit(server, visitor, &entry, hall_no_docs(), NULL);
}

void story_phase(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_PHASE_START, visitor, &request->id);
    entry.as.phase_start.phase = request->as.phase.phase;
    story_submit(server, visitor, &entry, hall_no_docs(), NULL);
}

void story_timer(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    const struct screens *screens = live_screens(server, visitor->event);
    if (screens == NULL) {
        reply_refused(server, visitor->conn, &request->id, ERR_NOMEM, 0, NULL);
        return;
    }
    struct entry entry = story_entry(ENTRY_TIMER_SET, visitor, &request->id);
    entry.as.timer.start = (int64_t)event_phase_start(visitor->event);
    entry.as.timer.run_ms = clock_run_ms(server, screens);
    entry.as.timer.add_ms = request->as.timer.add_ms;
    entry.as.timer.running = request->as.timer.running;
    story_submit(server, visitor, &entry, hall_no_docs(), NULL);
}
