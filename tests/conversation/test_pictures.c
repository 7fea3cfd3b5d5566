/* Drawings and photographs, from one phone to everybody's screens. */
#include "base/bounds.h"
#include "plain.h"
#include "talk.h"
#include "unit/picture/files.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DRAWING "a2M120 40l5 6-3 8"

static struct hall_server server;
static struct talk hall;
static struct person *moderator;
static struct person *anna;
static struct buf photo; /* 300 × 200 */

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    moderator = talk_moderator(&hall);
    anna = talk_participant(&hall, NULL);
    buf_init(&photo, FILE_BYTES_MAX);
    jpeg_of(&photo, 300, 200);
}

static void tear_down(void)
{
    buf_fini(&photo);
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(pictures, .init = set_up, .fini = tear_down);

/* ---- sending ---- */

static struct plain_reply
send_file(const struct person *person, const char *type, struct span file)
{
    char path[64];
    snprintf(path, sizeof path, "/media?event=%s", hall.event);
    return plain_talk(
        &server, &(struct plain_ask){
                     "POST", path, person != NULL ? person->cookie : NULL, type, file});
}

static void
expect_refused(const struct person *person, const char *type, int status, const char *err)
{
    char body[64];
    struct plain_reply reply = send_file(person, type, buf_span(&photo));
    snprintf(body, sizeof body, "{\"err\":\"%s\"}", err);
    cr_expect_eq(reply.status, status, "%d", reply.status);
    cr_expect_str_eq((char *)reply.body, body);
    plain_free(&reply);
}

/* Uploads the photo; its id, until the next call. */
static const char *upload(const struct person *person)
{
    static char id[33];
    struct plain_reply reply = send_file(person, "image/jpeg", buf_span(&photo));
    cr_assert_eq(reply.status, 200, "%d %s", reply.status, (char *)reply.body);
    cJSON *answer = cJSON_Parse((char *)reply.body);
    cr_expect_eq(number_of(answer, "width"), 300);
    cr_expect_eq(number_of(answer, "height"), 200);
    snprintf(id, sizeof id, "%s", text_of(answer, "photo"));
    cJSON_Delete(answer);
    plain_free(&reply);
    return id;
}

/* ---- looking ---- */

static struct plain_reply look(const struct person *person, const char *name)
{
    char path[96];
    snprintf(path, sizeof path, "/picture/%s/%s", hall.event, name);
    return plain_talk(
        &server,
        &(struct plain_ask){
            "GET", path, person != NULL ? person->cookie : NULL, NULL, span_of(NULL, 0)});
}

static int status_of(const struct person *person, const char *name)
{
    struct plain_reply reply = look(person, name);
    int status = reply.status;
    if (status == 404) {
        cr_expect_str_eq((char *)reply.body, "{\"err\":\"not-found\"}");
    }
    plain_free(&reply);
    return status;
}

struct names {
    char drawing[33]; /* "": none */
    char photo[33];
};

static struct names names_in(const cJSON *idea)
{
    struct names names = {"", ""};
    const cJSON *drawing = cJSON_GetObjectItemCaseSensitive(idea, "drawing");
    const cJSON *shot = cJSON_GetObjectItemCaseSensitive(idea, "photo");
    if (drawing != NULL) {
        snprintf(names.drawing, sizeof names.drawing, "%s", drawing->valuestring);
    }
    if (shot != NULL) {
        snprintf(names.photo, sizeof names.photo, "%s", text_of(shot, "name"));
        cr_expect_eq(number_of(shot, "width"), 300);
        cr_expect_eq(number_of(shot, "height"), 200);
    }
    return names;
}

/* What the author is told of the idea. */
static struct names hear_mine(struct person *author)
{
    cJSON *mine = talk_hear(author, "mine");
    struct names names = names_in(cJSON_GetObjectItemCaseSensitive(mine, "idea"));
    cJSON_Delete(mine);
    return names;
}

/* Anna's idea with both. */
static struct names submit_both(void)
{
    talk_do(
        anna, "idea", "idea.submit",
        "\"title\":\"Rampe\",\"text\":\"\",\"drawing\":\"" DRAWING "\",\"photo\":\"%s\"",
        upload(anna));
    return hear_mine(anna);
}

static void expect_both(const struct person *person, const struct names *names)
{
    struct plain_reply drawing = look(person, names->drawing);
    cr_expect_eq(drawing.status, 200);
    cr_expect(plain_has(&drawing, "Content-Type: image/svg+xml"));
    cr_expect(plain_has(&drawing, "X-Content-Type-Options: nosniff"));
    cr_expect(
        plain_has(&drawing, "Content-Security-Policy: default-src 'none'; sandbox"));
    cr_expect(plain_has(&drawing, "Cache-Control: private, max-age=604800, immutable"));
    cr_expect_not_null(strstr((char *)drawing.body, "d=\"M120 40l5 6-3 8\""));
    plain_free(&drawing);
    struct plain_reply shot = look(person, names->photo);
    cr_expect_eq(shot.status, 200);
    cr_expect(plain_has(&shot, "Content-Type: image/jpeg"));
    cr_expect_eq(shot.bytes, photo.bytes);
    cr_expect(memcmp(shot.body, photo.data, photo.bytes) == 0);
    plain_free(&shot);
}

static void expect_neither(const struct person *person, const struct names *names)
{
    cr_expect_eq(status_of(person, names->drawing), 404);
    cr_expect_eq(status_of(person, names->photo), 404);
}

/* ---- tests ---- */

Test(pictures, travel_with_their_idea_and_outlive_a_restart)
{
    struct names names = submit_both();
    expect_both(anna, &names);
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
    struct person *stage = talk_stage(&hall);
    talk_return(stage, "stage", 0);
    cJSON *change = talk_hear(stage, "change");
    struct names shown = names_in(
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(change, "ideas"), 0));
    cr_expect_str_eq(shown.drawing, names.drawing);
    cr_expect_str_eq(shown.photo, names.photo);
    cJSON_Delete(change);
    expect_both(NULL, &names);
    cr_expect_eq(server_stop(&server, SIGTERM), 0);
    server_start(&server, NULL);
    talk_follow(&hall);
    expect_both(NULL, &names);
}

