/* Pictures in the store that no idea has any more: found once, at the start, by their
 * names. */
#include "app/hall_internal.h"

#include "base/hex.h"
#include "base/log.h"

struct orphans {
    struct map kept; /* every picture that is wanted: its doc's id → 0 */
    const char *kind;
    struct buf names; /* UID_HEX characters each */
};

static enum err keep_of(struct hall *hall, const struct event *event, struct map *kept)
{
    enum err err = ERR_OK;
    for (uint32_t i = 0; err == ERR_OK && i < event->picture_count; i++) {
        if (hall_picture_is_kept(hall, event, i + 1)) {
            err = map_put(kept, &event->pictures[i].is.ref.id, 0);
        }
    }
    return err;
}

static enum err look_at(void *ctx, struct span name, struct span body)
{
    (void)body;
    struct orphans *orphans = ctx;
    struct uid id;
    enum err err =
        hex_decode((const char *)name.data, name.bytes, id.bytes, sizeof id.bytes);
    if (err != ERR_OK || map_get(&orphans->kept, &id, NULL)) {
        return ERR_OK; /* what is named otherwise is not ours to delete */
    }
    buf_bytes(&orphans->names, name.data, name.bytes);
    return buf_err(&orphans->names);
}

/* One at a time: there are few, and the store's queue holds many. */
static enum err delete_found(struct hall *hall, const struct orphans *orphans)
{
    struct span all = buf_span(&orphans->names);
    for (size_t at = 0; at < all.bytes; at += UID_HEX) {
        const struct store_doc none = {
            .kind = orphans->kind, .name = span_of(all.data + at, UID_HEX)};
        enum err err = store_put(hall->store, &none, 1, NULL, NULL);
        if (err != ERR_OK) {
            return err == ERR_BUSY ? ERR_OK : err;
        }
    }
    return ERR_OK;
}

static enum err sweep_kind(struct hall *hall, struct orphans *orphans, const char *kind)
{
    buf_init(&orphans->names, SIZE_MAX);
    orphans->kind = kind;
    enum err err = store_doc_names(hall->store, kind, look_at, orphans);
    if (err == ERR_OK) {
        err = delete_found(hall, orphans);
    }
    size_t count = buf_span(&orphans->names).bytes / UID_HEX;
    if (err == ERR_OK && count > 0) {
        log_line(LOG_INFO, "%zu pictures that nobody has are deleted", count);
    }
    buf_fini(&orphans->names);
    return err;
}

enum err hall_pictures_delete_orphans(struct hall *hall)
{
    struct orphans orphans = {0};
    map_init(&orphans.kept, hall->map_seed);
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < hall->event_count; i++) {
        err = keep_of(hall, hall->events[i], &orphans.kept);
    }
    if (err == ERR_OK) {
        err = sweep_kind(hall, &orphans, "drawing");
    }
    if (err == ERR_OK) {
        err = sweep_kind(hall, &orphans, "photo");
    }
    map_fini(&orphans.kept);
    return err;
}
