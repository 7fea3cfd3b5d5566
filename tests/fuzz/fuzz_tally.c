#include "fuzz_tally.h"

#include <stdlib.h>
#include <string.h>

#define WRITTEN_BYTES_MAX 4194304

struct written {
    char *data;
    size_t bytes;
    size_t capacity;
};

static bool append(void *ctx, const char *data, size_t bytes)
{
    struct written *written = ctx;
    if (written->bytes + bytes > WRITTEN_BYTES_MAX) {
        return false;
    }
    if (written->bytes + bytes > written->capacity) {
        written->capacity = 2 * (written->bytes + bytes);
        written->data = realloc(written->data, written->capacity);
        FUZZ_MUST(written->data != NULL);
    }
    memcpy(written->data + written->bytes, data, bytes);
    written->bytes += bytes;
    return true;
}

static void check_ballots(const struct tally_profile *profile)
{
    int64_t sum = 0;
    size_t options = tally_profile_options(profile);
    FUZZ_MUST(options >= 1 && options <= TALLY_OPTIONS_MAX);
    for (size_t i = 0; i < tally_profile_distinct(profile); i++) {
        const struct tally_mark *marks = NULL;
        int64_t weight = 0;
        size_t count = tally_profile_ballot(profile, i, &marks, &weight);
        FUZZ_MUST(weight >= 1);
        sum += weight;
        for (size_t m = 0; m < count; m++) {
            FUZZ_MUST(marks[m].option < options || marks[m].option == TALLY_UNNAMED);
            FUZZ_MUST(marks[m].place >= 1);
        }
    }
    FUZZ_MUST(sum == tally_profile_ballots(profile));
    FUZZ_MUST(sum <= TALLY_BALLOTS_MAX);
}

static bool has_ballot(
    const struct tally_profile *profile, const struct tally_mark *marks, size_t count,
    int64_t weight)
{
    for (size_t i = 0; i < tally_profile_distinct(profile); i++) {
        const struct tally_mark *others = NULL;
        int64_t other_weight = 0;
        if (tally_profile_ballot(profile, i, &others, &other_weight) == count &&
            other_weight == weight &&
            (count == 0 || memcmp(marks, others, count * sizeof *marks) == 0)) {
            return true;
        }
    }
    return false;
}

static void check_same(const struct tally_file *file, const struct tally_file *again)
{
    const struct tally_profile *a = tally_file_profile(file);
    const struct tally_profile *b = tally_file_profile(again);
    FUZZ_MUST(tally_profile_options(a) == tally_profile_options(b));
    FUZZ_MUST(tally_profile_score_max(a) == tally_profile_score_max(b));
    FUZZ_MUST(tally_profile_distinct(a) == tally_profile_distinct(b));
    for (size_t i = 0; i < tally_profile_distinct(a); i++) {
        const struct tally_mark *marks = NULL;
        int64_t weight = 0;
        size_t count = tally_profile_ballot(a, i, &marks, &weight);
        FUZZ_MUST(has_ballot(b, marks, count, weight));
    }
    for (size_t o = 0; o < tally_profile_options(a); o++) {
        struct tally_text name = tally_file_name(file, o);
        struct tally_text other = tally_file_name(again, o);
        FUZZ_MUST(name.bytes == other.bytes);
        FUZZ_MUST(name.bytes == 0 || memcmp(name.data, other.data, name.bytes) == 0);
    }
}

/* Told the names, a CSV numbers options as the file did. */
static struct tally_file *read_back(
    const struct tally_file *file, enum tally_format format,
    const struct written *written)
{
    struct tally_reading *reading = NULL;
    struct tally_file *again = NULL;
    struct tally_fault fault = {0};
    FUZZ_MUST(tally_reading_new(&reading) == TALLY_OK);
    tally_reading_format(reading, format);
    for (size_t o = 0; o < tally_profile_options(tally_file_profile(file)); o++) {
        FUZZ_MUST(tally_reading_name(reading, tally_file_name(file, o)) == TALLY_OK);
    }
    FUZZ_MUST(
        tally_file_read(written->data, written->bytes, reading, &again, &fault) ==
        TALLY_OK);
    tally_reading_free(reading);
    return again;
}

static void check_written(const struct tally_file *file, enum tally_format format)
{
    struct written written = {NULL, 0, 0};
    enum tally_status status = tally_file_write(file, format, append, &written);
    FUZZ_MUST(
        status == TALLY_OK || status == TALLY_WRONG_FORM || status == TALLY_BAD_FILE);
    FUZZ_MUST(status != TALLY_WRONG_FORM || written.bytes == 0);
    if (status == TALLY_OK) {
        struct tally_file *again = read_back(file, format, &written);
        check_same(file, again);
        tally_file_free(again);
    }
    free(written.data);
}

void fuzz_tally(enum tally_format format, const uint8_t *data, size_t size)
{
    struct tally_reading *reading = NULL;
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    FUZZ_MUST(tally_reading_new(&reading) == TALLY_OK);
    tally_reading_format(reading, format);
    enum tally_status status = tally_file_read(data, size, reading, &file, &fault);
    tally_reading_free(reading);
    FUZZ_MUST((status == TALLY_OK) == (file != NULL));
    FUZZ_MUST(
        status != TALLY_BAD_FILE ||
        (fault.expected != NULL && fault.line >= 1 && fault.column >= 1));
    if (file == NULL) {
        return;
    }
    check_ballots(tally_file_profile(file));
    for (int to = TALLY_FORMAT_BLT; to < TALLY_FORMAT_COUNT; to++) {
        check_written(file, (enum tally_format)to);
    }
    tally_file_free(file);
}
