/* Promise: anyone can recount from the export. The auditor's ballots, read back by
 * libtally as a stranger would read them, give the server's result. */
#include "domain/count.h"
#include "tally_kit.h"
#include "unit/export/hall.h"

#include <stdio.h>
#include <stdlib.h>

#define SEEDS   60
#define OPTIONS 7

static struct hall hall;
static struct kit *const kit = &hall.kit;
static uint64_t rng;
static uint16_t only_share; /* whose rows are read; 0: all */
static int64_t second;      /* another moderator */
static int64_t groups[2];   /* that only tickets lead to */

static int64_t below(int64_t n)
{
    rng ^= rng << 13;
    rng ^= rng >> 7;
    rng ^= rng << 17;
    return (int64_t)(rng % (uint64_t)n);
}

/* Titles that break careless readers. */
static const char *const titles[OPTIONS] = {
    "A = B", "=A", "Weg; kurz, \"gut\"", "Weg; kurz, \"gut\"",
    "-",     "A",  "\xf0\x9f\x9b\xb9 ="};

static struct ballot random_ballot(enum ballot_form form)
{
    struct ballot ballot = {.form = form};
    int64_t options[OPTIONS] = {1, 2, 3, 4, 5, 6, 7};
    uint16_t place = 1;
    ballot.mark_count = (uint16_t)below(OPTIONS + 1);
    for (uint16_t i = 0; i < ballot.mark_count; i++) {
        int64_t k = i + below(OPTIONS - i);
        int64_t option = options[k];
        options[k] = options[i];
        options[i] = option;
        place += form == BALLOT_RANKING && i != 0 && below(4) != 0 ? 1 : 0;
        ballot.marks[i] = (struct mark){.option = option, .value = place};
    }
    return ballot;
}

/* Any points on any options; of dots all together no more than there are. */
static struct ballot random_points(enum ballot_form form)
{
    struct ballot ballot = {.form = form};
    int64_t left = DOTS_MAX;
    for (uint16_t option = 1; option <= OPTIONS; option++) {
        int64_t points = form == BALLOT_DOTS ? below(left + 1) : below(SCORE_MAX + 1);
        left -= points;
        if (below(3) != 0 && (points > 0 || form == BALLOT_SCORE)) {
            ballot.marks[ballot.mark_count++] =
                (struct mark){.option = option, .value = (uint16_t)points};
        }
    }
    return ballot;
}

static bool has_points(enum ballot_form form)
{
    return form == BALLOT_SCORE || form == BALLOT_DOTS;
}

/* Half of the polls are by shares. */
static void choose_shares(struct poll_spec *spec)
{
    spec->shares.count = (uint16_t)(below(2) != 0 ? 2 + below(2) : 0);
    for (uint16_t i = 0; i < spec->shares.count; i++) {
        spec->shares.of[i] =
            (struct share){i < 2 ? groups[i] : 0, (uint16_t)(20 + 13 * i)};
    }
    if (spec->shares.count > 0) {
        uint16_t last = (uint16_t)(spec->shares.count - 1);
        spec->shares.of[last].group = 0;
        spec->shares.of[last].percent = (uint16_t)(last == 1 ? 80 : 47);
    }
}

static uint16_t any_share(const struct poll *poll)
{
    uint16_t shares = poll->spec.shares.count;
    return (uint16_t)(shares > 0 ? 1 + below(shares) : 0);
}

static void cast_random(int64_t id, uint64_t voter)
{
    const struct poll *poll = event_poll(&kit->event, id);
    enum ballot_form form = poll->spec.form;
    struct ballot ballot = has_points(form) ? random_points(form) : random_ballot(form);
    struct entry entry = cast_entry(kit, voter, 1, 1, &ballot);
    entry.as.cast.share = any_share(poll);
    cr_assert_eq(apply_lane(kit, id, &entry).err, ERR_OK);
}

/* Some piles, mostly confirmed by the other moderator. */
static void enter_paper(int64_t poll, enum ballot_form form)
{
    struct entry entry = entry_of(kit, ENTRY_PAPER_ENTER, ROLE_MODERATOR, kit->moderator);
    struct paper *paper = &entry.as.paper_enter.paper;
    int64_t ballots = 0;
    entry.as.paper_enter.poll = poll;
    entry.as.paper_enter.share = any_share(event_poll(&kit->event, poll));
    paper->form = form;
    for (int64_t piles = 1 + below(6); piles > 0; piles--) {
        struct ballot ballot =
            has_points(form) ? random_points(form) : random_ballot(form);
        uint16_t count = (uint16_t)(1 + below(7));
        paper->piles[paper->pile_count++] =
            (struct pile){.count = count, .mark_count = ballot.mark_count};
        for (size_t i = 0; i < ballot.mark_count; i++) {
            paper->marks[paper->mark_count++] = ballot.marks[i];
        }
        ballots += count;
    }
    int64_t batch = accept(kit, &entry);
    if (below(4) != 0) {
        entry = entry_of(kit, ENTRY_PAPER_CONFIRM, ROLE_MODERATOR, second);
        entry.as.paper_act.batch = batch;
        entry.as.paper_act.ballots = ballots;
        accept(kit, &entry);
    }
}