Test(pictures, are_for_those_only_who_may_see_their_idea)
{
    struct person *bela = talk_participant(&hall, NULL);
    struct names names = submit_both();
    expect_neither(NULL, &names);
    expect_neither(bela, &names);
    expect_both(anna, &names);
    expect_both(moderator, &names);
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
    expect_both(NULL, &names);
    expect_both(bela, &names);
    talk_do(moderator, NULL, "idea.hide", "\"idea\":\"1\",\"reason\":\"off-topic\"");
    expect_neither(NULL, &names);
    expect_neither(bela, &names);
    expect_both(anna, &names);
    expect_both(moderator, &names);
}

Test(pictures, stay_on_a_poll_that_was_opened)
{
    struct names names = submit_both();
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
    talk_do(moderator, "idea", "idea.submit", "\"title\":\"Baum\",\"text\":\"\"");
    talk_do(
        moderator, "poll", "poll.create",
        "\"question\":\"Was?\",\"form\":\"approval\",\"method\":\"approval\",\"seats\":1,"
        "\"ranks\":1,\"ties\":false,\"live\":false,\"publication\":\"order\","
        "\"options\":[\"1\",\"2\"]");
    talk_do(moderator, NULL, "poll.open", "\"poll\":\"1\"");
    talk_do(
        moderator, NULL, "idea.edit",
        "\"idea\":\"1\",\"title\":\"Rampe\",\"text\":\"\",\"drawing\":\"\",\"photo\":"
        "\"\"");
    talk_do(moderator, NULL, "idea.hide", "\"idea\":\"1\",\"reason\":\"off-topic\"");
    expect_both(NULL, &names);
}

Test(pictures, are_kept_by_an_edit_that_does_not_name_them_and_taken_off_by_nothing)
{
    struct names names = submit_both();
    talk_do(anna, NULL, "idea.edit", "\"idea\":\"1\",\"title\":\"Rampe!\",\"text\":\"\"");
    struct names kept = hear_mine(anna);
    cr_expect_str_eq(kept.drawing, names.drawing);
    cr_expect_str_eq(kept.photo, names.photo);
    talk_do(
        moderator, NULL, "idea.edit",
        "\"idea\":\"1\",\"title\":\"Rampe!\",\"text\":\"\",\"photo\":\"\"");
    kept = hear_mine(anna);
    cr_expect_str_eq(kept.drawing, names.drawing);
    cr_expect_str_eq(kept.photo, "");
    cr_expect_eq(status_of(moderator, names.drawing), 200);
    cr_expect_eq(status_of(moderator, names.photo), 404);
    cr_expect_eq(status_of(anna, names.photo), 404);
}

