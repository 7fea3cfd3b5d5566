/* Kemeny's method (Mathematics without numbers, 1959): the order of all options that
 * agrees with the most pairwise preferences, counted over all ballots; Young and
 * Levenglick (1978) characterise it. There may be several such orders. The groups of the
 * result are where all of them agree; who is in the first places of one of them may win.
 * With a tie order, of the optimal orders the one counts that has the favoured option
 * first, of those the one with the favoured option second, and so on. */
#include "tally/kemeny.h"

#include "tally/grow.h"

#include <string.h>

static void add_members(kemeny_set set, uint64_t *bits)
{
    for (kemeny_set left = set; left != 0; left &= left - 1) {
        bits_add(bits, (size_t)__builtin_ctz(left));
    }
}

/* A group ends wherever only one set can follow. */
static void place_groups(const struct kemeny *kemeny, struct tally_result *result)
{
    kemeny_set before = kemeny->all;
    for (size_t size = kemeny->options; size-- > 0;) {
        kemeny_set sets[1];
        if (kemeny_marked(kemeny, size, NULL) == 1) {
            uint64_t group[1] = {0};
            (void)kemeny_marked(kemeny, size, sets);
            add_members(before & ~sets[0], group);
            result_push_set(result, group);
            before = sets[0];
        }
    }
}

/* What the order that the lot favours leaves behind the seats. */
static kemeny_set favoured_rest(const struct kemeny *kemeny)
{
    const struct tally_result *result = kemeny->result;
    kemeny_set rest = kemeny->all;
    for (size_t seat = 0; seat < result->seats; seat++) {
        size_t at = 0;
        while ((rest >> result->lot[at] & 1) == 0 ||
               !kemeny_leads(kemeny, rest, result->lot[at])) {
            at++;
        }
        rest &= ~((kemeny_set)1 << result->lot[at]);
    }
    return rest;
}

/* By their members, ascending: the set with the least number that the other lacks. */
static int by_members(const void *a, const void *b)
{
    kemeny_set x = *(const kemeny_set *)a;
    kemeny_set y = *(const kemeny_set *)b;
    kemeny_set least = (x ^ y) & (~(x ^ y) + 1);
    return ((y & least) != 0) - ((x & least) != 0);
}

static enum tally_status
list_sets(struct tally_result *result, const kemeny_set *winning, size_t total)
{
    size_t listed = total < TALLY_SETS_MAX ? total : TALLY_SETS_MAX;
    result->sets = zeroed(listed * result->seats, sizeof *result->sets);
    if (result->sets == NULL) {
        return TALLY_NO_MEMORY;
    }
    result->set_total = (int64_t)total;
    result->set_count = listed;
    for (size_t i = 0, at = 0; i < listed; i++) {
        for (kemeny_set left = winning[i]; left != 0; left &= left - 1) {
            result->sets[at++] = (uint16_t)__builtin_ctz(left);
        }
    }
    return TALLY_OK;
}

/* The tie is between those who are in some winning set and not in all. */
static enum tally_status
push_tie(struct tally_result *result, kemeny_set some, kemeny_set each)
{
    uint16_t tied[KEMENY_OPTIONS_MAX];
    size_t count = 0;
    for (kemeny_set left = some & ~each; left != 0; left &= left - 1) {
        tied[count++] = (uint16_t)__builtin_ctz(left);
    }
    if (result->lot != NULL) {
        result_sort_by_lot(result, tied, count);
    }
    return result_push_tie(
        result, tied, count, 0, result->lot != NULL ? TALLY_BY_LOT : TALLY_BY_NOBODY);
}

/* Several sets can win: lists them and judges. */
static enum tally_status
tell_tie(const struct kemeny *kemeny, struct tally_result *result, size_t total)
{
    uint64_t possible[1] = {0};
    kemeny_set some = 0;
    kemeny_set each = kemeny->all;
    kemeny_set *winning = zeroed(total, sizeof *winning);
    if (winning == NULL) {
        return TALLY_NO_MEMORY;
    }
    (void)kemeny_marked(kemeny, kemeny->options - result->seats, winning);
    for (size_t i = 0; i < total; i++) {
        winning[i] = kemeny->all & ~winning[i];
        some |= winning[i];
        each &= winning[i];
    }
    qsort(winning, total, sizeof *winning, by_members);
    add_members(some, possible);
    result_judge(result, possible, true);
    enum tally_status status = list_sets(result, winning, total);
    if (status == TALLY_OK) {
        status = push_tie(result, some, each);
    }
    free(winning);
    return status;
}

static enum tally_status conclude(struct kemeny *kemeny, struct tally_result *result)
{
    size_t total = kemeny_marked(kemeny, kemeny->options - result->seats, NULL);
    enum tally_status status = TALLY_OK;
    if (total > 1) {
        status = tell_tie(kemeny, result, total);
    }
    if (status != TALLY_OK) {
        return status;
    }
    if (total > 1 && result->lot != NULL) {
        kemeny_mark_through(kemeny, favoured_rest(kemeny));
    }
    place_groups(kemeny, result);
    if (total == 1) {
        return result_elect(result);
    }
    if (result->lot == NULL) {
        result_leave_open(result);
        return TALLY_OK;
    }
    memcpy(result->winners.items, result->order, result->seats * sizeof *result->order);
    result->winners.count = result->seats;
    return TALLY_OK;
}

enum tally_status count_kemeny(struct count *count)
{
    struct kemeny kemeny;
    enum tally_status status = kemeny_init(&kemeny, count->result);
    if (status == TALLY_OK) {
        kemeny_mark(&kemeny);
        status = conclude(&kemeny, count->result);
    }
    kemeny_fini(&kemeny);
    return status;
}
