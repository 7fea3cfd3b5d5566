/* CSV with a column for each option: `[poll,][ballot,][count,]name,name,…`. The cells are
 * ranks from 1 (`csv-ranks`: 2, 2nd, 2nd choice, empty: not ranked) or scores from 0
 * (`csv-scores`; empty: 0). Nothing in the numbers tells ranks from scores: the format is
 * named, or a line `# shape: ranks` or `# shape: scores 0-5` stands above the header, or
 * the ranks are ordinals. The most of a score is what that line says, else the highest
 * in the file. A form's grid begins with a column Timestamp and has its options in
 * brackets behind the question. */
#include "tally/csv.h"

#include "tally/grow.h"

#include <string.h>

/* What stands before the options, in this order; so behind `count` an option may have any
 * name. */
enum lead { LEAD_NOTHING, LEAD_POLL, LEAD_BALLOT, LEAD_COUNT };

struct columns {
    struct csv csv;
    struct file_reader *reader;
    bool scores;
    bool form;
    enum lead leads[3]; /* of the first columns */
    size_t lead_count;
    int64_t score_max; /* 0: not known before the first pass */
    int64_t highest;
    struct names polls; /* the poll to read, once it is known */
    uint16_t *options;  /* of the columns behind; owned */
    size_t option_count;
    size_t option_room;
};

static enum lead find_lead(struct tally_text heading)
{
    static const struct {
        const char *word;
        enum lead lead;
    } words[] = {
        {"poll", LEAD_POLL},
        {"ballot", LEAD_BALLOT},
        {"Timestamp", LEAD_BALLOT},
        {"count", LEAD_COUNT}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (text_is_word(heading, words[i].word)) {
            return words[i].lead;
        }
    }
    return LEAD_NOTHING;
}

/* The option of a form's heading `Question [Option]`. */
static struct tally_text in_brackets(struct tally_text heading)
{
    const char *open =
        heading.bytes > 0 ? memchr(heading.data, '[', heading.bytes) : NULL;
    if (open == NULL || heading.data[heading.bytes - 1] != ']') {
        return heading;
    }
    size_t before = (size_t)(open - heading.data) + 1;
    return (struct tally_text){
        .data = heading.data + before, .bytes = heading.bytes - before - 1};
}

static enum tally_status add_option(struct columns *columns, const struct cell *cell)
{
    struct tally_text name = columns->form ? in_brackets(cell->value) : cell->value;
    uint16_t option = 0;
    enum tally_status status = file_named(columns->reader, &cell->start, name, &option);
    if (status != TALLY_OK) {
        return status;
    }
    for (size_t i = 0; i < columns->option_count; i++) {
        if (columns->options[i] == option) {
            return text_refuse(&cell->start, "another option in every column");
        }
    }
    uint16_t *options = grow(
        columns->options, &columns->option_room, columns->option_count + 1,
        sizeof *options);
    if (options == NULL) {
        return TALLY_NO_MEMORY;
    }
    columns->options = options;
    options[columns->option_count++] = option;
    return TALLY_OK;
}

static enum tally_status read_heading(struct columns *columns, const struct cell *cell)
{
    enum lead before =
        columns->lead_count > 0 ? columns->leads[columns->lead_count - 1] : LEAD_NOTHING;
    enum lead lead = find_lead(cell->value);
    if (columns->option_count > 0 || lead <= before) {
        return add_option(columns, cell);
    }
    columns->leads[columns->lead_count++] = lead;
    columns->form = columns->form || text_is_word(cell->value, "Timestamp");
    return TALLY_OK;
}

