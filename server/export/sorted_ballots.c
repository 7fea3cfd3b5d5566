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
