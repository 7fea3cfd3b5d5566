/* JPEG, ITU-T T.81: segments, then scans of coded data, up to EOI. Baseline and
 * progressive with Huffman codes, grey or colour; the two application segments that carry
 * nothing but how to read the samples (JFIF without a thumbnail, Adobe). */
#include "picture/formats.h"

#include "base/bounds.h"

enum marker {
    M_SOF0 = 0xc0, /* baseline */
    M_SOF2 = 0xc2, /* progressive */
    M_DHT = 0xc4,
    M_RST0 = 0xd0,
    M_RST7 = 0xd7,
    M_SOI = 0xd8,
    M_EOI = 0xd9,
    M_SOS = 0xda,
    M_DQT = 0xdb,
    M_DRI = 0xdd,
    M_APP0 = 0xe0,
    M_APP14 = 0xee,
    M_APP15 = 0xef,
    M_COM = 0xfe,
};

struct jpeg {
    struct span file;
    size_t at;
    struct photo photo;
    bool framed; /* SOF was there */
    unsigned scans;
    bool has_app0; /* each but once */
    bool has_app14;
};

static uint16_t big16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static bool begins_with(struct span body, const char *word, size_t bytes)
{
    return body.bytes >= bytes && memcmp(body.data, word, bytes) == 0;
}

/* ---- segments ---- */

/* Version, density, and a thumbnail of no pixels: a thumbnail shows what was cut away. */
static enum err read_app0(struct jpeg *jpeg, struct span body)
{
    bool plain = begins_with(body, "JFIF", 5) && body.bytes == 14 && body.data[12] == 0 &&
                 body.data[13] == 0;
    if (!plain || jpeg->has_app0) {
        return ERR_PICTURE_METADATA;
    }
    jpeg->has_app0 = true;
    return ERR_OK;
}

static enum err read_app14(struct jpeg *jpeg, struct span body)
{
    if (!begins_with(body, "Adobe", 5) || body.bytes != 12 || jpeg->has_app14) {
        return ERR_PICTURE_METADATA;
    }
    jpeg->has_app14 = true;
    return ERR_OK;
}

static enum err read_frame(struct jpeg *jpeg, struct span body)
{
    if (jpeg->framed || body.bytes < 6) {
        return ERR_NOT_A_PICTURE;
    }
    uint8_t components = body.data[5];
    bool fits = components == 1 || components == 3;
    if (body.data[0] != 8 || !fits || body.bytes != 6 + 3 * (size_t)components) {
        return ERR_NOT_A_PICTURE;
    }
    jpeg->photo.height = big16(body.data + 1);
    jpeg->photo.width = big16(body.data + 3);
    jpeg->framed = true;
    return ERR_OK;
}

/* Tables of 64 numbers of 8 or 16 bits. */
static enum err read_dqt(struct span body)
{
    size_t at = 0;
    while (at < body.bytes) {
        uint8_t head = body.data[at];
        if (head >> 4 > 1 || (head & 15) > 3) {
            return ERR_NOT_A_PICTURE;
        }
        at += head >> 4 == 0 ? 65 : 129;
    }
    return at == body.bytes && at > 0 ? ERR_OK : ERR_NOT_A_PICTURE;
}

/* Tables of 16 counts and as many values as they say. */
static enum err read_dht(struct span body)
{
    size_t at = 0;
    while (at < body.bytes) {
        uint8_t head = body.data[at];
        if (head >> 4 > 1 || (head & 15) > 3 || body.bytes - at < 17) {
            return ERR_NOT_A_PICTURE;
        }
        size_t values = 0;
        for (size_t i = 1; i <= 16; i++) {
            values += body.data[at + i];
        }
        if (values > 256) {
            return ERR_NOT_A_PICTURE;
        }
        at += 17 + values;
    }
    return at == body.bytes && at > 0 ? ERR_OK : ERR_NOT_A_PICTURE;
}

