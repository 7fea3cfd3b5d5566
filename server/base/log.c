#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int level_max = LOG_INFO; /* the process has one stderr */

void log_set_level(enum log_level level)
{
    level_max = (int)level;
}

/* C0, DEL, and C1 in UTF-8: some terminals obey those too. */
static void blank_controls(unsigned char *c)
{
    for (; *c != '\0'; c++) {
        if (c[0] < 0x20 || c[0] == 0x7f) {
            c[0] = '?';
        } else if (c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0) {
            c[0] = '?';
            c[1] = '?';
        }
    }
}

void log_line(enum log_level level, const char *format, ...)
{
    static const char *const names[] = {"error", "warning", "info", "debug"};
    if ((int)level > level_max) {
        return;
    }
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    blank_controls((unsigned char *)line);
    fprintf(stderr, "%s: %s\n", names[level], line);
}
