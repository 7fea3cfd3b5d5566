/* Which command is meant: the table of commands and the help of the whole program. */
#include "app/app.h"

#include "app/command.h"
#include "app/err_text.h"

#include <stdbool.h>

struct command_row {
    const char *group; /* "event", or NULL */
    const char *name;
    command_fn *run;
    const char *help;
};

static const struct command_row ROWS[] = {
    {NULL, "serve", cmd_serve, "serves a store's events to phones, desks and walls"},
    {"event", "create", cmd_event_create,
     "makes an event; prints join code and moderator link"},
    {"event", "list", cmd_event_list, "lists the events of a store"},
    {"event", "link", cmd_event_link, "prints a new link to the desk"},
    {"event", "tickets", cmd_event_tickets, "issues tickets and writes them as CSV"},
    {"event", "archive", cmd_event_archive,
     "ends an event, which can still be looked at"},
    {"event", "delete", cmd_event_delete, "deletes an event and all that is in it"},
    {NULL, "office", cmd_office, "prints a link to the office's page"},
    {NULL, "export", cmd_export, "writes an event as CSV files"},
    {NULL, "backup", cmd_backup, "copies a store while it is in use"},
    {NULL, "restore", cmd_restore, "makes a store from a backup"},
    {NULL, "tally", cmd_tally, "counts a file of ballots"},
    {NULL, "methods", cmd_methods, "lists the counting methods"},
    {NULL, "convert", cmd_convert, "writes a file of ballots in another format"},
    {NULL, "replay", cmd_replay, "plays an election from a file on a running server"},
    {NULL, "demo", cmd_demo, "fills an event with simulated people"},
    {NULL, "load", cmd_load, "rehearses a hall with as many phones as will come"},
    {NULL, "qr", cmd_qr, "draws a QR code in the terminal"},
};
#define ROW_COUNT (sizeof ROWS / sizeof ROWS[0])

static int print_help(void)
{
    puts("Usage: stimmwerk COMMAND [OPTIONS]\n\n"
         "Collects a hall's ideas and lets it rank them.\n\nCommands:");
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const char *group = ROWS[i].group != NULL ? ROWS[i].group : "";
        int at = printf("  %s%s%s", group, group[0] != '\0' ? " " : "", ROWS[i].name);
        printf("%*s%s\n", 18 - at, "", ROWS[i].help);
    }
    puts("\nstimmwerk COMMAND --help tells a command's options; stimmwerk --version the "
         "version.\n"
         "Commands with --store work while the server runs: they ask it through the "
         "socket\n"
         "beside the store. Exit code: 0 done, 1 could not, 2 wrong usage.");
    return 0;
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
           strcmp(word, "help") == 0;
}

/* How many words of argv name this command: 0 if they don't. */
static int match(const struct command_row *row, int argc, char **argv)
{
    if (row->group == NULL) {
        return strcmp(argv[1], row->name) == 0 ? 1 : 0;
    }
    bool same =
        argc > 2 && strcmp(argv[1], row->group) == 0 && strcmp(argv[2], row->name) == 0;
    return same ? 2 : 0;
}

static bool is_group(const char *word)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (ROWS[i].group != NULL && strcmp(ROWS[i].group, word) == 0) {
            return true;
        }
    }
    return false;
}

static int refuse(int argc, char **argv)
{
    bool group = is_group(argv[1]);
    if (group && (argc == 2 || is_help(argv[2]))) {
        return argc == 2 ? (print_help(), 2) : print_help();
    }
    fprintf(
        stderr, "stimmwerk: unknown command \"%s%s%s\" (see stimmwerk --help)\n", argv[1],
        group ? " " : "", group ? argv[2] : "");
    return 2;
}

static int run(int argc, char **argv)
{
    if (argc < 2) {
        (void)fputs("stimmwerk: a command is missing (see stimmwerk --help)\n", stderr);
        return 2;
    }
    if (is_help(argv[1])) {
        return print_help();
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("stimmwerk " STIMMWERK_VERSION);
        return 0;
    }
    for (size_t i = 0; i < ROW_COUNT; i++) {
        int words = match(&ROWS[i], argc, argv);
        if (words > 0) {
            return ROWS[i].run(argc - words, argv + words);
        }
    }
    return refuse(argc, argv);
}

/* Said to a full disk is not said. */
int app_main(int argc, char **argv)
{
    int code = run(argc, argv);
    if (fflush(stdout) == 0 && ferror(stdout) == 0) {
        return code;
    }
    fprintf(stderr, "stimmwerk: the output could not be written: %s\n", errno_text());
    return code == 0 ? 1 : code;
}
