/* Ballot files in one call, for tests: read, refused, printed, written, compared. What is
 * returned is the caller's to free. */
#ifndef TEST_TALLY_FILE_KIT_H
#define TEST_TALLY_FILE_KIT_H

#include "tally_kit.h"

/* Fails the test unless the text is refused at that line and column. */
void kit_refuse(const char *text, enum tally_format format, size_t line, size_t column);
/* Fails the test unless the text goes beyond a bound (`status`) at that line and column.
 */
void kit_exceeds(
    const char *text, enum tally_format format, enum tally_status status, size_t line,
    size_t column);
/* The ballots in the order they were first seen, by number from 0: "2:0>1=2 1:";
 * `0>>1` is a skipped rank, `?` an overvote without names. Scores: "2:0/5,1/3". */
void kit_ballots(const struct tally_file *file, const char *expected);
/* "A|B". */
void kit_names(const struct tally_file *file, const char *expected);
/* Reads, compares ballots and names, frees. */
void kit_reads(
    const char *text, enum tally_format format, const char *ballots, const char *names);
/* Without being named the file is of that format. */
void kit_recognised(const char *text, enum tally_format format);
/* One warning of that kind, at that line. */
void kit_warns(
    const struct tally_file *file, const char *code, size_t line, int64_t said,
    int64_t found);

/* What is written, NUL-terminated; NULL when the format can't hold it. */
char *
kit_write(const struct tally_file *file, enum tally_format format, size_t *ret_bytes);
/* Fails the test unless this is written. */
void kit_writes(
    const struct tally_file *file, enum tally_format format, const char *text);
/* Same names and, by number, the same multiset of ballots. */
bool kit_same(const struct tally_file *a, const struct tally_file *b);

/* Every cut and every changed byte of the text is read or refused: nothing beyond its end
 * is looked at, and OK always comes with a file. */
void kit_mutate(const char *text, enum tally_format format);

#endif
