/* Which contest of a NIST report is read, and what its options are called:
 * Election.Contest.ContestSelection → CandidateIds → Candidate.Name. */
#include "tally/nist.h"

#include "tally/grow.h"

/* Calls `each` for every item of an array, or for a value that is no array. */
typedef enum tally_status item_fn(void *ctx, struct text item);

static enum tally_status each_item(struct text list, item_fn *each, void *ctx)
{
    enum tally_status status = TALLY_OK;
    if (!json_enter(&list, '[')) {
        return each(ctx, list);
    }
    while (status == TALLY_OK && json_next(&list)) {
        status = each(ctx, list);
        (void)json_skip(&list);
    }
    return status;
}

struct search {
    struct nist *nist;
    struct text contest;    /* the one that is wanted; data NULL: not yet */
    struct text candidates; /* of its election */
    struct text election_candidates;
    struct names candidate_ids; /* of the contest's options */
    struct names candidate_names;
    uint16_t *named;    /* of each candidate id: 1 + its name, 0 none; owned */
    struct names parts; /* candidates' numbers … of one selection */
};

/* ---- the contest ---- */

static enum tally_status
is_wanted(struct search *search, struct text value, bool *ret_wanted)
{
    struct tally_text string = {.data = NULL};
    const struct names *poll = &search->nist->reader->reading->poll;
    enum tally_status status =
        json_string(&value, &search->nist->room, "a string", &string);
    if (status == TALLY_OK) {
        *ret_wanted = text_equals(string, names_at(poll, 0));
    }
    return status;
}

static enum tally_status look_at_contest(void *ctx, struct text contest)
{
    static const char *const keys[] = {"@id", "Name"};
    struct search *search = ctx;
    struct text values[2];
    bool wanted = search->nist->reader->reading->poll.count == 0;
    enum tally_status status = json_members(contest, keys, 2, values);
    if (status == TALLY_OK && values[0].data == NULL) {
        return text_refuse(&contest, "a contest with an @id");
    }
    for (size_t i = 0; i < 2 && status == TALLY_OK && !wanted; i++) {
        if (values[i].data != NULL) {
            status = is_wanted(search, values[i], &wanted);
        }
    }
    if (status != TALLY_OK || !wanted) {
        return status;
    }
    if (search->contest.data != NULL) {
        return text_refuse(
            &contest, "one contest only, or the choice of one by its id or name");
    }
    search->contest = contest;
    search->candidates = search->election_candidates;
    return TALLY_OK;
}

static enum tally_status look_at_election(void *ctx, struct text election)
{
    static const char *const keys[] = {"Contest", "Candidate"};
    struct search *search = ctx;
    struct text values[2];
    enum tally_status status = json_members(election, keys, 2, values);
    if (status != TALLY_OK || values[0].data == NULL) {
        return status;
    }
    search->election_candidates = values[1];
    return each_item(values[0], look_at_contest, search);
}

/* ---- its options ---- */

static enum tally_status note_candidate(void *ctx, struct text id)
{
    struct search *search = ctx;
    struct text start = id;
    struct tally_text string = {.data = NULL};
    uint16_t known = 0;
    enum tally_status status =
        json_string(&id, &search->nist->room, "the id of a candidate", &string);
    if (status == TALLY_OK && !names_find(&search->candidate_ids, string, &known)) {
        status = file_add_name(&start, &search->candidate_ids, string);
    }
    return status;
}

static enum tally_status note_selection(void *ctx, struct text selection)
{
    static const char *const keys[] = {"@id", "CandidateIds"};
    struct search *search = ctx;
    struct nist *nist = search->nist;
    struct text values[2];
    struct tally_text id = {.data = NULL};
    uint16_t known = 0;
    enum tally_status status = json_members(selection, keys, 2, values);
    if (status == TALLY_OK && values[0].data == NULL) {
        return text_refuse(&selection, "a selection with an @id");
    }
    if (status == TALLY_OK) {
        status = json_string(&values[0], &nist->room, "an id", &id);
    }
    if (status != TALLY_OK) {
        return status;
    }
    if (names_find(&nist->selections, id, &known)) {
        return text_refuse(&selection, "every @id once");
    }
    status = file_add_name(&selection, &nist->selections, id);
    return status == TALLY_OK && values[1].data != NULL
               ? each_item(values[1], note_candidate, search)
               : status;
}

static enum tally_status name_candidate(void *ctx, struct text candidate)
{
    static const char *const keys[] = {"@id", "Name"};
    struct search *search = ctx;
    struct text values[2];
    struct tally_text string = {.data = NULL};
    uint16_t number = 0;
    enum tally_status status = json_members(candidate, keys, 2, values);
    if (status != TALLY_OK || values[0].data == NULL || values[1].data == NULL) {
        return status;
    }
    status = json_string(&values[0], &search->nist->room, "an id", &string);
    if (status != TALLY_OK || !names_find(&search->candidate_ids, string, &number) ||
        search->named[number] != 0) {
        return status;
    }
    status = json_string(&values[1], &search->nist->room, "a name", &string);
    if (status == TALLY_OK) {
        status = file_add_name(&candidate, &search->candidate_names, string);
        search->named[number] = (uint16_t)search->candidate_names.count;
    }
    return status;
}

