#include "tally/file.h"

#include "tally/grow.h"

#include <string.h>

struct format_row {
    const char *name;
    enum tally_format format;
};

static const struct format_row formats[] = {
    {"any", TALLY_FORMAT_ANY},
    {"blt", TALLY_FORMAT_BLT},
    {"preflib", TALLY_FORMAT_PREFLIB},
    {"preflib-soc", TALLY_FORMAT_PREFLIB},
    {"preflib-soi", TALLY_FORMAT_PREFLIB},
    {"preflib-toc", TALLY_FORMAT_PREFLIB},
    {"preflib-toi", TALLY_FORMAT_PREFLIB},
    {"preflib-cat", TALLY_FORMAT_PREFLIB},
    {"csv", TALLY_FORMAT_CSV},
    {"abif", TALLY_FORMAT_ABIF},
};

#define FORMAT_ROWS (sizeof formats / sizeof formats[0])

enum tally_format tally_format_find(const char *name)
{
    for (size_t i = 0; i < FORMAT_ROWS; i++) {
        if (strcmp(formats[i].name, name) == 0) {
            return formats[i].format;
        }
    }
    return TALLY_FORMAT_COUNT;
}

const char *tally_format_name(enum tally_format format)
{
    size_t i = 0;
    while (i + 1 < FORMAT_ROWS && formats[i].format != format) {
        i++;
    }
    return formats[i].name;
}

enum tally_status tally_reading_new(struct tally_reading **ret_reading)
{
    struct tally_reading *reading = calloc(1, sizeof *reading);
    if (reading == NULL) {
        return TALLY_NO_MEMORY;
    }
    *ret_reading = reading;
    return TALLY_OK;
}

void tally_reading_free(struct tally_reading *reading)
{
    if (reading != NULL) {
        names_fini(&reading->poll);
        names_fini(&reading->names);
        free(reading);
    }
}

void tally_reading_format(struct tally_reading *reading, enum tally_format format)
{
    reading->format = format;
}

enum tally_status
tally_reading_poll(struct tally_reading *reading, struct tally_text poll)
{
    names_fini(&reading->poll);
    return names_add(&reading->poll, poll);
}

enum tally_status
tally_reading_name(struct tally_reading *reading, struct tally_text name)
{
    return names_add(&reading->names, name);
}

enum tally_status file_mark(struct file_reader *reader, size_t option, size_t place)
{
    if (place > UINT16_MAX) {
        return TALLY_TOO_MANY;
    }
    struct tally_mark *marks = grow(
        reader->marks, &reader->mark_capacity, reader->mark_count + 1, sizeof *marks);
    if (marks == NULL) {
        return TALLY_NO_MEMORY;
    }
    reader->marks = marks;
    marks[reader->mark_count++] =
        (struct tally_mark){.option = (uint16_t)option, .place = (uint16_t)place};
    return TALLY_OK;
}

enum tally_status file_ballot(struct file_reader *reader, int64_t weight)
{
    enum tally_status status = tally_profile_add(
        reader->file->profile, reader->marks, reader->mark_count, weight);
    reader->mark_count = 0;
    return status;
}

enum tally_status
file_option_number(struct file_reader *reader, size_t options, size_t *ret_option)
{
    struct text start = reader->text;
    int64_t number = 0;
    enum tally_status status =
        text_number(&reader->text, "the number of an option", &number);
    if (status != TALLY_OK) {
        return status;
    }
    if (number < 1 || (uint64_t)number > options) {
        return text_refuse(&start, "the number of an option");
    }
    *ret_option = (size_t)number - 1;
    return TALLY_OK;
}

enum tally_status file_weight(struct file_reader *reader, int64_t *ret_weight)
{
    struct text start = reader->text;
    int64_t weight = 0;
    enum tally_status status =
        text_number(&reader->text, "how many ballots, a whole number", &weight);
    if (status == TALLY_OK && weight < 1) {
        return text_refuse(&start, "how many ballots, at least 1");
    }
    if (status == TALLY_OK) {
        *ret_weight = weight;
    }
    return status;
}

