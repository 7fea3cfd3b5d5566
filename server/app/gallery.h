/* Pictures on their way from the store to screens: what was asked for lately stays in
 * memory, so that a hall which looks at the same idea costs one read. */
#ifndef APP_GALLERY_H
#define APP_GALLERY_H

#include "app/hall.h"
#include "net/net.h"

struct gallery;

/* NULL: no memory. Both are borrowed. */
struct gallery *gallery_new(struct hall *hall, struct net *net);

/* After the hall: no answer of the store comes any more. NULL is fine. */
void gallery_free(struct gallery *gallery);

struct gallery_answer {
    enum net_answer is; /* NET_NOW, with the response below; or NET_LATER */
    struct net_response response;
    char etag[UID_HEX + 3];
};

/* A picture that its asker may see: now, or later when the store has read it (404 if it
 * is not there, 503 if it can't be read). The response is borrowed until the next call.
 * ERR_BUSY: too many different ones are asked for. */
MUST_CHECK enum err gallery_show(
    struct gallery *gallery, const struct picture *picture, struct net_conn request,
    struct gallery_answer *ret_answer);

/* The event is gone: its pictures leave the memory, and those that are still being read
 * are not found. NULL is fine. */
void gallery_forget(struct gallery *gallery, const struct event *event);

struct gallery_stats {
    int64_t reads; /* asked of the store */
    int64_t bytes; /* kept in memory */
};

void gallery_stats(const struct gallery *gallery, struct gallery_stats *ret_stats);

#endif
