/* Black's method (The Theory of Committees and Elections, 1958): the Condorcet winner if
 * there is one, the others behind by Borda; without one, Borda. */
#include "tally/grow.h"
#include "tally/score.h"

#include <string.h>

static bool beats_all(const struct tally_result *result, size_t a)
{
    for (size_t b = 0; b < result->options; b++) {
        if (b != a && result_pair(result, a, b) <= result_pair(result, b, a)) {
            return false;
        }
    }
    return true;
}

/* The scores stay Borda's; the order is by a copy in which the Condorcet winner has more
 * than all others. */
enum tally_status count_black(struct count *count)
{
    struct tally_result *result = count->result;
    size_t n = result->options;
    int64_t *scores = score_start(count, 2);
    int64_t *ranked = zeroed(n, sizeof *ranked);
    enum tally_status status = TALLY_NO_MEMORY;
    if (scores == NULL || ranked == NULL) {
        goto done;
    }
    borda_points(result, scores);
    memcpy(ranked, scores, n * sizeof *ranked);
    for (size_t a = 0; a < n; a++) {
        if (beats_all(result, a)) {
            ranked[a] = INT64_MAX;
        }
    }
    status = result_place_by(result, ranked, false);
    if (status == TALLY_OK) {
        status = result_elect(result);
    }
done:
    free(ranked);
    return status;
}
