/* Instant runoff: the option with the fewest votes leaves, its ballots go on to their
 * next rank, until one has more than half of the votes that are left. For k seats: until
 * k are left. A tie for last place is settled by the most recent earlier round in which
 * the tied differed, then by lot; without a tie order the rounds end there and the search
 * says who may still win. */
#include "tally/irv.h"

#include "tally/grow.h"

#include <string.h>

struct irv {
    struct tally_result *result;
    struct irv_lists lists;
    size_t words;
    bool batch;
    bool open; /* stopped at a tie that nobody settles */
    bool lots; /* a lot was drawn */
    uint64_t *in;
    uint64_t *leaving;
    uint64_t *elected; /* at the end */
    uint64_t *at_tie;  /* who was in at the first tie */
    uint16_t *tied;
    uint16_t *sorted;
    int64_t *votes;
};

static enum tally_status irv_init(struct irv *irv, struct count *count)
{
    size_t n = count->profile->options;
    size_t words = bits_words(n);
    *irv = (struct irv){
        .result = count->result,
        .words = words,
        .batch = rule_get(count->rule, SETTING_BATCH_ELIMINATION) != 0};
    irv->in = zeroed(words, sizeof *irv->in);
    irv->leaving = zeroed(words, sizeof *irv->leaving);
    irv->elected = zeroed(words, sizeof *irv->elected);
    irv->at_tie = zeroed(words, sizeof *irv->at_tie);
    irv->tied = zeroed(n, sizeof *irv->tied);
    irv->sorted = zeroed(n, sizeof *irv->sorted);
    irv->votes = zeroed(n, sizeof *irv->votes);
    if (irv->in == NULL || irv->leaving == NULL || irv->elected == NULL ||
        irv->at_tie == NULL || irv->tied == NULL || irv->sorted == NULL ||
        irv->votes == NULL) {
        return TALLY_NO_MEMORY;
    }
    bits_fill(irv->in, n);
    return irv_lists_make(count->profile, count->rule, &irv->lists);
}

static void irv_fini(struct irv *irv)
{
    irv_lists_free(&irv->lists);
    free(irv->in);
    free(irv->leaving);
    free(irv->elected);
    free(irv->at_tie);
    free(irv->tied);
    free(irv->sorted);
    free(irv->votes);
}

/* Writes the round's table; NULL: no memory. */
static struct round *open_round(struct irv *irv)
{
    struct round *round = result_push_round(irv->result);
    if (round == NULL) {
        return NULL;
    }
    (void)irv_votes(&irv->lists, irv->in, irv->votes, &round->exhausted);
    for (size_t o = 0; o < irv->lists.options; o++) {
        if (bits_has(irv->in, o)) {
            round->votes[o] = irv->votes[o];
        }
    }
    irv->result->exhausted = round->exhausted;
    return round;
}

/* Sorts by an earlier round's votes, most first, and returns how many share the fewest.
 */
static size_t sort_by_round(const struct round *round, uint16_t *tied, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint16_t option = tied[i];
        size_t at = i;
        for (; at > 0 && round->votes[tied[at - 1]] < round->votes[option]; at--) {
            tied[at] = tied[at - 1];
        }
        tied[at] = option;
    }
    size_t lowest = 1;
    while (lowest < count &&
           round->votes[tied[count - 1 - lowest]] == round->votes[tied[count - 1]]) {
        lowest++;
    }
    return lowest;
}

/* Looks back from the current round, narrowing the tied to those lowest where they last
 * differed. They stand at the end of `tied`, *ret_count of them. */
static enum tally_status
narrow_by_rounds(struct irv *irv, size_t count, size_t *ret_start, size_t *ret_count)
{
    struct tally_result *result = irv->result;
    size_t start = 0;
    size_t left = count;
    for (size_t r = result->round_count - 1; r > 0 && left > 1; r--) {
        size_t lowest = sort_by_round(result->rounds + r - 1, irv->tied + start, left);
        start += left - lowest;
        left = lowest;
    }
    *ret_start = start;
    *ret_count = left;
    if (left == count) {
        return TALLY_OK;
    }
    return result_push_tie(
        result, irv->tied, count, result->round_count, TALLY_BY_EARLIER_ROUND);
}

/* Makes `leaving` the one of the tied who goes; nobody while the tie stays open. */
static enum tally_status settle(struct irv *irv)
{
    struct tally_result *result = irv->result;
    if (result->tie_count == 0) {
        memcpy(irv->at_tie, irv->in, irv->words * sizeof *irv->in);
    }
    size_t count = 0;
    for (size_t o = 0; o < irv->lists.options; o++) {
        if (bits_has(irv->leaving, o)) {
            irv->tied[count++] = (uint16_t)o;
        }
    }
    if (result->lot == NULL) {
        irv->open = true;
        memset(irv->leaving, 0, irv->words * sizeof *irv->leaving);
        return result_push_tie(
            result, irv->tied, count, result->round_count, TALLY_BY_NOBODY);
    }
    size_t start = 0;
    size_t left = count;
    enum tally_status status = narrow_by_rounds(irv, count, &start, &left);
    if (status == TALLY_OK && left > 1) {
        irv->lots = true;
        result_sort_by_lot(result, irv->tied + start, left);
        status = result_push_tie(
            result, irv->tied + start, left, result->round_count, TALLY_BY_LOT);
    }
    memset(irv->leaving, 0, irv->words * sizeof *irv->leaving);
    bits_add(irv->leaving, irv->tied[count - 1]);
    return status;
}

