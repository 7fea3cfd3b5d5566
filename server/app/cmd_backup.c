/* stimmwerk backup: the store copies itself to a file beside it, and this process, with
 * its own rights, brings the copy to where it is wanted. */
#include "app/backup_file.h"
#include "app/cmd_ask.h"
#include "app/command.h"
#include "app/err_text.h"
#include "app/passphrase.h"
#include "app/store_path.h"
#include "trust/trust.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct backup_options {
    const char *store;
    const char *out;
    const char *passphrase_file;
};

#define FIELD(name) offsetof(struct backup_options, name)

static const struct option_row ROWS[] = {
    OPTION_ROW_STORE(FIELD(store)),
    {.name = "out",
     .kind = OPTION_TEXT,
     .offset = FIELD(out),
     .value = "FILE",
     .required = true,
     .help = "the backup; a new file"},
    {.name = "passphrase-file",
     .kind = OPTION_TEXT,
     .offset = FIELD(passphrase_file),
     .value = "FILE",
     .help = "encrypts it under the first line of this file, and puts the keys in"},
};

static const struct options_table TABLE = {
    .command = "stimmwerk backup",
    .summary = "Copies a store, consistent, while it is in use.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
    .notes =
        "The keys beside the store (PATH.keys) are in the copy only if it is encrypted.\n"
        "Without them open polls can't go on after a restore, and tickets can't be\n"
        "redeemed: keep a copy of that folder too, elsewhere. `stimmwerk restore` "
        "brings\n"
        "a backup back; `stimmwerk serve --backup FILE` makes one every minute.",
};

#undef FIELD

/* The server may stand in another folder. */
static bool absolute(const char *path, struct buf *out)
{
    char *here = path[0] == '/' ? NULL : getcwd(NULL, 0);
    if (path[0] != '/') {
        buf_text(out, here != NULL ? here : "");
        buf_char(out, '/');
    }
    buf_text(out, path);
    bool fine = !buf_failed(out) && (path[0] == '/' || here != NULL);
    free(here);
    return fine;
}

static int carry(
    const struct ask *ask, const struct backup_options *options,
    const struct passphrase *passphrase, const char *copy)
{
    struct wrap_key key;
    bool wrapped = passphrase->bytes > 0;
    char *keys = path_beside(store_path(options->store), STORE_KEYS_SUFFIX);
    enum err err = keys != NULL ? ERR_OK : ERR_NOMEM;
    if (err == ERR_OK && wrapped) {
        err = wrap_key_new(span_of(passphrase->text, passphrase->bytes), &key);
    }
    errno = 0;
    if (err == ERR_OK) {
        err = backup_file_write(copy, keys, wrapped ? &key : NULL, options->out);
    }
    trust_wipe(&key, sizeof key);
    free(keys);
    if (err == ERR_IO && errno != 0) {
        return ask_fail(ask, "%s: %s", options->out, errno_text());
    }
    return err == ERR_OK ? 0 : ask_fail(ask, "%s: %s", options->out, err_text(err));
}

static int back_up(
    struct ask *ask, const struct backup_options *options,
    const struct passphrase *passphrase)
{
    struct buf copy;
    buf_init(&copy, 4096);
    int code = 0;
    if (access(options->out, F_OK) == 0) {
        code = ask_fail(ask, "%s is there already", options->out);
    } else if (!absolute(store_path(options->store), &copy)) {
        code = ask_fail(ask, "%s: %s", options->store, errno_text());
    } else {
        buf_printf(&copy, STORE_COPY_SUFFIX "-%ld", (long)getpid());
        ask_text(ask, "out", (const char *)copy.data);
        code = ask_send(ask);
        if (code == 0) {
            code = carry(ask, options, passphrase, (const char *)copy.data);
        }
        (void)unlink((const char *)copy.data);
    }
    buf_fini(&copy);
    return code;
}

int cmd_backup(int argc, char **argv)
{
    struct backup_options options = {.store = NULL};
    struct passphrase passphrase;
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    code = passphrase_need(TABLE.command, options.passphrase_file, &passphrase);
    if (code != 0) {
        return code;
    }
    struct ask ask;
    ask_init(&ask, &TABLE, options.store, "backup");
    code = back_up(&ask, &options, &passphrase);
    ask_fini(&ask);
    passphrase_wipe(&passphrase);
    if (code == 0) {
        puts(options.out);
    }
    return code;
}