static int64_t play(enum ballot_form form, const char *method)
{
    struct poll_spec spec = spec_of(kit, OPTIONS);
    for (uint16_t i = 0; i < OPTIONS; i++) {
        spec.options[i] = i + 1;
    }
    spec.form = form;
    spec.ties_allowed = form == BALLOT_RANKING;
    spec.ranks_max = OPTIONS;
    spec.dots = form == BALLOT_DOTS ? DOTS_MAX : 0;
    memset(spec.method, 0, sizeof spec.method);
    memcpy(spec.method, method, strlen(method));
    choose_shares(&spec);
    int64_t poll = open_poll(kit, &spec);
    for (uint64_t voter = 0, voters = (uint64_t)below(40); voter < voters; voter++) {
        cast_random(poll, voter);
    }
    for (int64_t batches = below(3); batches > 0; batches--) {
        enter_paper(poll, form);
    }
    step(kit, ENTRY_POLL_CLOSE, poll);
    return poll;
}

static const char *
name_in_results(const struct table *results, int64_t poll, int64_t option)
{
    for (size_t row = 1; row < results->row_count; row++) {
        if (table_int(results, row, "poll") == poll &&
            table_int(results, row, "round") == 0 &&
            table_int(results, row, "option") == option) {
            return table_cell(results, row, "name");
        }
    }
    cr_assert_fail("option %" PRId64 " has no name", option);
    return NULL;
}

/* The table with the rows of one share alone: what somebody has who filters it. */
static void keep_share(struct buf *csv, char separator, uint16_t share)
{
    struct buf kept;
    size_t columns = 0;
    buf_init(&kept, csv->bytes_max);
    for (const char *line = (const char *)csv->data; *line != '\0';) {
        const char *end = strstr(line, "\r\n") + 2;
        const char *cell = line;
        for (int commas = 0; commas < 2 && cell != NULL; commas++) {
            cell = strchr(cell, separator);
            cell = cell != NULL ? cell + 1 : NULL;
        }
        bool heads = columns == 0;
        bool shape = strncmp(line, "\xef\xbb\xbf#", 4) == 0;
        columns += shape ? 0 : 1;
        if (shape || heads || (cell != NULL && atoi(cell) == share)) {
            buf_bytes(&kept, line, (size_t)(end - line));
        }
        line = end;
    }
    buf_fini(csv);
    *csv = kept;
}

/* The file's profile, options in the poll's order by the names of results.csv. */
static struct tally_file *read_back(const struct poll *poll, char separator)
{
    static char digits[24];
    struct tally_text names[OPTIONS];
    struct table *results = hall_table(&hall, EXPORT_RESULTS, separator, true);
    for (size_t i = 0; i < OPTIONS; i++) {
        const char *name = name_in_results(results, poll->id, poll->spec.options[i]);
        names[i] = (struct tally_text){.data = name, .bytes = strlen(name)};
    }
    int bytes = snprintf(digits, sizeof digits, "%" PRId64, poll->id);
    /* Points say by themselves what they are. */
    bool points = has_points(poll->spec.form);
    struct tally_reading *reading = points ? NULL : reading_as(TALLY_FORMAT_CSV);
    if (points) {
        cr_assert_eq(tally_reading_new(&reading), TALLY_OK);
    }
    struct tally_text poll_id = {.data = digits, .bytes = (size_t)bytes};
    cr_assert_eq(tally_reading_poll(reading, poll_id), TALLY_OK);
    for (size_t i = 0; i < OPTIONS; i++) {
        cr_assert_eq(tally_reading_name(reading, names[i]), TALLY_OK);
    }
    struct buf csv;
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    if (points) {
        hall_write_points(&hall, poll->id, separator, true, &csv);
    } else {
        hall_write(&hall, EXPORT_BALLOTS, separator, true, &csv);
    }
    if (only_share != 0) {
        keep_share(&csv, separator, only_share);
    }
    enum tally_status status =
        tally_file_read(csv.data, csv.bytes, reading, &file, &fault);
    cr_assert_eq(
        status, TALLY_OK, "line %zu, column %zu: expected %s", fault.line, fault.column,
        fault.expected);
    tally_reading_free(reading);
    buf_fini(&csv);
    table_free(results);
    return file;
}

