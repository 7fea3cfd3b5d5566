/* stimmwerk event list */
#include "app/cmd_ask.h"
#include "app/command.h"

#include <stdlib.h>

struct list_options {
    const char *store;
    bool json;
};

#define FIELD(name) offsetof(struct list_options, name)

static const struct option_row ROWS[] = {
    OPTION_ROW_STORE(FIELD(store)),
    OPTION_ROW_JSON(FIELD(json)),
};

static const struct options_table TABLE = {
    .command = "stimmwerk event list",
    .summary = "Lists the events of a store.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
};

#undef FIELD

static const char *text_of(const cJSON *event, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(event, key));
    return text != NULL ? text : "";
}

static int number_of(const cJSON *event, const char *key)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(event, key);
    return cJSON_IsNumber(number) ? number->valueint : 0;
}

static int print_json(const struct ask *ask)
{
    char *text =
        cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(ask->answer, "events"));
    if (text == NULL) {
        return ask_fail(ask, "out of memory");
    }
    puts(text);
    free(text);
    return 0;
}

static void print_table(const cJSON *events)
{
    const cJSON *event = NULL;
    puts("number  code    mode    people  tickets  ideas  polls  title");
    cJSON_ArrayForEach(event, events)
    {
        printf(
            "%6d  %-6s  %-6s  %6d  %7d  %5d  %5d  %s\n", number_of(event, "id"),
            text_of(event, "event"), text_of(event, "mode"),
            number_of(event, "participants"), number_of(event, "tickets"),
            number_of(event, "ideas"), number_of(event, "polls"),
            text_of(event, "title"));
    }
}

int cmd_event_list(int argc, char **argv)
{
    struct list_options options = {.store = NULL};
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    struct ask ask;
    ask_init(&ask, &TABLE, options.store, "event.list");
    code = ask_send(&ask);
    if (code == 0 && options.json) {
        code = print_json(&ask);
    } else if (code == 0) {
        print_table(cJSON_GetObjectItemCaseSensitive(ask.answer, "events"));
    }
    ask_fini(&ask);
    return code;
}
