/* A ballot arrives; its acknowledgement goes out after the commit that holds it. */
#include "app/story.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct cast_reply {
    struct server *server;
    struct net_conn conn;
    struct uid id;
    int64_t poll;
};

/* Names the option that was one's own, where that is why. */
static void refuse(const struct cast_reply *reply, const struct outcome *outcome)
{
    struct wire_fault fault = {.has_id = false};
    if (outcome->err == ERR_OWN_TEAM) {
        snprintf(fault.key, sizeof fault.key, "%" PRId64, outcome->id);
    }
    reply_refused(reply->server, reply->conn, &reply->id, outcome->err, 0, &fault);
}

static void on_cast(void *ctx, const struct outcome *outcome, const struct hash *proof)
{
    struct cast_reply *reply = ctx;
    if (outcome->err != ERR_OK) {
        refuse(reply, outcome);
    } else {
        struct buf text;
        buf_init(&text, FRAME_OTHER_BYTES_MAX);
        wire_encode_stored(
            &text, &reply->id, reply->poll, outcome->pos, proof, outcome->counts);
        reply_text(reply->server, reply->conn, &text);
        reply->server->ballots_stored_total += outcome->repeated ? 0 : 1;
    }
    free(reply);
}

/* A ballot for a poll that went with the end of a log is none for its successor. */
static bool
is_other_poll(const struct visitor *visitor, int64_t id, const struct uid *uid)
{
    const struct poll *poll = event_poll(visitor->event, id);
    return poll != NULL && !uid_is_zero(uid) && !uid_equal(&poll->uid, uid);
}

void story_cast(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    if (is_other_poll(visitor, request->as.cast.poll, &request->as.cast.uid)) {
        reply_refused(server, visitor->conn, &request->id, ERR_UNKNOWN_POLL, 0, NULL);
        return;
    }
    struct cast_reply *reply = malloc(sizeof *reply);
    if (reply == NULL) {
        reply_refused(server, visitor->conn, &request->id, ERR_BUSY, 0, NULL);
        return;
    }
    *reply = (struct cast_reply){
        .server = server,
        .conn = visitor->conn,
        .id = request->id,
        .poll = request->as.cast.poll,
    };
    const struct hall_ballot ballot = {
        .event = visitor->event,
        .poll = reply->poll,
        .participant = visitor->participant,
        .cast = &request->as.cast.cast,
    };
    hall_cast(server->hall, &ballot, on_cast, reply);
}
