#include "wire/desk_json.h"

#include "domain/access.h"
#include "wire/content.h"
#include "wire/reply.h"

static void write_name(
    struct buf *out, const struct desk_place *place, const struct wire_texts *texts)
{
    struct content_parts parts;
    if (uid_is_zero(&place->name.id)) {
        return;
    }
    content_find(texts, &place->name, &parts);
    buf_text(out, ",\"name\":");
    buf_bytes(out, parts.title.data, parts.title.bytes);
}

/* A place that waits says until when its link is good. */
static void write_times(struct buf *out, const struct desk_place *place)
{
    reply_int(out, "at", place->made_at_ms);
    if (place->made_by != 0) {
        reply_id(out, "by", place->made_by);
    }
    if (place->sat_at_ms != 0) {
        reply_int(out, "sat", place->sat_at_ms);
    } else {
        reply_int(out, "until", place->made_at_ms + DESK_LINK_MS);
    }
    if (place->revoked_at_ms != 0) {
        reply_int(out, "revoked", place->revoked_at_ms);
    }
}

void desk_write(
    struct buf *out, const struct event *event, int64_t from,
    const struct wire_texts *texts)
{
    if (event->desk_count == 0 || event->desk_changed_pos <= from) {
        return;
    }
    buf_text(out, ",\"desk\":[");
    for (size_t i = 0; i < event->desk_count; i++) {
        const struct desk_place *place = &event->desk[i];
        buf_printf(
            out, "%s{\"person\":\"%lld\",\"number\":%zu", i > 0 ? "," : "",
            (long long)place->person, i + 1);
        reply_string(out, "role", role_name(place->role));
        write_name(out, place, texts);
        write_times(out, place);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

void bans_write(struct buf *out, const struct event *event, int64_t from)
{
    const char *before = ",\"banned\":[";
    if (event->bans_pos == 0 || event->bans_pos <= from) {
        return;
    }
    for (size_t i = 0; event->banned > 0 && i < event->participant_count; i++) {
        const struct ban *ban = &event->participants[i].ban;
        if (ban->pos != 0) {
            buf_printf(out, "%s{\"idea\":\"%lld\"", before, (long long)ban->idea);
            reply_id(out, "by", ban->by);
            reply_int(out, "at", ban->at_ms);
            buf_char(out, '}');
            before = ",";
        }
    }
    buf_text(out, before[1] == '\0' ? "]" : ",\"banned\":[]");
}

void words_write(
    struct buf *out, const struct event *event, int64_t from,
    const struct wire_texts *texts)
{
    struct content_parts parts;
    if (event->words_pos > from) {
        content_find(texts, &event->words, &parts);
        buf_text(out, ",\"words\":");
        buf_bytes(out, parts.title.data, parts.title.bytes);
    }
}

void wifi_write(
    struct buf *out, const struct event *event, int64_t from, bool desk,
    const struct wire_texts *texts)
{
    const struct content_ref none = {0};
    bool told = desk || event->wifi.shown;
    struct content_parts parts;
    if (event->wifi_pos > from) {
        content_find(texts, told ? &event->wifi.content : &none, &parts);
        buf_text(out, ",\"wifi\":{\"name\":");
        buf_bytes(out, parts.title.data, parts.title.bytes);
        buf_text(out, ",\"password\":");
        buf_bytes(out, parts.text.data, parts.text.bytes);
        reply_bool(out, "shown", event->wifi.shown);
        buf_char(out, '}');
    }
}

void desk_write_rights(struct buf *out, enum role role)
{
    static const char *const names[SIGHT_COUNT] = {
        [SIGHT_DESK] = "desk",     [SIGHT_RESULTS] = "results",
        [SIGHT_EXPORT] = "export", [SIGHT_BALLOTS] = "ballots",
        [SIGHT_WIFI] = "wifi",
    };
    const char *before = "\"";
    buf_text(out, ",\"may\":[");
    for (int op = 0; op < OP_COUNT; op++) {
        bool shared = op == OP_HELLO || op == OP_PING;
        if (!shared && wire_op_allowed((enum op)op, role)) {
            buf_printf(out, "%s%s\"", before, wire_op_code((enum op)op));
            before = ",\"";
        }
    }
    before = "\"";
    buf_text(out, "],\"sees\":[");
    for (int sight = 0; sight < SIGHT_COUNT; sight++) {
        if (access_sees(role, (enum sight)sight)) {
            buf_printf(out, "%s%s\"", before, names[sight]);
            before = ",\"";
        }
    }
    buf_char(out, ']');
}
