/* The bounds of libtally's searches and tables, each with its reason. They count steps,
 * not time: the same ballots always give the same answer. */
#ifndef TALLY_LIMITS_H
#define TALLY_LIMITS_H

/* IRV and its family, "would another order of removal elect another?": sets of options
 * looked at, and ballots and marks looked at in all. In simulated halls of 20 to 60 ideas
 * more sets seldom settle what these did not; the marks keep a large count within some
 * 50 ms. */
#define IRV_SETS_MAX  6000
#define IRV_LOOKS_MAX 5000000

/* Ranked Pairs, the same question over orders of equal majorities: it is NP-complete, so
 * words of bitsets touched in all: some 75 ms of a count at the most. */
#define PAIRS_WORDS_MAX 2000000

/* Committees elected step by step, the same question over ways to settle their ties: ways
 * looked at, each by counting it again, and ballots and marks looked at in all. */
#define WAYS_MAX       6000
#define WAYS_LOOKS_MAX 10000000

/* Proportional approval voting, which is NP-hard: options tried and marks looked at in
 * all: some 200 to 450 ms in a release build before a count is refused. */
#define PAV_LOOKS_MAX 200000000
/* Transferable votes, "would another lot elect others?": runs of the count, and steps of
 * all runs together, about (some 100 ms). Simulated halls of 60 ideas need more runs than
 * are worth waiting for, or few. */
#define STV_RUNS_MAX  4000
#define STV_LOOKS_MAX 20000000
/* Sets of winners that the search keeps. */
#define STV_SETS_MAX 10000

/* Meek's method: rounds of new keep factors for one election or exclusion. They converge
 * in a few dozen; the bound only keeps a mistake from running for ever. */
#define MEEK_TURNS_MAX 100000
/* Fragility, "would so few changed ballots elect others?": counts of changed ballots, and
 * steps of all of them together: about half a second at the most. A mark is reckoned as
 * several steps, and a tie in a method that searches as what a search may take. */
#define FRAGILITY_COUNTS_MAX   200
#define FRAGILITY_STEPS_MAX    60000000
#define FRAGILITY_MARK_STEPS   8
#define FRAGILITY_SEARCH_STEPS 2500000

/* Marks of all different ballots together: they are indexed by 32 bits. */
#define PROFILE_MARKS_MAX 0xffffffffu

/* A name in a ballot file: longer is not a name but a broken file. */
#define FILE_NAME_BYTES_MAX 4096

/* Ballots of a tally sheet that is written: a line for each single one, so a weight could
 * fill any disk. */
#define DEBIAN_BALLOTS_MAX 10000000

#endif
