/* Proportional approval voting (Thiele 1895): the committee that gives the ballots most
 * points, 1 + 1/2 + … + 1/h for h elected options that a ballot approves. NP-hard: all
 * committees are tried but those that can't be best. What one more option adds falls as
 * others are elected, so the points so far and the largest that the options add now are a
 * bound for all committees that go on from here. Options on the same ballots are one
 * class; committees are told by how many they take of each. */
#include "tally/approvals.h"
#include "tally/bits.h"
#include "tally/grow.h"
#include "tally/harmonic.h"
#include "tally/limits.h"
#include "tally/method.h"
#include "tally/winning_sets.h"

#include <string.h>

/* Points in units of 1 / lcm(1 … longest ballot). */
__extension__ typedef __int128 points;

struct pav {
    struct tally_result *result;
    struct approvals ballots;
    size_t seats;
    size_t looks;
    points *unit;      /* what a ballot's h-th option adds */
    uint16_t *held;    /* of each ballot: elected options */
    points *gain;      /* of each class: what one more of it adds now */
    uint16_t *classes; /* those with most support first */
    size_t class_count;
    uint16_t *spare;  /* of each class: members not in the committee */
    uint16_t *need;   /* of each class: members in it; of others 0 */
    uint16_t *chosen; /* index into `classes`, never falling */
    size_t count;     /* of those */
    points total;     /* of the committee so far */
    points *largest;  /* for the bound: seats */
    points best;
    uint64_t possible[BITS_OPTIONS_WORDS]; /* in some of the best */
    uint64_t certain[BITS_OPTIONS_WORDS];  /* in all of them */
    uint16_t *favoured; /* by the tie order: places in it, ascending; seats */
    uint16_t *places;   /* room for the same */
};

/* ---- what is prepared ---- */

/* lcm(1 … count) as points; false: all points together might leave 127 bits. */
static bool find_units(struct pav *pav, size_t count)
{
    struct big unit;
    points all = 0;
    for (size_t h = 0; h < count; h++) {
        harmonic_unit(count, h + 1, &unit);
        if (unit.used > 2) { /* lcm(1 … 88) has 123 bits, lcm(1 … 89) has 130 */
            return false;
        }
        points high = unit.used > 1 ? (points)unit.limbs[1] << 64 : 0;
        pav->unit[h] = high + (points)unit.limbs[0];
        points sum = 0;
        if (__builtin_mul_overflow(pav->unit[h], (points)pav->ballots.voters, &sum) ||
            __builtin_add_overflow(all, sum, &all)) {
            return false;
        }
    }
    pav->unit[count] = 0;
    return true;
}

/* Classes in the order of their support, which is neutral; equals by number. */
static void find_classes(struct pav *pav)
{
    const struct approvals *ballots = &pav->ballots;
    for (size_t o = 0; o < ballots->options; o++) {
        size_t class = ballots->class_of[o];
        pav->spare[class]++;
        pav->gain[o] = pav->unit[0] * ballots->support[o];
        if (class != o) {
            continue;
        }
        size_t at = pav->class_count++;
        for (; at > 0 && ballots->support[pav->classes[at - 1]] < ballots->support[class];
             at--) {
            pav->classes[at] = pav->classes[at - 1];
        }
        pav->classes[at] = (uint16_t) class;
    }
}

static enum tally_status pav_init(struct pav *pav, struct count *count)
{
    *pav = (struct pav){.result = count->result, .seats = count->rule->seats, .best = -1};
    enum tally_status status = approvals_make(count->profile, &pav->ballots);
    if (status != TALLY_OK) {
        return status;
    }
    size_t n = pav->ballots.options;
    size_t longest = harmonic_count(&pav->ballots, pav->seats);
    pav->unit = zeroed(longest + 1, sizeof *pav->unit);
    pav->held = zeroed(pav->ballots.count, sizeof *pav->held);
    pav->gain = zeroed(n, sizeof *pav->gain);
    pav->classes = zeroed(n, sizeof *pav->classes);
    pav->spare = zeroed(n, sizeof *pav->spare);
    pav->need = zeroed(n, sizeof *pav->need);
    pav->chosen = zeroed(pav->seats, sizeof *pav->chosen);
    pav->largest = zeroed(pav->seats, sizeof *pav->largest);
    pav->favoured = zeroed(pav->seats, sizeof *pav->favoured);
    pav->places = zeroed(pav->seats, sizeof *pav->places);
    if (pav->unit == NULL || pav->held == NULL || pav->gain == NULL ||
        pav->classes == NULL || pav->spare == NULL || pav->need == NULL ||
        pav->chosen == NULL || pav->largest == NULL || pav->favoured == NULL ||
        pav->places == NULL) {
        return TALLY_NO_MEMORY;
    }
    if (!find_units(pav, longest)) {
        return TALLY_OVERFLOW;
    }
    find_classes(pav);
    return TALLY_OK;
}

