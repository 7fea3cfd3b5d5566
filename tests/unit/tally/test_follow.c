/* Where one ballot counts. */
#include "random_profile.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { A, B, C, D };

struct asked {
    struct tally_profile *profile;
    struct tally_rule *rule;
    struct tally_result *result;
    struct tally_way *way;
};

static struct asked ask(struct tally_profile *profile, const char *method)
{
    struct asked asked = {.profile = profile, .rule = rule_for(method, 1, NULL, 0)};
    cr_assert_eq(tally_count(profile, asked.rule, &asked.result), TALLY_OK);
    return asked;
}

static enum tally_status
follow(struct asked *asked, const struct tally_mark *marks, size_t count)
{
    tally_way_free(asked->way);
    asked->way = NULL;
    return tally_follow(
        asked->profile, asked->rule, asked->result, marks, count, &asked->way);
}

static void asked_fini(struct asked *asked)
{
    tally_way_free(asked->way);
    tally_result_free(asked->result);
    tally_rule_free(asked->rule);
    tally_profile_free(asked->profile);
}

static struct tally_profile *profile_of(const char *abif)
{
    struct tally_file *file = read_text(abif, TALLY_FORMAT_ABIF);
    const struct tally_profile *read = tally_file_profile(file);
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(tally_profile_options(read), &profile), TALLY_OK);
    cr_assert_eq(tally_profile_merge(profile, read), TALLY_OK);
    tally_file_free(file);
    return profile;
}

/* The whole way as a text: rounds with | between, parts as A1. */
static void check_way(const struct tally_way *way, const char *expected)
{
    char text[512] = "";
    size_t at = 0;
    for (size_t r = 0; r < tally_way_rounds(way); r++) {
        for (size_t i = 0; i < tally_way_parts(way, r); i++) {
            struct tally_part part = tally_way_part(way, r, i);
            char number[TALLY_NUMBER_BYTES];
            tally_number_write(part.value, number);
            at += (size_t)snprintf(
                text + at, sizeof text - at, "%c%s ", 'A' + part.option, number);
        }
        at += (size_t)snprintf(text + at, sizeof text - at, "|");
    }
    cr_assert_str_eq(text, expected);
}

static void check_follow(
    const char *text, const char *method, const struct tally_mark *marks, size_t count,
    const char *expected)
{
    struct asked asked = ask(profile_of(text), method);
    cr_assert_eq(follow(&asked, marks, count), TALLY_OK, "%s", method);
    check_way(asked.way, expected);
    asked_fini(&asked);
}

/* D leaves first, then C: the ballot D > C goes on to C, then to nobody. */
static const char three_rounds[] = "6:A\n5:B\n2:C\n1:D>C\n";
static const struct tally_mark d_c[] = {{D, 1}, {C, 2}};

Test(follow, in_instant_runoff_is_one_option_a_round_until_none_is_left)
{
    check_follow(three_rounds, "irv", d_c, 2, "D1 |C1 ||");
    check_follow(
        three_rounds, "irv", (const struct tally_mark[]){{B, 1}}, 1, "B1 |B1 |B1 |");
}

static const char small[] = "3:A>B=C>D\n1:B\n2:\n1:C=D>A\n";
static const struct tally_mark a_bc_d[] = {{A, 1}, {B, 2}, {C, 2}, {D, 3}};
static const struct tally_mark b[] = {{B, 1}};
static const struct tally_mark cd_a[] = {{C, 1}, {D, 1}, {A, 2}};

Test(follow, in_plurality_is_the_only_option_in_the_first_place)
{
    check_follow(small, "plurality", a_bc_d, 4, "A1 |");
    check_follow(small, "plurality", b, 1, "B1 |");
    check_follow(small, "plurality", cd_a, 3, "|");
    check_follow(small, "plurality", NULL, 0, "|");
}

