#include "base/bounds.h"
#include "picture/picture.h"
#include "unit/picture/files.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct buf file;

static void begin(void)
{
    buf_init(&file, FILE_BYTES_MAX);
}

static void end(void)
{
    buf_fini(&file);
}

TestSuite(photo, .init = begin, .fini = end);

/* In exact memory, so that the sanitizer sees a byte too far. */
static enum err read_exact(struct span bytes, struct photo *ret_photo)
{
    uint8_t *exact = malloc(bytes.bytes > 0 ? bytes.bytes : 1);
    if (bytes.bytes > 0) {
        memcpy(exact, bytes.data, bytes.bytes);
    }
    enum err err = photo_read(span_of(exact, bytes.bytes), ret_photo);
    free(exact);
    return err;
}

static void expect_taken(enum photo_type type, uint16_t width, uint16_t height)
{
    struct photo photo = {.width = 1};
    cr_assert(!buf_failed(&file));
    cr_assert_eq(read_exact(buf_span(&file), &photo), ERR_OK);
    cr_expect_eq(photo.type, type);
    cr_expect_eq(photo.width, width);
    cr_expect_eq(photo.height, height);
}

static void expect_refused(enum err err)
{
    struct photo photo = {.width = 1};
    enum err got = read_exact(buf_span(&file), &photo);
    cr_expect_eq(got, err, "expected %s, got %s", err_code(err), err_code(got));
    cr_expect_eq(photo.width, 1, "a refusal has changed the output");
    buf_clear(&file);
}

static bool is_mine(enum err err)
{
    return err == ERR_OK || err == ERR_NOT_A_PICTURE || err == ERR_PICTURE_METADATA;
}

/* Every beginning of a file that is taken is refused, and no byte behind it is looked at.
 */
static void refuse_every_prefix(void)
{
    struct photo photo;
    for (size_t n = 0; n < file.bytes; n++) {
        enum err err = read_exact(span_of(file.data, n), &photo);
        cr_assert_eq(err, ERR_NOT_A_PICTURE, "%zu bytes", n);
    }
}

/* Whatever one byte is changed to: an answer, and memory stays whole. */
static void change_every_byte(void)
{
    struct photo photo;
    for (size_t i = 0; i < file.bytes; i++) {
        uint8_t old = file.data[i];
        for (unsigned byte = 0; byte < 256; byte++) {
            file.data[i] = (uint8_t)byte;
            cr_assert(is_mine(read_exact(buf_span(&file), &photo)));
        }
        file.data[i] = old;
    }
}

/* ---- JPEG ---- */

Test(photo, takes_a_baseline_jpeg)
{
    jpeg_of(&file, 1280, 960);
    expect_taken(PHOTO_JPEG, 1280, 960);
}

Test(photo, takes_a_progressive_jpeg_of_many_scans)
{
    jpeg_begin(&file);
    jpeg_segment(&file, 0xee, span_of("Adobe\0\144\0\0\0\0\1", 12));
    jpeg_tables(&file);
    jpeg_frame(&file, 0xc2, 16, 4096);
    jpeg_segment(&file, 0xdd, span_of("\0\4", 2));
    jpeg_scan(&file);
    jpeg_tables(&file);
    jpeg_scan(&file);
    jpeg_end(&file);
    expect_taken(PHOTO_JPEG, 16, 4096);
}

Test(photo, refuses_a_jpeg_that_says_more_than_its_picture)
{
    for (unsigned marker = 0xe0; marker <= 0xef; marker++) {
        jpeg_begin(&file);
        jpeg_segment(&file, (uint8_t)marker, span_of_string("somewhere"));
        jpeg_tables(&file);
        jpeg_frame(&file, 0xc0, 100, 100);
        jpeg_scan(&file);
        jpeg_end(&file);
        expect_refused(ERR_PICTURE_METADATA);
    }
    jpeg_with_exif(&file, 100, 100);
    expect_refused(ERR_PICTURE_METADATA);
    jpeg_begin(&file);
    jpeg_segment(&file, 0xfe, span_of_string("Anna was here"));
    expect_refused(ERR_PICTURE_METADATA);
}

Test(photo, refuses_a_jpeg_with_a_comment_between_its_scans)
{
    jpeg_begin(&file);
    jpeg_tables(&file);
    jpeg_frame(&file, 0xc2, 100, 100);
    jpeg_scan(&file);
    jpeg_segment(&file, 0xfe, span_of_string("Anna was here"));
    jpeg_scan(&file);
    jpeg_end(&file);
    expect_refused(ERR_PICTURE_METADATA);
}