Test(pictures, that_say_where_they_were_taken_are_refused)
{
    buf_clear(&photo);
    jpeg_with_exif(&photo, 300, 200);
    expect_refused(anna, "image/jpeg", 400, "picture-metadata");
    buf_clear(&photo);
    buf_text(&photo, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    expect_refused(anna, "image/jpeg", 400, "not-a-picture");
    buf_clear(&photo);
    webp_of(&photo, 300, 200);
    expect_refused(anna, "image/jpeg", 400, "not-a-picture");
    struct plain_reply reply = send_file(anna, "image/webp", buf_span(&photo));
    cr_expect_eq(reply.status, 200);
    plain_free(&reply);
}

Test(pictures, are_sent_by_those_only_who_are_in)
{
    struct person *stage = talk_stage(&hall);
    expect_refused(NULL, "image/jpeg", 401, "no-session");
    expect_refused(stage, "image/jpeg", 401, "no-session");
    struct plain_reply reply = plain_talk(
        &server, &(struct plain_ask){
                     "POST", "/media?event=0000000", anna->cookie, "image/jpeg",
                     buf_span(&photo)});
    cr_expect_eq(reply.status, 404);
    plain_free(&reply);
}

static void expect_unknown(struct person *person, const char *id)
{
    cr_expect_str_eq(
        talk_refusal(
            person, "idea.submit", "\"title\":\"a\",\"text\":\"\",\"photo\":\"%s\"", id),
        "unknown-photo");
}

Test(pictures, a_photo_is_its_senders_and_the_newest_one_alone)
{
    char first[33];
    struct person *bela = talk_participant(&hall, NULL);
    expect_unknown(anna, "00112233445566778899aabbccddeeff");
    snprintf(first, sizeof first, "%s", upload(anna));
    expect_unknown(bela, first);
    const char *second = upload(anna);
    expect_unknown(anna, first);
    talk_do(
        anna, "idea", "idea.submit", "\"title\":\"a\",\"text\":\"\",\"photo\":\"%s\"",
        second);
    expect_unknown(anna, second);
}

Test(pictures, a_photo_is_sent_again_after_a_restart)
{
    char id[33];
    snprintf(id, sizeof id, "%s", upload(anna));
    cr_expect_eq(server_stop(&server, SIGTERM), 0);
    server_start(&server, NULL);
    talk_follow(&hall);
    talk_return(anna, "participant", 0);
    cJSON_Delete(talk_hear(anna, "welcome"));
    expect_unknown(anna, id);
    struct names names = submit_both();
    expect_both(anna, &names);
}

/* Says it, word for word, and returns the answer. */
static cJSON *say_again(struct person *person, const char *message)
{
    talk_say(person, "%s", message);
    cJSON *answer = NULL;
    while (answer == NULL) {
        answer = talk_hear(person, "done");
        const cJSON *idea = cJSON_GetObjectItemCaseSensitive(answer, "idea");
        if (idea == NULL) {
            cJSON_Delete(answer);
            answer = NULL;
        }
    }
    return answer;
}

Test(pictures, a_repeat_gets_the_first_answer_though_the_photo_is_gone)
{
    char message[512];
    snprintf(
        message, sizeof message,
        "{\"op\":\"idea.submit\",\"id\":\"abababababababababababababababab\","
        "\"title\":\"Rampe\",\"text\":\"\",\"drawing\":\"" DRAWING "\",\"photo\":\"%s\"}",
        upload(anna));
    for (int i = 0; i < 3; i++) {
        cJSON *answer = say_again(anna, message);
        cr_expect_str_eq(text_of(answer, "idea"), "1");
        cJSON_Delete(answer);
    }
    /* twice at once: the second is folded as a repeat of the first */
    char twice[512];
    snprintf(
        twice, sizeof twice,
        "{\"op\":\"idea.submit\",\"id\":\"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd\","
        "\"title\":\"Zwei\",\"text\":\"\",\"photo\":\"%s\"}",
        upload(anna));
    talk_say(anna, "%s", twice);
    cJSON *second = say_again(anna, twice);
    cJSON *third = say_again(anna, twice);
    cr_expect_str_eq(text_of(second, "idea"), "2");
    cr_expect_str_eq(text_of(third, "idea"), "2");
    cJSON_Delete(second);
    cJSON_Delete(third);
}

/* The value of a metric. */
static long metric(const char *name)
{
    int status = 0;
    char *text = talk_get(&hall, "/metrics", NULL, &status);
    char line[128];
    snprintf(line, sizeof line, "\nstimmwerk_%s ", name);
    const char *at = strstr(text, line);
    cr_assert_not_null(at, "%s", name);
    long value = strtol(at + strlen(line), NULL, 10);
    free(text);
    return value;
}

#define PHONES 100

Test(pictures, a_hall_that_looks_at_once_costs_one_read)
{
    static int lines[PHONES];
    char path[96];
    struct names names = submit_both();
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
    cr_assert_eq(metric("pictures_read_total"), 0);
    snprintf(path, sizeof path, "/picture/%s/%s", hall.event, names.photo);
    for (int i = 0; i < PHONES; i++) {
        lines[i] = plain_send(&server, &(struct plain_ask){"GET", path, NULL, NULL, {0}});
    }
    for (int i = 0; i < PHONES; i++) {
        struct plain_reply reply = plain_read(lines[i]);
        cr_expect_eq(reply.status, 200);
        cr_expect_eq(reply.bytes, photo.bytes);
        plain_free(&reply);
    }
    cr_expect_eq(metric("pictures_read_total"), 1);
    cr_expect_eq(metric("photos_staged_bytes"), 0);
    cr_expect_eq(metric("pictures_kept_bytes"), (long)photo.bytes);
}

/* Is the file in the folder below the server's, and is it this? */
static bool is_exported(const char *name, const char *content, size_t bytes)
{
    char path[160];
    char read_back[4096];
    snprintf(path, sizeof path, "%s/x/%s", server.folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    size_t n = fread(read_back, 1, sizeof read_back, file);
    fclose(file);
    return content == NULL || (n == bytes && memcmp(read_back, content, bytes) == 0);
}

static void export_to_x(bool auditor)
{
    char out[4096];
    char folder[96];
    snprintf(folder, sizeof folder, "%s/x", server.folder);
    const char *const args[] = {"export", "--event", hall.event,
                                "--out",  folder,    auditor ? "--auditor" : NULL,
                                NULL};
    cr_assert_eq(server_run(&server, args, true, out, sizeof out), 0, "%s", out);
}

Test(pictures, are_exported_as_far_as_their_ideas_are)
{
    submit_both();
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
    submit_both();
    export_to_x(true);
    cr_expect(is_exported("pictures/1-drawing.svg", NULL, 0));
    cr_expect(is_exported("pictures/1-photo.jpg", (const char *)photo.data, photo.bytes));
    cr_expect(is_exported("pictures/2-photo.jpg", NULL, 0));
    export_to_x(false);
    cr_expect(is_exported("pictures/1-photo.jpg", NULL, 0));
    cr_expect_not(is_exported("pictures/2-photo.jpg", NULL, 0), "an auditor's");
    cr_expect_not(is_exported("pictures/2-drawing.svg", NULL, 0));
}

Test(pictures, are_in_the_desks_zip)
{
    char path[64];
    char file[96];
    char command[300];
    submit_both();
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
    snprintf(path, sizeof path, "/export/%s.zip", hall.event);
    struct plain_reply zip = plain_talk(
        &server, &(struct plain_ask){"GET", path, moderator->cookie, NULL, {0}});
    cr_assert_eq(zip.status, 200);
    snprintf(file, sizeof file, "%s/x.zip", server.folder);
    FILE *out = fopen(file, "wb");
    fwrite(zip.body, 1, zip.bytes, out);
    fclose(out);
    plain_free(&zip);
    snprintf(
        command, sizeof command,
        "cmake -E tar tf %s | grep -c '^pictures/1-\\(drawing.svg\\|photo.jpg\\)$' | "
        "grep -qx 2",
        file);
    cr_expect_eq(system(command), 0);
}

Test(pictures, of_no_such_name_are_not_found)
{
    static const char *const names[] = {
        "",
        "x",
        "00112233445566778899aabbccddeeff",
        "00112233445566778899aabbccddeeff00",
        "..",
        "00112233445566778899aabbccddeef/"};
    submit_both();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cr_expect_eq(status_of(moderator, names[i]), 404, "%s", names[i]);
    }
}

Test(pictures, a_drawing_of_another_grammar_is_refused)
{
    cJSON *answer = talk_ask(
        anna, "idea.submit", "\"title\":\"a\",\"text\":\"\",\"drawing\":\"a1M1 1z\"");
    cr_expect_str_eq(text_of(answer, "err"), "bad-value");
    cr_expect_str_eq(text_of(answer, "key"), "drawing");
    cJSON_Delete(answer);
}
