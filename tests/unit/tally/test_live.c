/* A profile that changes while it is counted: at any moment the same as from scratch. */
#include "print_result.h"
#include "random_profile.h"

#include <criterion/criterion.h>
#include <string.h>

static char live_text[PRINTED_BYTES_MAX];
static char fresh_text[PRINTED_BYTES_MAX];

static struct tally_live *make(size_t options, size_t score_max)
{
    struct tally_live *live = NULL;
    cr_assert_eq(tally_live_new(options, score_max, &live), TALLY_OK);
    return live;
}

static struct tally_result *count_live(const struct tally_live *live, const char *method)
{
    struct tally_rule *rule = rule_for(method, 1, NULL, 0);
    struct tally_result *result = NULL;
    cr_assert_eq(tally_live_count(live, rule, &result), TALLY_OK, "%s", method);
    tally_rule_free(rule);
    return result;
}

/* ---- random histories ---- */

#define CAST_MAX 96

struct cast {
    struct tally_mark marks[2 * POLL_OPTIONS_MAX];
    size_t count;
    int64_t weight;
};

/* What is cast at the moment, told twice: as a live profile and as a list. */
struct history {
    uint64_t *state;
    size_t options;
    size_t score_max;
    bool raw; /* some ballots repeat options or mark somebody unnamed */
    struct tally_live *live;
    struct cast cast[CAST_MAX];
    size_t count;
};

static struct cast random_scores(struct history *history)
{
    struct cast cast = {.weight = 1 + (int64_t)random_below(history->state, 3)};
    for (size_t o = 0; o < history->options; o++) {
        if (random_below(history->state, 3) > 0) {
            cast.marks[cast.count++] = (struct tally_mark){
                .option = (uint16_t)o,
                .place = (uint16_t)random_below(history->state, history->score_max + 1)};
        }
    }
    return cast;
}

static struct cast random_ranks(struct history *history)
{
    struct cast cast = {.weight = 1 + (int64_t)random_below(history->state, 3)};
    uint16_t order[POLL_OPTIONS_MAX];
    random_permutation(history->state, history->options, order);
    cast.count = random_below(history->state, history->options + 1);
    for (size_t i = 0; i < cast.count; i++) {
        uint16_t place = (uint16_t)(1 + random_below(history->state, cast.count + 1));
        cast.marks[i] = (struct tally_mark){.option = order[i], .place = place};
    }
    for (size_t extra = random_below(history->state, 3); history->raw && extra > 0;
         extra--) {
        size_t option = random_below(history->state, history->options + 1);
        cast.marks[cast.count++] = (struct tally_mark){
            .option = option < history->options ? (uint16_t)option : TALLY_UNNAMED,
            .place = (uint16_t)(1 + random_below(history->state, 4))};
    }
    return cast;
}

static struct cast random_cast(struct history *history)
{
    return history->score_max > 0 ? random_scores(history) : random_ranks(history);
}

static void add(struct history *history, struct tally_live *to)
{
    struct cast cast = random_cast(history);
    cr_assert_eq(tally_live_add(to, cast.marks, cast.count, cast.weight), TALLY_OK);
    history->cast[history->count++] = cast;
}

/* Marks may come in another order than the ballot's first one had. */
static void reverse(struct cast *cast)
{
    for (size_t i = 0; i < cast->count / 2; i++) {
        struct tally_mark mark = cast->marks[i];
        cast->marks[i] = cast->marks[cast->count - 1 - i];
        cast->marks[cast->count - 1 - i] = mark;
    }
}

static void withdraw(struct history *history, size_t at, int64_t weight)
{
    struct cast *cast = history->cast + at;
    reverse(cast);
    cr_assert_eq(
        tally_live_withdraw(history->live, cast->marks, cast->count, weight), TALLY_OK);
    cast->weight -= weight;
    if (cast->weight == 0) {
        *cast = history->cast[--history->count];
    }
}

static void change(struct history *history, size_t at)
{
    struct cast *old = history->cast + at;
    struct cast cast = random_cast(history);
    cast.weight = old->weight;
    reverse(old);
    cr_assert_eq(
        tally_live_change(
            history->live, old->marks, old->count, cast.marks, cast.count, cast.weight),
        TALLY_OK);
    *old = cast;
}

