/* What every screen gets: changes and counters. Who sees what is decided here, object by
 * object: a public view never holds what was not released. */
#include "wire/acts_json.h"
#include "wire/agenda_json.h"
#include "wire/content.h"
#include "wire/desk_json.h"
#include "wire/idea_json.h"
#include "wire/paper_json.h"
#include "wire/poll_json.h"
#include "wire/reply.h"
#include "wire/support_json.h"
#include "wire/ticket_json.h"

struct change {
    struct buf *out;
    const struct event *event;
    enum view view;
    int64_t from;
    const struct wire_texts *texts;
};

/* A list that is left out while empty: `,"ideas":[` or a comma before each object. */
static void open_item(struct buf *out, const char *key, bool *started)
{
    if (*started) {
        buf_char(out, ',');
    } else {
        buf_printf(out, ",\"%s\":[", key);
    }
    *started = true;
}

static void close_list(struct buf *out, bool started)
{
    if (started) {
        buf_char(out, ']');
    }
}

static void write_langs(struct buf *out, const struct event *event)
{
    buf_text(out, ",\"langs\":[");
    for (size_t i = 0; i < event->lang_count; i++) {
        buf_text(out, i > 0 ? "," : "");
        buf_json_string(out, span_of_string(event->langs[i]));
    }
    buf_char(out, ']');
}

static const char *const label_lists[LABEL_KIND_COUNT] = {
    [LABEL_GROUP] = "groups",
    [LABEL_TAG] = "tags",
    [LABEL_CHALLENGE] = "challenges",
};

static void write_labels(const struct change *change, enum label_kind kind)
{
    struct buf *out = change->out;
    bool started = false;
    const struct label *labels[LABELS_MAX];
    size_t count = event_labels(change->event, kind, labels);
    for (size_t i = 0; i < count; i++) {
        const struct label *label = labels[i];
        struct content_parts parts;
        content_find(change->texts, &label->name, &parts);
        open_item(out, label_lists[kind], &started);
        buf_printf(out, "{\"label\":\"%lld\",\"name\":", (long long)label->id);
        buf_bytes(out, parts.title.data, parts.title.bytes);
        buf_text(out, ",\"lang\":");
        buf_bytes(out, parts.lang.data, parts.lang.bytes);
        if (label->ticket_only) {
            reply_bool(out, "ticket_only", true);
        }
        if (event_group_challenge(change->event, label) != 0) {
            reply_id(out, "challenge", label->challenge);
        }
        buf_char(out, '}');
    }
    close_list(out, started);
}

static void write_event(const struct change *change)
{
    const struct event *event = change->event;
    struct buf *out = change->out;
    struct content_parts parts;
    content_find(change->texts, &event->title, &parts);
    buf_printf(out, ",\"event\":{\"event\":\"%s\",\"title\":", event->code);
    buf_bytes(out, parts.title.data, parts.title.bytes);
    reply_string(out, "lang", event->lang_count > 0 ? event->langs[0] : "");
    write_langs(out, event);
    reply_string(out, "mode", join_mode_name(event->mode));
    reply_bool(out, "call", event->call_open && event->archived_at_ms == 0);
    if (event->settings.youth) {
        reply_bool(out, "youth", true);
    }
    if (event->settings.nicknames) {
        reply_bool(out, "nicknames", true);
    }
    support_write_setting(out, event);
    agenda_write(out, event);
    write_labels(change, LABEL_GROUP);
    write_labels(change, LABEL_TAG);
    write_labels(change, LABEL_CHALLENGE);
    if (event->restored_at_ms > 0) {
        reply_int(out, "restored", event->restored_at_ms);
    }
    if (event->archived_at_ms > 0) {
        reply_int(out, "archived", event->archived_at_ms);
    }
    buf_char(out, '}');
}

/* ---- ideas ---- */

static enum idea_sight idea_sight(const struct change *change, const struct idea *idea)
{
    if (view_is_desk(change->view)) {
        return SIGHT_FULL;
    }
    enum idea_sight sight = idea_public_sight(idea);
    bool fresh = change->from == 0; /* who starts afresh knows of nothing that is gone */
    if (!fresh && sight == SIGHT_NONE && idea->called_back_pos > change->from) {
        return SIGHT_GONE;
    }
    return fresh && sight == SIGHT_GONE ? SIGHT_NONE : sight;
}

static void
write_idea(const struct change *change, const struct idea *idea, bool *started)
{
    enum idea_sight sight = idea_sight(change, idea);
    if (sight == SIGHT_NONE) {
        return;
    }
    open_item(change->out, "ideas", started);
    if (sight == SIGHT_GONE) {
        idea_write_gone(change->out, idea);
    } else if (sight == SIGHT_MERGED) {
        idea_write_merged(change->out, idea);
    } else {
        bool desk = view_is_desk(change->view);
        enum idea_reader reader = desk ? READER_DESK : READER_PUBLIC;
        idea_write(change->out, change->event, idea, reader, change->texts);
    }
}

static void write_ideas(const struct change *change)
{
    bool started = false;
    for (size_t i = 0; i < change->event->idea_count; i++) {
        const struct idea *idea = &change->event->ideas[i];
        bool reported = view_is_desk(change->view) && idea->reported_pos > change->from;
        if (idea->changed_pos > change->from || reported) {
            write_idea(change, idea, &started);
        }
    }
    close_list(change->out, started);
}

/* ---- polls ---- */

