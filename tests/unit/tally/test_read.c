/* Ballot files: what is read, and where a refusal points. */
#include "file_kit.h"
#include "tally_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct tally_file *read_as(const char *text, const struct tally_reading *reading)
{
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    enum tally_status status =
        tally_file_read(text, strlen(text), reading, &file, &fault);
    cr_assert_eq(
        status, TALLY_OK, "%zu:%zu %s: %s", fault.line, fault.column,
        tally_status_code(status), fault.expected != NULL ? fault.expected : "");
    return file;
}

static struct tally_file *read(const char *text)
{
    return read_as(text, NULL);
}

static void refuse_as(
    const char *text, const struct tally_reading *reading, size_t line, size_t column)
{
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    cr_assert_eq(
        tally_file_read(text, strlen(text), reading, &file, &fault), TALLY_BAD_FILE, "%s",
        text);
    cr_assert_null(file);
    cr_assert_not_null(fault.expected);
    cr_assert_eq(
        fault.line, line, "%s: at %zu:%zu, expected %s", text, fault.line, fault.column,
        fault.expected);
    cr_assert_eq(
        fault.column, column, "%s: at %zu:%zu, expected %s", text, fault.line,
        fault.column, fault.expected);
}

static void refuse(const char *text, enum tally_format format, size_t line, size_t column)
{
    struct tally_reading *reading = reading_as(format);
    refuse_as(text, reading, line, column);
    tally_reading_free(reading);
}

/* The ballots as text: "2:0>1=2 1:" in the order they were first seen. */
static void check_ballots(const struct tally_file *file, const char *expected)
{
    char text[1024] = "";
    size_t at = 0;
    const struct tally_profile *profile = tally_file_profile(file);
    for (size_t i = 0; i < tally_profile_distinct(profile); i++) {
        const struct tally_mark *marks = NULL;
        int64_t weight = 0;
        size_t count = tally_profile_ballot(profile, i, &marks, &weight);
        at += (size_t)snprintf(
            text + at, sizeof text - at, "%s%d:", i > 0 ? " " : "", (int)weight);
        for (size_t m = 0; m < count; m++) {
            const char *sign = "";
            if (m > 0) {
                sign = marks[m].place == marks[m - 1].place ? "=" : ">";
            }
            at += (size_t)snprintf(
                text + at, sizeof text - at, "%s%u", sign, marks[m].option);
        }
    }
    cr_assert_str_eq(text, expected);
}

static void check_name(const struct tally_file *file, size_t option, const char *expected)
{
    struct tally_text name = tally_file_name(file, option);
    cr_assert_eq(name.bytes, strlen(expected));
    cr_assert_eq(memcmp(name.data, expected, name.bytes), 0, "name %zu", option);
}

/* ---- BLT ---- */

Test(blt, reads_ranks_ties_gaps_comments_ids_and_names)
{
    struct tally_file *file = read(
        "\xef\xbb\xbf"
        "# a comment\r\n3 2 # seats\r\n(b1) 2 1 2=3 0\r\n 1 - 3 0 # skipped\r\n5 "
        "0\r\n0\r\n"
        "\"A \"\"one\"\"\"\r\n\"B \\\"two\\\" # no comment\"\r\n\"C\"\r\n\"Title\"\r\n");
    cr_assert_eq(tally_file_format(file), TALLY_FORMAT_BLT);
    cr_assert_eq(tally_file_seats(file), 2);
    check_ballots(file, "2:0>1=2 1:2 5:");
    check_name(file, 0, "A \"one\"");
    check_name(file, 1, "B \"two\" # no comment");
    cr_assert_eq(tally_file_title(file).bytes, 5);
    tally_file_free(file);
}

Test(blt, withdrawn_options_are_deleted_and_the_ballot_kept)
{
    struct tally_file *file =
        read("4 1\n-2 -4\n3 2 1 3 0\n2 2 0\n1 4=3 0\n0\n\"A\"\n\"B\"\n\"C\"\n\"D\"\n");
    cr_assert_eq(tally_profile_options(tally_file_profile(file)), 2);
    check_ballots(file, "3:0>1 2: 1:1");
    check_name(file, 1, "C");
    cr_assert_eq(tally_file_title(file).bytes, 0);
    tally_file_free(file);
}

Test(blt, names_may_stand_without_quotes_alone_on_a_line)
{
    struct tally_file *file = read("2 1\n1 1 0\n0\nAnna Å\nBert\nWho\n");
    check_name(file, 0, "Anna Å");
    check_name(file, 1, "Bert");
    tally_file_free(file);
}

