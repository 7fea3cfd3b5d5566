/* One event with a bit of everything, exported in all ways, compared byte for byte with
 * tests/golden/export. */
#include "unit/export/hall.h"

#include <stdio.h>

static struct hall hall;
static struct kit *const kit = &hall.kit;

static void add_pictures(struct entry *entry)
{
    entry->as.idea_text.drawing = (struct picture_change){
        .given = true,
        .picture = {.kind = PICTURE_DRAWING, .ref = content_of(kit->next)}};
    entry->as.idea_text.photo = (struct picture_change){
        .given = true,
        .picture = {
            .kind = PICTURE_PHOTO,
            .ref = content_of(kit->next + 1000),
            .photo = {PHOTO_JPEG, 300, 200}}};
}

/* Ideas 1 … 9. */
static void fill_ideas(void)
{
    int64_t ada = join(kit, ROLE_PARTICIPANT);
    hall_idea(&hall, "Skatepark", "am Bahnhof; mit Licht");
    hall_idea(&hall, "Bücherschrank, öffentlich", "zwei \"Etagen\"\nund ein Dach");
    hall_idea(&hall, "Skatepark", "im Süden");
    hall_idea(&hall, "=Trinkbrunnen = kalt", "=1+1");
    hall_idea(&hall, "Не-парк", "");
    for (size_t i = 0; i < 4; i++) { /* 6 … 9: merged, hidden, withdrawn, pending */
        struct entry entry = submit_entry(kit, ROLE_PARTICIPANT, ada);
        entry.as.idea_text.content = hall_text(&hall, "Rampe", "für alle");
        add_pictures(&entry);
        accept(kit, &entry);
    }
    merge(kit, 6, 1);
    hide(kit, 7);
    struct entry entry = entry_of(kit, ENTRY_IDEA_WITHDRAW, ROLE_PARTICIPANT, ada);
    entry.as.idea_act.idea = 8;
    accept(kit, &entry);
    hall_support(&hall, ada, 1);
    kit->now_ms -= 2000; /* what follows keeps its times */
}

static struct poll_spec
spec_for(const char *question, enum ballot_form form, const char *method, uint16_t count)
{
    struct poll_spec spec = spec_of(kit, 0);
    spec.question = hall_text(&hall, question, "");
    spec.form = form;
    memset(spec.method, 0, sizeof spec.method);
    memcpy(spec.method, method, strlen(method));
    spec.option_count = count;
    for (uint16_t i = 0; i < count; i++) {
        spec.options[i] = i + 1;
    }
    return spec;
}

/* Poll 1: 20 ballots of 5 options, ties allowed: published with its ballots. */
static void play_ranking(void)
{
    static const uint16_t order[] = {4, 2, 0, 1, 3};
    struct poll_spec spec = spec_for("Was zuerst?", BALLOT_RANKING, "irv", 5);
    spec.ties_allowed = true;
    int64_t poll = open_poll(kit, &spec);
    const struct ballot kinds[] = {RANKING(1, 2, 3), RANKING(2, 1), RANKING(3, 4),
                                   RANKING(4, 5, 1), RANKING(5),    RANKING(1, 2, 3),
                                   RANKING(2, 4),    RANKING(1)};
    for (uint64_t voter = 0; voter < 18; voter++) {
        cast(kit, poll, voter, 1, &kinds[voter % 8]);
    }
    struct ballot tied = {
        .form = BALLOT_RANKING, .mark_count = 3, .marks = {{2, 1}, {3, 2}, {4, 2}}};
    cast(kit, poll, 18, 1, &tied);
    struct ballot blank = {.form = BALLOT_RANKING};
    cast(kit, poll, 19, 1, &blank);
    cast(kit, poll, 0, 2, &kinds[1]);
    step(kit, ENTRY_POLL_CLOSE, poll);
    step(kit, ENTRY_POLL_PUBLISH, poll);
    hall.orders[poll - 1] = order;
}

