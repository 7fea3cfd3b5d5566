/* Small photographs, made byte by byte: their samples mean nothing, their files are
 * whole.
 */
#ifndef TESTS_PICTURE_FILES_H
#define TESTS_PICTURE_FILES_H

#include "base/buf.h"

#include <stdint.h>
#include <string.h>

#define FILE_BYTES_MAX (1024UL * 1024)

static inline void file_bytes(struct buf *file, const char *bytes, size_t count)
{
    buf_bytes(file, bytes, count);
}

static inline void file_big16(struct buf *file, size_t number)
{
    buf_char(file, (char)(number >> 8));
    buf_char(file, (char)number);
}

static inline void file_little(struct buf *file, uint32_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        buf_char(file, (char)(number >> (8 * i)));
    }
}

/* ---- JPEG ---- */

static inline void jpeg_segment(struct buf *file, uint8_t marker, struct span body)
{
    buf_char(file, (char)0xff);
    buf_char(file, (char)marker);
    file_big16(file, body.bytes + 2);
    buf_bytes(file, body.data, body.bytes);
}

static inline void jpeg_begin(struct buf *file)
{
    file_bytes(file, "\xff\xd8", 2);
}

static inline void jpeg_jfif(struct buf *file)
{
    jpeg_segment(file, 0xe0, span_of("JFIF\0\1\1\0\0\1\0\1\0\0", 14));
}

static inline void jpeg_tables(struct buf *file)
{
    uint8_t quantities[65] = {0};
    uint8_t codes[18] = {0, 1};
    jpeg_segment(file, 0xdb, span_of(quantities, sizeof quantities));
    jpeg_segment(file, 0xc4, span_of(codes, sizeof codes));
}

static inline void
jpeg_frame(struct buf *file, uint8_t marker, uint16_t width, uint16_t height)
{
    const uint8_t body[] = {
        8,
        (uint8_t)(height >> 8),
        (uint8_t)height,
        (uint8_t)(width >> 8),
        (uint8_t)width,
        1,
        1,
        0x11,
        0};
    jpeg_segment(file, marker, span_of(body, sizeof body));
}

/* A scan whose coded data have a stuffed 0xff and a restart among them. */
static inline void jpeg_scan(struct buf *file)
{
    jpeg_segment(file, 0xda, span_of("\1\1\0\0\77\0", 6));
    file_bytes(file, "\x12\xff\0\x34\xff\xd3\x56", 7);
}

static inline void jpeg_end(struct buf *file)
{
    file_bytes(file, "\xff\xd9", 2);
}

static inline void jpeg_of(struct buf *file, uint16_t width, uint16_t height)
{
    jpeg_begin(file);
    jpeg_jfif(file);
    jpeg_tables(file);
    jpeg_frame(file, 0xc0, width, height);
    jpeg_scan(file);
    jpeg_end(file);
}

/* The same as a camera writes it: it says where it was taken. */
static inline void jpeg_with_exif(struct buf *file, uint16_t width, uint16_t height)
{
    jpeg_begin(file);
    jpeg_segment(file, 0xe1, span_of("Exif\0\0MM\0*GPS 51.48N 11.97E", 27));
    jpeg_tables(file);
    jpeg_frame(file, 0xc0, width, height);
    jpeg_scan(file);
    jpeg_end(file);
}

/* ---- WebP ---- */

static inline void webp_begin(struct buf *file)
{
    file_bytes(file, "RIFF\0\0\0\0WEBP", 12);
}

static inline void webp_chunk(struct buf *file, const char *name, struct span body)
{
    file_bytes(file, name, 4);
    file_little(file, (uint32_t)body.bytes, 4);
    buf_bytes(file, body.data, body.bytes);
    if (body.bytes % 2 == 1) {
        buf_char(file, '\0');
    }
}

static inline void webp_lossy(struct buf *file, uint16_t width, uint16_t height)
{
    const uint8_t body[] = {
        0x10,
        0,
        0,
        0x9d,
        1,
        0x2a,
        (uint8_t)width,
        (uint8_t)(width >> 8),
        (uint8_t)height,
        (uint8_t)(height >> 8),
        7};
    webp_chunk(file, "VP8 ", span_of(body, sizeof body));
}

static inline void webp_lossless(struct buf *file, uint16_t width, uint16_t height)
{
    uint32_t bits = (uint32_t)(width - 1) | (uint32_t)(height - 1) << 14;
    const uint8_t body[] = {0x2f,
                            (uint8_t)bits,
                            (uint8_t)(bits >> 8),
                            (uint8_t)(bits >> 16),
                            (uint8_t)(bits >> 24),
                            9};
    webp_chunk(file, "VP8L", span_of(body, sizeof body));
}

static inline void
webp_extended(struct buf *file, uint8_t flags, uint16_t width, uint16_t height)
{
    const uint8_t body[] = {
        flags,
        0,
        0,
        0,
        (uint8_t)(width - 1),
        (uint8_t)((width - 1) >> 8),
        0,
        (uint8_t)(height - 1),
        (uint8_t)((height - 1) >> 8),
        0};
    webp_chunk(file, "VP8X", span_of(body, sizeof body));
}

/* Says how long the file is. */
static inline void webp_end(struct buf *file)
{
    for (size_t i = 0; i < 4; i++) {
        file->data[4 + i] = (uint8_t)((file->bytes - 8) >> (8 * i));
    }
}

static inline void webp_of(struct buf *file, uint16_t width, uint16_t height)
{
    webp_begin(file);
    webp_lossy(file, width, height);
    webp_end(file);
}

#endif
