/* Cast vote records of NIST SP 1500-103. */
#include "file_kit.h"

#include <stdio.h>

#define NIST TALLY_FORMAT_NIST_JSON
#define ELECTION                                                                         \
    "\"Election\": [{\"Candidate\": [{\"@id\": \"p\", \"Name\": \"P \\u00e4\"}, "        \
    "{\"@id\": \"q\", \"Name\": \"Q\"}, {\"@id\": \"r\"}], \"Contest\": [{\"@id\": "     \
    "\"c\", "                                                                            \
    "\"@type\": \"CVR.CandidateContest\", \"Name\": \"Lunch\", \"ContestSelection\": "   \
    "[{\"@id\": \"x\", \"CandidateIds\": [\"p\", \"q\"]}, {\"@id\": \"y\", "             \
    "\"IsWriteIn\": true}, {\"@id\": \"z\", \"CandidateIds\": [\"r\"]}]}]}]"
#define NAMES "P ä / Q|Write-in|r"
#define MARK(id, rank)                                                                   \
    "{\"ContestSelectionId\": \"" id                                                     \
    "\", \"SelectionPosition\": [{\"HasIndication\": \"yes\", \"Rank\": " rank "}]}"

/* One record with these selections. */
static void check(const char *selections, const char *ballots)
{
    char text[4096];
    snprintf(
        text, sizeof text,
        "{\"CVR\": [{\"CVRSnapshot\": [{\"@id\": \"s\", \"CVRContest\": "
        "[{\"CVRContestSelection\": [%s], \"ContestId\": \"c\"}]}], "
        "\"CurrentSnapshotId\": \"s\"}], " ELECTION "}",
        selections);
    kit_reads(text, NIST, ballots, NAMES);
    kit_recognised(text, NIST);
}

Test(read_nist, ranks_overvotes_and_gaps_are_kept)
{
    check(MARK("x", "1") "," MARK("y", "3"), "1:0>>1");
    check(MARK("x", "1") "," MARK("y", "1"), "1:0=1");
    check(MARK("x", "1") "," MARK("x", "2"), "1:0>0");
    check("", "1:");
}

Test(read_nist, only_marks_that_were_indicated_and_allocable_count)
{
    check(
        "{\"ContestSelectionId\": \"x\", \"SelectionPosition\": [{\"HasIndication\": "
        "\"no\", "
        "\"Rank\": 1}, {\"IsAllocable\": \"no\", \"Rank\": 2}, {\"IsAllocable\": "
        "\"unknown\", "
        "\"Rank\": 3}]}",
        "1:>>0");
    check("{\"ContestSelectionId\": \"x\"}", "1:");
    check("{\"SelectionPosition\": [{\"Rank\": 1}]}", "1:?");
    check(
        "{\"ContestSelectionId\": \"x\", \"Rank\": 2, \"SelectionPosition\": {}}",
        "1:>0");
}

Test(read_nist, without_ranks_marks_are_approvals)
{
    check(
        "{\"ContestSelectionId\": \"x\", \"SelectionPosition\": [{}]},"
        "{\"ContestSelectionId\": \"z\", \"SelectionPosition\": [{\"Rank\": null}]}",
        "1:0=2");
}

#define RECORD(snapshots, current)                                                       \
    "{\"CVR\": [{\"CVRSnapshot\": [" snapshots "]" current "}], " ELECTION "}"
#define SNAPSHOT(id, contest, selections)                                                \
    "{\"@id\": \"" id "\", \"CVRContest\": [{\"ContestId\": \"" contest                  \
    "\", \"CVRContestSelection\": [" selections "]}]}"

Test(read_nist, the_current_snapshot_counts)
{
    kit_reads(
        RECORD(
            SNAPSHOT("old", "c", MARK("x", "1")) "," SNAPSHOT("new", "c", MARK("z", "1")),
            ", \"CurrentSnapshotId\": \"new\""),
        NIST, "1:2", NAMES);
    kit_reads(RECORD(SNAPSHOT("s", "c", MARK("x", "1")), ""), NIST, "1:0", NAMES);
    kit_refuse(
        RECORD(SNAPSHOT("s", "c", ""), ", \"CurrentSnapshotId\": \"t\""), NIST, 1, 26);
    kit_refuse(
        RECORD(SNAPSHOT("s", "c", "") "," SNAPSHOT("t", "c", ""), ""), NIST, 1, 26);
}

Test(read_nist, a_record_without_the_contest_is_no_ballot)
{
    kit_reads(RECORD(SNAPSHOT("s", "other", "7"), ""), NIST, "", NAMES);
    kit_reads(RECORD("{}", ""), NIST, "", NAMES);
    kit_reads("{" ELECTION "}", NIST, "", NAMES);
}

#define TWO                                                                              \
    "{\"CVR\": [{\"CVRSnapshot\": [" SNAPSHOT(                                           \
        "s", "d",                                                                        \
        MARK(                                                                            \
            "m",                                                                         \
            "1")) "]}],\n\"Election\": {\"Contest\": [{\"@id\": \"c\", \"Name\": "       \
                  "\"Lunch\", "                                                          \
                  "\"ContestSelection\": [{\"@id\": \"k\", \"Selection\": "              \
                  "\"Yes\"}]},\n{\"@id\": \"d\", "                                       \
                  "\"Name\": \"Supper\", \"ContestSelection\": [{\"@id\": \"m\"}]}]}}"

static enum tally_status choose(const char *poll, struct tally_file **ret_file)
{
    struct tally_reading *reading = reading_as(NIST);
    struct tally_fault fault = {0};
    cr_assert_eq(tally_reading_poll(reading, text_of(poll)), TALLY_OK);
    enum tally_status status =
        tally_file_read(TWO, strlen(TWO), reading, ret_file, &fault);
    tally_reading_free(reading);
    return status;
}

