/* CSV in its three shapes, and which of them is told without being named. */
#include "file_kit.h"

#include <stdio.h>
#include <string.h>

#define CSV    TALLY_FORMAT_CSV
#define CVR    TALLY_FORMAT_CVR_CSV
#define RANKS  TALLY_FORMAT_CSV_RANKS
#define SCORES TALLY_FORMAT_CSV_SCORES

Test(read_csv, gaps_repeats_and_overvotes_are_kept_in_rank_columns)
{
    static const char text[] = "count,rank1,rank2,rank3\n1,A,,B\n2,A = "
                               "B,A,\n1,#overvote,B,\n1,A = #overvote,,\n3,,,\n";
    static const char ballots[] = "1:0>>1 2:0=1>0 1:?>1 1:0=? 3:";
    kit_reads(text, CSV, ballots, "A|B");
    kit_reads(text, CVR, ballots, "A|B");
    kit_recognised(text, CSV);
}

Test(read_csv, the_first_separator_outside_quotes_separates)
{
    kit_reads("rank1\trank2\nA;x\tB, y\n", CSV, "1:0>1", "A;x|B, y");
    kit_reads("\"count\";\"rank1\"\n\"1,0\";\"A\"\n2,00;\"A\"\n", CSV, "3:0", "A");
    kit_refuse("count;rank1\n1,5;A\n", CSV, 2, 1);
    kit_refuse("count;rank1\n1,;A\n", CSV, 2, 1);
    kit_refuse("count;rank1\n99999999999999999999;A\n", CSV, 2, 1);
}

Test(read_csv, lines_may_end_as_on_windows)
{
    kit_reads("count,\"rank1\"\r\n2,\"A\"\r\n1,B\r\n\r\n", CSV, "2:0 1:1", "A|B");
    kit_reads(
        "\xef\xbb\xbf"
        "A;B\r\n1;\"2\"\r\n",
        RANKS, "1:0>1", "A|B");
}

Test(read_csv, too_many_columns_are_too_many)
{
    char text[16384] = "rank1";
    size_t at = strlen(text);
    for (int i = 2; i <= 1001; i++) {
        at += (size_t)snprintf(text + at, sizeof text - at, ",rank%d", i);
    }
    kit_exceeds(text, CSV, TALLY_TOO_MANY, 1, at - strlen("rank1001") + 1);
    at = 0;
    for (int i = 0; i <= 1000; i++) {
        at += (size_t)snprintf(text + at, sizeof text - at, "%d;", i);
    }
    kit_exceeds(text, RANKS, TALLY_TOO_MANY, 1, at - strlen("1000;") + 1);
    kit_refuse("poll,poll,rank1\n1,1,A\n", CSV, 1, 6);
}

Test(read_csv, options_may_be_listed_above_the_header)
{
    static const char text[] = "# options: A,\"B, b\",C\ncount,rank1\n1,C\n";
    kit_reads(text, CSV, "1:2", "A|B, b|C");
    kit_recognised(text, CSV);
    kit_refuse("# options: A,A\ncount,rank1\n1,C\n", CSV, 1, 14);
    kit_refuse("# options: A,\"B\ncount,rank1\n1,C\n", CSV, 4, 1);
}

Test(read_csv, a_column_an_option_holds_ranks_when_that_is_said)
{
    static const char text[] = "# shape: ranks\ncount,A,B,C\n2,1,2,2\n1,,3,\n1,,,\n";
    kit_reads(text, RANKS, "2:0>1=2 1:>>1 1:", "A|B|C");
    kit_reads(text, CSV, "2:0>1=2 1:>>1 1:", "A|B|C");
    kit_recognised(text, RANKS);
    kit_reads("A,B\n2,1\n\n 1 ,2.0\n", RANKS, "1:1>0 1:0>1", "A|B");
    kit_refuse("# shape: scores\nA,B\n2,1\n", RANKS, 1, 1);
    kit_refuse("A,B\n0,1\n", RANKS, 2, 1);
    kit_refuse("A,B\n1,x\n", RANKS, 2, 3);
    kit_refuse("A,B\n1,70000\n", RANKS, 2, 3);
    kit_refuse("A,B\n1,2,3\n", RANKS, 2, 5);
    kit_refuse("A,B,A\n1,2,3\n", RANKS, 1, 5);
    kit_refuse("\n", RANKS, 1, 1);
    kit_refuse("count\n", RANKS, 1, 1);
}

