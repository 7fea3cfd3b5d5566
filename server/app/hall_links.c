/* Links to the desk: secrets that work once, within a day. The log knows their hashes, by
 * the entry that made the place; of links from before there were roles the store does. */
#include "app/hall_internal.h"

#include "app/hall_docs.h"
#include "base/hex.h"
#include "base/vec.h"

#include <inttypes.h>
#include <stdio.h>

static enum err remember(struct hall *hall, const struct link *link)
{
    void *links = hall->links;
    enum err err = vec_reserve(
        &links, &hall->link_capacity, hall->link_count + 1, sizeof *link, LINKS_MAX);
    hall->links = links;
    if (err == ERR_OK) {
        hall->links[hall->link_count++] = *link;
    }
    return err;
}

enum err hall_load_link(void *ctx, struct span name, struct span body)
{
    struct link link = {0};
    enum err err = hex_decode(
        (const char *)name.data, name.bytes, link.hash.bytes, sizeof link.hash.bytes);
    if (err == ERR_OK) {
        err = doc_read_int(body, "event", &link.event);
    }
    if (err == ERR_OK) {
        err = doc_read_int(body, "until", &link.until_ms);
    }
    if (err != ERR_OK) {
        return ERR_DAMAGED;
    }
    bool ended = link.until_ms < hall_steady_ms(ctx);
    return ended ? ERR_OK : remember(ctx, &link);
}

/* Names and bodies of docs as the store wants them. */
struct link_doc {
    char name[HASH_HEX + 1];
    char body[80];
};

static struct store_doc doc_of(const struct link *link, struct link_doc *text)
{
    hex_encode(link->hash.bytes, HASH_BYTES, text->name);
    snprintf(
        text->body, sizeof text->body, "{\"event\":%" PRId64 ",\"until\":%" PRId64 "}",
        link->event, link->until_ms);
    return (struct store_doc){
        .kind = "link",
        .name = span_of_string(text->name),
        .body = span_of_string(text->body),
    };
}

/* ---- links from before there were roles ---- */

static struct link *find(struct hall *hall, struct span token)
{
    struct hash hash;
    struct link *found = NULL;
    if (trust_token_hash(token, &hash) != ERR_OK) {
        return NULL;
    }
    for (size_t i = 0; i < hall->link_count; i++) {
        if (trust_equal(&hall->links[i].hash, &hash, sizeof hash)) {
            found = &hall->links[i];
        }
    }
    return found;
}

enum err hall_link_take(struct hall *hall, struct span token, int64_t *ret_event)
{
    struct link *link = find(hall, token);
    if (link == NULL || link->used || link->until_ms < hall_steady_ms(hall)) {
        return ERR_LINK_UNKNOWN;
    }
    struct link_doc text;
    struct store_doc doc = doc_of(link, &text);
    doc.body = (struct span){0};
    enum err err = store_put(hall->store, &doc, 1, NULL, NULL);
    if (err != ERR_OK) {
        return err; /* used up in memory alone, it would work again after a restart */
    }
    link->used = true;
    *ret_event = link->event;
    return ERR_OK;
}

void hall_link_return(struct hall *hall, struct span token)
{
    struct link *link = find(hall, token);
    if (link == NULL || hall_event(hall, link->event) == NULL) {
        return; /* of an event that was deleted meanwhile nothing is put any more */
    }
    struct link_doc text;
    const struct store_doc doc = doc_of(link, &text);
    link->used = false;
    /* If the ring is full it works until the next start. */
    enum err err = store_put(hall->store, &doc, 1, NULL, NULL);
    (void)err;
}

/* ---- places at the desk ---- */

void hall_invite(
    struct hall *hall, struct event *event, const struct hall_invitation *invitation,
    char ret_token[TRUST_TOKEN_CHARS + 1], hall_done *done, void *ctx)
{
    struct entry entry = {
        .kind = ENTRY_DESK_INVITE,
        .role = ROLE_OFFICE,
        .as.desk = {.role = invitation->role, .name = invitation->name},
    };
    trust_random_uid(&entry.command);
    trust_token_new(ret_token, &entry.as.desk.link);
    hall_submit(hall, event, &entry, hall_no_docs(), done, ctx);
}

static bool
is_good(struct hall *hall, const struct event *event, const struct desk_place *place)
{
    const struct entry sit = {
        .kind = ENTRY_DESK_SIT, .role = ROLE_OFFICE, .as.desk.person = place->person};
    bool fresh = hall_steady_ms(hall) - place->made_at_ms <= DESK_LINK_MS;
    return fresh && event_check(event, &sit) == ERR_OK;
}

static bool
find_place(struct hall *hall, const struct hash *hash, struct hall_link *ret_link)
{
    for (size_t i = 0; i < hall->event_count; i++) {
        struct event *event = hall->events[i];
        const struct desk_place *place = event_desk_by_link(event, hash);
        if (place != NULL) {
            *ret_link = (struct hall_link){event, place->role, place->person};
            return is_good(hall, event, place);
        }
    }
    return false;
}

enum err hall_link_find(struct hall *hall, struct span token, struct hall_link *ret_link)
{
    struct hash hash;
    struct hall_link found;
    if (trust_token_hash(token, &hash) != ERR_OK) {
        return ERR_LINK_UNKNOWN;
    }
    if (find_place(hall, &hash, &found)) {
        *ret_link = found;
        return ERR_OK;
    }
    const struct link *old = find(hall, token);
    bool good = old != NULL && !old->used && old->until_ms >= hall_steady_ms(hall);
    struct event *event = good ? hall_event(hall, old->event) : NULL;
    if (event == NULL) {
        return ERR_LINK_UNKNOWN;
    }
    *ret_link = (struct hall_link){event, ROLE_MODERATOR, 0};
    return ERR_OK;
}
