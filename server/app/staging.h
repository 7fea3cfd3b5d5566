/* Photographs that were sent and that no idea has yet: in memory, so that nothing lies on
 * the disk that is nobody's. One a session and event; all together are bounded. */
#ifndef APP_STAGING_H
#define APP_STAGING_H

#include "base/err.h"
#include "base/span.h"
#include "base/uid.h"
#include "picture/picture.h"

/* Whose it is. */
struct staging_key {
    int64_t event;
    struct hash session;
};

struct staged {
    struct staging_key key;
    struct uid id;
    struct photo photo;
    uint8_t *data; /* owned */
    size_t bytes;
    int64_t until_ms;
};

struct staging {
    struct staged *items; /* owned */
    size_t count;
    size_t capacity;
    size_t bytes; /* of all */
};

/* Keeps a copy for PHOTO_STAGED_MS under `id`, in place of the key's older one. ERR_BUSY
 * (PHOTOS_STAGED_BYTES_MAX, PHOTOS_STAGED_MAX), ERR_NOMEM: the older one is gone all the
 * same. `now_ms` of any clock that only goes forward. */
MUST_CHECK enum err staging_put(
    struct staging *staging, const struct staging_key *key, const struct uid *id,
    const struct photo *photo, struct span file, int64_t now_ms);

/* NULL: not there, not any more, or another's. Valid until the next call. */
const struct staged *staging_find(
    const struct staging *staging, const struct staging_key *key, const struct uid *id,
    int64_t now_ms);

/* It has found its idea. One that is not there is no error. */
void staging_drop(struct staging *staging, const struct uid *id);

/* Those of an event that is gone. */
void staging_forget(struct staging *staging, int64_t event);

/* Forgets what is too old. */
void staging_sweep(struct staging *staging, int64_t now_ms);

void staging_fini(struct staging *staging);

#endif
