/* What may be shown of a poll: its publication level, lowered by the rule for small
 * groups, and the rule for results while a poll is open (bounds.h). */
#ifndef DOMAIN_PUBLISH_H
#define DOMAIN_PUBLISH_H

#include "domain/event.h"

/* The level that holds for `ballots` ballots: below 5 only the order; below 20, or with
 * more than 3 ranks on more than 5 options, or points for more than 3, no ballots; nor
 * where nobody marks their own. */
enum publication publish_level(const struct poll_spec *spec, int64_t ballots);

/* Ballots in the result of a poll that is over: the phones' and those on paper. */
int64_t publish_count(const struct poll *poll);

/* May it be told what the i-th share (from 0) alone would have decided? Of one ballot
 * that is the ballot, and beside one the common result would tell it: then of none. */
bool publish_share_shown(const struct poll *poll, size_t i);

/* Ballots on confirmed paper that were added or taken since a result of the poll was last
 * shown; 0 where none was. */
int64_t publish_paper_since(const struct poll *poll);

/* The level that holds for them: in a poll by shares that of the smallest share that
 * anybody voted in. A list of ballots tells which were on paper: there is none if those,
 * or those of phones, are some but fewer than 5, of any share. Nor are there numbers
 * where those that were shown before, live or published, leave some but fewer than 5
 * ballots, of paper among them: whose they are is known in the room. */
enum publication publish_poll_level(const struct poll *poll);

/* How many of `voted` ballots the screens may have seen counted: 0 before the first step,
 * then 20, 28, 36 …; 0 where the poll has no live results. */
int64_t publish_live_step(const struct poll_spec *spec, int64_t voted);

/* May a result be shown on all screens now (published, or live and at a step)? And to a
 * moderator (also closed)? */
bool publish_result_public(const struct poll *poll);
bool publish_result_desk(const struct poll *poll);

/* May everybody have the ballots themselves? When they are sealed, the result is shown,
 * and the level is that of ballots. */
bool publish_ballots_public(const struct poll *poll);

#endif
