#include "export/csv.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define BOM "\xef\xbb\xbf"

bool csv_is_formula(const char *text)
{
    static const char *const starts[] = {
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "\xef\xbc\x9d", /* = in full width */
        "\xef\xbc\x8b", /* + */
        "\xef\xbc\x8d", /* - */
        "\xef\xbc\xa0", /* @ */
    };
    text += strspn(text, " ");
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (strncmp(text, starts[i], strlen(starts[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void begin_cell(struct csv *csv)
{
    if (csv->cells++ > 0) {
        buf_char(csv->out, csv->separator);
    }
}

/* Either separator is quoted, so that choosing the other one moves no quote. */
static bool needs_quotes(const char *text)
{
    size_t bytes = strlen(text);
    bool edge = bytes != 0 && (text[0] == ' ' || text[bytes - 1] == ' ');
    return edge || strpbrk(text, ",;\"\r\n\t") != NULL;
}

static void write_doubling_quotes(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            buf_char(out, '"');
        }
        buf_char(out, *text);
    }
}

static void write_cell(struct csv *csv, const char *text, bool guard)
{
    bool quotes = needs_quotes(text);
    begin_cell(csv);
    if (quotes) {
        buf_char(csv->out, '"');
    }
    if (guard) {
        buf_char(csv->out, '\'');
    }
    write_doubling_quotes(csv->out, text);
    if (quotes) {
        buf_char(csv->out, '"');
    }
}

void csv_text(struct csv *csv, const char *text)
{
    write_cell(csv, text, csv_is_formula(text));
}

void csv_word(struct csv *csv, const char *word)
{
    write_cell(csv, word, false);
}

void csv_empty(struct csv *csv)
{
    begin_cell(csv);
}

void csv_int(struct csv *csv, int64_t value)
{
    begin_cell(csv);
    buf_int(csv->out, value);
}

void csv_positive(struct csv *csv, int64_t value)
{
    begin_cell(csv);
    if (value != 0) {
        buf_int(csv->out, value);
    }
}

void csv_flag(struct csv *csv, bool value)
{
    csv_word(csv, value ? "yes" : "no");
}

void csv_decimal(struct csv *csv, const char *digits)
{
    begin_cell(csv);
    for (; *digits != '\0'; digits++) {
        char digit = *digits;
        if (digit == '.' && csv->separator == ';') {
            digit = ',';
        }
        buf_char(csv->out, digit);
    }
}

/* A day of the Gregorian calendar from the days since 1970. Years are counted from March,
 * so that the leap day is the last of its year. */
static void write_date(struct buf *out, int64_t days)
{
    enum { DAYS_400_YEARS = 146097, DAYS_TO_1970 = 719468 };

    days += DAYS_TO_1970;
    int64_t era = days / DAYS_400_YEARS;
    int64_t of_era = days % DAYS_400_YEARS;
    int64_t year =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / (DAYS_400_YEARS - 1)) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t from_march = (5 * of_year + 2) / 153;
    int64_t day = of_year - (153 * from_march + 2) / 5 + 1;
    int64_t month = from_march < 10 ? from_march + 3 : from_march - 9;
    year += 400 * era + (month <= 2 ? 1 : 0);
    buf_printf(out, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
}

void csv_time(struct csv *csv, int64_t at_ms)
{
    enum { DAY_S = 86400, HOUR_S = 3600, MINUTE_S = 60 };

    begin_cell(csv);
    if (at_ms <= 0) {
        return;
    }
    int64_t at_s = at_ms / 1000;
    int of_day = (int)(at_s % DAY_S);
    write_date(csv->out, at_s / DAY_S);
    buf_printf(
        csv->out, "T%02d:%02d:%02dZ", of_day / HOUR_S, of_day / MINUTE_S % 60,
        of_day % MINUTE_S);
}

void csv_hash(struct csv *csv, const struct hash *hash)
{
    static const struct hash none;
    begin_cell(csv);
    if (memcmp(hash, &none, sizeof none) != 0) {
        buf_hex(csv->out, hash->bytes, HASH_BYTES);
    }
}

void csv_end_row(struct csv *csv)
{
    assert(csv->columns == 0 || csv->columns == csv->cells);
    buf_text(csv->out, "\r\n");
    csv->columns = csv->cells;
    csv->cells = 0;
}

void csv_begin(struct csv *csv, struct buf *out, char separator)
{
    *csv = (struct csv){.out = out, .separator = separator};
    buf_text(out, BOM);
}

void csv_ballot(struct csv *csv, int64_t number, bool paper)
{
    if (!paper) {
        csv_int(csv, number);
        return;
    }
    char word[32];
    snprintf(word, sizeof word, "paper-%lld", (long long)number);
    csv_word(csv, word);
}
