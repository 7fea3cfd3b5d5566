/* Ballot files at the edges: bounds, unclosed comments, what is recognised by a hair, and
 * strings of JSON. */
#include "file_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `head`, `count` times `part`, `tail`; the caller frees. */
static char *repeated(const char *head, const char *part, size_t count, const char *tail)
{
    size_t bytes = strlen(part);
    char *text = malloc(strlen(head) + count * bytes + strlen(tail) + 1);
    cr_assert_not_null(text);
    char *at = stpcpy(text, head);
    for (size_t i = 0; i < count; i++) {
        at = stpcpy(at, part);
    }
    strcpy(at, tail);
    return text;
}

static void check_repeated(
    const char *head, const char *part, size_t count, const char *tail,
    enum tally_format format, enum tally_status expected)
{
    char *text = repeated(head, part, count, tail);
    struct tally_reading *reading = reading_as(format);
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    cr_assert_eq(
        tally_file_read(text, strlen(text), reading, &file, &fault), expected,
        "%zu times %s", count, part);
    tally_file_free(file);
    tally_reading_free(reading);
    free(text);
}

#define BLT     TALLY_FORMAT_BLT
#define NAMES   "0\n\"A\"\n\"B\"\n"
#define SKIPPED 65534

Test(read_edges, a_rank_beyond_16_bits_is_too_many)
{
    check_repeated("2 1\n1", " -", SKIPPED, " 1 0\n" NAMES, BLT, TALLY_OK);
    check_repeated("2 1\n1", " -", SKIPPED + 1, " 1 0\n" NAMES, BLT, TALLY_TOO_MANY);
    check_repeated("2 1\n1", " 1", SKIPPED + 1, " 2 0\n" NAMES, BLT, TALLY_TOO_MANY);
}

static void check_exceeds(
    char *text, enum tally_format format, enum tally_status status, size_t line,
    size_t column)
{
    kit_exceeds(text, format, status, line, column);
    free(text);
}

#define LONG_NAME 4097 /* bytes: one more than a name may have */

Test(read_edges, what_is_beyond_a_bound_is_told_where_it_stands)
{
    check_exceeds(
        repeated("2 1\n1", " -", SKIPPED + 1, " 1 0\n" NAMES), BLT, TALLY_TOO_MANY, 2,
        2 * (SKIPPED + 1) + 4);
    check_exceeds(
        repeated("V: 1\nV: ", "-", 1001, "\n"), TALLY_FORMAT_DEBIAN, TALLY_TOO_MANY, 2,
        1004);
    check_exceeds(
        repeated(
            "# TITLE: x\n# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: ", "x",
            LONG_NAME, "\n1: 1,2\n"),
        TALLY_FORMAT_PREFLIB, TALLY_TOO_MANY, 3, 23);
    check_exceeds(
        repeated("1 1\n1 1 0\n0\n \"", "x", LONG_NAME, "\""), BLT, TALLY_TOO_MANY, 4, 2);
    check_exceeds(
        repeated("# ALTERNATIVE NAME 1: ", "x", LONG_NAME, "\n1 1\n1 1 0\n0\n"), BLT,
        TALLY_TOO_MANY, 1, 23);
    check_exceeds(
        repeated("1:a\n1:b>", "x", LONG_NAME, "\n"), TALLY_FORMAT_ABIF, TALLY_TOO_MANY, 2,
        5);
    check_exceeds(
        repeated("A > ", "x", LONG_NAME, "\n"), TALLY_FORMAT_CONDORCET, TALLY_TOO_MANY, 1,
        5);
    check_exceeds(
        repeated("rank1,rank2\nA,", "x", LONG_NAME, "\n"), TALLY_FORMAT_CSV,
        TALLY_TOO_MANY, 2, 3);
}

