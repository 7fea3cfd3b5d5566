/* What surrounds a ballot: its slot, its proof, and the lot that settles ties. */
#include "base/bounds.h"
#include "trust/hash.h"
#include "trust/trust.h"

#include <assert.h>

void trust_slot(const struct hash *poll_key, int64_t participant, struct uid *ret_slot)
{
    uint8_t number[HASH_INT64_BYTES];
    hash_int64(participant, number);
    struct span parts[] = {span_of_string("slot"), span_of(number, sizeof number)};
    struct hash_mac mac;
    struct hash value;
    hash_mac_init(&mac, poll_key);
    hash_mac_parts(&mac, parts, 2, &value);
    hash_mac_fini(&mac);
    memcpy(ret_slot->bytes, value.bytes, sizeof ret_slot->bytes);
}

void trust_proof(
    int64_t poll, const struct hash *lock, const struct uid *nonce, struct span ballot,
    struct hash *ret_proof)
{
    struct hash choice;
    struct span hidden[] = {span_of(nonce->bytes, sizeof nonce->bytes), ballot};
    trust_sha256_parts(hidden, 2, &choice);

    uint8_t number[HASH_INT64_BYTES];
    hash_int64(poll, number);
    struct span parts[] = {
        span_of_string("stimmwerk/ballot/1"),
        span_of(number, sizeof number),
        span_of(lock->bytes, sizeof lock->bytes),
        span_of(choice.bytes, sizeof choice.bytes),
    };
    trust_sha256_parts(parts, sizeof parts / sizeof *parts, ret_proof);
}

void trust_commitment(const struct hash *seed, int64_t poll, struct hash *ret_commitment)
{
    uint8_t number[HASH_INT64_BYTES];
    hash_int64(poll, number);
    struct span parts[] = {
        span_of_string("stimmwerk/seed/1"),
        span_of(seed->bytes, sizeof seed->bytes),
        span_of(number, sizeof number),
    };
    trust_sha256_parts(parts, sizeof parts / sizeof *parts, ret_commitment);
}

struct drawn {
    struct hash value;
    uint16_t index;
};

static int compare_drawn(const void *a, const void *b)
{
    const struct drawn *left = a;
    const struct drawn *right = b;
    int order = memcmp(left->value.bytes, right->value.bytes, sizeof left->value.bytes);
    if (order != 0) {
        return order;
    }
    return left->index < right->index ? -1 : left->index > right->index;
}

void trust_lot(
    const struct hash *seed, int64_t poll, const int64_t *options, size_t count,
    uint16_t *ret_order)
{
    assert(count <= OPTIONS_MAX);
    struct drawn drawn[OPTIONS_MAX];
    struct hash_mac mac;
    hash_mac_init(&mac, seed);
    for (size_t i = 0; i < count; i++) {
        uint8_t numbers[2 * HASH_INT64_BYTES];
        hash_int64(poll, numbers);
        hash_int64(options[i], numbers + HASH_INT64_BYTES);
        struct span part = span_of(numbers, sizeof numbers);
        hash_mac_parts(&mac, &part, 1, &drawn[i].value);
        drawn[i].index = (uint16_t)i;
    }
    hash_mac_fini(&mac);
    qsort(drawn, count, sizeof *drawn, compare_drawn);
    for (size_t i = 0; i < count; i++) {
        ret_order[i] = drawn[i].index;
    }
}
