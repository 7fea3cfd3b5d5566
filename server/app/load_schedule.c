#include "app/load_schedule.h"

int64_t schedule_due_us(const struct schedule *schedule, size_t i)
{
    return schedule->start_us +
           (int64_t)((double)schedule->span_us * (double)i / (double)schedule->count);
}

bool schedule_take(
    struct schedule *schedule, int64_t now_us, size_t *ret_i, int64_t *ret_due_us)
{
    if (schedule->done == schedule->count) {
        return false;
    }
    int64_t due_us = schedule_due_us(schedule, schedule->done);
    if (due_us > now_us) {
        return false;
    }
    int64_t late_us = now_us - due_us;
    schedule->late_us_max =
        late_us > schedule->late_us_max ? late_us : schedule->late_us_max;
    *ret_i = schedule->done++;
    *ret_due_us = due_us;
    return true;
}

int64_t
schedule_wait_us(const struct schedule *schedule, int64_t now_us, int64_t wait_us_max)
{
    if (schedule->done == schedule->count) {
        return wait_us_max;
    }
    int64_t wait_us = schedule_due_us(schedule, schedule->done) - now_us;
    return wait_us < 0 ? 0 : wait_us < wait_us_max ? wait_us : wait_us_max;
}
