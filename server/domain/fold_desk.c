/* The stories of who sits at the desk: inviting by a link, taking the place, revoking it.
 *
 * A link's secret is made outside; its hash stands in the entry, so that who may come in
 * is the fold's to say, as everything is. */
#include "domain/fold_internal.h"

#include "base/vec.h"
#include "domain/access.h"

#include <string.h>

enum err desk_reserve(struct event *event)
{
    void *items = event->desk;
    enum err err = vec_reserve(
        &items, &event->desk_capacity, event->desk_count + 1, sizeof *event->desk,
        PARTICIPANTS_MAX);
    event->desk = items;
    return err;
}

void desk_add(struct event *event, const struct desk_place *place)
{
    event->desk[event->desk_count++] = *place;
    event->desk_changed_pos = event->pos;
}

static struct desk_place *find(struct event *event, int64_t person)
{
    return &event->desk[event_desk(event, person) - event->desk]; /* the check found it */
}

/* ---- desk.invite ---- */

static bool is_zero(const struct hash *hash)
{
    static const struct hash ZERO;
    return memcmp(hash, &ZERO, sizeof ZERO) == 0;
}

static enum err check_invite(const struct event *event, const struct entry *entry)
{
    const struct hash *link = &entry->as.desk.link;
    if (!role_is_desk(entry->as.desk.role) || is_zero(link) ||
        event_desk_by_link(event, link) != NULL) {
        return ERR_BAD_VALUE;
    }
    bool room = event->desk_count < DESK_PLACES_MAX &&
                event->participant_count < PARTICIPANTS_MAX;
    return room ? ERR_OK : ERR_TOO_MANY;
}

static enum err
apply_invite(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    const struct participant added = {
        .role = entry->as.desk.role, .joined_at_ms = entry->at_ms};
    enum err err = desk_reserve(event);
    if (err == ERR_OK) {
        err = participant_add(event, &added, ret_outcome);
    }
    if (err != ERR_OK) {
        return err;
    }
    desk_add(
        event, &(struct desk_place){
                   .person = ret_outcome->id,
                   .role = added.role,
                   .name = entry->as.desk.name,
                   .link = entry->as.desk.link,
                   .made_at_ms = entry->at_ms,
                   .made_by = entry->actor,
               });
    return ERR_OK;
}

const struct story story_desk_invite = {check_invite, apply_invite};

/* ---- desk.sit: that the link is not too old is looked at before (app), by a clock that
 * nobody sets ---- */

static enum err check_sit(const struct event *event, const struct entry *entry)
{
    const struct desk_place *place = event_desk(event, entry->as.desk.person);
    bool good = place != NULL && place->sat_at_ms == 0 && place->revoked_at_ms == 0;
    return good ? ERR_OK : ERR_LINK_UNKNOWN;
}

static enum err
apply_sit(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    struct desk_place *place = find(event, entry->as.desk.person);
    place->sat_at_ms = entry->at_ms;
    event->desk_changed_pos = event->pos;
    ret_outcome->id = place->person;
    ret_outcome->epoch = event->participants[place->person - 1].epoch;
    return ERR_OK;
}

const struct story story_desk_sit = {check_sit, apply_sit};

/* ---- desk.revoke ---- */

/* Nobody revokes their own place: so one owner is always left. */
static enum err check_revoke(const struct event *event, const struct entry *entry)
{
    const struct desk_place *place = event_desk(event, entry->as.desk.person);
    if (place == NULL) {
        return ERR_LINK_UNKNOWN;
    }
    bool stands = place->revoked_at_ms == 0 && place->person != entry->actor;
    return stands ? ERR_OK : ERR_WRONG_STATE;
}

static enum err
apply_revoke(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct desk_place *place = find(event, entry->as.desk.person);
    place->revoked_at_ms = entry->at_ms;
    place->revoked_by = entry->actor;
    event->participants[place->person - 1].role = ROLE_NONE;
    event->desk_changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_desk_revoke = {check_revoke, apply_revoke};
