/* stimmwerk office */
#include "app/cmd_ask.h"
#include "app/command.h"
#include "app/links.h"

struct office_options {
    const char *store;
    const char *base;
    bool revoke;
    bool json;
};

#define FIELD(name) offsetof(struct office_options, name)

static const struct option_row ROWS[] = {
    OPTION_ROW_STORE(FIELD(store)),
    {.name = "revoke",
     .kind = OPTION_FLAG,
     .offset = FIELD(revoke),
     .help = "ends all links and sessions of the office instead"},
    OPTION_ROW_BASE(FIELD(base)),
    OPTION_ROW_JSON(FIELD(json)),
};

static const struct options_table TABLE = {
    .command = "stimmwerk office",
    .summary =
        "Prints a link to the office's page, which makes, archives and deletes events. "
        "It works once, within 15 minutes; what it opens ends after 12 hours.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
};

#undef FIELD

static void print_link(const struct ask *ask, const char *base, bool json)
{
    const char *token = ask_answer_text(ask, "token");
    if (json) {
        printf("{\"link\":\"%s%s%s\"}\n", base, LINK_OFFICE, token);
        return;
    }
    printf("office     %s%s%s\n", base, LINK_OFFICE, token);
    puts("For the office only: it works once, within 15 minutes.");
}

int cmd_office(int argc, char **argv)
{
    struct office_options options = {.store = NULL};
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code == OPTIONS_GO) {
        code = ask_check_base(&TABLE, options.base);
    }
    if (code != OPTIONS_GO) {
        return code;
    }
    struct ask ask;
    ask_init(
        &ask, &TABLE, options.store, options.revoke ? "office.revoke" : "office.link");
    code = ask_send(&ask);
    if (code == 0 && options.revoke) {
        puts(options.json ? "{}" : "All links and sessions of the office have ended.");
    } else if (code == 0) {
        print_link(&ask, ask_base(&ask, options.base), options.json);
    }
    ask_fini(&ask);
    return code;
}
