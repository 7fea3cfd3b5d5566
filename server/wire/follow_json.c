#include "wire/follow_json.h"

#include "wire/content.h"
#include "wire/day_fields.h"
#include "wire/idea_json.h"
#include "wire/reply.h"

static void write_part(struct buf *out, const char *key, struct span value)
{
    if (value.bytes > 2) { /* more than "" */
        buf_printf(out, ",\"%s\":", key);
        buf_bytes(out, value.data, value.bytes);
    }
}

static void
write_step(struct buf *out, const struct follow *step, const struct wire_texts *texts)
{
    struct content_parts parts;
    content_find(texts, &step->content, &parts);
    buf_printf(out, "{\"state\":\"%s\"", follow_state_name(step->state));
    write_part(out, "department", parts.title);
    write_part(out, "note", parts.text);
    write_part(out, "lang", parts.lang);
    if (!day_is_none(step->next)) {
        buf_text(out, ",\"next\":");
        day_write(out, step->next);
    }
    reply_int(out, "at", step->at_ms);
    buf_char(out, '}');
}

void follow_write(
    struct buf *out, const struct event *event, const struct idea *idea,
    const struct wire_texts *texts)
{
    const struct follow *step = event_follow(event, idea->follow);
    if (step != NULL) {
        buf_text(out, ",\"follow\":");
        write_step(out, step, texts);
    }
}

/* ---- pages ---- */

static void
write_event(struct buf *out, const struct event *event, const struct wire_texts *texts)
{
    struct content_parts parts;
    content_find(texts, &event->title, &parts);
    buf_printf(out, "{\"event\":\"%s\",\"title\":", event->code);
    buf_bytes(out, parts.title.data, parts.title.bytes);
    reply_string(out, "lang", event->lang_count > 0 ? event->langs[0] : "");
}

static void write_steps(
    struct buf *out, const struct event *event, const struct idea *idea,
    const struct wire_texts *texts)
{
    const struct follow *step = event_follow(event, idea->follow);
    const char *before = ",\"steps\":[";
    for (; step != NULL; step = event_follow(event, step->before)) {
        buf_text(out, before);
        write_step(out, step, texts);
        before = ",";
    }
    buf_text(out, before[1] == '\0' ? "]" : "");
}

static void write_place(
    struct buf *out, const struct wire_place *place, const struct wire_texts *texts)
{
    struct content_parts parts;
    content_find(texts, &place->poll->spec.question, &parts);
    buf_printf(out, "{\"poll\":\"%lld\",\"question\":", (long long)place->poll->id);
    buf_bytes(out, parts.title.data, parts.title.bytes);
    write_part(out, "lang", parts.lang);
    if (place->yesno) {
        reply_bool(out, "accepted", place->place == 1);
    } else {
        reply_int(out, "place", place->place);
        reply_int(out, "of", place->of);
    }
    buf_char(out, '}');
}

void wire_encode_followed(
    struct buf *out, const struct event *event, const struct idea *idea,
    const struct wire_place *places, size_t place_count, const struct wire_texts *texts)
{
    write_event(out, event, texts);
    buf_text(out, ",\"idea\":");
    idea_write(out, event, idea, READER_PUBLIC, texts);
    write_steps(out, event, idea, texts);
    buf_text(out, place_count > 0 ? ",\"polls\":[" : "");
    for (size_t i = 0; i < place_count; i++) {
        buf_text(out, i > 0 ? "," : "");
        write_place(out, &places[i], texts);
    }
    buf_text(out, place_count > 0 ? "]}" : "}");
}

void wire_encode_followed_into(
    struct buf *out, const struct event *event, int64_t into,
    const struct wire_texts *texts)
{
    write_event(out, event, texts);
    reply_id(out, "into", into);
    buf_char(out, '}');
}

static bool has_gone_on(const struct idea *idea)
{
    return idea->follow != 0 && idea->state == IDEA_PUBLISHED;
}

/* Those of ideas[from …]. */
static void write_followups(
    struct buf *out, const struct event *event, size_t from,
    const struct wire_texts *texts)
{
    const char *before = "";
    write_event(out, event, texts);
    buf_text(out, ",\"ideas\":[");
    for (size_t i = from; i < event->idea_count; i++) {
        if (has_gone_on(&event->ideas[i])) {
            buf_text(out, before);
            idea_write(out, event, &event->ideas[i], READER_PUBLIC, texts);
            before = ",";
        }
    }
    buf_text(out, "]}");
}

/* The first of the newest ideas that fit beside a list of none. */
static size_t first_that_fits(
    struct buf *out, const struct event *event, const struct wire_texts *texts)
{
    struct buf one;
    size_t i = event->idea_count;
    buf_init(&one, out->bytes_max);
    write_followups(&one, event, i, texts);
    size_t bytes = one.bytes;
    while (i > 0 && !buf_failed(&one)) {
        buf_clear(&one);
        if (has_gone_on(&event->ideas[i - 1])) {
            idea_write(&one, event, &event->ideas[i - 1], READER_PUBLIC, texts);
            bytes += one.bytes + 1; /* with its comma */
        }
        if (buf_failed(&one) || bytes > out->bytes_max) {
            break;
        }
        i--;
    }
    buf_fini(&one);
    return i;
}

void wire_encode_followups(
    struct buf *out, const struct event *event, const struct wire_texts *texts)
{
    write_followups(out, event, 0, texts);
    if (buf_err(out) == ERR_TOO_LARGE) {
        buf_clear(out);
        write_followups(out, event, first_that_fits(out, event, texts), texts);
    }
}