static void merge(struct history *history)
{
    struct tally_live *other = make(history->options, history->score_max);
    for (size_t ballots = random_below(history->state, 6); ballots > 0; ballots--) {
        add(history, other);
    }
    cr_assert_eq(tally_live_merge(history->live, other), TALLY_OK);
    tally_live_free(other);
}

static void step(struct history *history)
{
    size_t kind = random_below(history->state, 8);
    if (history->count > CAST_MAX - 8) {
        kind = 4;
    }
    if (history->count == 0 || kind < 3) {
        add(history, history->live);
    } else if (kind == 3) {
        merge(history);
    } else {
        size_t at = random_below(history->state, history->count);
        int64_t weight = history->cast[at].weight;
        if (kind < 6) {
            withdraw(history, at, kind == 4 ? weight : 1);
        } else {
            change(history, at);
        }
    }
}

/* The list as a profile, its ballots in a random order. */
static struct tally_profile *from_scratch(struct history *history)
{
    uint16_t order[CAST_MAX];
    struct tally_profile *profile = NULL;
    random_permutation(history->state, history->count, order);
    enum tally_status status =
        history->score_max > 0
            ? tally_profile_new_scored(history->options, history->score_max, &profile)
            : tally_profile_new(history->options, &profile);
    cr_assert_eq(status, TALLY_OK);
    for (size_t i = 0; i < history->count; i++) {
        const struct cast *cast = history->cast + order[i];
        cr_assert_eq(
            tally_profile_add(profile, cast->marks, cast->count, cast->weight), TALLY_OK);
    }
    return profile;
}

static void compare_ballots(const struct tally_profile *a, const struct tally_profile *b)
{
    cr_assert_eq(tally_profile_ballots(a), tally_profile_ballots(b));
    cr_assert_eq(tally_profile_distinct(a), tally_profile_distinct(b));
    for (size_t i = 0; i < tally_profile_distinct(a); i++) {
        const struct tally_mark *marks = NULL;
        const struct tally_mark *other = NULL;
        int64_t weight = 0;
        int64_t found = 0;
        size_t count = tally_profile_ballot(a, i, &marks, &weight);
        for (size_t j = 0; j < tally_profile_distinct(b) && found == 0; j++) {
            int64_t of = 0;
            if (tally_profile_ballot(b, j, &other, &of) == count &&
                (count == 0 || memcmp(marks, other, count * sizeof *marks) == 0)) {
                found = of;
            }
        }
        cr_assert_eq(weight, found);
        cr_assert_gt(weight, 0);
    }
}

static void compare_results(struct history *history, const struct tally_profile *fresh)
{
    uint16_t lot[POLL_OPTIONS_MAX];
    random_permutation(history->state, history->options, lot);
    const uint16_t *order = random_below(history->state, 2) == 0 ? lot : NULL;
    size_t seats = 1 + random_below(history->state, history->options);
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        const char *name = tally_method_name(tally_method_at(m));
        struct tally_rule *rule = rule_for(name, seats, order, history->options);
        struct tally_result *a = NULL;
        struct tally_result *b = NULL;
        enum tally_status status = tally_count(fresh, rule, &b);
        cr_assert_eq(tally_live_count(history->live, rule, &a), status, "%s", name);
        if (status == TALLY_OK) {
            print_result(a, NULL, live_text);
            print_result(b, NULL, fresh_text);
            cr_assert_str_eq(live_text, fresh_text);
        }
        tally_result_free(a);
        tally_result_free(b);
        tally_rule_free(rule);
    }
}

static void check(struct history *history)
{
    struct tally_profile *fresh = from_scratch(history);
    const struct tally_profile *held = tally_live_profile(history->live);
    compare_ballots(held, fresh);
    compare_results(history, fresh);
    tally_profile_free(fresh);
}