/* Appends a candidate's name to the name of a ticket; its id if it has none. */
static enum tally_status join_candidate(void *ctx, struct text id)
{
    static const struct tally_text between = {.data = " / ", .bytes = 3};
    struct search *search = ctx;
    struct text start = id;
    struct tally_text string = {.data = NULL};
    uint16_t number = 0;
    enum tally_status status =
        json_string(&id, &search->nist->room, "the id of a candidate", &string);
    if (status != TALLY_OK) {
        return status;
    }
    if (names_find(&search->candidate_ids, string, &number) &&
        search->named[number] != 0) {
        string = names_at(&search->candidate_names, (size_t)search->named[number] - 1);
    }
    if (search->parts.count > 0) {
        status = file_add_name(&start, &search->parts, between);
    }
    return status == TALLY_OK ? file_add_name(&start, &search->parts, string) : status;
}

/* What the selection itself says, when it has no candidates. */
static enum tally_status plain_name(
    struct search *search, struct text selection, size_t number,
    struct tally_text *ret_name)
{
    static const char *const keys[] = {"Selection", "Name", "IsWriteIn"};
    struct text values[3];
    enum tally_status status = json_members(selection, keys, 3, values);
    if (status != TALLY_OK) {
        return status;
    }
    for (size_t i = 0; i < 2; i++) {
        if (values[i].data != NULL && text_peek(&values[i]) == '"') {
            return json_string(&values[i], &search->nist->room, "a name", ret_name);
        }
    }
    bool write_in = values[2].data != NULL && text_begins(&values[2], "true");
    *ret_name = write_in ? (struct tally_text){.data = "Write-in", .bytes = 8}
                         : names_at(&search->nist->selections, number);
    return TALLY_OK;
}

static enum tally_status name_selection(void *ctx, struct text selection)
{
    static const char *const keys[] = {"CandidateIds"};
    struct search *search = ctx;
    struct names *names = &search->nist->reader->file->names;
    struct text ids;
    struct tally_text name = {.data = NULL};
    names_fini(&search->parts);
    enum tally_status status = json_members(selection, keys, 1, &ids);
    if (status == TALLY_OK && ids.data != NULL) {
        status = each_item(ids, join_candidate, search);
    }
    if (status != TALLY_OK) {
        return status;
    }
    if (search->parts.count > 0) { /* its pool holds them one behind the other */
        name.data = search->parts.pool;
        name.bytes = search->parts.pool_bytes;
    } else {
        status = plain_name(search, selection, names->count, &name);
    }
    return status == TALLY_OK ? file_add_name(&selection, names, name) : status;
}

static enum tally_status read_options(struct search *search)
{
    static const char *const keys[] = {"@id", "ContestSelection", "Name"};
    struct nist *nist = search->nist;
    struct text values[3];
    struct tally_text string = {.data = NULL};
    enum tally_status status = json_members(search->contest, keys, 3, values);
    if (status == TALLY_OK) {
        status = json_string(&values[0], &nist->room, "an id", &string);
    }
    if (status == TALLY_OK) {
        status = file_add_name(&search->contest, &nist->contest, string);
    }
    if (status == TALLY_OK && values[1].data == NULL) {
        return text_refuse(&search->contest, "a contest with ContestSelection");
    }
    if (status == TALLY_OK) {
        status = each_item(values[1], note_selection, search);
    }
    if (status == TALLY_OK && search->candidates.data != NULL) {
        status = each_item(search->candidates, name_candidate, search);
    }
    if (status == TALLY_OK) {
        status = each_item(values[1], name_selection, search);
    }
    if (status == TALLY_OK && values[2].data != NULL) {
        struct text title = values[2];
        status = json_string(&title, &nist->room, "a name", &string);
        status =
            status == TALLY_OK ? file_title(nist->reader, &values[2], string) : status;
    }
    return status;
}

enum tally_status nist_read_contest(struct nist *nist, struct text elections)
{
    struct search search = {.nist = nist};
    enum tally_status status = each_item(elections, look_at_election, &search);
    if (status == TALLY_OK && search.contest.data == NULL) {
        return text_refuse(
            &elections, nist->reader->reading->poll.count > 0
                            ? "the contest that was chosen, by its id or name"
                            : "a contest");
    }
    search.named = zeroed(TALLY_OPTIONS_MAX, sizeof *search.named);
    if (search.named == NULL) {
        return TALLY_NO_MEMORY;
    }
    if (status == TALLY_OK) {
        status = read_options(&search);
    }
    names_fini(&search.candidate_ids);
    names_fini(&search.candidate_names);
    names_fini(&search.parts);
    free(search.named);
    return status;
}
