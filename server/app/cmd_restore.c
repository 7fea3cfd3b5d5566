/* stimmwerk restore: makes a store from a backup, enters in each event's history that
 * this happened, and says what was lost. */
#include "app/backup_file.h"
#include "app/command.h"
#include "app/err_text.h"
#include "app/options.h"
#include "app/passphrase.h"
#include "app/restore.h"
#include "app/store_path.h"
#include "base/fd.h"
#include "trust/trust.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct restore_options {
    const char *store;
    const char *from;
    const char *passphrase_file;
    bool without_keys;
};

#define FIELD(name) offsetof(struct restore_options, name)

static const struct option_row ROWS[] = {
    {.name = "store",
     .kind = OPTION_TEXT,
     .offset = FIELD(store),
     .value = "URL",
     .required = true,
     .help = "the store to make: sqlite:PATH, where nothing may be yet"},
    {.name = "from",
     .kind = OPTION_TEXT,
     .offset = FIELD(from),
     .value = "FILE",
     .required = true,
     .help = "a backup, encrypted or not; or a store that no server had open"},
    {.name = "passphrase-file",
     .kind = OPTION_TEXT,
     .offset = FIELD(passphrase_file),
     .value = "FILE",
     .help = "what an encrypted backup was made under"},
    {.name = "without-keys",
     .kind = OPTION_FLAG,
     .offset = FIELD(without_keys),
     .help = "gives up what needs keys that are lost: annuls open polls, seals closed "
             "ones, voids tickets"},
};

static const struct options_table TABLE = {
    .command = "stimmwerk restore",
    .summary =
        "Makes a store from a backup and says what it holds. Phones that come back bring "
        "again the votes that they cast after the backup; the rest of that time is lost.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
    .notes =
        "An encrypted backup brings its keys along. For another put the folder of keys\n"
        "at PATH.keys first, or use --without-keys. Stop the old server before: two\n"
        "halls with the same event would both take ballots.",
};

#undef FIELD

struct plan {
    const struct restore_options *options;
    struct span passphrase;
    const char *path; /* of the store to be */
    char *keys;       /* owned; likewise below */
    char *made;       /* the store in the making: PATH.restoring … */
    char *made_keys;  /* … and its keys */
    bool own_keys;    /* the keys at `keys` were put there, and are used as they are */
};

static int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

static int complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s: ", TABLE.command);
    vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
    return 1;
}

static int fail(const struct plan *plan, enum err err)
{
    const char *from = plan->options->from;
    switch ((int)err) {
    case ERR_NOT_FOUND:
        return complain("%s: there is no such file", from);
    case ERR_FOREIGN:
        return complain("%s is no backup of Stimmwerk", from);
    case ERR_PASSPHRASE:
        return complain("%s: the passphrase does not fit, or the file is damaged", from);
    case ERR_DAMAGED:
        return complain("%s, or a key at %s, is damaged: take another", from, plan->keys);
    case ERR_KEYS_MISSING:
        return complain(
            "keys are missing: put their folder at %s, or give up what needs them "
            "(--without-keys: open polls are annulled, tickets void)",
            plan->keys);
    default:
        return complain(
            "%s (%s)", err == ERR_IO && errno != 0 ? errno_text() : err_text(err),
            err_code(err));
    }
}

static bool is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

/* One of a store's own files: SQLite would read an old log into the new store. */
static int find_in_the_way(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-journal", "-shm"};
    int code = 0;
    for (size_t i = 0; code == 0 && i < sizeof endings / sizeof *endings; i++) {
        char *file = path_beside(path, endings[i]);
        if (file == NULL || is_there(file)) {
            code =
                complain("%s%s is there already: move it away first", path, endings[i]);
        }
        free(file);
    }
    return code;
}

/* A log beside the backup holds what is not in it. */
static int find_log(const char *from)
{
    char *log = path_beside(from, "-wal");
    bool there = log != NULL && is_there(log);
    free(log);
    return !there ? 0
                  : complain(
                        "beside %s lies its log (-wal): a server has it open or was cut "
                        "off. Start the server with it; it needs no restoring",
                        from);
}

