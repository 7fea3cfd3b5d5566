/* stimmwerk event archive, stimmwerk event delete */
#include "app/cmd_ask.h"
#include "app/command.h"

/* ---- archive ---- */

struct archive_options {
    const char *store;
    const char *event;
    bool undo;
};

#define FIELD(name) offsetof(struct archive_options, name)

static const struct option_row ARCHIVE_ROWS[] = {
    OPTION_ROW_STORE(FIELD(store)),
    OPTION_ROW_EVENT(FIELD(event)),
    {.name = "undo",
     .kind = OPTION_FLAG,
     .offset = FIELD(undo),
     .help = "takes it back: the event goes on"},
};

#undef FIELD

static const struct options_table ARCHIVE = {
    .command = "stimmwerk event archive",
    .summary =
        "Ends an event: it can be looked at and exported, and nothing more happens "
        "in it. Refused while a poll is open.",
    .rows = ARCHIVE_ROWS,
    .row_count = sizeof ARCHIVE_ROWS / sizeof ARCHIVE_ROWS[0],
};

int cmd_event_archive(int argc, char **argv)
{
    struct archive_options options = {.store = NULL};
    int code = options_parse(&ARCHIVE, argc, argv, &options, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    struct ask ask;
    ask_init(&ask, &ARCHIVE, options.store, "event.archive");
    ask_text(&ask, "event", options.event);
    ask_bool(&ask, "on", !options.undo);
    code = ask_send(&ask);
    if (code == 0) {
        printf(
            "event      %s %s\n", ask_answer_text(&ask, "event"),
            options.undo ? "goes on" : "is archived");
    }
    ask_fini(&ask);
    return code;
}

/* ---- delete ---- */

struct delete_options {
    const char *store;
    const char *event;
    const char *confirm;
};

#define FIELD(name) offsetof(struct delete_options, name)

static const struct option_row DELETE_ROWS[] = {
    OPTION_ROW_STORE(FIELD(store)),
    OPTION_ROW_EVENT(FIELD(event)),
    {.name = "confirm",
     .kind = OPTION_TEXT,
     .offset = FIELD(confirm),
     .value = "CODE",
     .required = true,
     .help = "the event's code once more: there is no way back"},
};

#undef FIELD

static const struct options_table DELETE_TABLE = {
    .command = "stimmwerk event delete",
    .summary =
        "Deletes an event with all its people, ideas, pictures, ballots and keys. "
        "Nothing of it is left in the store; backups keep it until they are replaced. "
        "Refused while a poll is open.",
    .rows = DELETE_ROWS,
    .row_count = sizeof DELETE_ROWS / sizeof DELETE_ROWS[0],
};

int cmd_event_delete(int argc, char **argv)
{
    struct delete_options options = {.store = NULL};
    int code = options_parse(&DELETE_TABLE, argc, argv, &options, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    struct ask ask;
    ask_init(&ask, &DELETE_TABLE, options.store, "event.delete");
    ask_text(&ask, "event", options.event);
    ask_text(&ask, "confirm", options.confirm);
    code = ask_send(&ask);
    if (code == 0) {
        printf("event      %s is deleted\n", ask_answer_text(&ask, "event"));
        puts("Backups keep it until they are replaced.");
    }
    ask_fini(&ask);
    return code;
}
