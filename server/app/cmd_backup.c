/* stimmwerk backup */
#include "app/cmd_ask.h"
#include "app/command.h"
#include "app/err_text.h"

#include <stdlib.h>
#include <unistd.h>

struct backup_options {
    const char *store;
    const char *out;
};

#define FIELD(name) offsetof(struct backup_options, name)

static const struct option_row ROWS[] = {
    OPTION_ROW_STORE(FIELD(store)),
    {.name = "out",
     .kind = OPTION_TEXT,
     .offset = FIELD(out),
     .value = "FILE",
     .required = true,
     .help = "the copy; a new file"},
};

static const struct options_table TABLE = {
    .command = "stimmwerk backup",
    .summary = "Copies a store, consistent, while it is in use.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
    .notes =
        "The keys beside the store (PATH.keys) are not in the copy: without them open\n"
        "polls can't go on and tickets can't be redeemed. Keep a copy of that folder\n"
        "too, elsewhere.",
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

int cmd_backup(int argc, char **argv)
{
    struct backup_options options = {.store = NULL};
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    struct ask ask;
    struct buf path;
    buf_init(&path, 4096);
    ask_init(&ask, &TABLE, options.store, "backup");
    if (access(options.out, F_OK) == 0) {
        code = ask_fail(&ask, "%s is there already", options.out);
    } else if (!absolute(options.out, &path)) {
        code = ask_fail(&ask, "%s: %s", options.out, errno_text());
    } else {
        ask_text(&ask, "out", (const char *)path.data);
        code = ask_send(&ask);
    }
    if (code == 0) {
        puts(ask_answer_text(&ask, "out"));
    }
    buf_fini(&path);
    ask_fini(&ask);
    return code;
}
