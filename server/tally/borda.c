/* Borda: from each ballot 1 for each option ranked below and 1/2 for each tied with, so
 * that unranked options share what is left. In halves. */
#include "tally/grow.h"
#include "tally/score.h"

/* From all duels of one option: 2 for each ballot that has it above, 1 for each that has
 * it neither above nor below. */
static int64_t points_of(const struct tally_result *result, size_t a)
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

void borda_points(const struct tally_result *result, int64_t *points)
{
    for (size_t a = 0; a < result->options; a++) {
        points[a] += points_of(result, a);
    }
}

size_t borda_share(size_t options, size_t above, size_t level)
{
    return 2 * (options - 1 - above) - (level - 1);
}

/* Adds to one column for all the options of some marks. */
static void add_column(
    int64_t *points, size_t options, const struct tally_mark *marks, size_t count,
    size_t column, int64_t weight)
{
    size_t columns = 2 * options - 1;
    for (size_t i = 0; i < count; i++) {
        points[marks[i].option * columns + column] += weight;
    }
}

/* Puts a ballot's ranked options where they belong. */
static void add_ranked(
    int64_t *points, size_t options, const struct tally_mark *marks, size_t count,
    int64_t weight)
{
    for (size_t i = 0, next = 0; i < count; i = next) {
        for (next = i + 1; next < count && marks[next].place == marks[i].place;) {
            next++;
        }
        size_t share = borda_share(options, i, next - i);
        add_column(points, options, marks + i, next - i, share, weight);
    }
}

/* How many ballots gave each option how many halves. A ballot of L marks costs 2 × L
 * steps, not as many as there are options: `unranked` counts ballots by the share of
 * those they leave out, and whom they rank is taken out of that column again. */
static enum tally_status
count_points(const struct tally_profile *profile, struct tally_result *result)
{
    size_t n = result->options;
    size_t columns = 2 * n - 1;
    int64_t *points = zeroed(n * columns, sizeof *points);
    int64_t *unranked = zeroed(n, sizeof *unranked);
    result->points = points;
    if (unranked == NULL || points == NULL) {
        free(unranked);
        return TALLY_NO_MEMORY;
    }
    for (size_t i = 0; i < profile->row_count; i++) {
        const struct ballot_row *row = profile->rows + i;
        const struct tally_mark *marks = profile_marks(profile, row);
        add_ranked(points, n, marks, row->count, row->weight);
        if (row->count < n) {
            size_t share = n - 1 - row->count;
            unranked[share] += row->weight;
            add_column(points, n, marks, row->count, share, -row->weight);
        }
    }
    for (size_t o = 0; o < n; o++) {
        for (size_t share = 0; share < n; share++) {
            points[o * columns + share] += unranked[share];
        }
    }
    free(unranked);
    return TALLY_OK;
}

enum tally_status count_borda(struct count *count)
{
    int64_t *scores = score_start(count, 2);
    if (scores == NULL) {
        return TALLY_NO_MEMORY;
    }
    borda_points(count->result, scores);
    enum tally_status status = count_points(count->profile, count->result);
    return status == TALLY_OK ? score_finish(count, false) : status;
}
