/* Would other lots elect others? The count again and again: each run follows the ways
 * chosen so far and goes the first way at every tie it meets then. A tie met before in
 * the same state ends the run. How many runs there are does not depend on how options are
 * numbered, nor on the order of ballots. */
#include "tally/stv.h"

#include "tally/grow.h"
#include "tally/limits.h"

#include <string.h>

static enum tally_status push_point(struct stv_path *path, const struct stv_tie *tie)
{
    struct stv_point *points =
        grow(path->points, &path->point_capacity, path->point_count + 1, sizeof *points);
    if (points == NULL) {
        return TALLY_NO_MEMORY;
    }
    path->points = points;
    uint16_t *tied = grow(
        path->tied, &path->tied_capacity, path->tied_count + tie->left, sizeof *tied);
    if (tied == NULL) {
        return TALLY_NO_MEMORY;
    }
    path->tied = tied;
    const uint16_t *from = tie->options + (tie->leaving ? tie->count - tie->left : 0);
    memcpy(tied + path->tied_count, from, tie->left * sizeof *tied);
    points[path->point_count++] =
        (struct stv_point){.start = path->tied_count, .count = tie->left};
    path->tied_count += tie->left;
    return TALLY_OK;
}

enum tally_status path_choose(
    struct stv_path *path, const struct stv_tie *tie, const struct stv_state *state,
    uint16_t *ret_option, bool *ret_stop)
{
    if (path->depth == path->point_count) {
        bool is_new = false;
        enum tally_status status = seen_add(&path->seen, state->words, &is_new);
        if (status == TALLY_OK && is_new) {
            status = push_point(path, tie);
        }
        if (status != TALLY_OK || !is_new) {
            *ret_stop = true;
            return status;
        }
    }
    const struct stv_point *point = path->points + path->depth++;
    *ret_option = path->tied[point->start + point->at];
    return TALLY_OK;
}

/* The next way at the last tie that has one; false: all have been gone. */
static bool next_way(struct stv_path *path)
{
    path->depth = 0;
    while (path->point_count > 0) {
        struct stv_point *last = path->points + path->point_count - 1;
        if (++last->at < last->count) {
            return true;
        }
        path->tied_count = last->start;
        path->point_count--;
    }
    return false;
}

/* ---- winning sets ---- */

/* C(count, pick), or INT64_MAX if it is larger. */
static int64_t combinations(size_t count, size_t pick)
{
    int64_t total = 1;
    for (size_t i = 1; i <= pick; i++) {
        int64_t factor = (int64_t)(count - pick + i);
        if (total > INT64_MAX / factor) {
            return INT64_MAX;
        }
        total = total * factor / (int64_t)i;
    }
    return total;
}

/* The next combination of `pick` of `count` in lexicographic order; false: the last. */
static bool next_combination(size_t *chosen, size_t pick, size_t count)
{
    size_t i = pick;
    while (i > 0 && chosen[i - 1] == count - pick + i - 1) {
        i--;
    }
    if (i == 0) {
        return false;
    }
    chosen[i - 1]++;
    for (; i < pick; i++) {
        chosen[i] = chosen[i - 1] + 1;
    }
    return true;
}

/* Keeps base + chosen members of the pool. */
static enum tally_status keep_set(
    struct stv_path *path, const uint64_t *base, const uint16_t *pool,
    const size_t *chosen, size_t pick)
{
    uint64_t set[BITS_OPTIONS_WORDS] = {0};
    bool is_new = false;
    memcpy(set, base, path->winners.words * sizeof *set);
    for (size_t i = 0; i < pick; i++) {
        bits_add(set, pool[chosen[i]]);
    }
    return seen_add(&path->winners, set, &is_new);
}

enum tally_status path_end(
    struct stv_path *path, const uint64_t *base, const uint64_t *pool, size_t pick,
    size_t options)
{
    uint16_t members[TALLY_OPTIONS_MAX];
    size_t chosen[TALLY_OPTIONS_MAX];
    size_t count = 0;
    for (size_t o = 0; o < options; o++) {
        if (bits_has(pool, o)) {
            chosen[count] = count;
            members[count++] = (uint16_t)o;
        }
    }
    enum tally_status status = TALLY_OK;
    bool more = true;
    path->ends++;
    path->set_total = combinations(count, pick);
    bits_join(path->possible, base, path->winners.words);
    bits_join(path->possible, pool, path->winners.words);
    while (status == TALLY_OK && more) {
        if (path->winners.count >= STV_SETS_MAX) {
            path->overfull = true;
            return TALLY_OK;
        }
        status = keep_set(path, base, members, chosen, pick);
        more = next_combination(chosen, pick, count);
    }
    return status;
}