Test(follow, in_plurality_is_nobody_after_a_first_place_without_a_name)
{
    static const struct tally_mark unnamed[] = {{TALLY_UNNAMED, 1}, {B, 2}};
    static const struct tally_mark twice[] = {{B, 1}, {B, 1}};
    struct tally_profile *profile = profile_of("3:A\n1:B\n");
    cr_assert_eq(tally_profile_add(profile, unnamed, 2, 1), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, twice, 2, 1), TALLY_OK);
    struct asked asked = ask(profile, "plurality");
    cr_assert_eq(follow(&asked, unnamed, 2), TALLY_OK);
    check_way(asked.way, "|");
    cr_assert_eq(follow(&asked, twice, 2), TALLY_OK);
    check_way(asked.way, "B1 |");
    asked_fini(&asked);
}

Test(follow, in_approval_is_every_marked_option)
{
    check_follow(small, "approval", cd_a, 3, "C1 D1 A1 |");
    check_follow(small, "approval", NULL, 0, "|");
}

Test(follow, in_borda_is_the_points_also_of_those_left_out)
{
    check_follow(small, "borda", a_bc_d, 4, "A3 B1.5 C1.5 |");
    check_follow(small, "borda", b, 1, "B3 A1 C1 D1 |");
    check_follow(small, "borda", NULL, 0, "A1.5 B1.5 C1.5 D1.5 |");
    check_follow(small, "black", cd_a, 3, "C2.5 D2.5 A1 |");
}

Test(follow, in_duels_is_in_how_many_the_ballot_votes_for_an_option)
{
    static const char *const methods[] = {
        "ranked-pairs-wv", "schulze-margins", "copeland", "minimax-wv", "kemeny"};
    for (size_t i = 0; i < 5; i++) {
        check_follow(small, methods[i], a_bc_d, 4, "A3 B1 C1 |");
        check_follow(small, methods[i], b, 1, "B3 |");
        check_follow(small, methods[i], cd_a, 3, "C2 D2 A1 |");
    }
}

/* Quota 4 of 7: with the second ranks A has 4 and B 5. */
Test(follow, in_bucklin_is_all_options_counted_so_far)
{
    static const char text[] = "3:A>B>C>D\n2:B=C>D>A\n1:C>A\n1:D\n";
    check_follow(
        text, "bucklin", (const struct tally_mark[]){{C, 1}, {A, 2}}, 2, "C1 |C1 A1 |");
    check_follow(
        text, "bucklin", (const struct tally_mark[]){{B, 1}, {C, 1}, {D, 2}, {A, 3}}, 4,
        "B1 C1 |B1 C1 |");
}

Test(follow, reads_marks_in_any_order_and_repeated_ones_as_they_were_counted)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    const struct tally_mark raw[] = {{C, 4}, {TALLY_UNNAMED, 2}, {A, 3}, {A, 1}, {B, 3}};
    const struct tally_mark same[] = {{A, 1}, {TALLY_UNNAMED, 2}, {A, 3}, {B, 3}, {C, 4}};
    cr_assert_eq(tally_profile_add(profile, raw, 5, 1), TALLY_OK);
    struct asked asked = ask(profile, "irv");
    cr_assert_eq(follow(&asked, same, 5), TALLY_OK);
    check_way(asked.way, "A1 |");
    tally_result_free(asked.result);
    tally_rule_free(asked.rule);
    asked.rule = rule_for("copeland", 1, NULL, 0);
    cr_assert_eq(tally_count(profile, asked.rule, &asked.result), TALLY_OK);
    cr_assert_eq(follow(&asked, same, 5), TALLY_OK);
    check_way(asked.way, "A2 B1 |");
    asked_fini(&asked);
}

Test(follow, refuses_what_is_no_ballot_of_the_profile)
{
    struct asked asked = ask(profile_of(small), "irv");
    cr_assert_eq(follow(&asked, cd_a, 2), TALLY_BAD_BALLOT); /* nobody cast it */
    cr_assert_eq(
        follow(&asked, (const struct tally_mark[]){{A, 1}, {B, 2}, {C, 2}, {D, 4}}, 4),
        TALLY_BAD_BALLOT);
    cr_assert_eq(
        follow(&asked, (const struct tally_mark[]){{A, 0}}, 1), TALLY_BAD_BALLOT);
    cr_assert_null(asked.way);
    asked_fini(&asked);
}

