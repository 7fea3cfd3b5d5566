#include "app/hall_office.h"

#include "app/hall_docs.h"
#include "app/hall_internal.h"
#include "base/hex.h"

#include <inttypes.h>
#include <stdio.h>

#define KIND "office"

/* A doc's name and body. */
struct pass_doc {
    char name[HASH_HEX + 1];
    char body[64];
};

/* `pass->until_ms` 0: its doc is deleted. */
static struct store_doc doc_of(const struct office_pass *pass, struct pass_doc *text)
{
    hex_encode(pass->hash.bytes, HASH_BYTES, text->name);
    text->body[0] = '\0';
    if (pass->until_ms != 0) {
        snprintf(
            text->body, sizeof text->body, "{\"session\":%d,\"until\":%" PRId64 "}",
            pass->session ? 1 : 0, pass->until_ms);
    }
    return (struct store_doc){
        .kind = KIND,
        .name = span_of_string(text->name),
        .body = span_of_string(text->body),
    };
}

enum err hall_load_office(void *ctx, struct span name, struct span body)
{
    struct hall *hall = ctx;
    struct office_pass pass;
    struct hash gone;
    int64_t session = 0;
    enum err err = hex_decode(
        (const char *)name.data, name.bytes, pass.hash.bytes, sizeof pass.hash.bytes);
    if (err == ERR_OK) {
        err = doc_read_int(body, "session", &session);
    }
    if (err == ERR_OK) {
        err = doc_read_int(body, "until", &pass.until_ms);
    }
    if (err != ERR_OK) {
        return ERR_DAMAGED;
    }
    pass.session = session == 1;
    (void)office_pass_add(&hall->office, &pass, &gone);
    return ERR_OK;
}

/* Stores `pass`, and deletes what makes room for it and `used` (or NULL), in one
 * transaction; then so in memory. */
static enum err
put(struct hall *hall, const struct office_pass *pass, const struct hash *used,
    store_done *done, void *ctx)
{
    struct office_passes after = hall->office;
    struct pass_doc texts[3];
    struct store_doc docs[3];
    struct office_pass none = {0};
    size_t count = 0;
    if (used != NULL) {
        none.hash = *used;
        docs[count] = doc_of(&none, &texts[count]);
        count++;
        office_pass_drop(&after, used);
    }
    if (office_pass_add(&after, pass, &none.hash)) {
        docs[count] = doc_of(&none, &texts[count]);
        count++;
    }
    docs[count] = doc_of(pass, &texts[count]);
    count++;
    enum err err = store_put(hall->store, docs, count, done, ctx);
    if (err == ERR_OK) {
        hall->office = after;
    }
    return err;
}

enum err hall_office_link(
    struct hall *hall, char ret_token[TRUST_TOKEN_CHARS + 1], store_done *done, void *ctx)
{
    struct office_pass link = {.until_ms = hall_steady_ms(hall) + OFFICE_LINK_MS};
    trust_token_new(ret_token, &link.hash);
    return put(hall, &link, NULL, done, ctx);
}

enum err hall_office_enter(
    struct hall *hall, struct span link, char ret_token[TRUST_TOKEN_CHARS + 1],
    store_done *done, void *ctx)
{
    struct hash used;
    int64_t now_ms = hall_steady_ms(hall);
    if (trust_token_hash(link, &used) != ERR_OK ||
        office_pass_find(&hall->office, &used, false, now_ms) == NULL) {
        return ERR_LINK_UNKNOWN;
    }
    struct office_pass session = {.session = true, .until_ms = now_ms + SESSION_MS};
    trust_token_new(ret_token, &session.hash);
    return put(hall, &session, &used, done, ctx);
}

bool hall_office_is_in(const struct hall *hall, const char *token)
{
    struct hash hash;
    return trust_token_hash(span_of_string(token), &hash) == ERR_OK &&
           office_pass_find(&hall->office, &hash, true, hall_steady_ms(hall)) != NULL;
}

enum err
hall_office_leave(struct hall *hall, const char *token, store_done *done, void *ctx)
{
    struct office_pass session = {.session = true};
    struct pass_doc text;
    if (trust_token_hash(span_of_string(token), &session.hash) != ERR_OK) {
        return ERR_NO_SESSION;
    }
    const struct store_doc doc = doc_of(&session, &text);
    enum err err = store_put(hall->store, &doc, 1, done, ctx);
    if (err == ERR_OK) {
        office_pass_drop(&hall->office, &session.hash);
    }
    return err;
}

enum err hall_office_revoke(struct hall *hall, store_done *done, void *ctx)
{
    struct pass_doc texts[OFFICE_PASSES_MAX];
    struct store_doc docs[OFFICE_PASSES_MAX];
    size_t count = hall->office.count;
    for (size_t i = 0; i < count; i++) {
        const struct office_pass none = {.hash = hall->office.items[i].hash};
        docs[i] = doc_of(&none, &texts[i]);
    }
    enum err err = store_put(hall->store, docs, count, done, ctx);
    if (err == ERR_OK) {
        hall->office.count = 0;
    }
    return err;
}
