/* Forgetting an event. First a tombstone is put, and the hall knows the event no more:
 * from then on nothing is entered in it. Once that is durable all that came before it is
 * too, so the log names everything there is to delete. A crash between the two is made
 * good at the next start. */
#include "app/hall_docs.h"
#include "app/hall_internal.h"

#include "base/hex.h"
#include "base/log.h"
#include "base/vec.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define GONE_NAME_BYTES 32 /* "ID/CODE" */

/* ---- what is gone ---- */

struct gone_event *hall_gone(const struct hall *hall, int64_t id)
{
    for (size_t i = 0; i < hall->gone_count; i++) {
        if (hall->gone[i].id == id) {
            return &hall->gone[i];
        }
    }
    return NULL;
}

bool hall_code_is_gone(const struct hall *hall, const char *code)
{
    for (size_t i = 0; i < hall->gone_count; i++) {
        if (strcmp(hall->gone[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

void hall_new_code(struct hall *hall, char ret_code[TRUST_CODE_SYMBOLS + 1])
{
    do {
        trust_code_new(TRUST_CODE_SYMBOLS, ret_code);
    } while (hall_event_by_code(hall, ret_code) != NULL ||
             hall_code_is_gone(hall, ret_code));
}

bool hall_was_used(const struct hall *hall)
{
    return hall->event_count > 0 || hall->gone_count > 0;
}

bool hall_is_gone(const struct hall *hall, const struct event *event)
{
    for (size_t i = 0; i < hall->grave_count; i++) {
        if (hall->graveyard[i] == event) {
            return true;
        }
    }
    return false;
}

/* A tombstone is not an event: there is room for many more than EVENTS_MAX. */
static enum err remember(struct hall *hall, const struct gone_event *gone)
{
    void *items = hall->gone;
    enum err err = vec_reserve(
        &items, &hall->gone_capacity, hall->gone_count + 1, sizeof *gone, GONE_MAX);
    hall->gone = items;
    if (err == ERR_OK) {
        hall->gone[hall->gone_count++] = *gone;
    }
    return err;
}

enum err hall_load_gone(void *ctx, struct span name, struct span body)
{
    (void)body;
    char text[GONE_NAME_BYTES];
    struct gone_event gone = {0};
    if (name.bytes >= sizeof text) {
        return ERR_DAMAGED;
    }
    memcpy(text, name.data, name.bytes);
    text[name.bytes] = '\0';
    char *end = NULL;
    gone.id = strtoll(text, &end, 10);
    if (gone.id < 1 || *end != '/' || strlen(end + 1) != EVENT_CODE_BYTES) {
        return ERR_DAMAGED;
    }
    memcpy(gone.code, end + 1, EVENT_CODE_BYTES);
    return remember(ctx, &gone);
}

/* ---- which docs are an event's ---- */

struct found_doc {
    const char *kind;
    size_t at; /* of its name, in names */
    size_t bytes;
};

struct belongings {
    struct hall *hall;
    int64_t event;    /* its number */
    const char *kind; /* of docs that are looked through */
    struct buf names;
    struct found_doc *items; /* owned */
    size_t count;
    size_t capacity;
};

static enum err add(struct belongings *all, const char *kind, struct span name)
{
    void *items = all->items;
    enum err err = vec_reserve(
        &items, &all->capacity, all->count + 1, sizeof *all->items, BELONGINGS_MAX);
    all->items = items;
    if (err != ERR_OK) {
        return err;
    }
    all->items[all->count++] = (struct found_doc){kind, all->names.bytes, name.bytes};
    buf_bytes(&all->names, name.data, name.bytes);
    return buf_err(&all->names);
}

static enum err add_named(void *ctx, const char *kind, const struct uid *id)
{
    struct belongings *all = ctx;
    char name[UID_HEX + 1];
    hex_encode(id->bytes, UID_BYTES, name);
    hall_texts_drop(all->hall, id);
    return add(all, kind, span_of(name, UID_HEX));
}

static enum err look_at_entry(void *ctx, const struct entry *entry)
{
    return wire_entry_docs(entry, add_named, ctx);
}

static enum err look_at_row(void *ctx, int64_t seq, struct span body)
{
    (void)seq;
    return wire_decode_batch(body, look_at_entry, ctx);
}

/* "SESSION/EVENT/ROLE" or "EVENT/POLL". */
static enum err look_at_name(void *ctx, struct span name, struct span body)
{
    (void)body;
    struct belongings *all = ctx;
    char part[32];
    size_t from = strcmp(all->kind, "seat") == 0 ? HASH_HEX + 1 : 0;
    size_t bytes = (size_t)snprintf(part, sizeof part, "%" PRId64 "/", all->event);
    bool ours = name.bytes > from + bytes && memcmp(name.data + from, part, bytes) == 0;
    return ours ? add(all, all->kind, name) : ERR_OK;
}

static enum err look_at_body(void *ctx, struct span name, struct span body)
{
    struct belongings *all = ctx;
    int64_t event = 0;
    enum err err = doc_read_int(body, "event", &event);
    return err == ERR_OK && event == all->event ? add(all, all->kind, name) : err;
}

static enum err gather_docs(struct belongings *all)
{
    static const struct {
        const char *kind;
        bool by_name;
    } kinds[] = {{"seat", true}, {"sealed", true}, {"ticket", false}, {"link", false}};

    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < sizeof kinds / sizeof *kinds; i++) {
        all->kind = kinds[i].kind;
        struct store *store = all->hall->store;
        err = kinds[i].by_name ? store_doc_names(store, all->kind, look_at_name, all)
                               : store_docs(store, all->kind, look_at_body, all);
    }
    return err;
}

static enum err hand_over(const struct belongings *all, store_done *done, void *ctx)
{
    struct store_doc *docs = calloc(all->count + 1, sizeof *docs);
    if (docs == NULL) {
        return ERR_NOMEM;
    }
    for (size_t i = 0; i < all->count; i++) {
        const struct found_doc *found = &all->items[i];
        docs[i] = (struct store_doc){
            .kind = found->kind,
            .name = span_of(all->names.data + found->at, found->bytes)};
    }
    enum err err =
        store_forget(all->hall->store, all->event, docs, all->count, done, ctx);
    free(docs);
    return err;
}

/* Reads the event's log, which keeps the loop waiting: rare, and as long as a start. */
static enum err gather(struct belongings *all)
{
    const struct store_lane history = {.event = all->event};
    enum err err = store_tail(all->hall->store, history, 0, look_at_row, all);
    return err == ERR_OK ? gather_docs(all) : err;
}

/* ---- forgetting ---- */

struct forgetting {
    struct hall *hall;
    int64_t event;     /* its number */
    hall_forgot *done; /* NULL: a start ends what was cut short */
    void *ctx;
    struct belongings all;
    struct forgetting *next; /* of those that wait */
};

static struct forgetting *
forgetting_new(struct hall *hall, int64_t event, hall_forgot *done, void *ctx)
{
    struct forgetting *forgetting = calloc(1, sizeof *forgetting);
    if (forgetting != NULL) {
        *forgetting = (struct forgetting){
            .hall = hall,
            .event = event,
            .done = done,
            .ctx = ctx,
            .all = {.hall = hall, .event = event},
        };
        buf_init(&forgetting->all.names, SIZE_MAX);
    }
    return forgetting;
}

static void forgetting_free(struct forgetting *forgetting)
{
    if (forgetting != NULL) {
        buf_fini(&forgetting->all.names);
        free(forgetting->all.items);
        free(forgetting);
    }
}

static void end(struct forgetting *forgetting, enum err err)
{
    if (err != ERR_OK) {
        log_line(
            LOG_WARN,
            "event %" PRId64 " is forgotten; what is left of it goes at the next start "
            "(%s)",
            forgetting->event, err_code(err));
    }
    if (forgetting->done != NULL) {
        forgetting->done(forgetting->ctx, err);
    }
    forgetting_free(forgetting);
}

static void on_cleared(void *ctx, enum store_status status, int64_t seq)
{
    (void)status;
    (void)seq;
    struct forgetting *forgetting = ctx;
    end(forgetting, trust_event_forget(forgetting->hall->keys, forgetting->event));
}

/* A full store is asked again in the loop's next turn, which its answers bring. */
static enum err clear_store(struct forgetting *forgetting)
{
    struct hall *hall = forgetting->hall;
    enum err err = hand_over(&forgetting->all, on_cleared, forgetting);
    if (err == ERR_BUSY) {
        forgetting->next = hall->forgetting;
        hall->forgetting = forgetting;
    }
    return err == ERR_BUSY ? ERR_OK : err;
}

static struct forgetting *take_first(struct forgetting **list)
{
    struct forgetting *first = *list;
    *list = first->next;
    first->next = NULL;
    return first;
}

void hall_forget_on(struct hall *hall)
{
    struct forgetting *waiting = hall->forgetting;
    hall->forgetting = NULL;
    while (waiting != NULL) {
        struct forgetting *forgetting = take_first(&waiting);
        enum err err = clear_store(forgetting);
        if (err != ERR_OK) {
            end(forgetting, err);
        }
    }
}

void hall_forget_no_more(struct hall *hall)
{
    while (hall->forgetting != NULL) {
        end(take_first(&hall->forgetting), ERR_BUSY);
    }
}

static enum err finish(struct hall *hall, struct gone_event *gone)
{
    struct forgetting *forgetting = forgetting_new(hall, gone->id, NULL, NULL);
    gone->half = false;
    enum err err = forgetting != NULL ? gather(&forgetting->all) : ERR_NOMEM;
    if (err == ERR_OK) {
        err = clear_store(forgetting);
    }
    if (err != ERR_OK) {
        forgetting_free(forgetting);
    }
    return err;
}

enum err hall_finish_forgetting(struct hall *hall)
{
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < hall->gone_count; i++) {
        struct gone_event *gone = &hall->gone[i];
        err = trust_event_forget(hall->keys, gone->id);
        if (err == ERR_OK && gone->half) {
            err = finish(hall, gone);
        }
    }
    return err;
}

static struct event *buried(const struct hall *hall, int64_t id)
{
    size_t i = 0;
    while (hall->graveyard[i]->id != id) {
        i++;
    }
    return hall->graveyard[i];
}

static void on_marked(void *ctx, enum store_status status, int64_t seq)
{
    (void)status;
    (void)seq;
    struct forgetting *forgetting = ctx;
    struct hall *hall = forgetting->hall;
    struct event *event = buried(hall, forgetting->event);
    enum err err = gather(&forgetting->all);
    if (err == ERR_OK) {
        err = clear_store(forgetting);
    }
    hall_notify(hall, event);
    if (err != ERR_OK) {
        end(forgetting, err);
    }
}

static void forget_lanes(const struct hall *hall, const struct event *event)
{
    for (size_t i = 0; i < hall->lane_count; i++) {
        if (hall->lanes[i]->event == event) {
            hall_lane_forget(hall->lanes[i]);
        }
    }
}

/* There is room for it in the graveyard. */
static void bury(struct hall *hall, struct event *event)
{
    size_t at = 0;
    while (hall->events[at] != event) {
        at++;
    }
    hall->event_count--;
    memmove(
        &hall->events[at], &hall->events[at + 1],
        (hall->event_count - at) * sizeof(struct event *));
    hall->graveyard[hall->grave_count++] = event;
    forget_lanes(hall, event);
}

static enum err
put_tombstone(struct hall *hall, const struct event *event, struct forgetting *forgetting)
{
    char name[GONE_NAME_BYTES];
    char body[48];
    snprintf(name, sizeof name, "%" PRId64 "/%s", event->id, event->code);
    snprintf(body, sizeof body, "{\"at\":%" PRId64 "}", hall_now_ms(hall));
    const struct store_doc doc = {
        .kind = "gone", .name = span_of_string(name), .body = span_of_string(body)};
    return store_put(hall->store, &doc, 1, on_marked, forgetting);
}

static enum err make_room(struct hall *hall)
{
    void *graves = hall->graveyard;
    enum err err = vec_reserve(
        &graves, &hall->grave_capacity, hall->grave_count + 1, sizeof(struct event *),
        GONE_MAX);
    hall->graveyard = graves;
    return err;
}

enum err hall_forget(struct hall *hall, struct event *event, hall_forgot *done, void *ctx)
{
    if (event_has_open(event)) {
        return ERR_POLL_RUNS;
    }
    struct gone_event gone = {.id = event->id};
    memcpy(gone.code, event->code, sizeof gone.code);
    enum err err = make_room(hall);
    if (err == ERR_OK) {
        err = remember(hall, &gone);
    }
    if (err != ERR_OK) {
        return err;
    }
    struct forgetting *forgetting = forgetting_new(hall, event->id, done, ctx);
    err = forgetting != NULL ? put_tombstone(hall, event, forgetting) : ERR_NOMEM;
    if (err != ERR_OK) {
        hall->gone_count--;
        forgetting_free(forgetting);
        return err;
    }
    bury(hall, event);
    return ERR_OK;
}
