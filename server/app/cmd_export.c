/* stimmwerk export */
#include "app/cmd_ask.h"
#include "app/command.h"
#include "app/err_text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct export_command {
    const char *store;
    const char *event;
    const char *out;
    int64_t separator;
    bool auditor;
};

#define FIELD(name) offsetof(struct export_command, name)

static const struct option_row ROWS[] = {
    OPTION_ROW_STORE(FIELD(store)),
    OPTION_ROW_EVENT(FIELD(event)),
    {.name = "out",
     .kind = OPTION_TEXT,
     .offset = FIELD(out),
     .value = "DIR",
     .required = true,
     .help =
         "the folder to write to; it is made if it is missing, files of the same name "
         "are replaced"},
    {.name = "sep",
     .kind = OPTION_CHOICE,
     .offset = FIELD(separator),
     .value = "comma|semicolon",
     .fallback = "comma",
     .help = "between fields; semicolon for a German Excel"},
    {.name = "auditor",
     .kind = OPTION_FLAG,
     .offset = FIELD(auditor),
     .help =
         "all ballots of closed polls, whatever their publication level: for the named "
         "auditors only"},
};

static const struct options_table TABLE = {
    .command = "stimmwerk export",
    .summary = "Writes an event as CSV files: ideas, polls, ballots, results and "
               "participation; ballots of scores and dots in a file for each poll. "
               "Ballots obey each poll's publication level.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
};

#undef FIELD

/* A file takes its place only when it is whole. */
static bool write_file(int folder, const char *name, const char *text, mode_t mode)
{
    static const char PART[] = ".export-part";
    int fd = openat(folder, PART, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (fd < 0) {
        return false;
    }
    FILE *file = fdopen(fd, "w");
    if (file == NULL) {
        (void)close(fd);
        return false;
    }
    size_t bytes = strlen(text);
    bool fine = fchmod(fd, mode) == 0 && fwrite(text, 1, bytes, file) == bytes;
    fine = fclose(file) == 0 && fine;
    return fine && renameat(folder, PART, folder, name) == 0;
}

static bool is_plain_name(const char *name)
{
    return name != NULL && name[0] != '.' && strchr(name, '/') == NULL;
}

/* points-3.csv */
static bool is_points_name(const char *name)
{
    static const char HEAD[] = "points-";
    if (strncmp(name, HEAD, sizeof HEAD - 1) != 0) {
        return false;
    }
    const char *poll = name + sizeof HEAD - 1;
    size_t digits = strspn(poll, "0123456789");
    return digits > 0 && strcmp(poll + digits, ".csv") == 0;
}

/* What an earlier export left for polls whose ballots this one does not hold: a folder
 * for the public must not keep an auditor's. False: it can't be looked through. */
static bool drop_points(int folder)
{
    int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = copy >= 0 ? fdopendir(copy) : NULL;
    if (entries == NULL) {
        return false;
    }
    bool fine = true;
    const struct dirent *entry;
    while ((entry = readdir(entries)) != NULL) {
        if (is_points_name(entry->d_name)) {
            fine = unlinkat(folder, entry->d_name, 0) == 0 && fine;
        }
    }
    (void)closedir(entries);
    return fine;
}

static int
write_files(const struct ask *ask, const struct export_command *options, int folder)
{
    const cJSON *files = cJSON_GetObjectItemCaseSensitive(ask->answer, "files");
    const cJSON *file = NULL;
    cJSON_ArrayForEach(file, files)
    {
        const char *name =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(file, "name"));
        const char *text =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(file, "text"));
        if (!is_plain_name(name) || text == NULL) {
            return ask_fail(ask, "the server's answer can't be read");
        }
        if (!write_file(folder, name, text, options->auditor ? 0600 : 0644)) {
            return ask_fail(
                ask, "can't write %s/%s: %s", options->out, name, errno_text());
        }
        printf("%s/%s\n", options->out, name);
    }
    return 0;
}

static int write_folder(const struct ask *ask, const struct export_command *options)
{
    if (mkdir(options->out, 0755) != 0 && errno != EEXIST) {
        return ask_fail(ask, "can't create %s: %s", options->out, errno_text());
    }
    int folder = open(options->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return ask_fail(ask, "can't open %s: %s", options->out, errno_text());
    }
    int code = drop_points(folder) ? write_files(ask, options, folder)
                                   : ask_fail(
                                         ask, "can't clear old ballots in %s: %s",
                                         options->out, errno_text());
    (void)close(folder);
    return code;
}

int cmd_export(int argc, char **argv)
{
    struct export_command options = {.store = NULL};
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    struct ask ask;
    ask_init(&ask, &TABLE, options.store, "export");
    ask_text(&ask, "event", options.event);
    ask_text(&ask, "separator", options.separator == 0 ? "," : ";");
    ask_bool(&ask, "auditor", options.auditor);
    code = ask_send(&ask);
    if (code == 0) {
        code = write_folder(&ask, &options);
    }
    ask_fini(&ask);
    return code;
}