Test(photo, refuses_a_jpeg_with_a_thumbnail_or_two_heads)
{
    jpeg_begin(&file);
    jpeg_segment(&file, 0xe0, span_of("JFIF\0\1\1\0\0\1\0\1\1\1abc", 17));
    expect_refused(ERR_PICTURE_METADATA);
    jpeg_begin(&file);
    jpeg_segment(&file, 0xe0, span_of("JFIF\0\1\1\0\0\1\0\1\1\1", 14));
    expect_refused(ERR_PICTURE_METADATA);
    jpeg_begin(&file);
    jpeg_segment(&file, 0xe0, span_of("JFXX\0\20", 6));
    expect_refused(ERR_PICTURE_METADATA);
    jpeg_begin(&file);
    jpeg_jfif(&file);
    jpeg_jfif(&file);
    expect_refused(ERR_PICTURE_METADATA);
}

Test(photo, refuses_a_jpeg_with_something_behind_its_end)
{
    jpeg_of(&file, 100, 100);
    file_bytes(&file, "", 1);
    expect_refused(ERR_NOT_A_PICTURE);
    jpeg_of(&file, 100, 100);
    jpeg_of(&file, 100, 100);
    expect_refused(ERR_NOT_A_PICTURE);
}

Test(photo, refuses_a_jpeg_of_another_process)
{
    static const uint8_t frames[] = {0xc1, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9,
                                     0xca, 0xcb, 0xcd, 0xce, 0xcf};
    for (size_t i = 0; i < sizeof frames; i++) {
        jpeg_begin(&file);
        jpeg_tables(&file);
        jpeg_frame(&file, frames[i], 100, 100);
        jpeg_scan(&file);
        jpeg_end(&file);
        expect_refused(ERR_NOT_A_PICTURE);
    }
}

Test(photo, refuses_a_jpeg_without_a_frame_or_with_two_or_without_a_scan)
{
    jpeg_begin(&file);
    jpeg_tables(&file);
    jpeg_scan(&file);
    jpeg_end(&file);
    expect_refused(ERR_NOT_A_PICTURE);
    jpeg_begin(&file);
    jpeg_frame(&file, 0xc0, 100, 100);
    jpeg_frame(&file, 0xc0, 200, 200);
    jpeg_scan(&file);
    jpeg_end(&file);
    expect_refused(ERR_NOT_A_PICTURE);
    jpeg_begin(&file);
    jpeg_frame(&file, 0xc0, 100, 100);
    jpeg_end(&file);
    expect_refused(ERR_NOT_A_PICTURE);
}

Test(photo, refuses_tables_that_hide_something)
{
    uint8_t table[66] = {0};
    jpeg_begin(&file);
    jpeg_segment(&file, 0xdb, span_of(table, 66));
    expect_refused(ERR_NOT_A_PICTURE);
    jpeg_begin(&file);
    jpeg_segment(&file, 0xc4, span_of(table, 20));
    expect_refused(ERR_NOT_A_PICTURE);
    table[0] = 0x20;
    jpeg_begin(&file);
    jpeg_segment(&file, 0xdb, span_of(table, 65));
    expect_refused(ERR_NOT_A_PICTURE);
    jpeg_begin(&file);
    jpeg_segment(&file, 0xc4, span_of(table, 17));
    expect_refused(ERR_NOT_A_PICTURE);
    jpeg_begin(&file);
    jpeg_segment(&file, 0xdd, span_of(table, 3));
    expect_refused(ERR_NOT_A_PICTURE);
}

Test(photo, of_jpeg_every_prefix_is_refused_and_every_byte_may_change)
{
    jpeg_of(&file, 100, 100);
    refuse_every_prefix();
    change_every_byte();
}

/* ---- WebP ---- */

Test(photo, takes_webp_lossy_and_lossless)
{
    webp_of(&file, 1280, 960);
    expect_taken(PHOTO_WEBP, 1280, 960);
    buf_clear(&file);
    webp_begin(&file);
    webp_lossless(&file, 4096, 16);
    webp_end(&file);
    expect_taken(PHOTO_WEBP, 4096, 16);
}

Test(photo, takes_webp_with_alpha)
{
    webp_begin(&file);
    webp_extended(&file, 0x10, 300, 200);
    webp_chunk(&file, "ALPH", span_of_string("alpha"));
    webp_lossy(&file, 300, 200);
    webp_end(&file);
    expect_taken(PHOTO_WEBP, 300, 200);
    buf_clear(&file);
    webp_begin(&file);
    webp_extended(&file, 0x10, 300, 200);
    webp_lossless(&file, 300, 200);
    webp_end(&file);
    expect_taken(PHOTO_WEBP, 300, 200);
}

static void refuse_extended(uint8_t flags, const char *name, enum err err)
{
    webp_begin(&file);
    webp_extended(&file, flags, 300, 200);
    webp_lossy(&file, 300, 200);
    if (name != NULL) {
        webp_chunk(&file, name, span_of_string("Anna was here"));
    }
    webp_end(&file);
    expect_refused(err);
}