Test(follow, reads_scores_as_they_were_given)
{
    struct tally_profile *profile = NULL;
    const struct tally_mark scores[] = {{A, 0}, {B, 5}, {C, 2}};
    const struct tally_mark without[] = {{C, 2}, {B, 5}};
    cr_assert_eq(tally_profile_new_scored(3, 5, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, scores, 3, 1), TALLY_OK);
    struct asked asked = ask(profile, "approval");
    cr_assert_eq(follow(&asked, without, 2), TALLY_OK);
    check_way(asked.way, "B1 C1 |");
    asked_fini(&asked);
}

/* All ballots together hold in each round what the round's table says. */
static void add_up(struct asked *asked)
{
    int64_t votes[POLL_OPTIONS_MAX * POLL_OPTIONS_MAX] = {0};
    size_t n = tally_profile_options(asked->profile);
    size_t rounds = tally_result_rounds(asked->result);
    for (size_t i = 0; i < tally_profile_distinct(asked->profile); i++) {
        const struct tally_mark *marks = NULL;
        int64_t weight = 0;
        size_t count = tally_profile_ballot(asked->profile, i, &marks, &weight);
        cr_assert_eq(follow(asked, marks, count), TALLY_OK);
        cr_assert_eq(tally_way_rounds(asked->way), rounds);
        for (size_t r = 0; r < rounds; r++) {
            for (size_t p = 0; p < tally_way_parts(asked->way, r); p++) {
                struct tally_part part = tally_way_part(asked->way, r, p);
                votes[r * n + part.option] += weight * part.value.value;
            }
        }
    }
    for (size_t r = 0; r < rounds; r++) {
        for (size_t o = 0; o < n; o++) {
            int64_t expected = tally_round_has(asked->result, r, o)
                                   ? tally_round_votes(asked->result, r, o).value
                                   : 0;
            cr_assert_eq(votes[r * n + o], expected);
        }
    }
}

Test(follow, all_ballots_together_make_the_tables_of_the_rounds)
{
    static const char *const methods[] = {"irv",     "bucklin",           "benham",
                                          "baldwin", "bottom-two-runoff", "smith-irv",
                                          "nanson",  "bottoms-up"};
    uint64_t state = 95;
    for (size_t turn = 0; turn < 800; turn++) {
        struct random_poll poll = random_poll(&state);
        struct asked asked = ask(random_profile(&poll, NULL, NULL), methods[turn % 8]);
        add_up(&asked);
        asked_fini(&asked);
    }
}

/* Without rounds: what all ballots give an option is its score. */
Test(follow, all_ballots_together_make_the_scores)
{
    static const char *const methods[] = {"plurality", "approval", "borda", "black"};
    uint64_t state = 96;
    for (size_t turn = 0; turn < 200; turn++) {
        struct random_poll poll = random_poll(&state);
        struct asked asked = ask(random_profile(&poll, NULL, NULL), methods[turn % 4]);
        int64_t scores[POLL_OPTIONS_MAX] = {0};
        for (size_t i = 0; i < tally_profile_distinct(asked.profile); i++) {
            const struct tally_mark *marks = NULL;
            int64_t weight = 0;
            size_t count = tally_profile_ballot(asked.profile, i, &marks, &weight);
            cr_assert_eq(follow(&asked, marks, count), TALLY_OK);
            cr_assert_eq(tally_way_rounds(asked.way), 1);
            for (size_t p = 0; p < tally_way_parts(asked.way, 0); p++) {
                struct tally_part part = tally_way_part(asked.way, 0, p);
                scores[part.option] += weight * part.value.value;
            }
        }
        for (size_t o = 0; o < poll.options; o++) {
            cr_assert_eq(scores[o], tally_result_score(asked.result, o).value);
        }
        asked_fini(&asked);
    }
}
