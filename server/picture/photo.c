#include "picture/formats.h"

#include "base/bounds.h"

#include <assert.h>

static const struct {
    const char *mime;
    const char *name;
    const char *extension;
} types[PHOTO_TYPE_COUNT] = {
    [PHOTO_JPEG] = {"image/jpeg", "jpeg", "jpg"},
    [PHOTO_WEBP] = {"image/webp", "webp", "webp"},
};

const char *photo_type_mime(enum photo_type type)
{
    assert(type < PHOTO_TYPE_COUNT);
    return types[type].mime;
}

const char *photo_type_name(enum photo_type type)
{
    assert(type < PHOTO_TYPE_COUNT);
    return types[type].name;
}

const char *photo_type_extension(enum photo_type type)
{
    assert(type < PHOTO_TYPE_COUNT);
    return types[type].extension;
}

static bool side_fits(uint16_t side)
{
    return side >= PHOTO_SIDE_MIN && side <= PHOTO_SIDE_MAX;
}

enum err photo_read(struct span file, struct photo *ret_photo)
{
    struct photo photo = {.type = PHOTO_JPEG};
    if (file.bytes > PHOTO_BYTES_MAX) {
        return ERR_TOO_LARGE;
    }
    bool riff = file.bytes > 0 && file.data[0] == 'R';
    enum err err = riff ? webp_read(file, &photo) : jpeg_read(file, &photo);
    if (err != ERR_OK) {
        return err;
    }
    if (!side_fits(photo.width) || !side_fits(photo.height) ||
        photo.width * photo.height > PHOTO_PIXELS_MAX) {
        return ERR_NOT_A_PICTURE;
    }
    *ret_photo = photo;
    return ERR_OK;
}
