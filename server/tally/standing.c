#include "tally/standing.h"

#include "tally/grow.h"

#include <string.h>

enum tally_status
standing_init(const struct count *count, bool points, struct standing *ret_standing)
{
    size_t n = count->profile->options;
    struct standing *standing = ret_standing;
    *standing = (struct standing){
        .options = n,
        .words = bits_words(n),
        .seats = count->rule->seats,
        .pairs = count->result->pairs,
        .ballots = count->result->ballots};
    enum tally_status status = TALLY_OK;
    standing->sorted = zeroed(n, sizeof *standing->sorted);
    if (standing->sorted == NULL) {
        return TALLY_NO_MEMORY;
    }
    if (points) {
        standing->points = zeroed(n, sizeof *standing->points);
        standing->votes = standing->points;
        status = standing->points != NULL ? TALLY_OK : TALLY_NO_MEMORY;
    } else {
        status = piles_init(count->profile, count->rule, &standing->piles);
        standing->votes = standing->piles.votes;
    }
    if (status == TALLY_OK) {
        uint64_t all[BITS_OPTIONS_WORDS] = {0};
        bits_fill(all, n);
        standing_reset(standing, all);
    }
    return status;
}

void standing_fini(struct standing *standing)
{
    piles_fini(&standing->piles);
    free(standing->points);
    free(standing->sorted);
}

/* What `option` gets from its duel with `other`, in halves: 2 for each ballot that has it
 * above, 1 for each that has it neither above nor below. */
static int64_t duel_points(const struct standing *standing, size_t option, size_t other)
{
    size_t n = standing->options;
    return standing->ballots + standing->pairs[option * n + other] -
           standing->pairs[other * n + option];
}

static int64_t points_of(const struct standing *standing, size_t option)
{
    int64_t points = 0;
    for (size_t o = 0; o < standing->options; o++) {
        if (o != option && bits_has(standing->in, o)) {
            points += duel_points(standing, option, o);
        }
    }
    return points;
}

static void add_points(struct standing *standing)
{
    for (size_t o = 0; o < standing->options; o++) {
        standing->points[o] = bits_has(standing->in, o) ? points_of(standing, o) : 0;
    }
    standing->looks += standing->options * standing->options;
}

static void take_points(struct standing *standing, size_t gone)
{
    for (size_t o = 0; o < standing->options; o++) {
        if (bits_has(standing->in, o)) {
            standing->points[o] -= duel_points(standing, o, gone);
        }
    }
    standing->points[gone] = 0;
    standing->looks += standing->options;
}

/* Keeps what the piles say at hand. */
static void read_piles(struct standing *standing)
{
    standing->exhausted = standing->piles.exhausted;
    standing->looks = standing->piles.looks;
}

void standing_reset(struct standing *standing, const uint64_t *in)
{
    memcpy(standing->in, in, standing->words * sizeof *in);
    standing->left = bits_count(in, standing->words);
    if (standing->points != NULL) {
        add_points(standing);
        return;
    }
    piles_deal(&standing->piles, standing->in);
    read_piles(standing);
}

void standing_leave(struct standing *standing, const uint64_t *set)
{
    bits_remove(standing->in, set, standing->words);
    standing->left -= bits_count(set, standing->words);
    for (size_t o = 0; o < standing->options; o++) {
        if (!bits_has(set, o)) {
            continue;
        }
        if (standing->points != NULL) {
            take_points(standing, o);
        } else {
            piles_move(&standing->piles, o, standing->in);
        }
    }
    if (standing->points == NULL) {
        read_piles(standing);
    }
}

static bool beats_somebody(const struct standing *standing, size_t option)
{
    for (size_t o = 0; o < standing->options; o++) {
        if (bits_has(standing->in, o) && standing_beats(standing, option, o)) {
            return true;
        }
    }
    return false;
}

bool standing_all_drawn(const struct standing *standing)
{
    for (size_t o = 0; o < standing->options; o++) {
        if (bits_has(standing->in, o) && beats_somebody(standing, o)) {
            return false;
        }
    }
    return true;
}

size_t standing_unbeaten(const struct standing *standing, const uint64_t *among)
{
    size_t best = standing->options;
    for (size_t o = 0; o < standing->options; o++) {
        if (bits_has(among, o) &&
            (best == standing->options || !standing_beats(standing, best, o))) {
            best = o; /* whoever stood here before is beaten or drawn */
        }
    }
    for (size_t o = 0; o < standing->options; o++) {
        if (bits_has(among, o) && o != best && !standing_beats(standing, best, o)) {
            return standing->options;
        }
    }
    return best;
}

int64_t standing_total(const struct standing *standing)
{
    int64_t total = 0;
    for (size_t o = 0; o < standing->options; o++) {
        total += standing->votes[o];
    }
    return total;
}

void standing_lowest(
    const struct standing *standing, const uint64_t *among, uint64_t *ret_set)
{
    int64_t fewest = INT64_MAX;
    uint64_t lowest[BITS_OPTIONS_WORDS] = {0};
    for (size_t o = 0; o < standing->options; o++) {
        if (!bits_has(among, o) || standing->votes[o] > fewest) {
            continue;
        }
        if (standing->votes[o] < fewest) {
            fewest = standing->votes[o];
            memset(lowest, 0, standing->words * sizeof *lowest);
        }
        bits_add(lowest, o);
    }
    memcpy(ret_set, lowest, standing->words * sizeof *lowest);
}

/* Insertion sort: options are few, or nearly sorted. */
size_t standing_sort(struct standing *standing)
{
    const int64_t *votes = standing->votes;
    uint16_t *sorted = standing->sorted;
    size_t count = 0;
    for (size_t o = 0; o < standing->options; o++) {
        if (!bits_has(standing->in, o)) {
            continue;
        }
        size_t at = count++;
        for (; at > 0 && votes[sorted[at - 1]] > votes[o]; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = (uint16_t)o;
    }
    return count;
}