static void run_histories(uint64_t seed, size_t score_max, bool raw)
{
    static struct history history;
    uint64_t state = seed;
    for (size_t turn = 0; turn < 26; turn++) {
        history = (struct history){
            .state = &state,
            .options = 1 + random_below(&state, 6),
            .score_max = score_max,
            .raw = raw};
        history.live = make(history.options, score_max);
        for (size_t moment = 0; moment < 40; moment++) {
            for (size_t steps = random_below(&state, 10); steps > 0; steps--) {
                step(&history);
            }
            check(&history);
        }
        while (history.count > 0) {
            withdraw(&history, history.count - 1, history.cast[history.count - 1].weight);
        }
        check(&history);
        tally_live_free(history.live);
    }
}

Test(live, rankings_count_at_any_moment_as_from_scratch)
{
    run_histories(1, 0, false);
}

Test(live, repeated_and_unnamed_marks_count_at_any_moment_as_from_scratch)
{
    run_histories(2, 0, true);
}

Test(live, scores_count_at_any_moment_as_from_scratch)
{
    run_histories(3, 5, false);
}

/* ---- one by one ---- */

static const struct tally_mark first[] = {
    {.option = 0, .place = 1}, {.option = 1, .place = 2}};
static const struct tally_mark second[] = {{.option = 2, .place = 1}};

Test(live, needs_options_and_scores_within_bounds)
{
    struct tally_live *live = NULL;
    cr_assert_eq(tally_live_new(0, 0, &live), TALLY_TOO_MANY);
    cr_assert_eq(tally_live_new(TALLY_OPTIONS_MAX + 1, 0, &live), TALLY_TOO_MANY);
    cr_assert_eq(tally_live_new(3, TALLY_SCORE_MAX + 1, &live), TALLY_TOO_MANY);
    cr_assert_null(live);
    tally_live_free(NULL);
}

Test(live, without_ballots_everybody_is_tied)
{
    struct tally_live *live = make(3, 0);
    struct tally_result *result = count_live(live, "ranked-pairs-wv");
    const uint16_t *winners = NULL;
    cr_assert_eq(tally_result_winners(result, &winners), 3);
    cr_assert_eq(tally_result_ballots(result), 0);
    tally_result_free(result);
    tally_live_free(live);
}

Test(live, a_blank_ballot_comes_and_goes)
{
    struct tally_live *live = make(2, 0);
    cr_assert_eq(tally_live_add(live, NULL, 0, 2), TALLY_OK);
    struct tally_result *result = count_live(live, "irv");
    cr_assert_eq(tally_result_blank(result), 2);
    tally_result_free(result);
    cr_assert_eq(tally_live_change(live, NULL, 0, first, 2, 1), TALLY_OK);
    cr_assert_eq(tally_live_withdraw(live, NULL, 0, 1), TALLY_OK);
    result = count_live(live, "irv");
    cr_assert_eq(tally_result_blank(result), 0);
    cr_assert_eq(tally_result_ballots(result), 1);
    tally_result_free(result);
    tally_live_free(live);
}

Test(live, refuses_to_take_back_what_is_not_there)
{
    struct tally_live *live = make(3, 0);
    cr_assert_eq(tally_live_withdraw(live, first, 2, 1), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_live_withdraw(live, NULL, 0, 1), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_live_add(live, first, 2, 2), TALLY_OK);
    cr_assert_eq(tally_live_withdraw(live, first, 2, 3), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_live_withdraw(live, first, 2, 0), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_live_withdraw(live, first, 1, 1), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_live_change(live, second, 1, first, 2, 1), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_live_change(live, first, 2, second, 1, 3), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_profile_ballots(tally_live_profile(live)), 2);
    cr_assert_eq(tally_live_withdraw(live, first, 2, 2), TALLY_OK);
    cr_assert_eq(tally_profile_distinct(tally_live_profile(live)), 0);
    tally_live_free(live);
}

Test(live, a_change_to_an_invalid_ballot_changes_nothing)
{
    struct tally_live *live = make(3, 0);
    struct tally_mark beyond = {.option = 3, .place = 1};
    cr_assert_eq(tally_live_add(live, first, 2, 1), TALLY_OK);
    cr_assert_eq(tally_live_change(live, first, 2, &beyond, 1, 1), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_live_change(live, first, 2, second, 1, 0), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_live_add(live, &beyond, 1, 1), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_live_add(live, first, 2, 0), TALLY_BAD_BALLOT);
    struct tally_result *result = count_live(live, "copeland");
    cr_assert_eq(tally_result_pair(result, 0, 1), 1);
    cr_assert_eq(tally_result_ballots(result), 1);
    tally_result_free(result);
    tally_live_free(live);
}