Test(photo, refuses_webp_that_says_more_than_its_picture)
{
    refuse_extended(0x08, NULL, ERR_PICTURE_METADATA);
    refuse_extended(0x04, NULL, ERR_PICTURE_METADATA);
    refuse_extended(0x20, NULL, ERR_PICTURE_METADATA);
    refuse_extended(0, "EXIF", ERR_PICTURE_METADATA);
    refuse_extended(0, "XMP ", ERR_PICTURE_METADATA);
    webp_begin(&file);
    webp_lossy(&file, 300, 200);
    webp_chunk(&file, "EXIF", span_of_string("Anna was here"));
    webp_end(&file);
    expect_refused(ERR_PICTURE_METADATA);
}

Test(photo, refuses_webp_with_chunks_that_are_not_of_a_still_picture)
{
    refuse_extended(0x02, NULL, ERR_NOT_A_PICTURE);
    refuse_extended(0, "ANIM", ERR_NOT_A_PICTURE);
    refuse_extended(0, "ANMF", ERR_NOT_A_PICTURE);
    refuse_extended(0, "anna", ERR_NOT_A_PICTURE);
    refuse_extended(0, "VP8 ", ERR_NOT_A_PICTURE);
    refuse_extended(0x01, NULL, ERR_NOT_A_PICTURE);
    refuse_extended(0x10, NULL, ERR_NOT_A_PICTURE);
    refuse_extended(0, "ICCP", ERR_NOT_A_PICTURE);
}

Test(photo, refuses_webp_whose_sizes_disagree)
{
    webp_begin(&file);
    webp_extended(&file, 0, 300, 200);
    webp_lossy(&file, 300, 201);
    webp_end(&file);
    expect_refused(ERR_NOT_A_PICTURE);
    webp_of(&file, 300, 200);
    file.data[4]++;
    expect_refused(ERR_NOT_A_PICTURE);
    webp_of(&file, 300, 200);
    file_bytes(&file, "xy", 2);
    expect_refused(ERR_NOT_A_PICTURE);
}

Test(photo, refuses_webp_with_a_byte_hidden_behind_an_odd_chunk)
{
    webp_of(&file, 300, 200);
    file.data[file.bytes - 1] = 'A';
    expect_refused(ERR_NOT_A_PICTURE);
}

Test(photo, of_webp_every_prefix_is_refused_and_every_byte_may_change)
{
    webp_begin(&file);
    webp_extended(&file, 0x10, 300, 200);
    webp_chunk(&file, "ALPH", span_of_string("alpha"));
    webp_lossy(&file, 300, 200);
    webp_end(&file);
    refuse_every_prefix();
    change_every_byte();
}

/* ---- bounds ---- */

Test(photo, has_sides_from_16_to_4096)
{
    static const uint16_t sides[] = {0, 1, 15, 4097, 65535};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        jpeg_of(&file, sides[i], 100);
        expect_refused(ERR_NOT_A_PICTURE);
        jpeg_of(&file, 100, sides[i]);
        expect_refused(ERR_NOT_A_PICTURE);
    }
    webp_of(&file, 15, 100);
    expect_refused(ERR_NOT_A_PICTURE);
    webp_of(&file, 100, 4097);
    expect_refused(ERR_NOT_A_PICTURE);
    jpeg_of(&file, 16, 4096);
    expect_taken(PHOTO_JPEG, 16, 4096);
}

Test(photo, has_at_most_4_million_pixels_and_100_scans)
{
    jpeg_of(&file, 2048, 2048);
    expect_taken(PHOTO_JPEG, 2048, 2048);
    buf_clear(&file);
    jpeg_of(&file, 2049, 2048);
    expect_refused(ERR_NOT_A_PICTURE);
    for (int scans = 100; scans <= 101; scans++) {
        jpeg_begin(&file);
        jpeg_tables(&file);
        jpeg_frame(&file, 0xc2, 100, 100);
        for (int i = 0; i < scans; i++) {
            jpeg_scan(&file);
        }
        jpeg_end(&file);
        if (scans == 100) {
            expect_taken(PHOTO_JPEG, 100, 100);
            buf_clear(&file);
        } else {
            expect_refused(ERR_NOT_A_PICTURE);
        }
    }
}

Test(photo, has_at_most_400_thousand_bytes)
{
    jpeg_begin(&file);
    jpeg_tables(&file);
    jpeg_frame(&file, 0xc0, 100, 100);
    jpeg_scan(&file);
    while (file.bytes < PHOTO_BYTES_MAX - 2) {
        buf_char(&file, 'x');
    }
    jpeg_end(&file);
    expect_taken(PHOTO_JPEG, 100, 100);
    file.bytes -= 2;
    buf_char(&file, 'x');
    jpeg_end(&file);
    expect_refused(ERR_TOO_LARGE);
}

Test(photo, refuses_what_is_something_else)
{
    static const char *const others[] = {
        "",
        "R",
        "RIFF",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "\x89PNG\r\n\x1a\n",
        "GIF89a",
        "%PDF-1.7",
        "<html>"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        buf_text(&file, others[i]);
        expect_refused(ERR_NOT_A_PICTURE);
    }
}
