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
    struct tally_fragility answer = tally_result_fragility(profile, rule, result);
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

Test(fragility, of_totals_is_the_least_number_that_any_change_needs)
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

Test(fragility, is_never_less_than_what_changes_the_winners_and_exact_where_it_says_so)
{
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        const struct tally_method *method = tally_method_at(m);
        if (tally_method_form(method) == TALLY_RANKING) {
            struct seen seen = check_polls(tally_method_name(method), 0, 8, 61 + m);
            cr_assert_gt(seen.exact + seen.bounds + seen.ties, 0);
        }
    }
}

Test(fragility, holds_for_ballots_of_scores_too)
{
    static const char *const methods[] = {"irv", "copeland", "schulze-wv", "bucklin"};
    for (size_t m = 0; m < 4; m++) {
        for (size_t score_max = 1; score_max <= 2; score_max++) {
            struct seen seen = check_polls(methods[m], score_max, 12, 71 + m);
            cr_assert_gt(seen.exact + seen.bounds + seen.ties, 6);
        }
    }
}

/* ---- larger polls ---- */

static struct tally_fragility
ask(const struct tally_profile *profile, const char *method, size_t seats)
{
    struct tally_rule *rule = rule_for(method, seats, NULL, 0);
    struct tally_result *result = NULL;
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_OK);
    struct tally_fragility answer = tally_result_fragility(profile, rule, result);
    tally_result_free(result);
    tally_rule_free(rule);
    return answer;
}

/* A has 3; the other ballot names nobody in its first place, so that changing it narrows
 * a gap by one only. */
Test(fragility, of_plurality_knows_first_places_without_a_name)
{
    static const struct tally_mark named = {0, 1};
    static const struct tally_mark unnamed[] = {{TALLY_UNNAMED, 1}, {1, 2}};
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(2, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &named, 1, 3), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, unnamed, 2, 1), TALLY_OK);
    struct tally_fragility answer = ask(profile, "plurality", 1);
    cr_assert(answer.known && answer.exact);
    cr_assert_eq(answer.ballots, 2);
    tally_profile_free(profile);
}

static void add_raw(struct tally_profile *profile)
{
    const struct tally_mark raw[] = {{0, 2}, {TALLY_UNNAMED, 1}, {0, 3}};
    const struct tally_mark repeated[] = {{0, 2}, {0, 9}};
    cr_assert_eq(tally_profile_add(profile, raw, 3, 2), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, repeated, 2, 1), TALLY_OK);
}

Test(fragility, does_not_depend_on_the_order_of_arrival)
{
    uint64_t state = 81;
    for (size_t turn = 0; turn < 40; turn++) {
        struct random_poll poll = random_poll(&state);
        uint16_t shuffled[POLL_BALLOTS_MAX];
        random_permutation(&state, poll.count, shuffled);
        struct tally_profile *one = random_profile(&poll, NULL, NULL);
        struct tally_profile *other = random_profile(&poll, shuffled, NULL);
        size_t seats = 1 + random_below(&state, poll.options);
        if (turn % 2 == 0) {
            add_raw(one);
            add_raw(other);
        }
        for (size_t m = 0; tally_method_at(m) != NULL; m++) {
            const struct tally_method *method = tally_method_at(m);
            if (tally_method_form(method) == TALLY_SCORE) {
                continue;
            }
            struct tally_fragility a = ask(one, tally_method_name(method), seats);
            struct tally_fragility b = ask(other, tally_method_name(method), seats);
            cr_assert_eq(a.known, b.known);
            cr_assert_eq(a.exact, b.exact);
            cr_assert_eq(a.ballots, b.ballots, "%s", tally_method_name(method));
            cr_assert_eq(a.rival, b.rival, "%s", tally_method_name(method));
        }
        tally_profile_free(one);
        tally_profile_free(other);
    }
}

/* A circle that Ranked Pairs decides: A beats B 6 to 3, B beats C 7 to 2, C beats A 5 to
 * 4; the last is dropped and A wins. One ballot A > B > C changed to C > A > B makes all
 * three 6 to 3: then a lot decides. */
Test(fragility, of_a_winner_in_a_circle_may_be_one_ballot)
{
    struct tally_file *file = read_text("4:A>B>C\n3:B>C>A\n2:C>A>B\n", TALLY_FORMAT_ABIF);
    struct tally_fragility answer = ask(tally_file_profile(file), "ranked-pairs-wv", 1);
    cr_assert(answer.known && answer.exact);
    cr_assert_eq(answer.ballots, 1);
    tally_file_free(file);
}

