#include "export/sorted_ballots.h"

#include "domain/piles.h"
#include "domain/shares.h"

#include <stdlib.h>

static int compare_ballots(const void *a, const void *b)
{
    const struct sorted_ballot *one = a;
    const struct sorted_ballot *two = b;
    if (one->share != two->share) {
        return one->share < two->share ? -1 : 1;
    }
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
            sorted[count].share = ballot->share;
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

static int64_t weight_of(const struct poll *poll, uint16_t share)
{
    int64_t weights[SHARES_MAX];
    if (share == 0) {
        return 1;
    }
    poll_weigh(poll, weights);
    return weights[share - 1];
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
        ballot.weight = ballot.count * weight_of(poll, ballot.is.share);
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
            .is = {piles[i].marks, piles[i].mark_count, piles[i].share},
            .count = piles[i].count,
            .weight = piles[i].count * weight_of(poll, piles[i].share),
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
