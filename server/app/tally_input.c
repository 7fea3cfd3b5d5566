#include "app/tally_input.h"

#include "app/tally_bytes.h"
#include "base/buf.h"
#include "base/span.h"
#include "trust/trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FORMATS_BYTES_MAX 1024

static bool
complain(const struct tally_source *source, const char *path, const char *what)
{
    fprintf(stderr, "stimmwerk %s: %s: %s\n", source->command, path, what);
    return false;
}

/* Names and tie order, from whichever file there is; none is fine. */
static bool read_order(struct tally_input *input, const struct tally_source *source)
{
    const char *path = source->order != NULL ? source->order : source->results;
    size_t bytes = 0;
    if (path == NULL) {
        return true;
    }
    const char *unread = tally_bytes_copy(path, &input->order_text, &bytes);
    if (unread != NULL) {
        return complain(source, path, unread);
    }
    const char *wrong =
        source->order != NULL
            ? tally_order_list(input->order_text, bytes, &input->order)
            : tally_order_results(input->order_text, bytes, source->poll, &input->order);
    return wrong == NULL ? true : complain(source, path, wrong);
}

/* The caller frees *ret_reading, also on failure. */
static enum tally_status make_reading(
    const struct tally_input *input, const struct tally_source *source,
    struct tally_reading **ret_reading)
{
    enum tally_status status = tally_reading_new(ret_reading);
    if (status != TALLY_OK) {
        return status;
    }
    tally_reading_format(*ret_reading, source->format);
    if (source->poll != NULL) {
        status = tally_reading_poll(
            *ret_reading,
            (struct tally_text){.data = source->poll, .bytes = strlen(source->poll)});
    }
    for (size_t i = 0; i < input->order.count && status == TALLY_OK; i++) {
        status = tally_reading_name(*ret_reading, input->order.names[i]);
    }
    return status;
}

static enum tally_status read_file(
    const struct tally_bytes *bytes, const struct tally_source *source,
    struct tally_input *input, struct tally_fault *ret_fault)
{
    struct tally_reading *reading = NULL;
    enum tally_status status = make_reading(input, source, &reading);
    if (status == TALLY_OK) {
        status =
            tally_file_read(bytes->data, bytes->bytes, reading, &input->file, ret_fault);
    }
    tally_reading_free(reading);
    return status;
}

/* "blt, preflib, csv …" */
static void put_formats(struct buf *out)
{
    for (int f = TALLY_FORMAT_ANY + 1; f < TALLY_FORMAT_COUNT; f++) {
        buf_text(out, f > TALLY_FORMAT_ANY + 1 ? ", " : "");
        buf_text(out, tally_format_name((enum tally_format)f));
    }
}

int tally_refuse_format(const struct options_table *table, const char *name)
{
    struct buf formats;
    buf_init(&formats, FORMATS_BYTES_MAX);
    put_formats(&formats);
    int code = options_refuse(
        table, "unknown format \"%s\": there are %s", name, (const char *)formats.data);
    buf_fini(&formats);
    return code;
}

/* What stands wrong where; if no format was recognised, which there are. */
static bool complain_of(
    const struct tally_source *source, enum tally_status status,
    const struct tally_fault *fault)
{
    struct buf hint;
    bool unnamed = status == TALLY_BAD_FILE && source->format == TALLY_FORMAT_ANY &&
                   fault->line == 1 && fault->column == 1;
    buf_init(&hint, FORMATS_BYTES_MAX);
    if (unnamed) {
        buf_printf(&hint, "; name it by %s: ", source->format_option);
        put_formats(&hint);
    }
    fprintf(
        stderr, "stimmwerk %s: %s:%zu:%zu: expected %s%s\n", source->command,
        source->ballots, fault->line, fault->column, fault->expected,
        unnamed ? (const char *)hint.data : "");
    buf_fini(&hint);
    return false;
}

static bool read_ballots(struct tally_input *input, const struct tally_source *source)
{
    struct tally_fault fault = {0};
    struct tally_bytes bytes;
    const char *wrong = tally_bytes_open(source->ballots, &bytes);
    if (wrong != NULL) {
        return complain(source, source->ballots, wrong);
    }
    if (bytes.bytes == 0) {
        tally_bytes_close(&bytes);
        return complain(source, source->ballots, "expected ballots, the file is empty");
    }
    if (source->checksum) {
        trust_sha256(span_of(bytes.data, bytes.bytes), &input->checksum);
    }
    enum tally_status status = read_file(&bytes, source, input, &fault);
    tally_bytes_close(&bytes);
    if (status == TALLY_NO_MEMORY) {
        return complain(source, source->ballots, "no memory");
    }
    return status == TALLY_OK || complain_of(source, status, &fault);
}

static bool same(struct tally_text a, struct tally_text b)
{
    return a.bytes == b.bytes && memcmp(a.data, b.data, a.bytes) == 0;
}

/* The option's place in the tie order; false if its name stands there not once. */
static bool
find_place(const struct tally_input *input, struct tally_text name, size_t *ret_place)
{
    size_t found = 0;
    for (size_t i = 0; i < input->order.count; i++) {
        if (same(input->order.names[i], name)) {
            *ret_place = input->order.place[i];
            found++;
        }
    }
    return found == 1;
}

/* The file's options by the places of their names. tally_count sees whether it is a
 * permutation. */
static bool make_order(struct tally_input *input, const struct tally_source *source)
{
    const char *path = source->order != NULL ? source->order : source->results;
    size_t options = tally_profile_options(tally_file_profile(input->file));
    if (options != input->order.count) {
        return complain(source, path, "it must name every option of the ballots once");
    }
    input->tie_order = calloc(options, sizeof *input->tie_order);
    if (input->tie_order == NULL) {
        return complain(source, path, "no memory");
    }
    for (size_t option = 0; option < options; option++) {
        size_t place = 0;
        struct tally_text name = tally_file_name(input->file, option);
        if (!find_place(input, name, &place) || place >= options) {
            fprintf(
                stderr, "stimmwerk tally: %s: \"%.*s\" must stand there once\n", path,
                (int)name.bytes, name.data);
            return false;
        }
        input->tie_order[place] = (uint16_t)option;
    }
    return true;
}

/* A choice that chooses nothing would pass for one that did. */
static bool poll_has_meaning(const struct tally_source *source, enum tally_format format)
{
    static const bool holds_several[TALLY_FORMAT_COUNT] = {
        [TALLY_FORMAT_CSV] = true,
        [TALLY_FORMAT_CSV_RANKS] = true,
        [TALLY_FORMAT_CSV_SCORES] = true,
        [TALLY_FORMAT_NIST_JSON] = true,
    };
    return source->poll == NULL || source->poll_names_lot || holds_several[format];
}

bool tally_input_read(const struct tally_source *source, struct tally_input *ret_input)
{
    *ret_input = (struct tally_input){.file = NULL};
    if (!read_order(ret_input, source) || !read_ballots(ret_input, source)) {
        return false;
    }
    if (!poll_has_meaning(source, tally_file_format(ret_input->file))) {
        return complain(
            source, source->ballots, "it holds one poll: there is nothing to choose");
    }
    bool asked = source->order != NULL || source->results != NULL;
    return !asked || !ret_input->order.settles || make_order(ret_input, source);
}

void tally_input_fini(struct tally_input *input)
{
    free(input->order_text);
    free(input->tie_order);
    tally_order_fini(&input->order);
    tally_file_free(input->file);
    *input = (struct tally_input){.file = NULL};
}
