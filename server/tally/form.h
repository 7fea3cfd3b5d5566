/* The canonical form of a ballot: marks by place, then option, none twice at one place,
 * scores as places and without those of 0. Equal ballots have equal forms. */
#ifndef TALLY_FORM_H
#define TALLY_FORM_H

#include "tally/profile.h"

struct form {
    const struct tally_mark *marks; /* the caller's, or profile->sorted */
    size_t count;
    uint32_t hash; /* no result depends on it */
    bool raw;      /* repeats an option or marks somebody unnamed */
};

uint32_t form_hash(const struct tally_mark *marks, size_t count);

/* Of marks that are in canonical order. */
struct form form_in_order(const struct tally_mark *marks, size_t count);

/* Room for the form of a ballot of so many marks. TALLY_NO_MEMORY. */
enum tally_status form_reserve(struct tally_profile *profile, size_t marks);
/* TALLY_BAD_BALLOT; TALLY_NO_MEMORY where the ballot is longer than all before. */
enum tally_status form_make(
    struct tally_profile *profile, const struct tally_mark *marks, size_t mark_count,
    struct form *ret_form);
/* The same without memory, for a ballot that should be there: TALLY_BAD_BALLOT also where
 * the form is longer than any row. */
enum tally_status form_make_known(
    struct tally_profile *profile, const struct tally_mark *marks, size_t mark_count,
    struct form *ret_form);

#endif
