/* Eight bytes a step. Each step is a bijection of the state for a given word and of the
 * word for a given state, so damage inside one word never goes unseen; more is missed
 * once in 2^64. An order of magnitude faster than a table-driven CRC. */
#include "store/checksum.h"

#include <endian.h>
#include <string.h>

#define WORD_BYTES 8

static uint64_t mix(uint64_t state, uint64_t word)
{
    state = (state ^ word) * 0x9e3779b97f4a7c15U; /* odd: invertible */
    return state ^ (state >> 32);
}

/* Little-endian on every machine: files move. */
static uint64_t word_at(const uint8_t *data, size_t bytes)
{
    uint64_t word = 0;
    memcpy(&word, data, bytes);
    return le64toh(word);
}

/* The length goes in, so that neighbouring fields can't trade bytes. */
static uint64_t mix_span(uint64_t state, struct span span)
{
    size_t at = 0;
    for (; span.bytes - at >= WORD_BYTES; at += WORD_BYTES) {
        state = mix(state, word_at(span.data + at, WORD_BYTES));
    }
    if (at < span.bytes) {
        state = mix(state, word_at(span.data + at, span.bytes - at));
    }
    return mix(state, span.bytes);
}

/* The bits, as SQL's signed number. */
static int64_t as_signed(uint64_t state)
{
    int64_t sum;
    memcpy(&sum, &state, sizeof sum);
    return sum;
}

int64_t
checksum_row(struct store_lane lane, int64_t seq, const struct uid *uid, struct span body)
{
    uint64_t state = mix(1, (uint64_t)lane.event);
    state = mix(state, (uint64_t)lane.poll);
    state = mix(state, (uint64_t)seq);
    state = mix_span(state, span_of(uid->bytes, sizeof uid->bytes));
    return as_signed(mix_span(state, body));
}

int64_t checksum_doc(const char *kind, struct span name, struct span body)
{
    uint64_t state = mix_span(2, span_of_string(kind));
    state = mix_span(state, name);
    return as_signed(mix_span(state, body));
}
