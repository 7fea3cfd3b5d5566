/* Pictures beside the log: made into docs, asked for, deleted. */
#include "app/hall_internal.h"

#include "base/hex.h"
#include "base/log.h"
#include "domain/picture.h"

static const char *kind_of(const struct picture *picture)
{
    return picture->kind == PICTURE_DRAWING ? "drawing" : "photo";
}

enum err hall_picture_new(
    const struct picture *what, struct span bytes, struct hall_picture *ret_picture)
{
    struct uid salt;
    struct picture is = *what;
    struct buf body;
    trust_random_uid(&salt);
    trust_random_uid(&is.ref.id);
    buf_init(&body, UID_BYTES + PHOTO_BYTES_MAX);
    buf_bytes(&body, salt.bytes, UID_BYTES);
    buf_bytes(&body, bytes.data, bytes.bytes);
    if (buf_failed(&body)) {
        enum err err = buf_err(&body);
        buf_fini(&body);
        return err;
    }
    trust_sha256(buf_span(&body), &is.ref.hash);
    *ret_picture = (struct hall_picture){.is = is, .body = body};
    hex_encode(is.ref.id.bytes, UID_BYTES, ret_picture->name);
    ret_picture->doc = (struct store_doc){
        .kind = kind_of(&is),
        .name = span_of_string(ret_picture->name),
        .body = buf_span(&ret_picture->body),
    };
    return ERR_OK;
}

void hall_picture_fini(struct hall_picture *picture)
{
    buf_fini(&picture->body);
}

enum err hall_picture_ask(
    struct hall *hall, const struct picture *picture, store_got *got, void *ctx)
{
    char name[UID_HEX + 1];
    hex_encode(picture->ref.id.bytes, UID_BYTES, name);
    return store_get(hall->store, kind_of(picture), span_of_string(name), got, ctx);
}

enum err
hall_picture_open(const struct picture *picture, struct span doc, struct span *ret_bytes)
{
    struct hash hash;
    trust_sha256(doc, &hash);
    bool same = memcmp(hash.bytes, picture->ref.hash.bytes, sizeof hash.bytes) == 0;
    if (!same || doc.bytes <= UID_BYTES) {
        return ERR_DAMAGED;
    }
    *ret_bytes = span_of(doc.data + UID_BYTES, doc.bytes - UID_BYTES);
    return ERR_OK;
}

struct loading {
    const struct picture *picture;
    struct buf *out;
};

static enum err take_doc(void *ctx, struct span name, struct span doc)
{
    (void)name;
    const struct loading *loading = ctx;
    struct span bytes;
    enum err err = hall_picture_open(loading->picture, doc, &bytes);
    if (err == ERR_OK) {
        buf_bytes(loading->out, bytes.data, bytes.bytes);
        err = buf_err(loading->out);
    }
    return err;
}

enum err
hall_picture_load(struct hall *hall, const struct picture *picture, struct buf *out)
{
    char name[UID_HEX + 1];
    struct loading loading = {picture, out};
    hex_encode(picture->ref.id.bytes, UID_BYTES, name);
    return store_doc(
        hall->store, kind_of(picture), span_of_string(name), take_doc, &loading);
}

/* ---- deleting ---- */

/* A store that is too busy keeps it: screens don't find it there. */
static void delete (struct hall *hall, const struct picture *picture)
{
    char name[UID_HEX + 1];
    hex_encode(picture->ref.id.bytes, UID_BYTES, name);
    const struct store_doc none = {
        .kind = kind_of(picture), .name = span_of_string(name)};
    enum err err = store_put(hall->store, &none, 1, NULL, NULL);
    if (err != ERR_OK) {
        log_line(
            LOG_WARN, "a picture that nobody has is still in the store (%s)",
            err_code(err));
    }
}

static void delete_given(struct hall *hall, const struct picture_change *change)
{
    if (change->given && change->picture.kind != PICTURE_NONE) {
        delete (hall, &change->picture);
    }
}

static void delete_unseen(struct hall *hall, const struct event *event, uint32_t number)
{
    const struct idea_picture *picture = event_picture(event, number);
    if (picture != NULL && picture_sight(event, picture) == PICTURE_UNSEEN) {
        delete (hall, &picture->is);
    }
}

struct pictures hall_pictures_of(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = NULL;
    if (entry->kind == ENTRY_IDEA_EDIT) {
        idea = event_idea(event, entry->as.idea_text.idea);
    } else if (entry->kind == ENTRY_IDEA_WITHDRAW) {
        idea = event_idea(event, entry->as.idea_act.idea);
    }
    return idea != NULL ? idea->pictures : (struct pictures){0};
}

void hall_pictures_settle(
    struct hall *hall, const struct event *event, const struct entry *entry,
    const struct outcome *outcome, const struct pictures *had)
{
    bool brings = entry->kind == ENTRY_IDEA_SUBMIT || entry->kind == ENTRY_IDEA_EDIT;
    if (outcome->err == ERR_OK && !outcome->repeated) {
        delete_unseen(hall, event, had->drawing);
        delete_unseen(hall, event, had->photo);
    } else if (brings) {
        delete_given(hall, &entry->as.idea_text.drawing);
        delete_given(hall, &entry->as.idea_text.photo);
    }
}
