/* stimmwerk tally, as typed: what it reads, how ties are settled, what it refuses. What
 * it prints: test_tally_json.c, test_tally_text.c, test_tally_html.c; exports of
 * events: test_tally_recount.c. */
#include "stimmwerk/tally.h"
#include "trust/trust.h"
#include "unit/app/typed.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(tally_command, .init = typed_set_up);

#define SEED "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

Test(tally_command, prints_one_json_object_where_no_terminal_is)
{
    cJSON *json = typed_json("stimmwerk|tally|--method|ranked-pairs-wv|" ELECTIONS
                             "schulze-45.blt");
    typed_check_string(json, "method", "ranked-pairs-wv");
    typed_check_list(json, "winners", "A");
    cJSON_Delete(json);
}

/* ---- ties ---- */

Test(tally_command, settles_ties_by_a_list_of_names)
{
    const char *order = typed_file("paper\r\n\nrock\nscissors");
    char line[512];
    snprintf(
        line, sizeof line, "stimmwerk|tally|--method=irv|--tie-order=%s|%s", order,
        ELECTIONS "condorcet-cycle-3.abif");
    cJSON *json = typed_json(line);
    typed_check_string(json, "state", "tie-decisive");
    /* scissors leaves by lot, and its ballot goes on to paper */
    typed_check_list(json, "winners", "paper");
    typed_check_list(json, "tie_order", "paper|rock|scissors");
    cJSON_Delete(json);
    snprintf(
        line, sizeof line, "stimmwerk|tally|--method=irv|--tie-order=%s|%s", order,
        ELECTIONS "schulze-45.blt");
    typed_refused(line, 1, "every option");
    unlink(order);
}

struct drawn {
    const char *name;
    struct hash mac;
};

static int by_mac(const void *a, const void *b)
{
    const struct drawn *x = a;
    const struct drawn *y = b;
    return memcmp(x->mac.bytes, y->mac.bytes, sizeof x->mac.bytes);
}

/* By the definition: HMAC-SHA-256(seed, poll id ‖ name), the least first. */
Test(tally_command, settles_ties_by_a_seed_and_the_names)
{
    struct hash seed;
    struct drawn drawn[3] = {{.name = "rock"}, {.name = "scissors"}, {.name = "paper"}};
    char expected[64];
    for (size_t i = 0; i < sizeof seed.bytes; i++) {
        seed.bytes[i] = (uint8_t)i;
    }
    for (size_t i = 0; i < 3; i++) {
        char text[64];
        snprintf(text, sizeof text, "final%s", drawn[i].name);
        trust_hmac(&seed, span_of_string(text), &drawn[i].mac);
    }
    qsort(drawn, 3, sizeof *drawn, by_mac);
    snprintf(
        expected, sizeof expected, "%s|%s|%s", drawn[0].name, drawn[1].name,
        drawn[2].name);
    cJSON *json = typed_json("stimmwerk|tally|--method|irv|--poll|final|--seed|" SEED
                             "|" ELECTIONS "condorcet-cycle-3.abif");
    typed_check_list(json, "tie_order", expected);
    cJSON_Delete(json);
}

Test(tally_command, knows_from_the_results_an_option_that_nobody_marked)
{
    cJSON *json =
        typed_json("stimmwerk|tally|--method|approval|--poll|2|--results|" EXPORT
                   "auditor.results.csv|" EXPORT "auditor.ballots.csv");
    cr_assert_eq(cJSON_GetArraySize(typed_get(json, "options")), 3);
    cr_assert_eq(
        typed_get(typed_get(json, "scores"), "Bücherschrank, öffentlich")->valueint, 0);
    cJSON_Delete(json);
}

/* ---- settings ---- */

/* Of "a=b>c" the equal rank ends the ballot, or is passed over. */
Test(tally_command, settings_are_options)
{
    const char *file = typed_file("3:a=b>c\n2:a\n1:b\n1:c\n");
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--method|irv|%s", file);
    cJSON *json = typed_json(line);
    typed_check_list(json, "winners", "a");
    typed_check_string(typed_get(json, "settings"), "overvote", "exhaust");
    cJSON_Delete(json);
    snprintf(
        line, sizeof line,
        "stimmwerk|tally|--method|irv|--overvote|skip|--search=none|%s", file);
    json = typed_json(line);
    typed_check_list(json, "winners", "c");
    typed_check_string(typed_get(json, "settings"), "overvote", "skip");
    typed_check_string(typed_get(json, "settings"), "search", "none");
    cJSON_Delete(json);
    unlink(file);
}

