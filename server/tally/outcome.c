/* From scores or relations to groups, and from groups to winners. */
#include "tally/grow.h"
#include "tally/result.h"
#include "tally/winning_sets.h"

#include <string.h>

void result_push_place(struct tally_result *result, const uint16_t *options, size_t count)
{
    size_t start = result->place_start[result->place_count];
    expect(count > 0 && start + count <= result->options);
    memcpy(result->order + start, options, count * sizeof *options);
    result->place_start[++result->place_count] = start + count;
}

void result_push_set(struct tally_result *result, const uint64_t *set)
{
    size_t start = result->place_start[result->place_count];
    size_t end = start;
    for (size_t o = 0; o < result->options; o++) {
        if (bits_has(set, o)) {
            expect(end < result->options);
            result->order[end++] = (uint16_t)o;
        }
    }
    if (end > start) {
        result->place_start[++result->place_count] = end;
    }
}

struct scored {
    int64_t score;
    uint16_t option;
};

static int by_score(const void *a, const void *b)
{
    const struct scored *x = a;
    const struct scored *y = b;
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    return x->option < y->option ? -1 : 1;
}

enum tally_status
result_place_by(struct tally_result *result, const int64_t *scores, bool lowest_first)
{
    size_t n = result->options;
    struct scored *sorted = zeroed(n, sizeof *sorted);
    uint16_t *group = zeroed(n, sizeof *group);
    if (sorted == NULL || group == NULL) {
        free(sorted);
        free(group);
        return TALLY_NO_MEMORY;
    }
    for (size_t o = 0; o < n; o++) {
        int64_t score = lowest_first ? -scores[o] : scores[o];
        sorted[o] = (struct scored){.score = score, .option = (uint16_t)o};
    }
    qsort(sorted, n, sizeof *sorted, by_score);
    for (size_t i = 0, count = 0; i < n; i++) {
        group[count++] = sorted[i].option;
        if (i + 1 == n || sorted[i + 1].score != sorted[i].score) {
            result_push_place(result, group, count);
            count = 0;
        }
    }
    free(sorted);
    free(group);
    return TALLY_OK;
}

/* Those of `left` that no other of `left` beats. */
static void
sources(size_t options, const uint64_t *beats, const uint64_t *left, uint64_t *ret_set)
{
    size_t words = bits_words(options);
    memcpy(ret_set, left, words * sizeof *ret_set);
    for (size_t o = 0; o < options; o++) {
        if (bits_has(left, o)) {
            bits_remove(ret_set, beats + o * words, words);
        }
    }
}

enum tally_status result_place_levels(struct tally_result *result, const uint64_t *beats)
{
    size_t words = bits_words(result->options);
    uint64_t *sets = zeroed(2 * words, sizeof *sets);
    if (sets == NULL) {
        return TALLY_NO_MEMORY;
    }
    uint64_t *left = sets;
    uint64_t *level = sets + words;
    bits_fill(left, result->options);
    while (bits_count(left, words) > 0) {
        sources(result->options, beats, left, level);
        expect(bits_count(level, words) > 0);
        result_push_set(result, level);
        bits_remove(left, level, words);
    }
    free(sets);
    return TALLY_OK;
}

static void list_copy(struct option_list *list, const uint16_t *options, size_t count)
{
    memcpy(list->items, options, count * sizeof *options);
    list->count = count;
}

