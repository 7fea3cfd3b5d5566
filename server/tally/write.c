#include "tally/write.h"

#include "tally/bits.h"
#include "tally/grow.h"

#include <string.h>

/* ---- bytes ---- */

void write_flush(struct file_writer *writer)
{
    if (!writer->stopped) {
        writer->stopped = !writer->write(writer->ctx, writer->room, writer->bytes);
    }
    writer->bytes = 0;
}

void write_text(struct file_writer *writer, struct tally_text text)
{
    for (size_t i = 0; i < text.bytes; i++) {
        write_char(writer, text.data[i]);
    }
}

void write_word(struct file_writer *writer, const char *word)
{
    write_text(writer, (struct tally_text){.data = word, .bytes = strlen(word)});
}

void write_number(struct file_writer *writer, uint64_t number)
{
    char digits[20];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) {
        write_char(writer, digits[--count]);
    }
}

void write_quoted(struct file_writer *writer, struct tally_text text)
{
    write_char(writer, '"');
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] == '"') {
            write_char(writer, '"');
        }
        write_char(writer, text.data[i]);
    }
    write_char(writer, '"');
}

void write_option(struct file_writer *writer, uint16_t option)
{
    write_number(writer, (uint64_t)option + 1);
}

/* ---- what a format may hold ---- */

bool write_plain(struct tally_text text, const char *bytes)
{
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] != '\0' && strchr(bytes, text.data[i]) != NULL) {
            return false;
        }
    }
    return true;
}

bool write_one_line(struct tally_text text)
{
    return write_plain(text, "\n") &&
           (text.bytes == 0 || text.data[text.bytes - 1] != '\r');
}

bool write_names_differ(const struct file_writer *writer)
{
    for (size_t o = 0; o < write_options(writer); o++) {
        uint16_t first = 0;
        (void)names_find(&writer->file->names, write_name(writer, o), &first);
        if (first != o) {
            return false;
        }
    }
    return true;
}

bool write_is_ranking(const struct write_shape *shape)
{
    return !shape->scored && !shape->unnamed && !shape->repeats && !shape->gaps;
}

static void
look_at_row(struct write_shape *shape, const struct write_row *row, size_t options)
{
    uint64_t seen[BITS_OPTIONS_WORDS] = {0};
    size_t before = 0;
    for (size_t i = 0; i < row->count; i++) {
        size_t option = row->marks[i].option;
        size_t place = row->marks[i].place;
        shape->ties = shape->ties || place == before;
        shape->gaps = shape->gaps || place > before + 1;
        before = place;
        if (option == TALLY_UNNAMED) {
            shape->unnamed = true;
        } else {
            shape->repeats = shape->repeats || bits_has(seen, option);
            bits_add(seen, option);
        }
    }
    shape->place_max = before > shape->place_max ? before : shape->place_max;
    shape->partial = shape->partial || row->count < options;
}

static int compare_marks(const struct tally_mark *a, const struct tally_mark *b)
{
    int a_place = a->place;
    int b_place = b->place;
    return a_place != b_place ? a_place - b_place : (int)a->option - (int)b->option;
}

static int by_weight(const void *a, const void *b)
{
    const struct write_row *x = a;
    const struct write_row *y = b;
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    for (size_t i = 0; i < x->count && i < y->count; i++) {
        int order = compare_marks(x->marks + i, y->marks + i);
        if (order != 0) {
            return order;
        }
    }
    return x->count < y->count ? -1 : x->count > y->count;
}

static enum tally_status find_rows(struct file_writer *writer)
{
    size_t count = tally_profile_distinct(writer->profile);
    writer->row_count = count;
    writer->rows = zeroed(count, sizeof *writer->rows);
    if (writer->rows == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        struct write_row *row = writer->rows + i;
        row->count = tally_profile_ballot(writer->profile, i, &row->marks, &row->weight);
        look_at_row(&writer->shape, row, write_options(writer));
    }
    writer->shape.scored = tally_profile_score_max(writer->profile) > 0;
    qsort(writer->rows, count, sizeof *writer->rows, by_weight);
    return TALLY_OK;
}

/* ---- files ---- */

static enum tally_status
copy_profile(const struct tally_profile *profile, struct tally_profile **ret_copy)
{
    size_t options = tally_profile_options(profile);
    size_t score_max = tally_profile_score_max(profile);
    struct tally_profile *copy = NULL;
    enum tally_status status = score_max > 0
                                   ? tally_profile_new_scored(options, score_max, &copy)
                                   : tally_profile_new(options, &copy);
    if (status == TALLY_OK) {
        status = tally_profile_merge(copy, profile);
    }
    if (status != TALLY_OK) {
        tally_profile_free(copy);
        return status;
    }
    *ret_copy = copy;
    return TALLY_OK;
}

enum tally_status tally_file_new(
    const struct tally_profile *profile, const struct tally_text *names,
    struct tally_text title, size_t seats, struct tally_file **ret_file)
{
    struct tally_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        return TALLY_NO_MEMORY;
    }
    file->seats = seats;
    enum tally_status status = copy_profile(profile, &file->profile);
    for (size_t o = 0; status == TALLY_OK && o < tally_profile_options(profile); o++) {
        status = names_add(&file->names, names[o]);
    }
    if (status == TALLY_OK && title.bytes > 0) {
        status = names_add(&file->title, title);
    }
    if (status != TALLY_OK) {
        tally_file_free(file);
        return status;
    }
    *ret_file = file;
    return TALLY_OK;
}

enum tally_status tally_file_write(
    const struct tally_file *file, enum tally_format format, tally_write_fn *write,
    void *ctx)
{
    static write_format_fn *const writers[TALLY_FORMAT_COUNT] = {
        [TALLY_FORMAT_BLT] = write_blt,
        [TALLY_FORMAT_PREFLIB] = write_preflib,
        [TALLY_FORMAT_CSV] = write_csv,
        [TALLY_FORMAT_ABIF] = write_abif,
        [TALLY_FORMAT_CSV_RANKS] = write_csv_ranks,
        [TALLY_FORMAT_CSV_SCORES] = write_csv_scores,
        [TALLY_FORMAT_CVR_CSV] = write_csv,
        [TALLY_FORMAT_CONDORCET] = write_condorcet,
        [TALLY_FORMAT_DEBIAN] = write_debian,
    };
    if (format >= TALLY_FORMAT_COUNT || writers[format] == NULL) {
        return TALLY_WRONG_FORM;
    }
    struct file_writer writer = {
        .file = file, .profile = file->profile, .write = write, .ctx = ctx};
    enum tally_status status = find_rows(&writer);
    if (status == TALLY_OK) {
        status = writers[format](&writer);
    }
    if (status == TALLY_OK) {
        write_flush(&writer);
        status = writer.stopped ? TALLY_BAD_FILE : TALLY_OK;
    }
    free(writer.rows);
    return status;
}
