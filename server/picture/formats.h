/* What photo.c asks of the two formats. */
#ifndef PICTURE_FORMATS_H
#define PICTURE_FORMATS_H

#include "picture/picture.h"

/* Both as photo_read, but for the bounds of bytes and sides, which are its business. */
MUST_CHECK enum err jpeg_read(struct span file, struct photo *ret_photo);
MUST_CHECK enum err webp_read(struct span file, struct photo *ret_photo);

#endif
