/* The Smith set, smallest set whose members beat everybody outside it, and the Condorcet
 * winner, who is alone in it. The rest is ordered by taking the Smith set again and
 * again. */
#include "tally/score.h"

#include "tally/grow.h"

#include <string.h>

/* The last position in the order of an option that the i-th does not beat; at least i. */
static size_t last_unbeaten(const struct tally_result *result, size_t i)
{
    const uint16_t *order = result->order;
    for (size_t j = result->options - 1; j > i; j--) {
        int64_t won = result_pair(result, order[i], order[j]);
        if (won <= result_pair(result, order[j], order[i])) {
            return j;
        }
    }
    return i;
}

/* A member of the Smith set has more Copeland points than anybody outside, so each of the
 * sets is a stretch of that order; it ends where all so far beat all that follow. */
enum tally_status smith_place(struct tally_result *result)
{
    int64_t *points = zeroed(result->options, sizeof *points);
    size_t *ends = zeroed(result->options, sizeof *ends);
    enum tally_status status = TALLY_NO_MEMORY;
    if (points == NULL || ends == NULL) {
        goto done;
    }
    copeland_points(result, points);
    status = result_place_by(result, points, false);
    if (status != TALLY_OK) {
        goto done;
    }
    size_t count = 0;
    for (size_t i = 0, reach = 0; i < result->options; i++) {
        size_t last = last_unbeaten(result, i);
        reach = last > reach ? last : reach;
        if (reach == i) {
            ends[count++] = i + 1;
        }
    }
    result_regroup(result, ends, count);
done:
    free(points);
    free(ends);
    return status;
}

/* The first place wins as a whole, whatever the seats: it names a set. */
static void elect_first_place(struct tally_result *result)
{
    size_t count = result->place_start[1];
    memcpy(result->winners.items, result->order, count * sizeof *result->order);
    memcpy(result->possible.items, result->order, count * sizeof *result->order);
    result->winners.count = count;
    result->possible.count = count;
}

enum tally_status count_smith(struct count *count)
{
    enum tally_status status = smith_place(count->result);
    if (status == TALLY_OK) {
        elect_first_place(count->result);
    }
    return status;
}

enum tally_status count_condorcet(struct count *count)
{
    enum tally_status status = smith_place(count->result);
    if (status == TALLY_OK && count->result->place_start[1] == 1) {
        elect_first_place(count->result);
    }
    return status;
}