Test(blt, a_refusal_names_line_and_column)
{
    refuse("x 1\n", TALLY_FORMAT_BLT, 1, 1);
    refuse("3 x\n", TALLY_FORMAT_BLT, 1, 3);
    refuse("2 1\n-3\n0\n", TALLY_FORMAT_BLT, 2, 2);
    refuse("2 1\n1 1 0\n1 1\n0\n0\n", TALLY_FORMAT_BLT, 6, 1); /* no 0: it goes on */
    refuse("2 1\n1 1 3 0\n0\n", TALLY_FORMAT_BLT, 2, 5);       /* no option 3 */
    refuse("2 1\n1 1= 0\n0\n", TALLY_FORMAT_BLT, 2, 5);        /* nothing after = */
    refuse("2 1\n1.5 1 0\n0\n", TALLY_FORMAT_BLT, 2, 2);       /* no fractions */
    refuse("2 1\n0 1 0\n0\n", TALLY_FORMAT_BLT, 2, 3);         /* weight 0 */
    refuse("2 1\n1 1 0 2\n0\n", TALLY_FORMAT_BLT, 4, 1);       /* 2 begins a ballot */
    refuse("2 1\n(x 1 1 0\n0\n", TALLY_FORMAT_BLT, 2, 9);      /* ) is missing */
    refuse("2 1\n1 1 0\n", TALLY_FORMAT_BLT, 3, 1);            /* no end */
    refuse("2 1\n1 1 0\n0\n\"A\"\n", TALLY_FORMAT_BLT, 5, 1);  /* a name is missing */
    refuse("2 1\n1 1 0\n0\n\"A\n\"B\"\n", TALLY_FORMAT_BLT, 4, 3);
    refuse("2 1\n[name a b]\n0\n", TALLY_FORMAT_BLT, 2, 1);
    refuse("2 1\n99999999999999999 1 0\n0\n", TALLY_FORMAT_BLT, 2, 16);
}

Test(blt, too_many_options_are_refused_before_anything_is_kept)
{
    struct tally_file *file = NULL;
    struct tally_fault fault;
    const char *text = "1001 1\n0\n";
    cr_assert_eq(
        tally_file_read(text, strlen(text), NULL, &file, &fault), TALLY_TOO_MANY);
}

/* ---- PrefLib ---- */

#define PREFLIB_HEAD                                                                     \
    "# FILE NAME: x.toi\n# TITLE: Lunch\n# DATA TYPE: toi\n# NUMBER ALTERNATIVES: 3\n"   \
    "# ALTERNATIVE NAME 1: Soup, hot\n# ALTERNATIVE NAME 3: Ça\n"

Test(preflib, reads_names_groups_and_short_orders)
{
    struct tally_file *file =
        read(PREFLIB_HEAD "2: 1,{2,3}\n1: 3\n\n4: {1 , 2}, 3\n1:\n");
    cr_assert_eq(tally_file_format(file), TALLY_FORMAT_PREFLIB);
    check_ballots(file, "2:0>1=2 1:2 4:0=1>2 1:");
    check_name(file, 0, "Soup, hot");
    check_name(file, 1, "2"); /* it has no name */
    check_name(file, 2, "Ça");
    cr_assert_eq(tally_file_title(file).bytes, 5);
    tally_file_free(file);
}

Test(preflib, of_categories_only_the_first_is_approved)
{
    struct tally_file *file =
        read("# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 3\n5: {1,3},{2}\n2: {},{1,2,3}\n");
    check_ballots(file, "5:0=2 2:");
    tally_file_free(file);
}

Test(preflib, a_refusal_names_line_and_column)
{
    refuse("# NUMBER ALTERNATIVES: x\n", TALLY_FORMAT_PREFLIB, 1, 24);
    refuse("# NUMBER ALTERNATIVES: 0\n", TALLY_FORMAT_PREFLIB, 1, 24);
    refuse("1: 1\n", TALLY_FORMAT_PREFLIB, 1, 4); /* before the head */
    refuse(PREFLIB_HEAD "1: 4\n", TALLY_FORMAT_PREFLIB, 7, 4);
    refuse(PREFLIB_HEAD "1: 0\n", TALLY_FORMAT_PREFLIB, 7, 4);
    refuse(PREFLIB_HEAD "1; 1\n", TALLY_FORMAT_PREFLIB, 7, 2);
    refuse(PREFLIB_HEAD "1: 1 2\n", TALLY_FORMAT_PREFLIB, 7, 6);
    refuse(PREFLIB_HEAD "1: 1,\n", TALLY_FORMAT_PREFLIB, 7, 6);
    refuse(PREFLIB_HEAD "1: {1,2\n", TALLY_FORMAT_PREFLIB, 7, 8);
    refuse(PREFLIB_HEAD "0: 1\n", TALLY_FORMAT_PREFLIB, 7, 1);
    refuse("# ALTERNATIVE NAME 1: x\n", TALLY_FORMAT_PREFLIB, 1, 20);
    refuse("# TITLE: nothing else\n", TALLY_FORMAT_PREFLIB, 2, 1);
}

