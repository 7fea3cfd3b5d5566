#include "clock_faults.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S  1000000000LL
#define NS_PER_MS 1000000LL

/* Else the libraries would go on using the C library's. */
#define FOR_LIBRARIES __attribute__((visibility("default")))

static struct clock_shift *armed;

void clock_faults_arm(struct clock_shift *shift)
{
    armed = shift;
}

static int64_t shift_ms(clockid_t clock)
{
    bool wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    bool steady = clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE ||
                  clock == CLOCK_MONOTONIC_RAW || clock == CLOCK_BOOTTIME;
    if (armed == NULL || (!wall && !steady)) {
        return 0;
    }
    return atomic_load(wall ? &armed->wall_ms : &armed->steady_ms);
}

static void move(struct timespec *time, int64_t ms)
{
    int64_t ns = time->tv_sec * NS_PER_S + time->tv_nsec + ms * NS_PER_MS;
    time->tv_sec = ns / NS_PER_S;
    time->tv_nsec = ns % NS_PER_S;
}

FOR_LIBRARIES int clock_gettime(clockid_t clock, struct timespec *ret_time)
{
    long status = syscall(SYS_clock_gettime, clock, ret_time);
    if (status == 0) {
        move(ret_time, shift_ms(clock));
    }
    return (int)status;
}

FOR_LIBRARIES int gettimeofday(struct timeval *restrict ret_time, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    int status = clock_gettime(CLOCK_REALTIME, &now);
    ret_time->tv_sec = now.tv_sec;
    ret_time->tv_usec = now.tv_nsec / 1000;
    return status;
}

FOR_LIBRARIES time_t time(time_t *ret_seconds)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (ret_seconds != NULL) {
        *ret_seconds = now.tv_sec;
    }
    return now.tv_sec;
}

/* The store's writer sleeps until a time of the steady clock. */
FOR_LIBRARIES int clock_nanosleep(
    clockid_t clock, int flags, const struct timespec *until, struct timespec *ret_left)
{
    struct timespec real = *until;
    if ((flags & TIMER_ABSTIME) != 0) {
        move(&real, -shift_ms(clock));
    }
    return syscall(SYS_clock_nanosleep, clock, flags, &real, ret_left) == 0 ? 0 : EINTR;
}
