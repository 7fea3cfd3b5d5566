#include "domain/publish.h"
#include "unit/export/hall.h"

static struct hall hall;
static struct kit *const kit = &hall.kit;

static void enter(void)
{
    hall = (struct hall){0};
    kit_init(kit, JOIN_OPEN);
}

static void leave(void)
{
    kit_fini(kit);
}

TestSuite(tables, .init = enter, .fini = leave);

/* A ranking of ideas with these titles, open. */
static int64_t open_with(const char *const *titles, uint16_t count)
{
    for (uint16_t i = 0; i < count; i++) {
        hall_idea(&hall, titles[i], "");
    }
    struct poll_spec spec = spec_of(kit, count);
    spec.ties_allowed = true;
    spec.ranks_max = OPTIONS_MAX;
    return open_poll(kit, &spec);
}

/* ---- ideas.csv ---- */

Test(tables, public_ideas_are_the_published_and_what_was_merged_into_them)
{
    int64_t ada = join(kit, ROLE_PARTICIPANT);
    int64_t shown = publish_idea(kit);
    int64_t merged = publish_idea(kit);
    int64_t deeper = publish_idea(kit);
    int64_t hidden = publish_idea(kit);
    int64_t into_hidden = publish_idea(kit);
    int64_t pending = submit(kit, ada);
    merge(kit, deeper, merged);
    merge(kit, merged, shown);
    merge(kit, into_hidden, hidden);
    hide(kit, hidden);
    struct table *table = hall_table(&hall, EXPORT_IDEAS, ';', false);
    cr_assert_eq(table->row_count, 4);
    cr_expect_eq(table_int(table, 1, "idea"), shown);
    cr_expect_eq(table_int(table, 2, "idea"), merged);
    cr_expect_eq(table_int(table, 3, "idea"), deeper);
    cr_expect_eq(table_int(table, 3, "merged_into"), merged);
    table_free(table);
    table = hall_table(&hall, EXPORT_IDEAS, ';', true);
    cr_expect_eq(table->row_count, 7);
    cr_expect_eq(table_int(table, 6, "idea"), pending);
    cr_expect_str_eq(table_cell(table, 4, "reason"), "off-topic");
    table_free(table);
}

Test(tables, withdrawn_words_are_nobodys)
{
    int64_t ada = join(kit, ROLE_PARTICIPANT);
    struct entry entry = submit_entry(kit, ROLE_PARTICIPANT, ada);
    entry.as.idea_text.content = hall_text(&hall, "Geheim", "sehr");
    int64_t idea = accept(kit, &entry);
    entry = entry_of(kit, ENTRY_IDEA_WITHDRAW, ROLE_PARTICIPANT, ada);
    entry.as.idea_act.idea = idea;
    accept(kit, &entry);
    struct table *table = hall_table(&hall, EXPORT_IDEAS, ';', true);
    cr_expect_str_eq(table_cell(table, 1, "state"), "withdrawn");
    cr_expect_str_eq(table_cell(table, 1, "title"), "");
    cr_expect_str_eq(table_cell(table, 1, "text"), "");
    table_free(table);
}

Test(tables, erased_words_are_empty)
{
    publish_idea(kit);
    struct table *table = hall_table(&hall, EXPORT_IDEAS, ';', false);
    cr_expect_str_eq(table_cell(table, 1, "title"), "");
    table_free(table);
}

Test(tables, ideas_have_no_author)
{
    struct table *table = hall_table(&hall, EXPORT_IDEAS, ',', true);
    for (size_t i = 0; i < table_width(table); i++) {
        cr_expect_null(strstr(table_at(table, 0, i), "author"));
        cr_expect_null(strstr(table_at(table, 0, i), "person"));
    }
    table_free(table);
}

/* ---- names ---- */

/* Names of a poll's options as the auditor's results spell them, in the poll's order. */
static struct table *names_table(const char *const *titles, uint16_t count)
{
    int64_t poll = open_with(titles, count);
    int64_t all[OPTIONS_MAX + 1] = {0};
    for (uint16_t i = 0; i < count; i++) {
        all[i] = event_poll(&kit->event, poll)->spec.options[i];
    }
    struct ballot ballot = ranking_of(all);
    cast(kit, poll, 1, 1, &ballot);
    step(kit, ENTRY_POLL_CLOSE, poll);
    return hall_table(&hall, EXPORT_BALLOTS, ';', true);
}

