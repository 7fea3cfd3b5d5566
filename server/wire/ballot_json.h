/* A ballot as JSON: {"ranking":[["12"],["7","9"]]}, {"approval":["7","12"]},
 * {"answer":"yes"}, {"score":[["7",0],["12",5]]}, {"dots":[["7",3]]}. */
#ifndef WIRE_BALLOT_JSON_H
#define WIRE_BALLOT_JSON_H

#include "base/buf.h"
#include "base/err.h"
#include "domain/ballot.h"

struct cJSON;

/* Reads and puts into canonical order. An option named twice stays twice: that is for the
 * poll's rules to refuse. ERR_BAD_VALUE (also an empty place), UNKNOWN_KEY, WRONG_FORM
 * (no form, or two), TOO_MANY. */
MUST_CHECK enum err ballot_read(const struct cJSON *object, struct ballot *ret_ballot);

/* The ballot must be in canonical order. */
void ballot_write(struct buf *out, const struct ballot *ballot);

/* Into canonical order (struct ballot). */
void ballot_sort(struct ballot *ballot);

#endif