Test(tally_command, underscores_stand_for_hyphens_and_a_switch_needs_no_value)
{
    cJSON *json = typed_json("stimmwerk|tally|--method|irv|--max_skipped_ranks=1|"
                             "--batch_elimination|--continue-to-two=true|" ELECTIONS
                             "schulze-45.blt");
    const cJSON *settings = typed_get(json, "settings");
    cr_assert_eq(typed_get(settings, "max_skipped_ranks")->valueint, 1);
    cr_assert(cJSON_IsTrue(typed_get(settings, "batch_elimination")));
    cr_assert(cJSON_IsTrue(typed_get(settings, "continue_to_two")));
    cr_assert(cJSON_IsFalse(typed_get(settings, "write_ins_first")));
    cJSON_Delete(json);
}

Test(tally_command, tells_where_a_file_goes_beyond_a_bound)
{
    const char *file = typed_file("1001 1\n0\n");
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--method|borda|%s", file);
    typed_refused(line, 1, ":1:1: expected 1 to 1000 options\n");
    unlink(file);
}

Test(tally_command, settings_that_do_not_fit_are_wrong_usage_and_told)
{
    typed_refused(
        "stimmwerk|tally|--method|borda|--overvote|skip|x", 2,
        "borda has no setting --overvote: it has --unranked");
    typed_refused(
        "stimmwerk|tally|--method|schulze-wv|--overvote|skip|x", 2,
        "schulze-wv has no setting --overvote: it has none");
    typed_refused(
        "stimmwerk|tally|--method|irv|--overvote|half|x", 2,
        "--overvote is one of exhaust, skip, not \"half\"");
    typed_refused(
        "stimmwerk|tally|--method|irv|--batch-elimination=maybe|x", 2,
        "--batch-elimination is one of false, true, not \"maybe\"");
    typed_refused(
        "stimmwerk|tally|--method|irv|--batch|--batch-elimination|x", 2, "not both");
    typed_refused(
        "stimmwerk|tally|--method|schulze-wv|--batch|x", 2,
        "schulze-wv has no setting --batch-elimination");
    typed_refused("stimmwerk|tally|--method|irv|--nonsense|x", 2, "unknown option");
    typed_refused("stimmwerk|tally|--method|irv|--overvote=|x", 2, "is empty");
}

/* Fewest first ranks has a; the write-in leaves before it and makes b win. */
Test(tally_command, write_ins_leave_first)
{
    const char *file = typed_file("3:Write-ins>b\n3:a\n2:b\n2:c>a\n");
    char line[512];
    snprintf(
        line, sizeof line, "stimmwerk|tally|--method|irv|--write-ins-first|%s", file);
    cJSON *json = typed_json(line);
    typed_check_list(json, "write_ins", "Write-ins");
    const cJSON *first = cJSON_GetArrayItem(typed_get(json, "rounds"), 0);
    typed_check_string(first, "eliminated", "Write-ins");
    cJSON_Delete(json);
    snprintf(
        line, sizeof line,
        "stimmwerk|tally|--method|irv|--write-ins-first|--write-in|a|--write-in=c|%s",
        file);
    json = typed_json(line);
    typed_check_list(json, "write_ins", "a|c");
    cJSON_Delete(json);
    snprintf(
        line, sizeof line, "stimmwerk|tally|--method|irv|--write-in|nobody|%s", file);
    typed_refused(line, 1, "there is no option \"nobody\"");
    unlink(file);
}

Test(tally_command, takes_the_seats_of_the_file_for_methods_that_elect_several)
{
    cJSON *json = typed_json("stimmwerk|tally|--method|approval|" ELECTIONS
                             "wikipedia-stv-food.blt");
    cr_assert_eq(typed_get(json, "seats")->valueint, 3);
    cJSON_Delete(json);
    json = typed_json("stimmwerk|tally|--method|irv|" ELECTIONS "wikipedia-stv-food.blt");
    cr_assert_eq(typed_get(json, "seats")->valueint, 1);
    cJSON_Delete(json);
    json = typed_json("stimmwerk|tally|--method|approval|--seats|2|" ELECTIONS
                      "wikipedia-stv-food.blt");
    cr_assert_eq(typed_get(json, "seats")->valueint, 2);
    cJSON_Delete(json);
}

/* ---- files ---- */

Test(tally_command, reads_standard_input_and_pipes)
{
    cr_assert_not_null(freopen(ELECTIONS "schulze-45.blt", "rb", stdin));
    cJSON *json = typed_json("stimmwerk|tally|--method|schulze-wv|-");
    typed_check_list(json, "winners", "E");
    cJSON_Delete(json);
}

Test(tally_command, an_empty_file_is_told)
{
    const char *file = typed_file("");
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--method|irv|%s", file);
    typed_refused(line, 1, "expected ballots, the file is empty");
    unlink(file);
}

