/* stimmwerk qr: a QR code in the terminal, two modules a character cell. */
#include "app/command.h"
#include "app/options.h"

#include <qrencode.h>

#define QUIET_MODULES 4 /* ISO/IEC 18004 asks for a quiet zone of four */

struct qr_options {
    const char *words[1];
    bool ascii;
};

#define FIELD(name) offsetof(struct qr_options, name)

static const struct option_row ROWS[] = {
    {.name = "ascii",
     .kind = OPTION_FLAG,
     .offset = FIELD(ascii),
     .help = "draws with # and spaces, for terminals without UTF-8"},
};

static const struct options_table TABLE = {
    .command = "stimmwerk qr",
    .summary = "Draws TEXT as a QR code: dark on light whatever the terminal's colours.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
    .words = "TEXT",
    .words_offset = FIELD(words),
    .word_min = 1,
    .word_max = 1,
};

#undef FIELD

/* Outside the code everything is light. */
static bool is_dark(const QRcode *code, int x, int y)
{
    bool inside = x >= 0 && y >= 0 && x < code->width && y < code->width;
    return inside && (code->data[y * code->width + x] & 1) != 0;
}

/* Black on white is set by the escape, so that a dark terminal does not invert it. */
static void print_blocks(const QRcode *code)
{
    static const char *const CELLS[2][2] = {
        {" ", "\xe2\x96\x84"}, {"\xe2\x96\x80", "\xe2\x96\x88"}};
    for (int y = -QUIET_MODULES; y < code->width + QUIET_MODULES; y += 2) {
        (void)fputs("\x1b[30;107m", stdout);
        for (int x = -QUIET_MODULES; x < code->width + QUIET_MODULES; x++) {
            (void)fputs(CELLS[is_dark(code, x, y)][is_dark(code, x, y + 1)], stdout);
        }
        puts("\x1b[0m");
    }
}

static void print_ascii(const QRcode *code)
{
    for (int y = -QUIET_MODULES; y < code->width + QUIET_MODULES; y++) {
        for (int x = -QUIET_MODULES; x < code->width + QUIET_MODULES; x++) {
            (void)fputs(is_dark(code, x, y) ? "##" : "  ", stdout);
        }
        putchar('\n');
    }
}

int cmd_qr(int argc, char **argv)
{
    struct qr_options options = {.ascii = false};
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    QRcode *qr = QRcode_encodeString(options.words[0], 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (qr == NULL) {
        return options_refuse(&TABLE, "the text is empty or too long for a QR code");
    }
    if (options.ascii) {
        print_ascii(qr);
    } else {
        print_blocks(qr);
    }
    QRcode_free(qr);
    return 0;
}
