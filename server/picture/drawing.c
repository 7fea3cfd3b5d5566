#include "picture/picture.h"

#include "base/bounds.h"

#include <assert.h>

struct pen {
    struct span text;
    size_t at;
    int x, y;
};

static const char *const colours[] = {
    "#1d2330", "#c3312f", "#e07a10", "#f2c500",
    "#2d8a3e", "#1f6fd0", "#7b3fa8", "#ffffff",
};
static const int widths[] = {6, 14, 30};

#define COLOUR_COUNT (int)(sizeof colours / sizeof *colours)
#define WIDTH_COUNT  (int)(sizeof widths / sizeof *widths)

/* The byte here; -1 at the end. */
static int here(const struct pen *pen)
{
    return pen->at < pen->text.bytes ? pen->text.data[pen->at] : -1;
}

static bool take(struct pen *pen, char wanted)
{
    bool there = here(pen) == wanted;
    pen->at += there ? 1 : 0;
    return there;
}

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

/* Which of the `count` letters from `first`; -1: none of them. */
static int take_letter(struct pen *pen, char first, int count)
{
    int letter = here(pen) - first;
    if (letter < 0 || letter >= count) {
        return -1;
    }
    pen->at++;
    return letter;
}

/* `0`, or digits without a zero before them, and a minus before those. */
static bool take_number(struct pen *pen, int *ret_number)
{
    bool minus = take(pen, '-');
    int number = 0;
    size_t from = pen->at;
    if (here(pen) == '0' && minus) {
        return false;
    }
    while (is_digit(here(pen)) && number <= DRAWING_WIDTH) {
        bool zero_before = pen->at > from && number == 0;
        if (zero_before) {
            return false;
        }
        number = 10 * number + (pen->text.data[pen->at++] - '0');
    }
    *ret_number = minus ? -number : number;
    return pen->at > from && number <= DRAWING_WIDTH;
}

/* The space before a number, which a minus makes needless. */
static bool take_gap(struct pen *pen)
{
    return here(pen) == '-' || (take(pen, ' ') && here(pen) != '-');
}

/* Moves there; false: beyond the canvas. */
static bool go(struct pen *pen, int x, int y)
{
    pen->x = x;
    pen->y = y;
    return x >= 0 && x <= DRAWING_WIDTH && y >= 0 && y <= DRAWING_HEIGHT;
}

static bool take_pair(struct pen *pen, int *ret_x, int *ret_y)
{
    return take_number(pen, ret_x) && take_gap(pen) && take_number(pen, ret_y);
}

static bool is_at_stroke(const struct pen *pen)
{
    int letter = here(pen);
    return letter == -1 || (letter >= 'a' && letter < 'a' + COLOUR_COUNT);
}

/* `M x y l dx dy …`, up to the next stroke or the end. */
static bool take_path(struct pen *pen)
{
    int x = 0;
    int y = 0;
    if (!take(pen, 'M') || !take_pair(pen, &x, &y) || !go(pen, x, y) || !take(pen, 'l')) {
        return false;
    }
    do {
        if (!take_pair(pen, &x, &y) || !go(pen, pen->x + x, pen->y + y)) {
            return false;
        }
    } while (!is_at_stroke(pen) && take_gap(pen));
    return is_at_stroke(pen);
}

bool drawing_valid(struct span drawing)
{
    struct pen pen = {.text = drawing};
    if (drawing.bytes == 0 || drawing.bytes > DRAWING_BYTES_MAX) {
        return false;
    }
    for (int strokes = 0; strokes < DRAWING_STROKES_MAX; strokes++) {
        if (take_letter(&pen, 'a', COLOUR_COUNT) < 0 ||
            take_letter(&pen, '1', WIDTH_COUNT) < 0 || !take_path(&pen)) {
            return false;
        }
        if (here(&pen) == -1) {
            return true;
        }
    }
    return false;
}

/* ---- the picture ---- */

static void write_stroke(struct buf *out, int colour, int width, struct span path)
{
    buf_printf(
        out, "<path stroke=\"%s\" stroke-width=\"%d\" d=\"", colours[colour],
        widths[width]);
    buf_bytes(out, path.data, path.bytes);
    buf_text(out, "\"/>");
}

void drawing_write_svg(struct buf *out, struct span drawing)
{
    assert(drawing_valid(drawing));
    struct pen pen = {.text = drawing};
    buf_printf(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
        "viewBox=\"0 0 %d %d\"><path fill=\"#ffffff\" d=\"M0 0h%dv%dH0z\"/>"
        "<g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">",
        DRAWING_WIDTH, DRAWING_HEIGHT, DRAWING_WIDTH, DRAWING_HEIGHT, DRAWING_WIDTH,
        DRAWING_HEIGHT);
    while (here(&pen) != -1) {
        int colour = take_letter(&pen, 'a', COLOUR_COUNT);
        int width = take_letter(&pen, '1', WIDTH_COUNT);
        size_t from = pen.at;
        bool taken = take_path(&pen);
        assert(taken && colour >= 0 && width >= 0);
        write_stroke(out, colour, width, span_of(drawing.data + from, pen.at - from));
    }
    buf_text(out, "</g></svg>");
}
