/* stimmwerk tally --text: the whole of two small elections, and the sentences. */
#include "unit/app/typed.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

TestSuite(tally_text, .init = typed_set_up);

static void check_all(const char *line, const char *expected)
{
    cr_assert_eq(typed(line), 0);
    const char *said = typed_printed();
    cr_assert_str_eq(said, expected, "%s", said);
}

static void check_says(const char *line, const char *const *expected, size_t count)
{
    cr_assert_eq(typed(line), 0, "%s", line);
    const char *said = typed_printed();
    for (size_t i = 0; i < count; i++) {
        cr_assert_not_null(strstr(said, expected[i]), "%s: %s", expected[i], said);
    }
}

#define SAYS(line, ...)                                                                  \
    do {                                                                                 \
        static const char *const expected[] = {__VA_ARGS__};                             \
        check_says(line, expected, sizeof expected / sizeof expected[0]);                \
    } while (0)

Test(tally_text, tells_a_cycle_and_the_duel_that_was_dropped)
{
    check_all(
        "stimmwerk|tally|--text|--method|ranked-pairs-wv|" ELECTIONS
        "condorcet-cycle-weighted.csv",
        "a wins by Ranked Pairs (winning votes).\n"
        "23 ballots were counted. No tie was met on the way.\n"
        "1 changed ballot could have changed the winner (b would win or tie).\n"
        "\n"
        "Duels, in the order they were looked at\n"
        "  b beats c, 17 to 6: locked\n"
        "  a beats b, 15 to 8: locked\n"
        "  c beats a, 14 to 9: dropped: it would close a cycle\n"
        "\n"
        "Places\n"
        "    1. a\n"
        "    2. b\n"
        "    3. c\n"
        "\n"
        "a against the others\n"
        "  a beats b, 15 to 8\n"
        "  a loses to c, 9 to 14\n");
}

Test(tally_text, tells_scores_in_columns)
{
    check_all(
        "stimmwerk|tally|--text|--method|plurality|" ELECTIONS "tennessee.abif",
        "Capital of Tennessee\n"
        "\n"
        "Memphis wins by plurality.\n"
        "100 ballots were counted. No tie was met on the way.\n"
        "8 changed ballots could have changed the winner (Nashville would win or tie).\n"
        "\n"
        "Places, and first ranks\n"
        "    1. Memphis      42\n"
        "    2. Nashville    26\n"
        "    3. Knoxville    17\n"
        "    4. Chattanooga  15\n"
        "\n"
        "Memphis against the others\n"
        "  Memphis loses to Nashville, 42 to 58\n"
        "  Memphis loses to Knoxville, 42 to 58\n"
        "  Memphis loses to Chattanooga, 42 to 58\n");
}

Test(tally_text, tells_the_rounds_and_the_ties)
{
    SAYS(
        "stimmwerk|tally|--text|--method|irv|" ELECTIONS "schulze-45.blt",
        "C wins by instant runoff.\n45 ballots were counted. Ties were met on the way; "
        "whichever way they had gone, the winners would be the same.\n",
        "Round 1", "    C  12\n    A  10\n    B  8\n    E  8\n    D  7\n", "  D ",
        "    C  19 (+7)\n", "Round 2: B and E tied, left open.",
        "The rounds end where the tie was left open: with a lot,");
}

Test(tally_text, tells_for_which_seat_approved_options_tied)
{
    SAYS(
        "stimmwerk|tally|--text|--method|seq-phragmen|--seats|5|" ELECTIONS
        "approval-two-camps.abif",
        "  Seat 1: a1, a2, a3, a4 and a5 tied, left open.\n");
}

Test(tally_text, tells_what_a_purchase_costs)
{
    SAYS(
        "stimmwerk|tally|--text|--method|equal-shares|--seats|3|" ELECTIONS
        "hack-approval-1.abif",
        "    1. Idea 12, approved by 25 ballots, each pays at most 0.04\n");
    SAYS(
        "stimmwerk|tally|--text|--method|seq-phragmen|--seats|3|" ELECTIONS
        "hack-approval-1.abif",
        "    1. Idea 12, approved by 25 ballots, each then bears a load of 0.04\n");
    SAYS(
        "stimmwerk|tally|--text|--method|seq-pav|--seats|3|" ELECTIONS
        "hack-approval-1.abif",
        "    2. Idea 04, approved by 21 ballots, points added: 14.5\n");
}

