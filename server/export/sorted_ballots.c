#include "export/sorted_ballots.h"

#include "domain/piles.h"

#include <stdlib.h>

static int compare_ballots(const void *a, const void *b)
{
    const struct sorted_ballot *one = a;
    const struct sorted_ballot *two = b;
    return marks_compare(one->marks, one->mark_count, two->marks, two->mark_count);
}

struct sorted_ballot *sorted_ballots_new(const struct poll *poll, size_t *ret_count)
{
    struct sorted_ballot *sorted = calloc(poll->ballot_count + 1, sizeof *sorted);
    if (sorted == NULL) {
        return NULL;
    }
    size_t count = 0;
    for (size_t i = 0; i < poll->ballot_count; i++) {
        const struct kept_ballot *ballot = &poll->ballots[i];
        if (ballot->counts) {
            sorted[count].mark_count = ballot->mark_count;
            sorted[count++].marks =
                ballot->mark_count != 0 ? &poll->marks[ballot->marks_at] : NULL;
        }
    }
    qsort(sorted, count, sizeof *sorted, compare_ballots);
    *ret_count = count;
    return sorted;
}

size_t sorted_ballots_equal(const struct sorted_ballot *ballots, size_t count)
{
    size_t equal = 1;
    while (equal < count && compare_ballots(ballots, ballots + equal) == 0) {
        equal++;
    }
    return equal;
}

static enum err
number_phones(const struct poll *poll, numbered_ballot_row *row, void *ctx)
{
    size_t count = 0;
    struct numbered_ballot ballot = {.number = 0};
    struct sorted_ballot *sorted = sorted_ballots_new(poll, &count);
    if (sorted == NULL) {
        return ERR_NOMEM;
    }
    for (size_t i = 0, equal = 0; i < count; i += equal) {
        equal = sorted_ballots_equal(sorted + i, count - i);
        ballot.is = sorted[i];
        ballot.count = (int64_t)equal;
        ballot.number++;
        row(ctx, &ballot);
    }
    free(sorted);
    return ERR_OK;
}

static enum err number_paper(const struct poll *poll, numbered_ballot_row *row, void *ctx)
{
    size_t count = 0;
    struct poll_pile *piles = poll_piles_new(poll, &count);
    if (piles == NULL) {
        return ERR_NOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        const struct numbered_ballot ballot = {
            .is = {piles[i].marks, piles[i].mark_count},
            .count = piles[i].count,
            .number = (int64_t)i + 1,
            .paper = true,
        };
        row(ctx, &ballot);
    }
    free(piles);
    return ERR_OK;
}

enum err numbered_ballots(const struct poll *poll, numbered_ballot_row *row, void *ctx)
{
    enum err err = number_phones(poll, row, ctx);
    return err == ERR_OK ? number_paper(poll, row, ctx) : err;
}
