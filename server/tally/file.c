#include "tally/file.h"

#include "tally/grow.h"
#include "tally/limits.h"
#include "tally/rows.h"

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
    {"csv-ranks", TALLY_FORMAT_CSV_RANKS},
    {"csv-scores", TALLY_FORMAT_CSV_SCORES},
    {"cvr-csv", TALLY_FORMAT_CVR_CSV},
    {"nist-cdf-json", TALLY_FORMAT_NIST_JSON},
    {"condorcet-election-format", TALLY_FORMAT_CONDORCET},
    {"cef", TALLY_FORMAT_CONDORCET},
    {"debian-tally", TALLY_FORMAT_DEBIAN},
};

/* Room made before the first ballot; beyond, it grows. */
#define MARKS_MAX ((size_t)1 << 22)
#define ROWS_MAX  ((size_t)1 << 18)
#define PROBE     ((size_t)1 << 16) /* bytes by which lines are guessed */

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

enum tally_status file_mark_grow(struct file_reader *reader)
{
    struct tally_mark *marks = grow(
        reader->marks, &reader->mark_capacity, reader->mark_count + 1, sizeof *marks);
    if (marks == NULL) {
        return TALLY_NO_MEMORY;
    }
    reader->marks = marks;
    return TALLY_OK;
}

enum tally_status file_refuse_place(const struct file_reader *reader)
{
    return text_exceed(&reader->text, TALLY_TOO_MANY, "a rank of at most 65535");
}

static enum tally_status
refuse_ballot(const struct file_reader *reader, size_t start, enum tally_status status)
{
    struct text text = reader->text;
    text.at = start;
    if (status == TALLY_BAD_BALLOT) {
        return text_refuse(&text, "every option once at most");
    }
    if (status == TALLY_TOO_MANY) {
        return text_exceed(&text, status, "at most 2^32 marks on different ballots");
    }
    return status == TALLY_OVERFLOW
               ? text_exceed(&text, status, "at most 2^50 ballots in all")
               : status;
}

enum tally_status file_ballot(struct file_reader *reader, size_t start, int64_t weight)
{
    size_t count = reader->mark_count;
    bool unsure = reader->unsure;
    reader->mark_count = 0;
    reader->seen = 0;
    reader->unsure = false;
    if (reader->learning) {
        return TALLY_OK;
    }
    enum tally_status status =
        unsure ? stage_add(&reader->stage, reader->marks, count, weight)
               : stage_add_sure(&reader->stage, reader->marks, count, weight);
    return status == TALLY_OK ? TALLY_OK : refuse_ballot(reader, start, status);
}

enum tally_status file_flush(struct file_reader *reader)
{
    return refuse_ballot(reader, reader->text.at, stage_flush(&reader->stage));
}

/* How many lines the text has, about. */
static size_t guess_lines(const struct text *text)
{
    size_t bytes = text->bytes < PROBE ? text->bytes : PROBE;
    size_t lines = 0;
    for (size_t i = 0; i < bytes; i++) {
        lines += text->data[i] == '\n' ? 1 : 0;
    }
    return bytes < PROBE ? lines : lines * (text->bytes / PROBE + 1);
}

/* Ballots go to this profile, of this reader's file from now on. No mark is shorter than
 * two bytes: with room for all of them none has to move, and what is never touched costs
 * nothing. */
static enum tally_status begin_profile(
    struct file_reader *reader, enum tally_status made, struct tally_profile *profile)
{
    if (made != TALLY_OK) {
        return made;
    }
    size_t marks = reader->text.bytes / 2;
    size_t rows = guess_lines(&reader->text);
    stage_fini(&reader->stage);
    tally_profile_free(reader->file->profile);
    reader->file->profile = profile;
    stage_init(&reader->stage, profile);
    return rows_reserve(
        profile, rows < ROWS_MAX ? rows : ROWS_MAX,
        marks < MARKS_MAX ? marks : MARKS_MAX);
}

enum tally_status file_scored(struct file_reader *reader, size_t score_max)
{
    struct tally_profile *profile = NULL;
    enum tally_status made =
        tally_profile_new_scored(TALLY_OPTIONS_MAX, score_max, &profile);
    return begin_profile(reader, made, profile);
}

