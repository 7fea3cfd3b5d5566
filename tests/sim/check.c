#include "check.h"

#include "base/hex.h"
#include "base/vec.h"
#include "phone.h"
#include "world.h"

#include <inttypes.h>
#include <stdlib.h>

static const uint64_t no_seed[2];

static void grow(void **items, size_t *capacity, size_t count, size_t item_bytes)
{
    if (vec_reserve(items, capacity, count, item_bytes, 1U << 24) != ERR_OK) {
        abort();
    }
}

static void put(struct map *map, const struct uid *key, size_t value)
{
    if (map_put(map, key, (uint32_t)value) != ERR_OK) {
        abort();
    }
}

/* ---- the model's life ---- */

void check_model_init(struct check *check)
{
    for (size_t i = 0; i < CHECK_POLLS_MAX; i++) {
        check->polls[i] = (struct check_poll){.sealed_paper = -1};
        map_init(&check->polls[i].best, no_seed);
    }
    map_init(&check->logged, no_seed);
    check->history_rows = 0;
    check->history_pos = 0;
}

static void model_fini(struct check *check)
{
    for (size_t i = 0; i < CHECK_POLLS_MAX; i++) {
        free(check->polls[i].casts);
        map_fini(&check->polls[i].best);
    }
    map_fini(&check->logged);
}

void check_init(struct check *check)
{
    *check = (struct check){0};
    check_model_init(check);
    map_init(&check->ballot_by_id, no_seed);
    map_init(&check->done_by_id, no_seed);
    map_init(&check->supports, no_seed);
    map_init(&check->slot_by_slot, no_seed);
    map_init(&check->slot_by_person, no_seed);
    map_init(&check->left, no_seed);
}

void check_fini(struct check *check)
{
    model_fini(check);
    free(check->ballots);
    free(check->dones);
    free(check->slots);
    free(check->seats);
    map_fini(&check->ballot_by_id);
    map_fini(&check->done_by_id);
    map_fini(&check->supports);
    map_fini(&check->slot_by_slot);
    map_fini(&check->slot_by_person);
    map_fini(&check->left);
}

static struct check_ballot *find_ballot(struct check *check, const struct uid *id)
{
    uint32_t i = 0;
    return map_get(&check->ballot_by_id, id, &i) ? &check->ballots[i] : NULL;
}

int64_t check_person_of(struct check *check, const struct uid *id)
{
    const struct check_ballot *ballot = find_ballot(check, id);
    return ballot != NULL ? ballot->person : 0;
}

void check_expect(
    struct world *world, const struct phone *phone, const struct uid *id, int64_t poll,
    const struct hash *proof)
{
    struct check *check = &world->check;
    void *ballots = check->ballots;
    grow(
        &ballots, &check->ballot_capacity, check->ballot_count + 1,
        sizeof *check->ballots);
    check->ballots = ballots;
    put(&check->ballot_by_id, id, check->ballot_count);
    check->ballots[check->ballot_count++] = (struct check_ballot){
        .id = *id, .poll = poll, .maker = phone->person, .proof = *proof};
}

/* ---- reading messages ---- */

void check_member(struct span text, const char *key, char *ret_value, size_t bytes)
{
    const char *at = memmem(text.data, text.bytes, key, strlen(key));
    const char *end = (const char *)text.data + text.bytes;
    size_t count = 0;
    for (at += at != NULL ? strlen(key) : 0; at != NULL && at < end && count + 1 < bytes;
         at++) {
        if (*at == '"' || *at == ',' || *at == '}') {
            break;
        }
        ret_value[count++] = *at;
    }
    ret_value[count] = '\0';
}

struct hash check_proof_of(struct check *check, struct span request)
{
    char hex[UID_HEX + 1];
    struct uid id;
    check_member(request, "\"id\":\"", hex, sizeof hex);
    const struct check_ballot *ballot =
        hex_decode(hex, strlen(hex), id.bytes, UID_BYTES) == ERR_OK
            ? find_ballot(check, &id)
            : NULL;
    return ballot != NULL ? ballot->proof : (struct hash){0};
}

static int64_t number_in(struct span text, const char *key)
{
    char value[24];
    check_member(text, key, value, sizeof value);
    return strtoll(value, NULL, 10);
}

