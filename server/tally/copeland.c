/* Copeland: a won duel 1, a drawn one 1/2. In halves. */
#include "tally/score.h"

static int64_t duel_points(const struct tally_result *result, size_t a, size_t b)
{
    int64_t won = result_pair(result, a, b);
    int64_t lost = result_pair(result, b, a);
    return won > lost ? 2 : won == lost;
}

void copeland_points(const struct tally_result *result, int64_t *points)
{
    for (size_t a = 0; a < result->options; a++) {
        for (size_t b = 0; b < result->options; b++) {
            points[a] += a != b ? duel_points(result, a, b) : 0;
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
