#include "domain/piles.h"

#include <stdlib.h>

int marks_compare(
    const struct kept_mark *a, size_t a_count, const struct kept_mark *b, size_t b_count)
{
    for (size_t i = 0; i < a_count && i < b_count; i++) {
        int by_value = a[i].value - b[i].value;
        int by_option = a[i].option - b[i].option;
        if (by_value != 0 || by_option != 0) {
            return by_value != 0 ? by_value : by_option;
        }
    }
    return (a_count > b_count) - (a_count < b_count);
}

static int compare_piles(const void *a, const void *b)
{
    const struct poll_pile *one = a;
    const struct poll_pile *two = b;
    if (one->share != two->share) {
        return one->share < two->share ? -1 : 1;
    }
    return marks_compare(one->marks, one->mark_count, two->marks, two->mark_count);
}

static size_t gather(const struct poll *poll, struct poll_pile *piles)
{
    size_t count = 0;
    for (size_t i = 0; i < poll->batch_count; i++) {
        const struct paper_batch *batch = poll->batches[i];
        size_t of_batch = batch_counts(batch) ? batch->pile_count : 0;
        for (size_t k = 0; k < of_batch; k++) {
            const struct kept_pile *pile = &batch->piles[k];
            piles[count++] = (struct poll_pile){
                .marks = &batch->marks[pile->marks_at],
                .mark_count = pile->mark_count,
                .share = batch->share,
                .count = pile->count,
            };
        }
    }
    return count;
}

struct poll_pile *poll_piles_new(const struct poll *poll, size_t *ret_count)
{
    size_t most = poll->batch_count * PAPER_PILES_MAX + 1;
    struct poll_pile *piles = calloc(most, sizeof *piles);
    if (piles == NULL) {
        return NULL;
    }
    size_t all = gather(poll, piles);
    size_t count = 0;
    qsort(piles, all, sizeof *piles, compare_piles);
    for (size_t i = 0; i < all; i++) {
        if (count > 0 && compare_piles(&piles[count - 1], &piles[i]) == 0) {
            piles[count - 1].count += piles[i].count;
        } else {
            piles[count++] = piles[i];
        }
    }
    *ret_count = count;
    return piles;
}