Test(live, a_change_into_itself_changes_nothing)
{
    struct tally_live *live = make(3, 0);
    cr_assert_eq(tally_live_add(live, first, 2, 3), TALLY_OK);
    cr_assert_eq(tally_live_change(live, first, 2, first, 2, 3), TALLY_OK);
    struct tally_result *result = count_live(live, "copeland");
    cr_assert_eq(tally_result_pair(result, 0, 1), 3);
    cr_assert_eq(tally_result_pair(result, 1, 2), 3);
    cr_assert_eq(tally_result_pair(result, 2, 1), 0);
    tally_result_free(result);
    tally_live_free(live);
}

Test(live, as_many_ballots_as_can_be_summed_may_still_be_changed)
{
    struct tally_live *live = make(3, 0);
    cr_assert_eq(tally_live_add(live, first, 2, TALLY_BALLOTS_MAX), TALLY_OK);
    cr_assert_eq(tally_live_add(live, second, 1, 1), TALLY_OVERFLOW);
    cr_assert_eq(
        tally_live_change(live, first, 2, second, 1, TALLY_BALLOTS_MAX), TALLY_OK);
    struct tally_result *result = count_live(live, "copeland");
    cr_assert_eq(tally_result_pair(result, 2, 0), TALLY_BALLOTS_MAX);
    cr_assert_eq(tally_result_pair(result, 0, 1), 0);
    tally_result_free(result);
    tally_live_free(live);
}

/* Canonically these are `first`; as they come they are more than any ballot had. */
Test(live, a_ballot_is_found_however_often_it_repeats_itself)
{
    struct tally_live *live = make(3, 0);
    struct tally_mark marks[50];
    for (size_t i = 0; i < 50; i++) {
        marks[i] = first[1 - i % 2];
    }
    cr_assert_eq(tally_live_add(live, first, 2, 2), TALLY_OK);
    cr_assert_eq(tally_live_withdraw(live, marks, 50, 1), TALLY_OK);
    marks[25].option = 3;
    cr_assert_eq(tally_live_withdraw(live, marks, 50, 1), TALLY_BAD_BALLOT);
    for (uint16_t i = 0; i < 50; i++) {
        marks[i] = (struct tally_mark){.option = 1, .place = (uint16_t)(50 - i)};
    }
    cr_assert_eq(tally_live_withdraw(live, marks, 50, 1), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_profile_ballots(tally_live_profile(live)), 1);
    tally_live_free(live);
}

/* Scores of 0 are no marks: the ballot is the one that was added, however long. */
Test(live, a_ballot_of_scores_is_found_however_many_zeros_it_has)
{
    struct tally_live *live = make(40, 5);
    struct tally_mark marks[40];
    for (uint16_t i = 0; i < 40; i++) {
        marks[i] = (struct tally_mark){.option = i, .place = i == 39 ? 5 : 0};
    }
    cr_assert_eq(tally_live_add(live, marks + 39, 1, 1), TALLY_OK);
    cr_assert_eq(tally_live_withdraw(live, marks, 40, 1), TALLY_OK);
    cr_assert_eq(tally_profile_ballots(tally_live_profile(live)), 0);
    tally_live_free(live);
}

Test(live, no_marks_that_a_profile_lent_are_a_blank_ballot)
{
    struct tally_live *live = make(3, 0);
    const struct tally_mark *lent = NULL;
    int64_t weight = 0;
    cr_assert_eq(tally_live_add(live, first, 2, 1), TALLY_OK);
    tally_profile_ballot(tally_live_profile(live), 0, &lent, &weight);
    cr_assert_eq(tally_live_add(live, lent, 0, 1), TALLY_OK);
    struct tally_result *result = count_live(live, "approval");
    cr_assert_eq(tally_result_blank(result), 1);
    cr_assert_eq(tally_result_ballots(result), 2);
    tally_result_free(result);
    tally_live_free(live);
}