Test(read_edges, no_format_has_more_options_than_the_bound)
{
    check_repeated("V: ", "-", TALLY_OPTIONS_MAX, "\n", TALLY_FORMAT_DEBIAN, TALLY_OK);
    check_repeated(
        "V: ", "-", TALLY_OPTIONS_MAX + 1, "\n", TALLY_FORMAT_DEBIAN, TALLY_TOO_MANY);
    kit_exceeds(
        "# NUMBER ALTERNATIVES: 1001\n", TALLY_FORMAT_PREFLIB, TALLY_TOO_MANY, 1, 24);
    kit_refuse("# NUMBER ALTERNATIVES: 0\n", TALLY_FORMAT_PREFLIB, 1, 24);
    kit_refuse(
        "# NUMBER ALTERNATIVES: 2\n# NUMBER ALTERNATIVES: 2\n", TALLY_FORMAT_PREFLIB, 2,
        24);
}

/* ---- BLT ---- */

static void refuse_blt_at(const char *text, const char *here)
{
    const char *at = strstr(text, here);
    size_t line = 1;
    const char *start = text;
    cr_assert_not_null(at);
    for (const char *c = text; c < at; c++) {
        line += *c == '\n' ? 1 : 0;
        start = *c == '\n' ? c + 1 : start;
    }
    kit_refuse(text, BLT, line, (size_t)(at - start) + 1);
}

Test(read_edges, a_comment_that_is_not_closed_is_refused_wherever_it_begins)
{
    refuse_blt_at("/* no end\n2 1\n1 1 0\n" NAMES, "/*");
    refuse_blt_at("2 1\n1 1 0\n0 /* no end\n\"A\"\n\"B\"\n", "/*");
    refuse_blt_at("2 1\n1 1 0\n0\n/* no end\n\"A\"\n\"B\"\n", "/*");
    refuse_blt_at("2 1\n1 1 0\n0\n\"A\"\n/* no end\n\"B\"\n", "/*");
    refuse_blt_at("2 1\n1 1\n1 2\n0\n/* no end\n\"A\"\n\"B\"\n", "/*");
}

Test(read_edges, ballots_behind_an_end_that_lines_told_are_refused)
{
    kit_reads("2 1\n1 1=2\n2 2\n0\n\"A\"\n\"B\"\n", BLT, "1:0=1 2:1", "A|B");
    refuse_blt_at("2 1\n1 1\n1 2\n0\n3 2=1\n\"A\"\n\"B\"\n", "3 2=1");
}

/* ---- CSV ---- */

Test(read_edges, a_carriage_return_is_cut_at_the_end_of_a_line_only)
{
    kit_reads("A,B\r\n1,2\r\n", TALLY_FORMAT_CSV_RANKS, "1:0>1", "A|B");
    struct tally_file *file = read_text("A\r,B\n1,2\n", TALLY_FORMAT_CSV_RANKS);
    kit_ballots(file, "1:0>1");
    cr_assert_leq(tally_file_name(file, 0).bytes, 2);
    tally_file_free(file);
}

Test(read_edges, a_form_without_brackets_has_its_headings_for_names)
{
    kit_reads(
        "Timestamp,Rank [A],Rank [B,C]d\n1 May,1,2,\n", TALLY_FORMAT_CSV_RANKS, "1:0>1",
        "A|Rank [B|C]d");
    kit_reads("Timestamp,Rank [A],\n1 May,1,2\n", TALLY_FORMAT_CSV_RANKS, "1:0>1", "A|");
    kit_reads(
        "Timestamp,count,Rank [A],B\n1 May,3,1,2\n", TALLY_FORMAT_CSV_RANKS, "3:0>1",
        "A|B");
}

/* ---- ABIF ---- */

Test(read_edges, max_rating_is_from_1_to_1000)
{
    kit_refuse("{\"max_rating\": 0}\n1:a/1\n", TALLY_FORMAT_ABIF, 1, 16);
    kit_refuse("{\"max_rating\": 1001}\n1:a/1\n", TALLY_FORMAT_ABIF, 1, 16);
    kit_reads("{\"max_rating\": 1000}\n1:a/1\n", TALLY_FORMAT_ABIF, "1:0/1", "a");
    const char *const approval =
        "{\"max_rating\": 5, \"ballot_type\": \"approval\"}\n1:a/1\n1:a/2\n";
    kit_refuse(approval, TALLY_FORMAT_ABIF, 3, 5);
}

/* ---- the Condorcet format ---- */