static void
expect_names(const char *const *titles, const char *const *names, uint16_t count)
{
    struct table *table = names_table(titles, count);
    for (uint16_t i = 0; i < count; i++) {
        cr_expect_str_eq(table_at(table, 1, 3u + i), names[i]);
    }
    table_free(table);
}

#define EXPECT_NAMES(count, titles, names)                                               \
    expect_names((const char *const[count])titles, (const char *const[count])names, count)
#define LIST(...)                                                                        \
    {                                                                                    \
        __VA_ARGS__                                                                      \
    }

Test(tables, equal_titles_get_their_ids)
{
    EXPECT_NAMES(3, LIST("Park", "Weg", "Park"), LIST("Park (#1)", "Weg", "Park (#3)"));
}

Test(tables, titles_that_look_like_an_id_stay_apart)
{
    EXPECT_NAMES(
        4, LIST("Park", "Park", "Park (#1)", "#4"),
        LIST("Park (#1)", "Park (#2)", "Park (#1) (#3)", "#4"));
}

Test(tables, erased_titles_are_their_ids)
{
    EXPECT_NAMES(3, LIST(NULL, "#1", "Weg"), LIST("#1", "#1 (#2)", "Weg"));
}

Test(tables, equals_signs_cannot_be_taken_for_ties)
{
    EXPECT_NAMES(
        6, LIST("a = b", "= c", "d =", "e=f", "g == h", "="),
        LIST(
            "a \xef\xbc\x9d b", "'\xef\xbc\x9d c", "d \xef\xbc\x9d", "e=f", "g == h",
            "'\xef\xbc\x9d"));
}

Test(tables, names_are_guarded_alike_everywhere)
{
    EXPECT_NAMES(3, LIST("=1", "-x", "a\tb\nc"), LIST("'=1", "'-x", "a b c"));
}

Test(tables, a_guarded_name_and_its_twin_stay_apart)
{
    EXPECT_NAMES(2, LIST("=1", "'=1"), LIST("'=1 (#1)", "'=1 (#2)"));
}

/* ---- ballots.csv ---- */

Test(tables, ballots_stand_by_content_not_by_arrival)
{
    static const char *const titles[] = {"A", "B", "C"};
    int64_t poll = open_with(titles, 3);
    struct ballot late = RANKING(1, 2);
    struct ballot early = RANKING(3);
    struct ballot blank = {.form = BALLOT_RANKING};
    cast(kit, poll, 1, 1, &early);
    cast(kit, poll, 2, 1, &late);
    cast(kit, poll, 3, 1, &blank);
    cast(kit, poll, 4, 1, &late);
    cast(kit, poll, 1, 2, &early);
    step(kit, ENTRY_POLL_CLOSE, poll);
    struct table *table = hall_table(&hall, EXPORT_BALLOTS, ',', true);
    cr_assert_eq(table->row_count, 4);
    cr_expect_eq(table_width(table), 5);
    static const char *const rows[3][4] = {
        {"1", "1", "", ""}, {"2", "2", "A", "B"}, {"3", "1", "C", ""}};
    for (size_t row = 0; row < 3; row++) {
        cr_expect_str_eq(table_cell(table, row + 1, "ballot"), rows[row][0]);
        cr_expect_str_eq(table_cell(table, row + 1, "count"), rows[row][1]);
        cr_expect_str_eq(table_cell(table, row + 1, "rank1"), rows[row][2]);
        cr_expect_str_eq(table_cell(table, row + 1, "rank2"), rows[row][3]);
    }
    table_free(table);
}

Test(tables, ballots_are_the_same_once_sealed)
{
    static const char *const titles[] = {"A", "B", "C"};
    int64_t poll = open_with(titles, 3);
    struct cast casts[3] = {0};
    casts[0].ballot = RANKING(2, 1);
    casts[1].ballot = RANKING(1);
    casts[2].ballot = RANKING(2, 1);
    for (uint64_t i = 0; i < 3; i++) {
        cast(kit, poll, i, 1, &casts[2 - i].ballot);
    }
    step(kit, ENTRY_POLL_CLOSE, poll);
    struct buf before;
    struct buf after;
    hall_write(&hall, EXPORT_BALLOTS, ',', true, &before);
    step(kit, ENTRY_POLL_SEAL, poll);
    cr_assert_eq(event_load_sealed(&kit->event, poll, casts, 3), ERR_OK);
    hall_write(&hall, EXPORT_BALLOTS, ',', true, &after);
    cr_expect(span_equal(buf_span(&before), buf_span(&after)));
    buf_fini(&before);
    buf_fini(&after);
}

