/* Condorcet Election Format, and Debian's tally sheets. */
#include "file_kit.h"

#define CEF    TALLY_FORMAT_CONDORCET
#define DEBIAN TALLY_FORMAT_DEBIAN

Test(read_condorcet, reads_parameters_ranks_tags_and_factors)
{
    static const char text[] =
        "# My election\n#/Candidates: Anna A ; Bert;Cleo\n#/number of seats: 2\n"
        "#/Implicit Ranking: TRUE\n#/Weight Allowed: true\n#/Voting Methods: Schulze\n\n"
        "Anna A > Bert = Cleo * 42\ntag, x@y.z || Cleo>Anna A ^7 # why > not\n"
        "Bert ^ 2 * 3\r\n/EMPTY_RANKING/ * 5\n/EMPTY/\n";
    struct tally_file *file = read_text(text, CEF);
    kit_ballots(file, "42:0>1=2 7:2>0 6:1 6:");
    kit_names(file, "Anna A|Bert|Cleo");
    cr_assert_eq(tally_file_seats(file), 2);
    cr_assert_eq(tally_file_warnings(file), 0);
    tally_file_free(file);
    kit_recognised(text, CEF);
}

Test(read_condorcet, a_weight_counts_only_when_it_is_allowed)
{
    kit_reads("A > B ^7 * 2\n", CEF, "2:0>1", "A|B");
    struct tally_file *file =
        read_text("#/Weight Allowed: false\nA > B\nA > B ^7\n", CEF);
    kit_warns(file, "weights", 3, 7, 1);
    tally_file_free(file);
    kit_reads("#/Weight Allowed: false\nA > B ^7 * 2\n", CEF, "2:0>1", "A|B");
}

Test(read_condorcet, options_nobody_declared_come_from_the_ballots)
{
    kit_reads("B > A\nC\n", CEF, "1:0>1 1:2", "B|A|C");
    kit_recognised("B > A\nC\n", CEF);
    kit_recognised("x, y || B\n", CEF);
}

Test(read_condorcet, votes_for_who_is_not_on_the_list_are_passed_over)
{
    struct tally_file *file =
        read_text("#/Candidates: A;B\nA > C > B\nC = B > A\nC\n", CEF);
    kit_ballots(file, "1:0>1 1:1>0 1:");
    kit_warns(file, "undeclared", 2, 0, 0);
    tally_file_free(file);
}

Test(read_condorcet, a_refusal_names_line_and_column)
{
    kit_refuse("#/Implicit Ranking: false\nA > B\n", CEF, 1, 21);
    kit_refuse("#/Implicit Ranking: maybe\nA > B\n", CEF, 1, 21);
    kit_refuse("#/Candidates A;B\n", CEF, 1, 17);
    kit_refuse("#/Candidates: A;;B\n", CEF, 1, 17);
    kit_refuse("#/Candidates: A;A\n", CEF, 1, 17);
    kit_refuse("#/Candidates: A\n#/Candidates: B\n", CEF, 2, 1);
    kit_refuse("#/Number of Seats: x\n", CEF, 1, 20);
    kit_refuse("#/Number of Seats: 2 x\n", CEF, 1, 22);
    kit_refuse("A > B\n#/Candidates: A;B\n", CEF, 2, 1);
    kit_refuse("A > > B\n", CEF, 1, 5);
    kit_refuse("A >\n", CEF, 1, 4);
    kit_refuse("A < B\n", CEF, 1, 3);
    kit_refuse("A > B > A\n", CEF, 1, 9);
    kit_refuse("A > B * 8 ^7\n", CEF, 1, 11);
    kit_refuse("A > B * 0\n", CEF, 1, 9);
    kit_refuse("A > B * 1.5\n", CEF, 1, 10);
    kit_refuse("A > /EMPTY/\n", CEF, 1, 5);
    kit_exceeds(
        "#/Weight Allowed: true\nA ^ 1125899906842624 * 2\n", CEF, TALLY_OVERFLOW, 2, 1);
}

