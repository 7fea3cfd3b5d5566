/* Ballot files, read from memory and written through a function. */
#ifndef STIMMWERK_TALLY_FILE_H
#define STIMMWERK_TALLY_FILE_H

#include "stimmwerk/tally/ballots.h"

TALLY_BEGIN

enum tally_format {
    TALLY_FORMAT_ANY,       /* recognised by the content */
    TALLY_FORMAT_BLT,       /* Hill, Wichmann and Woodall 1987, and what grew from it */
    TALLY_FORMAT_PREFLIB,   /* soc, soi, toc, toi, cat (Mattei and Walsh 2013) */
    TALLY_FORMAT_CSV,       /* [poll,][ballot,][count,]rank1,rank2,…; cells are names */
    TALLY_FORMAT_ABIF,      /* electorama's draft 0.31; rankings, approvals and ratings */
    TALLY_FORMAT_CSV_RANKS, /* a column an option; cells are ranks */
    TALLY_FORMAT_CSV_SCORES, /* a column an option; cells are scores */
    TALLY_FORMAT_CVR_CSV, /* [count,]rank1,…; empty: skipped, #overvote, a = b: overvote
                           */
    TALLY_FORMAT_NIST_JSON, /* NIST SP 1500-103, cast vote records */
    TALLY_FORMAT_CONDORCET, /* Condorcet Election Format: A > B = C * 42 */
    TALLY_FORMAT_DEBIAN,    /* Debian's tally sheets: V: 13-2 */
    TALLY_FORMAT_COUNT
};

/* The format of that name ("blt", "preflib-soc", "csv" …), TALLY_FORMAT_COUNT if there is
 * none, and the first name of a format. */
TALLY_API enum tally_format tally_format_find(const char *name);
TALLY_API const char *tally_format_name(enum tally_format format);

/* ---- reading ---- */

struct tally_file; /* a profile with names */

/* What reading may need to know beside the bytes. */
struct tally_reading;

TALLY_API enum tally_status tally_reading_new(struct tally_reading **ret_reading);
TALLY_API void tally_reading_free(struct tally_reading *reading);
TALLY_API void
tally_reading_format(struct tally_reading *reading, enum tally_format format);
/* Which poll of a CSV with a column `poll`, which contest (id or name) of a NIST report;
 * without one, the only one. Copied. TALLY_NO_MEMORY. */
TALLY_API enum tally_status
tally_reading_poll(struct tally_reading *reading, struct tally_text poll);
/* The next option of a CSV, for files that do not name all: these come first, in this
 * order, others that the file names follow. Copied. TALLY_TOO_MANY, TALLY_NO_MEMORY. */
TALLY_API enum tally_status
tally_reading_name(struct tally_reading *reading, struct tally_text name);

/* Where a file can't be read: both from 1, the column in bytes; 0, 0: the file as a
 * whole. */
struct tally_fault {
    size_t line;
    size_t column;
    const char *expected; /* what would have been right there, in English; static */
};

/* Reads a whole file from memory; nothing of `data` is kept. `reading` may be NULL. Names
 * are kept byte for byte, and so are skipped ranks, options marked twice and overvotes.
 * A format that is not named is recognised by marks that only it has; what could be two
 * formats is refused. Whether a column for each option holds ranks or scores is never
 * guessed: the format is named, or a line `# shape: ranks` or `# shape: scores 0-5`
 * stands above the header, or the ranks are ordinals (1st). TALLY_BAD_FILE,
 * TALLY_TOO_MANY (options or ranks, or a name too long) and TALLY_OVERFLOW (more than
 * TALLY_BALLOTS_MAX ballots) fill *ret_fault, which must not be NULL; TALLY_NO_MEMORY.
 * Bounded by the size of `data`; memory is allocated for different ballots only. */
TALLY_API enum tally_status tally_file_read(
    const void *data, size_t bytes, const struct tally_reading *reading,
    struct tally_file **ret_file, struct tally_fault *ret_fault);
TALLY_API void tally_file_free(struct tally_file *file);
/* Borrowed from the file. */
TALLY_API const struct tally_profile *tally_file_profile(const struct tally_file *file);
TALLY_API enum tally_format tally_file_format(const struct tally_file *file);
TALLY_API struct tally_text tally_file_name(const struct tally_file *file, size_t option);
/* Empty if the file has none. */
TALLY_API struct tally_text tally_file_title(const struct tally_file *file);
/* 0 if the file doesn't say. */
TALLY_API size_t tally_file_seats(const struct tally_file *file);

/* What was odd and could be read all the same. */
enum tally_oddity {
    TALLY_ODD_BALLOTS,    /* the header's sum of ballots is wrong */
    TALLY_ODD_DISTINCT,   /* the header's number of different ballots is wrong */
    TALLY_ODD_REPEATED,   /* the same ballot stands on two lines */
    TALLY_ODD_TYPE,       /* the header's type does not fit the ballots */
    TALLY_ODD_TITLES,     /* two titles: the first is kept */
    TALLY_ODD_UNDECLARED, /* votes for an option that is not on the file's list are passed
                             over, as its format wants */
    TALLY_ODD_WEIGHTS,    /* a weight is passed over: its format wants it allowed first */
    TALLY_ODD_ALIKE,  /* names of two options differ only in blanks at their ends or in
                         the case of ASCII letters: are they one? */
    TALLY_ODD_COLUMNS /* columns of a CSV about who voted, and when, are passed over */
};

/* "ballots", "distinct", "repeated", "type", "titles", "undeclared", "weights", "alike",
 * "columns". */
TALLY_API const char *tally_oddity_code(enum tally_oddity oddity);

struct tally_warning {
    enum tally_oddity oddity;
    size_t line;   /* 0: the file as a whole */
    int64_t said;  /* what the header or the weight says; 0 where it says no number */
    int64_t found; /* what the file holds. Of names alike: both are options, from 1. Of
                      columns: how many are passed over */
};

TALLY_API size_t tally_file_warnings(const struct tally_file *file);
TALLY_API struct tally_warning
tally_file_warning(const struct tally_file *file, size_t i);
/* The columns of a CSV that were passed over: how many, and the heading of one, in the
 * order of the file; borrowed from it. */
TALLY_API size_t tally_file_columns(const struct tally_file *file);
TALLY_API struct tally_text tally_file_column(const struct tally_file *file, size_t i);

/* ---- writing ---- */

/* A file to be written: a copy of the profile and of as many names as it has options.
 * `title` may be empty, `seats` 0. TALLY_TOO_MANY, TALLY_NO_MEMORY. */
TALLY_API enum tally_status tally_file_new(
    const struct tally_profile *profile, const struct tally_text *names,
    struct tally_text title, size_t seats, struct tally_file **ret_file);

/* Takes the next bytes; false: stop. */
typedef bool tally_write_fn(void *ctx, const char *data, size_t bytes);

/* Writes the file, the most frequent ballots first, then by their marks, not by arrival.
 * Reading what was written gives the same multiset of ballots. TALLY_WRONG_FORM, with
 * nothing written: the format can't hold these ballots (scores in BLT; skipped ranks in
 * PrefLib, ABIF or the Condorcet format; an overvote without names anywhere but in CSV …)
 * or a name (a line break in BLT, ` = ` in CSV …), or it is only read (NIST's, any).
 * TALLY_BAD_FILE (`write` said stop), TALLY_NO_MEMORY. Titles and seats are written where
 * the format has a place for them. */
TALLY_API enum tally_status tally_file_write(
    const struct tally_file *file, enum tally_format format, tally_write_fn *write,
    void *ctx);

TALLY_END

#endif