/* Poll 2: three approvals, published: the order only. */
static void play_approval(void)
{
    struct poll_spec spec = spec_for("Was noch?", BALLOT_APPROVAL, "approval", 3);
    int64_t poll = open_poll(kit, &spec);
    struct ballot ballot = {
        .form = BALLOT_APPROVAL, .mark_count = 2, .marks = {{1, 1}, {3, 1}}};
    for (uint64_t voter = 0; voter < 3; voter++) {
        cast(kit, poll, voter, 1, &ballot);
    }
    step(kit, ENTRY_POLL_CLOSE, poll);
    step(kit, ENTRY_POLL_PUBLISH, poll);
}

/* Poll 3: yes or no about idea 2, reopened, sealed, not published. */
static void play_yesno(void)
{
    struct poll_spec spec = spec_for("Soll das so sein?", BALLOT_YESNO, "plurality", 1);
    spec.options[0] = 2;
    int64_t poll = open_poll(kit, &spec);
    for (uint64_t voter = 0; voter < 7; voter++) {
        struct ballot ballot = {
            .form = BALLOT_YESNO,
            .mark_count = voter % 3 != 2 ? 1 : 0,
            .marks = {{voter % 3 == 0 ? OPTION_YES : OPTION_NO, 1}}};
        cast(kit, poll, voter, 1, &ballot);
    }
    step(kit, ENTRY_POLL_CLOSE, poll);
    step(kit, ENTRY_POLL_REOPEN, poll);
    step(kit, ENTRY_POLL_CLOSE, poll);
    step(kit, ENTRY_POLL_SEAL, poll);
}

/* Poll 4: annulled. Poll 5: a draft. Poll 6: open. */
static void play_others(void)
{
    struct poll_spec spec = spec_for("Falsch gefragt", BALLOT_RANKING, "borda", 2);
    int64_t poll = open_poll(kit, &spec);
    struct ballot ballot = RANKING(2);
    cast(kit, poll, 1, 1, &ballot);
    step(kit, ENTRY_POLL_CLOSE, poll);
    step(kit, ENTRY_POLL_ANNUL, poll);
    draft(kit, &spec);
    poll = open_poll(kit, &spec);
    cast(kit, poll, 1, 1, &ballot);
}

/* Poll 7: scores of 20 people. Poll 8: dots of three, closed and not published. */
static void play_points(void)
{
    struct poll_spec spec = spec_for("Wie gut?", BALLOT_SCORE, "star", 3);
    int64_t poll = open_poll(kit, &spec);
    const struct ballot kinds[] = {
        {.form = BALLOT_SCORE, .mark_count = 3, .marks = {{1, 5}, {2, 0}, {3, 3}}},
        {.form = BALLOT_SCORE, .mark_count = 2, .marks = {{2, 0}, {3, 0}}},
        {.form = BALLOT_SCORE},
        {.form = BALLOT_SCORE, .mark_count = 1, .marks = {{1, 4}}}};
    for (uint64_t voter = 0; voter < 20; voter++) {
        cast(kit, poll, voter, 1, &kinds[voter % 4]);
    }
    step(kit, ENTRY_POLL_CLOSE, poll);
    step(kit, ENTRY_POLL_PUBLISH, poll);
    spec = spec_for("Wofür?", BALLOT_DOTS, "score", 3);
    spec.dots = 5;
    poll = open_poll(kit, &spec);
    const struct ballot dots[] = {
        {.form = BALLOT_DOTS, .mark_count = 1, .marks = {{2, 5}}},
        {.form = BALLOT_DOTS, .mark_count = 2, .marks = {{1, 1}, {3, 2}}},
        {.form = BALLOT_DOTS}};
    for (uint64_t voter = 0; voter < 3; voter++) {
        cast(kit, poll, voter, 1, &dots[voter]);
    }
    step(kit, ENTRY_POLL_CLOSE, poll);
}

static int64_t add_label(enum label_kind kind, const char *name)
{
    struct entry entry = entry_of(kit, ENTRY_LABEL_ADD, ROLE_MODERATOR, kit->moderator);
    entry.as.label.kind = kind;
    entry.as.label.name = hall_text(&hall, name, "");
    return accept(kit, &entry);
}

