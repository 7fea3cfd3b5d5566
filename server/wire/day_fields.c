/* A calendar day as text: "2027-03-01". */
#include "wire/day_fields.h"

#include "wire/json_read.h"

#include <string.h>

/* `count` digits; −1: there is something else. */
static int read_digits(const char *text, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static enum err read_day(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    const char *text;
    enum err err = json_read_string(item, &text);
    if (err != ERR_OK) {
        return err;
    }
    if (strlen(text) != DAY_CHARS || text[4] != '-' || text[7] != '-') {
        return ERR_BAD_VALUE;
    }
    int year = read_digits(text, 4);
    int month = read_digits(text + 5, 2);
    int of_month = read_digits(text + 8, 2);
    if (year < 0 || month < 0 || of_month < 0) {
        return ERR_BAD_VALUE;
    }
    struct day day = {(uint16_t)year, (uint8_t)month, (uint8_t)of_month};
    if (!day_is_valid(day)) {
        return ERR_BAD_VALUE;
    }
    memcpy(at, &day, sizeof day);
    return ERR_OK;
}

void day_write(struct buf *out, struct day day)
{
    buf_printf(
        out, "\"%04u-%02u-%02u\"", (unsigned)day.year, (unsigned)day.month,
        (unsigned)day.of_month);
}

static void write_day(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    struct day day;
    memcpy(&day, at, sizeof day);
    day_write(out, day);
}

const struct field_kind field_day = {read_day, write_day, sizeof(struct day)};
