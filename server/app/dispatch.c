/* From a frame to its story: decode, rate, role, row of the table. */
#include "app/story.h"

static story_fn *const stories[OP_COUNT] = {
    [OP_HELLO] = story_hello,
    [OP_PING] = story_ping,
    [OP_CAST] = story_cast,
    [OP_BEGIN] = story_begin,
    [OP_IDEA_SUBMIT] = story_idea_text,
    [OP_IDEA_EDIT] = story_idea_text,
    [OP_IDEA_WITHDRAW] = story_idea_act,
    [OP_IDEA_RELEASE] = story_idea_act,
    [OP_IDEA_HIDE] = story_idea_act,
    [OP_IDEA_MERGE] = story_idea_act,
    [OP_IDEA_SPLIT] = story_idea_act,
    [OP_GROUP] = story_group,
    [OP_NICK] = story_nick,
    [OP_IDEA_TAG] = story_tag_idea,
    [OP_IDEA_TEAM] = story_team,
    [OP_IDEA_CHALLENGE] = story_challenge,
    [OP_IDEA_FOLLOW] = story_follow,
    [OP_REPORT] = story_idea_act,
    [OP_IDEA_CLEAR] = story_idea_act,
    [OP_SUPPORT] = story_support,
    [OP_LABEL_ADD] = story_label,
    [OP_LABEL_EDIT] = story_label,
    [OP_LABEL_DROP] = story_label,
    [OP_LABEL_MOVE] = story_label,
    [OP_SETTINGS] = story_settings,
    [OP_WORDS] = story_words,
    [OP_WIFI] = story_wifi,
    [OP_CALL] = story_call,
    [OP_AGENDA_SET] = story_agenda,
    [OP_PHASE_START] = story_phase,
    [OP_TIMER_SET] = story_timer,
    [OP_PERSON_BAN] = story_ban,
    [OP_DESK_INVITE] = story_desk,
    [OP_DESK_REVOKE] = story_desk,
    [OP_POLL_CREATE] = story_poll_text,
    [OP_POLL_EDIT] = story_poll_text,
    [OP_POLL_DROP] = story_poll_act,
    [OP_POLL_OPEN] = story_poll_act,
    [OP_POLL_CLOSE] = story_poll_act,
    [OP_POLL_COUNTDOWN] = story_countdown,
    [OP_POLL_REOPEN] = story_poll_act,
    [OP_POLL_PUBLISH] = story_poll_act,
    [OP_POLL_UNPUBLISH] = story_poll_act,
    [OP_POLL_SEAL] = story_poll_act,
    [OP_POLL_ANNUL] = story_poll_act,
    [OP_TICKET] = story_find_ticket,
    [OP_TICKET_VOID] = story_void_ticket,
    [OP_TICKET_REPLACE] = story_replace_ticket,
    [OP_TICKETS_ISSUE] = story_issue_tickets,
    [OP_TICKETS_VOID] = story_void_batch,
    [OP_PAPER_ENTER] = story_paper_batch,
    [OP_PAPER_CONFIRM] = story_paper_act,
    [OP_PAPER_DROP] = story_paper_act,
    [OP_UNDO] = story_undo_act,
    [OP_REHEARSE] = story_rehearse,
    [OP_REHEARSE_STOP] = story_rehearse_stop,
};

static enum err may_do(const struct visitor *visitor, enum op op)
{
    if (op == OP_HELLO || op == OP_PING) {
        return ERR_OK;
    }
    if (visitor->event == NULL) {
        return ERR_NO_SESSION;
    }
    return wire_op_allowed(op, visitor->role) ? ERR_OK : ERR_NOT_ALLOWED;
}

/* Who does not slow down when told to is no phone of ours. */
static void refuse_pace(
    struct server *server, struct visitor *visitor, const struct uid *id,
    const struct wire_fault *fault)
{
    if (++visitor->refused_in_row > RATE_REFUSALS_MAX) {
        net_kick(server->net, visitor->conn, 1008);
        return;
    }
    reply_refused(
        server, visitor->conn, id, ERR_TOO_FAST, rate_wait_ms(&visitor->rate), fault);
}

void dispatch_message(void *ctx, struct net_conn conn, struct span text)
{
    struct server *server = ctx;
    struct visitor *visitor = visitor_of(server, conn);
    if (visitor == NULL || server->stopping) {
        return;
    }
    struct request *request = &server->request;
    struct wire_fault fault = {0};
    enum err err = wire_decode_request(text, request, &fault);
    const struct uid *id = err == ERR_OK ? &request->id : NULL;
    if (!rate_take(&visitor->rate, (int64_t)uv_now(&server->loop))) {
        refuse_pace(server, visitor, id, &fault);
        return;
    }
    visitor->refused_in_row = 0;
    if (err != ERR_OK) {
        reply_refused(server, conn, id, err, 0, &fault);
        return;
    }
    err = may_do(visitor, request->op);
    if (err == ERR_OK && !story_is_seen(visitor, request)) {
        err = ERR_WRONG_STATE;
    }
    if (err != ERR_OK) {
        reply_refused(server, conn, id, err, 0, NULL);
        return;
    }
    stories[request->op](server, visitor, request);
}