static enum tally_status read_header(struct columns *columns)
{
    struct text start = columns->reader->text;
    struct cell cell = {.last = text_is_line_end(text_peek(&start))};
    while (!cell.last) {
        enum tally_status status = cells_next(&columns->csv, &cell);
        if (status == TALLY_OK) {
            status = read_heading(columns, &cell);
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
    bool polls = columns->lead_count > 0 && columns->leads[0] == LEAD_POLL;
    if (columns->polls.count > 0 && !polls) {
        return text_refuse(&start, "a column poll to choose from");
    }
    return columns->option_count > 0 ? TALLY_OK
                                     : text_refuse(&start, "a column for every option");
}

/* ---- rows ---- */

static enum tally_status
check_poll(struct columns *columns, const struct cell *cell, bool *ret_ours)
{
    if (columns->polls.count == 0) {
        enum tally_status status =
            file_add_name(&cell->start, &columns->polls, cell->value);
        if (status != TALLY_OK) {
            return status;
        }
    }
    *ret_ours = text_equals(cell->value, names_at(&columns->polls, 0));
    return *ret_ours || columns->reader->reading->poll.count > 0
               ? TALLY_OK
               : text_refuse(&cell->start, "one poll only, or a choice of one");
}

/* The number of `2nd` or `2nd choice`, else the cell as it is. */
static struct tally_text without_ordinal(struct tally_text value)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "."};
    struct tally_text number = {.data = value.data};
    while (number.bytes < value.bytes &&
           text_is_digit((unsigned char)value.data[number.bytes])) {
        number.bytes++;
    }
    struct tally_text rest = {
        .data = value.data + number.bytes, .bytes = value.bytes - number.bytes};
    size_t choice = strlen(" choice");
    if (rest.bytes > choice &&
        memcmp(rest.data + rest.bytes - choice, " choice", choice) == 0) {
        rest.bytes -= choice;
    }
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (text_is_word(rest, endings[i])) {
            return number;
        }
    }
    return value;
}

static enum tally_status
mark_rank(struct columns *columns, struct cell cell, uint16_t option)
{
    static const char *const expected = "a rank, 1 or more, or nothing";
    int64_t rank = 0;
    cell.value = without_ordinal(cell.value);
    enum tally_status status = cell_number(&cell, expected, &rank);
    if (status != TALLY_OK) {
        return status;
    }
    return rank >= 1 && rank <= UINT16_MAX
               ? file_mark(columns->reader, option, (size_t)rank)
               : text_refuse(&cell.start, expected);
}

static enum tally_status
mark_score(struct columns *columns, const struct cell *cell, uint16_t option)
{
    int64_t most = columns->score_max > 0 ? columns->score_max : TALLY_SCORE_MAX;
    int64_t score = 0;
    enum tally_status status =
        cell_number(cell, "a whole score from 0, or nothing", &score);
    if (status != TALLY_OK) {
        return status;
    }
    if (score > most) {
        return text_refuse(&cell->start, "a score within the most there may be");
    }
    columns->highest = score > columns->highest ? score : columns->highest;
    return file_mark(columns->reader, option, (size_t)score);
}

struct row {
    bool ours;
    int64_t weight;
};

static enum tally_status read_lead(
    struct columns *columns, const struct cell *cell, enum lead lead, struct row *row)
{
    if (lead == LEAD_POLL) {
        return check_poll(columns, cell, &row->ours);
    }
    return lead == LEAD_COUNT ? cell_count(cell, &row->weight) : TALLY_OK;
}

static enum tally_status read_column(
    struct columns *columns, const struct cell *cell, size_t column, struct row *row)
{
    if (column < columns->lead_count) {
        return read_lead(columns, cell, columns->leads[column], row);
    }
    if (column - columns->lead_count >= columns->option_count) {
        return text_refuse(&cell->start, "no more cells than the header has");
    }
    uint16_t option = columns->options[column - columns->lead_count];
    if (text_trimmed(cell->value).bytes == 0 || !row->ours) {
        return TALLY_OK;
    }
    return columns->scores ? mark_score(columns, cell, option)
                           : mark_rank(columns, *cell, option);
}

