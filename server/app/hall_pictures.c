/* Pictures beside the log: made into docs, asked for, deleted. */
#include "app/hall_internal.h"

#include "base/hex.h"
#include "base/log.h"
#include "base/vec.h"
#include "domain/picture.h"
#include "domain/undo.h"

#include <stdlib.h>

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
static enum err delete_picture(struct hall *hall, const struct picture *picture)
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
    return err;
}

static void delete_given(struct hall *hall, const struct picture_change *change)
{
    if (change->given && change->picture.kind != PICTURE_NONE) {
        (void)delete_picture(hall, &change->picture);
    }
}

static bool add_leaving(struct hall *hall, const struct event *event, uint32_t number)
{
    void *items = hall->leaving;
    enum err err = vec_reserve(
        &items, &hall->leaving_capacity, hall->leaving_count + 1, sizeof *hall->leaving,
        PICTURES_LEAVING_MAX);
    hall->leaving = items;
    if (err == ERR_OK) {
        hall->leaving[hall->leaving_count++] =
            (struct leaving_picture){.event = event, .number = number};
    }
    return err == ERR_OK;
}

/* What an undo may bring back waits until none can. Where too many wait it goes. */
static bool waits(struct hall *hall, const struct event *event, uint32_t number)
{
    return undo_keeps_picture(event, number, hall_now_ms(hall)) &&
           add_leaving(hall, event, number);
}

static bool is_unseen(const struct event *event, uint32_t number)
{
    const struct idea_picture *picture = event_picture(event, number);
    return picture != NULL && picture_sight(event, picture) == PICTURE_UNSEEN;
}

static void delete_unseen(struct hall *hall, const struct event *event, uint32_t number)
{
    if (!is_unseen(event, number) || waits(hall, event, number)) {
        return;
    }
    if (delete_picture(hall, &event_picture(event, number)->is) == ERR_BUSY) {
        (void)add_leaving(hall, event, number);
    }
}

void hall_pictures_sweep(struct hall *hall)
{
    struct leaving_picture *waiting = hall->leaving;
    size_t count = hall->leaving_count;
    hall->leaving = NULL;
    hall->leaving_count = hall->leaving_capacity = 0;
    for (size_t i = 0; i < count; i++) {
        delete_unseen(hall, waiting[i].event, waiting[i].number);
    }
    free(waiting);
}

static bool
is_leaving(const struct hall *hall, const struct event *event, uint32_t number)
{
    for (size_t i = 0; i < hall->leaving_count; i++) {
        if (hall->leaving[i].event == event && hall->leaving[i].number == number) {
            return true;
        }
    }
    return false;
}

bool hall_picture_is_kept(
    const struct hall *hall, const struct event *event, uint32_t number)
{
    return !is_unseen(event, number) || is_leaving(hall, event, number);
}

static void recall(struct hall *hall, const struct event *event, uint32_t number)
{
    if (is_unseen(event, number) && !is_leaving(hall, event, number)) {
        (void)add_leaving(hall, event, number); /* without room it stays in the store */
    }
}

/* What the acts still hold may be wanted back, or waited to be deleted when we ended. */
void hall_pictures_recall(struct hall *hall, const struct event *event)
{
    for (size_t i = 0; i < act_count(event); i++) {
        const struct act *act = act_at(event, i);
        if (act->kind == ENTRY_IDEA_EDIT) {
            recall(hall, event, act->before.idea.pictures.drawing);
            recall(hall, event, act->before.idea.pictures.photo);
        }
    }
}

struct pictures hall_pictures_of(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = NULL;
    if (entry->kind == ENTRY_IDEA_EDIT) {
        idea = event_idea(event, entry->as.idea_text.idea);
    } else if (entry->kind == ENTRY_IDEA_WITHDRAW) {
        idea = event_idea(event, entry->as.idea_act.idea);
    } else if (entry->kind == ENTRY_UNDO) {
        const struct act *act = act_find(event, entry->as.undo.pos);
        bool of_idea = act != NULL && act_thing(act->kind) == ACT_IDEA;
        idea = of_idea ? event_idea(event, act->about) : NULL;
    }
    return idea != NULL ? idea->pictures : (struct pictures){0};
}

/* What a ballot had kept since an edit, and now nobody sees. */
static bool takes_off_ballots(const struct event *event, const struct entry *entry)
{
    const struct act *act =
        entry->kind == ENTRY_UNDO ? act_find(event, entry->as.undo.pos) : NULL;
    return act != NULL && act->kind == ENTRY_POLL_OPEN;
}

void hall_pictures_settle(
    struct hall *hall, const struct event *event, const struct entry *entry,
    const struct outcome *outcome, const struct pictures *had)
{
    bool brings = entry->kind == ENTRY_IDEA_SUBMIT || entry->kind == ENTRY_IDEA_EDIT;
    if (outcome->err == ERR_OK && !outcome->repeated) {
        delete_unseen(hall, event, had->drawing);
        delete_unseen(hall, event, had->photo);
        if (takes_off_ballots(event, entry)) {
            hall_pictures_recall(hall, event);
        }
    } else if (brings) {
        delete_given(hall, &entry->as.idea_text.drawing);
        delete_given(hall, &entry->as.idea_text.photo);
    }
}
