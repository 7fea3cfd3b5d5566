/* BLT in all its dialects. */
#include "file_kit.h"
#include "random_profile.h"
#include "tally/profile.h"

#include <stdio.h>
#include <string.h>

#define BLT   TALLY_FORMAT_BLT
#define ABC   "\"A\"\n\"B\"\n\"C\"\n"
#define NAMES "A|B|C"

Test(read_blt, ends_of_lines_mean_nothing_when_ballots_end_with_0)
{
    kit_reads("3 1 3 1 2 0 2 2 0 0 \"A\" \"B\" \"C\"", BLT, "3:0>1 2:1", NAMES);
    kit_reads("3\n1\n3 1\n2 0 2\n2 0\n0\n" ABC, BLT, "3:0>1 2:1", NAMES);
    kit_reads("3 1\n3 1 2 0 1 3 0\n0\n" ABC, BLT, "3:0>1 1:2", NAMES);
}

Test(read_blt, without_any_0_a_ballot_ends_with_its_line)
{
    kit_reads(
        "3 1\n3 1 2=3\n2 -\n(x 0) 1 2 # 0\n4\n0\n" ABC, BLT, "3:0>1=2 6: 1:1", NAMES);
    kit_reads("3 1\n0\n" ABC, BLT, "", NAMES);
}

Test(read_blt, lines_that_could_be_either_are_refused)
{
    kit_refuse(
        "3 1\n3 1 2\n0\n2 2 1\n0\n0\n" ABC, BLT, 4, 1); /* each 0 on its own line */
    kit_refuse("3 1\n3 1 2 0\n2 1 2\n3 1 0\n0\n" ABC, BLT, 3, 1); /* one 0 is missing */
}

Test(read_blt, comments_stand_anywhere_between_words)
{
    kit_reads(
        "/* two\nlines */ 3 1 # seats\n3 1 /* x */ 2 0/**/\n# 1 1 0\n0 # end\n\"A\" # a\n"
        "\"B\" /* b */\n\"C\"\n",
        BLT, "3:0>1", NAMES);
    kit_refuse("3 1\n/* x\n", BLT, 2, 1);
    kit_refuse("3 1\n1 2 /x 0\n0\n" ABC, BLT, 2, 5);
}

Test(read_blt, skipped_ranks_are_kept)
{
    kit_reads("3 1\n3 - 1 - - 2 0\n0\n" ABC, BLT, "3:>0>>>1", NAMES);
    kit_refuse("3 1\n3 -1 0\n0\n" ABC, BLT, 2, 3);
}

Test(read_blt, a_withdrawn_option_leaves_no_skipped_rank)
{
    kit_reads(
        "3 1\n-2\n3 1 2 3 0\n2 2 0\n1 2=3 1 0\n0\n" ABC, BLT, "3:0>1 2: 1:1>0", "A|C");
    kit_refuse("3 1\n-1 -2 -3\n0\n" ABC, BLT, 7, 1); /* nobody is left */
}

Test(read_blt, droops_lines_give_nicknames_and_settings)
{
    kit_reads(
        "3 1\n[nick anna b c-d]\n[tie b anna c-d]\n-b\n[droop meek/eq1]\n3 anna c-d 0\n"
        "2 1=c-d 0\n1 b anna 0\n0\n" ABC,
        BLT, "3:0>1 2:0=1 1:0", "A|C");
    kit_refuse("3 1\n[nick a b]\n0\n" ABC, BLT, 2, 11);
    kit_refuse("3 1\n[nick a b a]\n0\n" ABC, BLT, 2, 11);
    kit_refuse("3 1\n[nick a b c d]\n0\n" ABC, BLT, 2, 13);
    kit_refuse("3 1\n[nick a 2 c]\n0\n" ABC, BLT, 2, 9);
    kit_refuse("3 1\n[nick a b c]\n1 d 0\n0\n" ABC, BLT, 3, 3);
    kit_refuse("3 1\n[tie a b", BLT, 2, 1);
    kit_refuse("3 1\n[what]\n", BLT, 2, 1);
    kit_refuse("3 1\n-x\n", BLT, 2, 2);
}

Test(read_blt, weights_are_whole_and_at_least_1)
{
    kit_refuse("3 1\n0 1 2 0\n0\n" ABC, BLT, 2, 3);
    kit_refuse("3 1\n(x) 0 1 0\n0\n" ABC, BLT, 2, 5);
    kit_refuse("3 1\n1.5 1 0\n0\n" ABC, BLT, 2, 2);
    kit_refuse("3 1\n3/2 1 0\n0\n" ABC, BLT, 2, 2);
    kit_refuse("3 1\n3x 1 0\n0\n" ABC, BLT, 2, 2);
    kit_refuse("3 1\n(x\n", BLT, 2, 3);
    kit_reads("3 1\n1125899906842624 1 0\n0\n" ABC, BLT, "1125899906842624:0", "A|B|C");
    kit_exceeds("3 1\n1125899906842624 1 0\n1 1 0\n0\n" ABC, BLT, TALLY_OVERFLOW, 3, 1);
    kit_refuse("3 1\n1125899906842625 1 0\n0\n" ABC, BLT, 2, 16);
}

Test(read_blt, options_are_numbered_from_1)
{
    kit_refuse("3 1\n1 4 0\n0\n" ABC, BLT, 2, 3);
    kit_refuse("3 1\n1 1 0=2 0\n0\n" ABC, BLT, 2, 5);
    kit_refuse("3 1\n1 1= 0\n0\n" ABC, BLT, 2, 5);
    kit_refuse("3 1\n1 1,2 0\n0\n" ABC, BLT, 2, 4);
    kit_refuse("3 1\n1 99999999999999999999 0\n0\n" ABC, BLT, 2, 3);
    kit_reads("3 1\n1 02 001 0\n0\n" ABC, BLT, "1:1>0", NAMES);
    kit_exceeds("0 1\n0\n", BLT, TALLY_TOO_MANY, 1, 1);
    kit_exceeds("# many\n 1001 1\n0\n", BLT, TALLY_TOO_MANY, 2, 2);
}

