/* Black's and Bucklin's methods, Borda's points by ballots, Schulze's paths, Ranked Pairs
 * without a search: examples counted by hand. */
#include "random_profile.h"

#include <criterion/criterion.h>

enum { A, B, C, D, E };

static struct tally_result *
count_text(const char *text, const char *method, size_t seats, const uint16_t *lot)
{
    struct tally_file *file = read_text(text, TALLY_FORMAT_ABIF);
    struct tally_result *result =
        random_count(tally_file_profile(file), method, seats, lot);
    tally_file_free(file);
    return result;
}

static void check_set(const uint16_t *options, size_t count, const char *expected)
{
    char text[TALLY_OPTIONS_MAX];
    for (size_t i = 0; i < count; i++) {
        text[i] = (char)('A' + options[i]);
    }
    text[count] = '\0';
    cr_assert_str_eq(text, expected);
}

static void check_winners(const struct tally_result *result, const char *expected)
{
    const uint16_t *winners = NULL;
    size_t count = tally_result_winners(result, &winners);
    check_set(winners, count, expected);
}

static void check_places(const struct tally_result *result, const char *const *expected)
{
    for (size_t p = 0; p < tally_result_places(result); p++) {
        const uint16_t *options = NULL;
        size_t count = tally_result_place(result, p, &options);
        check_set(options, count, expected[p]);
    }
    cr_assert_null(expected[tally_result_places(result)]);
}

/* ---- Black ---- */

/* Borda alone elects B: A 2×3 + 0×2 = 6, B 3 + 2×2 = 7, C 2; but A beats both, 3 to 2. */
static const char beaten_borda[] = "3:A>B>C\n2:B>C>A\n";

Test(black, puts_the_condorcet_winner_before_those_with_more_points)
{
    struct tally_result *result = count_text(beaten_borda, "black", 1, NULL);
    check_places(result, (const char *[]){"A", "B", "C", NULL});
    check_winners(result, "A");
    cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
    cr_assert_eq(tally_result_score(result, A).value, 12); /* Borda's, in halves */
    cr_assert_eq(tally_result_score(result, B).value, 14);
    cr_assert_eq(tally_result_score(result, B).unit, 2);
    cr_assert_not(tally_result_has_points(result));
    tally_result_free(result);
    result = count_text(beaten_borda, "black", 2, NULL);
    check_winners(result, "AB");
    tally_result_free(result);
}

/* A circle: A beats B 5 to 3, B beats C 6 to 2, C beats A 5 to 3.
 * Points: A 3×2 + 2×1 = 8, B 3×1 + 3×2 = 9, C 3×1 + 2×2 = 7. */
Test(black, without_a_condorcet_winner_is_borda)
{
    struct tally_result *result =
        count_text("3:A>B>C\n3:B>C>A\n2:C>A>B\n", "black", 1, NULL);
    check_places(result, (const char *[]){"B", "A", "C", NULL});
    tally_result_free(result);
}

/* ---- Bucklin ---- */

/* The textbooks' Tennessee, A to D for Memphis, Nashville, Chattanooga, Knoxville: nobody
 * has 51 first ranks; the second bring B 42, C 26 + 17, D 15, A none. */
static const char tennessee[] = "42:A>B>C>D\n26:B>C>D>A\n15:C>D>B>A\n17:D>C>B>A\n";

Test(bucklin, adds_the_next_rank_until_somebody_has_more_than_half)
{
    struct tally_result *result = count_text(tennessee, "bucklin", 1, NULL);
    cr_assert_eq(tally_result_rounds(result), 2);
    static const int64_t votes[2][4] = {{42, 26, 15, 17}, {42, 68, 58, 32}};
    const uint16_t *elected = NULL;
    for (size_t r = 0; r < 2; r++) {
        for (size_t o = 0; o < 4; o++) {
            cr_assert_eq(tally_round_votes(result, r, o).value, votes[r][o]);
        }
        cr_assert_eq(tally_round_quota(result, r).value, 51);
        cr_assert_eq(tally_round_exhausted(result, r).value, 0);
        cr_assert_eq(tally_round_elected(result, r, &elected), r);
        cr_assert_eq(tally_round_eliminated(result, r, &elected), 0);
    }
    cr_assert_eq(tally_round_reason(result, 0), TALLY_NOTHING);
    cr_assert_eq(tally_round_reason(result, 1), TALLY_MAJORITY);
    check_places(result, (const char *[]){"B", "C", "A", "D", NULL});
    cr_assert_eq(tally_result_score(result, B).value, 68);
    tally_result_free(result);
}

