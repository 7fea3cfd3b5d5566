/* Ballots as a tree of common beginnings, for methods that share each ballot out again
 * and again. */
#ifndef TALLY_MEEK_H
#define TALLY_MEEK_H

#include "tally/lists.h"

#define MEEK_UNIT INT64_C(1000000000) /* nine decimals */

/* All ballots that begin with the same options. */
struct meek_node {
    uint16_t option; /* the last of them */
    uint16_t depth;  /* from 0: how many stand before it */
    uint32_t end;    /* the node behind all that begin like this one */
    int64_t weight;
};

/* Nodes in the order of a walk that goes down first. */
struct meek_tree {
    struct meek_node *nodes;
    size_t count;
    size_t depth; /* of the longest ballot */
};

/* TALLY_NO_MEMORY */
enum tally_status meek_tree_make(const struct lists *lists, struct meek_tree *ret_tree);
void meek_tree_free(struct meek_tree *tree);

/* What an option keeps of `weight` (at most one unit): weight × keep, rounded up. */
static inline int64_t meek_kept(int64_t weight, int64_t keep)
{
    return (weight * keep + MEEK_UNIT - 1) / MEEK_UNIT;
}

/* Shares all ballots out by keep factors, in units: each option on a ballot keeps its
 * part of what those before it have left. `room`: tree->depth numbers. */
void meek_share(
    const struct meek_tree *tree, const int64_t *keep, size_t options, int64_t *room,
    int64_t *ret_votes);

#endif
