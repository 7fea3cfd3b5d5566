/* From a poll's ballots to libtally and back. */
#ifndef DOMAIN_COUNT_H
#define DOMAIN_COUNT_H

#include "domain/event.h"
#include "stimmwerk/tally.h"

/* Do all options that can't win any more leave at once where this method counts? So it is
 * in instant runoff. Elsewhere the winner could be another only where a tie is settled by
 * an earlier round, of which there are fewer then. `method`: libtally's code. */
bool count_is_by_batches(const char *method);

/* Counts the ballots that count, those of confirmed batches on paper too, by the poll's
 * method. Options are numbered as in
 * spec.options (yes/no: 0 is yes, 1 is no). `tie_order`: a permutation of the options
 * that settles ties, or NULL to leave them open; a yes/no poll's tie stays open
 * whatever the order. Where the poll has shares, each ballot counts for what it weighs
 * (poll_weigh). The caller frees the result with tally_result_free. ERR_NOMEM,
 * ERR_UNKNOWN_METHOD, and for a poll that the fold would not have let in ERR_SEATS,
 * ERR_TOO_MANY, ERR_DAMAGED. */
MUST_CHECK enum err poll_count(
    const struct poll *poll, const uint16_t *tie_order, struct tally_result **ret_result);

/* What each share alone would have decided; NULL: nobody has voted in it. */
struct share_results {
    struct tally_result *of[SHARES_MAX];
};

/* Counts each share's ballots as poll_count would if there were no others, each for one.
 * The caller frees with share_results_fini; on an error nothing is left to free. */
MUST_CHECK enum err poll_count_shares(
    const struct poll *poll, const uint16_t *tie_order,
    struct share_results *ret_results);
void share_results_fini(struct share_results *results);

/* Counts the ballots of a poll that is not sealed as they stood when `voted` people had
 * voted: what came later, revotes too, does not show, nor does paper. ERR as above. */
MUST_CHECK enum err poll_count_early(
    const struct poll *poll, int64_t voted, const uint16_t *tie_order,
    struct tally_result **ret_result);

#endif
