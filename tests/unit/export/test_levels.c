/* What each level lets out, over polls of many sizes and shapes. */
#include "domain/publish.h"
#include "unit/export/hall.h"

static struct hall hall;
static struct kit *const kit = &hall.kit;

static void enter(void)
{
    hall = (struct hall){0};
    kit_init(kit, JOIN_OPEN);
    static const char *const titles[] = {"A", "B", "C", "D", "E", "F", "G"};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        hall_idea(&hall, titles[i], "");
    }
}

static void leave(void)
{
    kit_fini(kit);
}

TestSuite(levels, .init = enter, .fini = leave);

static int64_t
play(uint16_t options, uint16_t ranks, enum publication publication, uint64_t voters)
{
    struct poll_spec spec = spec_of(kit, options);
    for (uint16_t i = 0; i < options; i++) {
        spec.options[i] = i + 1;
    }
    memcpy(spec.method, "irv", 4);
    spec.ranks_max = ranks;
    spec.publication = publication;
    int64_t poll = open_poll(kit, &spec);
    for (uint64_t voter = 0; voter < voters; voter++) {
        int64_t first = 1 + (int64_t)voter % options;
        struct ballot ballot = RANKING(first, first % options + 1);
        ballot.mark_count = voter % 7 == 0 ? 0 : ballot.mark_count;
        cast(kit, poll, voter, 1, &ballot);
    }
    step(kit, ENTRY_POLL_CLOSE, poll);
    return poll;
}

static size_t rows_of(const struct table *table, int64_t poll)
{
    size_t rows = 0;
    for (size_t row = 1; row < table->row_count; row++) {
        rows += table_int(table, row, "poll") == poll ? 1 : 0;
    }
    return rows;
}

static void expect_ballots(const struct table *table, const struct poll *poll)
{
    bool may =
        poll->published && publish_level(&poll->spec, poll->voted) == PUBLISH_BALLOTS;
    cr_expect_eq(rows_of(table, poll->id) != 0, may, "poll %" PRId64, poll->id);
}

static void expect_results(const struct table *table, const struct poll *poll)
{
    enum publication level = publish_level(&poll->spec, poll->voted);
    size_t rows = 0;
    size_t votes = 0;
    for (size_t row = 1; row < table->row_count; row++) {
        if (table_int(table, row, "poll") != poll->id) {
            continue;
        }
        rows++;
        votes += table_cell(table, row, "votes")[0] != '\0' ? 1 : 0;
        if (level == PUBLISH_ORDER) {
            cr_expect_eq(table_int(table, row, "round"), 0);
        }
    }
    cr_expect_eq(rows != 0, poll->published);
    cr_expect_eq(votes != 0, poll->published && level >= PUBLISH_STATISTICS);
}

static void expect_blank(const struct table *table, const struct poll *poll, size_t row)
{
    bool may =
        poll->published && publish_level(&poll->spec, poll->voted) >= PUBLISH_STATISTICS;
    cr_expect_eq(table_cell(table, row, "blank")[0] != '\0', may);
    cr_expect_eq(table_int(table, row, "voted"), poll->voted);
}

Test(levels, hold_in_every_public_table)
{
    static const uint64_t voters[] = {0, 1, 4, 5, 19, 20, 21};
    static const uint16_t shapes[][2] = {{3, 3}, {5, 5}, {6, 3}, {7, 4}};
    for (size_t v = 0; v < sizeof voters / sizeof voters[0]; v++) {
        for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
            for (enum publication level = 0; level < PUBLICATION_COUNT; level++) {
                int64_t poll = play(shapes[s][0], shapes[s][1], level, voters[v]);
                if ((v + s) % 2 == 0) {
                    step(kit, ENTRY_POLL_PUBLISH, poll);
                }
            }
        }
    }
    struct table *ballots = hall_table(&hall, EXPORT_BALLOTS, ';', false);
    struct table *results = hall_table(&hall, EXPORT_RESULTS, ';', false);
    struct table *polls = hall_table(&hall, EXPORT_POLLS, ';', false);
    struct table *people = hall_table(&hall, EXPORT_PARTICIPATION, ';', false);
    for (size_t i = 0; i < kit->event.poll_count; i++) {
        const struct poll *poll = kit->event.polls[i];
        expect_ballots(ballots, poll);
        expect_results(results, poll);
        expect_blank(polls, poll, i + 1);
        expect_blank(people, poll, i + 2);
        cr_expect_eq(table_cell(polls, i + 1, "seed")[0] != '\0', poll->published);
    }
    table_free(ballots);
    table_free(results);
    table_free(polls);
    table_free(people);
}

Test(levels, do_not_bind_the_auditor)
{
    int64_t small = play(3, 3, PUBLISH_ORDER, 2);
    struct table *table = hall_table(&hall, EXPORT_BALLOTS, ';', true);
    cr_expect_eq(rows_of(table, small), 2);
    table_free(table);
    table = hall_table(&hall, EXPORT_RESULTS, ';', true);
    cr_expect_gt(rows_of(table, small), 3);
    table_free(table);
}

Test(levels, show_an_auditor_nothing_of_an_open_poll)
{
    int64_t poll = play(3, 3, PUBLISH_BALLOTS, 30);
    step(kit, ENTRY_POLL_REOPEN, poll);
    for (int auditor = 0; auditor < 2; auditor++) {
        struct table *table = hall_table(&hall, EXPORT_BALLOTS, ';', auditor != 0);
        cr_expect_eq(rows_of(table, poll), 0);
        table_free(table);
        table = hall_table(&hall, EXPORT_RESULTS, ';', auditor != 0);
        cr_expect_eq(rows_of(table, poll), 0);
        table_free(table);
    }
}

Test(levels, show_of_an_annulled_poll_only_the_auditors_ballots)
{
    int64_t poll = play(3, 3, PUBLISH_BALLOTS, 30);
    step(kit, ENTRY_POLL_PUBLISH, poll);
    step(kit, ENTRY_POLL_ANNUL, poll);
    struct table *table = hall_table(&hall, EXPORT_BALLOTS, ';', false);
    cr_expect_eq(rows_of(table, poll), 0);
    table_free(table);
    table = hall_table(&hall, EXPORT_RESULTS, ';', true);
    cr_expect_eq(rows_of(table, poll), 0);
    table_free(table);
    table = hall_table(&hall, EXPORT_BALLOTS, ';', true);
    cr_expect_gt(rows_of(table, poll), 0);
    table_free(table);
    table = hall_table(&hall, EXPORT_POLLS, ';', false);
    cr_expect_str_eq(table_cell(table, 1, "annulled"), "yes");
    cr_expect_str_eq(table_cell(table, 1, "reason"), "mistake");
    table_free(table);
}
