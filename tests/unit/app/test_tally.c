/* stimmwerk tally and methods, as typed. */
#include "app/app.h"

#include "unit/app/words.h"

#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ELECTIONS         TEST_SOURCE_DIR "/golden/elections/"
#define EXPORT            TEST_SOURCE_DIR "/golden/export/"
#define PRINTED_BYTES_MAX 262144

static char order_path[64];

static void set_up(void)
{
    cr_redirect_stdout();
    cr_redirect_stderr();
}

TestSuite(tally_command, .init = set_up);

/* Words parted by "|". */
static int run(const char *line)
{
    struct words words;
    words_split(&words, line);
    int code = app_main(words.argc, words.argv);
    fflush(stdout);
    fflush(stderr);
    return code;
}

static const char *printed(FILE *file)
{
    static char text[PRINTED_BYTES_MAX];
    size_t bytes = fread(text, 1, sizeof text - 1, file);
    text[bytes] = '\0';
    return text;
}

static const cJSON *get(const cJSON *json, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, key);
    cr_assert_not_null(item, "%s", key);
    return item;
}

static void check_string(const cJSON *json, const char *key, const char *expected)
{
    cr_assert_str_eq(cJSON_GetStringValue(get(json, key)), expected, "%s", key);
}

static void check_winner(const cJSON *json, const char *expected)
{
    const cJSON *winners = get(json, "winners");
    cr_assert_eq(cJSON_GetArraySize(winners), 1);
    cr_assert_str_eq(cJSON_GetStringValue(cJSON_GetArrayItem(winners, 0)), expected);
}

static void check_refused(const char *line, int code, const char *words)
{
    cr_assert_eq(run(line), code, "%s", line);
    const char *said = printed(cr_get_redirected_stderr());
    cr_assert_not_null(strstr(said, words), "%s", said);
}

Test(tally_command, prints_one_json_object_where_no_terminal_is)
{
    cr_assert_eq(
        run("stimmwerk|tally|--method|ranked-pairs-wv|" ELECTIONS "schulze-45.blt"), 0);
    cJSON *json = cJSON_Parse(printed(cr_get_redirected_stdout()));
    check_string(json, "method", "ranked-pairs-wv");
    check_string(json, "title", "Schulze method example, 45 voters");
    check_string(json, "state", "decided");
    check_winner(json, "A");
    cr_assert_eq(cJSON_GetArraySize(get(json, "options")), 5);
    cr_assert_eq(get(json, "ballots")->valueint, 45);
    cr_assert_eq(cJSON_GetArraySize(get(get(json, "pairwise"), "matrix")), 5);
    cJSON_Delete(json);
}

Test(tally_command, tells_people_the_rounds_and_the_ties)
{
    cr_assert_eq(
        run("stimmwerk|tally|--text|--method|irv|" ELECTIONS "schulze-45.blt"), 0);
    const char *said = printed(cr_get_redirected_stdout());
    cr_assert_not_null(strstr(said, "irv, 45 ballots (0 blank)"), "%s", said);
    cr_assert_not_null(strstr(said, "Winner: C"), "%s", said);
    cr_assert_not_null(strstr(said, "  leaves: D"), "%s", said);
    cr_assert_not_null(strstr(said, "  B, E - left open"), "%s", said);
}

Test(tally_command, tells_people_the_duels)
{
    cr_assert_eq(
        run("stimmwerk|tally|--text|--method|ranked-pairs-wv|" ELECTIONS
            "condorcet-cycle-weighted.csv"),
        0);
    const char *said = printed(cr_get_redirected_stdout());
    cr_assert_not_null(strstr(said, "  b beats c 17:6\n"), "%s", said);
    cr_assert_not_null(strstr(said, "  c beats a 14:9 - dropped"), "%s", said);
}

Test(tally_command, settles_ties_by_a_list_of_names)
{
    snprintf(order_path, sizeof order_path, "/tmp/stimmwerk-order-XXXXXX");
    int fd = mkstemp(order_path);
    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, "paper\r\n\nrock\nscissors", 21), 21);
    close(fd);
    char line[512];
    snprintf(
        line, sizeof line, "stimmwerk|tally|--method=irv|--tie-order=%s|%s", order_path,
        ELECTIONS "condorcet-cycle-3.abif");
    cr_assert_eq(run(line), 0);
    cJSON *json = cJSON_Parse(printed(cr_get_redirected_stdout()));
    check_string(json, "state", "tie-decisive");
    /* scissors leaves by lot, and its ballot goes on to paper */
    check_winner(json, "paper");
    cr_assert_eq(cJSON_GetArraySize(get(json, "lot")), 3);
    cJSON_Delete(json);
    snprintf(
        line, sizeof line, "stimmwerk|tally|--method=irv|--tie-order=%s|%s", order_path,
        ELECTIONS "schulze-45.blt");
    check_refused(line, 1, "every option");
    unlink(order_path);
}

