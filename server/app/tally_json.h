/* Shared by tally_json*.c only: JSON values, each with the comma it needs before it. */
#ifndef APP_TALLY_JSON_H
#define APP_TALLY_JSON_H

#include "app/tally_report.h"

void json_open(struct buf *out, char bracket);
void json_close(struct buf *out, char bracket);
void json_key(struct buf *out, const char *key);
void json_int(struct buf *out, int64_t value);
void json_text(struct buf *out, const char *text);
void json_null(struct buf *out);
void json_bool(struct buf *out, bool value);
/* A JSON number with all its decimals, or a string "7/3" if it does not end. */
void json_number(struct buf *out, struct tally_number number);
void json_name(struct buf *out, const struct tally_report *report, size_t option);
/* An option's name as a key. */
void json_name_key(struct buf *out, const struct tally_report *report, size_t option);
void json_names(
    struct buf *out, const struct tally_report *report, const uint16_t *options,
    size_t count);

/* The members of how the result came out. */
void json_steps(struct buf *out, const struct tally_report *report);

#endif