static int by_number(const void *a, const void *b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

void result_regroup(struct tally_result *result, const size_t *ends, size_t count)
{
    expect(count > 0 && ends[count - 1] == result->options);
    for (size_t i = 0; i < count; i++) {
        size_t start = result->place_start[i];
        qsort(result->order + start, ends[i] - start, sizeof *result->order, by_number);
        result->place_start[i + 1] = ends[i];
    }
    result->place_count = count;
}

/* Makes two groups of group `place`: its first `count` options and the rest. */
static void split_place(struct tally_result *result, size_t place, size_t count)
{
    size_t *start = result->place_start;
    size_t rest = start[place + 1] - start[place] - count;
    memmove(
        start + place + 2, start + place + 1,
        (result->place_count - place) * sizeof *start);
    start[place + 1] = start[place] + count;
    result->place_count++;
    qsort(result->order + start[place], count, sizeof *result->order, by_number);
    qsort(result->order + start[place + 1], rest, sizeof *result->order, by_number);
}

/* Whom order[0 … start] may win with: any of the `count` tied ones behind them. */
static enum tally_status add_sets(struct tally_result *result, size_t start, size_t count)
{
    uint16_t class_of[TALLY_OPTIONS_MAX];
    uint16_t need[TALLY_OPTIONS_MAX] = {0};
    const uint16_t *tied = result->order + start;
    for (size_t o = 0; o < result->options; o++) {
        class_of[o] = (uint16_t)o;
    }
    for (size_t i = 0; i < start; i++) {
        need[result->order[i]] = 1;
    }
    for (size_t i = 0; i < count; i++) {
        class_of[tied[i]] = tied[0];
    }
    need[tied[0]] = (uint16_t)(result->seats - start);
    return winning_sets_add(result, class_of, need);
}

/* Group `place` is too large for the seats that are left. */
static enum tally_status elect_tied(struct tally_result *result, size_t place)
{
    size_t start = result->place_start[place];
    size_t count = result->place_start[place + 1] - start;
    enum tally_settled settled = TALLY_BY_NOBODY;
    size_t elected = start + count;
    enum tally_status status = add_sets(result, start, count);
    if (status != TALLY_OK) {
        return status;
    }
    result->state = TALLY_TIE_DECISIVE;
    if (result->lot != NULL) {
        settled = TALLY_BY_LOT;
        elected = result->seats;
        result_sort_by_lot(result, result->order + start, count);
    }
    status = result_push_tie(result, result->order + start, count, 0, settled);
    if (status != TALLY_OK) {
        return status;
    }
    list_copy(&result->possible, result->order, start + count);
    if (settled == TALLY_BY_LOT) {
        split_place(result, place, elected - start);
    }
    list_copy(&result->winners, result->order, elected);
    return TALLY_OK;
}

enum tally_status result_elect(struct tally_result *result)
{
    expect(result->place_start[result->place_count] == result->options);
    enum tally_status status = TALLY_OK;
    size_t place = 0;
    while (place < result->place_count &&
           result->place_start[place + 1] <= result->seats) {
        place++;
    }
    if (result->place_start[place] == result->seats) {
        list_copy(&result->winners, result->order, result->seats);
        list_copy(&result->possible, result->order, result->seats);
    } else {
        status = elect_tied(result, place);
    }
    qsort(
        result->possible.items, result->possible.count, sizeof *result->possible.items,
        by_number);
    return status;
}

void result_judge(struct tally_result *result, const uint64_t *possible, bool searched)
{
    winning_sets_clear(result);
    result->possible.count = 0;
    for (size_t o = 0; o < result->options; o++) {
        if (bits_has(possible, o)) {
            result->possible.items[result->possible.count++] = (uint16_t)o;
        }
    }
    if (!searched) {
        result->state = TALLY_NOT_SETTLED;
    } else if (result->possible.count > result->seats) {
        result->state = TALLY_TIE_DECISIVE;
    } else {
        result->state = TALLY_TIE_IRRELEVANT;
    }
}

/* Appends those of a group that are, or are not, in the set; returns the new end. */
static size_t append_part(
    struct tally_result *result, size_t end, const uint16_t *group, size_t count,
    const uint64_t *set, bool members)
{
    for (size_t i = 0; i < count; i++) {
        if (bits_has(set, group[i]) == members) {
            result->order[end++] = group[i];
        }
    }
    return end;
}

/* Group for group, the members of `set` before the others. */
static void split_places(struct tally_result *result, const uint64_t *set)
{
    uint16_t order[TALLY_OPTIONS_MAX];
    size_t ends[TALLY_OPTIONS_MAX];
    size_t count = 0;
    size_t end = 0;
    memcpy(order, result->order, result->options * sizeof *order);
    for (size_t place = 0; place < result->place_count; place++) {
        const uint16_t *group = order + result->place_start[place];
        size_t size = result->place_start[place + 1] - result->place_start[place];
        size_t before = end;
        end = append_part(result, end, group, size, set, true);
        if (end > before && end < before + size) {
            ends[count++] = end;
        }
        end = append_part(result, end, group, size, set, false);
        ends[count++] = end;
    }
    result_regroup(result, ends, count);
}

void result_leave_open(struct tally_result *result)
{
    uint64_t possible[BITS_OPTIONS_WORDS] = {0};
    for (size_t i = 0; i < result->possible.count; i++) {
        bits_add(possible, result->possible.items[i]);
    }
    split_places(result, possible);
    result->winners.count = 0;
    for (size_t i = 0; i < result->options; i++) {
        if (bits_has(possible, result->order[i])) {
            result->winners.items[result->winners.count++] = result->order[i];
        }
    }
}

bool result_same_winners(
    const struct tally_result *result, const struct tally_result *other)
{
    uint64_t winners[BITS_OPTIONS_WORDS] = {0};
    for (size_t i = 0; i < result->winners.count; i++) {
        bits_add(winners, result->winners.items[i]);
    }
    bool same = result->winners.count == other->winners.count;
    for (size_t i = 0; i < other->winners.count; i++) {
        same = same && bits_has(winners, other->winners.items[i]);
    }
    return same;
}
