/* The office: every request with its answer, and what is refused. */
#include "app/office.h"

#include "app/hall_notice.h"
#include "app/hall_office.h"

#include "hall_fixture.h"

#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

struct asked {
    cJSON *answer; /* owned by the test until the next ask */
    bool done;
};

static struct hall_fixture fixture;
static struct asked asked;

static void on_answer(void *ctx, struct span answer)
{
    (void)ctx;
    asked.answer = cJSON_ParseWithLength((const char *)answer.data, answer.bytes);
    asked.done = true;
}

static const cJSON *ask(const char *request)
{
    cJSON_Delete(asked.answer);
    asked = (struct asked){.done = false};
    office_handle(fixture.hall, span_of_string(request), on_answer, NULL);
    fixture_wait(&fixture, &asked.done);
    cr_assert(cJSON_IsObject(asked.answer));
    return asked.answer;
}

static const char *text(const char *key)
{
    const char *value =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(asked.answer, key));
    return value != NULL ? value : "";
}

static int number(const char *key)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(asked.answer, key);
    return cJSON_IsNumber(value) ? value->valueint : -1;
}

static bool is_ok(void)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(asked.answer, "ok")) != 0;
}

static void set_up(void)
{
    fixture_init(&fixture);
}

static void tear_down(void)
{
    cJSON_Delete(asked.answer);
    asked.answer = NULL;
    fixture_fini(&fixture);
}

TestSuite(office, .init = set_up, .fini = tear_down);

#define CREATE                                                                           \
    "{\"do\":\"event.create\",\"title\":\"  Ideen für Krefeld \",\"mode\":\"open\","    \
    "\"langs\":[\"de\",\"en\"]}"

Test(office, creates_an_event_with_a_link_for_its_owner)
{
    ask(CREATE);
    cr_assert(is_ok());
    struct event *event = hall_event_by_code(fixture.hall, text("event"));
    cr_assert_not_null(event);
    cr_assert_eq(event->id, number("id"));
    cr_assert_eq(event->lang_count, 2);
    struct span token = span_of_string(text("token"));
    struct hall_link link;
    cr_assert_eq(hall_link_find(fixture.hall, token, &link), ERR_OK);
    cr_assert_eq(link.event, event);
    cr_assert_eq(link.role, ROLE_OWNER);
}

Test(office, lists_events_with_their_titles)
{
    ask(CREATE);
    ask("{\"do\":\"event.list\"}");
    const cJSON *events = cJSON_GetObjectItemCaseSensitive(asked.answer, "events");
    cr_assert_eq(cJSON_GetArraySize(events), 1);
    const cJSON *title =
        cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(events, 0), "title");
    cr_assert_str_eq(cJSON_GetStringValue(title), "Ideen für Krefeld");
}

Test(office, refuses_and_changes_nothing)
{
    static const struct {
        const char *request;
        const char *err;
    } WRONG[] = {
        {"", "not-json"},
        {"[]", "not-json"},
        {"{}", "unknown-op"},
        {"{\"do\":\"event.destroy\"}", "unknown-op"},
        {"{\"do\":\"event.create\",\"mode\":\"open\",\"langs\":[\"de\"]}", "missing-key"},
        {"{\"do\":\"event.create\",\"title\":\" \",\"mode\":\"open\",\"langs\":[\"de\"]}",
         "text-empty"},
        {"{\"do\":\"event.create\",\"title\":\"\xff\",\"mode\":\"open\",\"langs\":["
         "\"de\"]}",
         "bad-utf8"},
        {"{\"do\":\"event.create\",\"title\":\"T\",\"mode\":\"open\",\"langs\":[]}",
         "missing-key"},
        {"{\"do\":\"event.create\",\"title\":\"T\",\"mode\":\"open\",\"langs\":[\"\"]}",
         "bad-value"},
        {"{\"do\":\"event.create\",\"title\":\"T\",\"mode\":\"open\",\"langs\":[\"d/"
         "e\"]}",
         "bad-value"},
        {"{\"do\":\"event.create\",\"title\":\"T\",\"mode\":\"closed\",\"langs\":[\"de\"]"
         "}",
         "bad-value"},
        {"{\"do\":\"event.link\"}", "missing-key"},
        {"{\"do\":\"event.link\",\"event\":\"1\"}", "wrong-event"},
        {"{\"do\":\"event.tickets\",\"event\":\"1\",\"count\":5}", "wrong-event"},
        {"{\"do\":\"export\",\"event\":\"1\",\"separator\":\",\"}", "wrong-event"},
        {"{\"do\":\"backup\"}", "missing-key"},
        {"{\"do\":\"backup\",\"out\":\"here.db\"}", "bad-value"},
    };

    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        ask(WRONG[i].request);
        cr_assert_not(is_ok(), "%s", WRONG[i].request);
        cr_assert_str_eq(text("err"), WRONG[i].err, "%s", WRONG[i].request);
        cr_assert_str_neq(text("what"), "");
    }
    ask("{\"do\":\"event.list\"}");
    const cJSON *events = cJSON_GetObjectItemCaseSensitive(asked.answer, "events");
    cr_assert_eq(cJSON_GetArraySize(events), 0);
}

