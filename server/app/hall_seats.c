/* Seats: which session is who in which event. A browser has one session and, with it, at
 * most one seat for each event and role. */
#include "app/hall_internal.h"

#include "app/hall_docs.h"
#include "base/hex.h"
#include "base/vec.h"
#include "domain/access.h"

#include <inttypes.h>
#include <stdio.h>

/* A seat's doc is named "SESSION HASH/EVENT/ROLE". */
#define SEAT_NAME_BYTES (HASH_HEX + 1 + 20 + 1 + 2 + 1)

static void
seat_name(const struct hash *session, int64_t event, enum role role, char *ret_name)
{
    hex_encode(session->bytes, HASH_BYTES, ret_name);
    snprintf(
        &ret_name[HASH_HEX], SEAT_NAME_BYTES - HASH_HEX, "/%" PRId64 "/%d", event,
        (int)role);
}

static void seat_key(struct span name, struct uid *ret_key)
{
    struct hash hash;
    trust_sha256(name, &hash);
    memcpy(ret_key->bytes, hash.bytes, UID_BYTES);
}

static struct seat *find(struct hall *hall, struct span name)
{
    struct uid key;
    uint32_t i = 0;
    seat_key(name, &key);
    return map_get(&hall->seat_index, &key, &i) ? &hall->seats[i] : NULL;
}

/* The start of a seat's name is its session. */
static void session_key(struct span name, struct uid *ret_key)
{
    seat_key(span_of(name.data, HASH_HEX), ret_key);
}

static enum err remember(struct hall *hall, struct span name, const struct seat *seat)
{
    struct seat *known = find(hall, name);
    if (known != NULL) {
        *known = *seat;
        return ERR_OK;
    }
    struct uid key;
    seat_key(name, &key);
    void *seats = hall->seats;
    enum err err = vec_reserve(
        &seats, &hall->seat_capacity, hall->seat_count + 1, sizeof *seat, SEATS_MAX);
    hall->seats = seats;
    if (err == ERR_OK) {
        err = map_put(&hall->seat_index, &key, (uint32_t)hall->seat_count);
    }
    if (err == ERR_OK) {
        session_key(name, &key);
        err = map_put(&hall->session_index, &key, 0);
    }
    if (err == ERR_OK) {
        hall->seats[hall->seat_count++] = *seat;
    }
    return err;
}

bool hall_session_known(const struct hall *hall, const struct hash *session)
{
    char hex[HASH_HEX + 1];
    struct uid key;
    hex_encode(session->bytes, HASH_BYTES, hex);
    session_key(span_of_string(hex), &key);
    return map_get(&hall->session_index, &key, NULL);
}

enum err hall_load_seat(void *ctx, struct span name, struct span body)
{
    struct seat seat;
    int64_t role = 0;
    int64_t epoch = 0;

    const struct {
        const char *key;
        int64_t *value;
    } members[] = {
        {"event", &seat.is.event},        {"role", &role},
        {"person", &seat.is.participant}, {"epoch", &epoch},
        {"until", &seat.until_ms},
    };

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        enum err err = doc_read_int(body, members[i].key, members[i].value);
        if (err != ERR_OK) {
            return err;
        }
    }
    if (role >= ROLE_COUNT || epoch > UINT32_MAX) {
        return ERR_DAMAGED;
    }
    seat.is.role = (enum role)role;
    seat.is.epoch = (uint32_t)epoch;
    bool ended = seat.until_ms < hall_steady_ms(ctx);
    return ended ? ERR_OK : remember(ctx, name, &seat);
}