/* ---- CSV ---- */

Test(csv, reads_names_ties_gaps_quotes_and_both_separators)
{
    struct tally_file *file = read("\xef\xbb\xbf"
                                   "ballot;count;rank1;rank2;rank3\r\n"
                                   "1;2;\"Rad; \"\"schnell\"\"\";;Park = See\r\n"
                                   "\r\n"
                                   "2;1;Park\r\n"
                                   "3;4;;;\r\n"
                                   "4;1;;\"a\nb\";Park");
    cr_assert_eq(tally_file_format(file), TALLY_FORMAT_CSV);
    check_ballots(file, "2:0>1=2 1:1 4: 1:3>1");
    check_name(file, 0, "Rad; \"schnell\"");
    check_name(file, 2, "See");
    check_name(file, 3, "a\nb");
    tally_file_free(file);
    file = read("count,rank1\n3, A \n");
    check_name(file, 0, " A "); /* byte for byte */
    tally_file_free(file);
    file = read("rank1\nyes\nno\nyes\n\n");
    check_ballots(file, "2:0 1:1");
    tally_file_free(file);
}

Test(csv, names_known_beforehand_come_first_and_may_hold_an_equals_sign)
{
    struct tally_reading *reading = reading_as(TALLY_FORMAT_CSV);
    cr_assert_eq(tally_reading_name(reading, text_of("never ranked")), TALLY_OK);
    cr_assert_eq(tally_reading_name(reading, text_of("1 = 2")), TALLY_OK);
    struct tally_file *file = read_as("rank1\n1 = 2\n3 = 4\n", reading);
    tally_reading_free(reading);
    cr_assert_eq(tally_profile_options(tally_file_profile(file)), 4);
    check_ballots(file, "1:1 1:2=3");
    tally_file_free(file);
}

#define TWO_POLLS                                                                        \
    "poll,ballot,count,rank1,rank2\n1,1,2,A,B\n1,2,1,B,\n2,1,5,yes,\n2,2,1,,\n"

Test(csv, one_of_several_polls_is_chosen)
{
    struct tally_reading *second = reading_as(TALLY_FORMAT_ANY);
    struct tally_reading *third = reading_as(TALLY_FORMAT_ANY);
    cr_assert_eq(tally_reading_poll(second, text_of("2")), TALLY_OK);
    cr_assert_eq(tally_reading_poll(third, text_of("3")), TALLY_OK);
    struct tally_file *file = read_as(TWO_POLLS, second);
    check_ballots(file, "5:0 1:");
    check_name(file, 0, "yes");
    tally_file_free(file);
    refuse(TWO_POLLS, TALLY_FORMAT_CSV, 4, 1);
    refuse_as(TWO_POLLS, third, 6, 1);
    refuse_as("count,rank1\n1,A\n", second, 2, 1);
    tally_reading_free(second);
    tally_reading_free(third);
    file = read("poll,rank1\n7,A\n7,B\n");
    check_ballots(file, "1:0 1:1");
    tally_file_free(file);
}