Test(live, marks_that_a_profile_lent_may_be_added_to_it)
{
    struct tally_live *live = make(100, 0);
    struct tally_mark marks[100];
    for (uint16_t i = 0; i < 100; i++) {
        marks[i] = (struct tally_mark){.option = i, .place = (uint16_t)(i + 1)};
    }
    cr_assert_eq(tally_live_add(live, marks, 100, 1), TALLY_OK);
    for (size_t length = 99; length > 0; length--) {
        const struct tally_mark *lent = NULL;
        int64_t weight = 0;
        tally_profile_ballot(tally_live_profile(live), 0, &lent, &weight);
        cr_assert_eq(tally_live_add(live, lent, length, 1), TALLY_OK);
    }
    struct tally_result *result = count_live(live, "approval");
    for (size_t o = 0; o < 100; o++) {
        cr_assert_eq(tally_result_score(result, o).value, 100 - (int64_t)o);
    }
    tally_result_free(result);
    tally_live_free(live);
}

Test(live, merges_only_what_has_the_same_options_and_scores)
{
    struct tally_live *live = make(3, 0);
    struct tally_live *wider = make(4, 0);
    struct tally_live *scored = make(3, 5);
    cr_assert_eq(tally_live_merge(live, wider), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_live_merge(live, scored), TALLY_BAD_BALLOT);
    tally_live_free(wider);
    tally_live_free(scored);
    tally_live_free(live);
}

Test(live, merges_all_or_nothing)
{
    struct tally_live *live = make(3, 0);
    struct tally_live *other = make(3, 0);
    cr_assert_eq(tally_live_add(live, first, 2, 2), TALLY_OK);
    cr_assert_eq(tally_live_add(other, second, 1, 1), TALLY_OK);
    cr_assert_eq(tally_live_add(other, first, 2, TALLY_BALLOTS_MAX - 2), TALLY_OK);
    cr_assert_eq(tally_live_merge(live, other), TALLY_OVERFLOW);
    cr_assert_eq(tally_profile_ballots(tally_live_profile(live)), 2);
    cr_assert_eq(tally_live_withdraw(other, second, 1, 1), TALLY_OK);
    cr_assert_eq(tally_live_merge(live, other), TALLY_OK);
    struct tally_result *result = count_live(live, "copeland");
    cr_assert_eq(tally_result_pair(result, 0, 1), TALLY_BALLOTS_MAX);
    tally_result_free(result);
    tally_live_free(live);
    tally_live_free(other);
}

Test(live, merged_with_itself_it_counts_twice)
{
    struct tally_live *live = make(3, 0);
    cr_assert_eq(tally_live_add(live, first, 2, 2), TALLY_OK);
    cr_assert_eq(tally_live_add(live, second, 1, 1), TALLY_OK);
    cr_assert_eq(tally_live_merge(live, live), TALLY_OK);
    struct tally_result *result = count_live(live, "copeland");
    cr_assert_eq(tally_result_pair(result, 0, 1), 4);
    cr_assert_eq(tally_result_pair(result, 2, 0), 2);
    cr_assert_eq(tally_result_ballots(result), 6);
    tally_result_free(result);
    tally_live_free(live);
}

Test(live, a_rule_that_does_not_fit_is_refused_as_in_any_count)
{
    struct tally_live *live = make(2, 0);
    struct tally_rule *rule = rule_for("irv", 3, NULL, 0);
    struct tally_result *result = NULL;
    cr_assert_eq(tally_live_count(live, rule, &result), TALLY_BAD_RULE);
    cr_assert_null(result);
    tally_rule_free(rule);
    tally_live_free(live);
}

Test(live, reserves_within_bounds)
{
    struct tally_live *live = make(2, 0);
    cr_assert_eq(tally_live_reserve(live, 10, 20), TALLY_OK);
    cr_assert_eq(tally_live_reserve(live, SIZE_MAX, 20), TALLY_TOO_MANY);
    cr_assert_eq(tally_live_reserve(live, 10, SIZE_MAX), TALLY_TOO_MANY);
    cr_assert_eq(tally_live_reserve(live, 10, UINT32_MAX), TALLY_TOO_MANY);
    cr_assert_eq(tally_live_reserve(live, (size_t)UINT32_MAX + 1, 10), TALLY_TOO_MANY);
    tally_live_free(live);
}