Test(office, finds_an_event_by_its_number_and_by_a_carelessly_typed_code)
{
    char request[128];
    struct event *event = fixture_event(&fixture, JOIN_OPEN);
    ask("{\"do\":\"event.link\",\"event\":\"1\"}");
    cr_assert(is_ok());
    cr_assert_str_eq(text("event"), event->code);
    snprintf(
        request, sizeof request, "{\"do\":\"event.link\",\"event\":\" %.3s-%s\"}",
        event->code, event->code + 3);
    ask(request);
    cr_assert(is_ok());
    cr_assert_eq(number("id"), 1);
}

Test(office, makes_links_for_each_role_of_the_desk_and_for_no_other)
{
    struct hall_link link;
    fixture_event(&fixture, JOIN_OPEN);
    ask("{\"do\":\"event.link\",\"event\":\"1\"}");
    cr_assert_eq(
        hall_link_find(fixture.hall, span_of_string(text("token")), &link), ERR_OK);
    cr_assert_eq(link.role, ROLE_MODERATOR);
    ask("{\"do\":\"event.link\",\"event\":\"1\",\"role\":\"auditor\"}");
    cr_assert_eq(
        hall_link_find(fixture.hall, span_of_string(text("token")), &link), ERR_OK);
    cr_assert_eq(link.role, ROLE_AUDITOR);
    ask("{\"do\":\"event.link\",\"event\":\"1\",\"role\":\"stage\"}");
    cr_assert_not(is_ok());
}

Test(office, makes_an_event_with_groups_and_tags)
{
    ask("{\"do\":\"event.create\",\"title\":\"Halle\",\"mode\":\"open\",\"langs\":["
        "\"de\"],"
        "\"groups\":[\" Rot\",\"Blau\"],\"tags\":[\"Rot\"]}");
    cr_assert(is_ok());
    const struct event *event = hall_event(fixture.hall, number("id"));
    cr_assert_eq(event->label_count, 3);
    cr_expect_eq(event_label_count(event, LABEL_GROUP), 2);
    cr_expect(hall_label_called(fixture.hall, event, LABEL_GROUP, "Rot", 0));
    cr_expect_not(hall_label_called(fixture.hall, event, LABEL_GROUP, "Rot", 1));
    cr_expect(hall_label_called(fixture.hall, event, LABEL_TAG, "Rot", 1));
    cr_expect_not(hall_label_called(fixture.hall, event, LABEL_TAG, "Blau", 0));
}

Test(office, refuses_groups_and_tags_that_can_not_be_before_it_makes_the_event)
{
    static const struct {
        const char *lists;
        const char *err;
    } wrong[] = {
        {"\"groups\":[\"Rot\",\"Rot \"]", "name-taken"},
        {"\"groups\":[\" \"]", "text-empty"},
        {"\"tags\":[7]", "bad-value"},
        {"\"tags\":\"Rot\"", "bad-value"},
        {"\"tags\":[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]", "text-too-long"},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char request[256];
        snprintf(
            request, sizeof request,
            "{\"do\":\"event.create\",\"title\":\"Halle\",\"mode\":\"open\","
            "\"langs\":[\"de\"],%s}",
            wrong[i].lists);
        ask(request);
        cr_expect_str_eq(text("err"), wrong[i].err);
    }
    cr_expect_eq(hall_event_count(fixture.hall), 0);
}

