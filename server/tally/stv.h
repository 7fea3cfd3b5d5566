/* Proportional counting of strict lists: who is in, elected or out while one count runs,
 * how its ties are settled, and the search over other ways to settle them. The piles of
 * the transferable vote (stv_piles.h) and Meek's method stand on it. */
#ifndef TALLY_STV_H
#define TALLY_STV_H

#include "tally/lists.h"
#include "tally/method.h"
#include "tally/sets.h"

struct stv_path;

/* One run of a count, from the first round to the last. */
struct stv_race {
    struct tally_result *result; /* gets rounds and ties */
    struct stv_path *path;       /* NULL: the count itself, else a run of the search */
    size_t options;
    size_t seats;
    size_t words;
    uint64_t in[BITS_OPTIONS_WORDS];
    uint64_t elected[BITS_OPTIONS_WORDS];
    size_t in_count;
    size_t elected_count;
    bool stopped; /* at a tie that nobody settles, or where the search has been */
    bool lots;    /* a lot was needed */
    uint64_t at_lot[BITS_OPTIONS_WORDS]; /* in or elected when the first lot was needed */
};

void race_start(struct stv_race *race);

static inline size_t race_seats_left(const struct stv_race *race)
{
    return race->seats - race->elected_count;
}

/* Moves a set from `in` to `elected` and writes it into the last round: for the quota
 * those of `reached`, else for the last seats. */
enum tally_status
race_elect(struct stv_race *race, const uint64_t *set, const uint64_t *reached);
/* Moves a set out, and writes it into the last round. */
enum tally_status
race_leave(struct stv_race *race, const uint64_t *set, enum tally_reason reason);

/* A new round with votes to be filled in, or NULL: no memory. `sources` as the public
 * header says. Not while searching. */
struct round *race_open_round(struct stv_race *race, const uint64_t *sources);

/* Several are equal where only one can go. */
struct stv_tie {
    uint16_t options[TALLY_OPTIONS_MAX]; /* by earlier rounds, the favoured first */
    size_t count;
    size_t left;  /* so many earlier rounds can't tell apart: the last of them for
                     leaving, else the first */
    bool leaving; /* else the favoured one goes on */
    bool idle;    /* leaving: they have no votes, and whoever leaves, nothing changes */
};

/* Identifies what can still happen from here on. */
struct stv_state {
    uint64_t words[2];
};

static inline void state_mix(struct stv_state *state, uint64_t value)
{
    state->words[0] = (state->words[0] ^ value) * UINT64_C(0xbf58476d1ce4e5b9);
    state->words[0] ^= state->words[0] >> 29;
    state->words[1] = (state->words[1] + value) * UINT64_C(0x94d049bb133111eb);
    state->words[1] ^= state->words[1] >> 31;
}

/* Who is in and who is elected, as a state to mix more into. */
struct stv_state race_state(const struct stv_race *race);

/* Writes the tie down and tells who goes; race->stopped: nobody. `state` is looked at
 * only while searching. */
enum tally_status race_settle(
    struct stv_race *race, struct stv_tie *tie, const struct stv_state *state,
    uint16_t *ret_option);

/* ---- the search: the same count again and again, each time another way at ties ---- */

/* A tie that a run has met, and which way the runs go there. */
struct stv_point {
    size_t start; /* of its options in path->tied */
    size_t count;
    size_t at;
};

/* Ways to settle ties, tried in depth first. Where two ways come to the same state, only
 * the first goes on. */
struct stv_path {
    struct stv_point *points;
    size_t point_count;
    size_t point_capacity;
    uint16_t *tied;
    size_t tied_count;
    size_t tied_capacity;
    size_t depth; /* points that this run has passed */
    struct seen_sets seen;
    struct seen_sets winners; /* sets that won */
    uint64_t possible[BITS_OPTIONS_WORDS];
    size_t ends; /* runs that came to an end */
    int64_t set_total;
    bool overfull; /* more sets than are kept: set_total holds for one end only */
};

/* Which way this run goes. *ret_stop: another run has been here. */
enum tally_status path_choose(
    struct stv_path *path, const struct stv_tie *tie, const struct stv_state *state,
    uint16_t *ret_option, bool *ret_stop);
/* A run has ended: `base` won, and any `pick` of `pool`. */
enum tally_status path_end(
    struct stv_path *path, const uint64_t *base, const uint64_t *pool, size_t pick,
    size_t options);

/* A count as the search runs it: `run` counts from the first round on. */
struct stv_engine {
    void *self;
    struct stv_race *race;
    enum tally_status (*run)(void *self);
    size_t cost; /* steps of a run, about; the same for ballots in any order */
};

/* Everyone who may win, the sets that may, and whether the lot matters. */
enum tally_status stv_search(struct stv_engine *engine);
/* After the count's own run: the order, the winners, and what the ties mean. */
enum tally_status stv_conclude(struct stv_engine *engine, const struct tally_rule *rule);

#endif
