/* How few changed ballots would have elected others, against all ways of changing one or
 * two ballots of a small poll. */
#include "random_profile.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define OPTIONS     3
#define BALLOTS_MAX 5
#define KINDS_MAX   64 /* ways to fill in a ballot of three options */
#define CHANGED_MAX 2

/* ---- all ballots ---- */

struct kind {
    struct tally_mark marks[OPTIONS];
    size_t count;
};

/* A small poll as kinds of ballots, one by one. */
struct small {
    size_t score_max;
    size_t seats;
    struct kind kinds[KINDS_MAX];
    size_t kind_count;
    size_t ballots[BALLOTS_MAX];
    size_t count;
    const char *method;
};

/* With ranks: every option at one of three places or none, equal and skipped ones too.
 * With scores: every score for every option. */
static void list_kinds(struct small *small)
{
    size_t levels = small->score_max > 0 ? small->score_max + 1 : OPTIONS + 1;
    for (size_t code = 0; code < levels * levels * levels; code++) {
        struct kind kind = {0};
        for (size_t o = 0, rest = code; o < OPTIONS; o++, rest /= levels) {
            if (rest % levels > 0) {
                kind.marks[kind.count++] = (struct tally_mark){
                    .option = (uint16_t)o, .place = (uint16_t)(rest % levels)};
            }
        }
        small->kinds[small->kind_count++] = kind;
    }
}

static struct tally_profile *profile_of(const struct small *small)
{
    struct tally_profile *profile = NULL;
    enum tally_status status =
        small->score_max > 0
            ? tally_profile_new_scored(OPTIONS, small->score_max, &profile)
            : tally_profile_new(OPTIONS, &profile);
    cr_assert_eq(status, TALLY_OK);
    for (size_t i = 0; i < small->count; i++) {
        const struct kind *kind = &small->kinds[small->ballots[i]];
        cr_assert_eq(tally_profile_add(profile, kind->marks, kind->count, 1), TALLY_OK);
    }
    return profile;
}

static bool has(const uint16_t *options, size_t count, size_t option)
{
    for (size_t i = 0; i < count; i++) {
        if (options[i] == option) {
            return true;
        }
    }
    return false;
}

/* Does the poll elect others than `winners`, or is it a tie? */
static bool
elects_others(const struct small *small, const uint16_t *winners, size_t count)
{
    const uint16_t *others = NULL;
    struct tally_profile *profile = profile_of(small);
    struct tally_result *result =
        random_count(profile, small->method, small->seats, NULL);
    bool differs = tally_result_state(result) != TALLY_DECIDED &&
                   tally_result_state(result) != TALLY_TIE_IRRELEVANT;
    size_t other_count = tally_result_winners(result, &others);
    differs = differs || other_count != count;
    for (size_t i = 0; i < other_count; i++) {
        differs = differs || !has(winners, count, others[i]);
    }
    tally_result_free(result);
    tally_profile_free(profile);
    return differs;
}

/* Can `left` changes, of ballots from `from` on, elect others? */
static bool can_change(
    struct small *small, size_t from, size_t left, const uint16_t *winners, size_t count)
{
    if (left == 0) {
        return elects_others(small, winners, count);
    }
    for (size_t i = from; i + left <= small->count; i++) {
        size_t before = small->ballots[i];
        for (size_t k = 0; k < small->kind_count; k++) {
            small->ballots[i] = k;
            if (can_change(small, i + 1, left - 1, winners, count)) {
                small->ballots[i] = before;
                return true;
            }
        }
        small->ballots[i] = before;
    }
    return false;
}

/* The least number of changed ballots; CHANGED_MAX + 1: more than that. */
static int64_t least(struct small *small, const uint16_t *winners, size_t count)
{
    for (size_t changed = 1; changed <= CHANGED_MAX; changed++) {
        if (can_change(small, 0, changed, winners, count)) {
            return (int64_t)changed;
        }
    }
    return CHANGED_MAX + 1;
}

struct seen {
    size_t exact;
    size_t bounds;
    size_t ties;
};

static void check_one(struct small *small, struct seen *seen)
{
    const uint16_t *winners = NULL;
    struct tally_profile *profile = profile_of(small);
    struct tally_rule *rule = rule_for(small->method, small->seats, NULL, 0);
    struct tally_result *result = NULL;
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_OK);
    size_t count = tally_result_winners(result, &winners);
    struct tally_fragility answer = tally_fragility(profile, rule, result);
    if (tally_result_state(result) == TALLY_TIE_DECISIVE) {
        cr_assert(answer.known && answer.exact && answer.ballots == 0);
        seen->ties++;
    } else if (answer.known) {
        int64_t fewest = least(small, winners, count);
        cr_assert(!has(winners, count, answer.rival));
        if (answer.exact && answer.ballots <= CHANGED_MAX) {
            cr_assert_eq(answer.ballots, fewest, "%s", small->method);
            seen->exact++;
        } else {
            cr_assert_geq(answer.ballots, fewest, "%s", small->method);
            seen->bounds++;
        }
        cr_assert_leq(answer.ballots, (int64_t)small->count);
    }
    tally_result_free(result);
    tally_rule_free(rule);
    tally_profile_free(profile);
}

static struct seen
check_polls(const char *method, size_t score_max, size_t polls, uint64_t state)
{
    struct seen seen = {0};
    for (size_t turn = 0; turn < polls; turn++) {
        struct small small = {
            .method = method,
            .score_max = score_max,
            .seats = 1 + random_below(&state, 2)};
        list_kinds(&small);
        small.count = 1 + random_below(&state, BALLOTS_MAX);
        for (size_t i = 0; i < small.count; i++) { /* many alike, for wider margins */
            small.ballots[i] = i > 0 && random_below(&state, 3) > 0
                                   ? small.ballots[i - 1]
                                   : random_below(&state, small.kind_count);
        }
        check_one(&small, &seen);
    }
    return seen;
}

Test(fragility, of_totals_is_the_least_number_that_any_change_needs, .timeout = 240)
{
    static const char *const methods[] = {"plurality", "approval", "borda"};
    for (size_t m = 0; m < sizeof methods / sizeof methods[0]; m++) {
        struct seen seen = check_polls(methods[m], 0, 20, 31 + m);
        struct seen scored = check_polls(methods[m], 1, 40, 41 + m);
        struct seen wide = check_polls(methods[m], 2, 20, 51 + m);
        cr_assert_gt(seen.exact + scored.exact + wide.exact, 10, "%s", methods[m]);
        cr_assert_gt(seen.ties, 0);
    }
}

Test(
    fragility, is_never_less_than_what_changes_the_winners_and_exact_where_it_says_so,
    .timeout = 240)
{
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        const struct tally_method *method = tally_method_at(m);
        if (tally_method_form(method) == TALLY_RANKING) {
            struct seen seen = check_polls(tally_method_name(method), 0, 8, 61 + m);
            cr_assert_gt(seen.exact + seen.bounds + seen.ties, 0);
        }
    }
}