Test(read_condorcet, every_cut_and_changed_file_is_read_or_refused)
{
    kit_mutate(
        "#/Candidates: A ; B\n#/Weight Allowed: true\nx || A > B ^7 * 42 # c\n/EMPTY/\n",
        CEF);
    kit_mutate("A > B = C * 3\nD\n", CEF);
}

#define SHEET                                                                            \
    "Votes of 2026\n\n   Option 1--------->: Anna A\n /  Option 2-------->: Bert\n"      \
    " |/  Option 3------->: None of the above\n ||/\n"

Test(read_debian, reads_ranks_in_the_order_of_the_legend)
{
    static const char text[] = SHEET "V: 12-   0af3\nV: -11\tname\nV: A9-\nV: ---\n";
    kit_reads(
        text, DEBIAN, "1:0>1 1:1=2 1:>>>>>>>>1>0 1:", "Anna A|Bert|None of the above");
    kit_recognised(text, DEBIAN);
}

Test(read_debian, without_a_legend_options_are_numbered)
{
    kit_reads(
        "V: z-1\nV: 1-2\n", DEBIAN, "1:2>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>0 1:0>2",
        "Option 1|Option 2|Option 3");
    kit_recognised("V: 12\n", DEBIAN);
}

Test(read_debian, a_refusal_names_line_and_column)
{
    kit_refuse("no ballots, no legend\n", DEBIAN, 2, 1);
    kit_refuse(SHEET "V: 12\n", DEBIAN, 7, 4);
    kit_refuse(SHEET "V: 1234\n", DEBIAN, 7, 4);
    kit_refuse(SHEET "V: 1*3\n", DEBIAN, 7, 5);
    kit_refuse(SHEET "V: 103\n", DEBIAN, 7, 5);
    kit_refuse(SHEET "V: \n", DEBIAN, 7, 4);
    kit_refuse("Option 2--->: B\n", DEBIAN, 1, 1);
    kit_refuse("V: 12\nx Option 3--->: B\n", DEBIAN, 2, 3);
}

Test(read_debian, other_lines_are_prose)
{
    kit_reads(
        "Option x: y\nOption 1 was fine\nOption 1: Anna\nV:12\nVote\nV: 1\n", DEBIAN,
        "1:0", "Anna");
}

Test(read_debian, every_cut_and_changed_file_is_read_or_refused)
{
    kit_mutate(SHEET "V: 12-   0af3\nV: -1A x\n", DEBIAN);
}

/* ---- none of them ---- */

Test(recognise, what_could_be_two_formats_is_neither)
{
    kit_refuse("hello\n", TALLY_FORMAT_ANY, 1, 1);
    kit_refuse("A > B\nV: 12\n", TALLY_FORMAT_ANY, 1, 1);
    kit_refuse("a,b > c\nV: 12\n", TALLY_FORMAT_ANY, 1, 1);
    kit_refuse("rank1,a > c\n", TALLY_FORMAT_ANY, 1, 1);
    kit_refuse("# shape: squares\nA,B\n", TALLY_FORMAT_ANY, 1, 1);
}

Test(recognise, each_format_by_what_only_it_has)
{
    kit_recognised("/* c */ 1 1 0 \"A\"", TALLY_FORMAT_BLT);
    kit_recognised("# x\n2 1 # y\n0\nA\nB\n", TALLY_FORMAT_BLT);
    kit_recognised("{\"title\": \"\\\"CVR\\\"\"}\n2:a\n", TALLY_FORMAT_ABIF);
    kit_recognised("=a:[A]\n", TALLY_FORMAT_ABIF);
    kit_recognised("\"count\",\"rank1\"\n1,A\n", TALLY_FORMAT_CSV);
    kit_recognised("# FILE NAME: x\n# NUMBER ALTERNATIVES: 1\n", TALLY_FORMAT_PREFLIB);
}