static void remove_made(const struct plan *plan)
{
    static const char *const endings[] = {"", "-wal", "-journal"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char *file = path_beside(plan->made, endings[i]);
        if (file != NULL) {
            (void)unlink(file);
        }
        free(file);
    }
    (void)trust_keys_remove(plan->made_keys);
}

/* The store gets its name last: what is cut short before is no store to anybody. */
static enum err give_names(const struct plan *plan)
{
    if (!plan->own_keys && rename(plan->made_keys, plan->keys) != 0) {
        return fd_error();
    }
    if (rename(plan->made, plan->path) != 0) {
        return fd_error();
    }
    return fd_sync_parent(plan->path);
}

static enum err make(const struct plan *plan)
{
    const struct restore_options *options = plan->options;
    remove_made(plan); /* left by a try that was cut short */
    errno = 0;
    enum err err =
        backup_file_read(options->from, plan->passphrase, plan->made, plan->made_keys);
    if (err == ERR_OK) {
        const struct restored restored = {
            .store = plan->made,
            .keys = plan->own_keys ? plan->keys : plan->made_keys,
            .keys_may_be_lost = options->without_keys,
        };
        err = restore_enter(&restored);
    }
    if (err == ERR_OK) {
        err = give_names(plan);
    }
    if (err != ERR_OK) {
        int errno_then = errno;
        remove_made(plan);
        errno = errno_then;
    }
    return err;
}

static int restore(const struct plan *plan)
{
    bool wrapped = false;
    enum err err = backup_file_look(plan->options->from, &wrapped);
    if (err != ERR_OK) {
        return fail(plan, err);
    }
    if (wrapped && plan->passphrase.bytes == 0) {
        return complain("%s is encrypted: name a --passphrase-file", plan->options->from);
    }
    if (!wrapped && plan->passphrase.bytes > 0) {
        return complain(
            "%s is not encrypted, though a passphrase is given: is it the right file?",
            plan->options->from);
    }
    if (wrapped && is_there(plan->keys)) {
        return complain(
            "%s is there already, and the backup brings its own: move it away first",
            plan->keys);
    }
    int code = find_in_the_way(plan->path);
    if (code == 0) {
        code = find_log(plan->options->from);
    }
    if (code == 0) {
        err = make(plan);
        code = err == ERR_OK ? 0 : fail(plan, err);
    }
    return code;
}

static int carry_out(const struct restore_options *options, struct span passphrase)
{
    struct plan plan = {
        .options = options,
        .passphrase = passphrase,
        .path = store_path(options->store),
    };
    plan.keys = path_beside(plan.path, STORE_KEYS_SUFFIX);
    plan.made = path_beside(plan.path, ".restoring");
    plan.made_keys = path_beside(plan.path, ".restoring" STORE_KEYS_SUFFIX);
    int code = 1;
    if (plan.keys == NULL || plan.made == NULL || plan.made_keys == NULL) {
        code = complain("%s", err_text(ERR_NOMEM));
    } else {
        plan.own_keys = is_there(plan.keys);
        code = restore(&plan);
    }
    free(plan.made_keys);
    free(plan.made);
    free(plan.keys);
    return code;
}

int cmd_restore(int argc, char **argv)
{
    struct restore_options options = {.store = NULL};
    struct passphrase passphrase;
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    if (strncmp(options.store, "sqlite:", strlen("sqlite:")) != 0) {
        return options_refuse(
            &TABLE, "--store is sqlite:PATH, not \"%s\"", options.store);
    }
    code = passphrase_need(TABLE.command, options.passphrase_file, &passphrase);
    if (code == 0) {
        code = carry_out(&options, span_of(passphrase.text, passphrase.bytes));
    }
    passphrase_wipe(&passphrase);
    return code;
}
