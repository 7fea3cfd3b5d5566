/* stimmwerk tally on what an event's export holds: its options, its lot, its ballots. */
#include "trust/trust.h"
#include "unit/app/typed.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(tally_recount, .init = typed_set_up);

#define SEED "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

/* An export with a lot of the server's own making. */
static const char *write_results(const uint16_t *order, bool lot)
{
    static const char *const names[] = {"rock", "scissors", "paper"};
    char text[512] = "poll,round,option,name,votes,lot\n";
    for (size_t i = 0; i < 3; i++) {
        size_t position = 0;
        while (order[position] != i) {
            position++;
        }
        char row[64];
        char place[8] = "";
        if (lot) {
            snprintf(place, sizeof place, "%zu", position + 1);
        }
        snprintf(row, sizeof row, "3,0,%zu,%s,,%s\n", 7 * i + 2, names[i], place);
        strncat(text, row, sizeof text - strlen(text) - 1);
    }
    return typed_file(text);
}

static void write_line(char line[512], const char *results, const char *ballots)
{
    snprintf(
        line, 512,
        "stimmwerk|tally|--method|irv|--poll|3|--seed|" SEED "|--results|%s|%s", results,
        ballots);
}

Test(tally_recount, draws_the_servers_lot_again_from_its_seed)
{
    static const int64_t ids[] = {2, 9, 16};
    static const char *const names[] = {"rock", "scissors", "paper"};
    uint16_t order[3];
    struct hash seed;
    char line[512];
    char expected[64];
    for (size_t i = 0; i < sizeof seed.bytes; i++) {
        seed.bytes[i] = (uint8_t)i;
    }
    trust_lot(&seed, 3, ids, 3, order);
    const char *ballots = typed_file("poll,ballot,rank1,rank2,rank3\n"
                                     "3,1,rock,scissors,paper\n"
                                     "3,2,scissors,paper,rock\n"
                                     "3,3,paper,rock,scissors\n");
    snprintf(
        expected, sizeof expected, "%s|%s|%s", names[order[0]], names[order[1]],
        names[order[2]]);
    const char *results = write_results(order, false);
    write_line(line, results, ballots);
    cJSON *json = typed_json(line);
    typed_check_list(json, "tie_order", expected);
    cJSON_Delete(json);
    unlink(results);

    results = write_results(order, true);
    write_line(line, results, ballots);
    cJSON_Delete(typed_json(line));
    unlink(results);

    uint16_t other[3] = {order[1], order[0], order[2]};
    results = write_results(other, true);
    write_line(line, results, ballots);
    typed_refused(line, 1, "another lot than the seed gives");
    unlink(results);
    unlink(ballots);
}

#define THREE_OF_AN_EXPORT                                                               \
    "poll,round,option,name,votes,place,elected,lot\n"                                   \
    "3,0,2,rock,,1,yes,1\n3,0,9,scissors,,2,yes,2\n3,0,16,paper,,3,no,3\n"

/* The command that recounts that poll from these ballots. */
static void write_recount(char line[512], const char *method, const char *ballots)
{
    snprintf(
        line, 512, "stimmwerk|tally|--method|%s|--poll|3|--results|%s|%s", method,
        typed_file(THREE_OF_AN_EXPORT), typed_file(ballots));
}

Test(tally_recount, elects_as_many_as_the_export_did)
{
    char line[512];
    write_recount(
        line, "borda", "poll,ballot,rank1,rank2,rank3\n3,1,rock,scissors,paper\n");
    cJSON *json = typed_json(line);
    typed_check_list(json, "winners", "rock|scissors");
    cJSON_Delete(json);
}

Test(tally_recount, lets_no_lot_decide_where_an_export_has_no_ballots)
{
    char line[512];
    write_recount(
        line, "irv", "poll,ballot,rank1,rank2,rank3\n4,1,rock,scissors,paper\n");
    typed_refused(line, 1, "no ballots of poll 3");
}

/* Beech and elm are as many in the end. Where hopeless options leave one by one beech was
 * ahead a round before; where they leave at once, as in the server's counts, both were
 * alike in every round, and the lot is for elm. */
