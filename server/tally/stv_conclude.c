/* From the rounds of a proportional count to its order and its outcome. */
#include "tally/stv.h"

#include <string.h>

static void
set_of(const struct option_list *list, size_t words, uint64_t ret_set[BITS_OPTIONS_WORDS])
{
    memset(ret_set, 0, words * sizeof *ret_set);
    for (size_t i = 0; i < list->count; i++) {
        bits_add(ret_set, list->items[i]);
    }
}

/* Moves those of `left` with the most votes in a round to `ret_best`. */
static void take_best(
    const struct stv_race *race, const struct round *round, uint64_t *left,
    uint64_t *ret_best)
{
    int64_t most = -1;
    memset(ret_best, 0, race->words * sizeof *ret_best);
    for (size_t o = 0; o < race->options; o++) {
        if (!bits_has(left, o) || round->votes[o] < most) {
            continue;
        }
        if (round->votes[o] > most) {
            most = round->votes[o];
            memset(ret_best, 0, race->words * sizeof *ret_best);
        }
        bits_add(ret_best, o);
    }
    bits_remove(left, ret_best, race->words);
}

static void
place_by_votes(struct stv_race *race, const struct round *round, const uint64_t *set)
{
    uint64_t left[BITS_OPTIONS_WORDS];
    uint64_t best[BITS_OPTIONS_WORDS];
    memcpy(left, set, race->words * sizeof *left);
    while (bits_count(left, race->words) > 0) {
        take_best(race, round, left, best);
        result_push_set(race->result, best);
    }
}

/* The elected, the first to be elected first; those who are still in; those who left, the
 * last to leave first. Of the same round, by votes. */
static void place_all(struct stv_race *race)
{
    struct tally_result *result = race->result;
    uint64_t set[BITS_OPTIONS_WORDS];
    for (size_t r = 0; r < result->round_count; r++) {
        set_of(&result->rounds[r].elected, race->words, set);
        place_by_votes(race, result->rounds + r, set);
    }
    if (race->stopped) {
        result_push_set(result, race->in);
    } else {
        place_by_votes(race, result->rounds + result->round_count - 1, race->in);
    }
    for (size_t r = result->round_count; r > 0; r--) {
        set_of(&result->rounds[r - 1].eliminated, race->words, set);
        place_by_votes(race, result->rounds + r - 1, set);
    }
}

enum tally_status stv_conclude(struct stv_engine *engine, const struct tally_rule *rule)
{
    struct stv_race *race = engine->race;
    struct tally_result *result = race->result;
    bool open = race->stopped;
    enum tally_status status = TALLY_OK;
    result->exhausted = result->rounds[result->round_count - 1].exhausted;
    place_all(race);
    if (!open) {
        status = result_elect(result);
    }
    if (status != TALLY_OK || result->tie_count == 0) {
        return status;
    }
    if (!race->lots) {
        result->state = TALLY_TIE_IRRELEVANT; /* the ballots alone settled all of them */
        return TALLY_OK;
    }
    if (rule_get(rule, SETTING_SEARCH) == SEARCH_NONE) {
        result_judge(result, race->at_lot, false);
    } else {
        status = stv_search(engine);
    }
    if (status == TALLY_OK && open) {
        result_leave_open(result);
    }
    return status;
}