Test(tally_text, tells_a_tie_that_decides)
{
    SAYS(
        "stimmwerk|tally|--text|--method|approval|--seats|3|" ELECTIONS
        "hack-approval-1.abif",
        "Idea 12, Idea 04, Idea 01 and Idea 10 may win 3 seats by approval.",
        "40 ballots were counted, 1 of them blank. A tie is open, and it decides who "
        "wins. These can win, as the lot falls: Idea 01, Idea 04, Idea 10 and Idea 12.",
        "  Idea 01 and Idea 10 tied, left open.", "Places, and approvals");
}

Test(tally_text, tells_a_lot_that_decided)
{
    const char *order = typed_file("paper\nrock\nscissors\n");
    char line[512];
    snprintf(
        line, sizeof line, "stimmwerk|tally|--text|--method=irv|--tie-order=%s|%s", order,
        ELECTIONS "condorcet-cycle-3.abif");
    SAYS(
        line, "paper wins by instant runoff.",
        "The lot decided: another lot would have elected others.",
        "paper, rock and scissors tied, settled by lot. The other way round ");
    unlink(order);
}

Test(tally_text, tells_nobody_and_no_ballots)
{
    SAYS(
        "stimmwerk|tally|--text|--method|condorcet|" ELECTIONS "condorcet-cycle-3.abif",
        "Nobody wins by Condorcet.\n3 ballots were counted.");
    SAYS(
        "stimmwerk|tally|--text|--method|borda|" ELECTIONS "no-ballots.blt",
        "0 ballots were counted.");
    SAYS("stimmwerk|tally|--text|--method|borda|" ELECTIONS "one-option.blt", " wins by");
}

Test(tally_text, tells_whether_others_agree)
{
    SAYS(
        "stimmwerk|tally|--text|--method|schulze-wv|--compare=plurality,copeland,"
        "condorcet|" ELECTIONS "tennessee.abif",
        "Would other methods agree?\n", "  schulze-wv             yes  Nashville\n",
        "  plurality              no   Memphis\n",
        "  copeland               yes  Nashville\n");
}

/* A 5 and B 1 of quotas of 3. */
Test(tally_text, tells_the_last_elected_apart_by_why_they_were)
{
    const char *file = typed_file("2 2\n5 1 2 0\n1 2 0\n0\n\"A\"\n\"B\"\n");
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--text|--method=stv-scottish|%s", file);
    SAYS(
        line, "  A reaches the quota and is elected.\n"
              "  B is elected: no more are left than seats.\n");
    snprintf(line, sizeof line, "stimmwerk|tally|--html|--method=stv-scottish|%s", file);
    SAYS(
        line, " reaches the quota and is elected.</p>",
        " is elected: no more are left than seats.</p>");
    snprintf(line, sizeof line, "stimmwerk|tally|--json|--method=stv-scottish|%s", file);
    SAYS(
        line, "\"reason\":\"last-seats\",\"elected_reasons\":{\"A\":\"quota\",\"B\":"
              "\"last-seats\"}");
    unlink(file);
}

/* STAR says nothing of those who do not win: they share a place. */
Test(tally_text, equals_stand_by_their_points)
{
    SAYS(
        "stimmwerk|tally|--text|--method|star|" ELECTIONS "tennessee-star.abif",
        "    1. Nashville    293\n    2. Chattanooga  237\n    2. Memphis      210\n"
        "    2. Knoxville    156\n");
    SAYS(
        "stimmwerk|tally|--json|--method|star|" ELECTIONS "tennessee-star.abif",
        "\"ranking\":[[\"Nashville\"],[\"Memphis\",\"Chattanooga\",\"Knoxville\"]]");
}

Test(tally_text, less_is_better_for_minimax)
{
    SAYS(
        "stimmwerk|tally|--text|--method|minimax-wv|" ELECTIONS "tennessee.abif",
        "Places, and worst defeat (fewer is better)\n");
}