/* Does a comment line of PrefLib's head stand here? */
static bool is_preflib_head(const struct text *text)
{
    static const char *const keys[] = {
        "# FILE NAME:", "# TITLE:", "# DATA TYPE:", "# NUMBER ALTERNATIVES:"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (text_begins(text, keys[i])) {
            return true;
        }
    }
    return false;
}

/* The first line that is neither empty nor a comment tells the format. */
static enum tally_format recognise(struct text text)
{
    for (;; (void)text_rest_of_line(&text)) {
        if (is_preflib_head(&text)) {
            return TALLY_FORMAT_PREFLIB;
        }
        while (text_peek(&text) == ' ' || text_peek(&text) == '\n' ||
               text_peek(&text) == '\r') {
            text_step(&text);
        }
        if (text_peek(&text) != '#') {
            break;
        }
    }
    int c = text_peek(&text);
    if (c == '{' || c == '=') {
        return TALLY_FORMAT_ABIF;
    }
    if (!text_is_digit(c)) {
        return c == TEXT_END ? TALLY_FORMAT_COUNT : TALLY_FORMAT_CSV;
    }
    while (text_is_digit(text_peek(&text))) {
        text_step(&text);
    }
    text_skip_blanks(&text);
    return text_peek(&text) == ':' ? TALLY_FORMAT_ABIF : TALLY_FORMAT_BLT;
}

static enum tally_status read_as(struct file_reader *reader)
{
    static format_fn *const read[TALLY_FORMAT_COUNT] = {
        [TALLY_FORMAT_BLT] = read_blt,
        [TALLY_FORMAT_PREFLIB] = read_preflib,
        [TALLY_FORMAT_CSV] = read_csv,
        [TALLY_FORMAT_ABIF] = read_abif,
    };
    struct tally_file *file = reader->file;
    if (file->format >= TALLY_FORMAT_COUNT || read[file->format] == NULL) {
        return text_refuse(&reader->text, "a ballot file");
    }
    enum tally_status status = read[file->format](reader);
    if (status != TALLY_OK) {
        return status;
    }
    if (file->names.count == 0) {
        return text_refuse(&reader->text, "at least one option");
    }
    file->profile->options = file->names.count; /* made for as many as there may be */
    return TALLY_OK;
}

enum tally_status tally_file_read(
    const void *data, size_t bytes, const struct tally_reading *reading,
    struct tally_file **ret_file, struct tally_fault *ret_fault)
{
    static const struct tally_reading plain = {.format = TALLY_FORMAT_ANY};
    reading = reading != NULL ? reading : &plain;
    struct file_reader reader = {.reading = reading};
    struct tally_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        return TALLY_NO_MEMORY;
    }
    reader.file = file;
    text_init(&reader.text, bytes > 0 ? data : "", bytes, ret_fault);
    file->format = reading->format;
    if (file->format == TALLY_FORMAT_ANY) {
        file->format = recognise(reader.text);
    }
    enum tally_status status = tally_profile_new(TALLY_OPTIONS_MAX, &file->profile);
    if (status == TALLY_OK) {
        status = read_as(&reader);
    }
    free(reader.marks);
    if (status != TALLY_OK) {
        tally_file_free(file);
        return status;
    }
    *ret_file = file;
    return TALLY_OK;
}

void tally_file_free(struct tally_file *file)
{
    if (file == NULL) {
        return;
    }
    names_fini(&file->names);
    names_fini(&file->title);
    names_fini(&file->poll);
    tally_profile_free(file->profile);
    free(file);
}

const struct tally_profile *tally_file_profile(const struct tally_file *file)
{
    return file->profile;
}

enum tally_format tally_file_format(const struct tally_file *file)
{
    return file->format;
}

struct tally_text tally_file_name(const struct tally_file *file, size_t option)
{
    return names_at(&file->names, option);
}

struct tally_text tally_file_title(const struct tally_file *file)
{
    return file->title.count > 0 ? names_at(&file->title, 0)
                                 : (struct tally_text){.data = "", .bytes = 0};
}

size_t tally_file_seats(const struct tally_file *file)
{
    return file->seats;
}