Test(office, issues_tickets_that_are_found_again)
{
    struct event *event = fixture_event(&fixture, JOIN_TICKET);
    ask("{\"do\":\"event.tickets\",\"event\":\"1\",\"count\":40}");
    cr_assert(is_ok());
    const cJSON *codes = cJSON_GetObjectItemCaseSensitive(asked.answer, "codes");
    cr_assert_eq(cJSON_GetArraySize(codes), 40);
    cr_assert_eq(number("first"), 1);
    const cJSON *code = NULL;
    int64_t expected = 1;
    cJSON_ArrayForEach(code, codes)
    {
        struct event *found = NULL;
        int64_t ticket = 0;
        cr_assert(
            hall_find_ticket(fixture.hall, cJSON_GetStringValue(code), &found, &ticket));
        cr_assert_eq(found, event);
        cr_assert_eq(ticket, expected++);
    }
    ask("{\"do\":\"event.tickets\",\"event\":\"1\",\"count\":0}");
    cr_assert_str_eq(text("err"), "bad-value");
    ask("{\"do\":\"event.tickets\",\"event\":\"1\",\"count\":100001}");
    cr_assert_str_eq(text("err"), "bad-value");
}

static int64_t play_a_poll(struct event *event)
{
    int64_t moderator = fixture_person(&fixture, event, ROLE_MODERATOR);
    int64_t voter = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 3);
    struct cast cast = fixture_cast_of(event_poll(event, poll), 1, 1);
    cr_assert_eq(fixture_cast(&fixture, event, poll, voter, &cast).err, ERR_OK);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll).err, ERR_OK);
    return poll;
}

Test(office, exports_every_table_and_what_describes_them)
{
    play_a_poll(fixture_event(&fixture, JOIN_OPEN));
    ask("{\"do\":\"export\",\"event\":\"1\",\"separator\":\";\",\"auditor\":true}");
    cr_assert(is_ok());
    const cJSON *files = cJSON_GetObjectItemCaseSensitive(asked.answer, "files");
    cr_assert_eq(cJSON_GetArraySize(files), EXPORT_FILE_COUNT + 1);
    for (int i = 0; i < EXPORT_FILE_COUNT; i++) {
        const cJSON *file = cJSON_GetArrayItem(files, i);
        const char *body =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(file, "text"));
        const cJSON *name = cJSON_GetObjectItemCaseSensitive(file, "name");
        cr_assert_str_eq(
            cJSON_GetStringValue(name), export_file_name((enum export_file)i));
        cr_assert_eq(strncmp(body, "\xef\xbb\xbf", 3), 0, "a BOM");
        cr_assert_not_null(strchr(body, ';'));
    }
    const cJSON *last = cJSON_GetArrayItem(files, EXPORT_FILE_COUNT);
    cr_assert_str_eq(
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(last, "name")),
        EXPORT_PACKAGE_NAME);
    ask("{\"do\":\"export\",\"event\":\"1\",\"separator\":\"|\"}");
    cr_assert_str_eq(text("err"), "bad-value");
}

/* A poll of dots about the options of poll 1, voted on by one person and closed. */
static int64_t play_dots(struct event *event)
{
    int64_t moderator = fixture_person(&fixture, event, ROLE_MODERATOR);
    int64_t voter = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    struct entry entry = {
        .kind = ENTRY_POLL_CREATE, .actor = moderator, .role = ROLE_MODERATOR};
    struct poll_spec *spec = &entry.as.poll_text.spec;
    *spec = event_poll(event, 1)->spec;
    spec->form = BALLOT_DOTS;
    spec->dots = 5;
    memcpy(spec->method, "score", sizeof "score");
    int64_t poll = fixture_submit(&fixture, event, &entry).id;
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_OPEN, poll).err, ERR_OK);
    struct cast cast = fixture_cast_of(event_poll(event, poll), 1, 1);
    cast.ballot.form = BALLOT_DOTS;
    cast.ballot.marks[0].value = 6;
    cr_assert_eq(
        fixture_cast(&fixture, event, poll, voter, &cast).err, ERR_TOO_MANY_DOTS);
    cast.ballot.marks[0].value = 5;
    cr_assert_eq(fixture_cast(&fixture, event, poll, voter, &cast).err, ERR_OK);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll).err, ERR_OK);
    return poll;
}

