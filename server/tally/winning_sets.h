/* Which sets of options may win together, where ties leave a choice. */
#ifndef TALLY_WINNING_SETS_H
#define TALLY_WINNING_SETS_H

#include "tally/result.h"

/* Adds to the result's sets every one that holds need[c] options of each class c: a class
 * is known by its least member, class_of[o] names the class of option o. Classes of
 * different calls must give different sets. Of all sets that were added the first
 * TALLY_SETS_MAX are kept; all are counted, up to INT64_MAX. TALLY_NO_MEMORY. */
enum tally_status winning_sets_add(
    struct tally_result *result, const uint16_t *class_of, const uint16_t *need);
/* As if none had been added. */
void winning_sets_clear(struct tally_result *result);

#endif
