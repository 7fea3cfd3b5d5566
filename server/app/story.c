#include "app/story.h"

#include <stdlib.h>

#define BUSY_RETRY_MS 500

struct reply *
reply_new(struct server *server, const struct visitor *visitor, const struct entry *entry)
{
    struct reply *reply = malloc(sizeof *reply);
    if (reply == NULL) {
        reply_refused(
            server, visitor->conn, &entry->command, ERR_NOMEM, BUSY_RETRY_MS, NULL);
        return NULL;
    }
    *reply = (struct reply){
        .server = server,
        .conn = visitor->conn,
        .id = entry->command,
        .event = visitor->event,
        .quiet = story_is_quiet(entry->kind)};
    return reply;
}

void reply_text(struct server *server, struct net_conn conn, struct buf *text)
{
    struct net_frame *frame = buf_failed(text) ? NULL : net_frame_new(buf_span(text));
    buf_fini(text);
    if (frame == NULL) {
        net_kick(server->net, conn, 1013); /* silence would be taken for an answer lost */
        return;
    }
    net_send(server->net, conn, frame);
    net_frame_unref(frame);
}

void reply_refused(
    struct server *server, struct net_conn conn, const struct uid *id, enum err err,
    int64_t retry_ms, const struct wire_fault *fault)
{
    struct buf text;
    server->refused_total++;
    err = err_told(err);
    buf_init(&text, FRAME_OTHER_BYTES_MAX);
    if (err == ERR_BUSY && retry_ms == 0) {
        retry_ms = BUSY_RETRY_MS;
    }
    wire_encode_refused(&text, id, err, retry_ms, fault);
    reply_text(server, conn, &text);
}

void reply_done(struct server *server, struct net_conn conn, const struct uid *id)
{
    struct buf text;
    buf_init(&text, FRAME_OTHER_BYTES_MAX);
    wire_encode_done(&text, id, 0, NULL, 0);
    reply_text(server, conn, &text);
}

static void
tell_author(struct server *server, struct event *event, const struct idea *idea)
{
    struct buf text;
    buf_init(&text, 2 * (size_t)FRAME_IDEA_BYTES_MAX);
    wire_encode_mine(&text, event, idea, hall_texts(server->hall));
    struct net_frame *frame = buf_failed(&text) ? NULL : net_frame_new(buf_span(&text));
    buf_fini(&text);
    visitors_send_to(server, event, idea->author, frame);
    net_frame_unref(frame);
}

bool story_is_quiet(enum entry_kind kind)
{
    return kind == ENTRY_EVENT_SET || kind == ENTRY_PERSON_NICK ||
           kind == ENTRY_IDEA_TEAM || kind == ENTRY_PERSON_BAN;
}

/* Whoever wrote an idea that the act there has changed. */
static void tell_authors(struct server *server, struct event *event, int64_t pos)
{
    for (size_t i = 0; i < event->idea_count; i++) {
        const struct idea *idea = &event->ideas[i];
        if (idea->changed_pos == pos && visitors_has(server, event, idea->author)) {
            tell_author(server, event, idea);
        }
    }
}

void reply_outcome(void *ctx, const struct outcome *outcome)
{
    struct reply *reply = ctx;
    if (outcome->err != ERR_OK) {
        reply_refused(reply->server, reply->conn, &reply->id, outcome->err, 0, NULL);
        free(reply);
        return;
    }
    staging_drop(&reply->server->staging, &reply->photo);
    struct buf text;
    buf_init(&text, FRAME_OTHER_BYTES_MAX);
    wire_encode_done(&text, &reply->id, outcome->pos, reply->made_key, outcome->id);
    reply_text(reply->server, reply->conn, &text);
    if (!reply->quiet) {
        tell_authors(reply->server, reply->event, outcome->pos);
    }
    free(reply);
}

void story_submit(
    struct server *server, struct visitor *visitor, struct entry *entry,
    struct hall_docs docs, const char *made_key)
{
    struct reply *reply = reply_new(server, visitor, entry);
    if (reply != NULL) {
        reply->made_key = made_key;
        hall_submit(server->hall, visitor->event, entry, docs, reply_outcome, reply);
    }
}

struct entry story_entry(
    enum entry_kind kind, const struct visitor *visitor, const struct uid *command)
{
    return (struct entry){
        .kind = kind,
        .command = *command,
        .actor = visitor->participant,
        .role = visitor->role,
    };
}

bool story_settled(
    struct server *server, const struct visitor *visitor, const struct entry *entry,
    const char *made_key)
{
    struct outcome outcome = {0};
    bool known =
        event_find_command(visitor->event, entry->actor, &entry->command, &outcome);
    if (!known) {
        outcome.err = event_check(visitor->event, entry);
    }
    if (!known && outcome.err == ERR_OK) {
        return false;
    }
    struct reply *reply = reply_new(server, visitor, entry);
    if (reply != NULL) {
        reply->made_key = made_key;
        reply_outcome(reply, &outcome);
    }
    return true;
}