static bool id_in(struct span text, struct uid *ret_id)
{
    char hex[UID_HEX + 1];
    check_member(text, "\"id\":\"", hex, sizeof hex);
    return hex_decode(hex, strlen(hex), ret_id->bytes, UID_BYTES) == ERR_OK;
}

static bool begins(struct span text, const char *start)
{
    return text.bytes >= strlen(start) && memcmp(text.data, start, strlen(start)) == 0;
}

/* ---- promises ---- */

/* Has a place, no other phone has taken it over, and the ticket is good. */
static bool may_cast(const struct world *world, const struct visitor *visitor)
{
    const struct participant *person =
        visitor->event != NULL ? event_participant(world->event, visitor->participant)
                               : NULL;
    const struct ticket *ticket =
        person != NULL ? event_ticket(world->event, person->ticket) : NULL;
    bool good = ticket == NULL || (ticket->voided_pos == 0 && ticket->redeemed);
    return person != NULL && person->epoch == visitor->epoch && good;
}

void check_arrival(struct world *world, struct net_conn conn, struct span text)
{
    struct uid id;
    if (begins(text, "{\"op\":\"support\"") && id_in(text, &id)) {
        put(&world->check.supports, &id, 0);
    }
    const struct visitor *visitor = visitor_of(world->server, conn);
    if (!begins(text, "{\"op\":\"cast\"") || visitor == NULL || !id_in(text, &id)) {
        return;
    }
    struct check_ballot *ballot = find_ballot(&world->check, &id);
    if (ballot == NULL || !may_cast(world, visitor)) {
        return;
    }
    if (ballot->maker != 0 && visitor->participant != ballot->maker) {
        world_fail(
            world, "a ballot of person %" PRId64 " comes as one of %" PRId64,
            ballot->maker, visitor->participant);
    }
    ballot->maker = visitor->participant;
    ballot->person = visitor->participant;
}

static void check_stored(struct world *world, struct span text)
{
    struct uid id;
    char proof[HASH_HEX + 1];
    char expected[HASH_HEX + 1];
    struct check_ballot *ballot =
        id_in(text, &id) ? find_ballot(&world->check, &id) : NULL;
    if (ballot == NULL) {
        world_fail(world, "a ballot is acknowledged that nobody made");
        return;
    }
    int64_t pos = number_in(text, "\"pos\":");
    bool counts = memmem(text.data, text.bytes, "\"counts\":true", 13) != NULL;
    check_member(text, "\"proof\":\"", proof, sizeof proof);
    hex_encode(ballot->proof.bytes, HASH_BYTES, expected);
    if (!map_get(&world->check.logged, &id, NULL)) {
        world_fail(world, "a ballot is acknowledged that is not in the log");
    } else if (strcmp(proof, expected) != 0) {
        world_fail(world, "an acknowledgement has another ballot's proof");
    } else if (ballot->stored && (ballot->pos != pos || ballot->counts != counts)) {
        world_fail(world, "a ballot sent again got another answer");
    }
    world->stats.ballots += ballot->stored ? 0 : 1;
    ballot->stored = true;
    ballot->pos = pos;
    ballot->counts = counts;
}

static void check_done(struct world *world, struct span text)
{
    struct check *check = &world->check;
    struct uid id;
    uint32_t i = 0;
    int64_t pos = number_in(text, "\"pos\":");
    if (!id_in(text, &id)) {
        world_fail(world, "a done without an id");
    } else if (pos > check->history_pos) {
        world_fail(
            world, "done at %" PRId64 ", but the log ends at %" PRId64, pos,
            check->history_pos);
    } else if (map_get(&check->done_by_id, &id, &i)) {
        if (check->dones[i].pos != pos && !map_get(&check->supports, &id, NULL)) {
            world_fail(
                world, "a request sent again was done at %" PRId64 ", first at %" PRId64,
                pos, check->dones[i].pos);
        }
    } else {
        void *dones = check->dones;
        grow(&dones, &check->done_capacity, check->done_count + 1, sizeof *check->dones);
        check->dones = dones;
        put(&check->done_by_id, &id, check->done_count);
        check->dones[check->done_count++] = (struct check_done){.id = id, .pos = pos};
    }
    check->done_pos = pos > check->done_pos ? pos : check->done_pos;
}

