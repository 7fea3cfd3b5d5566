/* A ballot file while it is written: what all formats share. A writer first sees whether
 * its format can hold everything, then writes; so nothing is half written. */
#ifndef TALLY_WRITE_H
#define TALLY_WRITE_H

#include "tally/file.h"

#define WRITE_ROOM_BYTES 4096

/* One kind of ballot: marks by place, then option. */
struct write_row {
    const struct tally_mark *marks;
    size_t count;
    int64_t weight;
};

/* What kinds of ballots there are. */
struct write_shape {
    bool scored;
    bool unnamed; /* somebody marked nobody knows whom */
    bool repeats; /* or an option twice */
    bool gaps;    /* skipped ranks */
    bool ties;    /* equal ranks */
    bool partial; /* some option has no rank on some ballot */
    size_t place_max;
};

struct file_writer {
    const struct tally_file *file;
    const struct tally_profile *profile;
    struct write_row *rows; /* the most ballots first, then as marks compare */
    size_t row_count;
    struct write_shape shape;
    tally_write_fn *write;
    void *ctx;
    size_t bytes;
    bool stopped;
    char room[WRITE_ROOM_BYTES];
};

void write_flush(struct file_writer *writer);

static inline void write_char(struct file_writer *writer, char c)
{
    if (writer->bytes == WRITE_ROOM_BYTES) {
        write_flush(writer);
    }
    writer->room[writer->bytes++] = c;
}

void write_word(struct file_writer *writer, const char *word);
void write_text(struct file_writer *writer, struct tally_text text);
void write_number(struct file_writer *writer, uint64_t number);
/* In quotes, with every quote doubled. */
void write_quoted(struct file_writer *writer, struct tally_text text);
/* The number of an option, from 1. */
void write_option(struct file_writer *writer, uint16_t option);

static inline size_t write_options(const struct file_writer *writer)
{
    return tally_profile_options(writer->profile);
}

static inline struct tally_text
write_name(const struct file_writer *writer, size_t option)
{
    return names_at(&writer->file->names, option);
}

/* Do name and title hold none of these bytes? */
bool write_plain(struct tally_text text, const char *bytes);
/* `line`: the end of a line can't be in it. */
bool write_one_line(struct tally_text text);
/* No two options of one name. */
bool write_names_differ(const struct file_writer *writer);
/* Only ranks, each option once, none skipped: what most formats can hold. */
bool write_is_ranking(const struct write_shape *shape);

/* One a format. TALLY_WRONG_FORM: it can't hold the file. */
typedef enum tally_status write_format_fn(struct file_writer *writer);
write_format_fn write_blt;
write_format_fn write_preflib;
write_format_fn write_csv;
write_format_fn write_csv_ranks;
write_format_fn write_csv_scores;
write_format_fn write_abif;
write_format_fn write_condorcet;
write_format_fn write_debian;

#endif
