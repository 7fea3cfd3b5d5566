/* How little would have changed a result: what is asked, and who answers. */
#ifndef TALLY_FRAGILITY_H
#define TALLY_FRAGILITY_H

#include "stimmwerk/tally/more.h"
#include "tally/method.h"

/* The result is decided, and not everybody won. */
struct question {
    const struct tally_profile *profile;
    const struct tally_rule *rule;
    const struct tally_result *result;
    uint64_t winners[BITS_OPTIONS_WORDS];
};

/* Is `rival` to be named rather than `other`, if nothing else tells them apart? The lot
 * favours it, or it has the lower number. */
bool question_favours(const struct question *question, size_t rival, size_t other);

/* How few changed ballots bring one of the winner's duels to a draw, and against whom: 0
 * if one is drawn or lost now. */
int64_t
fragility_beaten(const struct question *question, size_t winner, size_t *ret_rival);

/* Methods by totals: exact. */
fragility_fn fragility_plurality;
fragility_fn fragility_approval;
fragility_fn fragility_score;
fragility_fn fragility_borda;
/* The Condorcet winner alone: exact; without one there is no figure. */
fragility_fn fragility_condorcet;
/* By trying: an upper bound, exact where it meets what is proven to be too few. For
 * methods for rankings in whose order an option comes first that is alone in the first
 * place on more than half of the ballots. */
fragility_fn fragility_tried;

/* ---- changed ballots ---- */

/* How a ballot is changed in favour of a rival and against a winner. */
enum change {
    CHANGE_SWAP,  /* winner and rival change places; where the winner stood above */
    CHANGE_CROWN, /* the rival alone in the first place, the winner in none */
    CHANGE_COUNT
};

/* Ballots that can be changed so, those first from which most is to be expected. */
struct changes {
    const struct question *question;
    const struct tally_profile *profile; /* the question's */
    size_t winner;
    size_t rival;
    enum change change;
    struct changing *list; /* owned, as the arrays below */
    size_t count;
    int64_t ballots;          /* all of them together */
    int64_t *left;            /* of each row of the profile: ballots not changed */
    struct tally_mark *marks; /* room for one ballot */
};

/* Makes room for all rows; to be ended also on failure. */
enum tally_status changes_init(struct changes *changes, const struct question *question);
void changes_fini(struct changes *changes);
void changes_list(
    struct changes *changes, size_t winner, size_t rival, enum change change);
/* The profile with the first `ballots` of them changed; the caller frees. */
enum tally_status changes_make(
    const struct changes *changes, int64_t ballots, struct tally_profile **ret_profile);

#endif
