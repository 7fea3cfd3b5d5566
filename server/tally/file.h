/* A ballot file while it is read: what all formats share. */
#ifndef TALLY_FILE_H
#define TALLY_FILE_H

#include "tally/bits.h"
#include "tally/names.h"
#include "tally/stage.h"
#include "tally/text.h"

#define FILE_ODDITIES (TALLY_ODD_COLUMNS + 1)

struct tally_file {
    enum tally_format format;
    struct names names;
    struct names title;   /* one, or none */
    struct names columns; /* headings of those that were passed over */
    size_t seats;
    struct tally_profile *profile;
    struct tally_warning warnings[FILE_ODDITIES]; /* at most one of a kind */
    size_t warning_count;
};

struct tally_reading {
    enum tally_format format;
    struct names poll; /* the first is the poll, if one was chosen */
    struct names names;
};

struct file_reader {
    struct text text;
    const struct tally_reading *reading;
    struct tally_file *file;
    bool learning;            /* first of two passes: ballots are looked at, not added */
    struct stage stage;       /* ballots on their way into the profile */
    struct tally_mark *marks; /* of the ballot being read; owned */
    size_t mark_count;
    size_t mark_capacity;
    uint64_t seen; /* the ballot's options, by their last six bits */
    bool unsure;   /* may its marks be out of order, or somebody among them twice? */
};

enum tally_status file_mark_grow(struct file_reader *reader);
/* TALLY_TOO_MANY, told at the text's place. */
enum tally_status file_refuse_place(const struct file_reader *reader);

/* Appends a mark to the ballot being read. Places beyond 16 bits are refused. */
static inline enum tally_status
file_mark(struct file_reader *reader, size_t option, size_t place)
{
    if (place > UINT16_MAX) {
        return file_refuse_place(reader);
    }
    if (reader->mark_count == reader->mark_capacity) {
        enum tally_status status = file_mark_grow(reader);
        if (status != TALLY_OK) {
            return status;
        }
    }
    reader->marks[reader->mark_count++] =
        (struct tally_mark){.option = (uint16_t)option, .place = (uint16_t)place};
    reader->unsure = true;
    return TALLY_OK;
}

/* Adds the ballot, sooner or later, and begins the next. One of scores that rates an
 * option twice, or ballots beyond all bounds, are refused at `start`, the byte where it
 * begins. */
enum tally_status file_ballot(struct file_reader *reader, size_t start, int64_t weight);
/* All ballots so far are in the profile then. */
enum tally_status file_flush(struct file_reader *reader);

/* All weights so far together. */
static inline int64_t file_ballots(const struct file_reader *reader)
{
    return reader->file->profile->ballots + reader->stage.weight;
}

/* From now on ballots are of scores up to `score_max`. */
enum tally_status file_scored(struct file_reader *reader, size_t score_max);

/* A number from 1 to `options`. */
static inline enum tally_status
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

/* The file's weight: at least 1. */
enum tally_status file_weight(struct file_reader *reader, int64_t *ret_weight);
/* Adds a name. One too many, or too long, is refused at `at`, where it stands. */
enum tally_status
file_add_name(const struct text *at, struct names *names, struct tally_text name);
/* The option of that name, which is added if it is new. */
enum tally_status file_named(
    struct file_reader *reader, const struct text *at, struct tally_text name,
    uint16_t *ret_option);
/* Adds the names that the reading tells, which come first. */
enum tally_status file_told_names(struct file_reader *reader);
/* The first title is kept; a second one is odd. `at` is where it stands. */
enum tally_status
file_title(struct file_reader *reader, const struct text *at, struct tally_text title);
/* Notes an oddity at a place; of each kind the first is kept. */
void file_odd(
    struct file_reader *reader, enum tally_oddity oddity, const struct text *at,
    int64_t said, int64_t found);

/* Notes a column that is passed over, by its heading; `at` is where that stands. */
enum tally_status file_pass_over(
    struct file_reader *reader, const struct text *at, struct tally_text heading);

/* Which format is this? TALLY_FORMAT_COUNT if it can't be told without guessing. */
enum tally_format file_recognise(struct text text);
/* Which shape of CSV: TALLY_FORMAT_CSV, _CSV_RANKS, _CSV_SCORES, or TALLY_FORMAT_COUNT.
 */
enum tally_format file_recognise_csv(struct text text);

/* One a format: reads from the text's place to the end. */
typedef enum tally_status format_fn(struct file_reader *reader);
format_fn read_blt;
format_fn read_preflib;
format_fn read_csv;
format_fn read_abif;
format_fn read_csv_ranks;
format_fn read_csv_scores;
format_fn read_nist;
format_fn read_condorcet;
format_fn read_debian;

#endif
