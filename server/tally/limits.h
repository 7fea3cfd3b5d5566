/* The bounds of libtally's searches and tables, each with its reason. They count steps,
 * not time: the same ballots always give the same answer. */
#ifndef TALLY_LIMITS_H
#define TALLY_LIMITS_H

/* IRV, "would another order of removal elect another?": sets of options looked at, and
 * ballots and marks looked at in all. In simulated halls of 20 to 60 ideas more sets
 * seldom settle what these did not; the marks keep a large count within some 50 ms. */
#define IRV_SETS_MAX  6000
#define IRV_LOOKS_MAX 20000000

/* Ranked Pairs, the same question over orders of equal majorities: it is NP-complete, so
 * words of bitsets touched in all: some 75 ms of a count at the most. */
#define PAIRS_WORDS_MAX 2000000

/* Marks of all different ballots together: they are indexed by 32 bits. */
#define PROFILE_MARKS_MAX 0xffffffffu

/* A name in a ballot file: longer is not a name but a broken file. */
#define FILE_NAME_BYTES_MAX 4096

/* Ballots of a tally sheet that is written: a line for each single one, so a weight could
 * fill any disk. */
#define DEBIAN_BALLOTS_MAX 10000000

#endif
