/* The three methods that elect a committee option by option (greedy.h): sequential
 * proportional approval voting (Thiele 1895), sequential Phragmén (1899), and the Method
 * of Equal Shares (Peters and Skowron 2020), completed by sequential Phragmén that begins
 * with what each ballot has spent (Lackner and Skowron 2023, 2.2). Blank ballots have no
 * money. All of it is exact. */
#include "tally/greedy.h"
#include "tally/grow.h"
#include "tally/rule.h"

#include <string.h>

struct committee {
    struct tally_result *result;
    struct approvals ballots;
    struct greedy main;
    struct greedy other; /* for the search */
    size_t looks;
    bool open;
    bool lots;
};

static enum tally_status committee_init(
    struct committee *committee, struct count *count, const struct greedy_rules *rules)
{
    *committee = (struct committee){.result = count->result};
    enum tally_status status = approvals_make(count->profile, &committee->ballots);
    if (status != TALLY_OK) {
        return status;
    }
    struct greedy *both[] = {&committee->main, &committee->other};
    for (size_t i = 0; i < 2 && status == TALLY_OK; i++) {
        status = greedy_init(
            both[i], &committee->ballots, rules, count->rule->seats, &committee->looks);
    }
    return status;
}

static void committee_fini(struct committee *committee)
{
    greedy_fini(&committee->main);
    greedy_fini(&committee->other);
    approvals_free(&committee->ballots);
}

/* Chooses one of the tied; without a tie order the tie stays open. */
static enum tally_status
settle(struct committee *committee, const uint64_t *tied, uint16_t *ret_option)
{
    struct tally_result *result = committee->result;
    uint16_t options[TALLY_OPTIONS_MAX];
    size_t count = 0;
    enum tally_settled settled = TALLY_BY_NOBODY;
    for (size_t o = 0; o < result->options; o++) {
        if (bits_has(tied, o)) {
            options[count++] = (uint16_t)o;
        }
    }
    if (result->lot != NULL) {
        settled = TALLY_BY_LOT;
        result_sort_by_lot(result, options, count);
    }
    expect(count > 0);
    *ret_option = options[0];
    if (count == 1) {
        return TALLY_OK;
    }
    committee->open = result->lot == NULL;
    committee->lots = true;
    return result_push_tie(
        result, options, count, committee->main.step_count + 1, settled);
}

/* Step by step until the seats are full, nobody can be elected or a tie stays open. */
static enum tally_status run(struct committee *committee)
{
    struct greedy *greedy = &committee->main;
    uint64_t tied[BITS_OPTIONS_WORDS];
    greedy_steps.reset(greedy);
    while (greedy->step_count < greedy->seats) {
        uint16_t option = 0;
        enum tally_status status = greedy_steps.next(greedy, tied);
        if (status != TALLY_OK ||
            bits_count(tied, bits_words(committee->result->options)) == 0) {
            return status;
        }
        status = settle(committee, tied, &option);
        if (status != TALLY_OK || committee->open) {
            return status;
        }
        status = greedy_steps.elect(greedy, option);
        if (status != TALLY_OK) {
            return status;
        }
    }
    return TALLY_OK;
}

static enum tally_status push_purchases(const struct committee *committee)
{
    const struct greedy *greedy = &committee->main;
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < greedy->step_count && status == TALLY_OK; i++) {
        const struct price *price = greedy->prices + i;
        struct tally_purchase purchase = {
            .option = greedy->steps[i],
            .completion = price->completion,
            .supporters = committee->ballots.support[greedy->steps[i]]};
        status = greedy_number(&price->value, &greedy->denominator, &purchase.price);
        if (status == TALLY_OK) {
            status = result_push_purchase(committee->result, purchase);
        }
    }
    return status;
}

/* The search counts with the same objects: whom they elected is kept here. */
static enum tally_status conclude(struct committee *committee, const struct count *count)
{
    struct greedy *greedy = &committee->main;
    uint16_t elected[TALLY_OPTIONS_MAX];
    memcpy(elected, greedy->steps, greedy->step_count * sizeof *elected);
    struct steps_kind kind = greedy_steps;
    kind.alike = greedy->rules->points ? NULL : kind.alike;
    struct ways ways = {
        .kind = &kind,
        .count = greedy,
        .other = &committee->other,
        .class_of = committee->ballots.class_of,
        .looks = &committee->looks};
    struct ways_end end = {
        .elected = elected,
        .count = greedy->step_count,
        .open = committee->open,
        .lots = committee->lots,
        .search = rule_get(count->rule, SETTING_SEARCH) == SEARCH_BOUNDED};
    return ways_conclude(committee->result, &ways, &end);
}

static enum tally_status count_stepwise(
    struct count *count, const struct greedy_rules *rules, bool buys, bool completes)
{
    struct committee committee;
    enum tally_status status = committee_init(&committee, count, rules);
    if (status == TALLY_OK) {
        committee.main.buys = committee.other.buys = buys;
        committee.main.completes = committee.other.completes = completes;
        status = run(&committee);
    }
    if (status == TALLY_OK) {
        status = push_purchases(&committee);
    }
    if (status == TALLY_OK && buys) {
        status = greedy_bill(&committee.main, count->result);
    }
    if (status == TALLY_OK) {
        status = conclude(&committee, count);
    }
    committee_fini(&committee);
    return status;
}

enum tally_status count_seq_pav(struct count *count)
{
    return count_stepwise(count, &greedy_points, false, false);
}

enum tally_status count_seq_phragmen(struct count *count)
{
    return count_stepwise(count, &greedy_loads, false, false);
}

enum tally_status count_equal_shares(struct count *count)
{
    bool completes = rule_get(count->rule, SETTING_COMPLETION) == COMPLETION_PHRAGMEN;
    return count_stepwise(count, &greedy_loads, true, completes);
}