Test(read_edges, the_number_of_seats_may_be_said_in_the_singular)
{
    const char *const texts[] = {
        "#/Number of Seats: 2\nA > B\n", "#/Number of Seat: 2\nA > B\n"};
    for (size_t i = 0; i < 2; i++) {
        struct tally_file *file = read_text(texts[i], TALLY_FORMAT_CONDORCET);
        cr_assert_eq(tally_file_seats(file), 2);
        tally_file_free(file);
    }
}

/* ---- what is recognised ---- */

static void check_unknown(const char *text)
{
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    cr_assert_eq(
        tally_file_read(text, strlen(text), NULL, &file, &fault), TALLY_BAD_FILE, "%s",
        text);
    cr_assert_null(file);
}

Test(read_edges, ranks_are_recognised_by_ordinals_and_by_nothing_that_looks_like_them)
{
    kit_recognised("A,B\n1st,2nd\n", TALLY_FORMAT_CSV_RANKS);
    kit_recognised("A,B\n,2nd choice\n", TALLY_FORMAT_CSV_RANKS);
    check_unknown("A,B\n1,2\n");
    check_unknown("A,B\n1s,2n\n");
    check_unknown("A,B\n1sty,2ndy\n");
    check_unknown("A,B\n1.,2.\n"); /* scores may be written so */
    check_unknown("Rank 99999999,B\nx,y\n");
    check_unknown("A,B\n1xx,2xx\n");
    check_unknown("A,B\n12345th,2\n");
    check_unknown("A,B\nst,nd\n");
}

Test(read_edges, a_tally_sheet_is_recognised_by_a_ballot)
{
    kit_recognised("V: 1-2\n", TALLY_FORMAT_DEBIAN);
    kit_recognised("V: -12\n", TALLY_FORMAT_DEBIAN);
    kit_recognised("V: A12345678923456789\n", TALLY_FORMAT_DEBIAN);
    check_unknown("V: \n");
    check_unknown("V: a\n");
    check_unknown("V: %\n");
    check_unknown("V: [1]\n");
    kit_recognised("Option 1---->: Soup\nV: 1\n", TALLY_FORMAT_DEBIAN);
    check_unknown("Option 1---- Soup\n");
    check_unknown("Option 1: Soup\n");
}

Test(read_edges, an_object_is_a_report_if_it_is_all_and_says_so)
{
    kit_recognised("{\"title\": \"CVR\"}\n3: A>B\n", TALLY_FORMAT_ABIF);
    kit_recognised("{\"max_rating\": 5}\n3: A/5\n", TALLY_FORMAT_ABIF);
    kit_recognised(
        "{\"@type\": \"CVR.CastVoteRecordReport\", \"Election\": {\"Contest\": {\"@id\": "
        "\"c\", \"ContestSelection\": {\"@id\": \"x\"}}}}",
        TALLY_FORMAT_NIST_JSON);
}

Test(read_edges, a_slash_begins_a_comment_only_with_a_star)
{
    kit_recognised("/* for lunch */\n2 1\n1 1 0\n" NAMES, BLT);
    check_unknown("/ 2 1\n");
    check_unknown("/");
}

/* ---- strings of JSON ---- */

static void check_title(const char *string, const char *expected)
{
    char text[256];
    snprintf(text, sizeof text, "{\"title\": \"%s\"}\n1:a\n", string);
    struct tally_file *file = read_text(text, TALLY_FORMAT_ABIF);
    struct tally_text title = tally_file_title(file);
    cr_assert_eq(title.bytes, strlen(expected), "%s", string);
    cr_assert(memcmp(title.data, expected, title.bytes) == 0, "%s", string);
    tally_file_free(file);
}

#define NO_CHARACTER "\xef\xbf\xbd"

Test(read_edges, a_lone_half_of_a_pair_takes_nothing_with_it)
{
    check_title("\\ud83d\\ude00", "😀");
    check_title("\\ud83d", NO_CHARACTER);
    check_title("\\ud83d\\n12345", NO_CHARACTER "\n12345");
    check_title("\\ud83dabcdef", NO_CHARACTER "abcdef");
    check_title("\\ud83d\\uffff", NO_CHARACTER "\xef\xbf\xbf");
    check_title("\\ud83d\\u0041", NO_CHARACTER "A");
    check_title("\\uffff", "\xef\xbf\xbf");
}

