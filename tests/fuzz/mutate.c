#define _GNU_SOURCE /* memmem */
/* Mutates what has a grammar so that much of it still reads: whole lines, or, where there
 * is but one, what stands between commas, are left out, doubled, moved and taken from
 * another input; numbers become others of the same text, and true becomes false. One time
 * in two libFuzzer does what it does to bytes. */
#include "fuzz.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define PIECES_MAX   4096
#define NUMBER_BYTES 20

struct random {
    uint64_t state;
};

/* splitmix64, Steele et al. 2014. */
static size_t below(struct random *random, size_t count)
{
    random->state += 0x9e3779b97f4a7c15u;
    uint64_t z = random->state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return count > 0 ? (size_t)((z ^ (z >> 31)) % count) : 0;
}

struct text {
    uint8_t *data;
    size_t bytes;
    size_t room;
};

/* What stands at `at` makes way for `by`; false: there is no room. */
static bool
replace(struct text *text, size_t at, size_t bytes, const void *by, size_t by_bytes)
{
    if (text->bytes - bytes + by_bytes > text->room) {
        return false;
    }
    memmove(
        text->data + at + by_bytes, text->data + at + bytes, text->bytes - at - bytes);
    if (by_bytes > 0) {
        memcpy(text->data + at, by, by_bytes);
    }
    text->bytes = text->bytes - bytes + by_bytes;
    return true;
}

/* ---- pieces ---- */

struct pieces {
    size_t starts[PIECES_MAX + 1]; /* of each, and the end of the last */
    size_t count;
};

static void cut(struct pieces *pieces, const uint8_t *data, size_t bytes)
{
    const uint8_t *line = bytes > 0 ? memchr(data, '\n', bytes) : NULL;
    bool lines = line != NULL && line + 1 < data + bytes;
    pieces->count = 0;
    pieces->starts[0] = 0;
    for (size_t i = 0; i < bytes && pieces->count < PIECES_MAX; i++) {
        if (data[i] == (lines ? '\n' : ',') || i + 1 == bytes) {
            pieces->starts[++pieces->count] = i + 1;
        }
    }
}

static size_t bytes_of(const struct pieces *pieces, size_t i)
{
    return pieces->starts[i + 1] - pieces->starts[i];
}

/* One piece of `other` comes in somewhere. */
static void
take(struct text *text, const uint8_t *other, size_t bytes, struct random *random)
{
    static struct pieces ours;
    static struct pieces theirs;
    cut(&ours, text->data, text->bytes);
    cut(&theirs, other, bytes);
    if (theirs.count > 0) {
        size_t which = below(random, theirs.count);
        size_t at = ours.starts[below(random, ours.count + 1)];
        (void)replace(
            text, at, 0, other + theirs.starts[which], bytes_of(&theirs, which));
    }
}

static void leave_out(struct text *text, struct random *random)
{
    static struct pieces pieces;
    cut(&pieces, text->data, text->bytes);
    if (pieces.count > 1) {
        size_t which = below(random, pieces.count);
        (void)replace(text, pieces.starts[which], bytes_of(&pieces, which), NULL, 0);
    }
}

/* The end of a text, from some piece on, is left out. */
static void cut_off(struct text *text, struct random *random)
{
    static struct pieces pieces;
    cut(&pieces, text->data, text->bytes);
    if (pieces.count > 1) {
        text->bytes = pieces.starts[1 + below(random, pieces.count - 1)];
    }
}

static void repeat(struct text *text, struct random *random)
{
    static uint8_t copy[1 << 20];
    size_t bytes = text->bytes < sizeof copy ? text->bytes : sizeof copy;
    memcpy(copy, text->data, bytes);
    take(text, copy, bytes, random);
}

/* ---- words ---- */

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool begins_number(const struct text *text, size_t at)
{
    return is_digit(text->data[at]) && (at == 0 || !is_digit(text->data[at - 1]));
}

static size_t number_bytes(const struct text *text, size_t at)
{
    size_t bytes = 0;
    while (at + bytes < text->bytes && bytes < NUMBER_BYTES &&
           is_digit(text->data[at + bytes])) {
        bytes++;
    }
    return bytes;
}

/* The next number from a random place on, round the end; 0 bytes: there is none. */
static size_t
find_number(const struct text *text, struct random *random, size_t *ret_bytes)
{
    size_t at = below(random, text->bytes);
    for (size_t left = text->bytes; left > 0 && !begins_number(text, at); left--) {
        at = (at + 1) % text->bytes;
    }
    *ret_bytes = begins_number(text, at) ? number_bytes(text, at) : 0;
    return at;
}

static void renumber(struct text *text, struct random *random)
{
    static const char *const edges[] = {
        "0", "1", "2", "255", "65535", "4294967295", "2147483647", "9007199254740991"};
    char number[NUMBER_BYTES + 1];
    size_t bytes = 0;
    size_t other_bytes = 0;
    size_t at = find_number(text, random, &bytes);
    size_t other = find_number(text, random, &other_bytes);
    size_t die = below(random, 10);
    if (die < 4) {
        snprintf(number, sizeof number, "%zu", below(random, 12));
    } else if (die < 8) {
        snprintf(number, sizeof number, "%.*s", (int)other_bytes, text->data + other);
    } else {
        snprintf(
            number, sizeof number, "%s",
            edges[below(random, sizeof edges / sizeof *edges)]);
    }
    if (bytes > 0) {
        (void)replace(text, at, bytes, number, strlen(number));
    }
}

static void turn_round(struct text *text, struct random *random)
{
    static const char *const words[] = {"true", "false", "true"};
    size_t from = below(random, 2);
    size_t start = below(random, text->bytes);
    const uint8_t *found =
        memmem(text->data + start, text->bytes - start, words[from], strlen(words[from]));
    if (found != NULL) {
        (void)replace(
            text, (size_t)(found - text->data), strlen(words[from]), words[from + 1],
            strlen(words[from + 1]));
    }
}

/* ---- the door ---- */

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
    static void (*const kinds[])(struct text *, struct random *) = {
        leave_out, repeat, repeat, renumber, renumber, renumber, turn_round, cut_off};
    struct random random = {seed};
    struct text text = {data, size, max_size};
    if (size == 0 || below(&random, 2) == 0) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    for (size_t left = 1 + below(&random, 3); left > 0 && text.bytes > 0; left--) {
        kinds[below(&random, sizeof kinds / sizeof *kinds)](&text, &random);
    }
    return text.bytes;
}

size_t LLVMFuzzerCustomCrossOver(
    const uint8_t *data, size_t size, const uint8_t *other, size_t other_size,
    uint8_t *out, size_t max_size, unsigned int seed)
{
    struct random random = {seed};
    struct text text = {out, size < max_size ? size : max_size, max_size};
    if (text.bytes > 0) {
        memcpy(out, data, text.bytes);
    }
    for (size_t left = 1 + below(&random, 3); left > 0; left--) {
        take(&text, other, other_size, &random);
    }
    return text.bytes;
}
