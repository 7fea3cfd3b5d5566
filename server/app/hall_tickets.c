/* Tickets: printed one-time codes. The store knows them as MACs under the pepper. */
#include "app/hall_internal.h"

#include "app/hall_docs.h"
#include "base/hex.h"
#include "base/vec.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* A ticket is looked up before its event is known, so the MAC is not bound to one. */
#define ANY_EVENT 0

static void ticket_key(const struct hash *mac, struct uid *ret_key)
{
    memcpy(ret_key->bytes, mac->bytes, UID_BYTES);
}

static enum err
remember(struct hall *hall, const struct hash *mac, const struct ticket_ref *ref)
{
    struct uid key;
    void *tickets = hall->tickets;
    enum err err = vec_reserve(
        &tickets, &hall->ticket_capacity, hall->ticket_count + 1, sizeof *ref,
        ALL_TICKETS_MAX);
    hall->tickets = tickets;
    ticket_key(mac, &key);
    if (err == ERR_OK) {
        err = map_put(&hall->ticket_index, &key, (uint32_t)hall->ticket_count);
    }
    if (err == ERR_OK) {
        hall->tickets[hall->ticket_count++] = *ref;
    }
    return err;
}

enum err hall_load_ticket(void *ctx, struct span name, struct span body)
{
    struct hash mac;
    struct ticket_ref ref;
    enum err err =
        hex_decode((const char *)name.data, name.bytes, mac.bytes, sizeof mac.bytes);
    if (err == ERR_OK) {
        err = doc_read_int(body, "event", &ref.event);
    }
    if (err == ERR_OK) {
        err = doc_read_int(body, "ticket", &ref.ticket);
    }
    return err != ERR_OK ? ERR_DAMAGED : remember(ctx, &mac, &ref);
}

bool hall_find_ticket(
    struct hall *hall, const char *code, struct event **ret_event, int64_t *ret_ticket)
{
    struct hash mac;
    struct uid key;
    uint32_t i = 0;
    trust_ticket_mac(hall->keys, ANY_EVENT, code, &mac);
    ticket_key(&mac, &key);
    if (!map_get(&hall->ticket_index, &key, &i)) {
        return false;
    }
    struct event *event = hall_event(hall, hall->tickets[i].event);
    if (event == NULL) {
        return false;
    }
    *ret_event = event;
    *ret_ticket = hall->tickets[i].ticket;
    return true;
}

/* ---- issuing ---- */

struct issue {
    struct hall *hall;
    struct event *event;
    hall_done *done;
    void *ctx;
    int64_t first;
    int64_t count;
    struct hash *macs; /* owned */
};

struct ticket_doc {
    char name[HASH_HEX + 1];
    char body[64];
};

static void issue_free(struct issue *issue)
{
    free(issue->macs);
    free(issue);
}

static void on_issued(void *ctx, const struct outcome *outcome)
{
    struct issue *issue = ctx;
    enum err err = outcome->err;
    int64_t made = outcome->repeated ? 0 : issue->count;
    for (int64_t i = 0; err == ERR_OK && i < made; i++) {
        const struct ticket_ref ref = {
            .event = issue->event->id, .ticket = issue->first + i};
        err = remember(issue->hall, &issue->macs[i], &ref);
    }
    issue->hall->issuing = false;
    struct outcome answer = *outcome;
    answer.err = err;
    issue->done(issue->ctx, &answer);
    issue_free(issue);
}

static void
write_docs(const struct issue *issue, struct ticket_doc *texts, struct store_doc *docs)
{
    for (int64_t i = 0; i < issue->count; i++) {
        hex_encode(issue->macs[i].bytes, HASH_BYTES, texts[i].name);
        snprintf(
            texts[i].body, sizeof texts[i].body,
            "{\"event\":%" PRId64 ",\"ticket\":%" PRId64 "}", issue->event->id,
            issue->first + i);
        docs[i] = (struct store_doc){
            .kind = "ticket",
            .name = span_of_string(texts[i].name),
            .body = span_of_string(texts[i].body),
        };
    }
}

static struct issue *
issue_new(struct hall *hall, struct event *event, int64_t count, char *ret_codes)
{
    struct issue *issue = calloc(1, sizeof *issue);
    struct hash *macs = calloc((size_t)count, sizeof *macs);
    if (issue == NULL || macs == NULL) {
        free(issue);
        free(macs);
        return NULL;
    }
    *issue = (struct issue){
        .hall = hall,
        .event = event,
        .first = (int64_t)event->ticket_count + 1,
        .count = count,
        .macs = macs,
    };
    for (int64_t i = 0; i < count; i++) {
        char *code = ret_codes + i * (TRUST_TICKET_SYMBOLS + 1);
        trust_code_new(TRUST_TICKET_SYMBOLS, code);
        trust_ticket_mac(hall->keys, ANY_EVENT, code, &macs[i]);
    }
    return issue;
}

static int64_t count_of(const struct entry *entry)
{
    return entry->kind == ENTRY_TICKETS_ISSUE ? entry->as.tickets_issue.count : 1;
}

static enum err check_issue(const struct hall *hall, int64_t count)
{
    if (hall->issuing) {
        return ERR_BUSY;
    }
    if (count < 1 || count > TICKETS_MAX) {
        return ERR_BAD_VALUE;
    }
    return (size_t)count > ALL_TICKETS_MAX - hall->ticket_count ? ERR_TOO_MANY : ERR_OK;
}

void hall_issue_tickets(
    struct hall *hall, struct event *event, struct entry *entry, char *ret_codes,
    hall_done *done, void *ctx)
{
    int64_t count = count_of(entry);
    struct outcome refused = {.err = check_issue(hall, count)};
    struct issue *issue =
        refused.err == ERR_OK ? issue_new(hall, event, count, ret_codes) : NULL;
    struct ticket_doc *texts =
        issue != NULL ? calloc((size_t)count, sizeof *texts) : NULL;
    struct store_doc *docs = texts != NULL ? calloc((size_t)count, sizeof *docs) : NULL;
    if (docs == NULL) {
        refused.err = refused.err != ERR_OK ? refused.err : ERR_NOMEM;
        done(ctx, &refused);
        if (issue != NULL) {
            issue_free(issue);
        }
    } else {
        issue->done = done;
        issue->ctx = ctx;
        hall->issuing = true;
        write_docs(issue, texts, docs);
        hall_submit(
            hall, event, entry, (struct hall_docs){.items = docs, .count = (size_t)count},
            on_issued, issue);
    }
    free(docs);
    free(texts);
}
