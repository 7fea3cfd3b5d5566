/* Ballots in piles, one for each option that is left: a pile holds the ballots whose best
 * option left it is. When an option leaves, its pile alone is dealt out again, and a
 * ballot is read only as far as it is needed, so that a whole count looks at each mark at
 * most about once. Equal, skipped and repeated ranks are read as lists.h says. */
#ifndef TALLY_PILES_H
#define TALLY_PILES_H

#include "tally/profile.h"
#include "tally/rule.h"

/* A ballot in a pile: the marks from the one it counts for. */
struct piled {
    int64_t weight;
    uint32_t at;
    uint32_t end;
};

/* A chain of blocks of PILE_BLOCK ballots, all full but the first. */
struct pile {
    uint32_t block;
    uint32_t count; /* in the first block */
};

#define PILE_BLOCK 32

struct piles {
    size_t options;
    const struct ballot_row *rows; /* the profile's, or `own_rows` */
    const struct tally_mark *marks;
    size_t row_count;
    int64_t step_max;      /* a place may be so much below the one before */
    bool exhaust;          /* equal ranks end the ballot */
    struct pile *piles;    /* of each option */
    struct piled *ballots; /* block after block */
    uint32_t *next;        /* block behind a block; of free ones too */
    uint32_t free_block;
    uint32_t block_count; /* in use, or free again */
    int64_t *votes;       /* of each option; 0 for those not in */
    int64_t exhausted;    /* ballots, not blank, with nobody left */
    size_t looks;         /* ballots and marks looked at, whatever their order */
    struct ballot_row *own_rows;
    struct tally_mark *own_marks;
};

/* Room for piles of a profile's ballots, which must not change meanwhile; dealt by
 * piles_deal. TALLY_NO_MEMORY. */
enum tally_status piles_init(
    const struct tally_profile *profile, const struct tally_rule *rule,
    struct piles *ret_piles);
/* Of initialised or zeroed piles. */
void piles_fini(struct piles *piles);
/* Deals all ballots anew to the options in the set. */
void piles_deal(struct piles *piles, const uint64_t *in);
/* Deals the pile of one who left, and is not in the set any more. */
void piles_move(struct piles *piles, size_t option, const uint64_t *in);

#endif
