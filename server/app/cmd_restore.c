/* stimmwerk restore: makes a store from a backup, enters in each event's history that
 * this happened, and says what was lost. */
#include "app/backup_file.h"
#include "app/command.h"
#include "app/err_text.h"
#include "app/hall.h"
#include "app/options.h"
#include "app/passphrase.h"
#include "app/restore.h"
#include "app/store_path.h"
#include "trust/trust.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
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
        "Makes a store from a backup and says what it holds. What was stored after the "
        "backup is lost; phones that come back start from what is there.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
    .notes =
        "An encrypted backup brings its keys along. For another put the folder of keys\n"
        "at PATH.keys first, or use --without-keys. Stop the old server before: two\n"
        "halls with the same event would both take ballots.",
};

#undef FIELD

static int fail(const struct restore_options *options, enum err err)
{
    const char *path = store_path(options->store);
    switch ((int)err) {
    case ERR_NOT_FOUND:
        fprintf(stderr, "%s: %s: there is no such file\n", TABLE.command, options->from);
        break;
    case ERR_FOREIGN:
        fprintf(
            stderr, "%s: %s is no backup of Stimmwerk\n", TABLE.command, options->from);
        break;
    case ERR_LOCKED:
        fprintf(
            stderr, "%s: %s or %s.keys is there already: move it away first\n",
            TABLE.command, path, path);
        break;
    case ERR_PASSPHRASE:
        fprintf(
            stderr,
            "%s: %s: the passphrase (--passphrase-file) does not fit, or the file is "
            "damaged\n",
            TABLE.command, options->from);
        break;
    case ERR_DAMAGED:
        fprintf(
            stderr, "%s: %s is damaged: take another\n", TABLE.command, options->from);
        break;
    case ERR_KEYS_MISSING:
        fprintf(
            stderr,
            "%s: the keys are missing: put their folder at %s.keys, or give up what "
            "needs "
            "them (--without-keys: open polls are annulled, tickets void)\n",
            TABLE.command, path);
        break;
    default:
        fprintf(
            stderr, "%s: %s (%s)\n", TABLE.command,
            err == ERR_IO && errno != 0 ? errno_text() : err_text(err), err_code(err));
    }
    return 1;
}

/* A log beside the file holds what is not in it. */
static bool has_log(const char *from)
{
    char *log = path_beside(from, "-wal");
    bool there = log != NULL && access(log, F_OK) == 0;
    free(log);
    return there;
}

/* Undoes what backup_file_read made: the backup could not be used. */
static void take_back(const char *path, const char *keys, bool made_keys)
{
    static const char *const endings[] = {"", "-wal", "-journal"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char *file = path_beside(path, endings[i]);
        if (file != NULL) {
            (void)unlink(file);
        }
        free(file);
    }
    if (made_keys) {
        (void)trust_keys_remove(keys);
    }
}

static int restore(const struct restore_options *options, struct span passphrase)
{
    const char *path = store_path(options->store);
    char *keys = path_beside(path, STORE_KEYS_SUFFIX);
    if (keys == NULL) {
        return fail(options, ERR_NOMEM);
    }
    bool had_keys = access(keys, F_OK) == 0;
    errno = 0;
    enum err err = backup_file_read(options->from, passphrase, path, keys);
    if (err == ERR_OK) {
        bool brought = !had_keys && access(keys, F_OK) == 0;
        err = restore_enter(options->store, options->without_keys || brought);
        if (err != ERR_OK) {
            take_back(path, keys, !had_keys);
        }
    }
    free(keys);
    return err == ERR_OK ? 0 : fail(options, err);
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
    if (has_log(options.from)) {
        fprintf(
            stderr,
            "%s: beside %s lies its log (-wal): a server has it open or was cut off. "
            "Start the server with it; it needs no restoring\n",
            TABLE.command, options.from);
        return 1;
    }
    code = passphrase_need(TABLE.command, options.passphrase_file, &passphrase);
    if (code == 0) {
        code = restore(&options, span_of(passphrase.text, passphrase.bytes));
    }
    passphrase_wipe(&passphrase);
    return code;
}