Test(office, exports_the_ballots_of_a_poll_of_points_in_a_file_of_their_own)
{
    struct event *event = fixture_event(&fixture, JOIN_OPEN);
    play_a_poll(event);
    cr_assert_eq(play_dots(event), 2);
    ask("{\"do\":\"export\",\"event\":\"1\",\"separator\":\";\",\"auditor\":true}");
    cr_assert(is_ok());
    const cJSON *files = cJSON_GetObjectItemCaseSensitive(asked.answer, "files");
    cr_assert_eq(cJSON_GetArraySize(files), EXPORT_FILE_COUNT + 2);
    const cJSON *file = cJSON_GetArrayItem(files, EXPORT_FILE_COUNT);
    cr_assert_str_eq(
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(file, "name")),
        "points-2.csv");
    cr_assert_str_eq(
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(file, "text")),
        "\xef\xbb\xbf# shape: scores 0-5\r\n"
        "poll;ballot;count;Idee 1;Idee 2;Idee 3\r\n2;1;1;;5;\r\n");
    ask("{\"do\":\"export\",\"event\":\"1\",\"separator\":\";\"}");
    files = cJSON_GetObjectItemCaseSensitive(asked.answer, "files");
    cr_assert_eq(cJSON_GetArraySize(files), EXPORT_FILE_COUNT + 1, "not published");
}

Test(office, zips_the_export_for_the_desk)
{
    struct event *event = fixture_event(&fixture, JOIN_OPEN);
    play_a_poll(event);
    struct buf zip;
    buf_init(&zip, EXPORT_BYTES_MAX);
    const struct export_options options = {.separator = ','};
    cr_assert_eq(office_export_zip(fixture.hall, event, &options, &zip), ERR_OK);
    char path[128];
    char command[400];
    snprintf(path, sizeof path, "%s/export.zip", fixture.folder);
    FILE *file = fopen(path, "w");
    cr_assert_eq(fwrite(zip.data, 1, zip.bytes, file), zip.bytes);
    fclose(file);
    buf_fini(&zip);
    snprintf(command, sizeof command, "cmake -E tar tf %s | sort | tr '\\n' ' '", path);
    FILE *list = popen(command, "r");
    char names[256] = "";
    cr_assert_not_null(fgets(names, sizeof names, list));
    pclose(list);
    cr_assert_str_eq(
        names, "ballots.csv datapackage.json followup.csv groups.csv ideas.csv paper.csv "
               "participation.csv phases.csv "
               "polls.csv results.csv tickets.csv ");
}

Test(office, backs_up_a_store_that_opens)
{
    struct event *event = fixture_event(&fixture, JOIN_OPEN);
    char code[EVENT_CODE_BYTES + 1];
    char request[256];
    memcpy(code, event->code, sizeof code);
    snprintf(
        request, sizeof request, "{\"do\":\"backup\",\"out\":\"%s/copy.db\"}",
        fixture.folder);
    ask(request);
    cr_assert(is_ok());
    char url[128];
    snprintf(url, sizeof url, "sqlite:%s/copy.db", fixture.folder);
    struct hall_options options = {.store = url, .loop = &fixture.loop};
    struct hall *copy = NULL;
    cr_assert_eq(hall_open(&options, &copy), ERR_KEYS_MISSING);
    options.need = HALL_LOOKS_WITHOUT;
    cr_assert_eq(hall_open(&options, &copy), ERR_OK);
    cr_assert_not_null(hall_event_by_code(copy, code));
    hall_close(copy);
    ask(request);
    cr_assert_str_eq(text("err"), "io-error", "the file is there already");
}

