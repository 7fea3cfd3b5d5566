#include "golden_steps.h"

#include <stdlib.h>
#include <string.h>

static const cJSON *get(const cJSON *json, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(json, key);
}

static double number_of(struct tally_number number)
{
    return (double)number.value / (double)number.unit;
}

/* Where a check stands, for its messages. */
struct place {
    const struct election *election;
    const char *method;
    size_t round;
};

static void check_votes(
    const struct place *place, const cJSON *votes, const struct tally_result *result)
{
    const cJSON *number = NULL;
    cJSON_ArrayForEach(number, votes)
    {
        size_t option = election_option(place->election, number->string);
        bool has = tally_round_has(result, place->round, option);
        double found =
            has ? number_of(tally_round_votes(result, place->round, option)) : 0;
        cr_assert_float_eq(
            found, number->valuedouble, 1e-7, "%s %s round %zu: %s has %.9f, not %.9f",
            place->election->id, place->method, place->round + 1, number->string, found,
            number->valuedouble);
    }
}

/* Are those named exactly the options? */
static void check_named(
    const struct place *place, const cJSON *names, const uint16_t *options, size_t count,
    const char *what)
{
    cr_assert_eq(
        count, (size_t)cJSON_GetArraySize(names), "%s %s round %zu: %zu %s, not %d",
        place->election->id, place->method, place->round + 1, count, what,
        cJSON_GetArraySize(names));
    const cJSON *name = NULL;
    cJSON_ArrayForEach(name, names)
    {
        size_t option = election_option(place->election, name->valuestring);
        bool found = false;
        for (size_t i = 0; i < count; i++) {
            found = found || options[i] == option;
        }
        cr_assert(
            found, "%s %s round %zu: %s is not %s", place->election->id, place->method,
            place->round + 1, name->valuestring, what);
    }
}

static size_t options_in(const struct tally_result *result, size_t round)
{
    size_t in = 0;
    for (size_t o = 0; o < tally_result_options(result); o++) {
        in += tally_round_has(result, round, o) ? 1 : 0;
    }
    return in;
}

static void check_round(
    const struct place *place, const cJSON *round, const struct tally_result *result)
{
    check_votes(place, get(round, "votes"), result);
    cr_assert_eq(
        options_in(result, place->round),
        (size_t)cJSON_GetArraySize(get(round, "votes")));
    cr_assert_float_eq(
        number_of(tally_round_exhausted(result, place->round)),
        get(round, "exhausted")->valuedouble, 1e-9, "%s round %zu", place->election->id,
        place->round + 1);
    const char *eliminated = cJSON_GetStringValue(get(round, "eliminated"));
    const uint16_t *options = NULL;
    size_t count = tally_round_eliminated(result, place->round, &options);
    cr_assert_eq(count, eliminated != NULL ? 1 : 0);
    if (eliminated != NULL) {
        cr_assert_eq(options[0], election_option(place->election, eliminated));
    }
}

static struct place place_of(const struct election *election, const cJSON *one)
{
    return (struct place){
        .election = election, .method = cJSON_GetStringValue(get(one, "method"))};
}

bool golden_rounds(
    const struct election *election, const cJSON *one, const struct tally_result *result)
{
    const cJSON *rounds = get(one, "rounds");
    struct place place = place_of(election, one);
    size_t count = (size_t)cJSON_GetArraySize(rounds);
    if (rounds == NULL) {
        return false;
    }
    cr_assert_eq(tally_result_rounds(result), count, "%s", election->id);
    for (; place.round < count; place.round++) {
        check_round(&place, cJSON_GetArrayItem(rounds, (int)place.round), result);
    }
    return true;
}

/* Stage i is the beginning of round i: `option` is whose votes were transferred. */
static void check_stage(
    const struct place *place, const cJSON *stage, const struct tally_result *result)
{
    const uint16_t *options = NULL;
    check_votes(place, get(stage, "votes"), result);
    size_t count = tally_round_elected(result, place->round, &options);
    check_named(place, get(stage, "elected"), options, count, "elected");
    double gone = number_of(tally_round_exhausted(result, place->round));
    cr_assert_float_eq(
        gone, get(stage, "nontransferable")->valuedouble, 1e-7,
        "%s round %zu: %.5f not transferred", place->election->id, place->round + 1,
        gone);
    const char *source = cJSON_GetStringValue(get(stage, "option"));
    count = tally_round_sources(result, place->round, &options);
    cr_assert_eq(count, source != NULL ? 1 : 0, "%s", place->election->id);
    if (source != NULL) {
        cr_assert_eq(options[0], election_option(place->election, source));
    }
}

bool golden_stages(
    const struct election *election, const cJSON *one, const struct tally_result *result)
{
    struct place place = place_of(election, one);
    const cJSON *quota = get(one, "quota");
    const cJSON *stages = get(one, "stages");
    if (quota != NULL) {
        cr_assert_float_eq(
            number_of(tally_round_quota(result, 0)), quota->valuedouble, 1e-9, "%s",
            election->id);
    }
    if (stages == NULL) {
        return false;
    }
    size_t count = (size_t)cJSON_GetArraySize(stages);
    cr_assert_eq(tally_result_rounds(result), count, "%s", election->id);
    for (; place.round < count; place.round++) {
        check_stage(&place, cJSON_GetArrayItem(stages, (int)place.round), result);
    }
    return true;
}

