/* The office: every request with its answer, and what is refused. */
#include "app/office.h"

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
    cr_expect(hall_label_taken(fixture.hall, event, LABEL_GROUP, "Rot", 0));
    cr_expect_not(hall_label_taken(fixture.hall, event, LABEL_GROUP, "Rot", 1));
    cr_expect(hall_label_taken(fixture.hall, event, LABEL_TAG, "Rot", 1));
    cr_expect_not(hall_label_taken(fixture.hall, event, LABEL_TAG, "Blau", 0));
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

Test(office, exports_six_files)
{
    play_a_poll(fixture_event(&fixture, JOIN_OPEN));
    ask("{\"do\":\"export\",\"event\":\"1\",\"separator\":\";\",\"auditor\":true}");
    cr_assert(is_ok());
    const cJSON *files = cJSON_GetObjectItemCaseSensitive(asked.answer, "files");
    cr_assert_eq(cJSON_GetArraySize(files), EXPORT_FILE_COUNT);
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
    cr_assert_eq(cJSON_GetArraySize(files), EXPORT_FILE_COUNT + 1);
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
    cr_assert_eq(cJSON_GetArraySize(files), EXPORT_FILE_COUNT, "not published");
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
        names, "ballots.csv followup.csv groups.csv ideas.csv paper.csv participation.csv phases.csv "
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
