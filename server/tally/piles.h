/* Ballots in piles, one for each option that is left: a pile holds the lists whose best
 * option left it is. When an option leaves, its pile alone is dealt out again, so that a
 * whole count looks at each mark about once. */
#ifndef TALLY_PILES_H
#define TALLY_PILES_H

#include "tally/lists.h"

/* A list in a pile: where it stands, and the next of its pile. */
struct piled {
    int64_t weight;
    uint32_t at;  /* index of the mark it counts for */
    uint32_t end; /* of its marks */
    uint32_t next;
};

struct piles {
    const uint16_t *items; /* borrowed from the lists */
    const struct lists *lists;
    struct piled *piled; /* one a list */
    uint32_t *first;     /* of each option's pile */
    int64_t *votes;      /* of each option; 0 for those not in */
    int64_t exhausted;   /* lists with nobody left */
    size_t looks;        /* lists and marks looked at so far, whatever their order */
};

/* Room for piles of these lists, which must outlive them; dealt by piles_deal.
 * TALLY_NO_MEMORY. */
enum tally_status piles_init(const struct lists *lists, struct piles *ret_piles);
/* Of initialised or zeroed piles. */
void piles_fini(struct piles *piles);
/* Deals all lists anew to the options in the set. */
void piles_deal(struct piles *piles, const uint64_t *in);
/* Deals the pile of one who left, and is not in the set any more. */
void piles_move(struct piles *piles, size_t option, const uint64_t *in);

#endif