static void pav_fini(struct pav *pav)
{
    approvals_free(&pav->ballots);
    free(pav->unit);
    free(pav->held);
    free(pav->gain);
    free(pav->classes);
    free(pav->spare);
    free(pav->need);
    free(pav->chosen);
    free(pav->largest);
    free(pav->favoured);
    free(pav->places);
}

/* ---- a committee, option by option ---- */

/* One ballot has one more elected option, or one less. */
static void shift_ballot(struct pav *pav, uint32_t ballot, bool more)
{
    const struct approvals *ballots = &pav->ballots;
    size_t held = more ? pav->held[ballot]++ : --pav->held[ballot];
    points change = pav->unit[held + 1] - pav->unit[held];
    points shift = (more ? change : -change) * ballots->weight[ballot];
    for (size_t m = ballots->start[ballot]; m < ballots->start[ballot + 1]; m++) {
        pav->gain[ballots->items[m]] += shift;
    }
    pav->looks += ballots->start[ballot + 1] - ballots->start[ballot];
}

static void shift(struct pav *pav, size_t class, bool more)
{
    const struct approvals *ballots = &pav->ballots;
    pav->looks++;
    for (size_t i = ballots->first[class]; i < ballots->first[class + 1]; i++) {
        shift_ballot(pav, ballots->backers[i], more);
    }
}

static void take(struct pav *pav, size_t at)
{
    size_t class = pav->classes[at];
    pav->total += pav->gain[class];
    shift(pav, class, true);
    pav->spare[class]--;
    pav->need[class]++;
    pav->chosen[pav->count++] = (uint16_t)at;
}

/* Returns the index of the class that was taken last. */
static size_t give_back(struct pav *pav)
{
    size_t at = pav->chosen[--pav->count];
    size_t class = pav->classes[at];
    shift(pav, class, false);
    pav->total -= pav->gain[class];
    pav->spare[class]++;
    pav->need[class]--;
    return at;
}

/* ---- the best of all ---- */

/* Puts a gain among the `places` largest; false: they are all as large already. */
static bool note_gain(struct pav *pav, points gain, size_t places, size_t *filled)
{
    size_t at = *filled;
    if (at == places && pav->largest[--at] >= gain) {
        return false;
    }
    *filled = at + 1;
    for (; at > 0 && pav->largest[at - 1] < gain; at--) {
        pav->largest[at] = pav->largest[at - 1];
    }
    pav->largest[at] = gain;
    return true;
}

/* The most that can be reached from here with classes from `from` on: the largest gains,
 * each as often as the class has members left. −1: there are not enough. */
static points bound(struct pav *pav, size_t from)
{
    size_t places = pav->seats - pav->count;
    size_t filled = 0;
    pav->looks += pav->class_count - from;
    for (size_t i = from; i < pav->class_count; i++) {
        size_t class = pav->classes[i];
        size_t spare = pav->spare[class];
        while (spare > 0 && note_gain(pav, pav->gain[class], places, &filled)) {
            spare--;
        }
    }
    points sum = pav->total;
    for (size_t i = 0; i < places; i++) {
        sum += pav->largest[i];
    }
    return filled < places ? -1 : sum;
}

/* The favoured members of each class, and then: is that committee more favoured than the
 * one before? It is if it has the first option in the tie order that one alone has. */
static void favour(struct pav *pav)
{
    const struct tally_result *result = pav->result;
    uint16_t left[TALLY_OPTIONS_MAX];
    size_t count = 0;
    memcpy(left, pav->need, result->options * sizeof *left);
    for (size_t place = 0; place < result->options; place++) {
        uint16_t *need = &left[pav->ballots.class_of[result->lot[place]]];
        if (*need > 0) {
            (*need)--;
            pav->places[count++] = (uint16_t)place;
        }
    }
    size_t differ = 0;
    while (differ < count && pav->places[differ] == pav->favoured[differ]) {
        differ++;
    }
    if (result->set_total == 0 ||
        (differ < count && pav->places[differ] < pav->favoured[differ])) {
        memcpy(pav->favoured, pav->places, count * sizeof *pav->places);
    }
}

/* The committee that `need` tells is at least as good as all before. */
static enum tally_status record(struct pav *pav, points total)
{
    const uint16_t *class_of = pav->ballots.class_of;
    size_t n = pav->ballots.options;
    uint64_t some[BITS_OPTIONS_WORDS] = {0};
    uint64_t all[BITS_OPTIONS_WORDS] = {0};
    if (total > pav->best || pav->result->set_total == 0) {
        pav->best = total;
        winning_sets_clear(pav->result);
        memset(pav->possible, 0, sizeof pav->possible);
        memset(pav->certain, 0xff, sizeof pav->certain);
    }
    for (size_t o = 0; o < n; o++) {
        if (pav->need[class_of[o]] > 0) {
            bits_add(some, o);
        }
        if (pav->need[class_of[o]] > 0 && pav->spare[class_of[o]] == 0) {
            bits_add(all, o);
        }
    }
    for (size_t w = 0; w < bits_words(n); w++) {
        pav->possible[w] |= some[w];
        pav->certain[w] &= all[w];
    }
    if (pav->result->lot != NULL) {
        favour(pav);
    }
    pav->looks += n + TALLY_SETS_MAX;
    return winning_sets_add(pav->result, class_of, pav->need);
}