Test(csv, a_refusal_names_line_and_column)
{
    refuse("count,rank2\n", TALLY_FORMAT_CSV, 1, 7);
    refuse("count,rank1,rank3\n", TALLY_FORMAT_CSV, 1, 13);
    refuse("count,count,rank1\n", TALLY_FORMAT_CSV, 1, 7);
    refuse("rank1,count\n", TALLY_FORMAT_CSV, 1, 7);
    refuse("ballot,count\n1,2\n", TALLY_FORMAT_CSV, 2, 1);
    refuse("count,rank1\n0,A\n", TALLY_FORMAT_CSV, 2, 1);
    refuse("count,rank1\n1.5,A\n", TALLY_FORMAT_CSV, 2, 1);
    refuse("count,rank1\n,A\n", TALLY_FORMAT_CSV, 2, 1);
    refuse("count,rank1\n1,A,B\n", TALLY_FORMAT_CSV, 2, 5);
    refuse("count,rank1\n1,\"A\n", TALLY_FORMAT_CSV, 3, 1);
    refuse("count,rank1\n1,\"A\"x\n", TALLY_FORMAT_CSV, 2, 6);
    refuse("count,rank1\n1,A\"x\n", TALLY_FORMAT_CSV, 2, 4);
    refuse("count,rank1\n1,A = \n", TALLY_FORMAT_CSV, 2, 3);
    refuse("count,rank1\n", TALLY_FORMAT_CSV, 2, 1); /* no option at all */
}

/* ---- ABIF ---- */

Test(abif, reads_declarations_metadata_and_votes)
{
    struct tally_file *file =
        read("{\"title\": \"Lunch # today\"}\n{\"max_rating\": 5}\n# comment\n"
             "=a:[Soup, hot] # declared\n= b : \"Bread\"\n"
             "3:a>b=[c d]\n2: b > a # why\n1:\n1:\"e>f\"\n");
    cr_assert_eq(tally_file_format(file), TALLY_FORMAT_ABIF);
    check_ballots(file, "3:0>1=2 2:1>0 1: 1:3");
    check_name(file, 0, "Soup, hot");
    check_name(file, 1, "Bread");
    check_name(file, 2, "c d");
    check_name(file, 3, "e>f");
    cr_assert_eq(tally_file_title(file).bytes, 13);
    tally_file_free(file);
}

Test(abif, a_refusal_names_line_and_column)
{
    refuse("3:a>\n", TALLY_FORMAT_ABIF, 1, 5);
    refuse("3:a/5>b\n", TALLY_FORMAT_ABIF, 1, 7); /* no rating */
    refuse("3:a,b\n", TALLY_FORMAT_ABIF, 1, 4);
    refuse("3 a>b\n", TALLY_FORMAT_ABIF, 1, 3);
    refuse("0:a>b\n", TALLY_FORMAT_ABIF, 1, 1);
    refuse("=a:[A]\n=a:[B]\n", TALLY_FORMAT_ABIF, 2, 2);
    refuse("=a [A]\n", TALLY_FORMAT_ABIF, 1, 4);
    refuse("=a:[A\n", TALLY_FORMAT_ABIF, 1, 6);
    refuse("=a:[A] b\n", TALLY_FORMAT_ABIF, 1, 8);
    refuse("{title: x}\n", TALLY_FORMAT_ABIF, 1, 2);
    refuse("{\"title\" x}\n", TALLY_FORMAT_ABIF, 1, 10);
    refuse("{\"title\": \"x\"\n", TALLY_FORMAT_ABIF, 1, 14);
    refuse("{\"n\": 5\n", TALLY_FORMAT_ABIF, 1, 8);
    refuse("hello\n", TALLY_FORMAT_ABIF, 1, 1);
}

/* ---- all ---- */

Test(file, a_format_has_names_and_is_recognised_without)
{
    cr_assert_eq(tally_format_find("blt"), TALLY_FORMAT_BLT);
    cr_assert_eq(tally_format_find("preflib-soi"), TALLY_FORMAT_PREFLIB);
    cr_assert_eq(tally_format_find("pdf"), TALLY_FORMAT_COUNT);
    cr_assert_str_eq(tally_format_name(TALLY_FORMAT_PREFLIB), "preflib");
    cr_assert_str_eq(tally_format_name(TALLY_FORMAT_ABIF), "abif");
    struct tally_file *file = read("# a comment\n\n5:a>b\n");
    cr_assert_eq(tally_file_format(file), TALLY_FORMAT_ABIF);
    tally_file_free(file);
    file = read("# a comment\n2 1\n0\n\"A\"\n\"B\"\n");
    cr_assert_eq(tally_file_format(file), TALLY_FORMAT_BLT);
    tally_file_free(file);
}

Test(file, an_empty_file_is_refused)
{
    refuse("", TALLY_FORMAT_ANY, 1, 1);
    refuse("\n\n# only a comment", TALLY_FORMAT_ANY, 1, 1);
    for (int format = TALLY_FORMAT_BLT; format < TALLY_FORMAT_COUNT; format++) {
        refuse("", (enum tally_format)format, 1, 1);
    }
}

