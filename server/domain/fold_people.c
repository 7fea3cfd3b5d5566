/* The stories of the event itself and of who takes part: creating, the call for ideas,
 * coming back from a backup, joining. */
#include "domain/fold_internal.h"

#include "base/vec.h"

#include <string.h>

static bool is_text(const char *text, size_t bytes)
{
    return text[0] != '\0' && memchr(text, '\0', bytes) != NULL;
}

/* ---- event.create, event.call ---- */

static enum err check_create(const struct event *event, const struct entry *entry)
{
    (void)event; /* that it is the first entry is settled before */
    if (entry->as.event_create.mode >= JOIN_MODE_COUNT ||
        !is_text(entry->as.event_create.code, sizeof entry->as.event_create.code)) {
        return ERR_BAD_VALUE;
    }
    uint16_t lang_count = entry->as.event_create.lang_count;
    if (lang_count < 1 || lang_count > LANGS_MAX) {
        return ERR_BAD_VALUE;
    }
    for (size_t i = 0; i < lang_count; i++) {
        if (!is_text(entry->as.event_create.langs[i], LANG_BYTES_MAX)) {
            return ERR_BAD_VALUE;
        }
    }
    return ERR_OK;
}

static enum err
apply_create(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    event->created = true;
    event->mode = entry->as.event_create.mode;
    event->lang_count = entry->as.event_create.lang_count;
    memcpy(event->code, entry->as.event_create.code, sizeof event->code);
    memcpy(event->langs, entry->as.event_create.langs, sizeof event->langs);
    event->title = entry->as.event_create.title;
    event->settings = entry->as.event_create.settings;
    event->rehearsal = entry->as.event_create.rehearsal;
    event->call_open = true;
    event->created_at_ms = entry->at_ms;
    event->changed_pos = event->pos;
    ret_outcome->id = event->id;
    return ERR_OK;
}

const struct story story_event_create = {check_create, apply_create};

static enum err check_call(const struct event *event, const struct entry *entry)
{
    (void)event;
    (void)entry;
    return ERR_OK; /* opening what is open is no error: two moderators pressed */
}

static enum err
apply_call(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    event->call_open = entry->as.event_call.open;
    event->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_event_call = {check_call, apply_call};

/* ---- event.restore ---- */

static enum err check_restore(const struct event *event, const struct entry *entry)
{
    (void)event;
    int64_t apart = entry->as.event_restore.apart;
    if (apart < 0 || apart >= RESTORE_LEAP) {
        return ERR_BAD_VALUE;
    }
    return ERR_OK; /* again and again, should it be needed */
}

/* Positions leap over all that the lost end of the log can have had, also after an
 * earlier restoring from the same backup, whose positions were others: screens that saw
 * it come back with a position below, or beyond. No event's log grows by an entry a
 * millisecond for long. */
static enum err
apply_restore(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    int64_t leap = event->pos + RESTORE_LEAP;
    event->pos = leap > entry->at_ms ? leap : entry->at_ms;
    event->pos += entry->as.event_restore.apart;
    event->restored_pos = event->pos;
    event->restored_at_ms = entry->at_ms;
    event->changed_pos = event->pos;
    ret_outcome->pos = event->pos;
    return ERR_OK;
}

const struct story story_event_restore = {check_restore, apply_restore};

/* ---- person.join ---- */

enum err participant_add(
    struct event *event, const struct participant *added, struct outcome *ret_outcome)
{
    void *items = event->participants;
    enum err err = vec_reserve(
        &items, &event->participant_capacity, event->participant_count + 1,
        sizeof *event->participants, PARTICIPANTS_MAX);
    event->participants = items;
    if (err != ERR_OK) {
        return err;
    }
    struct participant *participant = &event->participants[event->participant_count++];
    *participant = *added;
    participant->id = (int64_t)event->participant_count;
    participant->epoch = 1;
    event->people += participant->role == ROLE_PARTICIPANT ? 1 : 0;
    ret_outcome->id = participant->id;
    ret_outcome->epoch = participant->epoch;
    return ERR_OK;
}

static enum err check_join(const struct event *event, const struct entry *entry)
{
    enum role role = entry->as.person_join.role; /* desk.invite makes the others */
    if (role != ROLE_PARTICIPANT && role != ROLE_MODERATOR) {
        return ERR_BAD_VALUE;
    }
    if (role == ROLE_MODERATOR && entry->role != ROLE_OFFICE) {
        return ERR_NOT_ALLOWED;
    }
    if (role == ROLE_PARTICIPANT && event->mode == JOIN_TICKET) {
        return ERR_TICKET_NEEDED;
    }
    return event->participant_count < PARTICIPANTS_MAX ? ERR_OK : ERR_TOO_MANY;
}

static enum err
apply_join(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    struct participant added = {
        .role = entry->as.person_join.role, .joined_at_ms = entry->at_ms};
    bool desk = added.role == ROLE_MODERATOR;
    enum err err = desk ? desk_reserve(event) : ERR_OK;
    if (err == ERR_OK) {
        err = participant_add(event, &added, ret_outcome);
    }
    if (err == ERR_OK && desk) {
        desk_add(
            event, &(struct desk_place){
                       .person = ret_outcome->id,
                       .role = added.role,
                       .made_at_ms = entry->at_ms,
                       .sat_at_ms = entry->at_ms,
                   });
    }
    return err;
}

const struct story story_person_join = {check_join, apply_join};
