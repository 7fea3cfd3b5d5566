/* Piles of equal ballots, for requests and for the log:
 * [{"count":14,"ballot":{"ranking":[["12"],["7"]]}}]. */
#ifndef WIRE_PAPER_FIELDS_H
#define WIRE_PAPER_FIELDS_H

#include "domain/event.h"
#include "wire/fields.h"

/* struct paper: of one form, in canonical order. WRONG_FORM, TOO_MANY (piles, marks). */
extern const struct field_kind field_piles;

#define PILES_FIELD(type, member)                                                        \
    {                                                                                    \
        .key = "piles", .kind = &field_piles, .at = offsetof(type, member)               \
    }

/* Whose ballots, where the poll has shares. */
#define SHARE_FIELD(type, member)                                                        \
    {                                                                                    \
        .key = "share", .kind = &field_u16, .at = offsetof(type, member),                \
        .optional = true, .min = 1, .max = SHARES_MAX                                    \
    }

/* One pile: its count and its ballot. */
struct wire_pile {
    int64_t count;
    uint16_t share; /* in a sealed list; 0: the poll has none */
    struct ballot ballot;
};

extern const struct field_table pile_table;
/* The same with its share. */
extern const struct field_table shared_pile_table;

/* A poll's marks as a ballot again: options are the spec's ids. */
void ballot_of_marks(
    const struct poll_spec *spec, const struct kept_mark *marks, size_t count,
    struct ballot *ret_ballot);

#endif
