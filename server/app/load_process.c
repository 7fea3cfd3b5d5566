#include "app/load_process.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static int64_t us_of(const struct timeval *time)
{
    return (int64_t)time->tv_sec * 1000000 + time->tv_usec;
}

static int64_t own_us(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0
               ? us_of(&usage.ru_utime) + us_of(&usage.ru_stime)
               : 0;
}

/* Reads /proc/PID/NAME; "" where there is none. */
static void read_proc(int64_t pid, const char *name, char *ret_text, size_t bytes)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%" PRId64 "/%s", pid, name);
    FILE *file = pid > 0 ? fopen(path, "re") : NULL;
    size_t got = file != NULL ? fread(ret_text, 1, bytes - 1, file) : 0;
    ret_text[got] = '\0';
    if (file != NULL) {
        (void)fclose(file);
    }
}

int64_t process_cpu_us(int64_t pid)
{
    char text[1024];
    if (pid < 0) {
        return own_us();
    }
    read_proc(pid, "stat", text, sizeof text);
    const char *at = strrchr(text, ')'); /* field 2; 14 and 15 are wanted, in ticks */
    for (int field = 2; at != NULL && field < 14; field++) {
        at = strchr(at + 1, ' ');
    }
    if (at == NULL) {
        return 0;
    }
    char *end = NULL;
    long long user = strtoll(at, &end, 10);
    long long system = strtoll(end, NULL, 10);
    return (user + system) * 1000000 / sysconf(_SC_CLK_TCK);
}

int64_t process_bytes_max(int64_t pid)
{
    static const char WORDS[] = "VmHWM:";
    char text[4096];
    read_proc(pid, "status", text, sizeof text);
    const char *at = strstr(text, WORDS);
    return at != NULL ? strtoll(at + sizeof WORDS - 1, NULL, 10) * 1024 : 0;
}
