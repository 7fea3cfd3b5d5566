/* Every election with known results: winners, ties, scores, rounds, matrices. */
#include "golden_steps.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tallied {
    size_t counted; /* cases */
    size_t passed_over;
    size_t unread; /* elections in formats the library does not read */
    size_t matrices;
    size_t scores;
    size_t rounds;
    size_t stages;
    size_t reports;
    size_t sets;
    size_t runoffs;
    size_t ties;
};

static const cJSON *get(const cJSON *json, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(json, key);
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

/* The case's options, as they are spelled in the election files. */
static void
set_all(const struct election *election, const cJSON *options, struct tally_rule *rule)
{
    const cJSON *option = NULL;
    cJSON_ArrayForEach(option, options)
    {
        char number[32];
        snprintf(number, sizeof number, "%d", option->valueint);
        const char *value = cJSON_IsString(option) ? option->valuestring
                            : cJSON_IsBool(option)
                                ? (cJSON_IsTrue(option) ? "true" : "false")
                                : number;
        cr_assert_eq(
            tally_rule_set(rule, option->string, value), TALLY_OK, "%s %s: %s=%s",
            election->id, tally_method_name(tally_rule_method(rule)), option->string,
            value);
    }
}

/* What the reports call those that nobody declared: they leave first where a case says
 * so.
 */
static void name_write_ins(const struct election *election, struct tally_rule *rule)
{
    static const char name[] = "Undeclared Write-ins";
    for (size_t i = 0; i < tally_profile_options(tally_file_profile(election->file));
         i++) {
        struct tally_text text = tally_file_name(election->file, i);
        if (text.bytes == strlen(name) && memcmp(text.data, name, text.bytes) == 0) {
            cr_assert_eq(tally_rule_write_in(rule, i), TALLY_OK);
        }
    }
}

static struct tally_result *count_case(
    const struct election *election, const cJSON *one, const uint16_t *tie_order,
    bool batch)
{
    const char *method = cJSON_GetStringValue(get(one, "method"));
    size_t options = tally_profile_options(tally_file_profile(election->file));
    struct tally_rule *rule =
        rule_for(method, (size_t)get(one, "seats")->valueint, tie_order, options);
    set_all(election, get(one, "options"), rule);
    name_write_ins(election, rule);
    if (batch) {
        (void)tally_rule_set(rule, "batch-elimination", "true");
    }
    return count_by(tally_file_profile(election->file), rule);
}

static void check_winners(
    const struct election *election, const cJSON *one, const struct tally_result *result)
{
    const char *method = cJSON_GetStringValue(get(one, "method"));
    const cJSON *winners = get(one, "winners");
    bool tie = cJSON_IsTrue(get(one, "tie"));
    const uint16_t *options = NULL;
    size_t count = tally_result_winners(result, &options);
    cr_assert_eq(
        count, (size_t)cJSON_GetArraySize(winners), "%s %s: %zu winners, state %s",
        election->id, method, count, tally_state_code(tally_result_state(result)));
    const cJSON *winner = NULL;
    cJSON_ArrayForEach(winner, winners)
    {
        const char *name = cJSON_GetStringValue(winner);
        cr_assert(
            has(options, count, election_option(election, name)), "%s %s: %s is missing",
            election->id, method, name);
    }
    cr_assert_eq(
        tally_result_state(result) == TALLY_TIE_DECISIVE, tie, "%s %s: %s", election->id,
        method, tally_state_code(tally_result_state(result)));
}

static bool names_a_set(const struct tally_method *method)
{
    return strcmp(tally_method_name(method), "smith") == 0 ||
           strcmp(tally_method_name(method), "condorcet") == 0;
}

/* With a tie order the seats are filled, all from those who may win. */
static void check_settled(
    const struct election *election, const cJSON *one, const uint16_t *tie_order)
{
    struct tally_result *open = count_case(election, one, NULL, true);
    struct tally_result *settled = count_case(election, one, tie_order, false);
    const uint16_t *possible = NULL;
    const uint16_t *winners = NULL;
    size_t possible_count = tally_result_possible(open, &possible);
    size_t count = tally_result_winners(settled, &winners);
    cr_assert_eq(
        count,
        names_a_set(tally_result_method(settled)) ? possible_count
                                                  : tally_result_seats(settled),
        "%s %s", election->id, tally_method_name(tally_result_method(settled)));
    for (size_t i = 0; i < count; i++) {
        cr_assert(has(possible, possible_count, winners[i]), "%s", election->id);
    }
    tally_result_free(open);
    tally_result_free(settled);
}

static void check_tie_orders(const struct election *election, const cJSON *one)
{
    size_t n = tally_profile_options(tally_file_profile(election->file));
    uint16_t order[TALLY_OPTIONS_MAX];
    for (size_t turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < n; i++) {
            order[i] = (uint16_t)(turn == 0 ? i : n - 1 - i);
        }
        check_settled(election, one, order);
    }
}

