/* What the office takes out of the hall: exports and backups. */
#include "app/office.h"

#include "office_kit.h"

#include <criterion/criterion.h>
#include <stdio.h>

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
