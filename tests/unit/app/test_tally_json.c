/* stimmwerk tally --json: every member, and every shared election. */
#include "unit/app/typed.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stimmwerk/tally.h"

TestSuite(tally_json, .init = typed_set_up);

Test(tally_json, tells_what_was_counted_and_what_came_out)
{
    cJSON *json =
        typed_json("stimmwerk|tally|--method|schulze-wv|" ELECTIONS "schulze-45.blt");
    typed_check_string(json, "version", "1.0.0");
    typed_check_string(json, "format", "blt");
    typed_check_string(json, "title", "Schulze method example, 45 voters");
    typed_check_string(json, "method", "schulze-wv");
    cr_assert_eq(typed_get(json, "seats")->valueint, 1);
    cr_assert_eq(typed_get(json, "ballots")->valueint, 45);
    cr_assert_eq(typed_get(json, "blank")->valueint, 0);
    cr_assert_eq(typed_get(json, "exhausted")->valueint, 0);
    typed_check_list(json, "options", "A|B|C|D|E");
    typed_check_string(json, "state", "decided");
    typed_check_list(json, "winners", "E");
    typed_check_list(json, "possible", "E");
    typed_check_list(json, "tie_order", "");
    cr_assert_eq(cJSON_GetArraySize(typed_get(json, "ties")), 0);
    cr_assert_eq(cJSON_GetArraySize(typed_get(json, "warnings")), 0);
    cr_assert_null(cJSON_GetObjectItem(json, "scores"));
    cr_assert_null(cJSON_GetObjectItem(json, "rounds"));
    cr_assert_null(cJSON_GetObjectItem(json, "comparison"));
    /* E, A, C, B, D: Schulze 2011, section 2.3 */
    const cJSON *ranking = typed_get(json, "ranking");
    cr_assert_eq(cJSON_GetArraySize(ranking), 5);
    cr_assert_str_eq(
        cJSON_GetStringValue(cJSON_GetArrayItem(cJSON_GetArrayItem(ranking, 4), 0)), "D");
    const cJSON *row = cJSON_GetArrayItem(typed_get(json, "pairwise"), 0);
    cr_assert_eq(cJSON_GetArrayItem(row, 3)->valueint, 30);
    row = cJSON_GetArrayItem(typed_get(json, "paths"), 0);
    cr_assert_eq(cJSON_GetArrayItem(row, 1)->valueint, 28);
    cJSON_Delete(json);
}

Test(tally_json, tells_rounds_and_open_ties)
{
    cJSON *json = typed_json("stimmwerk|tally|--method|irv|" ELECTIONS "schulze-45.blt");
    const cJSON *rounds = typed_get(json, "rounds");
    const cJSON *first = cJSON_GetArrayItem(rounds, 0);
    cr_assert_eq(typed_get(typed_get(first, "votes"), "C")->valueint, 12);
    typed_check_string(first, "eliminated", "D");
    typed_check_list(first, "eliminated_all", "D");
    typed_check_list(first, "elected", "");
    const cJSON *second = cJSON_GetArrayItem(rounds, 1);
    cr_assert_null(cJSON_GetObjectItem(typed_get(second, "votes"), "D"));
    cr_assert_eq(typed_get(typed_get(second, "gains"), "C")->valueint, 7);
    const cJSON *tie = cJSON_GetArrayItem(typed_get(json, "ties"), 0);
    typed_check_list(tie, "options", "B|E");
    cr_assert_eq(typed_get(tie, "round")->valueint, 2);
    typed_check_string(tie, "settled", "open");
    cr_assert(cJSON_IsNull(typed_get(tie, "lot_positions")));
    cr_assert(cJSON_IsNull(typed_get(tie, "otherwise")));
    cJSON_Delete(json);
}

Test(tally_json, tells_those_who_left_together_as_an_array)
{
    cJSON *json = typed_json("stimmwerk|tally|--method|irv|--batch|" ELECTIONS
                             "hack-60x300-top5.blt");
    const cJSON *first = cJSON_GetArrayItem(typed_get(json, "rounds"), 0);
    cr_assert(cJSON_IsArray(typed_get(first, "eliminated")));
    cr_assert_gt(cJSON_GetArraySize(typed_get(first, "eliminated_all")), 1);
    cJSON_Delete(json);
}

