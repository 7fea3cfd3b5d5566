/* libtally: counting ranked, approval and score ballots, exactly and reproducibly.
 *
 * A profile holds ballots; a rule names the method; a count makes a result, which tells
 * the winners, the full order, every round, and every tie with how it was settled. The
 * multiset of ballots alone decides: ballots in another order give the same result. All
 * arithmetic is in integers, in fixed point as the rule says, or in exact fractions. No
 * global state: threads may count side by side, each on its own objects; any number of
 * them may read one. No I/O, no clock, no randomness.
 *
 * Options are numbers from 0. Objects are opaque: what ends in _new, _read, _count, _load
 * or the like makes one, its _free takes it back and accepts NULL. Arrays and texts that
 * a function lends (`ret_options`, struct tally_text) belong to the object they were
 * asked of and live until it changes or is freed. Outputs are called ret_… and are
 * untouched when a function fails. Arguments are checked only where a function returns a
 * status; an index out of range elsewhere is the caller's bug, and stops the program.
 *
 *     tally/base.h      statuses, numbers, texts
 *     tally/ballots.h   ballots and profiles
 *     tally/rule.h      methods, their settings, how ties are settled
 *     tally/result.h    counting, and what came out
 *     tally/steps.h     how it came out: rounds, duels, ties, purchases
 *     tally/live.h      a profile that changes while it is counted
 *     tally/more.h      other methods, fragility, one ballot's way, another lot
 *     tally/file.h      ballot files, read and written */
#ifndef STIMMWERK_TALLY_H
#define STIMMWERK_TALLY_H

#include "stimmwerk/tally/ballots.h"
#include "stimmwerk/tally/base.h"
#include "stimmwerk/tally/file.h"
#include "stimmwerk/tally/live.h"
#include "stimmwerk/tally/more.h"
#include "stimmwerk/tally/result.h"
#include "stimmwerk/tally/rule.h"
#include "stimmwerk/tally/steps.h"

#endif