/* Two groups, one with somebody in it; ideas 1 and 7 have tags. */
static void play_labels(void)
{
    int64_t group = add_label(LABEL_GROUP, "Süd; \"Hafen\"");
    (void)add_label(LABEL_GROUP, "Nord");
    int64_t play = add_label(LABEL_TAG, "Spiel");
    int64_t green = add_label(LABEL_TAG, "Grün, still");
    struct entry entry = entry_of(kit, ENTRY_PERSON_GROUP, ROLE_PARTICIPANT, 2);
    entry.as.person_group.group = group;
    accept(kit, &entry);
    for (int64_t idea = 1; idea <= 7; idea += 6) {
        entry = entry_of(kit, ENTRY_IDEA_TAG, ROLE_MODERATOR, kit->moderator);
        entry.as.idea_tag.idea = idea;
        entry.as.idea_tag.tags =
            (struct tag_list){.given = true, .count = 2, .labels = {green, play}};
        accept(kit, &entry);
    }
}

/* Idea 1 becomes a prototype, then a pilot; what was said in between is undone. */
static void play_followup(void)
{
    static const enum follow_state states[] = {
        FOLLOW_PROTOTYPE, FOLLOW_STOPPED, FOLLOW_PILOT};

    for (size_t i = 0; i < 3; i++) {
        struct entry entry =
            entry_of(kit, ENTRY_IDEA_FOLLOW, ROLE_MODERATOR, kit->moderator);
        entry.as.idea_follow.idea = 1;
        entry.as.idea_follow.state = states[i];
        if (i > 0) {
            entry.as.idea_follow.content =
                hall_text(&hall, "Amt für \"Grün\"; Umwelt", "=Ab Mai am Ufer");
            entry.as.idea_follow.next = (struct day){2027, 3, 1};
        }
        accept(kit, &entry);
        if (states[i] == FOLLOW_STOPPED) {
            struct entry undo = entry_of(kit, ENTRY_UNDO, ROLE_MODERATOR, kit->moderator);
            undo.as.undo.pos = kit->event.pos;
            accept(kit, &undo);
        }
    }
}

/* Collecting, then ranking in poll 1, then collecting once more. */
static void play_agenda(void)
{
    struct entry entry = entry_of(kit, ENTRY_AGENDA_SET, ROLE_MODERATOR, kit->moderator);
    entry.as.agenda_set = (struct agenda){
        .count = 2,
        .phases = {
            {.kind = PHASE_COLLECT, .minutes = 20}, {.kind = PHASE_RANK, .poll = 1}}};
    accept(kit, &entry);
    for (size_t i = 0; i < 3; i++) {
        entry = entry_of(kit, ENTRY_PHASE_START, ROLE_MODERATOR, kit->moderator);
        entry.as.phase_start.phase = 1 + (int64_t)(i % 2);
        accept(kit, &entry);
    }
}

/* One voided, one replaced, two for a group. */
static void play_tickets(void)
{
    struct entry entry = entry_of(kit, ENTRY_TICKET_VOID, ROLE_MODERATOR, kit->moderator);
    entry.as.ticket.ticket = 1;
    accept(kit, &entry);
    entry = entry_of(kit, ENTRY_TICKET_REPLACE, ROLE_MODERATOR, kit->moderator);
    entry.as.ticket.ticket = 2;
    accept(kit, &entry);
    entry = entry_of(kit, ENTRY_TICKETS_ISSUE, ROLE_MODERATOR, kit->moderator);
    entry.as.tickets_issue.count = 2;
    entry.as.tickets_issue.group = 1;
    accept(kit, &entry);
}

static int64_t enter_paper(int64_t poll, const struct paper *paper)
{
    struct entry entry = entry_of(kit, ENTRY_PAPER_ENTER, ROLE_MODERATOR, kit->moderator);
    entry.as.paper_enter.poll = poll;
    entry.as.paper_enter.paper = *paper;
    return accept(kit, &entry);
}

