/* The stories of tickets: issued in batches, redeemed, voided, replaced. Codes are none
 * of the fold's business: it knows numbers.
 *
 * A replacement is a ticket of the same batch that lets in whom the old one let in:
 * nobody becomes two. Ballots that were cast stay: whose they are is not known here. */
#include "domain/fold_internal.h"

#include "base/vec.h"

static struct ticket *find(struct event *event, int64_t number)
{
    return &event->tickets[number - 1]; /* the check found it */
}

static struct ticket_batch *batch_of(struct event *event, const struct ticket *ticket)
{
    return &event->batches[ticket->batch - 1];
}

/* ---- tickets.issue: in both modes ---- */

static enum err check_issue(const struct event *event, const struct entry *entry)
{
    int64_t count = entry->as.tickets_issue.count;
    int64_t group = entry->as.tickets_issue.group;
    bool desk = entry->role != ROLE_OFFICE;
    if (count < 1 || (desk && count > TICKETS_DESK_MAX)) {
        return ERR_BAD_VALUE;
    }
    if (desk && event->batch_count >= TICKET_BATCHES_DESK_MAX) {
        return ERR_TOO_MANY;
    }
    const struct label *label = event_label(event, group);
    if (group != 0 && (label == NULL || label->kind != LABEL_GROUP)) {
        return ERR_UNKNOWN_LABEL;
    }
    return count <= TICKETS_MAX - (int64_t)event->ticket_count ? ERR_OK : ERR_TOO_MANY;
}

static enum err reserve_tickets(struct event *event, size_t added)
{
    void *items = event->tickets;
    enum err err = vec_reserve(
        &items, &event->ticket_capacity, event->ticket_count + added,
        sizeof *event->tickets, TICKETS_MAX);
    event->tickets = items;
    return err;
}

static enum err reserve_batch(struct event *event)
{
    void *items = event->batches;
    enum err err = vec_reserve(
        &items, &event->batch_capacity, event->batch_count + 1, sizeof *event->batches,
        TICKETS_MAX);
    event->batches = items;
    return err;
}

static enum err
apply_issue(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    int64_t count = entry->as.tickets_issue.count;
    enum err err = reserve_tickets(event, (size_t)count);
    if (err == ERR_OK) {
        err = reserve_batch(event);
    }
    if (err != ERR_OK) {
        return err;
    }
    struct ticket_batch *batch = &event->batches[event->batch_count++];
    *batch = (struct ticket_batch){
        .id = (int64_t)event->batch_count,
        .first = (int64_t)event->ticket_count + 1,
        .count = count,
        .group = entry->as.tickets_issue.group,
        .free = count,
        .issued_at_ms = entry->at_ms,
    };
    for (int64_t i = 0; i < count; i++) {
        event->tickets[event->ticket_count++] = (struct ticket){.batch = batch->id};
    }
    ret_outcome->id = batch->first;
    return ERR_OK;
}

const struct story story_tickets_issue = {check_issue, apply_issue};

/* ---- ticket.redeem: in both modes ---- */

static enum err check_redeem(const struct event *event, const struct entry *entry)
{
    const struct ticket *ticket = event_ticket(event, entry->as.ticket.ticket);
    if (ticket == NULL) {
        return ERR_TICKET_UNKNOWN;
    }
    if (ticket->voided_pos != 0) {
        return ERR_TICKET_VOID;
    }
    const struct participant *holder = event_participant(event, ticket->participant);
    if (holder != NULL && holder->ban.pos != 0) {
        return ERR_BANNED; /* a replacement is the same person's */
    }
    if (holder != NULL) {
        return holder->epoch < UINT32_MAX ? ERR_OK : ERR_TOO_MANY;
    }
    return event->participant_count < PARTICIPANTS_MAX ? ERR_OK : ERR_TOO_MANY;
}

/* The count of its batch's tickets that are as this one is before it is redeemed. */
static int64_t *left_of(struct event *event, const struct ticket *ticket)
{
    struct ticket_batch *batch = batch_of(event, ticket);
    return ticket->participant != 0 ? &batch->held : &batch->free;
}

static void use_up(struct event *event, struct ticket *ticket)
{
    *left_of(event, ticket) -= ticket->redeemed ? 0 : 1;
    ticket->redeemed = true;
}

static void
let_in_again(struct event *event, struct ticket *ticket, struct outcome *ret_outcome)
{
    struct participant *holder = &event->participants[ticket->participant - 1];
    use_up(event, ticket);
    holder->epoch++;
    ret_outcome->id = holder->id;
    ret_outcome->epoch = holder->epoch;
}

