/* The public view of a result. */
#include "tally/result.h"

#include "tally/grow.h"

const char *tally_status_code(enum tally_status status)
{
    static const char *const codes[] = {
        [TALLY_OK] = "ok",
        [TALLY_NO_MEMORY] = "no-memory",
        [TALLY_BAD_BALLOT] = "bad-ballot",
        [TALLY_UNKNOWN_METHOD] = "unknown-method",
        [TALLY_BAD_RULE] = "bad-rule",
        [TALLY_TOO_MANY] = "too-many",
        [TALLY_OVERFLOW] = "overflow",
        [TALLY_BAD_FILE] = "bad-file",
    };
    return codes[status];
}

const char *tally_state_code(enum tally_state state)
{
    static const char *const codes[] = {
        [TALLY_DECIDED] = "decided",
        [TALLY_TIE_IRRELEVANT] = "tie-irrelevant",
        [TALLY_TIE_DECISIVE] = "tie-decisive",
        [TALLY_NOT_SETTLED] = "not-settled",
    };
    return codes[state];
}

const char *tally_settled_code(enum tally_settled settled)
{
    static const char *const codes[] = {
        [TALLY_BY_EARLIER_ROUND] = "earlier-round",
        [TALLY_BY_LOSING_VOTES] = "losing-votes",
        [TALLY_BY_LOT] = "lot",
        [TALLY_BY_NOBODY] = "open",
    };
    return codes[settled];
}

static size_t lend(const struct option_list *list, const uint16_t **ret_options)
{
    *ret_options = list->items;
    return list->count;
}

enum tally_state tally_result_state(const struct tally_result *result)
{
    return result->state;
}

const struct tally_method *tally_result_method(const struct tally_result *result)
{
    return result->method;
}

size_t tally_result_options(const struct tally_result *result)
{
    return result->options;
}

size_t tally_result_seats(const struct tally_result *result)
{
    return result->seats;
}

int64_t tally_result_ballots(const struct tally_result *result)
{
    return result->ballots;
}

int64_t tally_result_blank(const struct tally_result *result)
{
    return result->blank;
}

int64_t tally_result_exhausted(const struct tally_result *result)
{
    return result->exhausted;
}

size_t
tally_result_winners(const struct tally_result *result, const uint16_t **ret_options)
{
    return lend(&result->winners, ret_options);
}

size_t
tally_result_possible(const struct tally_result *result, const uint16_t **ret_options)
{
    return lend(&result->possible, ret_options);
}

size_t tally_result_places(const struct tally_result *result)
{
    return result->place_count;
}

size_t tally_result_place(
    const struct tally_result *result, size_t place, const uint16_t **ret_options)
{
    expect(place < result->place_count);
    *ret_options = result->order + result->place_start[place];
    return result->place_start[place + 1] - result->place_start[place];
}

size_t
tally_result_tie_order(const struct tally_result *result, const uint16_t **ret_options)
{
    *ret_options = result->lot;
    return result->lot != NULL ? result->options : 0;
}

bool tally_result_scored(const struct tally_result *result)
{
    return result->scores != NULL;
}

struct tally_number tally_result_score(const struct tally_result *result, size_t option)
{
    expect(result->scores != NULL && option < result->options);
    return (struct tally_number){
        .value = result->scores[option], .unit = result->score_unit};
}

static const struct round *round_at(const struct tally_result *result, size_t round)
{
    expect(round < result->round_count);
    return result->rounds + round;
}

size_t tally_result_rounds(const struct tally_result *result)
{
    return result->round_count;
}

bool tally_round_has(const struct tally_result *result, size_t round, size_t option)
{
    expect(option < result->options);
    return round_at(result, round)->votes[option] >= 0;
}

struct tally_number
tally_round_votes(const struct tally_result *result, size_t round, size_t option)
{
    expect(tally_round_has(result, round, option));
    return (struct tally_number){
        .value = result->rounds[round].votes[option], .unit = result->round_unit};
}

struct tally_number tally_round_exhausted(const struct tally_result *result, size_t round)
{
    return (struct tally_number){
        .value = round_at(result, round)->exhausted, .unit = result->round_unit};
}

size_t tally_round_eliminated(
    const struct tally_result *result, size_t round, const uint16_t **ret_options)
{
    return lend(&round_at(result, round)->eliminated, ret_options);
}

size_t tally_round_elected(
    const struct tally_result *result, size_t round, const uint16_t **ret_options)
{
    return lend(&round_at(result, round)->elected, ret_options);
}

bool tally_result_paired(const struct tally_result *result)
{
    return result->pairs != NULL;
}

int64_t tally_result_pair(const struct tally_result *result, size_t a, size_t b)
{
    expect(result->pairs != NULL && a < result->options && b < result->options);
    return result_pair(result, a, b);
}

size_t tally_result_duels(const struct tally_result *result)
{
    return result->duel_count;
}

struct tally_duel tally_result_duel(const struct tally_result *result, size_t i)
{
    expect(i < result->duel_count);
    return result->duels[i];
}

static const struct tie *tie_at(const struct tally_result *result, size_t i)
{
    expect(i < result->tie_count);
    return result->ties + i;
}

size_t tally_result_ties(const struct tally_result *result)
{
    return result->tie_count;
}

size_t tally_tie_options(
    const struct tally_result *result, size_t i, const uint16_t **ret_options)
{
    return lend(&tie_at(result, i)->options, ret_options);
}

size_t tally_tie_round(const struct tally_result *result, size_t i)
{
    return tie_at(result, i)->round;
}

enum tally_settled tally_tie_settled(const struct tally_result *result, size_t i)
{
    return tie_at(result, i)->settled;
}