Test(read_csv, a_column_an_option_holds_scores_when_that_is_said)
{
    struct tally_file *file =
        read_text("# shape: scores 0-9\ncount;A;B\n2;5;3,0\n\"1,0\";;0\n", SCORES);
    cr_assert_eq(tally_profile_score_max(tally_file_profile(file)), 9);
    kit_ballots(file, "2:0/5,1/3 1:");
    tally_file_free(file);
    file = read_text("A,B\n4,2\n0,1\n", SCORES);
    cr_assert_eq(tally_profile_score_max(tally_file_profile(file)), 4);
    tally_file_free(file);
    file = read_text("# shape: scores\nA\n0\n", SCORES);
    cr_assert_eq(tally_profile_score_max(tally_file_profile(file)), 1);
    tally_file_free(file);
    kit_recognised("# shape: scores 0-5\nA,B\n4,2\n", SCORES);
    kit_refuse("# shape: scores 0-5\nA,B\n6,2\n", SCORES, 3, 1);
    kit_refuse("# shape: scores 0-1001\nA,B\n6,2\n", SCORES, 1, 1);
    kit_refuse("# shape: scores 1-5\nA,B\n6,2\n", SCORES, 1, 1);
    kit_refuse("# shape: scores 0-x\nA,B\n6,2\n", SCORES, 1, 1);
    kit_refuse("A,B\n4,1.5\n", SCORES, 2, 3);
    kit_refuse("A,B\n4,-1\n", SCORES, 2, 3);
}

Test(read_csv, nothing_in_bare_numbers_tells_ranks_from_scores)
{
    kit_refuse("A,B\n1,2\n2,1\n", TALLY_FORMAT_ANY, 1, 1);
    kit_refuse("count,A,B\n1,1,2\n", TALLY_FORMAT_ANY, 1, 1);
}

Test(read_csv, ordinals_are_ranks)
{
    static const char text[] = "A,B\n2nd,1st\n,3rd choice\n11th,\n";
    kit_reads(text, TALLY_FORMAT_ANY, "1:1>0 1:>>1 1:>>>>>>>>>>0", "A|B");
    kit_recognised(text, RANKS);
}

Test(read_csv, a_forms_grid_has_its_options_in_brackets)
{
    kit_reads(
        "Timestamp,\"Rank, please [Soup]\",\"Rank, please [Salad [x]]\",Bare\r\n"
        "2026/11/01,2nd,1st,\r\n",
        TALLY_FORMAT_ANY, "1:1>0", "Soup|Salad [x]|Bare");
}

Test(read_csv, behind_count_an_option_may_have_any_name)
{
    kit_reads("poll,ballot,count,count,poll\n1,7,2,1,2\n", RANKS, "2:0>1", "count|poll");
    kit_reads("count,A,Name\n2,1,2\n", RANKS, "2:0>1", "A|Name");
}

/* ---- what form tools write ---- */

#define PASSED_OVER(text, format, ...)                                                   \
    do {                                                                                 \
        static const char *const headings[] = {__VA_ARGS__};                             \
        check_passed_over(text, format, headings, sizeof headings / sizeof headings[0]); \
    } while (0)

static void check_passed_over(
    const char *text, enum tally_format format, const char *const *headings, size_t count)
{
    struct tally_file *file = read_text(text, format);
    kit_warns(file, "columns", 1, 0, (int64_t)count);
    cr_assert_eq(tally_file_columns(file), count);
    for (size_t i = 0; i < count; i++) {
        struct tally_text heading = tally_file_column(file, i);
        cr_assert_eq(heading.bytes, strlen(headings[i]));
        cr_assert_eq(memcmp(heading.data, headings[i], heading.bytes), 0);
    }
    tally_file_free(file);
}

Test(read_csv, the_share_of_ballots_and_how_many_they_are_are_passed_over)
{
    static const char rows[] = "poll,ballot,share,ballots,count,rank1,rank2\n"
                               "3,1,1,5,15,A,B\n3,paper-1,2,10,10,B,\n";
    kit_reads(rows, CSV, "15:0>1 10:1", "A|B");
    kit_recognised(rows, CSV);
    kit_reads(
        "poll,ballot,share,ballots,count,A,share\n3,1,2,5,15,2,1\n", RANKS, "15:1>0",
        "A|share");
    kit_reads("share,ballots\n1,2\n", RANKS, "1:0>1", "share|ballots");
}

Test(read_csv, share_and_ballots_are_options_where_they_do_not_stand_as_we_write_them)
{
    kit_reads("ballot,share,B\n1,2,1\n", RANKS, "1:1>0", "share|B");
    kit_reads("ballot,ballots,B\n1,2,1\n", RANKS, "1:1>0", "ballots|B");
    kit_reads("ballot,share,ballots,B\n1,2,1,3\n", RANKS, "1:1>0>2", "share|ballots|B");
    kit_reads("ballot,share\n1,1\n", RANKS, "1:0", "share");
}

Test(read_csv, headings_may_say_ranks_in_words)
{
    static const char *const headings[] = {
        "Rank 1,Rank 2",
        "RANK 1,Rank2",
        "1. Wahl,2. Wahl",
        "Platz 1,Platz 2",
        "Rang 1,Rang 2",
        "Choice 1,Choice 2",
        "1st choice,2nd choice",
        "1st,2nd",
        "First choice,Second choice",
        "First Preference,Second Preference",
        "Erste Wahl,Zweite Wahl",
        "Erster Platz,Zweiter Platz",
        "1. Pr\xc3\xa4"
        "ferenz,2. Priorit\xc3\xa4t",
        "Your vote [1st choice],Your vote [2nd choice]"};
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, "%s\nB,A\nB\nA,\n", headings[i]);
        kit_reads(text, TALLY_FORMAT_ANY, "1:0>1 1:0 1:1", "B|A");
    }
}

