#include "app/gallery.h"

#include "base/hex.h"
#include "base/log.h"
#include "base/vec.h"
#include "domain/picture.h"

#include <stdio.h>
#include <stdlib.h>

#define REFUSAL_BYTES 64

/* A picture, on its way or here. */
struct shown {
    struct gallery *gallery;
    struct picture picture;   /* the id of its content tells it from all others */
    bool asked;               /* of the store */
    bool gone;                /* with its event, while it was on its way */
    struct net_frame *frame;  /* owned; NULL: not here yet */
    uint64_t used;            /* by the gallery's count */
    struct net_conn *waiting; /* requests; owned */
    size_t waiting_count;
    size_t waiting_capacity;
};

struct gallery {
    struct hall *hall;
    struct net *net;
    struct shown *items[PICTURES_SHOWN_MAX]; /* each owned; in the order they came */
    size_t count;
    size_t reading; /* asked of the store and not answered */
    uint64_t used;
    struct gallery_stats stats;
};

struct gallery *gallery_new(struct hall *hall, struct net *net)
{
    struct gallery *gallery = calloc(1, sizeof *gallery);
    if (gallery != NULL) {
        gallery->hall = hall;
        gallery->net = net;
    }
    return gallery;
}

static int64_t bytes_of(const struct shown *shown)
{
    return shown->frame != NULL ? (int64_t)net_frame_text(shown->frame).bytes : 0;
}

static void remove_at(struct gallery *gallery, size_t i)
{
    struct shown *shown = gallery->items[i];
    gallery->stats.bytes -= bytes_of(shown);
    net_frame_unref(shown->frame);
    free(shown->waiting);
    free(shown);
    gallery->count--;
    memmove(
        &gallery->items[i], &gallery->items[i + 1],
        (gallery->count - i) * sizeof(struct shown *));
}

void gallery_free(struct gallery *gallery)
{
    while (gallery != NULL && gallery->count > 0) {
        remove_at(gallery, gallery->count - 1);
    }
    free(gallery);
}

static size_t place_of(const struct gallery *gallery, const struct uid *id)
{
    size_t i = 0;
    while (i < gallery->count && !uid_equal(&gallery->items[i]->picture.ref.id, id)) {
        i++;
    }
    return i;
}

/* Of those that are here the one that nobody has asked for the longest; count: none is.
 */
static size_t oldest(const struct gallery *gallery)
{
    size_t oldest = gallery->count;
    for (size_t i = 0; i < gallery->count; i++) {
        const struct shown *shown = gallery->items[i];
        if (shown->frame != NULL &&
            (oldest == gallery->count || shown->used < gallery->items[oldest]->used)) {
            oldest = i;
        }
    }
    return oldest;
}

static void keep_bound(struct gallery *gallery)
{
    while (gallery->stats.bytes > (int64_t)PICTURES_CACHED_BYTES_MAX) {
        remove_at(gallery, oldest(gallery));
    }
}

/* ---- answers ---- */

static const char *type_of(const struct picture *picture)
{
    return picture->kind == PICTURE_DRAWING ? "image/svg+xml"
                                            : photo_type_mime(picture->photo.type);
}

/* Nothing in it asks for anything, and it runs nothing. */
static struct net_response
answer_of(const struct shown *shown, char ret_etag[UID_HEX + 3])
{
    char name[UID_HEX + 1];
    struct uid uid = picture_name(&shown->picture);
    hex_encode(uid.bytes, UID_BYTES, name);
    snprintf(ret_etag, UID_HEX + 3, "\"%s\"", name);
    return (struct net_response){
        .status = 200,
        .content_type = type_of(&shown->picture),
        .frame = shown->frame,
        .policy = "default-src 'none'; sandbox",
        .etag = ret_etag,
        .cache_control = "private, max-age=604800, immutable",
    };
}

static struct net_response refusal_of(enum err err, char text[REFUSAL_BYTES])
{
    bool unknown = err == ERR_NOT_FOUND || err == ERR_DAMAGED;
    const char *code = err_code(unknown ? ERR_NOT_FOUND : ERR_BUSY);
    snprintf(text, REFUSAL_BYTES, "{\"err\":\"%s\"}", code);
    return (struct net_response){
        .status = unknown ? 404 : 503,
        .content_type = "application/json; charset=utf-8",
        .body = span_of_string(text),
        .retry_after_s = unknown ? 0 : 1,
    };
}

static void answer_all(struct shown *shown, enum err err)
{
    char etag[UID_HEX + 3];
    char refusal[REFUSAL_BYTES];
    struct net_response response =
        err == ERR_OK ? answer_of(shown, etag) : refusal_of(err, refusal);
    for (size_t i = 0; i < shown->waiting_count; i++) {
        net_respond(shown->gallery->net, shown->waiting[i], &response);
    }
    free(shown->waiting);
    shown->waiting = NULL;
    shown->waiting_count = 0;
    shown->waiting_capacity = 0;
}

