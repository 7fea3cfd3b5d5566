/* What a phone keeps of its ballots, as a page does: after a restore it casts again what
 * the server no longer has. */
#include "base/hex.h"
#include "phone.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t number_of(struct span text, const char *key)
{
    char value[24];
    check_member(text, key, value, sizeof value);
    return strtoll(value, NULL, 10);
}

static bool is_cast(struct span request)
{
    static const char cast[] = "{\"op\":\"cast\"";
    return request.bytes > sizeof cast &&
           memcmp(request.data, cast, sizeof cast - 1) == 0;
}

static int64_t poll_of(struct span request)
{
    int64_t poll = is_cast(request) ? number_of(request, "\"poll\":\"") : 0;
    return poll >= 1 && poll <= PHONE_POLLS_MAX ? poll : 0;
}

static void forget(struct receipt *receipt)
{
    buf_fini(&receipt->members);
    *receipt = (struct receipt){0};
}

void receipts_fini(struct phone *phone)
{
    for (size_t i = 0; i < PHONE_POLLS_MAX; i++) {
        forget(&phone->receipts[i]);
    }
}

void receipts_meet(struct phone *phone, const struct poll *poll)
{
    size_t at = (size_t)poll->id - 1;
    if (!uid_equal(&phone->polls[at], &poll->uid)) {
        phone->polls[at] = poll->uid;
        phone->counters[at] = 0;
        phone->others[at] = 0;
        phone->told[at] = 0;
        forget(&phone->receipts[at]);
    }
}

/* `…,"polls":[{"poll":"3","counter":2,…},…]` of `me`. */
void receipts_welcome(struct phone *phone, struct span text)
{
    static const char key[] = "{\"poll\":\"";
    phone->person = number_of(text, "\"person\":\"");
    memset(phone->told, 0, sizeof phone->told);
    const uint8_t *end = text.data + text.bytes;
    const uint8_t *at = memmem(text.data, text.bytes, key, sizeof key - 1);
    while (at != NULL) {
        struct span rest = span_of(at, (size_t)(end - at));
        int64_t poll = number_of(rest, key);
        if (poll >= 1 && poll <= PHONE_POLLS_MAX) {
            phone->told[poll - 1] = (uint32_t)number_of(rest, "\"counter\":");
        }
        at = memmem(at + 1, rest.bytes - 1, key, sizeof key - 1);
    }
}

void receipts_stored(struct world *world, struct phone *phone, struct span request)
{
    int64_t poll = poll_of(request);
    uint32_t counter = (uint32_t)number_of(request, "\"counter\":");
    struct receipt *receipt = poll != 0 ? &phone->receipts[poll - 1] : NULL;
    const struct poll *is = poll != 0 ? event_poll(world->event, poll) : NULL;
    char uid[UID_HEX + 1] = "";
    if (is == NULL || !uid_equal(&phone->polls[poll - 1], &is->uid)) {
        return;
    }
    hex_encode(is->uid.bytes, UID_BYTES, uid);
    if (memmem(request.data, request.bytes, uid, UID_HEX) == NULL) {
        return; /* of another poll, before it got that number */
    }
    if (counter > phone->told[poll - 1]) {
        phone->told[poll - 1] = counter;
    }
    if (counter <= receipt->counter && receipt->person == phone->person) {
        return;
    }
    const size_t start = sizeof "{\"op\":\"cast\",\"id\":\"\"" - 1 + UID_HEX;
    forget(receipt);
    *receipt = (struct receipt){
        .person = phone->person,
        .counter = counter,
        .proof = check_proof_of(&world->check, request)};
    buf_init(&receipt->members, FRAME_CAST_BYTES_MAX);
    buf_bytes(&receipt->members, request.data + start, request.bytes - start - 1);
}

/* Told why not: then it is not owed any more. */
void receipts_refused(struct phone *phone, struct span request)
{
    int64_t poll = poll_of(request);
    uint32_t counter = (uint32_t)number_of(request, "\"counter\":");
    if (poll != 0 && phone->receipts[poll - 1].counter == counter) {
        forget(&phone->receipts[poll - 1]);
    }
}

bool receipt_is_due(const struct world *world, const struct phone *phone, int64_t id)
{
    const struct receipt *receipt = &phone->receipts[id - 1];
    const struct poll *poll = event_poll(world->event, id);
    return receipt->counter != 0 && receipt->person == phone->person && poll != NULL &&
           poll->state == POLL_OPEN && uid_equal(&poll->uid, &phone->polls[id - 1]);
}

static bool is_on_its_way(const struct phone *phone, int64_t poll)
{
    bool is = false;
    for (size_t i = 0; i < phone->asked_count; i++) {
        is = is || poll_of(buf_span(&phone->asked[i].text)) == poll;
    }
    return is;
}

/* Under an id of its own: what is not there is no repeat. */
static void cast_again(struct world *world, struct phone *phone, int64_t poll)
{
    const struct receipt *receipt = &phone->receipts[poll - 1];
    struct dice dice = {(uint64_t)world->loop.now_ms * 1000 + receipt->counter};
    dice.state ^= (uint64_t)(phone - world->phones) << 48;
    dice.state ^= (uint64_t)poll << 40;
    phone_ask(world, phone, &dice, "cast", buf_span(&receipt->members));
    const struct uid *id = &phone->asked[phone->asked_count - 1].id;
    check_expect(world, phone, id, poll, &receipt->proof);
    world->stats.recast++;
}

bool receipts_recast(struct world *world, struct phone *phone)
{
    bool blind = world->broken != NULL && strcmp(world->broken, "receipts") == 0;
    for (int64_t id = 1; id <= PHONE_POLLS_MAX && !blind; id++) {
        bool lost = phone->receipts[id - 1].counter > phone->told[id - 1];
        if (lost && receipt_is_due(world, phone, id) && !is_on_its_way(phone, id) &&
            phone->asked_count < PHONE_ASKED_MAX) {
            cast_again(world, phone, id);
            return true;
        }
    }
    return false;
}