Test(tally_text, control_characters_do_not_reach_a_terminal)
{
    const char *file =
        typed_file("2 1\n2 1 2 0\n0\n\"a\x1b[31mb\"\n\"c\xc2\x9b\"\n\"\"\n");
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--text|--method=borda|%s", file);
    cr_assert_eq(typed(line), 0);
    const char *said = typed_printed();
    cr_assert_null(strchr(said, 0x1b), "%s", said);
    cr_assert_not_null(strstr(said, "a\xef\xbf\xbd[31mb"), "%s", said);
    cr_assert_not_null(strstr(said, "c\xef\xbf\xbd"), "%s", said);
    unlink(file);
}

/* What is too long to be read aloud. */
Test(tally_text, long_lists_end_with_how_many_more)
{
    SAYS(
        "stimmwerk|tally|--text|--method|irv|" ELECTIONS "hack-60x300-top5.blt",
        "    and 40 others with no more\n");
    SAYS(
        "stimmwerk|tally|--text|--method|ranked-pairs-wv|" ELECTIONS
        "hack-60x300-top5.blt",
        " more: --json tells of all\n");
}

static void check_warned(const char *method, const char *path, bool warned)
{
    static const char words[] =
        "\nThe file: its ballots are rankings, and approval methods take every ranked "
        "option as approved.\n";
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--text|--method|%s|%s", method, path);
    cr_assert_eq(typed(line), 0);
    cr_assert_eq(strstr(typed_printed(), words) != NULL, warned, "%s %s", method, path);
}

Test(tally_text, tells_that_rankings_are_taken_as_approvals)
{
    static const char *const methods[] = {
        "approval", "pav", "seq-pav", "seq-phragmen", "equal-shares"};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        check_warned(methods[i], ELECTIONS "tennessee.abif", true);
        check_warned(methods[i], ELECTIONS "hack-approval-1.abif", false);
    }
    check_warned("borda", ELECTIONS "tennessee.abif", false);
    check_warned("borda|--compare=approval", ELECTIONS "tennessee.abif", true);
    SAYS(
        "stimmwerk|tally|--json|--method|approval|" ELECTIONS "tennessee.abif",
        "{\"oddity\":\"rankings\",\"text\":\"its ballots are rankings,",
        "\"line\":0,\"said\":0,\"found\":100}");
    SAYS(
        "stimmwerk|tally|--html|--method|approval|" ELECTIONS "tennessee.abif",
        "<p class=\"note\">The file: its ballots are rankings,");
    SAYS(
        "stimmwerk|tally|--text|--method|approval|" ELECTIONS "score-0-9.abif",
        "take every score above 0 as an approval.\n");
}

Test(tally_text, tells_which_columns_were_passed_over)
{
    const char *file = typed_file("Zeitstempel,E-Mail-Adresse,1. Wahl,2. Wahl\n"
                                  "1.11.,a@example.org,B,A\n");
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--text|--method=irv|%s", file);
    SAYS(
        line, "\nLine 1 of the file: these columns are no options and were passed over: "
              "\"Zeitstempel\", \"E-Mail-Adresse\".\n");
    cr_assert_null(strstr(typed_printed(), "example.org"));
    snprintf(line, sizeof line, "stimmwerk|tally|--json|--method=irv|%s", file);
    SAYS(
        line, "\"options\":[\"B\",\"A\"]",
        "\"found\":2,\"columns\":[\"Zeitstempel\",\"E-Mail-Adresse\"]}");
    unlink(file);
}

/* As Excel writes them: a blank behind a name, and the encoding of old. */
Test(tally_text, tells_of_names_that_are_alike_or_of_another_encoding)
{
    const char *file = typed_file("rank1;rank2\r\nM\xfcll;Bad\r\nBad ;M\xfcll\r\n");
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--text|--method=irv|%s", file);
    SAYS(
        line,
        "\nThe file: two options have names that differ only in blanks or capitals: "
        "\"Bad\" and \"Bad \".\n",
        "\nThe file: some names are not UTF-8 and can't be shown as they are: save the "
        "file as UTF-8.\n");
    snprintf(line, sizeof line, "stimmwerk|tally|--html|--method=irv|%s", file);
    SAYS(line, "capitals: &quot;Bad&quot; and &quot;Bad &quot;.</p>");
    snprintf(line, sizeof line, "stimmwerk|tally|--json|--method=irv|%s", file);
    SAYS(
        line, "{\"oddity\":\"alike\",", "\"line\":0,\"said\":2,\"found\":3}",
        "{\"oddity\":\"encoding\",");
    unlink(file);
}
