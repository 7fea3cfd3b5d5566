/* When things are due, however late the machine is: waiting for an answer never delays
 * the next one (open loop), and times count from when something was due, not from when it
 * was done. */
#ifndef APP_LOAD_SCHEDULE_H
#define APP_LOAD_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct schedule { /* all zeros: over */
    int64_t start_us;
    int64_t span_us; /* `count` things, evenly spread over this */
    size_t count;
    size_t done;
    int64_t late_us_max; /* how late we were ourselves */
};

/* When the i-th is due: start, …, one step before start + span. */
int64_t schedule_due_us(const struct schedule *schedule, size_t i);

/* Takes the next one if it is due at `now_us`: its index and when it was due. */
bool schedule_take(
    struct schedule *schedule, int64_t now_us, size_t *ret_i, int64_t *ret_due_us);

/* µs until the next one, at least 0 and at most `wait_us_max`, which it is once all are
 * done. */
int64_t
schedule_wait_us(const struct schedule *schedule, int64_t now_us, int64_t wait_us_max);

#endif
