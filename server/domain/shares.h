/* Polls in which groups of people decide fixed per cents of the result. */
#ifndef DOMAIN_SHARES_H
#define DOMAIN_SHARES_H

#include "domain/event.h"

/* The share of the poll that somebody's ballot counts in, from 1; 0: the poll has none,
 * or they are in none. */
uint16_t poll_share_of(const struct poll *poll, const struct participant *participant);

/* NO_SHARE if the poll has shares, and they are in none: then they have no vote. */
MUST_CHECK enum err
poll_check_share(const struct poll *poll, const struct participant *participant);

/* Ballots of the i-th share (from 0) that count, those on paper too. */
int64_t poll_share_ballots(const struct poll *poll, size_t i);

/* All ballots of a poll by shares together weigh no more, so that no method overflows:
 * Meek's has nine decimals. */
#define SHARES_WEIGHT_MAX INT64_C(9000000000)

/* What a ballot of each share weighs, at least 1: of p per cent and n ballots p/n, all
 * made whole by their least common multiple and divided by what they have in common. A
 * share without ballots weighs nothing (0), and the others keep their proportion. Should
 * all ballots weigh more than SHARES_WEIGHT_MAX together, which takes large
 * shares, a ballot weighs p/n of that, rounded down: exact to n/p in 90,000,000. */
void poll_weigh(const struct poll *poll, int64_t ret_weights[SHARES_MAX]);

#endif
