#include "tally/matrix.h"

#include "tally/dense.h"
#include "tally/grow.h"

enum tally_status sums_init(struct sums *sums, size_t options)
{
    size_t cells = options * options;
    *sums = (struct sums){.options = options};
    sums->above = zeroed(cells, sizeof *sums->above);
    sums->tied = zeroed(cells, sizeof *sums->tied);
    sums->ranked = zeroed(options, sizeof *sums->ranked);
    if (sums->above == NULL || sums->tied == NULL || sums->ranked == NULL) {
        sums_fini(sums);
        return TALLY_NO_MEMORY;
    }
    return TALLY_OK;
}

void sums_fini(struct sums *sums)
{
    free(sums->above);
    free(sums->tied);
    free(sums->ranked);
    *sums = (struct sums){0};
}

void sums_add(
    struct sums *sums, const struct tally_mark *marks, size_t count, int64_t weight)
{
    for (size_t i = 0; i < count; i++) {
        size_t row = marks[i].option * sums->options;
        size_t j = i + 1;
        sums->ranked[marks[i].option] += weight;
        for (; j < count && marks[j].place == marks[i].place; j++) {
            sums->tied[row + marks[j].option] += weight;
        }
        for (; j < count; j++) {
            sums->above[row + marks[j].option] += weight;
        }
    }
}

void sums_merge(struct sums *sums, const struct sums *other)
{
    size_t n = sums->options;
    for (size_t i = 0; i < n * n; i++) {
        sums->above[i] += other->above[i];
        sums->tied[i] += other->tied[i];
    }
    for (size_t o = 0; o < n; o++) {
        sums->ranked[o] += other->ranked[o];
    }
}

void sums_read(const struct sums *sums, int64_t *pairs)
{
    size_t n = sums->options;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            int64_t tied = sums->tied[a * n + b];
            pairs[a * n + b] += sums->ranked[a] - sums->above[b * n + a] - tied;
            pairs[b * n + a] += sums->ranked[b] - sums->above[a * n + b] - tied;
        }
    }
}

/* Long ballots of few options are compared in blocks, others pair by pair. */
static void
add_rows(const struct tally_profile *profile, struct sums *sums, int64_t *pairs)
{
    struct dense dense;
    dense_init(&dense, profile->options, pairs);
    for (size_t i = 0; i < profile->row_count; i++) {
        const struct ballot_row *row = profile->rows + i;
        const struct tally_mark *marks = profile_marks(profile, row);
        if (dense_fits(&dense, row)) {
            dense_add(&dense, marks, row->count, row->weight);
        } else {
            sums_add(sums, marks, row->count, row->weight);
        }
    }
    dense_flush(&dense);
}

enum tally_status matrix_build(const struct tally_profile *profile, int64_t **ret_pairs)
{
    struct sums sums;
    enum tally_status status = sums_init(&sums, profile->options);
    if (status != TALLY_OK) {
        return status;
    }
    int64_t *pairs = zeroed(profile->options * profile->options, sizeof *pairs);
    if (pairs == NULL) {
        status = TALLY_NO_MEMORY;
        goto done;
    }
    add_rows(profile, &sums, pairs);
    sums_read(&sums, pairs);
    *ret_pairs = pairs;
done:
    sums_fini(&sums);
    return status;
}