/* The rounds of results.csv itself, recounted: it says Skatepark (#1), after four. */
Test(tally_command, recounts_an_export_with_its_options_and_its_lot)
{
    cr_assert_eq(
        run("stimmwerk|tally|--method|irv|--batch|--poll|1|--results|" EXPORT
            "auditor.results.csv|" EXPORT "auditor.ballots.csv"),
        0);
    cJSON *json = cJSON_Parse(printed(cr_get_redirected_stdout()));
    check_winner(json, "Skatepark (#1)");
    cr_assert_eq(get(json, "ballots")->valueint, 20);
    cr_assert_eq(get(json, "blank")->valueint, 1);
    cr_assert_eq(cJSON_GetArraySize(get(json, "options")), 5);
    cr_assert_eq(cJSON_GetArraySize(get(json, "rounds")), 4);
    const cJSON *left = get(cJSON_GetArrayItem(get(json, "rounds"), 0), "eliminated");
    cr_assert_str_eq(
        cJSON_GetStringValue(cJSON_GetArrayItem(left, 0)), "'=Trinkbrunnen ＝ kalt");
    cr_assert_eq(cJSON_GetArraySize(get(json, "lot")), 5);
    cJSON_Delete(json);
}

Test(tally_command, knows_from_the_results_an_option_that_nobody_marked)
{
    cr_assert_eq(
        run("stimmwerk|tally|--method|approval|--poll|2|--results|" EXPORT
            "auditor.results.csv|" EXPORT "auditor.ballots.csv"),
        0);
    cJSON *json = cJSON_Parse(printed(cr_get_redirected_stdout()));
    cr_assert_eq(cJSON_GetArraySize(get(json, "options")), 3);
    check_string(get(json, "scores"), "Bücherschrank, öffentlich", "0");
    cJSON_Delete(json);
}

Test(tally_command, refuses_wrong_usage_with_2)
{
    check_refused("stimmwerk|tally|--method|coin|x", 2, "unknown method \"coin\"");
    check_refused("stimmwerk|tally|x", 2, "--method is missing");
    check_refused("stimmwerk|tally|--method|irv", 2, "FILE is missing");
    check_refused("stimmwerk|tally|--method|irv|--format|pdf|x", 2, "unknown format");
    check_refused("stimmwerk|tally|--method|irv|--seats|0|x", 2, "--seats");
    check_refused("stimmwerk|tally|--method|irv|--json|--text|x", 2, "not both");
    check_refused("stimmwerk|tally|--method|irv|--results|x|y", 2, "needs --poll");
    check_refused(
        "stimmwerk|tally|--method|irv|--poll|1|--results|x|--tie-order|z|y", 2,
        "not both");
    check_refused("stimmwerk|tally|--method|irv|--overvote|half|x", 2, "--overvote");
}

Test(tally_command, refuses_what_cannot_be_counted_with_1)
{
    check_refused(
        "stimmwerk|tally|--method|irv|" TEST_SOURCE_DIR "/no-such-file", 1,
        "no-such-file");
    check_refused(
        "stimmwerk|tally|--method|irv|--seats|6|" ELECTIONS "schulze-45.blt", 1,
        "6 seats for 5 options");
    check_refused(
        "stimmwerk|tally|--method|irv|--format|csv|" ELECTIONS "schulze-45.blt", 1,
        "schulze-45.blt:1:1: expected");
    check_refused(
        "stimmwerk|tally|--method|irv|--poll|9|" EXPORT "auditor.ballots.csv", 1,
        "the poll that was chosen");
    check_refused(
        "stimmwerk|tally|--method|irv|--poll|9|--results|" EXPORT
        "auditor.results.csv|" EXPORT "auditor.ballots.csv",
        1, "the poll is not in it");
    check_refused(
        "stimmwerk|tally|--method|irv|--poll|1|--results|" EXPORT
        "auditor.ballots.csv|" EXPORT "auditor.ballots.csv",
        1, "no exported results.csv");
    check_refused(
        "stimmwerk|tally|--method|irv|" EXPORT "auditor.ballots.csv", 1,
        "expected one poll only");
}

Test(tally_command, methods_are_listed_with_their_ballots_and_the_defaults_marked)
{
    cr_assert_eq(run("stimmwerk|methods"), 0);
    const char *said = printed(cr_get_redirected_stdout());
    cr_assert_not_null(strstr(said, "* ranked-pairs-wv"), "%s", said);
    cr_assert_not_null(strstr(said, "  schulze-wv"), "%s", said);
    cr_assert_not_null(strstr(said, "* approval              approval  several winners"));
    check_refused("stimmwerk|methods|x", 2, "unexpected");
}
