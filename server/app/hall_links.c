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
    return err != ERR_OK ? ERR_DAMAGED : remember(ctx, &link);
}

enum err hall_link_new(
    struct hall *hall, int64_t event, char ret_token[TRUST_TOKEN_CHARS + 1],
    store_done *done, void *ctx)
{
    struct link link = {
        .event = event, .until_ms = hall_now_ms(hall) + MODERATOR_LINK_MS};
    char token[TRUST_TOKEN_CHARS + 1];
    char name[HASH_HEX + 1];
    char body[80];
    trust_token_new(token, &link.hash);
    hex_encode(link.hash.bytes, HASH_BYTES, name);
    snprintf(
        body, sizeof body, "{\"event\":%" PRId64 ",\"until\":%" PRId64 "}", event,
        link.until_ms);
    const struct store_doc doc = {
        .kind = "link", .name = span_of_string(name), .body = span_of_string(body)};
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

static void forget_doc(struct hall *hall, const struct link *link)
{
    char name[HASH_HEX + 1];
    hex_encode(link->hash.bytes, HASH_BYTES, name);
    const struct store_doc doc = {.kind = "link", .name = span_of_string(name)};
    /* If the ring is full the doc stays until it is too old; in memory it is used up. */
    enum err err = store_put(hall->store, &doc, 1, NULL, NULL);
    (void)err;
}

enum err hall_link_take(struct hall *hall, struct span token, int64_t *ret_event)
{
    struct hash hash;
    if (trust_token_hash(token, &hash) != ERR_OK) {
        return ERR_LINK_UNKNOWN;
    }
    struct link *found = NULL;
    for (size_t i = 0; i < hall->link_count; i++) {
        if (trust_equal(&hall->links[i].hash, &hash, sizeof hash)) {
            found = &hall->links[i];
        }
    }
    if (found == NULL || found->used || found->until_ms < hall_now_ms(hall)) {
        return ERR_LINK_UNKNOWN;
    }
    found->used = true;
    forget_doc(hall, found);
    *ret_event = found->event;
    return ERR_OK;
}
