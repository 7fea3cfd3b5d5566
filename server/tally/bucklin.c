/* Bucklin's method (first used in Grand Junction, 1909): rank after rank is added
 * until some option has more than half of the ballots that are not blank; the most votes
 * win. If nobody ever passes, the most votes at the end do.
 *
 * Skipped ranks close up: an option's place is 1 and the number of options ranked above
 * it. So equals at the places p … p + g − 1 count, all of them, from the p-th rank on. */
#include "tally/grow.h"
#include "tally/score.h"

#include <string.h>

/* gains[r × options + o]: ballots that add option o with the rank r. Returns how many
 * ranks add somebody. */
static size_t find_gains(const struct tally_profile *profile, int64_t *gains)
{
    size_t ranks = 0;
    for (size_t i = 0; i < profile->row_count; i++) {
        const struct ballot_row *row = profile->rows + i;
        const struct tally_mark *marks = profile_marks(profile, row);
        size_t count = row->weight > 0 ? row->count : 0;
        for (size_t m = 0, rank = 0; m < count; m++) {
            rank = m > 0 && marks[m].place == marks[m - 1].place ? rank : m;
            gains[rank * profile->options + marks[m].option] += row->weight;
            ranks = rank + 1 > ranks ? rank + 1 : ranks;
        }
    }
    return ranks;
}

/* Adds a rank to the scores; did somebody reach the quota? */
static bool add_rank(int64_t *scores, const int64_t *gains, size_t options, int64_t quota)
{
    bool passed = false;
    for (size_t o = 0; o < options; o++) {
        scores[o] += gains[o];
        passed = passed || scores[o] >= quota;
    }
    return passed;
}

/* Rank after rank, at least one. */
static enum tally_status
add_ranks(struct tally_result *result, const int64_t *gains, size_t ranks)
{
    size_t n = result->options;
    int64_t quota = (result->ballots - result->blank) / 2 + 1;
    bool passed = false;
    for (size_t rank = 0; !passed && (rank == 0 || rank < ranks); rank++) {
        struct round *round = result_push_round(result);
        if (round == NULL) {
            return TALLY_NO_MEMORY;
        }
        passed = add_rank(result->scores, gains + rank * n, n, quota);
        memcpy(round->votes, result->scores, n * sizeof *round->votes);
        round->exhausted = result->exhausted;
        round->quota = quota;
        round->reason = passed ? TALLY_MAJORITY : TALLY_NOTHING;
    }
    return TALLY_OK;
}

/* The last round elects those winners who passed; not who is in a tie left open. */
static enum tally_status note_elected(struct tally_result *result)
{
    struct round *last = result->rounds + result->round_count - 1;
    uint64_t elected[BITS_OPTIONS_WORDS] = {0};
    size_t place = 0;
    while (place < result->place_count &&
           result->place_start[place + 1] <= result->seats) {
        place++;
    }
    for (size_t i = 0; i < result->place_start[place]; i++) {
        if (last->votes[result->order[i]] >= last->quota) {
            bits_add(elected, result->order[i]);
        }
    }
    return option_list_of(elected, result->options, &last->elected);
}

enum tally_status count_bucklin(struct count *count)
{
    struct tally_result *result = count->result;
    size_t n = result->options;
    int64_t *gains = zeroed(n * n, sizeof *gains);
    if (gains == NULL || score_start(count, 1) == NULL) {
        free(gains);
        return TALLY_NO_MEMORY;
    }
    result->exhausted = profile_blank(count->profile) - result->blank;
    size_t ranks = find_gains(count->profile, gains);
    enum tally_status status = add_ranks(result, gains, ranks);
    if (status == TALLY_OK) {
        status = score_finish(count, false);
    }
    if (status == TALLY_OK) {
        status = note_elected(result);
    }
    free(gains);
    return status;
}