/* ---- joined ---- */

Test(tables, who_joins_after_the_closing_changes_no_polls_turnout)
{
    static const char *const titles[] = {"A", "B"};
    int64_t closed = open_with(titles, 2);
    int64_t sealed = open_with(titles, 2);
    open_with(titles, 2);
    join(kit, ROLE_PARTICIPANT);
    step(kit, ENTRY_POLL_CLOSE, sealed);
    step(kit, ENTRY_POLL_SEAL, sealed);
    join(kit, ROLE_PARTICIPANT);
    step(kit, ENTRY_POLL_CLOSE, closed);
    join(kit, ROLE_PARTICIPANT);
    struct table *table = hall_table(&hall, EXPORT_POLLS, ';', false);
    cr_assert_eq(table->row_count, 4);
    cr_expect_eq(table_int(table, 1, "joined"), 2);
    cr_expect_eq(table_int(table, 2, "joined"), 1);
    cr_expect_eq(table_int(table, 3, "joined"), 3, "still open");
    table_free(table);
    table = hall_table(&hall, EXPORT_PARTICIPATION, ';', false);
    cr_assert_eq(table->row_count, 5);
    cr_expect_eq(table_int(table, 1, "joined"), 3, "the event's own row");
    cr_expect_eq(table_int(table, 2, "joined"), 2);
    cr_expect_eq(table_int(table, 3, "joined"), 1);
    cr_expect_eq(table_int(table, 4, "joined"), 3);
    table_free(table);
}

Test(tables, people_who_are_put_out_are_told_beside_those_who_joined)
{
    int64_t ada = join(kit, ROLE_PARTICIPANT);
    join(kit, ROLE_PARTICIPANT);
    struct entry entry = entry_of(kit, ENTRY_PERSON_BAN, ROLE_MODERATOR, kit->moderator);
    entry.as.person_ban.idea = submit(kit, ada);
    entry.as.person_ban.banned = true;
    accept(kit, &entry);
    struct table *table = hall_table(&hall, EXPORT_PARTICIPATION, ';', false);
    cr_expect_eq(table_int(table, 1, "joined"), 2);
    cr_expect_eq(table_int(table, 1, "banned"), 1);
    table_free(table);
}

/* ---- results.csv ---- */

Test(tables, a_yesno_polls_tie_has_two_winners_and_no_lot)
{
    static const uint16_t order[] = {1, 0};
    static const int64_t answers[] = {OPTION_YES, OPTION_NO};
    struct poll_spec spec = spec_of(kit, 0);
    spec.form = BALLOT_YESNO;
    memcpy(spec.method, "plurality", sizeof "plurality");
    int64_t poll = open_poll(kit, &spec);
    for (uint64_t i = 0; i < 2; i++) {
        struct ballot ballot = {
            .form = BALLOT_YESNO, .mark_count = 1, .marks = {{answers[i], 1}}};
        cast(kit, poll, i, 1, &ballot);
    }
    step(kit, ENTRY_POLL_CLOSE, poll);
    hall.orders[poll - 1] = order;
    struct table *table = hall_table(&hall, EXPORT_RESULTS, ';', true);
    cr_assert_eq(table->row_count, 3);
    for (size_t row = 1; row <= 2; row++) {
        cr_expect_eq(table_int(table, row, "place"), 1);
        cr_expect_str_eq(table_cell(table, row, "elected"), "yes");
        cr_expect_str_eq(table_cell(table, row, "lot"), "");
    }
    table_free(table);
}

/* ---- groups and tags ---- */

static int64_t add_label(enum label_kind kind, const char *name)
{
    struct entry entry = entry_of(kit, ENTRY_LABEL_ADD, ROLE_MODERATOR, kit->moderator);
    entry.as.label.kind = kind;
    entry.as.label.name = hall_text(&hall, name, "");
    return accept(kit, &entry);
}

