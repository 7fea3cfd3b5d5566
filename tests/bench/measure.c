#include "measure.h"

#include "child.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

double cpu_us(pid_t pid)
{
    char path[320];
    double total_ns = 0;
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *tasks = opendir(path);
    if (tasks == NULL) {
        die("%s: %s", path, strerror(errno));
    }
    for (struct dirent *task = readdir(tasks); task != NULL; task = readdir(tasks)) {
        char line[128] = "";
        snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", (int)pid, task->d_name);
        FILE *file = fopen(path, "r");
        if (file != NULL && fgets(line, sizeof line, file) != NULL) {
            total_ns += strtod(line, NULL);
        }
        if (file != NULL) {
            fclose(file);
        }
    }
    closedir(tasks);
    return total_ns / 1000;
}

int64_t rss_bytes(pid_t pid)
{
    char path[64];
    char line[256];
    int64_t kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "VmRSS:", 6) == 0) {
            kib = strtoll(line + 6, NULL, 10);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return kib * 1024;
}

/* The first line of /proc/stat: all time, and idle time, in ticks. */
static void read_ticks(double *ret_all, double *ret_idle)
{
    char line[512] = "";
    FILE *file = fopen("/proc/stat", "r");
    if (file == NULL || fgets(line, sizeof line, file) == NULL) {
        die("/proc/stat can't be read");
    }
    fclose(file);
    char *at = line + strlen("cpu");
    *ret_all = 0;
    for (int i = 0; i < 8; i++) {
        double ticks = strtod(at, &at);
        *ret_all += ticks;
        *ret_idle = i == 3 ? ticks : *ret_idle;
    }
}

double idle_percent(int ms)
{
    double all[2] = {0, 0};
    double idle[2] = {0, 0};
    read_ticks(&all[0], &idle[0]);
    usleep((useconds_t)ms * 1000);
    read_ticks(&all[1], &idle[1]);
    return all[1] > all[0] ? 100 * (idle[1] - idle[0]) / (all[1] - all[0]) : 100;
}

static int compare_doubles(const void *a, const void *b)
{
    double one = *(const double *)a;
    double two = *(const double *)b;
    return one < two ? -1 : one > two ? 1 : 0;
}

double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_doubles);
    return count % 2 == 1 ? values[count / 2]
                          : (values[count / 2 - 1] + values[count / 2]) / 2;
}

void tell_goal(const char *what, double value, double goal_max)
{
    printf(
        "%-42s %5.2f  goal <= %.2f: %s\n", what, value, goal_max,
        value <= goal_max ? "met" : "MISSED");
}
