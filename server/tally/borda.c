/* Borda: from each ballot 1 for each option ranked below and 1/2 for each tied with, so
 * that unranked options share what is left. In halves. */
#include "tally/score.h"

enum tally_status count_borda(struct count *count)
{
    struct tally_result *result = count->result;
    int64_t *scores = score_start(count, 2);
    if (scores == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (size_t a = 0; a < result->options; a++) {
        for (size_t b = 0; b < result->options; b++) {
            if (a == b) {
                continue;
            }
            /* 2 for above, 1 for neither above nor below */
            scores[a] +=
                result->ballots + result_pair(result, a, b) - result_pair(result, b, a);
        }
    }
    return score_finish(count, false);
}
