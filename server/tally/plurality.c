/* Plurality: most first ranks. Equal first ranks, and one without a name, count for
 * nobody. */
#include "tally/score.h"

uint16_t plurality_first(const struct tally_mark *marks, size_t count)
{
    uint16_t first = count > 0 ? marks[0].option : TALLY_UNNAMED;
    for (size_t i = 1; i < count && marks[i].place == marks[0].place; i++) {
        first = marks[i].option == first ? first : TALLY_UNNAMED;
    }
    return first;
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
        uint16_t first = plurality_first(marks, row->count);
        if (first != TALLY_UNNAMED) {
            scores[first] += row->weight;
        } else if (row->count > 0) {
            count->result->exhausted += row->weight;
        }
    }
    return score_finish(count, false);
}