enum err hall_take_seat(
    struct hall *hall, const struct hash *session, const struct hall_seat *seat,
    store_done *done, void *ctx)
{
    char name[SEAT_NAME_BYTES];
    char body[160];
    if (hall_event(hall, seat->event) == NULL) {
        return ERR_WRONG_EVENT; /* it was forgotten meanwhile */
    }
    const struct seat kept = {.is = *seat, .until_ms = hall_steady_ms(hall) + SESSION_MS};
    seat_name(session, seat->event, seat->role, name);
    snprintf(
        body, sizeof body,
        "{\"event\":%" PRId64 ",\"role\":%d,\"person\":%" PRId64 ",\"epoch\":%" PRIu32
        ",\"until\":%" PRId64 "}",
        seat->event, (int)seat->role, seat->participant, seat->epoch, kept.until_ms);
    const struct store_doc doc = {
        .kind = "seat", .name = span_of_string(name), .body = span_of_string(body)};
    const struct seat *known = find(hall, doc.name);
    const struct seat before = known != NULL ? *known : (struct seat){0};
    enum err err = remember(hall, doc.name, &kept);
    if (err != ERR_OK) {
        return err;
    }
    err = store_put(hall->store, &doc, 1, done, ctx);
    if (err != ERR_OK) {
        *find(hall, doc.name) = before; /* a zero one has ended long ago */
    }
    return err;
}

enum err hall_find_seat(
    struct hall *hall, const char *token, int64_t event, enum role role,
    struct hall_seat *ret_seat)
{
    struct hash session;
    if (trust_token_hash(span_of_string(token), &session) != ERR_OK) {
        return ERR_NO_SESSION;
    }
    return hall_seat_of(hall, &session, event, role, ret_seat);
}

/* Whoever sits at the desk has the moderator's seat. */
static bool fits(enum role role, enum role asked)
{
    return role == asked || (asked == ROLE_MODERATOR && role_is_desk(role));
}

static bool is_revoked(const struct event *event, int64_t person)
{
    const struct desk_place *place = event != NULL ? event_desk(event, person) : NULL;
    return place != NULL && place->revoked_at_ms != 0;
}

enum err hall_seat_of(
    struct hall *hall, const struct hash *session, int64_t event, enum role role,
    struct hall_seat *ret_seat)
{
    char name[SEAT_NAME_BYTES];
    seat_name(session, event, role, name);
    const struct seat *found = find(hall, span_of_string(name));
    if (found == NULL || found->until_ms < hall_steady_ms(hall)) {
        return ERR_NO_SESSION;
    }
    const struct hall_seat *seat = &found->is;
    const struct event *state = hall_event(hall, event);
    const struct participant *person =
        state != NULL ? event_participant(state, seat->participant) : NULL;
    if (person == NULL || !fits(person->role, role)) {
        return is_revoked(state, seat->participant) ? ERR_REVOKED : ERR_NO_SESSION;
    }
    enum err err = event_check_in(state, person);
    if (err != ERR_OK) {
        return err;
    }
    if (person->epoch != seat->epoch) {
        return ERR_SESSION_MOVED;
    }
    *ret_seat = *seat;
    ret_seat->role = person->role;
    return ERR_OK;
}

bool hall_session_sits(struct hall *hall, const struct hash *session)
{
    static const enum role roles[] = {ROLE_PARTICIPANT, ROLE_MODERATOR};

    char name[SEAT_NAME_BYTES];
    for (size_t i = 0; i < 2 * hall->event_count; i++) {
        seat_name(session, hall->events[i / 2]->id, roles[i % 2], name);
        const struct seat *seat = find(hall, span_of_string(name));
        if (seat != NULL && seat->until_ms >= hall_steady_ms(hall)) {
            return true;
        }
    }
    return false;
}

enum err hall_leave_seat(
    struct hall *hall, const struct hash *session, int64_t event, enum role role,
    store_done *done, void *ctx)
{
    char name[SEAT_NAME_BYTES];
    seat_name(session, event, role, name);
    const struct store_doc doc = {.kind = "seat", .name = span_of_string(name)};
    struct seat *seat = find(hall, doc.name);
    if (seat == NULL || seat->is.participant == 0) {
        return ERR_NO_SESSION;
    }
    enum err err = store_put(hall->store, &doc, 1, done, ctx);
    if (err == ERR_OK) {
        *seat = (struct seat){0}; /* one that has ended long ago */
    }
    return err;
}
