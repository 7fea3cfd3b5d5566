/* Cast vote records of NIST SP 1500-103, JSON, one contest of a report:
 * CVR[].CVRSnapshot[@id = CurrentSnapshotId].CVRContest[].CVRContestSelection[]
 * .SelectionPosition[]. A position counts unless HasIndication or IsAllocable says "no";
 * without ranks, the contest's marks are approvals. Several selections at one rank are an
 * overvote, and a mark for a selection without an id is nobody's. A record without the
 * contest is no ballot in it. Members may stand in any order. */
#include "tally/nist.h"

#include "tally/grow.h"

/* Is it a string that says exactly this, escapes and all? */
static enum tally_status string_equals(
    struct nist *nist, struct text value, struct tally_text word, bool *ret_equal)
{
    struct tally_text string = {.data = NULL};
    enum tally_status status = json_string(&value, &nist->room, "an id", &string);
    if (status == TALLY_OK) {
        *ret_equal = text_equals(string, word);
    }
    return status;
}

/* ---- one position ---- */

/* The rank that was marked, 0 if none. */
static enum tally_status read_rank(struct nist *nist, struct text value, size_t *ret_rank)
{
    static const char *const expected = "a rank, 1 or more, in every position or in none";
    int64_t rank = 0;
    struct text start = value;
    bool given = value.data != NULL && !text_begins(&value, "null");
    if (nist->ranked >= 0 && (nist->ranked == 1) != given) {
        return text_refuse(given ? &start : &nist->reader->text, expected);
    }
    nist->ranked = given ? 1 : 0;
    if (!given) {
        *ret_rank = 1;
        return TALLY_OK;
    }
    enum tally_status status = text_number(&value, expected, &rank);
    if (status == TALLY_OK && (rank < 1 || rank > UINT16_MAX)) {
        return text_refuse(&start, expected);
    }
    *ret_rank = (size_t)rank;
    return status;
}

static enum tally_status read_position(
    struct nist *nist, struct text position, struct text rank_above, size_t option)
{
    static const char *const keys[] = {"HasIndication", "IsAllocable", "Rank"};
    struct text values[3];
    size_t rank = 0;
    enum tally_status status = json_members(position, keys, 3, values);
    if (status != TALLY_OK) {
        return status;
    }
    for (size_t i = 0; i < 2; i++) {
        if (values[i].data != NULL && json_is(&values[i], "no")) {
            return TALLY_OK;
        }
    }
    nist->reader->text = position;
    status = read_rank(nist, values[2].data != NULL ? values[2] : rank_above, &rank);
    return status == TALLY_OK ? file_mark(nist->reader, option, rank) : status;
}

/* ---- one selection ---- */

static enum tally_status
find_selection(struct nist *nist, struct text id, size_t *ret_option)
{
    struct tally_text string = {.data = NULL};
    struct text start = id;
    uint16_t option = 0;
    if (id.data == NULL) {
        *ret_option = TALLY_UNNAMED;
        return TALLY_OK;
    }
    enum tally_status status =
        json_string(&id, &nist->room, "the id of a selection", &string);
    if (status == TALLY_OK && !names_find(&nist->selections, string, &option)) {
        return text_refuse(&start, "a selection of this contest");
    }
    *ret_option = option;
    return status;
}

static enum tally_status read_selection(struct nist *nist, struct text selection)
{
    static const char *const keys[] = {"ContestSelectionId", "SelectionPosition", "Rank"};
    struct text values[3];
    size_t option = 0;
    enum tally_status status = json_members(selection, keys, 3, values);
    if (status == TALLY_OK) {
        status = find_selection(nist, values[0], &option);
    }
    if (status != TALLY_OK || values[1].data == NULL) {
        return status;
    }
    struct text positions = values[1];
    if (!json_enter(&positions, '[')) {
        return read_position(nist, values[1], values[2], option);
    }
    while (status == TALLY_OK && json_next(&positions)) {
        status = read_position(nist, positions, values[2], option);
        (void)json_skip(&positions);
    }
    return status;
}

/* ---- one record ---- */

/* Adds a ballot for the selections of a contest; NULL data: none. */
static enum tally_status read_ballot(struct nist *nist, struct text contest)
{
    static const char *const keys[] = {"CVRContestSelection"};
    struct text selections;
    enum tally_status status = json_members(contest, keys, 1, &selections);
    if (status == TALLY_OK && selections.data != NULL) {
        if (!json_enter(&selections, '[')) {
            return text_refuse(&selections, "an array of selections");
        }
        while (status == TALLY_OK && json_next(&selections)) {
            status = read_selection(nist, selections);
            (void)json_skip(&selections);
        }
    }
    return status == TALLY_OK ? file_ballot(nist->reader, contest.at, 1) : status;
}