static double inactive_of(const cJSON *round)
{
    double sum = 0;
    const cJSON *part = NULL;
    cJSON_ArrayForEach(part, get(round, "inactive"))
    {
        sum += part->valuedouble;
    }
    return sum;
}

/* Does the report tell of all options and of no others? One of them leaves out an option
 * that was withdrawn, one has a row of 0 for write-ins that nobody made. */
static bool is_comparable(const struct election *election, const cJSON *rounds)
{
    const cJSON *votes = get(cJSON_GetArrayItem(rounds, 0), "votes");
    const cJSON *candidate = NULL;
    cJSON_ArrayForEach(candidate, get(election->json, "candidates"))
    {
        if (get(votes, candidate->valuestring) == NULL) {
            return false;
        }
    }
    return cJSON_GetArraySize(votes) ==
           cJSON_GetArraySize(get(election->json, "candidates"));
}

static void check_reported(
    const struct place *place, const cJSON *round, const struct tally_result *result)
{
    const uint16_t *options = NULL;
    check_votes(place, get(round, "votes"), result);
    size_t count = tally_round_elected(result, place->round, &options);
    check_named(place, get(round, "elected"), options, count, "elected");
    count = tally_round_eliminated(result, place->round, &options);
    check_named(place, get(round, "eliminated"), options, count, "eliminated");
}

bool golden_report(
    const struct election *election, const cJSON *one, const struct tally_result *result)
{
    const cJSON *rounds = get(one, "published_rounds");
    struct place place = place_of(election, one);
    if (rounds == NULL || !is_comparable(election, rounds) ||
        tally_result_state(result) == TALLY_TIE_DECISIVE) {
        return false; /* the report's lot is not ours */
    }
    int count = cJSON_GetArraySize(rounds);
    bool whole = get(one, "note") == NULL; /* else the first and the last round only */
    if (whole) {
        cr_assert_eq(
            tally_result_rounds(result), (size_t)count, "%s %s: %zu rounds, not %d",
            election->id, place.method, tally_result_rounds(result), count);
    }
    for (int i = 0; i < count; i++) {
        place.round = whole || i == 0 ? (size_t)i
                                      : tally_result_rounds(result) - (size_t)(count - i);
        const cJSON *round = cJSON_GetArrayItem(rounds, i);
        check_reported(&place, round, result);
        cr_assert_float_eq(
            number_of(tally_round_exhausted(result, place.round)), inactive_of(round),
            1e-7, "%s %s round %zu: %f inactive", election->id, place.method,
            place.round + 1, inactive_of(round));
    }
    return true;
}

static bool
set_is(const struct election *election, const cJSON *names, const uint16_t *options)
{
    const cJSON *name = NULL;
    cJSON_ArrayForEach(name, names)
    {
        size_t option = election_option(election, name->valuestring);
        bool found = false;
        for (int i = 0; i < cJSON_GetArraySize(names); i++) {
            found = found || options[i] == option;
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static bool is_possible(
    const struct election *election, const cJSON *names,
    const struct tally_result *result)
{
    for (size_t i = 0; i < tally_result_sets(result); i++) {
        const uint16_t *options = NULL;
        if (tally_result_set(result, i, &options) == (size_t)cJSON_GetArraySize(names) &&
            set_is(election, names, options)) {
            return true;
        }
    }
    return false;
}

bool golden_sets(
    const struct election *election, const cJSON *one, const struct tally_result *result)
{
    const cJSON *sets = get(one, "possible");
    const cJSON *total = get(one, "possible_count");
    const char *method = cJSON_GetStringValue(get(one, "method"));
    if (sets == NULL) {
        return false;
    }
    int64_t count = total != NULL ? total->valueint : cJSON_GetArraySize(sets);
    cr_assert_eq(
        tally_result_set_total(result), count, "%s %s: %lld possible sets, not %lld",
        election->id, method, (long long)tally_result_set_total(result),
        (long long)count);
    const cJSON *set = NULL;
    cJSON_ArrayForEach(set, sets)
    {
        cr_assert(is_possible(election, set, result), "%s %s", election->id, method);
    }
    return true;
}

bool golden_runoff(
    const struct election *election, const cJSON *one, const struct tally_result *result)
{
    const cJSON *runoff = get(one, "runoff");
    if (runoff == NULL) {
        return false;
    }
    cr_assert_eq(tally_result_duels(result), 1);
    struct tally_duel duel = tally_result_duel(result, 0);
    cr_assert_eq(duel.fate, TALLY_RUNOFF);
    const cJSON *votes = NULL;
    cJSON_ArrayForEach(votes, runoff)
    {
        size_t option = election_option(election, votes->string);
        cr_assert(option == duel.winner || option == duel.loser, "%s", election->id);
        int64_t found = option == duel.winner ? duel.votes_for : duel.votes_against;
        cr_assert_eq(found, (int64_t)votes->valuedouble, "%s", election->id);
    }
    return true;
}
