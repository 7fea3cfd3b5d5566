/* Borda: from each ballot 1 for each option ranked below and 1/2 for each tied with, so
 * that unranked options share what is left. In halves. */
#include "tally/score.h"

/* From all duels of one option: 2 for each ballot that has it above, 1 for each that has
 * it neither above nor below. */
static int64_t points(const struct tally_result *result, size_t a)
{
    int64_t halves = 0;
    for (size_t b = 0; b < result->options; b++) {
        if (b != a) {
            halves +=
                result->ballots + result_pair(result, a, b) - result_pair(result, b, a);
        }
    }
    return halves;
}

enum tally_status count_borda(struct count *count)
{
    int64_t *scores = score_start(count, 2);
    if (scores == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (size_t a = 0; a < count->result->options; a++) {
        scores[a] = points(count->result, a);
    }
    return score_finish(count, false);
}
