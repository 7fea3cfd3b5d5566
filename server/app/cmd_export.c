/* stimmwerk export */
#include "app/cmd_ask.h"
#include "app/command.h"
#include "app/err_text.h"
#include "base/bounds.h"
#include "base/hex.h"

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
               "participation; ballots of scores and dots in a file for each poll; "
               "drawings and photographs of ideas. "
               "Ballots obey each poll's publication level.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
};

#undef FIELD

#define PICTURES "pictures" /* the folder below the folder */

/* A file takes its place only when it is whole. */
static bool write_file(int folder, const char *name, struct span body, mode_t mode)
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
    bool fine =
        fchmod(fd, mode) == 0 && fwrite(body.data, 1, body.bytes, file) == body.bytes;
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

/* 12-drawing.svg, 12-photo.jpg, 12-photo.webp */
static bool is_picture_name(const char *name)
{
    static const char *const TAILS[] = {"-drawing.svg", "-photo.jpg", "-photo.webp"};
    size_t digits = strspn(name, "0123456789");
    bool is = false;
    for (size_t i = 0; i < sizeof TAILS / sizeof TAILS[0]; i++) {
        is = is || strcmp(name + digits, TAILS[i]) == 0;
    }
    return is && digits > 0;
}

/* What an earlier export left of polls and ideas that this one does not hold: a folder
 * for the public must not keep an auditor's. False: it can't be looked through. */
static bool drop_old(int folder, const char *below, bool is_ours(const char *name))
{
    int copy = openat(folder, below, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = copy >= 0 ? fdopendir(copy) : NULL;
    if (entries == NULL) {
        return copy < 0 && errno == ENOENT;
    }
    bool fine = true;
    const struct dirent *entry;
    while ((entry = readdir(entries)) != NULL) {
        if (is_ours(entry->d_name)) {
            fine = unlinkat(dirfd(entries), entry->d_name, 0) == 0 && fine;
        }
    }
    (void)closedir(entries);
    return fine;
}

/* Makes the folder of pictures and writes one into it. `name`: without the folder's. */
static bool write_picture(int folder, const char *name, struct span body, mode_t mode)
{
    mode_t folder_mode = mode == 0600 ? 0700 : 0755;
    if (mkdirat(folder, PICTURES, folder_mode) != 0 && errno != EEXIST) {
        return false;
    }
    int below = openat(folder, PICTURES, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine = below >= 0 && write_file(below, name, body, mode);
    if (below >= 0) {
        (void)close(below);
    }
    return fine;
}

/* One of the answer's files; 0, or what ask_fail gave. */
static int write_one(
    const struct ask *ask, const struct export_command *options, int folder,
    const char *name, struct span body)
{
    static const char BELOW[] = PICTURES "/";
    size_t bytes = sizeof BELOW - 1;
    mode_t mode = options->auditor ? 0600 : 0644;
    bool picture = strncmp(name, BELOW, bytes) == 0 && is_picture_name(name + bytes);
    if (!picture && !is_plain_name(name)) {
        return ask_fail(ask, "the server's answer can't be read");
    }
    bool fine = picture ? write_picture(folder, name + bytes, body, mode)
                        : write_file(folder, name, body, mode);
    if (!fine) {
        return ask_fail(ask, "can't write %s/%s: %s", options->out, name, errno_text());
    }
    printf("%s/%s\n", options->out, name);
    return 0;
}

/* The bytes of a file: its text, or what its hex digits say, which go to `hex`. */
static bool body_of(const cJSON *file, struct buf *hex, struct span *ret_body)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(file, "text"));
    const char *digits =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(file, "hex"));
    if (digits == NULL) {
        *ret_body = span_of_string(text != NULL ? text : "");
        return text != NULL;
    }
    size_t bytes = strlen(digits) / 2;
    buf_clear(hex);
    buf_bytes(hex, digits, bytes); /* room for them */
    if (buf_failed(hex) ||
        hex_decode(digits, strlen(digits), hex->data, bytes) != ERR_OK) {
        return false;
    }
    *ret_body = buf_span(hex);
    return true;
}

/* Pictures that had no room, or are not as they were written. */
static void tell_left_out(const struct ask *ask)
{
    const cJSON *left_out = cJSON_GetObjectItemCaseSensitive(ask->answer, "left_out");
    if (cJSON_IsNumber(left_out) && left_out->valuedouble > 0) {
        fprintf(
            stderr, "%s: %.0f pictures are left out: too large together, or damaged\n",
            ask->table->command, left_out->valuedouble);
    }
}

static int
write_files(const struct ask *ask, const struct export_command *options, int folder)
{
    const cJSON *files = cJSON_GetObjectItemCaseSensitive(ask->answer, "files");
    const cJSON *file = NULL;
    int code = 0;
    struct buf hex;
    buf_init(&hex, PHOTO_BYTES_MAX);
    cJSON_ArrayForEach(file, files)
    {
        struct span body;
        const char *name =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(file, "name"));
        if (code == 0) {
            code = name != NULL && body_of(file, &hex, &body)
                       ? write_one(ask, options, folder, name, body)
                       : ask_fail(ask, "the server's answer can't be read");
        }
    }
    buf_fini(&hex);
    tell_left_out(ask);
    return code;
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
    bool clear = drop_old(folder, ".", is_points_name) &&
                 drop_old(folder, PICTURES, is_picture_name);
    int code =
        clear ? write_files(ask, options, folder)
              : ask_fail(
                    ask, "can't clear old ballots in %s: %s", options->out, errno_text());
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
