#include "base/log.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <string.h>

Test(log, writes_level_and_text_on_one_line, .init = cr_redirect_stderr)
{
    log_line(LOG_INFO, "listening on %s:%d", "127.0.0.1", 8080);
    log_line(LOG_ERROR, "disk full");
    fflush(stderr);
    cr_assert_stderr_eq_str("info: listening on 127.0.0.1:8080\nerror: disk full\n");
}

Test(log, drops_what_is_below_its_level, .init = cr_redirect_stderr)
{
    log_line(LOG_DEBUG, "unseen");
    log_set_level(LOG_ERROR);
    log_line(LOG_WARN, "unseen");
    log_line(LOG_ERROR, "seen");
    log_set_level(LOG_DEBUG);
    log_line(LOG_DEBUG, "seen too");
    fflush(stderr);
    cr_assert_stderr_eq_str("error: seen\ndebug: seen too\n");
}

Test(log, foreign_control_characters_cannot_forge_a_line, .init = cr_redirect_stderr)
{
    log_line(
        LOG_WARN, "%s",
        "a\nerror: b\x1b[2J\x7f\xc2\x9b"
        "c \xc3\xbc");
    fflush(stderr);
    cr_assert_stderr_eq_str("warning: a?error: b?[2J???c \xc3\xbc\n");
}

Test(log, cuts_endless_lines, .init = cr_redirect_stderr)
{
    char text[5000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    log_line(LOG_INFO, "%s", text);
    log_line(LOG_INFO, "next");
    fflush(stderr);
    char expected[1100];
    memset(expected, 'x', sizeof expected);
    int n = snprintf(expected, sizeof expected, "info: %.1023s\ninfo: next\n", text);
    cr_assert_gt(n, 0);
    cr_assert_stderr_eq_str(expected);
}