/* Exactly half is not enough: 2 of 4. In the second round A has 4. */
Test(bucklin, half_is_not_more_than_half)
{
    struct tally_result *result = count_text("2:A>B\n2:B>A>C\n", "bucklin", 1, NULL);
    cr_assert_eq(tally_result_rounds(result), 2);
    cr_assert_eq(tally_round_quota(result, 0).value, 3);
    check_winners(result, "AB");
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    const uint16_t *elected = NULL;
    cr_assert_eq(tally_round_elected(result, 1, &elected), 0); /* it is left open */
    tally_result_free(result);
    static const uint16_t lot[] = {C, B, A};
    result = count_text("2:A>B\n2:B>A>C\n", "bucklin", 1, lot);
    check_winners(result, "B");
    cr_assert_eq(tally_round_elected(result, 1, &elected), 1);
    cr_assert_eq(elected[0], B);
    tally_result_free(result);
}

/* Blank ballots are not in the half; when all short ballots are used up the most votes
 * win, here A's 3 of 6. */
Test(bucklin, without_a_majority_at_the_end_the_most_votes_win)
{
    struct tally_result *result =
        count_text("3:A\n1:B>C\n1:C>D\n1:D>B=E\n7:\n", "bucklin", 1, NULL);
    cr_assert_eq(tally_round_quota(result, 0).value, 4);
    cr_assert_eq(tally_result_rounds(result), 2);
    cr_assert_eq(tally_round_reason(result, 1), TALLY_NOTHING);
    const uint16_t *elected = NULL;
    cr_assert_eq(tally_round_elected(result, 1, &elected), 0);
    check_winners(result, "A");
    tally_result_free(result);
}

/* A = B share the first two places: both count from the first rank on, C, the third, from
 * the third. Skipped ranks close up. */
Test(bucklin, equals_count_from_their_first_place_on_and_gaps_close_up)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(4, &profile), TALLY_OK);
    const struct tally_mark equals[] = {{A, 5}, {B, 5}, {C, 9}};
    const struct tally_mark single[] = {{D, 3}};
    cr_assert_eq(tally_profile_add(profile, equals, 3, 1), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, single, 1, 1), TALLY_OK);
    struct tally_result *result = random_count(profile, "bucklin", 1, NULL);
    static const int64_t votes[3][4] = {{1, 1, 0, 1}, {1, 1, 0, 1}, {1, 1, 1, 1}};
    cr_assert_eq(tally_result_rounds(result), 3);
    for (size_t r = 0; r < 3; r++) {
        for (size_t o = 0; o < 4; o++) {
            cr_assert_eq(tally_round_votes(result, r, o).value, votes[r][o]);
        }
    }
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(bucklin, a_ballot_of_unnamed_marks_is_exhausted_and_not_blank)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(2, &profile), TALLY_OK);
    const struct tally_mark unnamed = {TALLY_UNNAMED, 1};
    const struct tally_mark named = {B, 1};
    cr_assert_eq(tally_profile_add(profile, &unnamed, 1, 2), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &named, 1, 2), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, NULL, 0, 5), TALLY_OK);
    struct tally_result *result = random_count(profile, "bucklin", 1, NULL);
    cr_assert_eq(tally_result_blank(result), 5);
    cr_assert_eq(tally_result_exhausted(result).value, 2);
    cr_assert_eq(tally_round_quota(result, 0).value, 3);
    check_winners(result, "B");
    tally_result_free(result);
    tally_profile_free(profile);
}