/* Coded data up to the next marker, which is left: 0xff is followed by 0 or by RST. */
static void pass_data(struct jpeg *jpeg)
{
    struct span file = jpeg->file;
    while (jpeg->at + 1 < file.bytes) {
        uint8_t next = file.data[jpeg->at + 1];
        bool coded = next == 0 || (next >= M_RST0 && next <= M_RST7);
        if (file.data[jpeg->at] != 0xff) {
            jpeg->at++;
        } else if (coded) {
            jpeg->at += 2;
        } else {
            return;
        }
    }
}

static enum err read_scan(struct jpeg *jpeg, struct span body)
{
    if (!jpeg->framed || body.bytes < 1) {
        return ERR_NOT_A_PICTURE;
    }
    uint8_t components = body.data[0];
    if (components < 1 || components > 3 || body.bytes != 4 + 2 * (size_t)components) {
        return ERR_NOT_A_PICTURE;
    }
    jpeg->scans++; /* each costs a decoder a walk over all pixels, however short it is */
    pass_data(jpeg);
    return jpeg->scans <= JPEG_SCANS_MAX ? ERR_OK : ERR_NOT_A_PICTURE;
}

static enum err read_segment(struct jpeg *jpeg, uint8_t marker, struct span body)
{
    if (marker == M_APP0) {
        return read_app0(jpeg, body);
    }
    if (marker == M_APP14) {
        return read_app14(jpeg, body);
    }
    if ((marker > M_APP0 && marker <= M_APP15) || marker == M_COM) {
        return ERR_PICTURE_METADATA;
    }
    switch (marker) {
    case M_SOF0:
    case M_SOF2:
        return read_frame(jpeg, body);
    case M_DQT:
        return read_dqt(body);
    case M_DHT:
        return read_dht(body);
    case M_DRI:
        return body.bytes == 2 ? ERR_OK : ERR_NOT_A_PICTURE;
    case M_SOS:
        return read_scan(jpeg, body);
    default:
        return ERR_NOT_A_PICTURE;
    }
}

/* ---- the walk ---- */

/* The marker that stands here; 0: none. */
static uint8_t take_marker(struct jpeg *jpeg)
{
    if (jpeg->file.bytes - jpeg->at < 2 || jpeg->file.data[jpeg->at] != 0xff) {
        return 0;
    }
    uint8_t marker = jpeg->file.data[jpeg->at + 1];
    jpeg->at += 2;
    return marker;
}

/* The segment behind its marker; its length counts itself. */
static enum err take_body(struct jpeg *jpeg, struct span *ret_body)
{
    size_t left = jpeg->file.bytes - jpeg->at;
    const uint8_t *here = jpeg->file.data + jpeg->at;
    if (left < 2 || big16(here) < 2 || big16(here) > left) {
        return ERR_NOT_A_PICTURE;
    }
    *ret_body = span_of(here + 2, (size_t)big16(here) - 2);
    jpeg->at += big16(here);
    return ERR_OK;
}

static enum err finish(const struct jpeg *jpeg, struct photo *ret_photo)
{
    if (jpeg->scans == 0 || jpeg->at != jpeg->file.bytes) {
        return ERR_NOT_A_PICTURE;
    }
    *ret_photo = jpeg->photo;
    return ERR_OK;
}

enum err jpeg_read(struct span file, struct photo *ret_photo)
{
    struct jpeg jpeg = {.file = file, .photo = {.type = PHOTO_JPEG}};
    if (take_marker(&jpeg) != M_SOI) {
        return ERR_NOT_A_PICTURE;
    }
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        struct span body;
        uint8_t marker = take_marker(&jpeg);
        if (marker == M_EOI) {
            return finish(&jpeg, ret_photo);
        }
        err = marker != 0 ? take_body(&jpeg, &body) : ERR_NOT_A_PICTURE;
        if (err == ERR_OK) {
            err = read_segment(&jpeg, marker, body);
        }
    }
    return err;
}
