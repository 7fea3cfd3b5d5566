#include "base/map.h"

#include <stdlib.h>

enum cell_state { CELL_FREE, CELL_FULL, CELL_GONE };

struct map_cell {
    struct uid key;
    uint32_t value;
    enum cell_state state;
};

static uint64_t rotate(uint64_t x, unsigned bits)
{
    return (x << bits) | (x >> (64 - bits));
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

static uint64_t hash_key(const struct map *map, const struct uid *key)
{
    uint64_t v[4] = {
        map->seed[0] ^ 0x736f6d6570736575u, map->seed[1] ^ 0x646f72616e646f6du,
        map->seed[0] ^ 0x6c7967656e657261u, map->seed[1] ^ 0x7465646279746573u};
    for (size_t i = 0; i < UID_BYTES; i += 8) {
        uint64_t word;
        memcpy(&word, key->bytes + i, 8);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    uint64_t last = (uint64_t)UID_BYTES << 56;
    v[3] ^= last;
    sip_round(v);
    v[0] ^= last;
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++) {
        sip_round(v);
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

void map_init(struct map *map, const uint64_t seed[2])
{
    *map = (struct map){.seed = {seed[0], seed[1]}};
}

void map_fini(struct map *map)
{
    free(map->cells);
    *map = (struct map){.seed = {map->seed[0], map->seed[1]}};
}

/* The key's cell, or the first one it may take. There is always a free cell. */
static struct map_cell *find_cell(const struct map *map, const struct uid *key)
{
    size_t mask = map->capacity - 1;
    struct map_cell *gone = NULL;
    for (size_t i = (size_t)hash_key(map, key) & mask;; i = (i + 1) & mask) {
        struct map_cell *cell = &map->cells[i];
        if (cell->state == CELL_FREE) {
            return gone != NULL ? gone : cell;
        }
        if (cell->state == CELL_GONE) {
            gone = gone != NULL ? gone : cell;
        } else if (uid_equal(&cell->key, key)) {
            return cell;
        }
    }
}

static enum err rehash(struct map *map, size_t capacity)
{
    struct map_cell *cells = calloc(capacity, sizeof *cells);
    if (cells == NULL) {
        return ERR_NOMEM;
    }
    struct map old = *map;
    map->cells = cells;
    map->capacity = capacity;
    map->used = map->count;
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.cells[i].state == CELL_FULL) {
            *find_cell(map, &old.cells[i].key) = old.cells[i];
        }
    }
    free(old.cells);
    return ERR_OK;
}

enum err map_put(struct map *map, const struct uid *key, uint32_t value)
{
    if (map->used + 1 > map->capacity / 4 * 3) {
        size_t capacity = map->capacity != 0 ? map->capacity : 16;
        while (map->count + 1 > capacity / 2) {
            capacity *= 2;
        }
        enum err err = rehash(map, capacity);
        if (err != ERR_OK) {
            return err;
        }
    }
    struct map_cell *cell = find_cell(map, key);
    if (cell->state != CELL_FULL) {
        map->used += cell->state == CELL_FREE ? 1 : 0;
        map->count++;
    }
    *cell = (struct map_cell){.key = *key, .value = value, .state = CELL_FULL};
    return ERR_OK;
}

bool map_get(const struct map *map, const struct uid *key, uint32_t *ret_value)
{
    if (map->count == 0) {
        return false;
    }
    const struct map_cell *cell = find_cell(map, key);
    if (cell->state != CELL_FULL) {
        return false;
    }
    if (ret_value != NULL) {
        *ret_value = cell->value;
    }
    return true;
}

void map_drop(struct map *map, const struct uid *key)
{
    if (map->count == 0) {
        return;
    }
    struct map_cell *cell = find_cell(map, key);
    if (cell->state == CELL_FULL) {
        cell->state = CELL_GONE;
        map->count--;
    }
}