/* Codes that a phone can do nothing with, by PROTOCOL.md. */
static void check_refused(struct world *world, struct span text)
{
    static const char *const never[] = {"internal",     "io-error",      "damaged",
                                        "foreign-file", "newer-version", "in-use",
                                        "usage"};
    char err[32];
    check_member(text, "\"err\":\"", err, sizeof err);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        if (strcmp(err, never[i]) == 0) {
            world_fail(world, "a phone is told \"%s\"", err);
        }
    }
    struct uid id;
    bool later = memmem(text.data, text.bytes, "\"retry_ms\":", 11) != NULL;
    if (!later && id_in(text, &id) && map_get(&world->check.logged, &id, NULL) &&
        !phone_is_out(err) && strcmp(err, "no-session") != 0 &&
        strcmp(err, "sealed") != 0) {
        world_fail(world, "a ballot that is in the log is refused as \"%s\"", err);
    }
}

void check_promise(struct world *world, struct span text)
{
    if (begins(text, "{\"op\":\"stored\"")) {
        check_stored(world, text);
    } else if (begins(text, "{\"op\":\"done\"")) {
        check_done(world, text);
    } else if (begins(text, "{\"op\":\"refused\"") || begins(text, "{\"err\"")) {
        check_refused(world, text);
    }
}

/* ---- the log ---- */

/* One person has one slot in a poll, and a slot one person, whatever crashed. */
static void
learn_slot(struct world *world, int64_t poll, int64_t person, const struct uid *slot)
{
    struct check *check = &world->check;
    struct uid key = {{0}};
    uint32_t by_slot = UINT32_MAX;
    uint32_t by_person = UINT32_MAX;
    memcpy(key.bytes, &poll, sizeof poll);
    memcpy(key.bytes + sizeof poll, &person, sizeof person);
    bool known = map_get(&check->slot_by_slot, slot, &by_slot);
    known = map_get(&check->slot_by_person, &key, &by_person) || known;
    if (known) {
        if (by_slot != by_person) {
            world_fail(
                world, "person %" PRId64 " changed slots in poll %" PRId64, person, poll);
        }
        return;
    }
    void *slots = check->slots;
    grow(&slots, &check->slot_capacity, check->slot_count + 1, sizeof *check->slots);
    check->slots = slots;
    put(&check->slot_by_slot, slot, check->slot_count);
    put(&check->slot_by_person, &key, check->slot_count);
    check->slots[check->slot_count++] =
        (struct check_slot){.poll = poll, .person = person, .slot = *slot};
}

static void model_count(struct check_poll *poll, size_t index)
{
    const struct check_cast *cast = &poll->casts[index];
    uint32_t i = 0;
    if (!map_get(&poll->best, &cast->slot, &i)) {
        poll->voted++;
        put(&poll->best, &cast->slot, index);
        return;
    }
    const struct check_cast *best = &poll->casts[i];
    if (cast->epoch > best->epoch ||
        (cast->epoch == best->epoch && cast->counter > best->counter)) {
        put(&poll->best, &cast->slot, index);
    }
}

struct reading {
    struct world *world;
    int64_t poll;
};

static void keep_marks(struct check_cast *cast, const struct ballot *ballot)
{
    cast->mark_count =
        ballot->mark_count < CHECK_MARKS_MAX ? ballot->mark_count : CHECK_MARKS_MAX;
    memcpy(cast->marks, ballot->marks, cast->mark_count * sizeof *cast->marks);
}

static void read_cast(struct reading *reading, const struct cast *cast)
{
    struct check *check = &reading->world->check;
    struct check_poll *poll = &check->polls[reading->poll - 1];
    const struct check_ballot *ballot = find_ballot(check, &cast->id);
    if (!poll->open) {
        world_fail(reading->world, "a ballot stands behind a closing fence");
    } else if (ballot == NULL || ballot->poll != reading->poll || ballot->person == 0) {
        world_fail(reading->world, "the log has a ballot that nobody cast there");
    } else if (!map_get(&check->logged, &cast->id, NULL)) {
        void *casts = poll->casts;
        grow(&casts, &poll->cast_capacity, poll->cast_count + 1, sizeof *poll->casts);
        poll->casts = casts;
        poll->casts[poll->cast_count] = (struct check_cast){
            .id = cast->id,
            .slot = cast->slot,
            .epoch = cast->epoch,
            .counter = cast->counter,
            .share = cast->share,
        };
        keep_marks(&poll->casts[poll->cast_count], &cast->ballot);
        put(&check->logged, &cast->id, (size_t)reading->poll);
        model_count(poll, poll->cast_count++);
        learn_slot(reading->world, reading->poll, ballot->person, &cast->slot);
    }
}

