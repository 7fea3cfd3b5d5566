#include "tally/matrix.h"

#include "tally/grow.h"

/* A ballot of L marks touches L²/2 cells, whatever the number of options: `above` and
 * `tied` count the ballots that rank both, `ranked` those that rank one at all, and
 * N[a][b] = ranked[a] − above[b][a] − tied[a][b]. */
struct sums {
    size_t options;
    int64_t *above;
    int64_t *tied; /* symmetric */
    int64_t *ranked;
};

/* marks[i] stands above those that follow, or level with them. */
static void sums_add_mark(
    struct sums *sums, const struct tally_mark *marks, size_t i, size_t count,
    int64_t weight)
{
    size_t n = sums->options;
    size_t a = marks[i].option;
    sums->ranked[a] += weight;
    for (size_t j = i + 1; j < count; j++) {
        size_t b = marks[j].option;
        if (marks[j].place > marks[i].place) {
            sums->above[a * n + b] += weight;
        } else {
            sums->tied[a * n + b] += weight;
            sums->tied[b * n + a] += weight;
        }
    }
}

static void
sums_add(struct sums *sums, const struct tally_mark *marks, size_t count, int64_t weight)
{
    for (size_t i = 0; i < count; i++) {
        sums_add_mark(sums, marks, i, count, weight);
    }
}

static void sums_read(const struct sums *sums, int64_t *ret_pairs)
{
    size_t n = sums->options;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            ret_pairs[a * n + b] =
                a == b ? 0
                       : sums->ranked[a] - sums->above[b * n + a] - sums->tied[a * n + b];
        }
    }
}

enum tally_status matrix_build(const struct tally_profile *profile, int64_t **ret_pairs)
{
    size_t n = profile->options;
    enum tally_status status = TALLY_NO_MEMORY;
    struct sums sums = {.options = n};
    int64_t *pairs = zeroed(n * n, sizeof *pairs);
    sums.above = zeroed(n * n, sizeof *sums.above);
    sums.tied = zeroed(n * n, sizeof *sums.tied);
    sums.ranked = zeroed(n, sizeof *sums.ranked);
    if (pairs == NULL || sums.above == NULL || sums.tied == NULL || sums.ranked == NULL) {
        goto done;
    }
    for (size_t i = 0; i < profile->row_count; i++) {
        const struct ballot_row *row = profile->rows + i;
        sums_add(&sums, profile_marks(profile, row), row->count, row->weight);
    }
    sums_read(&sums, pairs);
    *ret_pairs = pairs;
    pairs = NULL;
    status = TALLY_OK;
done:
    free(pairs);
    free(sums.above);
    free(sums.tied);
    free(sums.ranked);
    return status;
}
