/* The story of an event that is over: everything in it can be looked at, and nothing more
 * happens but what becomes of its ideas. */
#include "domain/fold_internal.h"

/* Not people's doing: what the server owes to those who voted (sealing), and to itself.
 */
static bool is_upkeep(enum entry_kind kind)
{
    return kind == ENTRY_POLL_SEAL || kind == ENTRY_EVENT_RESTORE ||
           kind == ENTRY_TIMER_TICK || kind == ENTRY_TIMER_SET;
}

/* Who may look is still the office's to say. */
static bool is_door(enum entry_kind kind)
{
    return kind == ENTRY_DESK_INVITE || kind == ENTRY_DESK_SIT ||
           kind == ENTRY_DESK_REVOKE || kind == ENTRY_EVENT_ARCHIVE;
}

/* Said months later: by then the event is long archived. */
static bool is_follow_up(const struct event *event, const struct entry *entry)
{
    const struct act *act =
        entry->kind == ENTRY_UNDO ? act_find(event, entry->as.undo.pos) : NULL;
    return entry->kind == ENTRY_IDEA_FOLLOW ||
           (act != NULL && act->kind == ENTRY_IDEA_FOLLOW);
}

enum err archive_check(const struct event *event, const struct entry *entry)
{
    bool fine =
        event->archived_at_ms == 0 || is_follow_up(event, entry) ||
        (entry->role == ROLE_OFFICE && (is_upkeep(entry->kind) || is_door(entry->kind)));
    return fine ? ERR_OK : ERR_ARCHIVED;
}

/* Whoever is voting is not cut off by somebody who does not see the hall. */
static enum err check_archive(const struct event *event, const struct entry *entry)
{
    return entry->as.event_archive.on && event_has_open(event) ? ERR_POLL_RUNS : ERR_OK;
}

static enum err
apply_archive(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    event->archived_at_ms = entry->as.event_archive.on ? entry->at_ms : 0;
    event->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_event_archive = {check_archive, apply_archive};