Test(tally_command, says_how_to_name_a_format_that_it_does_not_recognise)
{
    const char *file = typed_file("Anna;Bernd\r\n1;2\r\n");
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--method|irv|%s", file);
    typed_refused(line, 1, "; name it by --format: blt, preflib, csv, ");
    snprintf(line, sizeof line, "stimmwerk|convert|--to|blt|%s", file);
    typed_refused(line, 1, "; name it by --from: blt, preflib, csv, ");
    unlink(file);
    typed_refused(
        "stimmwerk|tally|--method|irv|--format|pdf|x", 2,
        "unknown format \"pdf\": there are blt, preflib, csv, ");
}

Test(tally_command, an_empty_tie_order_is_told)
{
    const char *order = typed_file("\n");
    char line[512];
    snprintf(
        line, sizeof line, "stimmwerk|tally|--method|irv|--tie-order|%s|%s", order,
        ELECTIONS "schulze-45.blt");
    typed_refused(line, 1, "it must name every option of the ballots once");
    unlink(order);
}

Test(tally_command, refuses_wrong_usage_with_2)
{
    typed_refused("stimmwerk|tally|--method|coin|x", 2, "unknown method \"coin\"");
    typed_refused("stimmwerk|tally|x", 2, "--method is missing");
    typed_refused("stimmwerk|tally|--method|irv", 2, "FILE is missing");
    typed_refused("stimmwerk|tally|--method|irv|--format|pdf|x", 2, "unknown format");
    typed_refused("stimmwerk|tally|--method|irv|--seats|0|x", 2, "--seats");
    typed_refused("stimmwerk|tally|--method|irv|--json|--text|x", 2, "not two of them");
    typed_refused("stimmwerk|tally|--method|irv|--html|--text|x", 2, "not two of them");
    typed_refused("stimmwerk|tally|--method|irv|--results|x|y", 2, "needs --poll");
    typed_refused(
        "stimmwerk|tally|--method|irv|--poll|1|--results|x|--tie-order|z|y", 2,
        "not both");
    typed_refused(
        "stimmwerk|tally|--method|irv|--seed|" SEED "|--tie-order|z|y", 2, "not both");
    typed_refused("stimmwerk|tally|--method|irv|--seed|00ff|y", 2, "--seed is hex");
    typed_refused("stimmwerk|tally|--method|irv|--seed|" SEED "0|y", 2, "--seed is hex");
    typed_refused(
        "stimmwerk|tally|--method|irv|--compare=borda,coin|y", 2,
        "--compare: unknown method \"coin\"");
}

Test(tally_command, refuses_what_cannot_be_counted_with_1)
{
    typed_refused(
        "stimmwerk|tally|--method|irv|" TEST_SOURCE_DIR "/no-such-file", 1,
        "no-such-file");
    typed_refused("stimmwerk|tally|--method|irv|" TEST_SOURCE_DIR, 1, "that is a folder");
    typed_refused(
        "stimmwerk|tally|--method|irv|--seats|6|" ELECTIONS "schulze-45.blt", 1,
        "6 seats for 5 options");
    typed_refused(
        "stimmwerk|tally|--method|irv|--format|csv|" ELECTIONS "schulze-45.blt", 1,
        "schulze-45.blt:1:1: expected");
    typed_refused(
        "stimmwerk|tally|--method|irv|--poll|99|" EXPORT "auditor.ballots.csv", 1,
        "the poll that was chosen");
    typed_refused(
        "stimmwerk|tally|--method|irv|--poll|1|" ELECTIONS "schulze-45.blt", 1,
        "nothing to choose");
    typed_refused(
        "stimmwerk|tally|--method|irv|--poll|99|--results|" EXPORT
        "auditor.results.csv|" EXPORT "auditor.ballots.csv",
        1, "the poll is not in it");
    typed_refused(
        "stimmwerk|tally|--method|irv|--poll|1|--results|" EXPORT
        "auditor.ballots.csv|" EXPORT "auditor.ballots.csv",
        1, "no exported results.csv");
    typed_refused(
        "stimmwerk|tally|--method|irv|" EXPORT "auditor.ballots.csv", 1,
        "expected one poll only");
}

Test(tally_command, says_which_ballots_a_method_expects)
{
    const char *file = typed_file("2:a/5, b/3\n1:b/4\n");
    char line[512];
    if (tally_method_find("kemeny") != NULL) {
        typed_refused(
            "stimmwerk|tally|--method|kemeny|" ELECTIONS "hack-60x300-top5.blt", 1,
            "kemeny counts at most 16 options, the file has 60");
    }
    if (tally_method_find("score") != NULL) {
        typed_refused(
            "stimmwerk|tally|--method|score|" ELECTIONS "schulze-45.blt", 1,
            "score expects ballots of scores");
        snprintf(line, sizeof line, "stimmwerk|tally|--method|score|--max|9|%s", file);
        typed_refused(line, 1, "--max is not the ballots' highest score, which is 5");
    }
    unlink(file);
}