/* ---- the runs ---- */

static void path_init(struct stv_path *path, size_t words)
{
    *path = (struct stv_path){0};
    seen_init(&path->seen, 2);
    seen_init(&path->winners, words);
}

static void path_fini(struct stv_path *path)
{
    free(path->points);
    free(path->tied);
    seen_fini(&path->seen);
    seen_fini(&path->winners);
}

/* *ret_searched becomes true if every way has been gone: not beyond the bounds, nor where
 * numbers leave theirs. */
static enum tally_status
search(const struct stv_engine *engine, struct stv_path *path, bool *ret_searched)
{
    size_t runs_max = STV_LOOKS_MAX / (engine->cost + 1);
    runs_max = runs_max < STV_RUNS_MAX ? runs_max : STV_RUNS_MAX;
    struct stv_race *race = engine->race;
    for (size_t run = 0; run < runs_max; run++) {
        enum tally_status status = engine->run(engine->self);
        if (status == TALLY_OK && !race->stopped) {
            const uint64_t none[BITS_OPTIONS_WORDS] = {0};
            status = path_end(path, race->elected, none, 0, race->options);
        }
        if (status != TALLY_OK) {
            return status == TALLY_OVERFLOW ? TALLY_OK : status;
        }
        if (!next_way(path)) {
            *ret_searched = true;
            return TALLY_OK;
        }
    }
    return TALLY_OK;
}

/* ---- what was found ---- */

struct winning_set {
    uint64_t words[BITS_OPTIONS_WORDS];
};

/* Sets of one size: the one with the least option that is in one of them only. */
static int by_members(const void *a, const void *b)
{
    const struct winning_set *x = a;
    const struct winning_set *y = b;
    for (size_t w = 0; w < BITS_OPTIONS_WORDS; w++) {
        uint64_t differ = x->words[w] ^ y->words[w];
        if (differ != 0) {
            return (x->words[w] & differ & (~differ + 1)) != 0 ? -1 : 1;
        }
    }
    return 0;
}

/* Writes a set's members; returns how many. */
static size_t list_members(const uint64_t *set, size_t options, uint16_t *ret_items)
{
    size_t count = 0;
    for (size_t o = 0; o < options; o++) {
        if (bits_has(set, o)) {
            ret_items[count++] = (uint16_t)o;
        }
    }
    return count;
}

/* Where one set alone can win, or it is not known how many can, there is nothing to tell.
 */
static enum tally_status
write_sets(struct tally_result *result, const struct stv_path *path)
{
    size_t found = path->winners.count;
    size_t words = path->winners.words;
    if (found < 2 || (path->overfull && path->ends > 1)) {
        return TALLY_OK;
    }
    enum tally_status status = TALLY_NO_MEMORY;
    size_t kept = found < TALLY_SETS_MAX ? found : TALLY_SETS_MAX;
    struct winning_set *sets = zeroed(found, sizeof *sets);
    result->sets = zeroed(kept * result->seats, sizeof *result->sets);
    if (sets == NULL || result->sets == NULL) {
        goto done;
    }
    for (size_t i = 0; i < found; i++) {
        memcpy(sets[i].words, path->winners.sets + i * words, words * sizeof(uint64_t));
    }
    qsort(sets, found, sizeof *sets, by_members);
    for (size_t i = 0, end = 0; i < kept; i++) {
        end += list_members(sets[i].words, result->options, result->sets + end);
    }
    result->set_count = kept;
    result->set_total = path->overfull ? path->set_total : (int64_t)found;
    status = TALLY_OK;
done:
    free(sets);
    return status;
}

enum tally_status stv_search(struct stv_engine *engine)
{
    struct stv_race *race = engine->race;
    struct stv_path path;
    bool searched = false;
    path_init(&path, race->words);
    race->path = &path;
    enum tally_status status = search(engine, &path, &searched);
    race->path = NULL;
    if (status == TALLY_OK) {
        result_judge(race->result, searched ? path.possible : race->at_lot, searched);
    }
    if (status == TALLY_OK && searched) {
        status = write_sets(race->result, &path);
    }
    path_fini(&path);
    return status;
}