/* Poll 9: 5 phones and 16 on paper; a batch that waits, and one that was dropped. */
static void play_paper(void)
{
    struct poll_spec spec = spec_for("Auf Papier?", BALLOT_RANKING, "borda", 3);
    spec.ties_allowed = true;
    int64_t second = join(kit, ROLE_MODERATOR);
    int64_t poll = open_poll(kit, &spec);
    for (uint64_t voter = 0; voter < 5; voter++) {
        struct ballot ballot = RANKING(2, 1);
        cast(kit, poll, voter, 1, &ballot);
    }
    const struct paper paper = {
        .form = BALLOT_RANKING,
        .pile_count = 3,
        .mark_count = 5,
        .piles =
            {{.count = 10, .mark_count = 2}, {.count = 4, .mark_count = 3}, {.count = 2}},
        .marks = {{2, 1}, {1, 2}, {1, 1}, {3, 2}, {2, 2}},
    };
    int64_t batch = enter_paper(poll, &paper);
    enter_paper(poll, &paper);
    struct entry entry = entry_of(kit, ENTRY_PAPER_CONFIRM, ROLE_MODERATOR, second);
    entry.as.paper_act.batch = batch;
    entry.as.paper_act.ballots = 16;
    accept(kit, &entry);
    entry = entry_of(kit, ENTRY_PAPER_DROP, ROLE_MODERATOR, second);
    entry.as.paper_act.batch = enter_paper(poll, &paper);
    accept(kit, &entry);
    step(kit, ENTRY_POLL_CLOSE, poll);
    step(kit, ENTRY_POLL_PUBLISH, poll);
}

/* Poll 10: a jury of five has 60 per cent, ten others the rest. Nobody marks their own:
 * idea 1 is the jury's. */
static void play_shares(void)
{
    struct entry entry = entry_of(kit, ENTRY_LABEL_EDIT, ROLE_MODERATOR, kit->moderator);
    int64_t jury = add_label(LABEL_GROUP, "Jury");
    entry.as.label.label = jury;
    entry.as.label.name = event_label(&kit->event, jury)->name;
    entry.as.label.ticket_only = true;
    accept(kit, &entry);
    entry = entry_of(kit, ENTRY_IDEA_TEAM, ROLE_MODERATOR, kit->moderator);
    entry.as.idea_team.idea = 1;
    entry.as.idea_team.group = jury;
    accept(kit, &entry);
    struct poll_spec spec = spec_for("Jury und alle?", BALLOT_RANKING, "borda", 3);
    spec.no_own = spec.no_late = true;
    spec.shares = (struct share_list){.count = 2, .of = {{jury, 60}, {0, 40}}};
    int64_t poll = open_poll(kit, &spec);
    for (uint64_t voter = 0; voter < 15; voter++) {
        struct ballot ballot = voter < 5 ? RANKING(2, 3) : RANKING(1, 2);
        entry = cast_entry(kit, voter, 1, 1, &ballot);
        entry.as.cast.share = voter < 5 ? 1 : 2;
        cr_assert_eq(apply_lane(kit, poll, &entry).err, ERR_OK);
    }
    step(kit, ENTRY_POLL_CLOSE, poll);
    step(kit, ENTRY_POLL_PUBLISH, poll);
}

/* The jury works on the challenge that ideas 1 and 7 are for. */
static void play_challenge(void)
{
    int64_t jury = 5;
    int64_t school = add_label(LABEL_CHALLENGE, "Sicher, \"heil\" zur Schule");
    struct entry entry = entry_of(kit, ENTRY_LABEL_EDIT, ROLE_MODERATOR, kit->moderator);
    entry.as.label.label = jury;
    entry.as.label.name = event_label(&kit->event, jury)->name;
    entry.as.label.ticket_only = true;
    entry.as.label.challenge = school;
    accept(kit, &entry);
    for (int64_t idea = 1; idea <= 7; idea += 6) {
        entry = entry_of(kit, ENTRY_IDEA_CHALLENGE, ROLE_MODERATOR, kit->moderator);
        entry.as.idea_challenge.idea = idea;
        entry.as.idea_challenge.challenge = school;
        accept(kit, &entry);
    }
}

