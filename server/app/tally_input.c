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

/* Names and tie order, from whichever file there is; none is fine. */
static bool read_order(struct tally_input *input, const struct tally_source *source)
{
    const char *path = source->order != NULL ? source->order : source->results;
    size_t bytes = 0;
    if (path == NULL) {
        return true;
    }
    if (!read_file(path, &input->order_text, &bytes)) {
        return false;
    }
    const char *wrong =
        source->order != NULL
            ? tally_order_list(input->order_text, bytes, &input->order)
            : tally_order_results(input->order_text, bytes, source->poll, &input->order);
    return wrong == NULL ? true : complain(path, wrong);
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

static bool read_ballots(struct tally_input *input, const struct tally_source *source)
{
    struct tally_reading *reading = NULL;
    struct tally_fault fault = {0};
    size_t bytes = 0;
    if (!read_file(source->ballots, &input->ballots, &bytes)) {
        return false;
    }
    enum tally_status status = make_reading(input, source, &reading);
    if (status == TALLY_OK) {
        status = tally_file_read(input->ballots, bytes, reading, &input->file, &fault);
    }
    tally_reading_free(reading);
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
static bool make_order(struct tally_input *input, const char *path)
{
    size_t options = tally_profile_options(tally_file_profile(input->file));
    if (options != input->order.count) {
        return complain(path, "it must name every option of the ballots once");
    }
    input->tie_order = calloc(options, sizeof *input->tie_order);
    if (input->tie_order == NULL) {
        return complain(path, "no memory");
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

bool tally_input_read(const struct tally_source *source, struct tally_input *ret_input)
{
    *ret_input = (struct tally_input){.ballots = NULL};
    if (!read_order(ret_input, source) || !read_ballots(ret_input, source)) {
        return false;
    }
    const char *path = source->order != NULL ? source->order : source->results;
    return path == NULL || !ret_input->order.settles || make_order(ret_input, path);
}

void tally_input_fini(struct tally_input *input)
{
    free(input->ballots);
    free(input->order_text);
    free(input->tie_order);
    tally_order_fini(&input->order);
    tally_file_free(input->file);
    *input = (struct tally_input){.ballots = NULL};
}