/* ---- templates and copies ---- */

static struct event *event_answered(void)
{
    cr_assert(is_ok(), "%s", text("err"));
    struct event *event = hall_event_by_code(fixture.hall, text("event"));
    cr_assert_not_null(event);
    return event;
}

Test(office, creates_an_event_with_a_templates_agenda)
{
    ask("{\"do\":\"event.create\",\"title\":\"T\",\"mode\":\"open\",\"langs\":[\"de\"],"
        "\"template\":\"class\"}");
    const struct event *event = event_answered();
    cr_assert_eq(event->agenda.count, 5);
    cr_expect_eq(event->agenda.phases[1].kind, PHASE_COLLECT);
    cr_expect_eq(event->agenda.phases[1].minutes, 15);
    cr_expect_neq(event->agenda.phases[1].id, 0);
    ask("{\"do\":\"event.create\",\"title\":\"T\",\"mode\":\"open\",\"langs\":[\"de\"],"
        "\"template\":\"wedding\"}");
    cr_expect_str_eq(text("err"), "bad-value");
}

Test(office, copies_what_an_event_is_and_nobody_who_was_there)
{
    char request[256];
    ask("{\"do\":\"event.create\",\"title\":\"T\",\"mode\":\"ticket\",\"langs\":[\"pl\"],"
        "\"template\":\"quick\",\"youth\":true,\"groups\":[\"Rot\"],\"tags\":[\"Bus\"]}");
    struct event *from = event_answered();
    int64_t moderator = fixture_person(&fixture, from, ROLE_MODERATOR);
    struct entry jury = {
        .kind = ENTRY_LABEL_EDIT, .role = ROLE_MODERATOR, .actor = moderator};
    cr_assert_eq(from->labels[0].kind, LABEL_GROUP);
    jury.as.label.label = 1;
    jury.as.label.name = from->labels[0].name;
    jury.as.label.ticket_only = true;
    cr_assert_eq(fixture_submit(&fixture, from, &jury).err, ERR_OK);
    fixture_idea(&fixture, from, moderator, "Bank");
    snprintf(
        request, sizeof request,
        "{\"do\":\"event.create\",\"title\":\"Noch einmal\",\"copy\":\"%s\"}",
        from->code);
    ask(request);
    const struct event *copy = event_answered();
    cr_assert_neq(copy, from);
    cr_expect_eq(copy->mode, JOIN_TICKET);
    cr_expect_str_eq(copy->langs[0], "pl");
    cr_expect(copy->settings.youth);
    cr_expect_eq(copy->agenda.count, 2);
    cr_expect_eq(event_label_count(copy, LABEL_GROUP), 1);
    cr_expect_eq(event_label_count(copy, LABEL_TAG), 1);
    for (size_t i = 0; i < copy->label_count; i++) {
        const struct label *label = &copy->labels[i];
        cr_expect_eq(label->ticket_only, label->kind == LABEL_GROUP);
    }
    cr_expect_eq(copy->people, 0);
    cr_expect_eq(copy->idea_count, 0);
    ask("{\"do\":\"event.create\",\"title\":\"T\",\"copy\":\"ABC\"}");
    cr_expect_str_eq(text("err"), "wrong-event");
}

/* ---- places at the desk ---- */