Test(file, too_many_options_and_too_long_names_are_refused)
{
    static char text[64 * 1024];
    struct tally_file *file = NULL;
    struct tally_fault fault;
    size_t at = (size_t)snprintf(text, sizeof text, "rank1\n");
    for (int i = 0; i < TALLY_OPTIONS_MAX; i++) {
        at += (size_t)snprintf(text + at, sizeof text - at, "name %d\n", i);
    }
    cr_assert_eq(tally_file_read(text, at, NULL, &file, &fault), TALLY_OK);
    tally_file_free(file);
    file = NULL;
    at += (size_t)snprintf(text + at, sizeof text - at, "one more\n");
    cr_assert_eq(tally_file_read(text, at, NULL, &file, &fault), TALLY_TOO_MANY);

    at = (size_t)snprintf(text, sizeof text, "rank1\n");
    memset(text + at, 'x', 5000);
    cr_assert_eq(tally_file_read(text, at + 5000, NULL, &file, &fault), TALLY_TOO_MANY);
    cr_assert_null(file);
}

/* Every file cut short at every byte, and with every byte changed: no reader reads beyond
 * its end (the sanitizers watch) and each either reads or says where it can't. */
Test(file, cut_and_changed_files_are_read_or_refused)
{
    static const char *const files[] = {
        "3 2\n-2\n(b) 2 1 2=3 0\n1 - 3 0\n5 0\n0\n\"A \"\"o\"\"\"\n\"B\"\nC\n\"T\"\n",
        PREFLIB_HEAD "2: 1,{2,3}\n1: 3\n", TWO_POLLS "1,3,1,\"x \"\"y\",A = B\n",
        "{\"title\": \"T\"}\n=a:[Soup]\n3:a>b=[c d]\n1:\n"};
    for (size_t f = 0; f < sizeof files / sizeof files[0]; f++) {
        size_t bytes = strlen(files[f]);
        for (size_t at = 0; at < bytes; at++) {
            for (int change = 0; change < 9; change++) {
                struct tally_file *file = NULL;
                struct tally_fault fault = {0};
                char *text = malloc(bytes + 1); /* its end is the allocation's end */
                memcpy(text, files[f], bytes);
                text[at] = change > 0 ? "\"\n0,=>{#"[change - 1] : text[at];
                size_t length = change > 0 ? bytes : at;
                char *exact = malloc(length > 0 ? length : 1);
                memcpy(exact, text, length);
                enum tally_status status =
                    tally_file_read(exact, length, NULL, &file, &fault);
                cr_assert(status != TALLY_BAD_FILE || fault.expected != NULL);
                cr_assert_eq(status == TALLY_OK, file != NULL);
                tally_file_free(file);
                free(exact);
                free(text);
            }
        }
    }
}

/* The arrow of a legend is no vote "A > B". */
Test(read, recognises_a_tally_sheet_that_begins_with_its_legend)
{
    kit_recognised("Option 1---->: A\nOption 2---->: B\nV: 12\n", TALLY_FORMAT_DEBIAN);
    kit_recognised(
        " /--Option 1---->: A\n |/-Option 2---->: B\nV: 12\n", TALLY_FORMAT_DEBIAN);
    kit_recognised("Option 1---->: nobody voted\n", TALLY_FORMAT_DEBIAN);
    kit_recognised("Option 1 > Option 2-3\n", TALLY_FORMAT_CONDORCET);
}

/* A cell with a blank behind it is an option of its own: told, and never guessed. */
Test(read, tells_of_names_that_differ_in_blanks_or_capitals_alone)
{
    static const char *const texts[] = {
        "rank1,rank2\nAnna,Bo\nBo ,Anna\n", "rank1,rank2\nAnna,Bo\nBO,Anna\n",
        "rank1,rank2\nAnna,\"b o\"\nBo,\"\tB O \"\n"};
    static const int64_t options[][2] = {{2, 3}, {2, 3}, {2, 4}};
    for (size_t i = 0; i < 3; i++) {
        struct tally_file *file = read_text(texts[i], TALLY_FORMAT_CSV);
        kit_warns(file, "alike", 0, options[i][0], options[i][1]);
        tally_file_free(file);
    }
    struct tally_file *file = read_text(
        "2 1\n0\n\"Anna\"\n\"Anna\"\n", TALLY_FORMAT_BLT); /* the same: told apart */
    cr_assert_eq(tally_file_warnings(file), 0);
    tally_file_free(file);
}
