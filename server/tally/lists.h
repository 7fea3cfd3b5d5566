/* Ballots as methods read them that go down a ranking: one option after the other, with
 * equal, skipped and repeated ranks resolved by the rule's settings. */
#ifndef TALLY_LISTS_H
#define TALLY_LISTS_H

#include "tally/profile.h"
#include "tally/rule.h"

/* What ends a list. */
enum ending {
    ENDING_CHOICES, /* nobody else was ranked */
    ENDING_OVERVOTE,
    ENDING_REPEAT,
    ENDING_SKIPPED,
    ENDING_COUNT
};

/* List i is items[start[i] … start[i + 1]]; each option stands in it once. Lists may be
 * empty and may be equal to others; blank ballots are left out. */
struct lists {
    size_t options; /* of the profile */
    size_t count;
    uint16_t *items;
    uint32_t *start; /* count + 1 */
    int64_t *weight;
    uint8_t *ending; /* enum ending */
};

/* By the settings `overvote`, `repeat` and `max-skipped-ranks` of the rule: the ballot
 * ends at an overvote (or passes over it), at a repeated option (or passes over it), and
 * where more ranks than allowed were skipped. An option repeated at an overvote counts
 * with it. TALLY_NO_MEMORY. */
enum tally_status lists_make(
    const struct tally_profile *profile, const struct tally_rule *rule,
    struct lists *ret_lists);
void lists_free(struct lists *lists);

/* One ballot as such a list: at most `count` options go to `ret_items`; returns how many.
 * The marks are in canonical order (tally_profile_ballot). */
size_t lists_read(
    const struct tally_rule *rule, const struct tally_mark *marks, size_t count,
    uint16_t *ret_items, enum ending *ret_ending);

#endif