Test(tally_json, tells_where_the_tied_stand_in_the_lot)
{
    const char *order = typed_file("paper\nrock\nscissors\n");
    char line[512];
    snprintf(
        line, sizeof line, "stimmwerk|tally|--method=irv|--tie-order=%s|%s", order,
        ELECTIONS "condorcet-cycle-3.abif");
    cJSON *json = typed_json(line);
    const cJSON *tie = cJSON_GetArrayItem(typed_get(json, "ties"), 0);
    typed_check_list(tie, "options", "paper|rock|scissors");
    typed_check_string(tie, "settled", "lot");
    const cJSON *places = typed_get(tie, "lot_positions");
    cr_assert_eq(cJSON_GetArrayItem(places, 0)->valueint, 1);
    cr_assert_eq(cJSON_GetArrayItem(places, 2)->valueint, 3);
    /* rock leaves instead, and its ballot goes on to scissors; or paper does */
    cr_assert_eq(cJSON_GetArraySize(typed_get(tie, "otherwise")), 1);
    cJSON_Delete(json);
    unlink(order);
}

/* Memphis has 42 first ranks and Nashville 26: of eight who change from the one to the
 * other both have 34. */
Test(tally_json, tells_how_little_would_have_changed_it)
{
    cJSON *json =
        typed_json("stimmwerk|tally|--method|plurality|" ELECTIONS "tennessee.abif");
    const cJSON *fragility = typed_get(json, "fragility");
    cr_assert_eq(typed_get(fragility, "ballots")->valueint, 8);
    typed_check_string(fragility, "rival", "Nashville");
    cr_assert(cJSON_IsTrue(typed_get(fragility, "exact")));
    cJSON_Delete(json);
}

/* Halves are decimals: Borda averages shared places. */
Test(tally_json, numbers_keep_their_decimals)
{
    const char *file = typed_file("1:a\n1:b>c>a\n");
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--method=borda|%s", file);
    cr_assert_eq(typed(line), 0);
    const char *text = typed_printed();
    cr_assert_not_null(
        strstr(text, "\"scores\":{\"a\":2,\"b\":2.5,\"c\":1.5}"), "%s", text);
    unlink(file);
}

Test(tally_json, tells_the_duels_of_ranked_pairs)
{
    cJSON *json = typed_json("stimmwerk|tally|--method|ranked-pairs-wv|" ELECTIONS
                             "condorcet-cycle-weighted.csv");
    const cJSON *duel = cJSON_GetArrayItem(typed_get(json, "duels"), 2);
    typed_check_string(duel, "winner", "c");
    typed_check_string(duel, "loser", "a");
    cr_assert_eq(typed_get(duel, "votes_for")->valueint, 14);
    cr_assert_eq(typed_get(duel, "votes_against")->valueint, 9);
    typed_check_string(duel, "fate", "dropped");
    cJSON_Delete(json);
}

Test(tally_json, compares_with_other_methods)
{
    cJSON *json =
        typed_json("stimmwerk|tally|--method|irv|--compare|" ELECTIONS "tennessee.abif");
    const cJSON *rows = typed_get(json, "comparison");
    cr_assert_gt(cJSON_GetArraySize(rows), 8);
    const cJSON *own = cJSON_GetArrayItem(rows, 0);
    typed_check_string(own, "method", "irv");
    typed_check_list(own, "winners", "Knoxville");
    cr_assert(cJSON_IsTrue(typed_get(own, "agrees")));
    cJSON_Delete(json);
    json = typed_json(
        "stimmwerk|tally|--method|irv|--compare=plurality,schulze-wv,irv|" ELECTIONS
        "tennessee.abif");
    rows = typed_get(json, "comparison");
    cr_assert_eq(cJSON_GetArraySize(rows), 3);
    typed_check_list(cJSON_GetArrayItem(rows, 1), "winners", "Memphis");
    typed_check_list(cJSON_GetArrayItem(rows, 2), "winners", "Nashville");
    typed_check_string(cJSON_GetArrayItem(rows, 2), "state", "decided");
    typed_check_string(cJSON_GetArrayItem(rows, 2), "status", "ok");
    cr_assert(cJSON_IsFalse(typed_get(cJSON_GetArrayItem(rows, 1), "agrees")));
    cJSON_Delete(json);
}

Test(tally_json, compares_scores_and_approvals_with_what_counts_them)
{
    cJSON *json =
        typed_json("stimmwerk|tally|--method|approval|--seats|3|--compare|" ELECTIONS
                   "hack-approval-1.abif");
    typed_check_string(
        cJSON_GetArrayItem(typed_get(json, "comparison"), 0), "method", "approval");
    cJSON_Delete(json);
}