Test(office, lists_links_takes_them_away_and_gives_a_new_one_for_a_lost_device)
{
    char request[128];
    struct hall_link link;
    ask(CREATE);
    struct event *event = event_answered();
    struct entry sit = {.kind = ENTRY_DESK_SIT, .role = ROLE_OFFICE, .as.desk.person = 1};
    cr_assert_eq(fixture_submit(&fixture, event, &sit).err, ERR_OK);
    snprintf(
        request, sizeof request,
        "{\"do\":\"event.relink\",\"event\":\"%s\",\"person\":\"1\"}", event->code);
    ask(request);
    cr_assert(is_ok());
    cr_assert_eq(
        hall_link_find(fixture.hall, span_of_string(text("token")), &link), ERR_OK);
    cr_expect_eq(link.role, ROLE_OWNER);
    cr_expect_eq(event_participant(event, 1)->role, ROLE_NONE, "the old place has ended");
    ask(request);
    cr_expect_str_eq(text("err"), "wrong-state");
    snprintf(
        request, sizeof request,
        "{\"do\":\"event.unlink\",\"event\":\"%s\",\"person\":\"%lld\"}", event->code,
        (long long)link.person);
    ask(request);
    cr_assert(is_ok());
    snprintf(
        request, sizeof request, "{\"do\":\"event.links\",\"event\":\"%s\"}",
        event->code);
    ask(request);
    const cJSON *links = cJSON_GetObjectItemCaseSensitive(asked.answer, "links");
    cr_assert_eq(cJSON_GetArraySize(links), 2);
    const cJSON *last = cJSON_GetArrayItem(links, 1);
    cr_expect_gt(cJSON_GetObjectItem(last, "revoked_at_ms")->valuedouble, 0);
}

/* ---- the end of an event ---- */

static bool on_disk(const char *needle)
{
    char command[512];
    snprintf(
        command, sizeof command, "grep -rqaF -e '%s' '%s' 2>/dev/null", needle,
        fixture.folder);
    return system(command) == 0;
}

static void destroy(const char *code, const char *confirm)
{
    char request[128];
    snprintf(
        request, sizeof request,
        "{\"do\":\"event.delete\",\"event\":\"%s\",\"confirm\":\"%s\"}", code, confirm);
    ask(request);
}

Test(office, deletes_an_event_so_that_nothing_of_it_is_in_the_file)
{
    char code[EVENT_CODE_BYTES + 1];
    struct event *stays = fixture_event(&fixture, JOIN_OPEN);
    int64_t other = fixture_person(&fixture, stays, ROLE_MODERATOR);
    fixture_idea(&fixture, stays, other, "Rutschbahn");
    ask("{\"do\":\"event.create\",\"title\":\"Geheimsache\",\"mode\":\"open\",\"langs\":["
        "\"de\"],\"tags\":[\"Sperrmuell\"]}");
    struct event *event = event_answered();
    memcpy(code, event->code, sizeof code);
    int64_t id = event->id;
    int64_t moderator = fixture_person(&fixture, event, ROLE_MODERATOR);
    fixture_idea(&fixture, event, moderator, "Murmelbahn");
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    int64_t person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    struct cast cast = fixture_cast_of(event_poll(event, poll), 0, 1);
    fixture_cast(&fixture, event, poll, person, &cast);
    cr_assert(on_disk("Murmelbahn"));
    destroy(code, code);
    cr_assert_str_eq(text("err"), "poll-runs");
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    destroy(code, stays->code);
    cr_assert_str_eq(text("err"), "code-unknown");
    destroy(code, code);
    cr_assert(is_ok(), "%s", text("err"));

    static const char *const texts[] = {
        "Geheimsache", "Sperrmuell", "Murmelbahn", "\"k\":\"cast\""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cr_expect_not(on_disk(texts[i]), "%s", texts[i]);
    }
    cr_expect(on_disk("Rutschbahn"));
    for (int turn = 0; turn < 2; turn++) {
        cr_expect_null(hall_event_by_code(fixture.hall, code));
        cr_expect_null(hall_event(fixture.hall, id));
        cr_expect(hall_code_is_gone(fixture.hall, code));
        fixture_reopen(&fixture);
    }
    ask(CREATE);
    cr_expect_gt(event_answered()->id, id, "its number is not given again");
}

Test(office, refuses_what_comes_for_an_event_that_was_deleted)
{
    ask(CREATE);
    struct event *event = event_answered();
    char code[EVENT_CODE_BYTES + 1];
    memcpy(code, event->code, sizeof code);
    destroy(code, code);
    cr_assert(is_ok());
    struct entry entry = {.kind = ENTRY_EVENT_ARCHIVE, .role = ROLE_OFFICE};
    cr_expect_eq(fixture_submit(&fixture, event, &entry).err, ERR_WRONG_EVENT);
}

