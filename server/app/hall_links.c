/* Moderator links: secrets that work once, within a day. The store knows their hashes. */
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

enum err hall_link_new(
    struct hall *hall, int64_t event, char ret_token[TRUST_TOKEN_CHARS + 1],
    store_done *done, void *ctx)
{
    struct link link = {
        .event = event, .until_ms = hall_steady_ms(hall) + MODERATOR_LINK_MS};
    char token[TRUST_TOKEN_CHARS + 1];
    struct link_doc text;
    trust_token_new(token, &link.hash);
    const struct store_doc doc = doc_of(&link, &text);
    enum err err = remember(hall, &link);
    if (err == ERR_OK) {
        err = store_put(hall->store, &doc, 1, done, ctx);
    }
    if (err == ERR_OK) {
        memcpy(ret_token, token, sizeof token);
    }
    trust_wipe(token, sizeof token);
    return err;
}

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
    if (link == NULL) {
        return;
    }
    struct link_doc text;
    const struct store_doc doc = doc_of(link, &text);
    link->used = false;
    /* If the ring is full it works until the next start. */
    enum err err = store_put(hall->store, &doc, 1, NULL, NULL);
    (void)err;
}
