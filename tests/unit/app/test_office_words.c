/* The words that new events look out for: written by the office, taken along at the
 * desk. */
#include "app/hall_notice.h"

#include "office_kit.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#define SET "{\"do\":\"words.set\",\"words\":\" Blöd*\\r\\nDepp \"}"
#define CREATE                                                                           \
    "{\"do\":\"event.create\",\"title\":\"T\",\"mode\":\"open\",\"langs\":[\"de\"]}"

/* The event's list as the desk is told it; "": none. Lives until the next call. */
static const char *list_of(const struct event *event)
{
    static char list[256];
    const struct wire_texts *texts = hall_texts(fixture.hall);
    struct span doc = texts->find(texts->ctx, &event->words.id);
    cJSON *content = cJSON_ParseWithLength((const char *)doc.data, doc.bytes);
    const cJSON *title = cJSON_GetObjectItemCaseSensitive(content, "title");
    snprintf(list, sizeof list, "%s", title != NULL ? cJSON_GetStringValue(title) : "");
    cJSON_Delete(content);
    return list;
}

static struct event *created(const char *request)
{
    ask(request);
    cr_assert(is_ok(), "%s", text("err"));
    return hall_event_by_code(fixture.hall, text("event"));
}

static struct event *copy_of(const struct event *from)
{
    char request[96];
    snprintf(
        request, sizeof request,
        "{\"do\":\"event.create\",\"title\":\"T\",\"copy\":\"%s\"}", from->code);
    return created(request);
}

Test(office, writes_words_that_new_events_begin_with)
{
    const struct event *before = created(CREATE);
    ask("{\"do\":\"words.list\"}");
    cr_expect_str_eq(text("words"), "");
    ask(SET);
    cr_assert(is_ok(), "%s", text("err"));
    int64_t first = before->id;
    fixture_reopen(&fixture);
    ask("{\"do\":\"words.list\"}");
    cr_expect_str_eq(text("words"), "Blöd*\nDepp");
    int64_t second = created(CREATE)->id;
    fixture_reopen(&fixture);
    const struct event *after = hall_event(fixture.hall, second);
    cr_expect_str_eq(list_of(after), "Blöd*\nDepp");
    cr_expect_eq(after->act_count, 0, "nobody at the desk did it, or takes it back");
    cr_expect_str_eq(list_of(hall_event(fixture.hall, first)), "", "it stays as it was");
}

Test(office, gives_a_new_event_no_words_where_there_are_none)
{
    ask(SET);
    ask("{\"do\":\"words.set\",\"words\":\" \"}");
    cr_assert(is_ok());
    const struct event *event = created(CREATE);
    cr_expect(uid_is_zero(&event->words.id));
    cr_expect_eq(event->words_pos, 0, "and no entry that says so");
}

Test(office, copies_an_events_own_words_and_else_gives_its_own)
{
    ask(SET);
    struct event *from = created(CREATE);
    int64_t moderator = fixture_person(&fixture, from, ROLE_MODERATOR);
    struct hall_content own;
    cr_assert_eq(hall_content_new(fixture.hall, NULL, "Quatsch", NULL, &own), ERR_OK);
    struct entry entry = {
        .kind = ENTRY_EVENT_WORDS,
        .role = ROLE_MODERATOR,
        .actor = moderator,
        .as.event_words = own.ref};
    cr_assert_eq(fixture_submit(&fixture, from, &entry).err, ERR_OK);
    hall_content_fini(&own);
    const struct event *copy = copy_of(from);
    cr_expect_str_eq(list_of(copy), "Quatsch");
    cr_expect_neq(
        memcmp(&copy->words.id, &from->words.id, sizeof copy->words.id), 0,
        "deleting one event leaves the other's");
    entry.as.event_words = (struct content_ref){0};
    entry.command = (struct uid){0};
    cr_assert_eq(fixture_submit(&fixture, from, &entry).err, ERR_OK);
    cr_expect_str_eq(list_of(copy_of(from)), "Blöd*\nDepp");
}

static void expect_refused(size_t chars, const char *err)
{
    char request[WORDS_CHARS_MAX + 64] = "{\"do\":\"words.set\",\"words\":\"";
    size_t at = strlen(request);
    memset(request + at, 'a', chars);
    snprintf(request + at + chars, sizeof request - at - chars, "\"}");
    ask(request);
    cr_expect_str_eq(text("err"), err);
}

Test(office, refuses_words_as_the_desk_does_and_keeps_what_was)
{
    ask(SET);
    expect_refused(WORDS_CHARS_MAX + 1, "text-too-long");
    ask("{\"do\":\"words.set\"}");
    cr_expect_str_eq(text("err"), "missing-key");
    ask("{\"do\":\"words.set\",\"words\":\"\xff\"}");
    cr_expect_str_eq(text("err"), "bad-utf8");
    ask("{\"do\":\"words.set\",\"words\":\"a\\u0007b\"}");
    cr_expect_str_eq(text("err"), "bad-value");
    ask("{\"do\":\"notice.set\",\"name\":\"words\",\"text\":\"x\"}");
    cr_expect_str_eq(text("err"), "bad-value", "they are no notice");
    ask("{\"do\":\"words.list\"}");
    cr_expect_str_eq(text("words"), "Blöd*\nDepp");
    expect_refused(WORDS_CHARS_MAX, "");
}
