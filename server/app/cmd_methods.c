/* stimmwerk methods */
#include "app/command.h"
#include "app/methods_print.h"
#include "app/options.h"

#include <stdio.h>

#define OUT_BYTES_MAX (1024UL * 1024)

struct methods_command {
    bool json;
    bool markdown;
    const char *name;
};

#define FIELD(name) offsetof(struct methods_command, name)

static const struct option_row ROWS[] = {
    {.name = "json",
     .kind = OPTION_FLAG,
     .offset = FIELD(json),
     .help = "an array of objects; of METHOD one object"},
    {.name = "markdown",
     .kind = OPTION_FLAG,
     .offset = FIELD(markdown),
     .help = "the tables for a document"},
};

static const struct options_table TABLE = {
    .command = "stimmwerk methods",
    .summary = "Lists the counting methods and what is proven of them; of METHOD all "
               "there is to know, with its settings.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
    .words = "[METHOD]",
    .words_offset = FIELD(name),
    .word_max = 1,
};

#undef FIELD

static int print(const struct methods_command *command, const struct tally_method *method)
{
    struct buf out;
    buf_init(&out, OUT_BYTES_MAX);
    if (command->json) {
        methods_print_json(&out, method);
    } else if (command->markdown) {
        methods_print_markdown(&out, method);
    } else {
        methods_print_text(&out, method);
    }
    bool fine = !buf_failed(&out) &&
                fwrite(out.data, 1, out.bytes, stdout) == out.bytes &&
                fflush(stdout) == 0;
    buf_fini(&out);
    if (!fine) {
        fputs("stimmwerk methods: the list can't be written\n", stderr);
    }
    return fine ? 0 : 1;
}

int cmd_methods(int argc, char **argv)
{
    struct methods_command command = {.name = NULL};
    const struct tally_method *method = NULL;
    int code = options_parse(&TABLE, argc, argv, &command, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    if (command.json && command.markdown) {
        return options_refuse(&TABLE, "--json or --markdown, not both");
    }
    if (command.name != NULL) {
        method = tally_method_find(command.name);
        if (method == NULL) {
            return options_refuse(&TABLE, "unknown method \"%s\"", command.name);
        }
    }
    return print(&command, method);
}