Test(tables, groups_have_their_names_and_people_and_the_last_row_the_others)
{
    int64_t red = add_label(LABEL_GROUP, "Rot");
    int64_t blue = add_label(LABEL_GROUP, "=Blau");
    (void)add_label(LABEL_TAG, "Verkehr");
    for (size_t i = 0; i < 4; i++) {
        int64_t person = join(kit, ROLE_PARTICIPANT);
        struct entry entry = entry_of(kit, ENTRY_PERSON_GROUP, ROLE_PARTICIPANT, person);
        entry.as.person_group.group = red;
        if (i > 0) {
            accept(kit, &entry);
        }
    }
    struct table *table = hall_table(&hall, EXPORT_GROUPS, ';', false);
    cr_assert_eq(table->row_count, 4);
    cr_expect_eq(table_int(table, 1, "group"), red);
    cr_expect_str_eq(table_cell(table, 1, "name"), "Rot");
    cr_expect_eq(table_int(table, 1, "people"), 3);
    cr_expect_eq(table_int(table, 2, "group"), blue);
    cr_expect_str_eq(table_cell(table, 2, "name"), "'=Blau");
    cr_expect_eq(table_int(table, 2, "people"), 0);
    cr_expect_str_eq(table_cell(table, 3, "group"), "");
    cr_expect_eq(table_int(table, 3, "people"), 1);
    table_free(table);
}

static void start_phase(int64_t phase)
{
    struct entry entry = entry_of(kit, ENTRY_PHASE_START, ROLE_MODERATOR, kit->moderator);
    entry.as.phase_start.phase = phase;
    accept(kit, &entry);
}

Test(tables, phases_stand_as_often_as_they_were_started_and_as_they_were_then)
{
    struct entry entry = entry_of(kit, ENTRY_AGENDA_SET, ROLE_MODERATOR, kit->moderator);
    entry.as.agenda_set = (struct agenda){
        .count = 2,
        .phases = {{.kind = PHASE_COLLECT, .minutes = 20}, {.kind = PHASE_FOLLOW_UP}}};
    accept(kit, &entry);
    start_phase(1);
    start_phase(2);
    start_phase(1);
    entry = entry_of(kit, ENTRY_AGENDA_SET, ROLE_MODERATOR, kit->moderator);
    accept(kit, &entry);
    struct table *table = hall_table(&hall, EXPORT_PHASES, ';', false);
    cr_assert_eq(table->row_count, 4);
    for (size_t row = 1; row <= 3; row++) {
        cr_expect_eq(table_int(table, row, "phase"), row == 2 ? 2 : 1);
        cr_expect_eq(table_int(table, row, "minutes"), row == 2 ? 0 : 20);
        cr_expect_str_eq(
            table_cell(table, row, "kind"), row == 2 ? "follow-up" : "collect");
        cr_expect_str_eq(table_cell(table, row, "poll"), "");
        cr_expect_neq(table_cell(table, row, "started_at")[0], '\0');
    }
    table_free(table);
}

Test(tables, ideas_and_groups_have_the_name_of_their_challenge)
{
    int64_t school = add_label(LABEL_CHALLENGE, "Sicher zur Schule");
    int64_t team = add_label(LABEL_GROUP, "Rot");
    (void)add_label(LABEL_GROUP, "Blau");
    struct entry entry = entry_of(kit, ENTRY_LABEL_EDIT, ROLE_MODERATOR, kit->moderator);
    entry.as.label.label = team;
    entry.as.label.name = event_label(&kit->event, team)->name;
    entry.as.label.challenge = school;
    accept(kit, &entry);
    int64_t stays = hall_idea(&hall, "Ampel", "");
    int64_t merged = hall_idea(&hall, "Zebrastreifen", "");
    entry = entry_of(kit, ENTRY_IDEA_CHALLENGE, ROLE_MODERATOR, kit->moderator);
    entry.as.idea_challenge.idea = merged;
    entry.as.idea_challenge.challenge = school;
    accept(kit, &entry);
    entry = entry_of(kit, ENTRY_IDEA_MERGE, ROLE_MODERATOR, kit->moderator);
    entry.as.idea_act.idea = merged;
    entry.as.idea_act.into = stays;
    accept(kit, &entry);
    hall_idea(&hall, "Ohne", "");
    struct table *table = hall_table(&hall, EXPORT_IDEAS, ',', false);
    cr_expect_str_eq(table_cell(table, 1, "challenge"), "Sicher zur Schule");
    cr_expect_str_eq(table_cell(table, 2, "challenge"), "Sicher zur Schule");
    cr_expect_str_eq(table_cell(table, 3, "challenge"), "");
    table_free(table);
    table = hall_table(&hall, EXPORT_GROUPS, ',', false);
    cr_expect_str_eq(table_cell(table, 1, "challenge"), "Sicher zur Schule");
    cr_expect_str_eq(table_cell(table, 2, "challenge"), "");
    table_free(table);
}

