#include "app/tally_input.h"

#include "app/err_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A million ballots of 200 options each, and room. */
#define BALLOT_FILE_BYTES_MAX (1UL << 30)
#define READ_FIRST_BYTES      65536

static bool complain(const char *path, const char *what)
{
    fprintf(stderr, "stimmwerk tally: %s: %s\n", path, what);
    return false;
}

/* Reads to the end; the caller frees *ret_text on success. */
static bool
read_stream(FILE *stream, const char *path, char **ret_text, size_t *ret_bytes)
{
    size_t capacity = READ_FIRST_BYTES;
    size_t bytes = 0;
    char *text = malloc(capacity);
    while (text != NULL) {
        bytes += fread(text + bytes, 1, capacity - bytes, stream);
        if (bytes < capacity || capacity >= BALLOT_FILE_BYTES_MAX) {
            break;
        }
        char *bigger = realloc(text, 2 * capacity);
        if (bigger == NULL) {
            free(text);
        }
        text = bigger;
        capacity *= 2;
    }
    if (text == NULL) {
        return complain(path, "no memory");
    }
    if (ferror(stream) != 0 || feof(stream) == 0) {
        free(text);
        return complain(
            path, ferror(stream) != 0 ? errno_text() : "larger than a gigabyte");
    }
    *ret_text = text;
    *ret_bytes = bytes;
    return true;
}

static bool read_file(const char *path, char **ret_text, size_t *ret_bytes)
{
    if (strcmp(path, "-") == 0) {
        return read_stream(stdin, "stdin", ret_text, ret_bytes);
    }
    FILE *stream = fopen(path, "rbe");
    if (stream == NULL) {
        return complain(path, errno_text());
    }
    bool fine = read_stream(stream, path, ret_text, ret_bytes);
    (void)fclose(stream);
    return fine;
}

/* One name a line; empty lines are passed over. */
static bool split_order(struct tally_input *input, const char *path)
{
    const char *text = input->order;
    size_t end = input->order_bytes;
    size_t at = end >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    input->order_names = calloc(TALLY_OPTIONS_MAX, sizeof *input->order_names);
    if (input->order_names == NULL) {
        return complain(path, "no memory");
    }
    while (at < end) {
        const char *newline = memchr(text + at, '\n', end - at);
        size_t stop = newline != NULL ? (size_t)(newline - text) : end;
        size_t bytes = stop - at;
        bytes -= bytes > 0 && text[stop - 1] == '\r' ? 1 : 0;
        if (bytes > 0 && input->order_count == TALLY_OPTIONS_MAX) {
            return complain(path, "too many names");
        }
        if (bytes > 0) {
            input->order_names[input->order_count++] =
                (struct tally_text){.data = text + at, .bytes = bytes};
        }
        at = stop + 1;
    }
    return true;
}

static bool read_ballots(struct tally_input *input, const struct tally_source *source)
{
    struct tally_reading reading = {
        .format = source->format,
        .names = input->order_names,
        .name_count = input->order_count};
    if (source->poll != NULL) {
        reading.poll =
            (struct tally_text){.data = source->poll, .bytes = strlen(source->poll)};
    }
    struct tally_fault fault = {0};
    enum tally_status status = tally_file_read(
        input->ballots, input->ballots_bytes, &reading, &input->file, &fault);
    if (status == TALLY_BAD_FILE) {
        fprintf(
            stderr, "stimmwerk tally: %s:%zu:%zu: expected %s\n", source->ballots,
            fault.line, fault.column, fault.expected);
        return false;
    }
    return status == TALLY_OK ? true
                              : complain(source->ballots, tally_status_code(status));
}

static bool same(struct tally_text a, struct tally_text b)
{
    return a.bytes == b.bytes && memcmp(a.data, b.data, a.bytes) == 0;
}

/* The place of the only line with this name; false if there is none, or several. */
static bool
find_line(const struct tally_input *input, struct tally_text name, size_t *ret_line)
{
    size_t found = 0;
    for (size_t i = 0; i < input->order_count; i++) {
        if (same(input->order_names[i], name)) {
            *ret_line = i;
            found++;
        }
    }
    return found == 1;
}

static bool make_order(struct tally_input *input, const char *path)
{
    size_t options = tally_profile_options(tally_file_profile(input->file));
    if (options != input->order_count) {
        return complain(path, "it must name every option once, one a line");
    }
    input->tie_order = calloc(options, sizeof *input->tie_order);
    if (input->tie_order == NULL) {
        return complain(path, "no memory");
    }
    for (size_t option = 0; option < options; option++) {
        size_t line = 0;
        struct tally_text name = tally_file_name(input->file, option);
        if (!find_line(input, name, &line)) {
            fprintf(
                stderr, "stimmwerk tally: %s: \"%.*s\" must stand there once\n", path,
                (int)name.bytes, name.data);
            return false;
        }
        input->tie_order[line] = (uint16_t)option;
    }
    return true;
}

bool tally_input_read(const struct tally_source *source, struct tally_input *ret_input)
{
    struct tally_input *input = ret_input;
    *input = (struct tally_input){0};
    if (source->order != NULL &&
        !(read_file(source->order, &input->order, &input->order_bytes) &&
          split_order(input, source->order))) {
        return false;
    }
    if (!read_file(source->ballots, &input->ballots, &input->ballots_bytes) ||
        !read_ballots(input, source)) {
        return false;
    }
    return source->order == NULL || make_order(input, source->order);
}

void tally_input_fini(struct tally_input *input)
{
    free(input->ballots);
    free(input->order);
    free(input->order_names);
    free(input->tie_order);
    tally_file_free(input->file);
    *input = (struct tally_input){0};
}
