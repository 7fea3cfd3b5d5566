/* Photographs: whatever is taken has sides in range, and no longer or shorter file is. */
#include "fuzz.h"

#include "base/bounds.h"
#include "picture/picture.h"

#include <stdlib.h>
#include <string.h>

/* In exact memory, so that the sanitizer sees a byte too far. */
static enum err read_exact(const uint8_t *data, size_t size, struct photo *ret_photo)
{
    uint8_t *exact = malloc(size > 0 ? size : 1);
    if (exact == NULL) {
        return ERR_NOMEM;
    }
    if (size > 0) {
        memcpy(exact, data, size);
    }
    enum err err = photo_read(span_of(exact, size), ret_photo);
    free(exact);
    return err;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct photo photo;
    struct photo other;
    if (read_exact(data, size, &photo) != ERR_OK) {
        return 0;
    }
    FUZZ_MUST(size <= PHOTO_BYTES_MAX);
    FUZZ_MUST(photo.type < PHOTO_TYPE_COUNT);
    FUZZ_MUST(photo.width >= PHOTO_SIDE_MIN && photo.width <= PHOTO_SIDE_MAX);
    FUZZ_MUST(photo.height >= PHOTO_SIDE_MIN && photo.height <= PHOTO_SIDE_MAX);
    FUZZ_MUST(read_exact(data, size - 1, &other) != ERR_OK);
    return 0;
}