Test(tables, ideas_have_the_names_of_their_tags)
{
    int64_t first = add_label(LABEL_TAG, "Verkehr");
    int64_t second = add_label(LABEL_TAG, "Wohnen");
    int64_t idea = hall_idea(&hall, "Skatepark", "");
    struct entry entry = entry_of(kit, ENTRY_IDEA_TAG, ROLE_MODERATOR, kit->moderator);
    entry.as.idea_tag.idea = idea;
    entry.as.idea_tag.tags =
        (struct tag_list){.given = true, .count = 2, .labels = {second, first}};
    accept(kit, &entry);
    hall_idea(&hall, "Ohne", "");
    struct table *table = hall_table(&hall, EXPORT_IDEAS, ',', false);
    cr_expect_str_eq(table_cell(table, 1, "tags"), "Wohnen\nVerkehr");
    cr_expect_str_eq(table_cell(table, 2, "tags"), "");
    table_free(table);
}

Test(tables, only_auditors_learn_how_many_have_reported_an_idea)
{
    int64_t idea = hall_idea(&hall, "Skatepark", "");
    struct entry entry =
        entry_of(kit, ENTRY_IDEA_REPORT, ROLE_PARTICIPANT, join(kit, ROLE_PARTICIPANT));
    entry.as.idea_act.idea = idea;
    entry.as.idea_act.reason = REASON_OTHER;
    accept(kit, &entry);
    for (int auditor = 0; auditor < 2; auditor++) {
        struct table *table = hall_table(&hall, EXPORT_IDEAS, ',', auditor == 1);
        cr_expect_str_eq(table_cell(table, 1, "reports"), auditor == 1 ? "1" : "");
        table_free(table);
    }
}

Test(tables, people_who_support_an_idea_are_counted_once_whatever_was_merged_into_it)
{
    int64_t bench = hall_idea(&hall, "Bank", "");
    int64_t seat = hall_idea(&hall, "Sitzbank", "");
    for (int i = 0; i < PUBLISH_STATISTICS_MIN; i++) {
        int64_t person = join(kit, ROLE_PARTICIPANT);
        hall_support(&hall, person, seat);
        if (i < 2) {
            hall_support(&hall, person, bench);
        }
    }
    merge(kit, bench, seat);
    struct table *table = hall_table(&hall, EXPORT_IDEAS, ',', false);
    cr_expect_str_eq(table_cell(table, 1, "supporters"), "2");
    cr_expect_str_eq(table_cell(table, 2, "supporters"), "5");
    table_free(table);
}

Test(tables, where_very_few_support_anything_only_auditors_learn_how_many)
{
    int64_t idea = hall_idea(&hall, "Bank", "");
    for (int i = 1; i < PUBLISH_STATISTICS_MIN; i++) {
        hall_support(&hall, join(kit, ROLE_PARTICIPANT), idea);
    }
    for (int auditor = 0; auditor < 2; auditor++) {
        struct table *table = hall_table(&hall, EXPORT_IDEAS, ',', auditor == 1);
        cr_expect_str_eq(table_cell(table, 1, "supporters"), auditor == 1 ? "4" : "");
        table_free(table);
    }
}

Test(tables, an_event_without_anything_has_only_column_names)
{
    for (enum export_file file = 0; file < EXPORT_FILE_COUNT; file++) {
        struct table *table = hall_table(&hall, file, ';', true);
        cr_expect_eq(table->row_count, file == EXPORT_PARTICIPATION ? 2 : 1);
        table_free(table);
    }
}