#define REPORT(indication, name)                                                         \
    "{\"CVR\": [{\"CVRSnapshot\": [{\"CVRContest\": [{\"ContestId\": \"c\", "            \
    "\"CVRContestSelection\": [{\"ContestSelectionId\": \"x\", \"SelectionPosition\": "  \
    "[{\"HasIndication\": " indication ", \"Rank\": 1}]}]}]}]}], \"Election\": "         \
    "{\"Contest\": {\"@id\": \"c\", \"Name\": \"" name "\", \"ContestSelection\": "      \
    "[{\"@id\": \"x\"}]}}}"

Test(read_edges, only_the_word_no_says_that_nothing_was_marked)
{
    kit_reads(REPORT("\"no\"", "n"), TALLY_FORMAT_NIST_JSON, "1:", "x");
    kit_reads(REPORT("\"nope\"", "n"), TALLY_FORMAT_NIST_JSON, "1:0", "x");
    kit_reads(REPORT("\"ny\"", "n"), TALLY_FORMAT_NIST_JSON, "1:0", "x");
    kit_reads(REPORT("12345", "n"), TALLY_FORMAT_NIST_JSON, "1:0", "x");
}

Test(read_edges, a_contest_may_have_an_empty_name)
{
    struct tally_file *file = read_text(REPORT("\"yes\"", ""), TALLY_FORMAT_NIST_JSON);
    cr_assert_eq(tally_file_title(file).bytes, 0);
    tally_file_free(file);
}

/* ---- every value of a report ---- */

/* Every part of a report that the reader knows, some of them in two ways. */
static const char report[] =
    "{\"Election\": [{\"Candidate\": [{\"@id\": \"p\", \"Name\": \"P\"}, {\"@id\": "
    "\"q\", \"Name\": \"Q\"}, {\"Name\": \"R\"}], \"Contest\": [{\"@id\": \"c\", "
    "\"Name\": \"Lunch\", \"ContestSelection\": [{\"@id\": \"x\", \"CandidateIds\": "
    "[\"p\", \"q\"]}, {\"@id\": \"y\", \"IsWriteIn\": true}, {\"@id\": \"z\", "
    "\"Selection\": \"Z\"}]}]}], \"CVR\": [{\"CVRSnapshot\": [{\"@id\": \"s\", "
    "\"CVRContest\": [{\"ContestId\": \"c\", \"CVRContestSelection\": "
    "[{\"ContestSelectionId\": \"x\", \"SelectionPosition\": [{\"HasIndication\": "
    "\"yes\", \"IsAllocable\": \"yes\", \"Rank\": 1}]}, {\"ContestSelectionId\": \"y\", "
    "\"Rank\": 2, \"SelectionPosition\": {}}]}]}], \"CurrentSnapshotId\": \"s\"}]}";

/* The end of the value that begins here. */
static const char *value_end(const char *at)
{
    int depth = 0;
    bool quoted = false;
    for (; *at != '\0'; at++) {
        quoted = quoted != (*at == '"');
        depth += !quoted && (*at == '[' || *at == '{') ? 1 : 0;
        depth -= !quoted && (*at == ']' || *at == '}') ? 1 : 0;
        if (depth < 0 || (!quoted && depth == 0 && *at == ',')) {
            break;
        }
    }
    return at;
}

/* Behind `":` or `[` or, among items, `, `. */
static bool value_begins(const char *at)
{
    bool behind =
        (memcmp(at - 2, ": ", 2) == 0 || at[-1] == '[' || memcmp(at - 2, ", ", 2) == 0);
    return behind && value_end(at)[0] != '\0' && strchr("\"[{0123456789t", *at) != NULL;
}

