/* Clocks that can be set. The program's own clock_gettime, gettimeofday and time stand
 * before the C library's, for the libraries too. */
#ifndef FAULT_CLOCK_FAULTS_H
#define FAULT_CLOCK_FAULTS_H

#include <stdint.h>

/* How far ahead the clocks are; may be shared with another process. */
struct clock_shift {
    _Atomic int64_t wall_ms;
    _Atomic int64_t steady_ms;
};

/* From here on this process's clocks are ahead by this much. */
void clock_faults_arm(struct clock_shift *shift);

#endif