static enum tally_status choose_leaving(struct irv *irv)
{
    if (irv->batch) {
        irv_hopeless(&irv->lists, irv->in, irv->votes, irv->sorted, irv->leaving);
        if (bits_count(irv->leaving, irv->words) > 0) {
            return TALLY_OK;
        }
    }
    irv_lowest(&irv->lists, irv->in, irv->votes, irv->leaving);
    return bits_count(irv->leaving, irv->words) > 1 ? settle(irv) : TALLY_OK;
}

/* Round after round until somebody is elected or a tie stays open. */
static enum tally_status run(struct irv *irv)
{
    for (;;) {
        struct round *round = open_round(irv);
        if (round == NULL) {
            return TALLY_NO_MEMORY;
        }
        size_t n = irv->lists.options;
        if (irv_finished(&irv->lists, irv->in, irv->votes, irv->elected)) {
            return option_list_of(irv->elected, n, &round->elected);
        }
        enum tally_status status = choose_leaving(irv);
        if (status != TALLY_OK || irv->open) {
            return status;
        }
        status = option_list_of(irv->leaving, n, &round->eliminated);
        if (status != TALLY_OK) {
            return status;
        }
        bits_remove(irv->in, irv->leaving, irv->words);
    }
}

/* Moves those of `left` with the most votes to `ret_best`. */
static void
take_best(struct irv *irv, const int64_t *votes, uint64_t *left, uint64_t *ret_best)
{
    int64_t most = -1;
    for (size_t o = 0; o < irv->lists.options; o++) {
        if (bits_has(left, o) && votes[o] > most) {
            most = votes[o];
        }
    }
    memset(ret_best, 0, irv->words * sizeof *ret_best);
    for (size_t o = 0; o < irv->lists.options; o++) {
        if (bits_has(left, o) && votes[o] == most) {
            bits_add(ret_best, o);
        }
    }
    bits_remove(left, ret_best, irv->words);
}

/* Places the options of a set by their votes in a round. */
static void
place_by_votes(struct irv *irv, const struct round *round, const uint64_t *set)
{
    uint64_t left[BITS_OPTIONS_WORDS];
    uint64_t best[BITS_OPTIONS_WORDS];
    memcpy(left, set, irv->words * sizeof *left);
    while (bits_count(left, irv->words) > 0) {
        take_best(irv, round->votes, left, best);
        result_push_set(irv->result, best);
    }
}

/* Those still in first, then those who left, the last to leave first. */
static void place_all(struct irv *irv)
{
    struct tally_result *result = irv->result;
    const struct round *rounds = result->rounds;
    uint64_t rest[BITS_OPTIONS_WORDS];
    if (irv->open) {
        result_push_set(result, irv->in);
    } else {
        memcpy(rest, irv->in, irv->words * sizeof *rest);
        bits_remove(rest, irv->elected, irv->words);
        place_by_votes(irv, rounds + result->round_count - 1, irv->elected);
        place_by_votes(irv, rounds + result->round_count - 1, rest);
    }
    for (size_t r = result->round_count; r > 0; r--) {
        const struct option_list *left = &rounds[r - 1].eliminated;
        memset(rest, 0, irv->words * sizeof *rest);
        for (size_t i = 0; i < left->count; i++) {
            bits_add(rest, left->items[i]);
        }
        place_by_votes(irv, rounds + r - 1, rest);
    }
}

/* After the rounds: what the ties mean, the order, the winners. */
static enum tally_status conclude(struct irv *irv)
{
    struct tally_result *result = irv->result;
    enum tally_status status = TALLY_OK;
    uint64_t possible[BITS_OPTIONS_WORDS];
    bool searched = true;
    place_all(irv);
    if (!irv->open) {
        status = result_elect(result);
    }
    if (status != TALLY_OK || result->tie_count == 0) {
        return status;
    }
    if (!irv->open && !irv->lots) {
        result->state = TALLY_TIE_IRRELEVANT; /* the ballots alone settled all of them */
        return TALLY_OK;
    }
    status = irv_search(&irv->lists, irv->at_tie, possible, &searched);
    if (status != TALLY_OK) {
        return status;
    }
    result_judge(result, possible, searched);
    if (irv->open) {
        result_leave_open(result);
    }
    return TALLY_OK;
}

enum tally_status count_irv(struct count *count)
{
    struct irv irv;
    enum tally_status status = irv_init(&irv, count);
    if (status == TALLY_OK) {
        status = run(&irv);
    }
    if (status == TALLY_OK) {
        status = conclude(&irv);
    }
    irv_fini(&irv);
    return status;
}