/* For two seats the first alone has passed; the second is elected without. */
Test(bucklin, says_only_of_those_who_passed_that_the_round_elected_them)
{
    struct tally_result *result =
        count_text("3:A>B>C\n1:B>A>C\n1:C>B>A\n", "bucklin", 2, (uint16_t[]){C, B, A});
    cr_assert_eq(tally_result_rounds(result), 1);
    const uint16_t *elected = NULL;
    size_t count = tally_round_elected(result, 0, &elected);
    check_set(elected, count, "A");
    check_winners(result, "AC");
    tally_result_free(result);
}

/* ---- Borda's points ---- */

static int64_t row_sum(const struct tally_result *result, size_t option, bool weighted)
{
    int64_t sum = 0;
    for (size_t h = 0; h <= 2 * tally_result_options(result) - 2; h++) {
        int64_t ballots = tally_result_points(result, option, h);
        cr_assert_geq(ballots, 0);
        sum += weighted ? (int64_t)h * ballots : ballots;
    }
    return sum;
}

/* Four options: A alone on top has 3 points, the three unranked 1 each; B = C share 3 and
 * 2, D comes next, then A. A blank ballot gives each 1.5. */
Test(borda, tells_how_many_ballots_gave_how_many_points)
{
    struct tally_result *result = count_text("5:A\n2:B=C>D>A\n1:\n", "borda", 1, NULL);
    cr_assert(tally_result_has_points(result));
    cr_assert_eq(tally_result_points(result, A, 6), 5);
    cr_assert_eq(tally_result_points(result, A, 0), 2);
    cr_assert_eq(tally_result_points(result, A, 3), 1);
    cr_assert_eq(tally_result_points(result, B, 2), 5);
    cr_assert_eq(tally_result_points(result, B, 5), 2);
    cr_assert_eq(tally_result_points(result, C, 5), 2);
    cr_assert_eq(tally_result_points(result, D, 2), 7);
    cr_assert_eq(tally_result_points(result, D, 3), 1);
    tally_result_free(result);
}

Test(borda, points_add_up_to_the_ballots_and_to_the_scores)
{
    uint64_t state = 81;
    for (size_t turn = 0; turn < 300; turn++) {
        struct random_poll poll = random_poll(&state);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        struct tally_result *result = random_count(profile, "borda", 1, NULL);
        for (size_t o = 0; o < poll.options; o++) {
            cr_assert_eq(row_sum(result, o, false), tally_result_ballots(result));
            cr_assert_eq(row_sum(result, o, true), tally_result_score(result, o).value);
        }
        tally_result_free(result);
        tally_profile_free(profile);
    }
}

/* ---- Schulze's paths ---- */

/* The example with 45 ballots of Schulze's paper (section 3.1 of arXiv:1804.02973, also
 * in Wikipedia): the paths' strengths by winning votes, as printed there. */
Test(schulze, tells_the_strengths_of_the_strongest_paths)
{
    static const char paper[] =
        "5:A>C>B>E>D\n5:A>D>E>C>B\n8:B>E>D>A>C\n3:C>A>B>E>D\n7:C>A>E>B>D\n"
        "2:C>B>A>D>E\n7:D>C>E>B>A\n8:E>B>A>D>C\n";
    static const int64_t paths[5][5] = {
        {0, 28, 28, 30, 24},
        {25, 0, 28, 33, 24},
        {25, 29, 0, 29, 24},
        {25, 28, 28, 0, 24},
        {25, 28, 28, 31, 0}};
    struct tally_file *file = read_text(paper, TALLY_FORMAT_ABIF);
    struct tally_result *result =
        random_count(tally_file_profile(file), "schulze-wv", 1, NULL);
    cr_assert(tally_result_has_paths(result));
    uint16_t number[5];
    for (uint16_t o = 0; o < 5; o++) {
        number[tally_file_name(file, o).data[0] - 'A'] = o;
    }
    for (size_t a = 0; a < 5; a++) {
        for (size_t b = 0; b < 5; b++) {
            cr_assert(
                a == b || tally_result_path(result, number[a], number[b]) == paths[a][b],
                "%zu %zu", a, b);
        }
    }
    const uint16_t *winners = NULL;
    cr_assert_eq(tally_result_winners(result, &winners), 1);
    cr_assert_eq(winners[0], number[E]);
    tally_result_free(result);
    result = random_count(tally_file_profile(file), "copeland", 1, NULL);
    cr_assert_not(tally_result_has_paths(result));
    tally_result_free(result);
    tally_file_free(file);
}