static enum tally_status read_row(struct columns *columns)
{
    struct row row = {.ours = true, .weight = 1};
    struct text start = columns->reader->text;
    struct cell cell = {.last = false};
    for (size_t column = 0; !cell.last; column++) {
        enum tally_status status = cells_next(&columns->csv, &cell);
        if (status == TALLY_OK) {
            status = read_column(columns, &cell, column, &row);
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
    return row.ours ? file_ballot(columns->reader, &start, row.weight) : TALLY_OK;
}

static enum tally_status read_rows(struct columns *columns)
{
    struct text *text = &columns->reader->text;
    enum tally_status status = TALLY_OK;
    while (status == TALLY_OK && text_peek(text) != TEXT_END) {
        /* With one column an empty line is a blank ballot. */
        bool empty =
            columns->lead_count + columns->option_count > 1 && text_take_empty_line(text);
        status = empty ? TALLY_OK : read_row(columns);
    }
    return status;
}

/* ---- both ---- */

/* `scores` or `scores 0-5`: the most, or 0. */
static enum tally_status
read_score_max(struct tally_text shape, const struct text *start, int64_t *ret_max)
{
    static const char *const expected = "scores, or scores 0-5";
    const size_t before = strlen("scores 0-");
    if (text_is_word(shape, "scores")) {
        return TALLY_OK;
    }
    if (shape.bytes <= before || memcmp(shape.data, "scores 0-", before) != 0) {
        return text_refuse(start, expected);
    }
    struct cell cell = {
        .start = *start,
        .value = {.data = shape.data + before, .bytes = shape.bytes - before}};
    int64_t most = 0;
    enum tally_status status = cell_number(&cell, expected, &most);
    if (status == TALLY_OK && (most < 1 || most > TALLY_SCORE_MAX)) {
        return text_refuse(start, "scores from 0 to 1 … 1000");
    }
    if (status == TALLY_OK) {
        *ret_max = most;
    }
    return status;
}

static enum tally_status read_shape(struct columns *columns)
{
    struct text next = columns->reader->text;
    struct text start = next;
    struct tally_text shape = {.data = NULL};
    if (!cells_take_shape(&next, &shape)) {
        return TALLY_OK;
    }
    if (columns->scores) {
        return read_score_max(shape, &start, &columns->score_max);
    }
    return text_is_word(shape, "ranks") ? TALLY_OK : text_refuse(&start, "ranks");
}

/* The rows twice when the most of a score is not known: ballots need it. */
static enum tally_status read_ballots(struct columns *columns)
{
    struct file_reader *reader = columns->reader;
    struct text rows = reader->text;
    enum tally_status status = TALLY_OK;
    if (columns->scores && columns->score_max == 0) {
        reader->learning = true;
        status = read_rows(columns);
        reader->learning = false;
        reader->text = rows;
        columns->score_max = columns->highest > 0 ? columns->highest : 1;
    }
    if (status == TALLY_OK && columns->scores) {
        status = file_scored(reader, (size_t)columns->score_max);
    }
    return status == TALLY_OK ? read_rows(columns) : status;
}

static enum tally_status read_columns(struct file_reader *reader, bool scores)
{
    struct columns columns = {.reader = reader, .scores = scores};
    enum tally_status status = read_shape(&columns);
    if (status != TALLY_OK) {
        return status;
    }
    status = cells_begin(&columns.csv, reader);
    if (status == TALLY_OK && reader->reading->poll.count > 0) {
        status = names_add(&columns.polls, names_at(&reader->reading->poll, 0));
    }
    if (status == TALLY_OK) {
        status = read_header(&columns);
    }
    if (status == TALLY_OK) {
        status = read_ballots(&columns);
    }
    names_fini(&columns.polls);
    cells_fini(&columns.csv);
    free(columns.options);
    return status;
}

enum tally_status read_csv_ranks(struct file_reader *reader)
{
    return read_columns(reader, false);
}

enum tally_status read_csv_scores(struct file_reader *reader)
{
    return read_columns(reader, true);
}
