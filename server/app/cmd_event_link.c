/* stimmwerk event link */
#include "app/cmd_event.h"
#include "app/command.h"
#include "app/links.h"

struct link_options {
    const char *store;
    const char *event;
    const char *base;
    int64_t role; /* which of ROLES */
    bool json;
};

#define ROLES "owner|moderator|helper|auditor"

#define FIELD(name) offsetof(struct link_options, name)

static const struct option_row ROWS[] = {
    OPTION_ROW_STORE(FIELD(store)),
    OPTION_ROW_EVENT(FIELD(event)),
    {.name = "role",
     .kind = OPTION_CHOICE,
     .offset = FIELD(role),
     .value = ROLES,
     .fallback = "moderator",
     .help = "owner: also makes and revokes links; moderator: ideas, agenda, polls; "
             "helper: ideas only; auditor: looks, and gets the export"},
    OPTION_ROW_BASE(FIELD(base)),
    OPTION_ROW_JSON(FIELD(json)),
};

static const struct options_table TABLE = {
    .command = "stimmwerk event link",
    .summary = "Prints a new link to the desk. It works once, within 24 hours.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
};

#undef FIELD

static void print_json(const struct ask *ask, const char *base)
{
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(ask->answer, "id");
    const char *event = ask_answer_text(ask, "event");
    const char *token = ask_answer_text(ask, "token");
    printf(
        "{\"event\":\"%s\",\"id\":%d,\"token\":\"%s\",\"link\":\"%s%s%s\","
        "\"join\":\"%s%s%s\",\"stage\":\"%s%s%s.%s\"}\n",
        event, id != NULL ? id->valueint : 0, token, base, LINK_DESK, token, base,
        LINK_JOIN, event, base, LINK_STAGE, event, ask_answer_text(ask, "stage_key"));
}

void event_print_link(
    const struct ask *ask, const char *base, const char *role, bool json)
{
    if (json) {
        print_json(ask, base);
        return;
    }
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(ask->answer, "id");
    const char *event = ask_answer_text(ask, "event");
    printf("event      %s (number %d)\n", event, id != NULL ? id->valueint : 0);
    printf("join       %s%s%s\n", base, LINK_JOIN, event);
    printf("%-9s  %s%s%s\n", role, base, LINK_DESK, ask_answer_text(ask, "token"));
    printf(
        "stage      %s%s%s.%s\n", base, LINK_STAGE, event,
        ask_answer_text(ask, "stage_key"));
    printf("The %s's link works once, within 24 hours.\n", role);
}

int cmd_event_link(int argc, char **argv)
{
    static const char *const names[] = {"owner", "moderator", "helper", "auditor"};
    struct link_options options = {.store = NULL};
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code == OPTIONS_GO) {
        code = ask_check_base(&TABLE, options.base);
    }
    if (code != OPTIONS_GO) {
        return code;
    }
    struct ask ask;
    ask_init(&ask, &TABLE, options.store, "event.link");
    ask_text(&ask, "event", options.event);
    ask_text(&ask, "role", names[options.role]);
    code = ask_send(&ask);
    if (code == 0) {
        event_print_link(
            &ask, ask_base(&ask, options.base), names[options.role], options.json);
    }
    ask_fini(&ask);
    return code;
}
