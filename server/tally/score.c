#include "tally/score.h"

#include "tally/grow.h"

int64_t *score_start(struct count *count, int64_t unit)
{
    struct tally_result *result = count->result;
    result->scores = zeroed(result->options, sizeof *result->scores);
    result->score_unit = unit;
    return result->scores;
}

enum tally_status score_finish(struct count *count, bool lowest_first)
{
    enum tally_status status =
        result_place_by(count->result, count->result->scores, lowest_first);
    return status == TALLY_OK ? result_elect(count->result) : status;
}
