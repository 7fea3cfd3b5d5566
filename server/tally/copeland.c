/* Copeland: a won duel 1, a drawn one 1/2. In halves. */
#include "tally/score.h"

void copeland_points(const struct tally_result *result, int64_t *points)
{
    for (size_t a = 0; a < result->options; a++) {
        for (size_t b = 0; b < result->options; b++) {
            if (a == b) {
                continue;
            }
            int64_t won = result_pair(result, a, b);
            int64_t lost = result_pair(result, b, a);
            points[a] += won > lost ? 2 : won == lost;
        }
    }
}

enum tally_status count_copeland(struct count *count)
{
    int64_t *scores = score_start(count, 2);
    if (scores == NULL) {
        return TALLY_NO_MEMORY;
    }
    copeland_points(count->result, scores);
    return score_finish(count, false);
}