static enum tally_status file_ranked(struct file_reader *reader)
{
    struct tally_profile *profile = NULL;
    enum tally_status made = tally_profile_new(TALLY_OPTIONS_MAX, &profile);
    return begin_profile(reader, made, profile);
}

enum tally_status file_weight(struct file_reader *reader, int64_t *ret_weight)
{
    struct text start = reader->text;
    int64_t weight = 0;
    enum tally_status status =
        text_number(&reader->text, "how many ballots, a whole number", &weight);
    if (status != TALLY_OK) {
        return status;
    }
    int c = text_peek(&reader->text);
    if (c == '.' || (c == '/' && text_is_digit(text_next(&reader->text)))) {
        return text_refuse(&reader->text, "a whole number of ballots, no fraction");
    }
    if (weight < 1) {
        return text_refuse(&start, "how many ballots, at least 1");
    }
    *ret_weight = weight;
    return TALLY_OK;
}

enum tally_status
file_add_name(const struct text *at, struct names *names, struct tally_text name)
{
    enum tally_status status = names_add(names, name);
    if (status != TALLY_TOO_MANY) {
        return status;
    }
    return text_exceed(
        at, status,
        name.bytes > FILE_NAME_BYTES_MAX ? "a name of at most 4096 bytes"
                                         : "at most 1000 options");
}

enum tally_status file_named(
    struct file_reader *reader, const struct text *at, struct tally_text name,
    uint16_t *ret_option)
{
    struct names *names = &reader->file->names;
    if (names_find(names, name, ret_option)) {
        return TALLY_OK;
    }
    enum tally_status status = file_add_name(at, names, name);
    if (status == TALLY_OK) {
        *ret_option = (uint16_t)(names->count - 1);
    }
    return status;
}

enum tally_status file_told_names(struct file_reader *reader)
{
    const struct names *told = &reader->reading->names;
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < told->count && status == TALLY_OK; i++) {
        status = names_add(&reader->file->names, names_at(told, i));
    }
    return status;
}

enum tally_status
file_title(struct file_reader *reader, const struct text *at, struct tally_text title)
{
    if (reader->file->title.count == 0) {
        return file_add_name(at, &reader->file->title, title);
    }
    if (!reader->learning) {
        file_odd(reader, TALLY_ODD_TITLES, at, 0, 2);
    }
    return TALLY_OK;
}

void file_odd(
    struct file_reader *reader, enum tally_oddity oddity, const struct text *at,
    int64_t said, int64_t found)
{
    struct tally_file *file = reader->file;
    for (size_t i = 0; i < file->warning_count; i++) {
        if (file->warnings[i].oddity == oddity) {
            return;
        }
    }
    file->warnings[file->warning_count++] = (struct tally_warning){
        .oddity = oddity,
        .line = at != NULL ? text_line(at) : 0,
        .said = said,
        .found = found};
}

enum tally_status file_pass_over(
    struct file_reader *reader, const struct text *at, struct tally_text heading)
{
    struct tally_file *file = reader->file;
    enum tally_status status = file_add_name(at, &file->columns, heading);
    if (status == TALLY_OK) {
        file_odd(reader, TALLY_ODD_COLUMNS, at, 0, 0);
    }
    return status;
}

/* Without blanks at its ends, and small. */
static struct tally_text fold(struct tally_text name, char room[FILE_NAME_BYTES_MAX])
{
    struct tally_text folded = text_trimmed(name);
    for (size_t i = 0; i < folded.bytes; i++) {
        room[i] = (char)text_lower(folded.data[i]);
    }
    folded.data = room;
    return folded;
}

