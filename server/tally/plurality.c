/* Plurality: most first ranks. Equal first ranks count for nobody. */
#include "tally/score.h"

/* How many options share the best place: 0 on a blank ballot. */
static size_t first_ranks(const struct tally_mark *marks, size_t count)
{
    size_t shared = 0;
    while (shared < count && marks[shared].place == marks[0].place) {
        shared++;
    }
    return shared;
}

enum tally_status count_plurality(struct count *count)
{
    const struct tally_profile *profile = count->profile;
    int64_t *scores = score_start(count, 1);
    if (scores == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (size_t i = 0; i < profile->row_count; i++) {
        const struct ballot_row *row = profile->rows + i;
        const struct tally_mark *marks = profile_marks(profile, row);
        size_t shared = first_ranks(marks, row->count);
        if (shared == 1) {
            scores[marks[0].option] += row->weight;
        } else if (shared > 1) {
            count->result->exhausted += row->weight;
        }
    }
    return score_finish(count, false);
}
