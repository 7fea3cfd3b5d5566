#include "base/bounds.h"
#include "picture/picture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool valid(const char *drawing)
{
    return drawing_valid(span_of_string(drawing));
}

Test(drawing, takes_strokes_one_behind_the_other)
{
    static const char *const drawings[] = {
        "a1M0 0l0 0",
        "a2M120 40l5 6-3 8b1M7 7l0 0",
        "h3M1000 750l-1000-750 1000 750",
        "c1M5 5l1 0 0 1-1 0 0-1",
        "d2M10 10l0 0 0 0",
    };
    for (size_t i = 0; i < sizeof drawings / sizeof *drawings; i++) {
        cr_expect(valid(drawings[i]), "%s", drawings[i]);
    }
}

Test(drawing, refuses_every_other_spelling)
{
    static const char *const others[] = {
        "",
        "a",
        "a1",
        "a1M",
        "a1M1 1",
        "a1M1 1l",
        "a1M1 1l1",
        "a1M1 1l1 ",
        "a1M1 1l1 1 ",
        "a1M1 1l1 1 1",
        " a1M1 1l1 1",
        "a1M1 1l1 1 a1M1 1l1 1",
        "a1M1  1l1 1",
        "a1M1,1l1,1",
        "a1M01 1l1 1",
        "a1M1 00l1 1",
        "a1M1 1l+1 1",
        "a1M1 1l-0 1",
        "a1M1 1l0 -1",
        "a1M1 1l1.5 1",
        "a1M1 1l1e1 1",
        "a1M1 1l--1 1",
        "a1M1 1l1 1-",
        "a1m1 1l1 1",
        "a1M1 1L1 1",
        "a1M1 1l1 1z",
        "a1M1 1l1 1M2 2l1 1",
        "i1M1 1l1 1",
        "A1M1 1l1 1",
        "a0M1 1l1 1",
        "a4M1 1l1 1",
        "1aM1 1l1 1",
        "a1M1 1l1 1\"",
        "a1M1 1l1 1<",
        "a1M1 1l\xd9\xa1 1",
        "a1M99999999999999999999 1l1 1",
        "a1M1 1l99999999999 1",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        cr_expect(!valid(others[i]), "%s", others[i]);
    }
}

Test(drawing, refuses_a_point_beyond_the_canvas)
{
    cr_expect(!valid("a1M1001 0l0 0"));
    cr_expect(!valid("a1M0 751l0 0"));
    cr_expect(!valid("a1M-1 0l0 0"));
    cr_expect(!valid("a1M0 -1l0 0"));
    cr_expect(!valid("a1M0 0l-1 0"));
    cr_expect(!valid("a1M1000 0l1 0-1 0"));
    cr_expect(!valid("a1M0 750l0 1"));
    cr_expect(!valid("a1M1000 750l0 0b1M0 0l0-1"));
}

Test(drawing, has_at_most_400_strokes_and_20000_bytes)
{
    static char drawing[DRAWING_BYTES_MAX + 64];
    size_t bytes = 0;
    for (int i = 0; i < DRAWING_STROKES_MAX; i++) {
        bytes += (size_t)sprintf(drawing + bytes, "a1M1 1l1 1");
    }
    cr_expect(valid(drawing));
    sprintf(drawing + bytes, "a1M1 1l1 1");
    cr_expect(!valid(drawing));
    bytes = (size_t)sprintf(drawing, "a1M100 100l10 10");
    while (bytes + 4 <= DRAWING_BYTES_MAX) {
        bytes += (size_t)sprintf(drawing + bytes, " 0 0");
    }
    cr_assert_eq(bytes, DRAWING_BYTES_MAX);
    cr_expect(valid(drawing));
    sprintf(drawing + bytes, "-1 0");
    cr_expect(!valid(drawing));
}

/* ---- against another reading of the same grammar ---- */

/* Writes the one spelling of a number and what stands before it. */
static char *write_number(char *to, int number, bool gap)
{
    return to + sprintf(to, "%s%d", gap && number >= 0 ? " " : "", number);
}

/* Reads with sscanf, generously, and writes what it read in the one spelling: a drawing
 * is valid if that is itself. */
