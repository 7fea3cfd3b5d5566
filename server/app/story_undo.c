/* Undoing what a moderator did. What stands in the way is named. */
#include "app/story.h"

#include "domain/undo.h"
#include "wire/content.h"

#include <stdlib.h>

/* ---- names: the fold does not see them ---- */

/* Would a label come back under a name that another has by now? */
static enum err
check_name(struct server *server, struct event *event, const struct act *act)
{
    bool named = act->kind == ENTRY_LABEL_DROP || act->kind == ENTRY_LABEL_EDIT;
    const struct label *before = &act->before.label;
    return named && hall_label_taken_ref(
                        server->hall, event, before->kind, &before->name, act->about)
               ? ERR_NAME_TAKEN
               : ERR_OK;
}

static enum err
check(struct server *server, const struct visitor *visitor, const struct entry *entry)
{
    const struct act *act = act_find(visitor->event, entry->as.undo.pos);
    return act != NULL ? check_name(server, visitor->event, act) : ERR_OK;
}

/* ---- the answer ---- */

struct undo_reply {
    struct reply *reply; /* owned until it is answered */
    int64_t pos;
};

/* The position of the act that stands in the way; 0: there is none. */
static int64_t in_the_way(const struct event *event, int64_t pos)
{
    const struct act *act = act_find(event, pos);
    const struct act *way = NULL;
    enum err err = act != NULL ? act_check_undo(event, act, act->at_ms, &way) : ERR_OK;
    return err != ERR_OK && way != NULL ? way->pos : 0;
}

static void answer(void *ctx, const struct outcome *outcome)
{
    struct undo_reply *undo = ctx;
    struct reply *reply = undo->reply;
    bool named = outcome->err == ERR_UNDO_TOUCHED || outcome->err == ERR_UNDO_BUILT_ON;
    if (named) {
        struct buf text;
        buf_init(&text, FRAME_OTHER_BYTES_MAX);
        wire_encode_refused_by(
            &text, &reply->id, outcome->err, in_the_way(reply->event, undo->pos));
        reply->server->refused_total++;
        reply_text(reply->server, reply->conn, &text);
        free(reply);
    } else {
        reply_outcome(reply, outcome);
    }
    free(undo);
}

/* NULL: no memory, and the asker was told. */
static struct undo_reply *
new_reply(struct server *server, const struct visitor *visitor, const struct entry *entry)
{
    struct undo_reply *undo = malloc(sizeof *undo);
    if (undo == NULL) {
        reply_refused(server, visitor->conn, &entry->command, ERR_NOMEM, 0, NULL);
        return NULL;
    }
    *undo = (struct undo_reply){
        .reply = reply_new(server, visitor, entry), .pos = entry->as.undo.pos};
    if (undo->reply == NULL) {
        free(undo);
        return NULL;
    }
    const struct act *act = act_find(visitor->event, undo->pos);
    undo->reply->quiet = act != NULL && story_is_quiet(act->kind);
    return undo;
}

void story_undo_act(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_UNDO, visitor, &request->id);
    struct outcome first;
    entry.as.undo.pos = request->as.undo.pos;
    struct undo_reply *undo = new_reply(server, visitor, &entry);
    if (undo == NULL) {
        return;
    }
    bool known = event_find_command(visitor->event, entry.actor, &entry.command, &first);
    enum err err = known ? ERR_OK : check(server, visitor, &entry);
    if (err != ERR_OK) {
        answer(undo, &(struct outcome){.err = err});
        return;
    }
    hall_submit(server->hall, visitor->event, &entry, hall_no_docs(), answer, undo);
}
