/* stimmwerk backup: the store copies itself to a file beside it, and this process, with
 * its own rights, brings the copy to where it is wanted. */
#include "app/backup_file.h"
#include "app/cmd_ask.h"
#include "app/command.h"
#include "app/err_text.h"
#include "app/passphrase.h"
#include "app/store_path.h"
#include "base/bounds.h"
#include "trust/trust.h"

#include <errno.h>
#include <fcntl.h>
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
        "a backup back; `stimmwerk serve --backup DIR` makes one every minute.",
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

struct errand {
    struct ask ask;
    const struct backup_options *options;
    struct span passphrase;
    char *keys;      /* owned; the folder */
    struct buf copy; /* the path of the copy beside the store */
    struct buf keys_before;
};

static int complain(const struct errand *errand, enum err err)
{
    const char *out = errand->options->out;
    return ask_fail(
        &errand->ask, "%s: %s", out,
        err == ERR_IO && errno != 0 ? errno_text() : err_text(err));
}

static enum err carry(struct errand *errand)
{
    struct wrap_key key;
    bool wrapped = errand->passphrase.bytes > 0;
    const char *copy = (const char *)errand->copy.data;
    struct backup_source source = {
        .copy = open(copy, O_RDONLY | O_CLOEXEC | O_NOFOLLOW),
        .keys_before = buf_span(&errand->keys_before),
        .keys = errand->keys,
    };
    if (source.copy < 0) {
        return ERR_IO;
    }
    (void)unlink(copy); /* from here on it has no name to be left under */
    enum err err = wrapped ? wrap_key_new(errand->passphrase, WRAP_COST, &key) : ERR_OK;
    if (err == ERR_OK) {
        errno = 0;
        err = backup_file_write(&source, wrapped ? &key : NULL, errand->options->out);
    }
    trust_wipe(&key, sizeof key);
    close(source.copy);
    return err;
}

static int back_up(struct errand *errand)
{
    const struct backup_options *options = errand->options;
    enum err err = ERR_OK;
    if (access(options->out, F_OK) == 0) {
        return ask_fail(&errand->ask, "%s is there already", options->out);
    }
    errno = 0;
    errand->keys = path_beside(store_path(options->store), STORE_KEYS_SUFFIX);
    if (errand->keys == NULL || !absolute(store_path(options->store), &errand->copy)) {
        return ask_fail(&errand->ask, "%s: %s", options->store, errno_text());
    }
    buf_printf(&errand->copy, STORE_COPY_SUFFIX "-%ld", (long)getpid());
    if (buf_failed(&errand->copy)) {
        return complain(errand, ERR_TOO_LARGE);
    }
    if (errand->passphrase.bytes > 0) {
        err = trust_keys_pack(errand->keys, &errand->keys_before);
    }
    if (err != ERR_OK) {
        return complain(errand, err);
    }
    ask_text(&errand->ask, "out", (const char *)errand->copy.data);
    int code = ask_send(&errand->ask);
    if (code == 0) {
        err = carry(errand);
        code = err == ERR_OK ? 0 : complain(errand, err);
    }
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
    struct errand errand = {
        .options = &options, .passphrase = span_of(passphrase.text, passphrase.bytes)};
    buf_init(&errand.copy, 4096);
    buf_init(&errand.keys_before, BACKUP_KEYS_BYTES_MAX);
    ask_init(&errand.ask, &TABLE, options.store, "backup");
    code = back_up(&errand);
    ask_fini(&errand.ask);
    trust_wipe(errand.keys_before.data, errand.keys_before.capacity);
    buf_fini(&errand.keys_before);
    buf_fini(&errand.copy);
    free(errand.keys);
    passphrase_wipe(&passphrase);
    if (code == 0) {
        puts(options.out);
    }
    return code;
}
