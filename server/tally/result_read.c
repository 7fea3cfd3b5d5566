/* The public view of a result: what came out. */
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
        [TALLY_UNKNOWN_SETTING] = "unknown-setting",
        [TALLY_BAD_VALUE] = "bad-value",
        [TALLY_WRONG_FORM] = "wrong-form",
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

struct tally_number tally_result_exhausted(const struct tally_result *result)
{
    return (struct tally_number){.value = result->exhausted, .unit = result->round_unit};
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

int64_t tally_result_set_total(const struct tally_result *result)
{
    return result->set_total;
}

size_t tally_result_sets(const struct tally_result *result)
{
    return result->set_count;
}

size_t tally_result_set(
    const struct tally_result *result, size_t i, const uint16_t **ret_options)
{
    expect(i < result->set_count);
    const uint16_t *set = result->sets + i * result->seats;
    size_t count = result->seats;
    while (count > 0 && set[count - 1] == UINT16_MAX) {
        count--;
    }
    *ret_options = set;
    return count;
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

bool tally_result_paired(const struct tally_result *result)
{
    return result->pairs != NULL;
}

int64_t tally_result_pair(const struct tally_result *result, size_t a, size_t b)
{
    expect(result->pairs != NULL && a < result->options && b < result->options);
    return result_pair(result, a, b);
}