/* `options` options in a row: a ballots rank them so, b the other way. */
static struct tally_profile *
opposite_rows(size_t options, int64_t forwards, int64_t backwards)
{
    static struct tally_mark marks[TALLY_OPTIONS_MAX];
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
    for (size_t i = 0; i < options; i++) {
        marks[i] = (struct tally_mark){.option = (uint16_t)i, .place = (uint16_t)(i + 1)};
    }
    cr_assert_eq(tally_profile_add(profile, marks, options, forwards), TALLY_OK);
    for (size_t i = 0; i < options; i++) {
        marks[i].place = (uint16_t)(options - i);
    }
    cr_assert_eq(tally_profile_add(profile, marks, options, backwards), TALLY_OK);
    return profile;
}

/* 450 options are too many to try: the last has 30 first ranks of 100, lacks 21 for a
 * majority, and the winner's least margin is 40: no fewer than 20 do. */
Test(fragility, of_too_many_options_to_try_is_what_a_majority_lacks)
{
    struct tally_profile *profile = opposite_rows(450, 70, 30);
    struct tally_fragility answer = ask(profile, "copeland", 1);
    cr_assert(answer.known && !answer.exact);
    cr_assert_eq(answer.ballots, 21);
    cr_assert_eq(answer.rival, 449);
    tally_profile_free(profile);
}

/* With 20 options it is tried: 20 ballots changed in favour of the second option, which
 * then draws with the first and beats all others. */
Test(fragility, of_few_options_is_tried_and_meets_what_is_too_few)
{
    struct tally_profile *profile = opposite_rows(20, 70, 30);
    struct tally_fragility answer = ask(profile, "copeland", 1);
    cr_assert(answer.known && answer.exact);
    cr_assert_eq(answer.ballots, 20);
    tally_profile_free(profile);
}

#define HUGE_MARKS   (20 * UINT16_MAX)
#define HUGE_BALLOTS 6 /* with so many marks the bounds would allow no count at all */

/* The same as live polls have it, where withdrawn ballots leave holes. */
Test(fragility, is_the_same_where_withdrawn_ballots_left_holes)
{
    struct tally_profile *profile = opposite_rows(20, 70, 30);
    struct tally_mark *marks = malloc(HUGE_MARKS * sizeof *marks);
    struct tally_live *live = NULL;
    cr_assert_not_null(marks);
    cr_assert_eq(tally_live_new(20, 0, &live), TALLY_OK);
    for (size_t m = 0; m < HUGE_MARKS; m++) {
        marks[m] = (struct tally_mark){(uint16_t)(m % 20), (uint16_t)(m / 20 + 1)};
    }
    for (size_t i = 0; i < HUGE_BALLOTS; i++) {
        cr_assert_eq(tally_live_add(live, marks, HUGE_MARKS - i, 1), TALLY_OK);
    }
    for (size_t i = 0; i < tally_profile_distinct(profile); i++) {
        const struct tally_mark *row = NULL;
        int64_t weight = 0;
        size_t count = tally_profile_ballot(profile, i, &row, &weight);
        cr_assert_eq(tally_live_add(live, row, count, weight), TALLY_OK);
    }
    for (size_t i = 0; i < HUGE_BALLOTS; i++) {
        cr_assert_eq(tally_live_withdraw(live, marks, HUGE_MARKS - i, 1), TALLY_OK);
    }
    struct tally_fragility answer = ask(tally_live_profile(live), "copeland", 1);
    cr_assert(answer.known && answer.exact);
    cr_assert_eq(answer.ballots, 20);
    tally_live_free(live);
    free(marks);
    tally_profile_free(profile);
}

/* 150 options allow some 17 counts: the search ends before it has tried all rivals. */
Test(fragility, ends_its_trials_within_bounds)
{
    struct tally_profile *profile = opposite_rows(150, 70, 30);
    struct tally_fragility answer = ask(profile, "irv", 1);
    cr_assert(answer.known);
    cr_assert_leq(answer.ballots, 21);
    tally_profile_free(profile);
}

/* Nobody else can be crowned where all losers were written in. */
Test(fragility, is_unknown_where_a_majority_of_first_ranks_is_not_enough)
{
    struct tally_file *file = read_text("4:A\n3:B\n", TALLY_FORMAT_ABIF);
    struct tally_rule *rule = rule_for("irv", 1, NULL, 0);
    struct tally_result *result = NULL;
    cr_assert_eq(tally_rule_write_in(rule, 1), TALLY_OK);
    cr_assert_eq(tally_count(tally_file_profile(file), rule, &result), TALLY_OK);
    cr_assert_not(tally_result_fragility(tally_file_profile(file), rule, result).known);
    tally_result_free(result);
    tally_rule_free(rule);
    tally_file_free(file);
}

/* C's 9 ballots end at once where no rank may be skipped: A wins with 4 against 3, and of
 * the 16 ballots 9 must begin with C before it has a majority for certain. */