static enum err read_entry(void *ctx, const struct entry *entry)
{
    struct reading *reading = ctx;
    struct check *check = &reading->world->check;
    if (reading->poll == 0) {
        check->history_pos++;
        if (entry->kind == ENTRY_EVENT_RESTORE) {
            int64_t leap = check->history_pos + RESTORE_LEAP;
            check->history_pos = leap > entry->at_ms ? leap : entry->at_ms;
            check->history_pos += entry->as.event_restore.apart;
        }
    } else if (entry->kind == ENTRY_FENCE) {
        check->polls[reading->poll - 1].open = entry->as.fence.open;
    } else {
        read_cast(reading, &entry->as.cast);
    }
    return ERR_OK;
}

static void read_lane(struct world *world, const struct memory_lane *lane)
{
    struct check *check = &world->check;
    struct reading reading = {.world = world, .poll = lane->lane.poll};
    if (reading.poll > CHECK_POLLS_MAX) {
        return;
    }
    size_t *rows =
        reading.poll == 0 ? &check->history_rows : &check->polls[reading.poll - 1].rows;
    for (; *rows < lane->row_count; ++*rows) {
        if (wire_decode_batch(lane->rows[*rows].body, read_entry, &reading) != ERR_OK) {
            world_fail(world, "a row of the log cannot be read");
        }
    }
}

const struct memory_doc *check_sealed_doc(const struct world *world, int64_t poll)
{
    char name[32];
    snprintf(name, sizeof name, "1/%" PRId64, poll);
    const struct memory *memory = world->disk->memory;
    for (size_t i = 0; i < memory->doc_count; i++) {
        const struct memory_doc *doc = &memory->docs[i];
        if (strcmp(doc->kind, "sealed") == 0 &&
            span_equal(doc->name, span_of_string(name))) {
            return doc;
        }
    }
    return NULL;
}

/* All ballots that counted are in the list that stays, under their proofs. */
static void check_sealed(struct world *world, int64_t id)
{
    struct check *check = &world->check;
    struct check_poll *poll = &check->polls[id - 1];
    const struct memory_doc *doc = check_sealed_doc(world, id);
    poll->dropped = true;
    world->stats.sealed++;
    if (doc == NULL) {
        world_fail(world, "poll %" PRId64 " has neither a lane nor a sealed list", id);
        return;
    }
    for (size_t i = 0; i < poll->cast_count; i++) {
        uint32_t best = 0;
        char hex[HASH_HEX + 1];
        const struct check_ballot *ballot = find_ballot(check, &poll->casts[i].id);
        if (!map_get(&poll->best, &poll->casts[i].slot, &best) || ballot == NULL) {
            continue;
        }
        hex_encode(ballot->proof.bytes, HASH_BYTES, hex);
        bool found = memmem(doc->body.data, doc->body.bytes, hex, HASH_HEX) != NULL;
        if (found != (best == i)) {
            world_fail(world, "the sealed list of poll %" PRId64 " is another", id);
        }
    }
}

void check_log(struct world *world)
{
    struct check *check = &world->check;
    const struct memory *memory = world->disk->memory;
    for (size_t i = 0; i < memory->lane_count; i++) {
        if (memory->lanes[i].lane.event == 1) {
            read_lane(world, &memory->lanes[i]);
        }
    }
    neighbour_check(world);
    for (int64_t id = 1; id <= CHECK_POLLS_MAX; id++) {
        const struct check_poll *poll = &check->polls[id - 1];
        if (poll->rows != 0 && !poll->dropped &&
            memory_find_lane(memory, (struct store_lane){1, id}) == NULL) {
            check_sealed(world, id);
        }
    }
}
