/* How strong one option's majority over another is. */
#ifndef TALLY_STRENGTH_H
#define TALLY_STRENGTH_H

#include "tally/method.h"

/* 0 where there is no majority; by opposition all votes count, won or lost. */
static inline int64_t strength_of(
    const struct tally_result *result, enum strength strength, size_t winner,
    size_t loser)
{
    int64_t won = result_pair(result, winner, loser);
    int64_t lost = result_pair(result, loser, winner);
    if (strength == STRENGTH_OPPOSITION) {
        return won;
    }
    if (won <= lost) {
        return 0;
    }
    return strength == STRENGTH_MARGIN ? won - lost : won;
}

#endif