Test(read_blt, two_digits_are_read_like_one)
{
    char text[4096];
    size_t at =
        (size_t)snprintf(text, sizeof text, "120 1\n7 1 12 3 110 9 10 99 100 0\n0\n");
    for (int i = 1; i <= 120; i++) {
        at += (size_t)snprintf(text + at, sizeof text - at, "\"%d\"\n", i);
    }
    struct tally_file *file = read_text(text, BLT);
    kit_ballots(file, "7:0>11>2>109>8>9>98>99");
    tally_file_free(file);
}

Test(read_blt, names_come_in_quotes_alone_or_in_comments)
{
    kit_reads(
        "3 1\n0\n\"A \"\"x\"\"\"\n\"B \\\"y\\\" # no "
        "comment\"\n\"C\\d\"\n\"Title\"\n\"more\"\n",
        BLT, "", "A \"x\"|B \"y\" # no comment|C\\d");
    kit_reads(
        "3 1\n0\n Anna Å \nBert # not a comment\n3rd\n", BLT, "",
        "Anna Å |Bert # not a comment|3rd");
    kit_reads(
        "# ALTERNATIVE NAME 2: Bert\n3 1\n# ALTERNATIVE NAME 1: Anna, A.\n-2\n1 1 0\n0\n"
        "# ALTERNATIVE NAME 3: Cleo\r\n# ALTERNATIVE NAME 9: none\n",
        BLT, "1:0", "Anna, A.|Cleo");
    kit_refuse("3 1\n0\n# ALTERNATIVE NAME 1: Anna\n", BLT, 4, 1);
    kit_refuse("3 1\n0\n\"A\"\n\"B\n\"C\"\n", BLT, 4, 3);
    kit_refuse("3 1\n0\n\"A\"\n\"B\"\n", BLT, 5, 1);
}

Test(read_blt, every_cut_and_changed_file_is_read_or_refused)
{
    kit_mutate(
        "3 2\n-2\n[nick a bc d]\n(b) 2 1 a=3 0\n1 - d 0 # x\n5 0\n/* y */0\n"
        "\"A \"\"o\"\"\"\n\"B\"\nC\n\"T\"\n",
        BLT);
    kit_mutate(
        "# ALTERNATIVE NAME 1: A\n2 1\n1 2\n3 1=2\n0\n# ALTERNATIVE NAME 2: B\n", BLT);
}

#define MANY_OPTIONS 70
#define MANY_BALLOTS 3000

/* A random ballot, which may name somebody twice: its text, and its marks. */
static size_t
draw_ballot(uint64_t *state, char *text, size_t bytes, struct tally_mark *marks)
{
    size_t count = random_below(state, 6);
    int at = snprintf(text, bytes, "1 ");
    for (size_t m = 0; m < count; m++) {
        uint16_t option = (uint16_t)random_below(state, MANY_OPTIONS);
        if (random_below(state, 2) == 0) {
            option %= 3;
        }
        marks[m] = (struct tally_mark){.option = option, .place = (uint16_t)(m + 1)};
        at += snprintf(text + at, bytes - (size_t)at, "%d ", option + 1);
    }
    (void)snprintf(text + at, bytes - (size_t)at, "0\n");
    return count;
}

static void same_rows(const struct tally_profile *a, const struct tally_profile *b)
{
    cr_assert_eq(a->row_count, b->row_count);
    cr_assert_eq(a->raw, b->raw);
    cr_assert_eq(a->blank, b->blank);
    cr_assert_eq(a->ballots, b->ballots);
    for (size_t i = 0; i < a->row_count; i++) {
        const struct ballot_row *row = a->rows + i;
        cr_assert_eq(row->count, b->rows[i].count);
        cr_assert_eq(row->weight, b->rows[i].weight);
        cr_assert(
            row->count == 0 || memcmp(
                                   profile_marks(a, row), profile_marks(b, b->rows + i),
                                   row->count * sizeof(struct tally_mark)) == 0);
    }
}

/* Read without a look at each mark, plain ballots must come to the same as any others. */
Test(read_blt, many_ballots_come_to_the_same_as_added_one_by_one)
{
    static char text[MANY_BALLOTS * 32 + MANY_OPTIONS * 8];
    uint64_t state = 3;
    struct tally_profile *expected = NULL;
    cr_assert_eq(tally_profile_new(MANY_OPTIONS, &expected), TALLY_OK);
    size_t at = (size_t)snprintf(text, sizeof text, "%d 1\n", MANY_OPTIONS);
    for (size_t i = 0; i < MANY_BALLOTS; i++) {
        struct tally_mark marks[6];
        size_t count = draw_ballot(&state, text + at, sizeof text - at, marks);
        at += strlen(text + at);
        cr_assert_eq(tally_profile_add(expected, marks, count, 1), TALLY_OK);
    }
    at += (size_t)snprintf(text + at, sizeof text - at, "0\n");
    for (int o = 0; o < MANY_OPTIONS; o++) {
        at += (size_t)snprintf(text + at, sizeof text - at, "\"%d\"\n", o);
    }
    struct tally_file *file = read_text(text, BLT);
    same_rows(tally_file_profile(file), expected);
    cr_assert_gt(expected->raw, 0);
    tally_file_free(file);
    tally_profile_free(expected);
}
