/* Approval: an option gets a point from each ballot that marks it, at whatever place. */
#include "tally/score.h"

enum tally_status count_approval(struct count *count)
{
    const struct tally_profile *profile = count->profile;
    int64_t *scores = score_start(count, 1);
    if (scores == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (size_t i = 0; i < profile->row_count; i++) {
        const struct ballot_row *row = profile->rows + i;
        const struct tally_mark *marks = profile_marks(profile, row);
        for (size_t m = 0; m < row->count; m++) {
            scores[marks[m].option] += row->weight;
        }
    }
    return score_finish(count, false);
}
