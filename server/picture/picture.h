/* What strangers draw and photograph, looked at before anybody keeps it. Nothing is
 * decoded: drawings have a grammar, and of a photograph's file every byte has its place.
 */
#ifndef PICTURE_PICTURE_H
#define PICTURE_PICTURE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

/* Is this a drawing? Strokes one behind the other, at most DRAWING_STROKES_MAX in at most
 * DRAWING_BYTES_MAX bytes, at least one:
 *
 *     COLOUR WIDTH M x y l dx dy dx dy …       a2M120 40l5 6-3 8b1M7 7l0 0
 *
 * COLOUR is a … h, WIDTH 1 … 3; numbers are whole, without plus or leading zeros, and a
 * space stands between two of them unless the second begins with a minus. Every point is
 * on the canvas. What one hand has drawn has one spelling. */
bool drawing_valid(struct span drawing);

/* The drawing as an SVG of its own. `drawing` is valid: of its sender's bytes only
 * checked numbers come into it. */
void drawing_write_svg(struct buf *out, struct span drawing);

enum photo_type { PHOTO_JPEG, PHOTO_WEBP, PHOTO_TYPE_COUNT };

struct photo {
    enum photo_type type;
    uint16_t width, height; /* pixels, PHOTO_SIDE_MIN … PHOTO_SIDE_MAX */
};

/* Walks a file from its first byte to its last. ERR_TOO_LARGE (above PHOTO_BYTES_MAX);
 * ERR_PICTURE_METADATA: it says more than the picture (EXIF, XMP, a comment, a
 * thumbnail); ERR_NOT_A_PICTURE: anything else that is not one still JPEG or WebP picture
 * and nothing besides, or one with a side out of range. */
MUST_CHECK enum err photo_read(struct span file, struct photo *ret_photo);

const char *photo_type_mime(enum photo_type type);      /* "image/jpeg" */
const char *photo_type_name(enum photo_type type);      /* "jpeg": the log's spelling */
const char *photo_type_extension(enum photo_type type); /* "jpg" */

#endif