/* ---- Ranked Pairs without a search ---- */

static struct tally_result *
count_unsearched(const char *text, size_t seats, const uint16_t *lot, size_t options)
{
    struct tally_file *file = read_text(text, TALLY_FORMAT_ABIF);
    struct tally_rule *rule = rule_for("ranked-pairs-wv", seats, lot, options);
    rule_set(rule, "search", "none");
    struct tally_result *result = count_by(tally_file_profile(file), rule);
    tally_file_free(file);
    return result;
}

Test(ranked_pairs, unsearched_leaves_open_whether_the_lot_mattered)
{
    static const char circle[] = "1:A>B>C\n1:B>C>A\n1:C>A>B\n";
    static const uint16_t lot[] = {C, A, B};
    const uint16_t *possible = NULL;
    struct tally_result *result = count_unsearched(circle, 1, lot, 3);
    cr_assert_eq(tally_result_state(result), TALLY_NOT_SETTLED);
    cr_assert_eq(tally_result_possible(result, &possible), 3);
    check_winners(result, "C");
    tally_result_free(result);

    result = count_unsearched(circle, 1, NULL, 0);
    cr_assert_eq(tally_result_state(result), TALLY_NOT_SETTLED);
    check_winners(result, "ABC");
    tally_result_free(result);

    result = count_unsearched(circle, 2, lot, 3);
    cr_assert_eq(tally_result_state(result), TALLY_NOT_SETTLED);
    tally_result_free(result);
}

/* D beats all: the circle below is drawn by lot, but nobody else can win. */
Test(ranked_pairs, unsearched_knows_that_nobody_replaces_a_condorcet_winner)
{
    static const char text[] = "1:D>A>B>C\n1:D>B>C>A\n1:D>C>A>B\n";
    struct tally_result *result = count_unsearched(text, 1, (uint16_t[]){A, B, C, D}, 4);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_IRRELEVANT);
    cr_assert_eq(tally_result_ties(result), 1);
    tally_result_free(result);
}

static void check_random_rankings(uint64_t state, size_t options, size_t *not_settled)
{
    struct tally_profile *profile = NULL;
    struct tally_mark marks[30];
    uint16_t order[30];
    cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
    for (size_t b = 0; b < 10; b++) {
        random_permutation(&state, options, order);
        for (size_t i = 0; i < options; i++) {
            marks[i] = (struct tally_mark){order[i], (uint16_t)(i + 1)};
        }
        cr_assert_eq(tally_profile_add(profile, marks, options, 1), TALLY_OK);
    }
    for (size_t seats = 1; seats < 6; seats += 2) {
        const uint16_t *winners = NULL;
        struct tally_result *result =
            count_by(profile, rule_for("ranked-pairs-wv", seats, order, options));
        cr_assert_eq(tally_result_winners(result, &winners), seats);
        if (tally_result_state(result) == TALLY_NOT_SETTLED) {
            cr_assert_geq(tally_result_possible(result, &winners), seats);
            ++*not_settled;
        }
        tally_result_free(result);
    }
    tally_profile_free(profile);
}

/* Of ten random rankings of 20 or 30 options hundreds of majorities are equal, most of
 * them in circles. */
Test(ranked_pairs, a_search_beyond_its_bounds_is_not_settled)
{
    size_t not_settled = 0;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        check_random_rankings(seed, 30, &not_settled);
        check_random_rankings(seed, 20, &not_settled);
    }
    cr_assert_gt(not_settled, 4);
}

Test(ranked_pairs, unsearched_is_decided_where_nothing_is_tied)
{
    struct tally_result *result = count_unsearched(tennessee, 1, NULL, 0);
    cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
    tally_result_free(result);
}
