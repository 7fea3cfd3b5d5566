/* WebP, RFC 9649: a RIFF file of chunks. Either one VP8 or VP8L chunk alone, or VP8X and
 * behind it an alpha plane, if the flags say so, and the picture.
 */
#include "picture/formats.h"

enum {
    FLAG_ANIMATION = 0x02,
    FLAG_XMP = 0x04,
    FLAG_EXIF = 0x08,
    FLAG_ALPHA = 0x10,
    FLAG_PROFILE = 0x20,
};

struct webp {
    struct span file;
    size_t at;
};

struct chunk {
    char name[5];
    struct span body;
};

static uint32_t little(const uint8_t *at, size_t bytes)
{
    uint32_t value = 0;
    for (size_t i = bytes; i > 0; i--) {
        value = value << 8 | at[i - 1];
    }
    return value;
}

static bool is(const struct chunk *chunk, const char *name)
{
    return memcmp(chunk->name, name, 4) == 0;
}

/* A chunk of odd length has a zero behind it. */
static enum err take_chunk(struct webp *webp, struct chunk *ret_chunk)
{
    size_t left = webp->file.bytes - webp->at;
    const uint8_t *here = webp->file.data + webp->at;
    if (left < 8) {
        return ERR_NOT_A_PICTURE;
    }
    size_t bytes = little(here + 4, 4);
    size_t padded = bytes + (bytes & 1);
    if (padded > left - 8 || (padded > bytes && here[8 + bytes] != 0)) {
        return ERR_NOT_A_PICTURE;
    }
    memcpy(ret_chunk->name, here, 4);
    ret_chunk->name[4] = '\0';
    ret_chunk->body = span_of(here + 8, bytes);
    webp->at += 8 + padded;
    bool metadata = is(ret_chunk, "EXIF") || is(ret_chunk, "XMP ");
    return metadata ? ERR_PICTURE_METADATA : ERR_OK;
}

/* ---- pictures ---- */

/* RFC 6386, 9.1: the head of a key frame. */
static enum err read_lossy(struct span body, struct photo *photo)
{
    static const uint8_t start[] = {0x9d, 0x01, 0x2a};
    if (body.bytes < 10 || (body.data[0] & 1) != 0 ||
        memcmp(body.data + 3, start, sizeof start) != 0) {
        return ERR_NOT_A_PICTURE;
    }
    photo->width = (uint16_t)(little(body.data + 6, 2) & 0x3fff);
    photo->height = (uint16_t)(little(body.data + 8, 2) & 0x3fff);
    return ERR_OK;
}

/* RFC 9649, 3.4: 14 bits each, alpha, version 0. */
static enum err read_lossless(struct span body, struct photo *photo)
{
    if (body.bytes < 5 || body.data[0] != 0x2f || body.data[4] >> 5 != 0) {
        return ERR_NOT_A_PICTURE;
    }
    uint32_t bits = little(body.data + 1, 4);
    photo->width = (uint16_t)((bits & 0x3fff) + 1);
    photo->height = (uint16_t)((bits >> 14 & 0x3fff) + 1);
    return ERR_OK;
}

static enum err read_picture(const struct chunk *chunk, struct photo *photo)
{
    if (is(chunk, "VP8 ")) {
        return read_lossy(chunk->body, photo);
    }
    return is(chunk, "VP8L") ? read_lossless(chunk->body, photo) : ERR_NOT_A_PICTURE;
}

/* ---- VP8X ---- */

static enum err read_flags(struct span body, uint8_t *ret_flags, struct photo *canvas)
{
    if (body.bytes != 10 || little(body.data + 1, 3) != 0) {
        return ERR_NOT_A_PICTURE;
    }
    uint8_t flags = body.data[0];
    uint32_t width = little(body.data + 4, 3) + 1;
    uint32_t height = little(body.data + 7, 3) + 1;
    if ((flags & (FLAG_EXIF | FLAG_XMP | FLAG_PROFILE)) != 0) {
        return ERR_PICTURE_METADATA;
    }
    if ((flags & ~FLAG_ALPHA) != 0 || width > UINT16_MAX || height > UINT16_MAX) {
        return ERR_NOT_A_PICTURE;
    }
    *ret_flags = flags;
    *canvas = (struct photo){canvas->type, (uint16_t)width, (uint16_t)height};
    return ERR_OK;
}

/* Passes the chunk `name`, which must be there if `flagged`. */
static enum err
pass(struct webp *webp, struct chunk *chunk, const char *name, bool flagged)
{
    if (!flagged) {
        return ERR_OK;
    }
    return is(chunk, name) ? take_chunk(webp, chunk) : ERR_NOT_A_PICTURE;
}

/* A lossless picture holds its alpha itself. */
static enum err
read_parts(struct webp *webp, uint8_t flags, struct chunk *chunk, struct photo *photo)
{
    enum err err = take_chunk(webp, chunk);
    if (err == ERR_OK && !is(chunk, "VP8L")) {
        err = pass(webp, chunk, "ALPH", (flags & FLAG_ALPHA) != 0);
    }
    return err == ERR_OK ? read_picture(chunk, photo) : err;
}

static enum err read_extended(struct webp *webp, struct chunk *chunk, struct photo *photo)
{
    uint8_t flags = 0;
    struct photo canvas = *photo;
    enum err err = read_flags(chunk->body, &flags, &canvas);
    if (err == ERR_OK) {
        err = read_parts(webp, flags, chunk, photo);
    }
    bool same = canvas.width == photo->width && canvas.height == photo->height;
    return err == ERR_OK && !same ? ERR_NOT_A_PICTURE : err;
}

/* ---- the file ---- */

/* What hangs on behind the picture: a chunk of words, or nobody knows what. */
static enum err check_end(struct webp *webp)
{
    struct chunk more;
    if (webp->at == webp->file.bytes) {
        return ERR_OK;
    }
    return take_chunk(webp, &more) == ERR_PICTURE_METADATA ? ERR_PICTURE_METADATA
                                                           : ERR_NOT_A_PICTURE;
}

enum err webp_read(struct span file, struct photo *ret_photo)
{
    struct webp webp = {.file = file, .at = 12};
    struct photo photo = {.type = PHOTO_WEBP};
    struct chunk chunk;
    if (file.bytes < 12 || memcmp(file.data, "RIFF", 4) != 0 ||
        memcmp(file.data + 8, "WEBP", 4) != 0 ||
        little(file.data + 4, 4) != file.bytes - 8) {
        return ERR_NOT_A_PICTURE;
    }
    enum err err = take_chunk(&webp, &chunk);
    if (err == ERR_OK) {
        err = is(&chunk, "VP8X") ? read_extended(&webp, &chunk, &photo)
                                 : read_picture(&chunk, &photo);
    }
    if (err == ERR_OK) {
        err = check_end(&webp);
    }
    if (err == ERR_OK) {
        *ret_photo = photo;
    }
    return err;
}
