#include "file_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum tally_status read_bytes(
    const char *text, size_t bytes, enum tally_format format,
    struct tally_file **ret_file, struct tally_fault *ret_fault)
{
    struct tally_reading *reading = reading_as(format);
    enum tally_status status = tally_file_read(text, bytes, reading, ret_file, ret_fault);
    tally_reading_free(reading);
    return status;
}

void kit_refuse(const char *text, enum tally_format format, size_t line, size_t column)
{
    kit_exceeds(text, format, TALLY_BAD_FILE, line, column);
}

void kit_exceeds(
    const char *text, enum tally_format format, enum tally_status expected, size_t line,
    size_t column)
{
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    enum tally_status status = read_bytes(text, strlen(text), format, &file, &fault);
    cr_assert_eq(status, expected, "%s: %s", text, tally_status_code(status));
    cr_assert_null(file);
    cr_assert(
        fault.line == line && fault.column == column, "%s: at %zu:%zu, expected %s", text,
        fault.line, fault.column, fault.expected);
}

static size_t print_mark(
    char *text, size_t room, const struct tally_mark *marks, size_t m, size_t score_max)
{
    char option[16] = "?";
    if (marks[m].option != TALLY_UNNAMED) {
        snprintf(option, sizeof option, "%u", marks[m].option);
    }
    if (score_max > 0) {
        return (size_t)snprintf(
            text, room, "%s%s/%zu", m > 0 ? "," : "", option,
            1 + score_max - marks[m].place);
    }
    size_t at = 0;
    size_t before = m > 0 ? marks[m - 1].place : 0;
    for (size_t place = before + (m > 0 ? 0 : 1); place < marks[m].place; place++) {
        at += (size_t)snprintf(text + at, room - at, ">");
    }
    const char *sign = m > 0 && marks[m].place == before ? "=" : "";
    return at + (size_t)snprintf(text + at, room - at, "%s%s", sign, option);
}

void kit_ballots(const struct tally_file *file, const char *expected)
{
    char text[4096] = "";
    size_t at = 0;
    const struct tally_profile *profile = tally_file_profile(file);
    for (size_t i = 0; i < tally_profile_distinct(profile); i++) {
        const struct tally_mark *marks = NULL;
        int64_t weight = 0;
        size_t count = tally_profile_ballot(profile, i, &marks, &weight);
        at += (size_t)snprintf(
            text + at, sizeof text - at, "%s%lld:", i > 0 ? " " : "", (long long)weight);
        for (size_t m = 0; m < count; m++) {
            at += print_mark(
                text + at, sizeof text - at, marks, m, tally_profile_score_max(profile));
        }
    }
    cr_assert_str_eq(text, expected);
}

void kit_names(const struct tally_file *file, const char *expected)
{
    char text[4096] = "";
    size_t at = 0;
    for (size_t o = 0; o < tally_profile_options(tally_file_profile(file)); o++) {
        struct tally_text name = tally_file_name(file, o);
        at += (size_t)snprintf(
            text + at, sizeof text - at, "%s%.*s", o > 0 ? "|" : "", (int)name.bytes,
            name.data);
    }
    cr_assert_str_eq(text, expected);
}

void kit_reads(
    const char *text, enum tally_format format, const char *ballots, const char *names)
{
    struct tally_file *file = read_text(text, format);
    kit_ballots(file, ballots);
    kit_names(file, names);
    tally_file_free(file);
}

void kit_recognised(const char *text, enum tally_format format)
{
    struct tally_file *file = read_text(text, TALLY_FORMAT_ANY);
    cr_assert_eq(
        tally_file_format(file), format, "%s: %s", text,
        tally_format_name(tally_file_format(file)));
    tally_file_free(file);
}

