/* stimmwerk convert: a file of ballots in another format. */
#include "app/command.h"
#include "app/err_text.h"
#include "app/options.h"
#include "app/tally_input.h"
#include "base/buf.h"

#include <stdio.h>

#define OUT_BYTES_MAX (1UL << 30) /* as much as is read */

struct convert_command {
    const char *from;
    const char *to;
    const char *poll;
    const char *file;
};

#define FIELD(name) offsetof(struct convert_command, name)

static const struct option_row ROWS[] = {
    {.name = "from",
     .kind = OPTION_TEXT,
     .offset = FIELD(from),
     .value = "FORMAT",
     .help = "the file's format; recognised without"},
    {.name = "to",
     .kind = OPTION_TEXT,
     .offset = FIELD(to),
     .value = "FORMAT",
     .required = true,
     .help = "blt, preflib, csv, abif …"},
    {.name = "poll",
     .kind = OPTION_TEXT,
     .offset = FIELD(poll),
     .value = "ID",
     .help = "which poll of a CSV, which contest of a NIST report"},
};

static const struct options_table TABLE = {
    .command = "stimmwerk convert",
    .summary =
        "Writes a file of ballots in another format. Exit code: 0 written, 1 it can't be "
        "read, or the other format can't hold it.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
    .words = "FILE",
    .words_offset = FIELD(file),
    .word_min = 1,
    .word_max = 1,
    .notes = "FILE may be - for standard input.",
};

#undef FIELD

static bool append(void *ctx, const char *data, size_t bytes)
{
    struct buf *out = ctx;
    buf_bytes(out, data, bytes);
    return !buf_failed(out);
}

static int explain(const struct convert_command *command, enum tally_status status)
{
    const char *what = tally_status_code(status);
    if (status == TALLY_WRONG_FORM) {
        what = "this format can't hold these ballots or these names; csv and blt hold "
               "most rankings, abif and csv-scores scores";
    } else if (status == TALLY_NO_MEMORY || status == TALLY_BAD_FILE) {
        what = "no memory";
    }
    fprintf(stderr, "stimmwerk convert: %s: %s: %s\n", command->file, command->to, what);
    return 1;
}

/* Nothing is printed unless all of it could be written. */
static int write(
    const struct convert_command *command, const struct tally_file *file,
    enum tally_format format)
{
    struct buf out;
    int code = 0;
    buf_init(&out, OUT_BYTES_MAX);
    enum tally_status status = tally_file_write(file, format, append, &out);
    if (status != TALLY_OK) {
        code = explain(command, status);
    } else if (
        fwrite(out.data, 1, out.bytes, stdout) != out.bytes || fflush(stdout) != 0) {
        fprintf(
            stderr, "stimmwerk convert: the output can't be written: %s\n", errno_text());
        code = 1;
    }
    buf_fini(&out);
    return code;
}

static int read_format(const char *name, enum tally_format *ret_format)
{
    *ret_format = name != NULL ? tally_format_find(name) : TALLY_FORMAT_ANY;
    return *ret_format != TALLY_FORMAT_COUNT ? OPTIONS_GO
                                             : tally_refuse_format(&TABLE, name);
}

int cmd_convert(int argc, char **argv)
{
    struct convert_command command = {.file = NULL};
    struct tally_source source = {.ballots = NULL};
    enum tally_format to = TALLY_FORMAT_ANY;
    int code = options_parse(&TABLE, argc, argv, &command, NULL);
    code = code == OPTIONS_GO ? read_format(command.from, &source.format) : code;
    code = code == OPTIONS_GO ? read_format(command.to, &to) : code;
    bool only_read = to == TALLY_FORMAT_ANY || to == TALLY_FORMAT_NIST_JSON;
    if (code == OPTIONS_GO && only_read) {
        code = options_refuse(&TABLE, "--to \"%s\" is no format to write", command.to);
    }
    if (code != OPTIONS_GO) {
        return code;
    }
    struct tally_input input;
    source.command = "convert";
    source.ballots = command.file;
    source.poll = command.poll;
    source.format_option = "--from";
    code = tally_input_read(&source, &input) ? write(&command, input.file, to) : 1;
    tally_input_fini(&input);
    return code;
}