static void enter(void)
{
    hall = (struct hall){0};
    kit_init(kit, JOIN_OPEN);
    fill_ideas();
    struct entry entry = entry_of(kit, ENTRY_TICKETS_ISSUE, ROLE_OFFICE, 0);
    entry.as.tickets_issue.count = 3;
    accept(kit, &entry);
    entry = entry_of(kit, ENTRY_TICKET_REDEEM, ROLE_NONE, 0);
    entry.as.ticket.ticket = 2;
    accept(kit, &entry);
    play_ranking();
    play_approval();
    play_yesno();
    play_others();
    play_points();
    play_labels();
    play_agenda();
    play_tickets();
    play_paper();
    play_shares();
    play_followup();
    play_challenge();
}

static void leave(void)
{
    kit_fini(kit);
}

TestSuite(golden, .init = enter, .fini = leave);

/* STIMMWERK_GOLDEN_OUT names a folder to write what was made, for whoever changes the
 * tables and has read the difference. */
static void keep(const char *name, const struct buf *made)
{
    const char *folder = getenv("STIMMWERK_GOLDEN_OUT");
    if (folder == NULL) {
        return;
    }
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    fwrite(made->data, 1, made->bytes, file);
    fclose(file);
}

/* Frees what was made. */
static void expect_same(const char *file_name, bool auditor, struct buf *made)
{
    char name[64];
    char path[512];
    snprintf(name, sizeof name, "%s.%s", auditor ? "auditor" : "public", file_name);
    snprintf(path, sizeof path, "%s/golden/export/%s", TEST_SOURCE_DIR, name);
    keep(name, made);
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s", path);
    static char golden[65536];
    size_t bytes = fread(golden, 1, sizeof golden, file);
    fclose(file);
    cr_expect(
        span_equal(buf_span(made), span_of(golden, bytes)), "%s differs:\n%s", name,
        (const char *)made->data);
    buf_fini(made);
}

static void expect_golden(enum export_file kind, char separator, bool auditor)
{
    struct buf made;
    hall_write(&hall, kind, separator, auditor, &made);
    expect_same(export_file_name(kind), auditor, &made);
}

static void expect_golden_points(int64_t poll, char separator, bool auditor)
{
    char name[EXPORT_NAME_BYTES];
    struct buf made;
    export_points_name(event_poll(&kit->event, poll), name);
    hall_write_points(&hall, poll, separator, auditor, &made);
    expect_same(name, auditor, &made);
}

Test(golden, public_tables_with_semicolons)
{
    for (enum export_file file = 0; file < EXPORT_FILE_COUNT; file++) {
        expect_golden(file, ';', false);
    }
}

Test(golden, auditors_tables_with_commas)
{
    for (enum export_file file = 0; file < EXPORT_FILE_COUNT; file++) {
        expect_golden(file, ',', true);
    }
}

/* ---- what the tables are, for programs ---- */

static void expect_golden_package(char separator, bool auditor)
{
    const struct export_texts texts = {.find = hall_find, .ctx = &hall};
    const struct export_options options = {.separator = separator, .auditor = auditor};
    struct buf made;
    buf_init(&made, TABLE_BYTES_MAX);
    cr_assert_eq(export_write_package(&made, &kit->event, &texts, &options), ERR_OK);
    expect_same(EXPORT_PACKAGE_NAME, auditor, &made);
}

Test(golden, package_of_public_tables_with_semicolons)
{
    expect_golden_package(';', false);
}

Test(golden, package_of_auditors_tables_with_commas)
{
    expect_golden_package(',', true);
}

/* ---- a table of points for each poll that has them ---- */

Test(golden, public_points_with_semicolons)
{
    expect_golden_points(7, ';', false);
}

Test(golden, auditors_points_with_commas)
{
    expect_golden_points(7, ',', true);
    expect_golden_points(8, ',', true);
}

Test(golden, points_stand_where_the_polls_level_allows_its_ballots)
{
    const struct export_options everybody = {.separator = ','};
    const struct export_options auditor = {.separator = ',', .auditor = true};
    const struct event *event = &kit->event;
    cr_expect_not(export_has_points(event_poll(event, 1), &everybody), "a ranking");
    cr_expect_not(export_has_points(event_poll(event, 1), &auditor));
    cr_expect(export_has_points(event_poll(event, 7), &everybody));
    cr_expect_not(export_has_points(event_poll(event, 8), &everybody));
    cr_expect(export_has_points(event_poll(event, 8), &auditor));
}
