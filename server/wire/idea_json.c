#include "wire/idea_json.h"

#include "domain/picture.h"
#include "wire/content.h"
#include "wire/follow_json.h"
#include "wire/reply.h"

#include <assert.h>

enum idea_sight idea_public_sight(const struct idea *idea)
{
    switch (idea->state) {
    case IDEA_PENDING:
        return SIGHT_NONE;
    case IDEA_PUBLISHED:
        return SIGHT_FULL;
    case IDEA_HIDDEN:
        return idea_went_with_author(idea) ? SIGHT_NONE : SIGHT_GONE;
    case IDEA_WITHDRAWN:
        return SIGHT_GONE;
    case IDEA_MERGED:
        switch (idea->state_before_merge) {
        case IDEA_PUBLISHED:
            return SIGHT_MERGED;
        case IDEA_HIDDEN:
        case IDEA_WITHDRAWN:
            return SIGHT_GONE;
        case IDEA_PENDING:
        case IDEA_MERGED:
        case IDEA_STATE_COUNT:
            return SIGHT_NONE;
        }
        break;
    case IDEA_STATE_COUNT:
        break;
    }
    assert(false);
    return SIGHT_NONE;
}

static void write_part(struct buf *out, const char *key, struct span value)
{
    buf_printf(out, ",\"%s\":", key);
    buf_bytes(out, value.data, value.bytes);
}

void idea_write_texts(
    struct buf *out, const struct content_ref *content, const struct wire_texts *texts)
{
    struct content_parts parts;
    content_find(texts, content, &parts);
    write_part(out, "title", parts.title);
    write_part(out, "text", parts.text);
    write_part(out, "lang", parts.lang);
}

static void write_name(struct buf *out, const char *key, const struct picture *picture)
{
    struct uid name = picture_name(picture);
    buf_printf(out, "\"%s\":\"", key);
    buf_hex(out, name.bytes, UID_BYTES);
    buf_char(out, '"');
}

void idea_write_pictures(
    struct buf *out, const struct event *event, const struct pictures *pictures)
{
    const struct idea_picture *drawing = event_picture(event, pictures->drawing);
    const struct idea_picture *photo = event_picture(event, pictures->photo);
    if (drawing != NULL) {
        buf_char(out, ',');
        write_name(out, "drawing", &drawing->is);
    }
    if (photo != NULL) {
        buf_text(out, ",\"photo\":{");
        write_name(out, "name", &photo->is);
        reply_int(out, "width", photo->is.photo.width);
        reply_int(out, "height", photo->is.photo.height);
        buf_char(out, '}');
    }
}

static void
write_note(struct buf *out, const struct idea *idea, const struct wire_texts *texts)
{
    if (uid_is_zero(&idea->note.id)) {
        return;
    }
    struct content_parts parts;
    content_find(texts, &idea->note, &parts);
    write_part(out, "note", parts.title);
}

static void write_head(struct buf *out, const struct idea *idea, const char *state)
{
    buf_printf(out, "{\"idea\":\"%lld\",\"state\":\"%s\"", (long long)idea->id, state);
}

void idea_write_nick(struct buf *out, const struct event *event, int64_t person)
{
    const struct participant *holder = event_participant(event, person);
    if (holder == NULL || holder->nickname.first == 0) {
        return;
    }
    buf_printf(
        out, ",\"nick\":[%u,%u,%lu]", holder->nickname.first, holder->nickname.second,
        (unsigned long)holder->nickname_number);
}

static void
write_tags(struct buf *out, const struct event *event, const struct idea *idea)
{
    bool started = false;
    for (uint16_t i = 0; i < idea->tag_count; i++) {
        if (event_label(event, idea->tags[i]) != NULL) {
            const char *before = started ? "," : ",\"tags\":[";
            buf_printf(out, "%s\"%lld\"", before, (long long)idea->tags[i]);
            started = true;
        }
    }
    buf_text(out, started ? "]" : "");
}

/* `,"reports":{"offensive":2}`: how many people, by reason. */
static void write_reports(struct buf *out, const struct idea *idea)
{
    const char *before = ",\"reports\":{";
    for (int reason = 0; reason < REASON_COUNT; reason++) {
        if (idea->reports[reason] > 0) {
            buf_printf(
                out, "%s\"%s\":%lu", before, reason_code((enum reason)reason),
                (unsigned long)idea->reports[reason]);
            before = ",";
        }
    }
    buf_text(out, before[1] == '\0' ? "}" : "");
}

void idea_write(
    struct buf *out, const struct event *event, const struct idea *idea,
    enum idea_reader reader, const struct wire_texts *texts)
{
    write_head(out, idea, idea_state_name(idea->state));
    if (idea->merged_into != 0) {
        reply_id(out, "into", idea->merged_into);
    }
    idea_write_texts(out, &idea->content, texts);
    write_tags(out, event, idea);
    if (event_idea_challenge(event, idea) != 0) {
        reply_id(out, "challenge", event_idea_challenge(event, idea));
    }
    follow_write(out, event, idea, texts);
    idea_write_pictures(out, event, &idea->pictures);
    bool shown = event->settings.nicknames && idea_carries_nick(idea);
    if (reader != READER_AUTHOR && shown) {
        idea_write_nick(out, event, idea->author);
    }
    reply_int(out, "at", idea->submitted_at_ms);
    if (reader == READER_DESK) {
        reply_id(out, "author", idea->author);
        if (event_label(event, idea->team) != NULL) {
            reply_id(out, "team", idea->team);
        }
        write_reports(out, idea);
    }
    if (reader != READER_PUBLIC && idea->reason != REASON_NONE) {
        reply_string(out, "reason", reason_code(idea->reason));
    }
    if (reader != READER_PUBLIC) {
        write_note(out, idea, texts);
    }
    buf_char(out, '}');
}

void idea_write_gone(struct buf *out, const struct idea *idea)
{
    write_head(out, idea, "gone");
    buf_char(out, '}');
}

void idea_write_merged(struct buf *out, const struct idea *idea)
{
    write_head(out, idea, idea_state_name(IDEA_MERGED));
    reply_id(out, "into", idea->merged_into);
    buf_char(out, '}');
}
