/* Minimax: the option whose worst defeat is least. */
#include "tally/score.h"
#include "tally/strength.h"

enum tally_status count_minimax(struct count *count)
{
    struct tally_result *result = count->result;
    int64_t *scores = score_start(count, 1);
    if (scores == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (size_t a = 0; a < result->options; a++) {
        for (size_t b = 0; b < result->options; b++) {
            int64_t defeat =
                a == b ? 0 : strength_of(result, count->method->strength, b, a);
            scores[a] = defeat > scores[a] ? defeat : scores[a];
        }
    }
    return score_finish(count, true);
}