static enum tally_status read_contest(struct nist *nist, struct text contest, bool *found)
{
    static const char *const keys[] = {"ContestId"};
    struct text id;
    bool ours = false;
    enum tally_status status = json_members(contest, keys, 1, &id);
    if (status == TALLY_OK && id.data == NULL) {
        return text_refuse(&contest, "a contest with a ContestId");
    }
    if (status == TALLY_OK) {
        status = string_equals(nist, id, names_at(&nist->contest, 0), &ours);
    }
    if (status != TALLY_OK || !ours) {
        return status;
    }
    if (*found) {
        return text_refuse(&contest, "the contest once in a record");
    }
    *found = true;
    return read_ballot(nist, contest);
}

static enum tally_status read_snapshot(struct nist *nist, struct text snapshot)
{
    static const char *const keys[] = {"CVRContest"};
    struct text contests;
    bool found = false;
    enum tally_status status = json_members(snapshot, keys, 1, &contests);
    if (status != TALLY_OK || contests.data == NULL) {
        return status;
    }
    if (!json_enter(&contests, '[')) {
        return text_refuse(&contests, "an array of contests");
    }
    while (status == TALLY_OK && json_next(&contests)) {
        status = read_contest(nist, contests, &found);
        (void)json_skip(&contests);
    }
    return status;
}

static enum tally_status is_current(
    struct nist *nist, struct text snapshot, struct tally_text current, bool *ret_current)
{
    static const char *const keys[] = {"@id"};
    struct text id;
    enum tally_status status = json_members(snapshot, keys, 1, &id);
    *ret_current = current.data == NULL;
    return status == TALLY_OK && current.data != NULL && id.data != NULL
               ? string_equals(nist, id, current, ret_current)
               : status;
}

/* The snapshot of that id; NULL: the only one. */
static enum tally_status find_snapshot(
    struct nist *nist, struct text snapshots, struct tally_text current,
    struct text *ret_snapshot)
{
    struct text start = snapshots;
    size_t count = 0;
    enum tally_status status = TALLY_OK;
    if (!json_enter(&snapshots, '[')) {
        return text_refuse(&snapshots, "an array of snapshots");
    }
    while (status == TALLY_OK && json_next(&snapshots)) {
        bool found = false;
        status = is_current(nist, snapshots, current, &found);
        if (found) {
            *ret_snapshot = snapshots;
            count++;
        }
        (void)json_skip(&snapshots);
    }
    return status != TALLY_OK || count == 1
               ? status
               : text_refuse(&start, "one snapshot that CurrentSnapshotId names");
}

static enum tally_status read_record(struct nist *nist, struct text record)
{
    static const char *const keys[] = {"CVRSnapshot", "CurrentSnapshotId"};
    struct text values[2];
    struct text snapshot = {.data = NULL};
    struct tally_text current = {.data = NULL};
    enum tally_status status = json_members(record, keys, 2, values);
    if (status == TALLY_OK && values[0].data == NULL) {
        return text_refuse(&record, "a record with CVRSnapshot");
    }
    if (status == TALLY_OK && values[1].data != NULL) {
        status = json_string(&values[1], &nist->current, "an id", &current);
    }
    if (status == TALLY_OK) {
        status = find_snapshot(nist, values[0], current, &snapshot);
    }
    return status == TALLY_OK ? read_snapshot(nist, snapshot) : status;
}

/* ---- the report ---- */

static enum tally_status read_records(struct nist *nist, struct text records)
{
    enum tally_status status = TALLY_OK;
    if (!json_enter(&records, '[')) {
        return text_refuse(&records, "an array of cast vote records");
    }
    while (status == TALLY_OK && json_next(&records)) {
        status = read_record(nist, records);
        (void)json_skip(&records);
    }
    return status;
}

static enum tally_status read_report(struct nist *nist)
{
    static const char *const keys[] = {"Election", "CVR"};
    struct text report = nist->reader->text;
    struct text end = report;
    struct text values[2];
    enum tally_status status = json_skip(&end);
    json_skip_blanks(&end);
    if (status == TALLY_OK && text_peek(&end) != TEXT_END) {
        return text_refuse(&end, "the end of the file");
    }
    if (status == TALLY_OK) {
        status = json_members(report, keys, 2, values);
    }
    if (status == TALLY_OK && values[0].data == NULL) {
        return text_refuse(&report, "a report with an Election");
    }
    if (status == TALLY_OK) {
        status = nist_read_contest(nist, values[0]);
    }
    if (status == TALLY_OK && values[1].data != NULL) {
        status = read_records(nist, values[1]);
    }
    return status;
}

enum tally_status read_nist(struct file_reader *reader)
{
    struct nist nist = {.reader = reader, .ranked = -1};
    enum tally_status status = read_report(&nist);
    names_fini(&nist.contest);
    names_fini(&nist.selections);
    free(nist.room.bytes);
    free(nist.current.bytes);
    return status;
}
