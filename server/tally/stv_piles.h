/* The single transferable vote: papers in piles, one an option, each paper worth 1 until
 * a surplus takes a part of it along. */
#ifndef TALLY_STV_PILES_H
#define TALLY_STV_PILES_H

#include "tally/stv.h"
#include "tally/stv_values.h"

/* One paper stands for all ballots of a list. */
struct stv_paper {
    uint32_t at;    /* which item of its list it counts for */
    uint32_t end;   /* of its list */
    uint32_t value; /* see stv_values.h */
};

#define STV_BLOCK 31

/* Papers of a pile, in no order: read a block at a time, since what they need lies far
 * apart and is fetched for all of them at once. */
struct stv_block {
    uint32_t papers[STV_BLOCK];
    uint32_t next; /* 1 + block; 0: none */
};

/* A chain of blocks, all full but the first. */
struct stv_pile {
    uint32_t block; /* 1 + block; 0: empty */
    uint32_t count; /* in the first block; STV_BLOCK where there is none */
};

struct stv {
    const struct tally_rule *rule;
    struct lists lists;
    int64_t papers; /* ballots that are not blank */
    struct stv_race race;
    struct stv_values values;
    enum surplus surplus;
    bool look_back;
    bool batch;
    struct stv_paper *paper; /* of each list */
    struct stv_pile *pile;   /* of each option */
    struct stv_block *blocks;
    uint32_t block_count; /* in use, or free again */
    uint32_t free_block;  /* 1 + block; 0: none */
    /* Those who are in, or elected with a surplus to go: by votes, the fewest first, then
     * by earlier rounds. */
    uint16_t *order;
    size_t order_count;
    uint16_t *rank; /* equal: neither votes nor earlier rounds tell them apart */
    uint64_t pending[BITS_OPTIONS_WORDS]; /* elected with a surplus to go */
    uint64_t sources[BITS_OPTIONS_WORDS]; /* whose papers went to make this round */
};

/* ---- moving papers ---- */

/* All papers back on their first options. */
enum tally_status piles_start(struct stv *stv);
/* An option's papers go on to those who are in, at full value; its votes are gone. */
void piles_pass_on(struct stv *stv, size_t option);
/* A surplus goes on to those who are in, or, once all seats are filled, to nobody. */
enum tally_status piles_split(struct stv *stv, size_t option);
/* The state for the search. */
struct stv_state piles_state(const struct stv *stv);
/* Gives the others what the papers of those leaving will bring them together, or takes it
 * back. The set of those who gain. */
void piles_preview(
    struct stv *stv, const uint64_t *leaving, bool back, uint64_t *ret_set);

/* ---- who goes next ---- */

/* Drops from `order` who is out, or elected without a surplus to go. */
void stv_drop_others(struct stv *stv);
/* Sorts `order` and ranks it anew after votes have changed. */
void stv_sort(struct stv *stv);
/* Whose surplus goes, among a set of the order; or who leaves: the lowest. */
enum tally_status
stv_settle_highest(struct stv *stv, const uint64_t *among, uint16_t *ret_option);
enum tally_status stv_settle_lowest(struct stv *stv, uint16_t *ret_option);
/* How many of the lowest leave together, since they have fewer votes than the next one
 * and enough others are left; 0: none. Without a setting for it the search asks, and is
 * told only of those whose order of leaving makes no difference at all. */
size_t stv_hopeless(struct stv *stv);

#endif