static void on_put(void *ctx, enum store_status status, int64_t seq)
{
    (void)status;
    (void)seq;
    *(bool *)ctx = true;
}

Test(office, ends_at_the_next_start_a_deletion_that_a_crash_cut_short)
{
    char name[32];
    bool done = false;
    ask(CREATE);
    const struct event *event = event_answered();
    snprintf(name, sizeof name, "%lld/%s", (long long)event->id, event->code);
    const struct store_doc tombstone = {
        "gone", span_of_string(name), span_of_string("{\"at\":1}")};
    cr_assert_eq(
        store_put(hall_store(fixture.hall), &tombstone, 1, on_put, &done), ERR_OK);
    fixture_wait(&fixture, &done);
    fixture_reopen(&fixture);
    fixture_reopen(&fixture); /* the writer's work is done when it closes */
    cr_expect_eq(hall_event_count(fixture.hall), 0);
    cr_expect_not(on_disk("Krefeld"));
}

/* ---- its page ---- */

Test(office, gives_a_link_that_lets_in_once_also_after_a_restart)
{
    char link[TRUST_TOKEN_CHARS + 1];
    char session[TRUST_TOKEN_CHARS + 1];
    bool done = false;
    ask("{\"do\":\"office.link\"}");
    cr_assert(is_ok());
    memcpy(link, text("token"), sizeof link);
    fixture_reopen(&fixture);
    struct span token = span_of_string(link);
    cr_assert_eq(hall_office_enter(fixture.hall, token, session, on_put, &done), ERR_OK);
    fixture_wait(&fixture, &done);
    cr_expect_eq(
        hall_office_enter(fixture.hall, token, session, on_put, &done), ERR_LINK_UNKNOWN);
    fixture_reopen(&fixture);
    cr_expect(hall_office_is_in(fixture.hall, session));
    cr_expect_not(hall_office_is_in(fixture.hall, link));
    cr_expect_not(on_disk(link));
    cr_expect_not(on_disk(session));
    ask("{\"do\":\"office.revoke\"}");
    cr_expect_not(hall_office_is_in(fixture.hall, session));
    fixture_reopen(&fixture);
    cr_expect_not(hall_office_is_in(fixture.hall, session));
}

Test(office, its_page_may_not_ask_for_all)
{
    cr_expect(office_is_for_page(span_of_string("{\"do\":\"event.delete\"}")));
    cr_expect_not(office_is_for_page(span_of_string("{\"do\":\"office.link\"}")));
    cr_expect_not(office_is_for_page(span_of_string("{\"do\":\"backup\"}")));
    cr_expect_not(office_is_for_page(span_of_string("{\"do\":\"export\"}")));
    cr_expect_not(office_is_for_page(span_of_string("[]")));
}

Test(office, sets_what_is_said_about_who_runs_the_server)
{
    cr_expect_null(hall_notice(fixture.hall, NOTICE_IMPRINT));
    ask("{\"do\":\"notice.set\",\"name\":\"imprint\",\"text\":\" Stadt Halle\\r\\nMarkt "
        "1 \"}");
    cr_assert(is_ok(), "%s", text("err"));
    fixture_reopen(&fixture);
    cr_expect_str_eq(hall_notice(fixture.hall, NOTICE_IMPRINT), "Stadt Halle\nMarkt 1");
    cr_expect_null(hall_notice(fixture.hall, NOTICE_PRIVACY));
    ask("{\"do\":\"notice.set\",\"name\":\"imprint\",\"text\":\"\"}");
    cr_assert(is_ok());
    cr_expect_null(hall_notice(fixture.hall, NOTICE_IMPRINT));
    fixture_reopen(&fixture);
    cr_expect_null(hall_notice(fixture.hall, NOTICE_IMPRINT));
    ask("{\"do\":\"notice.set\",\"name\":\"motto\",\"text\":\"x\"}");
    cr_expect_str_eq(text("err"), "bad-value");
    ask("{\"do\":\"notice.set\",\"name\":\"imprint\"}");
    cr_expect_str_eq(text("err"), "missing-key");
}
