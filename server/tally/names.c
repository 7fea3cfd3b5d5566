#include "tally/names.h"

#include "tally/grow.h"
#include "tally/limits.h"

#include <string.h>

void names_fini(struct names *names)
{
    free(names->pool);
    free(names->items);
    free(names->index);
    *names = (struct names){0};
}

struct tally_text names_at(const struct names *names, size_t i)
{
    expect(i < names->count);
    return (struct tally_text){
        .data = names->pool + names->items[i].start, .bytes = names->items[i].bytes};
}

/* Multiply and fold, eight bytes at a time, finished as in SplitMix64 (Steele, Lea, Flood
 * 2014). */
static size_t hash_name(struct tally_text name)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ name.bytes;
    uint64_t word = 0;
    size_t i = 0;
    for (; i + sizeof word <= name.bytes; i += sizeof word) {
        memcpy(&word, name.data + i, sizeof word);
        hash = (hash ^ word) * UINT64_C(0xbf58476d1ce4e5b9);
        hash ^= hash >> 29;
    }
    for (word = 0; i < name.bytes; i++) {
        word = word << 8 | (unsigned char)name.data[i];
    }
    hash = (hash ^ word) * UINT64_C(0xbf58476d1ce4e5b9);
    return (size_t)(hash ^ hash >> 31);
}

static bool same(struct tally_text a, struct tally_text b)
{
    return a.bytes == b.bytes && (a.bytes == 0 || memcmp(a.data, b.data, a.bytes) == 0);
}

/* The cell of a name: its own, or the empty one where it belongs. */
static uint32_t *find_cell(const struct names *names, struct tally_text name)
{
    size_t mask = names->index_capacity - 1;
    size_t at = hash_name(name) & mask;
    while (names->index[at] != 0 && !same(names_at(names, names->index[at] - 1), name)) {
        at = (at + 1) & mask;
    }
    return names->index + at;
}

bool names_find(const struct names *names, struct tally_text name, uint16_t *ret_number)
{
    if (names->count == 0) {
        return false;
    }
    uint32_t number = *find_cell(names, name);
    if (number == 0) {
        return false;
    }
    *ret_number = (uint16_t)(number - 1);
    return true;
}

static enum tally_status pool_add(struct names *names, struct tally_text name)
{
    char *pool = grow(
        names->pool, &names->pool_capacity, names->pool_bytes + name.bytes + 1,
        sizeof *pool);
    if (pool == NULL) {
        return TALLY_NO_MEMORY;
    }
    names->pool = pool;
    struct name *items =
        grow(names->items, &names->capacity, names->count + 1, sizeof *items);
    if (items == NULL) {
        return TALLY_NO_MEMORY;
    }
    names->items = items;
    if (name.bytes > 0) {
        memcpy(pool + names->pool_bytes, name.data, name.bytes);
    }
    items[names->count++] =
        (struct name){.start = names->pool_bytes, .bytes = name.bytes};
    names->pool_bytes += name.bytes;
    return TALLY_OK;
}

/* The index is as large as it will ever need to be from the start. */
static enum tally_status index_make(struct names *names)
{
    size_t capacity = 1;
    while (capacity < 2 * ((size_t)TALLY_OPTIONS_MAX + 1)) {
        capacity *= 2;
    }
    names->index = calloc(capacity, sizeof *names->index);
    names->index_capacity = capacity;
    return names->index != NULL ? TALLY_OK : TALLY_NO_MEMORY;
}

enum tally_status names_add(struct names *names, struct tally_text name)
{
    if (names->count >= TALLY_OPTIONS_MAX || name.bytes > FILE_NAME_BYTES_MAX) {
        return TALLY_TOO_MANY;
    }
    enum tally_status status = names->index == NULL ? index_make(names) : TALLY_OK;
    if (status != TALLY_OK) {
        return status;
    }
    status = pool_add(names, name);
    if (status != TALLY_OK) {
        return status;
    }
    uint32_t *cell = find_cell(names, name);
    if (*cell == 0) {
        *cell = (uint32_t)names->count;
    }
    return TALLY_OK;
}
