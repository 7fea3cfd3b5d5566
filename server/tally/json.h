/* JSON (RFC 8259) read in place: no tree, no allocation but for a string's escapes. A
 * value is checked once as a whole; then its parts are found by walking over it. */
#ifndef TALLY_JSON_H
#define TALLY_JSON_H

#include "tally/text.h"

/* Arrays and objects within each other. */
#define JSON_DEPTH_MAX 64

/* Steps over one value and blanks before it; refuses what is no JSON. */
enum tally_status json_skip(struct text *text);
/* Steps over blanks and ends of lines. */
void json_skip_blanks(struct text *text);

/* The following need a value that json_skip found right; `text` stands at it. */

/* Enters an array or an object: false if it is another value. */
bool json_enter(struct text *text, char open);
/* At the next item: false at the array's end. The item must then be stepped over. */
bool json_next(struct text *text);
/* At the next member's value and its key, as it stands between its quotes. */
bool json_next_member(struct text *text, struct tally_text *ret_key);
/* The values of an object's members by key, `data` NULL for those it does not have, in
 * one walk. TALLY_BAD_FILE: no object, or one of the keys twice. */
enum tally_status json_members(
    struct text object, const char *const *keys, size_t count, struct text *ret_values);

struct json_room {
    char *bytes; /* owned */
    size_t capacity;
};

/* Steps over a string: its bytes without escapes, lent from the text or from `room`.
 * Refuses (`expected`) another value; TALLY_NO_MEMORY. */
enum tally_status json_string(
    struct text *text, struct json_room *room, const char *expected,
    struct tally_text *ret_string);
/* Is it this string? */
bool json_is(const struct text *text, const char *word);

#endif
