#include "domain/shares.h"

uint16_t poll_share_of(const struct poll *poll, const struct participant *participant)
{
    const struct share_list *shares = &poll->spec.shares;
    uint16_t everybody_else = 0;
    for (uint16_t i = 0; i < shares->count; i++) {
        if (shares->of[i].group == 0) {
            everybody_else = (uint16_t)(i + 1);
        } else if (shares->of[i].group == participant->group) {
            return (uint16_t)(i + 1);
        }
    }
    return everybody_else;
}

enum err poll_check_share(const struct poll *poll, const struct participant *participant)
{
    bool left_out = poll->spec.shares.count > 0 && poll_share_of(poll, participant) == 0;
    return left_out ? ERR_NO_SHARE : ERR_OK;
}

int64_t poll_share_ballots(const struct poll *poll, size_t i)
{
    return poll->voted_of[i] + poll->paper_of[i];
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* No share has so many that a ballot of one per cent would weigh nothing. */
#define BALLOTS_MAX                                                                      \
    (PARTICIPANTS_MAX +                                                                  \
     INT64_C(1) * PAPER_BATCHES_MAX * PAPER_PILES_MAX * PAPER_COUNT_MAX)
_Static_assert(BALLOTS_MAX <= SHARES_WEIGHT_MAX / 100, "a weight is at least 1");
_Static_assert(SHARES_WEIGHT_MAX <= INT64_MAX / BALLOTS_MAX, "a multiple fits");

/* The least number that makes every p/n whole; 0: above SHARES_WEIGHT_MAX. Then all
 * ballots together would weigh more than that, whatever the weights have in common: no
 * common divisor of theirs is above the per cents. */
static int64_t find_multiple(const struct poll *poll)
{
    int64_t multiple = 1;
    for (size_t i = 0; i < poll->spec.shares.count && multiple != 0; i++) {
        int64_t ballots = poll_share_ballots(poll, i);
        if (ballots > 0) {
            ballots /= common_divisor(ballots, poll->spec.shares.of[i].percent);
            multiple *= ballots / common_divisor(multiple, ballots);
            multiple = multiple <= SHARES_WEIGHT_MAX ? multiple : 0;
        }
    }
    return multiple;
}

/* Each share's per cents of `whole`, in parts of one ballot, by what they have in common.
 * `whole` is up to SHARES_WEIGHT_MAX, which a hundred times are no overflow. */
static int64_t
weigh(const struct poll *poll, int64_t whole, int64_t ret_weights[SHARES_MAX])
{
    int64_t common = 0;
    int64_t total = 0;
    for (size_t i = 0; i < SHARES_MAX; i++) {
        bool is = i < poll->spec.shares.count;
        int64_t ballots = is ? poll_share_ballots(poll, i) : 0;
        int64_t percent = is ? poll->spec.shares.of[i].percent : 0;
        ret_weights[i] = ballots > 0 ? percent * whole / ballots : 0;
        common = common_divisor(common, ret_weights[i]);
    }
    for (size_t i = 0; i < poll->spec.shares.count && common > 0; i++) {
        ret_weights[i] /= common;
        total += ret_weights[i] * poll_share_ballots(poll, i);
    }
    return total;
}

void poll_weigh(const struct poll *poll, int64_t ret_weights[SHARES_MAX])
{
    int64_t multiple = find_multiple(poll);
    bool exact = multiple != 0 && weigh(poll, multiple, ret_weights) <= SHARES_WEIGHT_MAX;
    if (!exact) {
        weigh(poll, SHARES_WEIGHT_MAX / 100, ret_weights);
    }
}
