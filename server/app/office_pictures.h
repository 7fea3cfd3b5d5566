/* The pictures of an export, read from the store. */
#ifndef APP_OFFICE_PICTURES_H
#define APP_OFFICE_PICTURES_H

#include "app/hall.h"
#include "export/export.h"

struct office_picture {
    char name[EXPORT_NAME_BYTES];
    struct buf body; /* the file */
};

struct office_pictures {
    struct office_picture *of; /* owned */
    size_t count;
    size_t left_out; /* not in the store as they were, or beyond the bytes */
};

/* Those that ideas.csv names, in its order, as many as `bytes_max` holds. Free with
 * office_pictures_fini in any case. ERR_NOMEM, ERR_IO. */
MUST_CHECK enum err office_pictures_read(
    struct hall *hall, const struct event *event, const struct export_options *options,
    size_t bytes_max, struct office_pictures *ret_pictures);
void office_pictures_fini(struct office_pictures *pictures);

#endif
