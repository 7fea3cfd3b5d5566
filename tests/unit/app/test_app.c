/* The program as a whole: every command has its help and refuses what it does not know.
 */
#include "app/app.h"

#include "unit/app/words.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>

static const char *const COMMANDS[] = {
    "serve",  "event|create", "event|list", "event|link", "event|tickets",
    "export", "backup",       "tally",      "methods",    "convert",
    "replay", "demo",         "qr",
};
#define COMMAND_COUNT (sizeof COMMANDS / sizeof COMMANDS[0])

/* Runs `stimmwerk COMMAND OPTION`, words parted by "|". */
static int run(const char *command, const char *option)
{
    char line[256];
    struct words words;
    snprintf(line, sizeof line, "stimmwerk|%s|%s", command, option);
    words_split(&words, line);
    return app_main(words.argc, words.argv);
}

static int run_bare(const char *line)
{
    struct words words;
    words_split(&words, line);
    return app_main(words.argc, words.argv);
}

static size_t read_all(FILE *file, char *ret_text, size_t bytes_max)
{
    fflush(stdout);
    fflush(stderr);
    size_t bytes = fread(ret_text, 1, bytes_max - 1, file);
    ret_text[bytes] = '\0';
    return bytes;
}

Test(app, help_lists_every_command, .init = cr_redirect_stdout)
{
    cr_assert_eq(run_bare("stimmwerk|--help"), 0);
    char said[8192];
    read_all(cr_get_redirected_stdout(), said, sizeof said);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "  %s ", COMMANDS[i]);
        if (strchr(name, '|') != NULL) {
            *strchr(name, '|') = ' ';
        }
        cr_assert_not_null(strstr(said, name), "%s", name);
    }
}

Test(app, every_command_has_a_help, .init = cr_redirect_stdout)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        cr_assert_eq(run(COMMANDS[i], "--help"), 0, "%s", COMMANDS[i]);
    }
}

Test(app, every_command_refuses_an_unknown_option_in_one_line, .init = cr_redirect_stderr)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        cr_assert_eq(run(COMMANDS[i], "--colour=red"), 2, "%s", COMMANDS[i]);
    }
    char said[8192];
    size_t bytes = read_all(cr_get_redirected_stderr(), said, sizeof said);
    size_t lines = 0;
    for (size_t i = 0; i < bytes; i++) {
        lines += said[i] == '\n' ? 1 : 0;
    }
    cr_assert_eq(lines, COMMAND_COUNT, "%s", said);
}

Test(app, unknown_commands_are_refused, .init = cr_redirect_stderr)
{
    cr_assert_eq(run_bare("stimmwerk|serf"), 2);
    cr_assert_eq(run_bare("stimmwerk|event|destroy"), 2);
    cr_assert_eq(run_bare("stimmwerk"), 2);
}

Test(app, says_its_version, .init = cr_redirect_stdout)
{
    cr_assert_eq(run_bare("stimmwerk|--version"), 0);
    char said[64];
    read_all(cr_get_redirected_stdout(), said, sizeof said);
    cr_assert_eq(strncmp(said, "stimmwerk 0.", 12), 0, "%s", said);
}