/* ---- reading ---- */

static enum err make_frame(struct shown *shown, struct span bytes)
{
    struct buf svg;
    buf_init(&svg, DRAWING_SVG_BYTES_MAX);
    bool drawing = shown->picture.kind == PICTURE_DRAWING;
    if (drawing) {
        drawing_write_svg(&svg, bytes);
    }
    struct span body = drawing ? buf_span(&svg) : bytes;
    shown->frame = buf_failed(&svg) ? NULL : net_frame_new(body);
    buf_fini(&svg);
    return shown->frame != NULL ? ERR_OK : ERR_NOMEM;
}

static void read_on(struct gallery *gallery);

static void settle(struct shown *shown, enum err err)
{
    struct gallery *gallery = shown->gallery;
    answer_all(shown, err);
    if (err == ERR_OK) {
        gallery->stats.bytes += bytes_of(shown);
        keep_bound(gallery);
    } else {
        remove_at(gallery, place_of(gallery, &shown->picture.ref.id));
    }
}

static void on_got(void *ctx, enum err err, struct span doc)
{
    struct shown *shown = ctx;
    struct gallery *gallery = shown->gallery;
    struct span bytes;
    gallery->reading--;
    err = shown->gone ? ERR_NOT_FOUND : err;
    if (err == ERR_OK) {
        err = hall_picture_open(&shown->picture, doc, &bytes);
    }
    if (err == ERR_OK) {
        err = make_frame(shown, bytes);
    }
    if (err == ERR_DAMAGED) {
        log_line(LOG_ERROR, "a picture in the store is not as it was written");
    }
    settle(shown, err);
    read_on(gallery);
}

/* The oldest of those that the store was not asked for; NULL: there is none. */
static struct shown *next_to_read(const struct gallery *gallery)
{
    for (size_t i = 0; i < gallery->count; i++) {
        if (!gallery->items[i]->asked) {
            return gallery->items[i];
        }
    }
    return NULL;
}

/* Some at a time: whole halls' ballots come between. */
static void read_on(struct gallery *gallery)
{
    struct shown *shown = NULL;
    while (gallery->reading < PICTURES_READ_MAX &&
           (shown = next_to_read(gallery)) != NULL) {
        enum err err = hall_picture_ask(gallery->hall, &shown->picture, on_got, shown);
        shown->asked = true;
        if (err == ERR_OK) {
            gallery->reading++;
            gallery->stats.reads++;
        } else {
            settle(shown, err);
        }
    }
}

/* ---- asking ---- */

static struct shown *add(struct gallery *gallery, const struct picture *picture)
{
    if (gallery->count == PICTURES_SHOWN_MAX && oldest(gallery) < gallery->count) {
        remove_at(gallery, oldest(gallery));
    }
    struct shown *shown =
        gallery->count < PICTURES_SHOWN_MAX ? calloc(1, sizeof *shown) : NULL;
    if (shown != NULL) {
        shown->gallery = gallery;
        shown->picture = *picture;
        gallery->items[gallery->count++] = shown;
    }
    return shown;
}

static enum err wait_for(struct shown *shown, struct net_conn request)
{
    void *waiting = shown->waiting;
    enum err err = vec_reserve(
        &waiting, &shown->waiting_capacity, shown->waiting_count + 1,
        sizeof *shown->waiting, CONNECTIONS_MAX);
    shown->waiting = waiting;
    if (err == ERR_OK) {
        shown->waiting[shown->waiting_count++] = request;
    }
    return err;
}

enum err gallery_show(
    struct gallery *gallery, const struct picture *picture, struct net_conn request,
    struct gallery_answer *ret_answer)
{
    size_t at = place_of(gallery, &picture->ref.id);
    struct shown *shown =
        at < gallery->count ? gallery->items[at] : add(gallery, picture);
    if (shown == NULL) {
        return ERR_BUSY;
    }
    shown->used = ++gallery->used;
    if (shown->frame != NULL) {
        ret_answer->is = NET_NOW;
        ret_answer->response = answer_of(shown, ret_answer->etag);
        return ERR_OK;
    }
    enum err err = wait_for(shown, request);
    if (err == ERR_OK) {
        ret_answer->is = NET_LATER;
    }
    read_on(gallery);
    return err == ERR_OK ? ERR_OK : ERR_BUSY;
}

void gallery_forget(struct gallery *gallery, const struct event *event)
{
    for (size_t i = gallery != NULL ? gallery->count : 0; i > 0; i--) {
        struct shown *shown = gallery->items[i - 1];
        struct uid name = picture_name(&shown->picture);
        if (picture_find(event, &name) == NULL) {
            continue;
        }
        if (shown->frame != NULL) {
            remove_at(gallery, i - 1);
        } else {
            shown->gone = true;
        }
    }
}

void gallery_stats(const struct gallery *gallery, struct gallery_stats *ret_stats)
{
    *ret_stats = gallery->stats;
}
