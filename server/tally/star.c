/* STAR, score then automatic runoff (Equal Vote Coalition): of the two options with the
 * highest totals the one wins that more ballots score higher. An equal runoff goes to the
 * higher total. For several seats, Bloc STAR: the winner leaves, and again. */
#include "tally/grow.h"
#include "tally/matrix.h"
#include "tally/score.h"
#include "tally/ways.h"

#include <string.h>

struct star {
    struct tally_result *result;
    const int64_t *totals;
    int64_t *pairs;
    uint64_t in[BITS_OPTIONS_WORDS];
    uint16_t *steps;
    size_t step_count;
    size_t looks;
    bool open;
    bool lots;
};

/* Those of `left` with the highest total. */
static void highest(const struct star *star, const uint64_t *left, uint64_t *ret_set)
{
    size_t bytes = bits_words(star->result->options) * sizeof *ret_set;
    int64_t most = -1;
    memset(ret_set, 0, bytes);
    for (size_t o = 0; o < star->result->options; o++) {
        if (!bits_has(left, o) || star->totals[o] < most) {
            continue;
        }
        if (star->totals[o] > most) {
            most = star->totals[o];
            memset(ret_set, 0, bytes);
        }
        bits_add(ret_set, o);
    }
}

/* Of those in, who may be in the runoff: `ret_first` are sure to be, and of `ret_second`
 * as many as there is room for. Returns how many that is. */
static size_t
find_finalists(const struct star *star, uint64_t *ret_first, uint64_t *ret_second)
{
    size_t words = bits_words(star->result->options);
    size_t room = 2;
    uint64_t left[BITS_OPTIONS_WORDS];
    memcpy(left, star->in, words * sizeof *left);
    memset(ret_first, 0, words * sizeof *ret_first);
    highest(star, left, ret_second);
    while (room > 0 && bits_count(ret_second, words) <= room) {
        if (bits_count(ret_second, words) == 0) {
            return 0; /* one alone is left */
        }
        room -= bits_count(ret_second, words);
        bits_join(ret_first, ret_second, words);
        bits_remove(left, ret_second, words);
        highest(star, left, ret_second);
    }
    if (room == 0) {
        memset(ret_second, 0, words * sizeof *ret_second);
    }
    return room;
}

/* Above 0: a wins the runoff, below 0: b; 0: nothing tells them apart. */
static int64_t runoff(const struct star *star, size_t a, size_t b)
{
    size_t n = star->result->options;
    int64_t lead = star->pairs[a * n + b] - star->pairs[b * n + a];
    return lead != 0 ? lead : star->totals[a] - star->totals[b];
}

/* ---- for the search: the counts are told apart by who is in ---- */

static void reset(void *count)
{
    struct star *star = count;
    memset(star->in, 0, sizeof star->in);
    bits_fill(star->in, star->result->options);
    star->step_count = 0;
}

/* Adds who may win the runoff of two. */
static void add_winners(const struct star *star, size_t a, size_t b, uint64_t *set)
{
    int64_t lead = runoff(star, a, b);
    if (lead >= 0) {
        bits_add(set, a);
    }
    if (lead <= 0) {
        bits_add(set, b);
    }
}

/* Adds who may win a runoff with `a`, who may be in it with those of `others`. */
static void
add_runoffs(const struct star *star, size_t a, const uint64_t *others, uint64_t *set)
{
    for (size_t b = 0; b < star->result->options; b++) {
        if (b != a && bits_has(others, b)) {
            add_winners(star, a, b, set);
        }
    }
}

/* Whoever wins a runoff that lots may lead to. */
static enum tally_status next(void *count, uint64_t *ret_tied)
{
    struct star *star = count;
    size_t n = star->result->options;
    uint64_t first[BITS_OPTIONS_WORDS];
    uint64_t second[BITS_OPTIONS_WORDS];
    size_t room = find_finalists(star, first, second);
    const uint64_t *one = room == 2 ? second : first;
    const uint64_t *other = room == 0 ? first : second;
    memset(ret_tied, 0, bits_words(n) * sizeof *ret_tied);
    star->looks += n;
    for (size_t a = 0; a < n; a++) {
        if (bits_has(one, a)) {
            add_runoffs(star, a, other, ret_tied);
            star->looks += n;
        }
    }
    if (bits_count(star->in, bits_words(n)) == 1) {
        bits_join(ret_tied, star->in, bits_words(n));
    }
    return TALLY_OK;
}

static enum tally_status elect(void *count, uint16_t option)
{
    struct star *star = count;
    bits_drop(star->in, option);
    star->steps[star->step_count++] = option;
    return TALLY_OK;
}

static const struct steps_kind star_steps = {
    .reset = reset, .next = next, .elect = elect};