static bool valid_by_rewriting(const char *drawing)
{
    static char again[4096];
    char *to = again;
    const char *at = drawing;
    while (*at != '\0') {
        char colour;
        char width;
        int x;
        int y;
        int read = 0;
        if (sscanf(at, "%c%cM%5d%5dl%n", &colour, &width, &x, &y, &read) != 4 ||
            read == 0 || colour < 'a' || colour > 'h' || width < '1' || width > '3') {
            return false;
        }
        at += read;
        to += sprintf(to, "%c%cM", colour, width);
        to = write_number(to, x, false);
        to = write_number(to, y, true);
        *to++ = 'l';
        bool first = true;
        int dx;
        int dy;
        bool inside = x >= 0 && x <= 1000 && y >= 0 && y <= 750;
        while (inside && sscanf(at, "%5d%5d%n", &dx, &dy, &read) == 2) {
            at += read;
            to = write_number(to, dx, !first);
            to = write_number(to, dy, true);
            x += dx;
            y += dy;
            inside = x >= 0 && x <= 1000 && y >= 0 && y <= 750;
            first = false;
        }
        if (!inside || first) {
            return false;
        }
    }
    *to = '\0';
    return drawing[0] != '\0' && strcmp(again, drawing) == 0;
}

/* Everything that can be written in eight characters behind a beginning. */
static void
try_all(char *drawing, size_t bytes, size_t more, size_t *tried, size_t *taken)
{
    static const char alphabet[] = "a1Ml 0-";
    drawing[bytes] = '\0';
    bool is = valid(drawing);
    cr_assert_eq(is, valid_by_rewriting(drawing), "%s", drawing);
    *tried += 1;
    *taken += is ? 1 : 0;
    for (const char *c = alphabet; more > 0 && *c != '\0'; c++) {
        drawing[bytes] = *c;
        try_all(drawing, bytes + 1, more - 1, tried, taken);
    }
}

Test(drawing, is_valid_if_and_only_if_it_is_its_own_spelling)
{
    static const char *const beginnings[] = {"", "a1", "a1M0 0l", "a1M10 10l0 0"};
    char drawing[64];
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        size_t tried = 0;
        size_t taken = 0;
        size_t bytes = strlen(beginnings[i]);
        memcpy(drawing, beginnings[i], bytes);
        try_all(drawing, bytes, 6, &tried, &taken);
        cr_expect_eq(tried, 137257, "7^0 + … + 7^6");
        cr_expect(i < 2 || taken > 0);
    }
}

/* ---- the picture ---- */

Test(drawing, becomes_a_picture_of_its_own)
{
    struct buf svg;
    buf_init(&svg, 4096);
    drawing_write_svg(&svg, span_of_string("a2M120 40l5 6-3 8h3M7 7l0 0"));
    cr_expect_str_eq(
        (const char *)svg.data,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000\" height=\"750\" "
        "viewBox=\"0 0 1000 750\"><path fill=\"#ffffff\" d=\"M0 0h1000v750H0z\"/>"
        "<g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">"
        "<path stroke=\"#1d2330\" stroke-width=\"14\" d=\"M120 40l5 6-3 8\"/>"
        "<path stroke=\"#ffffff\" stroke-width=\"30\" d=\"M7 7l0 0\"/></g></svg>");
    buf_fini(&svg);
}

Test(drawing, has_eight_colours_and_three_widths)
{
    static const char *const colours[] = {"#1d2330", "#c3312f", "#e07a10", "#f2c500",
                                          "#2d8a3e", "#1f6fd0", "#7b3fa8", "#ffffff"};
    static const char *const widths[] = {"\"6\"", "\"14\"", "\"30\""};
    for (int i = 0; i < 24; i++) {
        char drawing[32];
        char stroke[80];
        struct buf svg;
        buf_init(&svg, 4096);
        sprintf(drawing, "%c%dM1 1l0 0", 'a' + i / 3, 1 + i % 3);
        sprintf(
            stroke, "<path stroke=\"%s\" stroke-width=%s d=\"M1 1l0 0\"/>",
            colours[i / 3], widths[i % 3]);
        drawing_write_svg(&svg, span_of_string(drawing));
        cr_expect_not_null(strstr((const char *)svg.data, stroke), "%s", stroke);
        buf_fini(&svg);
    }
}