/* The first time makes a participant; later the same one moves to another phone. */
static enum err
apply_redeem(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    int64_t number = entry->as.ticket.ticket;
    struct ticket *ticket = find(event, number);
    if (ticket->participant != 0) {
        let_in_again(event, ticket, ret_outcome);
        return ERR_OK;
    }
    struct participant added = {
        .role = ROLE_PARTICIPANT, .ticket = number, .joined_at_ms = entry->at_ms};
    added.group = event_group_by_ticket(event, &added);
    enum err err = participant_add(event, &added, ret_outcome);
    if (err != ERR_OK) {
        return err;
    }
    if (added.group != 0) {
        event->labels[added.group - 1].people++;
    }
    use_up(event, ticket);
    ticket->participant = ret_outcome->id;
    batch_of(event, ticket)->redeemed++;
    event->tickets_redeemed++;
    return ERR_OK;
}

const struct story story_ticket_redeem = {check_redeem, apply_redeem};

/* ---- ticket.void, tickets.void ---- */

static void void_one(struct event *event, struct ticket *ticket)
{
    *left_of(event, ticket) -= ticket->redeemed ? 0 : 1;
    batch_of(event, ticket)->voided++;
    event->tickets_voided++;
    ticket->voided_pos = event->pos;
}

static enum err check_void(const struct event *event, const struct entry *entry)
{
    const struct ticket *ticket = event_ticket(event, entry->as.ticket.ticket);
    if (ticket == NULL) {
        return ERR_TICKET_UNKNOWN;
    }
    return ticket->voided_pos == 0 ? ERR_OK : ERR_TICKET_VOID;
}

static enum err
apply_void(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    void_one(event, find(event, entry->as.ticket.ticket));
    return ERR_OK;
}

const struct story story_ticket_void = {check_void, apply_void};

static enum err check_void_batch(const struct event *event, const struct entry *entry)
{
    const struct ticket_batch *batch = event_batch(event, entry->as.tickets_void.batch);
    if (batch == NULL) {
        return ERR_UNKNOWN_BATCH;
    }
    bool held = !entry->as.tickets_void.keep_held && batch->held > 0;
    return batch->free > 0 || held ? ERR_OK : ERR_WRONG_STATE;
}

static bool is_voided_with(const struct ticket *ticket, const struct entry *entry)
{
    bool kept = entry->as.tickets_void.keep_held && ticket->participant != 0;
    return ticket->batch == entry->as.tickets_void.batch && !ticket->redeemed && !kept &&
           ticket->voided_pos == 0;
}

/* Nobody who is in is put out by this, and nobody on the way to another phone: given a
 * ticket of nobody's instead, they would vote twice. */
static enum err apply_void_batch(
    struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    for (size_t i = 0; i < event->ticket_count; i++) {
        struct ticket *ticket = &event->tickets[i];
        if (is_voided_with(ticket, entry)) {
            void_one(event, ticket);
        }
    }
    return ERR_OK;
}

const struct story story_tickets_void = {check_void_batch, apply_void_batch};

void tickets_unvoid(struct event *event, int64_t pos)
{
    for (size_t i = 0; i < event->ticket_count; i++) {
        struct ticket *ticket = &event->tickets[i];
        if (ticket->voided_pos == pos) {
            *left_of(event, ticket) += ticket->redeemed ? 0 : 1;
            batch_of(event, ticket)->voided--;
            event->tickets_voided--;
            ticket->voided_pos = 0;
        }
    }
}

const struct ticket *tickets_find_replaced(const struct event *event, int64_t pos)
{
    for (size_t i = 0; i < event->ticket_count; i++) {
        if (event->tickets[i].voided_pos == pos && event->tickets[i].replaced_by != 0) {
            return &event->tickets[i];
        }
    }
    return NULL;
}

bool tickets_lead_to(const struct event *event, int64_t group)
{
    for (size_t i = 0; i < event->batch_count; i++) {
        if (event->batches[i].group == group && event->batches[i].free > 0) {
            return true;
        }
    }
    return false;
}

/* ---- ticket.replace ---- */

/* A void one too: it may have been voided by mistake, longer ago than undoing goes. */
static enum err check_replace(const struct event *event, const struct entry *entry)
{
    const struct ticket *ticket = event_ticket(event, entry->as.ticket.ticket);
    if (ticket == NULL) {
        return ERR_TICKET_UNKNOWN;
    }
    if (ticket->replaced_by != 0) {
        return ERR_TICKET_REPLACED;
    }
    return event->ticket_count < TICKETS_MAX ? ERR_OK : ERR_TOO_MANY;
}

static enum err
apply_replace(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    int64_t number = entry->as.ticket.ticket;
    enum err err = reserve_tickets(event, 1);
    if (err != ERR_OK) {
        return err;
    }
    struct ticket *old = find(event, number);
    if (old->voided_pos == 0) {
        void_one(event, old);
    }
    event->tickets[event->ticket_count++] = (struct ticket){
        .participant = old->participant, .batch = old->batch, .replaces = number};
    old->replaced_by = (int64_t)event->ticket_count;
    if (old->participant != 0) {
        event->participants[old->participant - 1].ticket = old->replaced_by;
    }
    batch_of(event, old)->replaced++;
    ++*left_of(event, old); /* as the new one will be */
    ret_outcome->id = old->replaced_by;
    return ERR_OK;
}

const struct story story_ticket_replace = {check_replace, apply_replace};