static size_t check_replaced(const char *at, const char *value, const char *poll)
{
    char text[4096];
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    struct tally_reading *reading = reading_as(TALLY_FORMAT_NIST_JSON);
    int bytes = snprintf(
        text, sizeof text, "%.*s%s%s", (int)(at - report), report, value, value_end(at));
    if (poll != NULL) {
        cr_assert_eq(tally_reading_poll(reading, text_of(poll)), TALLY_OK);
    }
    enum tally_status status =
        tally_file_read(text, (size_t)bytes, reading, &file, &fault);
    cr_assert(status == TALLY_OK || status == TALLY_BAD_FILE);
    cr_assert_eq(status == TALLY_OK, file != NULL);
    if (status == TALLY_BAD_FILE) {
        cr_assert_eq(fault.line, 1);
        cr_assert(fault.column >= 1 && fault.column <= (size_t)bytes + 1);
        cr_assert_not_null(fault.expected);
    }
    tally_file_free(file);
    tally_reading_free(reading);
    return status == TALLY_BAD_FILE ? 1 : 0;
}

Test(read_edges, a_report_with_any_value_of_another_kind_is_read_or_refused)
{
    static const char *const values[] = {"7",  "70000", "\"?\"", "[]",
                                         "{}", "[7]",   "null",  "true"};
    size_t refused = 0;
    for (const char *at = report + 2; *at != '\0'; at++) {
        for (size_t v = 0; value_begins(at) && v < sizeof values / sizeof *values; v++) {
            refused += check_replaced(at, values[v], NULL);
            refused += check_replaced(at, values[v], "Lunch");
        }
    }
    cr_assert_gt(refused, 300);
}

static enum tally_status read_report(const char *text, const char *poll)
{
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    struct tally_reading *reading = reading_as(TALLY_FORMAT_NIST_JSON);
    cr_assert_eq(tally_reading_poll(reading, text_of(poll)), TALLY_OK);
    enum tally_status status =
        tally_file_read(text, strlen(text), reading, &file, &fault);
    cr_assert_eq(status == TALLY_OK, file != NULL);
    tally_file_free(file);
    tally_reading_free(reading);
    return status;
}

/* Calls `each` for every member of the report; returns how many there are. */
static size_t each_member(void (*each)(const char *member, const char *value))
{
    size_t members = 0;
    for (const char *at = strchr(report, '"'); at != NULL; at = strchr(at + 1, '"')) {
        const char *end = strchr(at + 1, '"');
        cr_assert_not_null(end);
        if (end[1] == ':') {
            each(at, end + 3);
            members++;
        }
        at = end;
    }
    return members;
}

/* A member of another name is one that is missing. */
static void check_missing(const char *member, const char *value)
{
    char text[sizeof report];
    (void)value;
    memcpy(text, report, sizeof text);
    text[member - report + 1] = '~';
    enum tally_status status = read_report(text, "Lunch");
    cr_assert(status == TALLY_OK || status == TALLY_BAD_FILE);
    status = read_report(text, "c");
    cr_assert(status == TALLY_OK || status == TALLY_BAD_FILE);
}

Test(read_edges, a_report_without_any_one_member_is_read_or_refused)
{
    cr_assert_gt(each_member(check_missing), 25);
}

static void check_twice(const char *member, const char *value)
{
    static char text[2 * sizeof report];
    int bytes = (int)(value_end(value) - member);
    snprintf(
        text, sizeof text, "%.*s%.*s, %s", (int)(member - report), report, bytes, member,
        member);
    cr_assert_eq(read_report(text, "Lunch"), TALLY_BAD_FILE, "%.*s", bytes, member);
}

Test(read_edges, a_report_with_any_member_twice_is_refused)
{
    cr_assert_eq(read_report(report, "Lunch"), TALLY_OK);
    cr_assert_gt(each_member(check_twice), 25);
}

Test(read_edges, two_selections_may_share_a_candidate)
{
    kit_reads(
        "{\"Election\": {\"Candidate\": [{\"@id\": \"p\", \"Name\": \"P\"}, {\"@id\": "
        "\"q\", \"Name\": \"Q\"}], \"Contest\": {\"@id\": \"c\", "
        "\"ContestSelection\": [{\"@id\": \"x\", \"CandidateIds\": [\"p\", \"q\"]}, "
        "{\"@id\": \"y\", \"CandidateIds\": \"p\"}]}}}",
        TALLY_FORMAT_NIST_JSON, "", "P / Q|P");
}
