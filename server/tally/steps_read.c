/* The public view of a result: how it came out. */
#include "tally/result.h"

#include "tally/grow.h"

const char *tally_reason_code(enum tally_reason reason)
{
    static const char *const codes[] = {
        [TALLY_NOTHING] = "nothing",
        [TALLY_MAJORITY] = "majority",
        [TALLY_QUOTA] = "quota",
        [TALLY_LAST_SEATS] = "last-seats",
        [TALLY_UNBEATEN] = "unbeaten",
        [TALLY_LOWEST] = "lowest",
        [TALLY_HOPELESS] = "hopeless",
        [TALLY_WRITE_IN] = "write-in",
        [TALLY_LOST_DUEL] = "lost-duel",
        [TALLY_BELOW_AVERAGE] = "below-average",
        [TALLY_OUTSIDE_SET] = "outside-set",
    };
    return codes[reason];
}

const char *tally_fate_code(enum tally_fate fate)
{
    static const char *const codes[] = {
        [TALLY_LOCKED] = "locked",
        [TALLY_DROPPED] = "dropped",
        [TALLY_OPEN] = "open",
        [TALLY_RUNOFF] = "runoff",
    };
    return codes[fate];
}

const char *tally_settled_code(enum tally_settled settled)
{
    static const char *const codes[] = {
        [TALLY_BY_EARLIER_ROUND] = "earlier-round",
        [TALLY_BY_LOSING_VOTES] = "losing-votes",
        [TALLY_BY_HIGHER_TOTAL] = "higher-total",
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

struct tally_number tally_round_lost(const struct tally_result *result, size_t round)
{
    return (struct tally_number){
        .value = round_at(result, round)->lost, .unit = result->round_unit};
}

struct tally_number tally_round_quota(const struct tally_result *result, size_t round)
{
    return (struct tally_number){
        .value = round_at(result, round)->quota, .unit = result->round_unit};
}

enum tally_reason tally_round_reason(const struct tally_result *result, size_t round)
{
    return round_at(result, round)->reason;
}

enum tally_reason
tally_round_elected_reason(const struct tally_result *result, size_t round, size_t option)
{
    const struct round *of = round_at(result, round);
    for (size_t i = 0; i < of->last.count; i++) {
        if (of->last.items[i] == option) {
            return TALLY_LAST_SEATS;
        }
    }
    return of->last.count > 0 ? TALLY_QUOTA : of->reason;
}

size_t tally_round_sources(
    const struct tally_result *result, size_t round, const uint16_t **ret_options)
{
    return lend(&round_at(result, round)->sources, ret_options);
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

size_t tally_result_duels(const struct tally_result *result)
{
    return result->duel_count;
}

struct tally_duel tally_result_duel(const struct tally_result *result, size_t i)
{
    expect(i < result->duel_count);
    return result->duels[i];
}

bool tally_result_has_paths(const struct tally_result *result)
{
    return result->paths != NULL;
}

int64_t tally_result_path(const struct tally_result *result, size_t a, size_t b)
{
    expect(result->paths != NULL && a < result->options && b < result->options);
    return result->paths[a * result->options + b];
}

bool tally_result_has_points(const struct tally_result *result)
{
    return result->points != NULL;
}

int64_t
tally_result_points(const struct tally_result *result, size_t option, size_t half_points)
{
    size_t columns = 2 * result->options - 1;
    expect(result->points != NULL && option < result->options && half_points < columns);
    return result->points[option * columns + half_points];
}

size_t tally_result_purchases(const struct tally_result *result)
{
    return result->purchase_count;
}

struct tally_purchase tally_result_purchase(const struct tally_result *result, size_t i)
{
    expect(i < result->purchase_count);
    return result->purchases[i];
}

size_t tally_result_payers(const struct tally_result *result)
{
    return result->bill.payer_count;
}

size_t tally_payer_ballot(
    const struct tally_result *result, size_t payer, const uint16_t **ret_options,
    int64_t *ret_weight)
{
    expect(payer < result->bill.payer_count);
    *ret_weight = result->bill.weight[payer];
    return lend(&result->bill.approved[payer], ret_options);
}

/* Money is told in units of 10^−9. */
static struct tally_number money(int64_t value)
{
    return (struct tally_number){.value = value, .unit = 1000000000};
}

struct tally_number tally_payer_left(const struct tally_result *result, size_t payer)
{
    expect(payer < result->bill.payer_count);
    return money(result->bill.left[payer]);
}

struct tally_number
tally_payer_paid(const struct tally_result *result, size_t payer, size_t purchase)
{
    expect(payer < result->bill.payer_count && purchase < result->purchase_count);
    return money(result->bill.paid[payer * result->purchase_count + purchase]);
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