/* ---- the count ---- */

static size_t list(const uint64_t *set, size_t options, uint16_t *ret_options)
{
    size_t count = 0;
    for (size_t o = 0; o < options; o++) {
        if (bits_has(set, o)) {
            ret_options[count++] = (uint16_t)o;
        }
    }
    return count;
}

/* Sorts the tied by the tie order if there is one; else the tie stays open. */
static enum tally_status settle(struct star *star, uint16_t *tied, size_t count)
{
    struct tally_result *result = star->result;
    enum tally_settled settled = TALLY_BY_NOBODY;
    if (result->lot != NULL) {
        settled = TALLY_BY_LOT;
        result_sort_by_lot(result, tied, count);
    }
    star->lots = true;
    star->open = result->lot == NULL;
    return result_push_tie(result, tied, count, star->step_count + 1, settled);
}

/* The two with the highest totals, or the one who is left; *ret_count 0: a tie is open.
 */
static enum tally_status
choose_finalists(struct star *star, uint16_t *ret_two, size_t *ret_count)
{
    size_t n = star->result->options;
    uint64_t first[BITS_OPTIONS_WORDS];
    uint64_t second[BITS_OPTIONS_WORDS];
    uint16_t tied[TALLY_OPTIONS_MAX];
    size_t room = find_finalists(star, first, second);
    enum tally_status status = TALLY_OK;
    *ret_count = list(first, n, ret_two);
    if (room > 0) {
        status = settle(star, tied, list(second, n, tied));
        memcpy(ret_two + *ret_count, tied, room * sizeof *tied);
        *ret_count = star->open ? 0 : 2;
    }
    return status;
}

/* The winner first; a duel that ballots leave equal is a tie. */
static enum tally_status hold_runoff(struct star *star, uint16_t *two)
{
    size_t n = star->result->options;
    int64_t lead = runoff(star, two[0], two[1]);
    uint16_t winner = lead >= 0 ? two[0] : two[1];
    two[1] = lead >= 0 ? two[1] : two[0];
    two[0] = winner;
    int64_t won = star->pairs[two[0] * n + two[1]];
    int64_t lost = star->pairs[two[1] * n + two[0]];
    enum tally_status status = TALLY_OK;
    if (lead == 0) {
        status = settle(star, two, 2);
    } else if (won == lost) {
        status = result_push_tie(
            star->result, two, 2, star->step_count + 1, TALLY_BY_HIGHER_TOTAL);
    }
    struct tally_duel duel = {
        .winner = two[0],
        .loser = two[1],
        .votes_for = won,
        .votes_against = lost,
        .fate = star->open ? TALLY_OPEN : TALLY_RUNOFF};
    return status == TALLY_OK ? result_push_duel(star->result, duel) : status;
}

/* Seat by seat until all are filled or a tie stays open. */
static enum tally_status run(struct star *star)
{
    reset(star);
    while (star->step_count < star->result->seats) {
        uint16_t two[2] = {0, 0};
        size_t finalists = 0;
        enum tally_status status = choose_finalists(star, two, &finalists);
        if (status == TALLY_OK && finalists == 2) {
            status = hold_runoff(star, two);
        }
        if (status != TALLY_OK || star->open) {
            return status;
        }
        (void)elect(star, two[0]);
    }
    return TALLY_OK;
}

static enum tally_status conclude(struct star *star, const struct count *count)
{
    uint16_t elected[TALLY_OPTIONS_MAX];
    uint16_t class_of[TALLY_OPTIONS_MAX];
    for (size_t o = 0; o < star->result->options; o++) {
        class_of[o] = (uint16_t)o;
    }
    memcpy(elected, star->steps, star->step_count * sizeof *elected);
    struct ways ways = {
        .kind = &star_steps, .count = star, .class_of = class_of, .looks = &star->looks};
    struct ways_end end = {
        .elected = elected,
        .count = star->step_count,
        .open = star->open,
        .lots = star->lots,
        .search = rule_get(count->rule, SETTING_SEARCH) == SEARCH_BOUNDED};
    return ways_conclude(star->result, &ways, &end);
}

enum tally_status count_star(struct count *count)
{
    struct star star = {.result = count->result};
    int64_t *totals = score_start(count, 1);
    star.steps = zeroed(count->rule->seats, sizeof *star.steps);
    enum tally_status status = TALLY_NO_MEMORY;
    if (totals != NULL && star.steps != NULL) {
        score_totals(count->profile, totals);
        star.totals = totals;
        status = matrix_build(count->profile, &star.pairs);
    }
    if (status == TALLY_OK) {
        status = run(&star);
    }
    if (status == TALLY_OK) {
        status = conclude(&star, count);
    }
    free(star.pairs);
    free(star.steps);
    return status;
}