void kit_warns(
    const struct tally_file *file, const char *code, size_t line, int64_t said,
    int64_t found)
{
    cr_assert_eq(tally_file_warnings(file), 1);
    struct tally_warning warning = tally_file_warning(file, 0);
    cr_assert_str_eq(tally_oddity_code(warning.oddity), code);
    cr_assert_eq(warning.line, line, "line %zu", warning.line);
    cr_assert_eq(warning.said, said);
    cr_assert_eq(warning.found, found, "found %lld", (long long)warning.found);
}

struct written {
    char *data;
    size_t bytes;
};

static bool append(void *ctx, const char *data, size_t bytes)
{
    struct written *written = ctx;
    written->data = realloc(written->data, written->bytes + bytes + 1);
    memcpy(written->data + written->bytes, data, bytes);
    written->bytes += bytes;
    written->data[written->bytes] = '\0';
    return true;
}

char *
kit_write(const struct tally_file *file, enum tally_format format, size_t *ret_bytes)
{
    struct written written = {0};
    enum tally_status status = tally_file_write(file, format, append, &written);
    cr_assert(status == TALLY_OK || (status == TALLY_WRONG_FORM && written.data == NULL));
    *ret_bytes = written.bytes;
    return written.data;
}

void kit_writes(const struct tally_file *file, enum tally_format format, const char *text)
{
    size_t bytes = 0;
    char *written = kit_write(file, format, &bytes);
    cr_assert_not_null(written);
    cr_assert_str_eq(written, text);
    free(written);
}

static bool has_ballot(
    const struct tally_profile *profile, const struct tally_mark *marks, size_t count,
    int64_t weight)
{
    for (size_t i = 0; i < tally_profile_distinct(profile); i++) {
        const struct tally_mark *others = NULL;
        int64_t other = 0;
        if (tally_profile_ballot(profile, i, &others, &other) == count &&
            other == weight &&
            (count == 0 || memcmp(marks, others, count * sizeof *marks) == 0)) {
            return true;
        }
    }
    return false;
}

bool kit_same(const struct tally_file *a, const struct tally_file *b)
{
    const struct tally_profile *p = tally_file_profile(a);
    const struct tally_profile *q = tally_file_profile(b);
    bool same = tally_profile_options(p) == tally_profile_options(q) &&
                tally_profile_score_max(p) == tally_profile_score_max(q) &&
                tally_profile_distinct(p) == tally_profile_distinct(q);
    for (size_t i = 0; same && i < tally_profile_distinct(p); i++) {
        const struct tally_mark *marks = NULL;
        int64_t weight = 0;
        size_t count = tally_profile_ballot(p, i, &marks, &weight);
        same = has_ballot(q, marks, count, weight);
    }
    for (size_t o = 0; same && o < tally_profile_options(p); o++) {
        struct tally_text x = tally_file_name(a, o);
        struct tally_text y = tally_file_name(b, o);
        same =
            x.bytes == y.bytes && (x.bytes == 0 || memcmp(x.data, y.data, x.bytes) == 0);
    }
    return same;
}

static void try_bytes(const char *text, size_t bytes, enum tally_format format)
{
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    char *exact = malloc(bytes > 0 ? bytes : 1); /* the sanitizer sees a byte too far */
    memcpy(exact, text, bytes);
    enum tally_status status = read_bytes(exact, bytes, format, &file, &fault);
    cr_assert_eq(status == TALLY_OK, file != NULL);
    cr_assert(
        status != TALLY_BAD_FILE ||
        (fault.expected != NULL && fault.line > 0 && fault.column > 0));
    tally_file_free(file);
    free(exact);
}

void kit_mutate(const char *text, enum tally_format format)
{
    static const char changes[] = "\"\n0,=>{#[]}:-/\\ a\xff";
    size_t bytes = strlen(text);
    char *changed = malloc(bytes + 1);
    for (size_t at = 0; at < bytes; at++) {
        try_bytes(text, at, format);
        for (size_t c = 0; c < sizeof changes; c++) { /* its NUL too */
            memcpy(changed, text, bytes);
            changed[at] = changes[c];
            try_bytes(changed, bytes, format);
        }
    }
    free(changed);
}
