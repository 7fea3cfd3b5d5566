/* What all of libtally's headers share. */
#ifndef STIMMWERK_TALLY_BASE_H
#define STIMMWERK_TALLY_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define TALLY_BEGIN extern "C" {
#define TALLY_END   }
#else
#define TALLY_BEGIN
#define TALLY_END
#endif

#if defined(__GNUC__)
#define TALLY_API __attribute__((visibility("default")))
#else
#define TALLY_API
#endif

TALLY_BEGIN

/* The library's version: a program runs with any of the same major number that is not
 * older than the one it was built with. */
#define TALLY_VERSION_MAJOR 1
#define TALLY_VERSION_MINOR 0
#define TALLY_VERSION_PATCH 0
/* "1.0.0", of the library that runs. */
TALLY_API const char *tally_version(void);

#define TALLY_OPTIONS_MAX 1000
/* All weights of a profile together, about 10^15: no sum of whole ballots, points or
 * scores can leave 63 bits. Transferable votes with d decimals (Scottish: 5; Meek, and
 * exact fractions as they are shown: 9) are TALLY_OVERFLOW from about 2^63 / 10^d on. */
#define TALLY_BALLOTS_MAX (INT64_C(1) << 50)

enum tally_status {
    TALLY_OK,
    TALLY_NO_MEMORY,
    TALLY_BAD_BALLOT, /* option out of range, place 0, weight < 1 */
    TALLY_UNKNOWN_METHOD,
    TALLY_BAD_RULE,        /* seats, a tie order or a write-in does not fit */
    TALLY_TOO_MANY,        /* above a documented bound */
    TALLY_OVERFLOW,        /* a number left its bound: nothing was wrapped */
    TALLY_BAD_FILE,        /* a ballot file that can't be read: see tally_fault */
    TALLY_UNKNOWN_SETTING, /* the method has no setting of that name */
    TALLY_BAD_VALUE,       /* the setting has no such value */
    TALLY_WRONG_FORM       /* the method needs scores and the ballots have none */
};

/* A stable English word for a status: "bad-ballot". */
TALLY_API const char *tally_status_code(enum tally_status status);

/* An exact number: value / unit. `unit` is 1 for whole numbers, 2 for halves, 10^5 for
 * five decimals. */
struct tally_number {
    int64_t value;
    int64_t unit; /* ≥ 1 */
};

#define TALLY_NUMBER_BYTES 48
/* Writes the number as a decimal ("20.5") if it ends within nine places, else as a
 * fraction ("7/3"), with a NUL; returns the length. */
TALLY_API size_t
tally_number_write(struct tally_number number, char ret_text[TALLY_NUMBER_BYTES]);

struct tally_text {
    const char *data; /* not NUL-terminated */
    size_t bytes;
};

TALLY_END

#endif
