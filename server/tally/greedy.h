/* Committees elected one option after the other, each time the one that costs least:
 * sequential proportional approval voting, sequential Phragmén, Equal Shares. What is
 * exact is a fraction of natural numbers; what is quick is a lower and an upper bound for
 * it. Costs never fall from step to step, so an old lower bound stays one: an option is
 * looked at again only when its bound is below the best. */
#ifndef TALLY_GREEDY_H
#define TALLY_GREEDY_H

#include "tally/approvals.h"
#include "tally/big.h"
#include "tally/bits.h"
#include "tally/ways.h"

/* The bounds: for money and loads in units of 2^−52, for points of 2^−60. */
__extension__ typedef __int128 greedy_bound;
#define GREEDY_NEVER                                                                     \
    ((greedy_bound)1 << 120) /* nobody can pay for it, or is there to                    \
                              */
#define GREEDY_SHIFT  52
#define GREEDY_ONE    (INT64_C(1) << GREEDY_SHIFT)
#define GREEDY_POINTS ((int64_t)1 << 60)

/* Ballots that are in the same state: what brought them there, the last step first. */
enum node_kind {
    NODE_ROOT,   /* nothing */
    NODE_PAID,   /* they paid the full price of option `step` */
    NODE_BROKE,  /* they paid all they had left for it */
    NODE_LOADED, /* it is the last that Phragmén's method elected with them */
};

struct node {
    uint32_t parent;
    uint16_t step;
    uint8_t kind; /* enum node_kind */
    int64_t low;  /* what they have spent, or their load */
    int64_t high;
};

/* One elected option: price / denominator of all. */
struct price {
    struct big value;
    int64_t low;
    int64_t high;
    bool completion;
};

/* value / (denominator × divisor); for points the largest is the best. */
struct cost {
    struct big value;
    int64_t divisor;
    bool never;
};

struct greedy;

struct greedy_rules {
    bool points; /* compare points; else costs */
    void (*bounds)(
        struct greedy *greedy, size_t option, greedy_bound *ret_low,
        greedy_bound *ret_high);
    /* Leaves the option's ballots gathered. */
    void (*cost)(struct greedy *greedy, size_t option, struct cost *ret_cost);
    /* Moves the ballots of the step's option, which are gathered. */
    enum tally_status (*move)(struct greedy *greedy, size_t step, size_t option);
};

struct greedy {
    const struct approvals *ballots;
    const struct greedy_rules *rules;
    size_t seats;
    bool buys; /* Equal Shares */
    bool completes;
    bool completing;
    size_t *looks;

    struct node *nodes; /* by number; for points: options approved that are elected */
    size_t node_count;
    size_t node_capacity;
    uint32_t *node_of; /* of each ballot */
    uint32_t *purse;   /* Equal Shares: the same when the buying ended */

    /* The ballots of one option by their nodes: see greedy_gather. */
    int64_t *weight; /* of each node; 0 where none */
    uint32_t *moved; /* of each touched node: where its ballots go */
    bool *spent;     /* of each touched node: it pays all it has */
    uint32_t *touched;
    size_t touched_count;

    greedy_bound *bound; /* of each class: the least it can cost */
    greedy_bound *upper; /* of each class that is fresh */
    bool *fresh;
    bool *out;       /* of each class: can't be bought any more */
    uint16_t *spare; /* of each class: members not elected */
    uint64_t elected[BITS_OPTIONS_WORDS];
    uint16_t *steps;
    size_t step_count;
    struct price *prices;
    struct big denominator;
    struct big budget; /* of one ballot, in the same denominator */
    int64_t budget_low;
    struct big *units; /* for points: what the h-th option elected with a ballot adds */
    bool overflown;    /* a number left its bound: what came of it is void */
    struct cost best;
    struct cost rival;
    struct big work;
    struct big work_more;
};

extern const struct steps_kind greedy_steps; /* `count` is a struct greedy */
extern const struct greedy_rules greedy_points;
extern const struct greedy_rules greedy_loads;

/* `looks` is counted up; it and `ballots` are borrowed. TALLY_NO_MEMORY: call
 * greedy_fini all the same. */
enum tally_status greedy_init(
    struct greedy *greedy, const struct approvals *ballots,
    const struct greedy_rules *rules, size_t seats, size_t *looks);
void greedy_fini(struct greedy *greedy);

/* The table of what the h-th elected option adds to a ballot: 1 / h. TALLY_NO_MEMORY. */
enum tally_status greedy_points_init(struct greedy *greedy);

/* Sets `weight`, `touched` for an option's ballots; what was gathered before is cleared.
 */
void greedy_gather(struct greedy *greedy, size_t option);
/* A new node; TALLY_NO_MEMORY. */
enum tally_status
greedy_push_node(struct greedy *greedy, struct node node, uint32_t *ret_number);
/* What the ballots of a node have spent: exactly, over the denominator. */
void greedy_spent(const struct greedy *greedy, uint32_t number, struct big *ret_spent);
/* Moves the ballots of an option to where `moved` says. */
void greedy_move(struct greedy *greedy, size_t option);

/* A fraction rounded to nine decimals, or as many as fit. TALLY_OVERFLOW. */
enum tally_status greedy_number(
    const struct big *value, const struct big *divisor, struct tally_number *ret_number);

/* Equal Shares: writes who paid what. */
enum tally_status greedy_bill(const struct greedy *greedy, struct tally_result *result);

#endif
