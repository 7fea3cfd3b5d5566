#include "app/staging.h"

#include "base/bounds.h"
#include "base/vec.h"

#include <stdlib.h>

static bool same_key(const struct staging_key *a, const struct staging_key *b)
{
    return a->event == b->event &&
           memcmp(a->session.bytes, b->session.bytes, sizeof a->session.bytes) == 0;
}

/* The last one takes its place. */
static void remove_at(struct staging *staging, size_t i)
{
    staging->bytes -= staging->items[i].bytes;
    free(staging->items[i].data);
    staging->items[i] = staging->items[--staging->count];
}

void staging_sweep(struct staging *staging, int64_t now_ms)
{
    for (size_t i = staging->count; i > 0; i--) {
        if (staging->items[i - 1].until_ms <= now_ms) {
            remove_at(staging, i - 1);
        }
    }
}

static void drop_older(struct staging *staging, const struct staging_key *key)
{
    for (size_t i = staging->count; i > 0; i--) {
        if (same_key(&staging->items[i - 1].key, key)) {
            remove_at(staging, i - 1);
        }
    }
}

static enum err make_room(struct staging *staging, size_t bytes)
{
    void *items = staging->items;
    if (bytes > PHOTOS_STAGED_BYTES_MAX - staging->bytes) {
        return ERR_BUSY;
    }
    enum err err = vec_reserve(
        &items, &staging->capacity, staging->count + 1, sizeof *staging->items,
        PHOTOS_STAGED_MAX);
    staging->items = items;
    return err == ERR_TOO_MANY ? ERR_BUSY : err;
}

enum err staging_put(
    struct staging *staging, const struct staging_key *key, const struct uid *id,
    const struct photo *photo, struct span file, int64_t now_ms)
{
    staging_sweep(staging, now_ms);
    drop_older(staging, key);
    enum err err = make_room(staging, file.bytes);
    if (err != ERR_OK) {
        return err;
    }
    uint8_t *data = malloc(file.bytes + 1);
    if (data == NULL) {
        return ERR_NOMEM;
    }
    memcpy(data, file.data, file.bytes);
    staging->items[staging->count++] = (struct staged){
        .key = *key,
        .id = *id,
        .photo = *photo,
        .data = data,
        .bytes = file.bytes,
        .until_ms = now_ms + PHOTO_STAGED_MS,
    };
    staging->bytes += file.bytes;
    return ERR_OK;
}

const struct staged *staging_find(
    const struct staging *staging, const struct staging_key *key, const struct uid *id,
    int64_t now_ms)
{
    for (size_t i = 0; i < staging->count; i++) {
        const struct staged *staged = &staging->items[i];
        if (uid_equal(&staged->id, id) && same_key(&staged->key, key)) {
            return staged->until_ms > now_ms ? staged : NULL;
        }
    }
    return NULL;
}

void staging_drop(struct staging *staging, const struct uid *id)
{
    for (size_t i = staging->count; i > 0; i--) {
        if (uid_equal(&staging->items[i - 1].id, id)) {
            remove_at(staging, i - 1);
        }
    }
}

void staging_forget(struct staging *staging, int64_t event)
{
    for (size_t i = staging->count; i > 0; i--) {
        if (staging->items[i - 1].key.event == event) {
            remove_at(staging, i - 1);
        }
    }
}

void staging_fini(struct staging *staging)
{
    while (staging->count > 0) {
        remove_at(staging, staging->count - 1);
    }
    free(staging->items);
    *staging = (struct staging){0};
}
