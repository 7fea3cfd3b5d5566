/* Score: each ballot gives each option a number of points, the highest total wins. An
 * option that a ballot leaves out gets none. */
#include "tally/score.h"

void score_totals(const struct tally_profile *profile, int64_t *totals)
{
    for (size_t i = 0; i < profile->row_count; i++) {
        const struct ballot_row *row = profile->rows + i;
        const struct tally_mark *marks = profile_marks(profile, row);
        for (size_t m = 0; m < row->count; m++) {
            int64_t score = 1 + (int64_t)profile->score_max - marks[m].place;
            totals[marks[m].option] += row->weight * score;
        }
    }
}

enum tally_status count_score(struct count *count)
{
    int64_t *scores = score_start(count, 1);
    if (scores == NULL) {
        return TALLY_NO_MEMORY;
    }
    score_totals(count->profile, scores);
    return score_finish(count, false);
}