/* Were some ballots meant for one option that now count for two? */
static enum tally_status check_names(struct file_reader *reader)
{
    const struct names *names = &reader->file->names;
    struct names folded = {.count = 0};
    enum tally_status status = TALLY_OK;
    bool alike = false;
    for (size_t o = 0; o < names->count && !alike && status == TALLY_OK; o++) {
        char room[FILE_NAME_BYTES_MAX];
        struct tally_text name = fold(names_at(names, o), room);
        uint16_t first = 0;
        alike = names_find(&folded, name, &first) &&
                !text_equals(names_at(names, first), names_at(names, o));
        if (alike) {
            file_odd(reader, TALLY_ODD_ALIKE, NULL, (int64_t)first + 1, (int64_t)o + 1);
        }
        status = names_add(&folded, name);
    }
    names_fini(&folded);
    return status;
}

static enum tally_status read_as(struct file_reader *reader)
{
    static format_fn *const read[TALLY_FORMAT_COUNT] = {
        [TALLY_FORMAT_BLT] = read_blt,
        [TALLY_FORMAT_PREFLIB] = read_preflib,
        [TALLY_FORMAT_CSV] = read_csv,
        [TALLY_FORMAT_ABIF] = read_abif,
        [TALLY_FORMAT_CSV_RANKS] = read_csv_ranks,
        [TALLY_FORMAT_CSV_SCORES] = read_csv_scores,
        [TALLY_FORMAT_CVR_CSV] = read_csv,
        [TALLY_FORMAT_NIST_JSON] = read_nist,
        [TALLY_FORMAT_CONDORCET] = read_condorcet,
        [TALLY_FORMAT_DEBIAN] = read_debian,
    };
    struct tally_file *file = reader->file;
    if (file->format >= TALLY_FORMAT_COUNT) {
        return text_refuse(
            &reader->text, "a ballot file that tells its format, or the format's name "
                           "(csv-ranks and csv-scores look alike)");
    }
    expect(read[file->format] != NULL);
    enum tally_status status = read[file->format](reader);
    if (status == TALLY_OK) {
        status = file_flush(reader);
    }
    if (status != TALLY_OK) {
        return status;
    }
    if (file->names.count == 0) {
        return text_refuse(&reader->text, "at least one option");
    }
    file->profile->options = file->names.count; /* made for as many as there may be */
    return check_names(reader);
}

/* The reading's format, or the file's own. */
static enum tally_format find_format(const struct file_reader *reader)
{
    enum tally_format format = reader->reading->format;
    if (format == TALLY_FORMAT_ANY) {
        return file_recognise(reader->text);
    }
    if (format == TALLY_FORMAT_CSV) {
        format = file_recognise_csv(reader->text);
        return format != TALLY_FORMAT_COUNT ? format : TALLY_FORMAT_CSV;
    }
    return format;
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
    file->format = find_format(&reader);
    enum tally_status status = file_ranked(&reader);
    if (status == TALLY_OK) {
        status = read_as(&reader);
    }
    free(reader.marks);
    stage_fini(&reader.stage);
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
    names_fini(&file->columns);
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

const char *tally_oddity_code(enum tally_oddity oddity)
{
    static const char *const codes[FILE_ODDITIES] = {
        [TALLY_ODD_BALLOTS] = "ballots",   [TALLY_ODD_DISTINCT] = "distinct",
        [TALLY_ODD_REPEATED] = "repeated", [TALLY_ODD_TYPE] = "type",
        [TALLY_ODD_TITLES] = "titles",     [TALLY_ODD_UNDECLARED] = "undeclared",
        [TALLY_ODD_WEIGHTS] = "weights",   [TALLY_ODD_ALIKE] = "alike",
        [TALLY_ODD_COLUMNS] = "columns"};
    expect((size_t)oddity < FILE_ODDITIES);
    return codes[oddity];
}

size_t tally_file_columns(const struct tally_file *file)
{
    return file->columns.count;
}

struct tally_text tally_file_column(const struct tally_file *file, size_t i)
{
    return names_at(&file->columns, i);
}

size_t tally_file_warnings(const struct tally_file *file)
{
    return file->warning_count;
}

struct tally_warning tally_file_warning(const struct tally_file *file, size_t i)
{
    expect(i < file->warning_count);
    struct tally_warning warning = file->warnings[i];
    if (warning.oddity == TALLY_ODD_COLUMNS) { /* noted at the first of them */
        warning.found = (int64_t)file->columns.count;
    }
    return warning;
}