static void
write_poll(const struct change *change, const struct poll *poll, bool *started)
{
    bool desk = view_is_desk(change->view);
    if (!desk && (poll->state == POLL_DRAFT || poll->dropped)) {
        if (change->from > 0 && poll->called_back_pos > change->from) {
            open_item(change->out, "polls", started);
            poll_write_gone(change->out, poll);
        }
        return;
    }
    if (poll->dropped && change->from == 0) {
        return;
    }
    open_item(change->out, "polls", started);
    if (poll->dropped) {
        poll_write_gone(change->out, poll);
    } else {
        poll_write(change->out, change->event, poll, change->texts);
    }
}

/* A draft shows its options' texts as they are now: it changes with them. */
static bool poll_changed(const struct change *change, const struct poll *poll)
{
    bool changed = poll->changed_pos > change->from;
    for (size_t i = 0; poll->state == POLL_DRAFT && i < poll->spec.option_count; i++) {
        const struct idea *idea = event_idea(change->event, poll->spec.options[i]);
        changed = changed || (idea != NULL && idea->changed_pos > change->from);
    }
    return changed;
}

static void write_polls(const struct change *change)
{
    bool started = false;
    for (size_t i = 0; i < change->event->poll_count; i++) {
        const struct poll *poll = change->event->polls[i];
        if (poll_changed(change, poll)) {
            write_poll(change, poll, &started);
        }
    }
    close_list(change->out, started);
}

void wire_encode_change(
    struct buf *out, const struct event *event, enum view view, int64_t from,
    const struct wire_texts *texts)
{
    bool known = from > 0 && from <= event->pos; /* else of another log: start afresh */
    struct change change = {out, event, view, known ? from : 0, texts};
    reply_open(out, PUSH_CHANGE, NULL);
    reply_int(out, "from", change.from);
    reply_int(out, "pos", event->pos);
    if (change.from == 0 || event->changed_pos > change.from) {
        write_event(&change);
    }
    write_ideas(&change);
    support_write(out, event, view, change.from);
    write_polls(&change);
    if (view != VIEW_PUBLIC) {
        wifi_write(out, event, change.from, view_is_desk(view), texts);
    }
    if (view_is_desk(view)) {
        desk_write(out, event, change.from, texts);
        bans_write(out, event, change.from);
        words_write(out, event, change.from, texts);
        if (view == VIEW_DESK) {
            batches_write(out, event, change.from);
        }
        acts_write(out, event, change.from);
    }
    buf_char(out, '}');
}

/* ---- counters ---- */

static int64_t count_pending(const struct event *event)
{
    int64_t count = 0;
    for (size_t i = 0; i < event->idea_count; i++) {
        count += event->ideas[i].state == IDEA_PENDING ? 1 : 0;
    }
    return count;
}

static void write_running(
    struct buf *out, const struct poll *poll, enum view view,
    const struct wire_live *live)
{
    if (live->running == NULL || poll->state != POLL_OPEN) {
        return;
    }
    struct wire_running running = live->running(live->ctx, poll);
    if (view_is_desk(view)) {
        reply_int(out, "started", running.started);
    }
    if (running.closing) {
        reply_int(out, "closing_ms", running.closing_ms);
    }
}

/* At the desk: how many of each share. */
static void write_voted_by(struct buf *out, const struct poll *poll, enum view view)
{
    size_t shares = view_is_desk(view) ? poll->spec.shares.count : 0;
    for (size_t i = 0; i < shares; i++) {
        buf_text(out, i == 0 ? ",\"voted_by\":[" : ",");
        buf_int(out, poll->voted_of[i]);
    }
    buf_text(out, shares > 0 ? "]" : "");
}

/* Of those that are open or closed; and whoever may yet show a sealed one's result is
 * told how small its shares are. */
static bool has_turnout(const struct poll *poll, enum view view)
{
    bool shows = poll->state == POLL_SEALED && !poll->published && view_is_desk(view) &&
                 poll->spec.shares.count > 0;
    return poll->state == POLL_OPEN || poll->state == POLL_CLOSED || shows;
}

static void write_turnout(
    struct buf *out, const struct event *event, enum view view,
    const struct wire_live *live)
{
    bool started = false;
    for (size_t i = 0; i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        if (!has_turnout(poll, view)) {
            continue;
        }
        open_item(out, "polls", &started);
        buf_printf(
            out, "{\"poll\":\"%lld\",\"voted\":%lld", (long long)poll->id,
            (long long)poll->voted);
        write_voted_by(out, poll, view);
        write_running(out, poll, view, live);
        buf_char(out, '}');
    }
    close_list(out, started);
}

static void write_groups(struct buf *out, const struct event *event)
{
    bool started = false;
    for (size_t i = 0; i < event->label_count; i++) {
        const struct label *label = &event->labels[i];
        if (label->kind == LABEL_GROUP && !label->dropped) {
            open_item(out, "groups", &started);
            buf_printf(
                out, "{\"label\":\"%lld\",\"people\":%lld}", (long long)label->id,
                (long long)label->people);
        }
    }
    close_list(out, started);
}

void wire_encode_live(
    struct buf *out, const struct event *event, enum view view,
    const struct wire_live *live)
{
    reply_open(out, PUSH_LIVE, NULL);
    reply_int(out, "online", live->online);
    reply_int(out, "joined", event->people);
    if (view_is_desk(view)) {
        tickets_write(out, event);
        reply_int(out, "pending", count_pending(event));
        reply_int(out, "moderators", event_moderators(event));
        write_groups(out, event);
    }
    timer_write(out, &live->timer);
    write_turnout(out, event, view, live);
    buf_char(out, '}');
}