/* The last seat: nothing has to be shifted to know what it adds. */
static enum tally_status try_last(struct pav *pav, size_t from)
{
    enum tally_status status = TALLY_OK;
    pav->looks += pav->class_count - from;
    for (size_t at = from; at < pav->class_count && status == TALLY_OK; at++) {
        size_t class = pav->classes[at];
        if (pav->spare[class] > 0 && pav->total + pav->gain[class] >= pav->best) {
            pav->spare[class]--;
            pav->need[class]++;
            status = record(pav, pav->total + pav->gain[class]);
            pav->spare[class]++;
            pav->need[class]--;
        }
    }
    return status;
}

/* The class that adds most. */
static size_t most_gain(const struct pav *pav)
{
    size_t most = 0;
    points gain = -1;
    for (size_t at = 0; at < pav->class_count; at++) {
        size_t class = pav->classes[at];
        if (pav->spare[class] > 0 && pav->gain[class] > gain) {
            gain = pav->gain[class];
            most = at;
        }
    }
    return most;
}

/* A first committee, option by option: how good it is bounds the search. */
static void begin(struct pav *pav)
{
    while (pav->count < pav->seats) {
        take(pav, most_gain(pav));
    }
    pav->best = pav->total;
    while (pav->count > 0) {
        (void)give_back(pav);
    }
}

/* Committees in the order of their classes; `at` is the class that is tried next. */
static enum tally_status search(struct pav *pav)
{
    enum tally_status status = TALLY_OK;
    size_t at = 0;
    while (status == TALLY_OK) {
        bool last = pav->count + 1 == pav->seats;
        if (pav->looks > PAV_LOOKS_MAX) {
            return TALLY_TOO_MANY;
        }
        if (last) {
            status = try_last(pav, at);
        } else if (bound(pav, at) >= pav->best) {
            at += pav->spare[pav->classes[at]] == 0 ? 1 : 0;
            take(pav, at);
            continue;
        }
        if (pav->count == 0) {
            return status;
        }
        at = give_back(pav) + 1;
    }
    return status;
}

/* ---- the outcome ---- */

static void push_parts(struct pav *pav)
{
    struct tally_result *result = pav->result;
    size_t words = bits_words(result->options);
    uint64_t part[BITS_OPTIONS_WORDS];
    if (result->lot != NULL) {
        memset(pav->certain, 0, sizeof pav->certain);
        for (size_t i = 0; i < pav->seats; i++) {
            bits_add(pav->certain, result->lot[pav->favoured[i]]);
        }
        memcpy(pav->possible, pav->certain, sizeof pav->possible);
    }
    result_push_set(result, pav->certain);
    memcpy(part, pav->possible, sizeof part);
    bits_remove(part, pav->certain, words);
    result_push_set(result, part);
    result->winners.count = result->place_start[result->place_count];
    memcpy(
        result->winners.items, result->order,
        result->winners.count * sizeof *result->order);
    memset(part, 0, sizeof part);
    bits_fill(part, result->options);
    bits_remove(part, pav->possible, words);
    result_push_set(result, part);
}

static void set_possible(struct pav *pav)
{
    struct option_list *possible = &pav->result->possible;
    for (size_t o = 0; o < pav->result->options; o++) {
        if (bits_has(pav->possible, o)) {
            possible->items[possible->count++] = (uint16_t)o;
        }
    }
}

/* Several committees are the best: those whom they do not share are tied. */
static enum tally_status push_tie(struct pav *pav)
{
    struct tally_result *result = pav->result;
    uint16_t tied[TALLY_OPTIONS_MAX];
    size_t count = 0;
    for (size_t o = 0; o < result->options; o++) {
        if (bits_has(pav->possible, o) && !bits_has(pav->certain, o)) {
            tied[count++] = (uint16_t)o;
        }
    }
    result->state = TALLY_TIE_DECISIVE;
    if (result->lot != NULL) {
        result_sort_by_lot(result, tied, count);
    }
    return result_push_tie(
        result, tied, count, 0, result->lot != NULL ? TALLY_BY_LOT : TALLY_BY_NOBODY);
}

enum tally_status count_pav(struct count *count)
{
    struct pav pav;
    enum tally_status status = pav_init(&pav, count);
    if (status == TALLY_OK) {
        begin(&pav);
        status = search(&pav);
    }
    if (status == TALLY_OK) {
        set_possible(&pav);
        if (count->result->set_total > 1) {
            status = push_tie(&pav);
        } else {
            winning_sets_clear(count->result);
        }
        push_parts(&pav);
    }
    pav_fini(&pav);
    return status;
}
