/* A ballot file while it is read: what all formats share. */
#ifndef TALLY_FILE_H
#define TALLY_FILE_H

#include "tally/names.h"
#include "tally/profile.h"
#include "tally/text.h"

struct tally_file {
    enum tally_format format;
    struct names names;
    struct names title; /* the first is the title */
    struct names poll;  /* CSV: the poll that was read, if none was chosen */
    size_t seats;
    struct tally_profile *profile;
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
    struct tally_mark *marks; /* of the ballot being read; owned */
    size_t mark_count;
    size_t mark_capacity;
};

/* Appends a mark to the ballot being read. Places beyond 16 bits: TALLY_TOO_MANY. */
enum tally_status file_mark(struct file_reader *reader, size_t option, size_t place);
/* Adds the ballot and begins the next. The text must stand at its weight's line. */
enum tally_status file_ballot(struct file_reader *reader, int64_t weight);
/* A number from 1 to `options`. */
enum tally_status
file_option_number(struct file_reader *reader, size_t options, size_t *ret_option);
/* The file's weight: at least 1. */
enum tally_status file_weight(struct file_reader *reader, int64_t *ret_weight);

/* One a format: reads from the text's place to the end. */
typedef enum tally_status format_fn(struct file_reader *reader);
format_fn read_blt;
format_fn read_preflib;
format_fn read_csv;
format_fn read_abif;

#endif
