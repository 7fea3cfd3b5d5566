/* What the bench reads off the machine, and the arithmetic on it. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

int64_t now_us(void);

/* CPU time of all of a process's threads so far, from their schedstat: exact also when
 * neighbours are busy. */
double cpu_us(pid_t pid);
/* Resident memory. */
int64_t rss_bytes(pid_t pid);
/* How idle the machine was over the last `ms`, in percent. */
double idle_percent(int ms);

/* Sorts `values`. */
double median(double *values, size_t count);

/* Prints a value beside its goal, which it is to be at most. */
void tell_goal(const char *what, double value, double goal_max);
#endif