Test(read_nist, of_several_contests_one_is_chosen_by_id_or_name)
{
    struct tally_file *file = NULL;
    cr_assert_eq(choose("d", &file), TALLY_OK);
    kit_ballots(file, "1:0");
    kit_names(file, "m");
    cr_assert_eq(tally_file_title(file).bytes, 6);
    tally_file_free(file);
    cr_assert_eq(choose("Lunch", &file), TALLY_OK);
    kit_ballots(file, "");
    kit_names(file, "Yes");
    tally_file_free(file);
    cr_assert_eq(choose("Breakfast", &file), TALLY_BAD_FILE);
    kit_refuse(TWO, NIST, 3, 1);
}

static void refuse_at(const char *text, const char *here)
{
    const char *at = strstr(text, here);
    cr_assert_not_null(at);
    kit_refuse(text, NIST, 1, (size_t)(at - text) + 1);
}

Test(read_nist, what_is_no_report_is_refused_where_it_is_wrong)
{
    kit_refuse("", NIST, 1, 1);
    kit_refuse("[]", NIST, 1, 1);
    kit_refuse("{}", NIST, 1, 1);
    kit_refuse("{} x", NIST, 1, 4);
    kit_refuse("{\"Election\": []}", NIST, 1, 14);
    kit_refuse("{\"Election\": [{\"Contest\": [{}]}]}", NIST, 1, 28);
    kit_refuse("{\"Election\": [{\"Contest\": [{\"@id\": 5}]}]}", NIST, 1, 36);
    kit_refuse("{\"Election\": [{\"Contest\": [{\"@id\": \"c\"}]}]}", NIST, 1, 28);
    kit_refuse("{\"CVR\": 1, " ELECTION "}", NIST, 1, 9);
    kit_refuse("{\"CVR\": [1], " ELECTION "}", NIST, 1, 10);
    kit_refuse("{\"CVR\": [{}], " ELECTION "}", NIST, 1, 10);
    kit_refuse("{\"CVR\": [], \"CVR\": [], " ELECTION "}", NIST, 1, 20);
    refuse_at(RECORD(SNAPSHOT("s", "c", MARK("w", "1")), ""), "\"w\"");
    refuse_at(RECORD(SNAPSHOT("s", "c", MARK("x", "0")), ""), "0}]");
    refuse_at(RECORD(SNAPSHOT("s", "c", MARK("x", "\"1\"")), ""), "\"1\"}]");
    kit_refuse(RECORD("{\"CVRContest\": [{}]}", ""), NIST, 1, 43);
    kit_refuse(RECORD("{\"CVRContest\": {}}", ""), NIST, 1, 42);
    kit_refuse(
        RECORD("{\"CVRContest\": [{\"ContestId\": \"c\"}, {\"ContestId\": \"c\"}]}", ""),
        NIST, 1, 63);
    refuse_at(
        RECORD(
            SNAPSHOT(
                "s", "c",
                MARK("x", "1") ",{\"ContestSelectionId\": \"y\", \"SelectionPosition\": "
                               "[{\"HasIndication\": \"yes\"}]}"),
            ""),
        "{\"HasIndication\": \"yes\"}");
}

Test(read_nist, ids_and_names_are_told_apart)
{
    kit_refuse(
        "{\"Election\": {\"Contest\": {\"@id\": \"c\", \"ContestSelection\": "
        "[{\"@id\": \"x\"}, {\"@id\": \"x\"}]}}}",
        NIST, 1, 74);
    kit_refuse(
        "{\"Election\": {\"Contest\": {\"@id\": \"c\", \"ContestSelection\": [{}]}}}",
        NIST, 1, 60);
    kit_refuse(
        "{\"Election\": {\"Contest\": {\"@id\": \"c\", \"ContestSelection\": "
        "[{\"@id\": \"x\", \"CandidateIds\": [1]}]}}}",
        NIST, 1, 90);
    /* Escapes say the same as the letters; the first of two candidates of one id counts.
     */
    kit_reads(
        "{\"Election\": {\"Candidate\": [{\"@id\": \"\\u0070\", \"Name\": \"One\"}, "
        "{\"@id\": \"p\", \"Name\": \"Two\"}], \"Contest\": {\"@id\": \"c\", "
        "\"ContestSelection\": [{\"@id\": \"x\", \"CandidateIds\": [\"p\"]}]}}}",
        NIST, "", "One");
}

Test(read_nist, what_is_no_character_becomes_the_one_for_that)
{
    kit_reads(
        "{\"Election\": {\"Contest\": {\"@id\": \"c\", \"ContestSelection\": "
        "[{\"@id\": \"x\", \"Selection\": \"\\ud800 \\udc00 \\ud800\\u0041 "
        "\\ud83d\\ude00 "
        "\\u20AC\\/\\b\\f\\n\\r\\t\"}]}}, \"CVR\": [], \"n\": [0, -1.5E+3, 2e-1, true, "
        "false, null]}",
        NIST, "",
        "\xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd"
        "A 😀 €/\b\f\n\r\t");
}

Test(read_nist, depth_is_bounded)
{
    char text[1024] = "{\"Election\": ";
    size_t at = strlen(text);
    memset(text + at, '[', 200);
    kit_refuse(text, NIST, 1, at + 64);
}

Test(read_nist, every_cut_and_changed_file_is_read_or_refused)
{
    kit_mutate(
        RECORD(
            SNAPSHOT("s", "c", MARK("x", "1") "," MARK("y", "2")),
            ", \"CurrentSnapshotId\": \"s\""),
        NIST);
}
