/* Tickets at the desk: issued and replaced (their codes leave the server once, in this
 * answer), looked up by number or code, voided. */
#include "app/story.h"

#include <stdlib.h>

#define CODE_BYTES (TRUST_TICKET_SYMBOLS + 1)

/* ---- issuing and replacing ---- */

struct issue_reply {
    struct reply *reply; /* owned until it is answered */
    int64_t ticket;      /* that is replaced; 0: none is */
    int64_t count;
    char *codes; /* owned: count × CODE_BYTES */
};

static void issue_free(struct issue_reply *issue)
{
    if (issue->codes != NULL) {
        trust_wipe(issue->codes, (size_t)issue->count * CODE_BYTES);
        free(issue->codes);
    }
    free(issue);
}

/* Whoever the ticket let in is out from now on. */
static void turn_away(struct server *server, struct event *event, int64_t number)
{
    const struct ticket *ticket = event_ticket(event, number);
    const struct participant *person =
        ticket != NULL ? event_participant(event, ticket->participant) : NULL;
    if (person != NULL) {
        visitors_turn_away(server, event, person);
    }
}

/* The codes of a repeat are those of nobody's tickets. */
static void tell_codes(const struct issue_reply *issue, const struct outcome *outcome)
{
    const struct ticket *first = event_ticket(issue->reply->event, outcome->id);
    const struct wire_issue issued = {
        .first = outcome->id,
        .count = issue->count,
        .batch = first != NULL ? first->batch : 0, /* NULL: another act's id */
        .held = first != NULL && first->participant != 0,
        .codes = outcome->repeated ? NULL : issue->codes,
        .code_bytes = CODE_BYTES,
    };
    struct buf text;
    buf_init(&text, OUTBOX_BYTES_MAX);
    wire_encode_tickets(&text, &issue->reply->id, outcome->pos, &issued);
    reply_text(issue->reply->server, issue->reply->conn, &text);
}

static void on_issued(void *ctx, const struct outcome *outcome)
{
    struct issue_reply *issue = ctx;
    struct reply *reply = issue->reply;
    if (outcome->err != ERR_OK) {
        reply_outcome(reply, outcome);
    } else {
        tell_codes(issue, outcome);
        turn_away(reply->server, reply->event, issue->ticket);
        free(reply);
    }
    issue_free(issue);
}

static void submit_issue(
    struct server *server, struct visitor *visitor, struct entry *entry, int64_t count)
{
    struct issue_reply *issue = calloc(1, sizeof *issue);
    char *codes = calloc((size_t)count, CODE_BYTES);
    struct reply *reply = NULL;
    if (issue == NULL || codes == NULL) {
        reply_refused(server, visitor->conn, &entry->command, ERR_NOMEM, 0, NULL);
    } else {
        reply = reply_new(server, visitor, entry);
    }
    if (reply == NULL) {
        free(codes);
        free(issue);
        return;
    }
    bool replaces = entry->kind == ENTRY_TICKET_REPLACE;
    *issue = (struct issue_reply){
        .reply = reply,
        .ticket = replaces ? entry->as.ticket.ticket : 0,
        .count = count,
        .codes = codes,
    };
    hall_issue_tickets(server->hall, visitor->event, entry, codes, on_issued, issue);
}

void story_issue_tickets(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_TICKETS_ISSUE, visitor, &request->id);
    entry.as.tickets_issue.count = request->as.tickets.count;
    entry.as.tickets_issue.group = request->as.tickets.group;
    submit_issue(server, visitor, &entry, request->as.tickets.count);
}

void story_replace_ticket(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_TICKET_REPLACE, visitor, &request->id);
    entry.as.ticket.ticket = request->as.ticket.ticket;
    submit_issue(server, visitor, &entry, 1);
}

/* ---- voiding ---- */

struct void_reply {
    struct reply *reply; /* owned until it is answered */
    int64_t ticket;
};

static void on_voided(void *ctx, const struct outcome *outcome)
{
    struct void_reply *voided = ctx;
    if (outcome->err == ERR_OK) {
        turn_away(voided->reply->server, voided->reply->event, voided->ticket);
    }
    reply_outcome(voided->reply, outcome);
    free(voided);
}

void story_void_ticket(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_TICKET_VOID, visitor, &request->id);
    struct void_reply *voided = calloc(1, sizeof *voided);
    struct reply *reply = voided != NULL ? reply_new(server, visitor, &entry) : NULL;
    if (reply == NULL) {
        free(voided);
        return;
    }
    entry.as.ticket.ticket = request->as.ticket.ticket;
    *voided = (struct void_reply){.reply = reply, .ticket = entry.as.ticket.ticket};
    hall_submit(server->hall, visitor->event, &entry, hall_no_docs(), on_voided, voided);
}

/* Nobody has redeemed them: nobody is out. */
void story_void_batch(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_TICKETS_VOID, visitor, &request->id);
    struct reply *reply = reply_new(server, visitor, &entry);
    if (reply != NULL) {
        entry.as.tickets_void.batch = request->as.tickets.batch;
        entry.as.tickets_void.keep_held = true;
        hall_submit(
            server->hall, visitor->event, &entry, hall_no_docs(), reply_outcome, reply);
    }
}

/* ---- looking up ---- */

/* By the number or by the code, not by both. */
static enum err look_up(
    struct server *server, const struct visitor *visitor, const struct request *request,
    int64_t *ret_number)
{
    const char *typed = request->as.ticket.code;
    char code[CODE_BYTES];
    struct event *event = visitor->event;
    int64_t number = request->as.ticket.ticket;
    if ((number != 0) == (typed[0] != '\0')) {
        return ERR_BAD_VALUE;
    }
    if (typed[0] != '\0') {
        struct span text = span_of_string(typed);
        if (trust_code_read(text, TRUST_TICKET_SYMBOLS, code) != ERR_OK) {
            return ERR_CODE_MALFORMED;
        }
        bool known = hall_find_ticket(server->hall, code, &event, &number);
        number = known && event == visitor->event ? number : 0;
    }
    *ret_number = number;
    return event_ticket(visitor->event, number) != NULL ? ERR_OK : ERR_TICKET_UNKNOWN;
}

void story_find_ticket(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    int64_t number = 0;
    enum err err = look_up(server, visitor, request, &number);
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
        return;
    }
    struct buf text;
    buf_init(&text, FRAME_OTHER_BYTES_MAX);
    wire_encode_ticket(&text, &request->id, visitor->event, number);
    reply_text(server, visitor->conn, &text);
}
