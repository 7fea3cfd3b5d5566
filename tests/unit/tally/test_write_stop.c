/* Writers that are told to stop, and what no format can hold. */
#include "file_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPTIONS 7
#define BALLOTS 2000

/* Different strict rankings of all, or different scores: in every format longer than what
 * a writer keeps together, many times. */
static struct tally_file *long_file(size_t score_max)
{
    struct tally_profile *profile = NULL;
    struct tally_text names[OPTIONS];
    struct tally_file *file = NULL;
    enum tally_status made = score_max > 0
                                 ? tally_profile_new_scored(OPTIONS, score_max, &profile)
                                 : tally_profile_new(OPTIONS, &profile);
    cr_assert_eq(made, TALLY_OK);
    for (size_t b = 0; b < BALLOTS; b++) {
        struct tally_mark marks[OPTIONS];
        size_t rest = b;
        for (size_t i = 0; i < OPTIONS; i++) {
            size_t at = rest % (i + 1);
            rest /= i + 1;
            memmove(marks + at + 1, marks + at, (i - at) * sizeof *marks);
            marks[at].option = (uint16_t)i;
        }
        for (size_t i = 0; i < OPTIONS; i++) {
            marks[i].place = (uint16_t)(i + 1);
        }
        cr_assert_eq(tally_profile_add(profile, marks, OPTIONS, 1), TALLY_OK);
    }
    for (size_t o = 0; o < OPTIONS; o++) {
        names[o] = (struct tally_text){.data = &"ABCDEFG"[o], .bytes = 1};
    }
    cr_assert_eq(tally_file_new(profile, names, text_of("Title"), 1, &file), TALLY_OK);
    tally_profile_free(profile);
    return file;
}

struct taken {
    size_t calls;
    size_t stop_at; /* the call that is refused */
};

static bool take(void *ctx, const char *data, size_t bytes)
{
    struct taken *taken = ctx;
    cr_assert_not_null(data);
    cr_assert_gt(bytes, 0);
    cr_assert_leq(taken->calls, taken->stop_at, "nothing is written after a stop");
    return taken->calls++ != taken->stop_at;
}

static size_t check_stops(const struct tally_file *file, enum tally_format format)
{
    struct taken all = {.stop_at = SIZE_MAX - 1};
    if (tally_file_write(file, format, take, &all) != TALLY_OK) {
        return 0;
    }
    cr_assert_geq(all.calls, 3);
    for (size_t at = 0; at < all.calls; at++) {
        struct taken taken = {.stop_at = at};
        cr_assert_eq(tally_file_write(file, format, take, &taken), TALLY_BAD_FILE);
        cr_assert_eq(taken.calls, at + 1);
    }
    return 1;
}

Test(write, a_writer_that_is_told_to_stop_says_so_and_writes_no_more)
{
    size_t formats = 0;
    for (size_t score_max = 0; score_max <= OPTIONS; score_max += OPTIONS) {
        struct tally_file *file = long_file(score_max);
        for (int f = TALLY_FORMAT_ANY; f < TALLY_FORMAT_COUNT; f++) {
            formats += check_stops(file, (enum tally_format)f);
        }
        tally_file_free(file);
    }
    cr_assert_eq(formats, 10, "all that are written; ABIF and CSV both ways");
}

/* ---- what does not fit ---- */

static struct tally_file *named_file(const char *name, size_t bytes, const char *title)
{
    struct tally_profile *profile = NULL;
    struct tally_file *file = NULL;
    const struct tally_text names[] = {{name, bytes}, {"Bea", 3}};
    const struct tally_mark mark = {.option = 0, .place = 1};
    cr_assert_eq(tally_profile_new(2, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &mark, 1, 1), TALLY_OK);
    cr_assert_eq(tally_file_new(profile, names, text_of(title), 1, &file), TALLY_OK);
    tally_profile_free(profile);
    return file;
}

/* It is written and read back as it was, or not written at all. */
static void check_fits(
    const char *name, size_t bytes, const char *title, enum tally_format format,
    bool fits)
{
    struct tally_file *file = named_file(name, bytes, title);
    size_t written = 0;
    char *text = kit_write(file, format, &written);
    cr_assert_eq(text != NULL, fits, "\"%s\" in %s", name, tally_format_name(format));
    if (text != NULL) {
        struct tally_reading *reading = reading_as(format);
        struct tally_file *again = NULL;
        struct tally_fault fault = {0};
        cr_assert_eq(
            tally_file_read(text, written, reading, &again, &fault), TALLY_OK, "%s",
            text);
        cr_assert(kit_same(file, again));
        tally_file_free(again);
        tally_reading_free(reading);
    }
    free(text);
    tally_file_free(file);
}

Test(write, blt_holds_backslashes_but_not_before_a_quote_and_no_line_ends)
{
    check_fits("a\\b", 3, "", TALLY_FORMAT_BLT, true);
    check_fits("a\"b", 3, "", TALLY_FORMAT_BLT, true);
    check_fits("a\\\"b", 4, "", TALLY_FORMAT_BLT, false);
    check_fits("a\\", 2, "", TALLY_FORMAT_BLT, false);
    check_fits("a\nb", 3, "", TALLY_FORMAT_BLT, false);
    check_fits("a", 1, "two\nlines", TALLY_FORMAT_BLT, false);
}

Test(write, preflib_holds_no_line_ends_in_names_and_titles)
{
    check_fits("a", 1, "title", TALLY_FORMAT_PREFLIB, true);
    check_fits("a\nb", 3, "title", TALLY_FORMAT_PREFLIB, false);
    check_fits("a\r", 2, "title", TALLY_FORMAT_PREFLIB, false);
    check_fits("a", 1, "two\nlines", TALLY_FORMAT_PREFLIB, false);
}

Test(write, a_name_with_a_nul_reads_back)
{
    check_fits("a\0b", 3, "", TALLY_FORMAT_BLT, true);
    check_fits("a\0b", 3, "", TALLY_FORMAT_PREFLIB, true);
    check_fits("a\0b", 3, "", TALLY_FORMAT_CSV_RANKS, true);
}

Test(write, two_options_of_one_name_have_no_columns)
{
    struct tally_profile *profile = NULL;
    struct tally_file *file = NULL;
    const struct tally_text names[] = {{"Bea", 3}, {"Bea", 3}};
    cr_assert_eq(tally_profile_new_scored(2, 5, &profile), TALLY_OK);
    cr_assert_eq(tally_file_new(profile, names, text_of(""), 1, &file), TALLY_OK);
    cr_assert_null(kit_write(file, TALLY_FORMAT_CSV_SCORES, &(size_t){0}));
    tally_file_free(file);
    tally_profile_free(profile);
}

Test(write, a_format_that_there_is_not_is_refused)
{
    struct tally_file *file = named_file("a", 1, "");
    struct taken taken = {.stop_at = 0};
    struct tally_file *read = NULL;
    struct tally_fault fault = {0};
    struct tally_reading *reading = reading_as(TALLY_FORMAT_COUNT);
    cr_assert_eq(
        tally_file_write(file, TALLY_FORMAT_COUNT, take, &taken), TALLY_WRONG_FORM);
    cr_assert_eq(
        tally_file_write(file, TALLY_FORMAT_NIST_JSON, take, &taken), TALLY_WRONG_FORM);
    cr_assert_eq(taken.calls, 0);
    cr_assert_eq(tally_file_read("1 1\n", 4, reading, &read, &fault), TALLY_BAD_FILE);
    cr_assert_null(read);
    tally_reading_free(reading);
    tally_reading_free(NULL);
    tally_file_free(file);
}