static void
expect_same_order(const struct tally_result *ours, const struct tally_result *theirs)
{
    cr_assert_eq(tally_result_places(ours), tally_result_places(theirs));
    for (size_t place = 0; place < tally_result_places(ours); place++) {
        const uint16_t *one;
        const uint16_t *two;
        size_t count = tally_result_place(ours, place, &one);
        cr_assert_eq(tally_result_place(theirs, place, &two), count);
        cr_assert_eq(memcmp(one, two, count * sizeof *one), 0);
    }
    cr_assert_eq(tally_result_rounds(ours), tally_result_rounds(theirs));
    cr_assert_eq(tally_result_state(ours), tally_result_state(theirs));
}

static void
expect_same(const struct tally_result *ours, const struct tally_result *theirs)
{
    cr_assert_eq(tally_result_ballots(ours), tally_result_ballots(theirs));
    cr_assert_eq(tally_result_blank(ours), tally_result_blank(theirs));
    expect_same_order(ours, theirs);
    cr_assert_eq(tally_result_scored(ours), tally_result_scored(theirs));
    for (size_t i = 0; tally_result_scored(ours) && i < OPTIONS; i++) {
        cr_assert_eq(
            tally_result_score(ours, i).value, tally_result_score(theirs, i).value);
    }
}

static void expect_recount(int64_t id, char separator)
{
    static const uint16_t order[OPTIONS] = {6, 0, 3, 1, 5, 2, 4};
    const struct poll *poll = event_poll(&kit->event, id);
    hall.orders[id - 1] = order;
    struct tally_file *file = read_back(poll, separator);
    struct tally_rule *rule = rule_for(poll->spec.method, 1, order, OPTIONS);
    if (strcmp(poll->spec.method, "irv") == 0) {
        rule_set(rule, "batch-elimination", "true");
    }
    struct tally_result *ours = NULL;
    cr_assert_eq(poll_count(poll, order, &ours), ERR_OK);
    struct tally_result *theirs = count_by(tally_file_profile(file), rule);
    expect_same(ours, theirs);
    tally_result_free(ours);
    tally_result_free(theirs);
    tally_file_free(file);
}

/* A share's ballots weigh alike: their order is that of the share alone. */
static void expect_share_recount(int64_t id, char separator)
{
    static const uint16_t order[OPTIONS] = {6, 0, 3, 1, 5, 2, 4};
    const struct poll *poll = event_poll(&kit->event, id);
    struct share_results shares;
    cr_assert_eq(poll_count_shares(poll, order, &shares), ERR_OK);
    for (uint16_t i = 0; i < poll->spec.shares.count; i++) {
        if (shares.of[i] == NULL) {
            continue;
        }
        only_share = (uint16_t)(i + 1);
        struct tally_file *file = read_back(poll, separator);
        struct tally_rule *rule = rule_for(poll->spec.method, 1, order, OPTIONS);
        if (strcmp(poll->spec.method, "irv") == 0) {
            rule_set(rule, "batch-elimination", "true");
        }
        struct tally_result *theirs = count_by(tally_file_profile(file), rule);
        expect_same_order(shares.of[i], theirs);
        tally_result_free(theirs);
        tally_file_free(file);
    }
    only_share = 0;
    share_results_fini(&shares);
}

Test(recount, from_the_auditors_ballots_gives_the_servers_result)
{
    static const struct {
        enum ballot_form form;
        const char *method;
    } methods[] = {
        {BALLOT_RANKING, "ranked-pairs-wv"},
        {BALLOT_RANKING, "irv"},
        {BALLOT_RANKING, "borda"},
        {BALLOT_APPROVAL, "approval"},
        {BALLOT_SCORE, "score"},
        {BALLOT_SCORE, "star"},
        {BALLOT_DOTS, "score"},
    };

    kit_init(kit, JOIN_OPEN);
    second = join(kit, ROLE_MODERATOR);
    for (size_t i = 0; i < 2; i++) {
        struct entry entry =
            entry_of(kit, ENTRY_LABEL_ADD, ROLE_MODERATOR, kit->moderator);
        entry.as.label.name = content_of(kit->next);
        entry.as.label.ticket_only = true;
        groups[i] = accept(kit, &entry);
    }
    for (size_t i = 0; i < OPTIONS; i++) {
        hall_idea(&hall, titles[i], "");
    }
    rng = 88172645463325252u;
    for (size_t seed = 0; seed < SEEDS; seed++) {
        size_t i = seed % (sizeof methods / sizeof methods[0]);
        int64_t poll = play(methods[i].form, methods[i].method);
        expect_recount(poll, seed % 2 == 0 ? ';' : ',');
        expect_share_recount(poll, seed % 2 == 0 ? ';' : ',');
    }
    kit_fini(kit);
}