Test(tally_recount, recounts_an_instant_runoff_by_the_servers_rule)
{
    static const struct {
        size_t times;
        const char *ranking;
    } cast[] = {
        {38, "beech,elm,"},    {12, "elm,beech,oak"}, {12, "birch,elm,"},
        {26, "elm,ash,beech"}, {12, "ash,beech,"},
    };

    char text[4096] = "poll,ballot,rank1,rank2,rank3\n";
    char line[512];
    for (size_t i = 0, row = 1; i < sizeof cast / sizeof *cast; i++) {
        for (size_t k = 0; k < cast[i].times; k++, row++) {
            size_t at = strlen(text);
            snprintf(text + at, sizeof text - at, "4,%zu,%s\n", row, cast[i].ranking);
        }
    }
    const char *ballots = typed_file(text);
    const char *results = typed_file("poll,round,option,name,votes,lot\n"
                                     "4,0,1,beech,,4\n4,0,2,ash,,5\n4,0,3,birch,,1\n"
                                     "4,0,4,oak,,2\n4,0,5,elm,,3\n");
    for (int one_by_one = 0; one_by_one < 2; one_by_one++) {
        snprintf(
            line, sizeof line, "stimmwerk|tally|--method|irv|--poll|4|%s--results|%s|%s",
            one_by_one == 1 ? "--batch-elimination=false|" : "", results, ballots);
        cJSON *json = typed_json(line);
        typed_check_list(json, "winners", one_by_one == 1 ? "beech" : "elm");
        cJSON_Delete(json);
    }
    unlink(results);
    unlink(ballots);
}

/* The rounds of results.csv itself, recounted: it says Skatepark (#1), after four. */
Test(tally_recount, recounts_an_export_with_its_options_and_its_lot)
{
    cJSON *json =
        typed_json("stimmwerk|tally|--method|irv|--batch|--poll|1|--results|" EXPORT
                   "auditor.results.csv|" EXPORT "auditor.ballots.csv");
    typed_check_list(json, "winners", "Skatepark (#1)");
    cr_assert_eq(typed_get(json, "ballots")->valueint, 20);
    cr_assert_eq(typed_get(json, "blank")->valueint, 1);
    cr_assert_eq(cJSON_GetArraySize(typed_get(json, "options")), 5);
    cr_assert_eq(cJSON_GetArraySize(typed_get(json, "rounds")), 4);
    const cJSON *first = cJSON_GetArrayItem(typed_get(json, "rounds"), 0);
    typed_check_string(first, "eliminated", "'=Trinkbrunnen ＝ kalt");
    cr_assert_eq(cJSON_GetArraySize(typed_get(json, "tie_order")), 5);
    cJSON_Delete(json);
}

/* The file says by itself that it holds scores, and of what scale. */
Test(tally_recount, recounts_exported_points_as_they_are)
{
    cJSON *json = typed_json("stimmwerk|tally|--method|star|--poll|7|--results|" EXPORT
                             "public.results.csv|" EXPORT "public.points-7.csv");
    typed_check_list(json, "winners", "Skatepark (#1)");
    cr_assert_eq(typed_get(json, "ballots")->valueint, 20);
    cr_assert_eq(typed_get(json, "blank")->valueint, 10);
    const cJSON *scores = typed_get(json, "scores");
    cr_assert_eq(typed_get(scores, "Skatepark (#1)")->valueint, 45);
    cr_assert_eq(typed_get(scores, "Skatepark (#3)")->valueint, 15);
    cJSON_Delete(json);
}

/* 5 of phones, 16 on paper. */
Test(tally_recount, recounts_what_was_on_paper_too)
{
    cJSON *json = typed_json("stimmwerk|tally|--method|borda|--poll|9|--results|" EXPORT
                             "public.results.csv|" EXPORT "public.ballots.csv");
    cr_assert_eq(typed_get(json, "ballots")->valueint, 21);
    cr_assert_eq(typed_get(json, "blank")->valueint, 2);
    typed_check_list(json, "winners", "Bücherschrank, öffentlich");
    cJSON_Delete(json);
}

/* A row without an option's number is no result of a poll. */
Test(tally_recount, refuses_a_seed_with_results_that_have_no_numbers)
{
    const char *results = typed_file("poll,round,option,name,lot\n3,0,x,rock,1\n");
    char line[512];
    write_line(line, results, ELECTIONS "condorcet-cycle-3.abif");
    typed_refused(line, 1, "number is missing");
    unlink(results);
}