Test(tally_json, names_that_are_the_same_get_numbers_and_bad_bytes_are_replaced)
{
    const char *file =
        typed_file("3 1\n2 1 2 0\n1 2 0\n0\n\"A\"\n\"A\"\n\"\xff\xc3\xa9\"\n"
                   "\"\"\n");
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--method=irv|%s", file);
    cJSON *json = typed_json(line);
    typed_check_list(json, "options", "A|A (#2)|\xef\xbf\xbd\xc3\xa9");
    typed_check_list(json, "winners", "A");
    cr_assert(cJSON_IsNull(typed_get(json, "title")));
    cJSON_Delete(json);
    unlink(file);
}

/* Two names of an old encoding look alike, and "A (#3)" may be a name of its own. */
Test(tally_json, names_differ_as_they_are_shown)
{
    const char *file =
        typed_file("5 1\n1 1 0\n0\n\"A\"\n\"A (#3)\"\n\"A\"\n\"B\xe4r\"\n\"B\xf6r\"\n");
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--method=irv|%s", file);
    cJSON *json = typed_json(line);
    typed_check_list(
        json, "options", "A|A (#3)|A (#3) (#3)|B\xef\xbf\xbdr|B\xef\xbf\xbdr (#5)");
    cJSON_Delete(json);
    unlink(file);
}

/* ---- every shared election ---- */

static const char *ballot_file(const char *folder, const cJSON *election)
{
    static char path[1024];
    snprintf(
        path, sizeof path, "%s%s", folder,
        cJSON_GetStringValue(cJSON_GetObjectItem(election, "file")));
    return path;
}

static cJSON *load(const char *folder, const char *name)
{
    static char text[1 << 20];
    char path[1024];
    snprintf(path, sizeof path, "%s%s", folder, name);
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file);
    size_t bytes = fread(text, 1, sizeof text - 1, file);
    text[bytes] = '\0';
    (void)fclose(file);
    return cJSON_Parse(text);
}

static void append_setting(char *line, size_t room, const cJSON *option)
{
    char text[128];
    if (cJSON_IsString(option)) {
        snprintf(text, sizeof text, "|--%s=%s", option->string, option->valuestring);
    } else if (cJSON_IsBool(option)) {
        snprintf(
            text, sizeof text, "|--%s=%s", option->string,
            cJSON_IsTrue(option) ? "true" : "false");
    } else {
        snprintf(text, sizeof text, "|--%s=%d", option->string, option->valueint);
    }
    strncat(line, text, room - strlen(line) - 1);
}

static bool lists(const cJSON *array, const char *name)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, array)
    {
        if (strcmp(cJSON_GetStringValue(item), name) == 0) {
            return true;
        }
    }
    return false;
}

static void check_case(const char *folder, const cJSON *election, const cJSON *one)
{
    char line[2048];
    const cJSON *option = NULL;
    snprintf(
        line, sizeof line, "stimmwerk|tally|--method=%s|--seats=%d",
        cJSON_GetStringValue(typed_get(one, "method")),
        typed_get(one, "seats")->valueint);
    cJSON_ArrayForEach(option, typed_get(one, "options"))
    {
        append_setting(line, sizeof line, option);
    }
    strncat(line, "|", sizeof line - strlen(line) - 1);
    strncat(line, ballot_file(folder, election), sizeof line - strlen(line) - 1);
    cJSON *json = typed_json(line);
    const cJSON *winners = typed_get(one, "winners");
    const cJSON *winner = NULL;
    cr_assert_eq(
        cJSON_GetArraySize(typed_get(json, "winners")), cJSON_GetArraySize(winners), "%s",
        line);
    cJSON_ArrayForEach(winner, winners)
    {
        cr_assert(
            lists(typed_get(json, "winners"), cJSON_GetStringValue(winner)), "%s: %s",
            line, cJSON_GetStringValue(winner));
    }
    cJSON_Delete(json);
}

static size_t check_election(const char *folder, const char *name)
{
    cJSON *election = load(folder, name);
    size_t counted = 0;
    const cJSON *one = NULL;
    cJSON_ArrayForEach(one, typed_get(election, "cases"))
    {
        const char *method = cJSON_GetStringValue(typed_get(one, "method"));
        cr_assert_not_null(tally_method_find(method));
        check_case(folder, election, one);
        counted++;
    }
    cJSON_Delete(election);
    return counted;
}

Test(tally_json, elects_whom_the_golden_elections_say)
{
    size_t counted = 0;
    DIR *folder = opendir(ELECTIONS);
    cr_assert_not_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        const char *end = strchr(entry->d_name, '.'); /* a .cdf.json holds ballots */
        if (end != NULL && strcmp(end, ".json") == 0) {
            counted += check_election(ELECTIONS, entry->d_name);
        }
    }
    closedir(folder);
    cr_assert_eq(counted, 309, "%zu", counted);
}