Test(read_csv, ranks_in_words_stand_side_by_side_from_the_first)
{
    kit_refuse("1. Wahl,3. Wahl\nA,B\n", CSV, 1, 9);
    kit_refuse("2. Wahl,3. Wahl\nA,B\n", CSV, 1, 1);
    kit_refuse("1. Wahl,1. Wahl\nA,B\n", CSV, 1, 9);
    kit_refuse("1. Wahl,Name,2. Wahl\nA,x,B\n", CSV, 1, 14);
    kit_refuse("1. Wahl,Kommentar\nA,x\n", CSV, 1, 9);
    kit_refuse("Kommentar,1. Wahl\nx,A\n", CSV, 1, 1);
    kit_refuse("70000. Wahl\nA\n", CSV, 1, 1);
}

/* Options may be called so, and the cells be their ranks. */
Test(read_csv, numbers_below_ranks_in_words_are_not_guessed_at)
{
    static const char text[] = "Choice 1,Choice 2\n2,1\n";
    kit_refuse(text, TALLY_FORMAT_ANY, 1, 1);
    kit_reads(text, CSV, "1:0>1", "2|1");
    kit_reads(text, RANKS, "1:1>0", "Choice 1|Choice 2");
    kit_reads(
        "Choice 1,Choice 2\n2nd,1st\n", TALLY_FORMAT_ANY, "1:1>0", "Choice 1|Choice 2");
}

Test(read_csv, columns_about_the_voter_are_passed_over_and_told)
{
    static const char ranks[] = "Zeitstempel;E-Mail-Adresse;1. Wahl;2. Wahl;Name\n"
                                "01.11.2026 10:00;a@example.org;B;A;Ann\n";
    kit_reads(ranks, TALLY_FORMAT_ANY, "1:0>1", "B|A");
    PASSED_OVER(ranks, CSV, "Zeitstempel", "E-Mail-Adresse", "Name");
    static const char grid[] =
        "Timestamp,Email address,\"Rank [Soup]\",Rank [Salad],Username\n"
        "2026/11/01,a@example.org,2nd,1st,ann\n";
    kit_reads(grid, TALLY_FORMAT_ANY, "1:1>0", "Soup|Salad");
    PASSED_OVER(grid, RANKS, "Timestamp", "Email address", "Username");
    static const char scores[] = "Startzeit,A,B,E-Mail\nx,3,1,a@example.org\n";
    PASSED_OVER(scores, SCORES, "Startzeit", "E-Mail");
}

Test(read_csv, an_option_that_is_listed_may_be_called_like_such_a_column)
{
    kit_reads("# options: A,Name\nA,Name\n1,2\n", RANKS, "1:0>1", "A|Name");
}

Test(read_csv, cells_of_a_grid_may_be_ranks_in_words)
{
    kit_reads(
        "Zeitstempel,Rang [A],Rang [B]\nx,2. Wahl,1. Wahl\nx,Platz 1,\nx,3.,Erste Wahl\n",
        TALLY_FORMAT_ANY, "1:1>0 1:0 1:1>>0", "A|B");
}

Test(read_csv, one_of_several_polls_is_chosen_in_every_shape)
{
    static const char text[] = "poll,count,A,B\nx,2,1,2\ny,1,2,1\n";
    struct tally_reading *reading = reading_as(RANKS);
    struct tally_file *file = NULL;
    struct tally_fault fault;
    cr_assert_eq(tally_reading_poll(reading, text_of("y")), TALLY_OK);
    cr_assert_eq(tally_file_read(text, strlen(text), reading, &file, &fault), TALLY_OK);
    kit_ballots(file, "1:1>0");
    tally_file_free(file);
    file = NULL;
    cr_assert_eq(
        tally_file_read("A,B\n1,2\n", 8, reading, &file, &fault), TALLY_BAD_FILE);
    tally_reading_free(reading);
    kit_refuse(text, RANKS, 3, 1);
}

Test(read_csv, every_cut_and_changed_file_is_read_or_refused)
{
    kit_mutate(
        "# options: A,B\npoll,count,rank1,rank2\n1,2,\"A \"\"x\"\"\",A = B\n", CSV);
    kit_mutate("# shape: ranks\ncount;A;\"B;b\"\n2;1;2nd\n", RANKS);
    kit_mutate("# shape: scores 0-5\ncount;A;B\n2;5;3,0\n", SCORES);
    kit_mutate("A,B\n5,3\n", SCORES);
    kit_mutate("Timestamp,1st choice,Second choice,Name\nx,A,B,y\n", CSV);
    kit_mutate("Zeitstempel;Rang [A];E-Mail\nx;Platz 1;y\n", RANKS);
}
