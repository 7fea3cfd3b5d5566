#include "app/rate.h"

void rate_init(struct rate *rate, int64_t per_s, int64_t burst, int64_t now_ms)
{
    *rate = (struct rate){
        .per_s = per_s, .burst = burst, .tokens_milli = burst * 1000, .seen_ms = now_ms};
}

/* One token a second is one thousandth a millisecond. */
static void refill(struct rate *rate, int64_t now_ms)
{
    int64_t full_ms = rate->burst * 1000 / rate->per_s + 1;
    int64_t passed_ms = now_ms - rate->seen_ms;
    rate->seen_ms = now_ms;
    if (passed_ms > full_ms) {
        passed_ms = full_ms;
    }
    rate->tokens_milli += passed_ms * rate->per_s;
    if (rate->tokens_milli > rate->burst * 1000) {
        rate->tokens_milli = rate->burst * 1000;
    }
}

bool rate_take(struct rate *rate, int64_t now_ms)
{
    refill(rate, now_ms);
    if (rate->tokens_milli < 1000) {
        return false;
    }
    rate->tokens_milli -= 1000;
    return true;
}

int64_t rate_wait_ms(const struct rate *rate)
{
    int64_t missing = 1000 - rate->tokens_milli;
    return missing > 0 ? missing / rate->per_s + 1 : 1;
}
