/* A count as JSON: for the wire (options are ids) and for the command line (names). */
#ifndef WIRE_RESULT_JSON_H
#define WIRE_RESULT_JSON_H

#include "base/buf.h"
#include "domain/entry.h"
#include "stimmwerk/tally.h"

struct result_naming {
    /* Writes option i as a JSON string. */
    void (*option)(const void *ctx, size_t i, struct buf *out);
    const void *ctx;
    /* Pairs, duels and votes are told of the first so many options of the ranking only
     * (votes also of those who leave in the round); 0: of all, in their own order. */
    size_t shown;
    /* Where ballots weigh more than one: how many there are, and how many of them are
     * blank; 0: they weigh one each. */
    int64_t ballots;
    int64_t blank;
};

/* Appends the members of a result object after "{" or a comma: `"method":…,"seats":…` to
 * the last, without braces, as PROTOCOL.md shows them, limited to `level`. Duels that
 * hang on an open tie are left out: the tie tells of them. The buffer fails when memory
 * runs out. */
void wire_encode_result_members(
    struct buf *out, const struct tally_result *result, enum publication level,
    const struct result_naming *naming);

/* The whole `result` message of a poll. `shares` may be NULL where the poll has none. */
struct poll;
struct share_results;
void wire_encode_result(
    struct buf *out, const struct poll *poll, const struct tally_result *result,
    const struct share_results *shares, enum publication level, bool live);

#endif
