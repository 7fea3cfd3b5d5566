/* Who is in, who is elected, and how a tie between them is settled. */
#include "tally/stv.h"

#include "tally/grow.h"

#include <string.h>

void race_start(struct stv_race *race)
{
    size_t bytes = sizeof race->in;
    memset(race->in, 0, bytes);
    memset(race->elected, 0, bytes);
    bits_fill(race->in, race->options);
    race->in_count = race->options;
    race->elected_count = 0;
    race->stopped = false;
}

static struct round *last_round(const struct stv_race *race)
{
    return race->result->rounds + race->result->round_count - 1;
}

enum tally_status
race_elect(struct stv_race *race, const uint64_t *set, const uint64_t *reached)
{
    uint64_t last[BITS_OPTIONS_WORDS];
    size_t count = bits_count(set, race->words);
    bits_remove(race->in, set, race->words);
    bits_join(race->elected, set, race->words);
    race->in_count -= count;
    race->elected_count += count;
    if (race->path != NULL) {
        return TALLY_OK;
    }
    struct round *round = last_round(race);
    memcpy(last, set, race->words * sizeof *last);
    bits_remove(last, reached, race->words);
    round->reason = bits_count(last, race->words) > 0 ? TALLY_LAST_SEATS : TALLY_QUOTA;
    enum tally_status status = option_list_of(set, race->options, &round->elected);
    return status == TALLY_OK ? option_list_of(last, race->options, &round->last)
                              : status;
}

enum tally_status
race_leave(struct stv_race *race, const uint64_t *set, enum tally_reason reason)
{
    bits_remove(race->in, set, race->words);
    race->in_count -= bits_count(set, race->words);
    if (race->path != NULL) {
        return TALLY_OK;
    }
    last_round(race)->reason = reason;
    return option_list_of(set, race->options, &last_round(race)->eliminated);
}

struct round *race_open_round(struct stv_race *race, const uint64_t *sources)
{
    struct round *round = result_push_round(race->result);
    if (round == NULL ||
        option_list_of(sources, race->options, &round->sources) != TALLY_OK) {
        return NULL;
    }
    return round;
}

struct stv_state race_state(const struct stv_race *race)
{
    struct stv_state state = {.words = {1, 2}};
    for (size_t w = 0; w < race->words; w++) {
        state_mix(&state, race->in[w]);
        state_mix(&state, race->elected[w]);
    }
    return state;
}

/* Those whom earlier rounds can't tell apart. */
static uint16_t *undecided(struct stv_tie *tie)
{
    return tie->options + (tie->leaving ? tie->count - tie->left : 0);
}

static int by_number(const void *a, const void *b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

static enum tally_status draw(struct stv_race *race, struct stv_tie *tie)
{
    struct tally_result *result = race->result;
    uint16_t *options = undecided(tie);
    if (!race->lots) {
        memcpy(race->at_lot, race->in, sizeof race->at_lot);
        bits_join(race->at_lot, race->elected, race->words);
    }
    race->lots = true;
    race->stopped = result->lot == NULL;
    if (race->stopped) {
        qsort(options, tie->left, sizeof *options, by_number);
    } else {
        result_sort_by_lot(result, options, tie->left);
    }
    return result_push_tie(
        result, options, tie->left, result->round_count,
        race->stopped ? TALLY_BY_NOBODY : TALLY_BY_LOT);
}

static enum tally_status settle_for_good(struct stv_race *race, struct stv_tie *tie)
{
    enum tally_status status = TALLY_OK;
    if (tie->left < tie->count) {
        status = result_push_tie(
            race->result, tie->options, tie->count, race->result->round_count,
            TALLY_BY_EARLIER_ROUND);
    }
    return status == TALLY_OK && tie->left > 1 ? draw(race, tie) : status;
}

/* Nobody has votes and there are not enough others: any of the idle may be elected, and
 * the others who are in will be. */
static enum tally_status end_among_idle(struct stv_race *race, const struct stv_tie *tie)
{
    uint64_t base[BITS_OPTIONS_WORDS] = {0};
    uint64_t pool[BITS_OPTIONS_WORDS] = {0};
    size_t others = race->in_count - tie->count;
    memcpy(base, race->elected, race->words * sizeof *base);
    bits_join(base, race->in, race->words);
    for (size_t i = 0; i < tie->count; i++) {
        bits_add(pool, tie->options[i]);
    }
    bits_remove(base, pool, race->words);
    race->stopped = true;
    return path_end(
        race->path, base, pool, race_seats_left(race) - others, race->options);
}

static enum tally_status search_on(
    struct stv_race *race, struct stv_tie *tie, const struct stv_state *state,
    uint16_t *ret_option)
{
    *ret_option = undecided(tie)[0];
    if (tie->left == 1) {
        return TALLY_OK;
    }
    if (!tie->idle) {
        return path_choose(race->path, tie, state, ret_option, &race->stopped);
    }
    return race->in_count - tie->count >= race_seats_left(race)
               ? TALLY_OK
               : end_among_idle(race, tie);
}

enum tally_status race_settle(
    struct stv_race *race, struct stv_tie *tie, const struct stv_state *state,
    uint16_t *ret_option)
{
    if (race->path != NULL) {
        return search_on(race, tie, state, ret_option);
    }
    enum tally_status status = settle_for_good(race, tie);
    *ret_option = tie->leaving ? tie->options[tie->count - 1] : tie->options[0];
    return status;
}