Test(fragility, does_not_take_ballots_that_end_at_skipped_ranks_for_a_majority)
{
    struct tally_profile *profile = NULL;
    const struct tally_mark skipped = {2, 2};
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &(struct tally_mark){0, 1}, 1, 4), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &(struct tally_mark){1, 1}, 1, 3), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &skipped, 1, 9), TALLY_OK);
    struct tally_rule *rule = rule_for("irv", 1, NULL, 0);
    rule_set(rule, "max-skipped-ranks", "0");
    struct tally_result *result = NULL;
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_OK);
    struct tally_fragility answer = tally_result_fragility(profile, rule, result);
    cr_assert(answer.known && answer.exact);
    cr_assert_eq(answer.ballots, 1); /* one A changed to B */
    cr_assert_eq(answer.rival, 1);
    tally_result_free(result);
    tally_rule_free(rule);
    tally_profile_free(profile);
}

/* A leads B by 7 points, one of each ballot, so that a changed one brings B 6 nearer; and
 * C by 8, but the first ballot changed brings C 10 nearer. */
Test(fragility, of_scores_is_found_with_a_rival_who_is_further_behind)
{
    static const uint16_t scores[7][3] = {{5, 4, 0}, {5, 4, 5}, {5, 4, 5}, {5, 4, 5},
                                          {5, 4, 5}, {5, 4, 4}, {5, 4, 3}};
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new_scored(3, 5, &profile), TALLY_OK);
    for (size_t b = 0; b < 7; b++) {
        struct tally_mark marks[3];
        for (uint16_t o = 0; o < 3; o++) {
            marks[o] = (struct tally_mark){o, scores[b][o]};
        }
        cr_assert_eq(tally_profile_add(profile, marks, 3, 1), TALLY_OK);
    }
    struct tally_fragility answer = ask(profile, "score", 1);
    cr_assert(answer.known && answer.exact);
    cr_assert_eq(answer.ballots, 1);
    cr_assert_eq(answer.rival, 2);
    tally_profile_free(profile);
}

/* Two ballots name A at every rank that there is, one B: changed, the ranks behind the
 * new first one have nowhere to go. */
Test(fragility, of_ballots_of_all_ranks_is_what_it_is_of_short_ones)
{
    static struct tally_mark marks[UINT16_MAX];
    struct tally_profile *profile = NULL;
    for (size_t i = 0; i < UINT16_MAX; i++) {
        marks[i] = (struct tally_mark){(uint16_t)(i % 2 == 0 ? 0 : 2), (uint16_t)(i + 1)};
    }
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, marks, UINT16_MAX, 2), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &(struct tally_mark){1, 1}, 1, 1), TALLY_OK);
    struct tally_fragility answer = ask(profile, "irv", 1);
    cr_assert(answer.known);
    cr_assert_eq(answer.ballots, 1);
    cr_assert_eq(answer.rival, 1);
    tally_profile_free(profile);
}

/* A heads 6 of 10 random rankings and beats all others; without two of these it would be
 * one of many in circles of equal majorities, and who may win there is not searched to
 * the end. That is never taken for another winner: the answer is what a majority of first
 * ranks needs, or less where it is certain. */
Test(fragility, does_not_take_what_is_not_settled_for_another_winner)
{
    struct tally_profile *profile = NULL;
    uint64_t state = 43;
    cr_assert_eq(tally_profile_new(30, &profile), TALLY_OK);
    for (size_t b = 0; b < 10; b++) {
        uint16_t order[30];
        struct tally_mark marks[30];
        random_permutation(&state, 30, order);
        for (size_t i = 0; i < 30; i++) {
            bool first = b < 6 && order[i] == 0;
            marks[i] = (struct tally_mark){order[i], (uint16_t)(first ? 1 : i + 2)};
        }
        cr_assert_eq(tally_profile_add(profile, marks, 30, 1), TALLY_OK);
    }
    struct tally_fragility answer = ask(profile, "ranked-pairs-wv", 1);
    cr_assert(answer.known);
    cr_assert_geq(answer.ballots, 1);
    cr_assert_leq(answer.ballots, 6);
    cr_assert_neq(answer.rival, 0);
    tally_profile_free(profile);
}

/* 40 options and 3 kinds of change would be some hundred counts more than are tried. */
Test(fragility, ends_after_so_many_counts)
{
    struct tally_profile *profile = NULL;
    uint64_t state = 44;
    cr_assert_eq(tally_profile_new(40, &profile), TALLY_OK);
    for (size_t b = 0; b < 60; b++) {
        uint16_t order[40];
        struct tally_mark marks[40];
        random_permutation(&state, 40, order);
        for (size_t i = 0; i < 40; i++) {
            marks[i] = (struct tally_mark){order[i], (uint16_t)(i + 1)};
        }
        int64_t weight = (int64_t)(1000 + random_below(&state, 1000));
        cr_assert_eq(tally_profile_add(profile, marks, 40, weight), TALLY_OK);
    }
    struct tally_fragility answer = ask(profile, "minimax-margins", 1);
    cr_assert(answer.known && answer.ballots >= 1);
    cr_assert_leq(answer.ballots, 60 * 2000 / 2 + 1);
    tally_profile_free(profile);
}