static void check_scores(
    const struct election *election, const cJSON *scores,
    const struct tally_result *result)
{
    const cJSON *score = NULL;
    cr_assert(tally_result_scored(result));
    cJSON_ArrayForEach(score, scores)
    {
        struct tally_number number =
            tally_result_score(result, election_option(election, score->string));
        cr_assert_float_eq(
            (double)number.value, score->valuedouble * (double)number.unit, 1e-6,
            "%s %s: score of %s", election->id,
            tally_method_name(tally_result_method(result)), score->string);
    }
}

static void
check_matrix(const struct election *election, const struct tally_result *result)
{
    const cJSON *matrix = get(get(election->json, "pairwise"), "matrix");
    const cJSON *candidates = get(election->json, "candidates");
    int n = cJSON_GetArraySize(candidates);
    for (int a = 0; a < n; a++) {
        size_t x = election_option(
            election, cJSON_GetStringValue(cJSON_GetArrayItem(candidates, a)));
        for (int b = 0; b < n; b++) {
            size_t y = election_option(
                election, cJSON_GetStringValue(cJSON_GetArrayItem(candidates, b)));
            const cJSON *cell = cJSON_GetArrayItem(cJSON_GetArrayItem(matrix, a), b);
            cr_assert_eq(
                tally_result_pair(result, x, y), (int64_t)cell->valuedouble,
                "%s [%d][%d]", election->id, a, b);
        }
    }
}

static void
count_one(const struct election *election, const cJSON *one, struct tallied *tallied)
{
    if (tally_method_find(cJSON_GetStringValue(get(one, "method"))) == NULL) {
        tallied->passed_over++;
        return;
    }
    struct tally_result *result = count_case(election, one, NULL, false);
    check_winners(election, one, result);
    if (get(one, "scores") != NULL) {
        check_scores(election, get(one, "scores"), result);
        tallied->scores++;
    }
    tallied->rounds += golden_rounds(election, one, result) ? 1 : 0;
    tallied->stages += golden_stages(election, one, result) ? 1 : 0;
    tallied->reports += golden_report(election, one, result) ? 1 : 0;
    tallied->sets += golden_sets(election, one, result) ? 1 : 0;
    tallied->runoffs += golden_runoff(election, one, result) ? 1 : 0;
    if (get(election->json, "pairwise") != NULL && tally_result_paired(result)) {
        check_matrix(election, result);
        tallied->matrices++;
    }
    tally_result_free(result);
    check_tie_orders(election, one);
    tallied->ties += cJSON_IsTrue(get(one, "tie")) ? 1 : 0;
    tallied->counted++;
}

static void count_election(const struct election *election, void *ctx)
{
    struct tallied *tallied = ctx;
    const cJSON *cases = get(election->json, "cases");
    const cJSON *one = NULL;
    if (election->file == NULL) {
        tallied->unread++;
        tallied->passed_over += (size_t)cJSON_GetArraySize(cases);
        return;
    }
    const struct tally_profile *profile = tally_file_profile(election->file);
    cr_assert_eq(
        tally_profile_ballots(profile),
        (int64_t)get(election->json, "ballots")->valuedouble, "%s", election->id);
    cr_assert_eq(
        tally_profile_options(profile),
        (size_t)cJSON_GetArraySize(get(election->json, "candidates")), "%s",
        election->id);
    cJSON_ArrayForEach(one, cases)
    {
        count_one(election, one, tallied);
    }
}

static struct tallied count_folder(const char *folder)
{
    struct tallied tallied = {0};
    size_t elections = election_each(folder, count_election, &tallied);
    fprintf(
        stderr,
        "%s: %zu elections (%zu in other formats), %zu cases counted (%zu of them ties), "
        "%zu of other methods or formats passed over; %zu matrices, %zu scores, "
        "%zu round tables, %zu of stages, %zu reports, %zu lists of sets, %zu runoffs\n",
        folder, elections, tallied.unread, tallied.counted, tallied.ties,
        tallied.passed_over, tallied.matrices, tallied.scores, tallied.rounds,
        tallied.stages, tallied.reports, tallied.sets, tallied.runoffs);
    return tallied;
}

/* Every case of every election was counted, whatever its method, format and options. */
static void expect_all(const struct tallied *tallied, size_t counted)
{
    cr_assert_eq(tallied->counted, counted, "%zu cases", tallied->counted);
    cr_assert_eq(tallied->unread, 0);
    cr_assert_eq(tallied->passed_over, 0);
}

Test(golden, every_election_of_ours_counts_as_it_must)
{
    struct tallied tallied = count_folder(TEST_SOURCE_DIR "/golden/elections");
    expect_all(&tallied, 309);
    cr_assert_eq(tallied.ties, 48);
    cr_assert_eq(tallied.reports, 31);
    cr_assert_eq(tallied.sets, 6);
    cr_assert_eq(tallied.runoffs, 3);
}

Test(golden, every_shared_election_counts_as_it_must)
{
    const char *folder = getenv("STIMMWERK_ELECTIONS");
    if (folder == NULL) {
        fputs("STIMMWERK_ELECTIONS is not set: 80 shared elections skipped\n", stderr);
        return;
    }
    struct tallied tallied = count_folder(folder);
    expect_all(&tallied, 1029);
}
