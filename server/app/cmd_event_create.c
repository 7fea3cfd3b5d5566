/* stimmwerk event create */
#include "app/cmd_ask.h"
#include "app/cmd_event.h"
#include "app/command.h"
#include "base/bounds.h"
#include "wire/utf8_text.h"

struct create_options {
    const char *store;
    const char *title;
    const char *langs; /* "de,en" */
    const char *base;
    int64_t mode;
    int64_t template; /* which of TEMPLATES */
    struct option_list groups;
    struct option_list tags;
    struct option_list challenges;
    bool youth;
    bool nicknames;
    bool json;
};

#define TEMPLATES "none|hackathon|workshop|class|quick"

#define FIELD(name) offsetof(struct create_options, name)

static const struct option_row ROWS[] = {
    OPTION_ROW_STORE(FIELD(store)),
    {.name = "title",
     .kind = OPTION_TEXT,
     .offset = FIELD(title),
     .value = "TEXT",
     .required = true,
     .help = "what is written over the event, at most 120 characters"},
    {.name = "lang",
     .kind = OPTION_TEXT,
     .offset = FIELD(langs),
     .value = "LANGS",
     .fallback = "de,en",
     .help = "its languages, the first is the title's"},
    {.name = "mode",
     .kind = OPTION_CHOICE,
     .offset = FIELD(mode),
     .value = "open|ticket",
     .fallback = "open",
     .help =
         "open: the event's code lets in, one participant a browser; ticket: a printed "
         "ticket does, one participant a ticket"},
    {.name = "template",
     .kind = OPTION_CHOICE,
     .offset = FIELD(template),
     .value = TEMPLATES,
     .fallback = "none",
     .help = "the agenda to begin with: hackathon (a day), workshop (two hours), class "
             "(45 minutes), quick (one vote)"},
    {.name = "youth",
     .kind = OPTION_FLAG,
     .offset = FIELD(youth),
     .help = "for the young: larger, with pictures, two ideas at a time first"},
    {.name = "nicknames",
     .kind = OPTION_FLAG,
     .offset = FIELD(nicknames),
     .help = "people get made-up nicknames, which stand beside their ideas"},
    {.name = "group",
     .kind = OPTION_LIST,
     .offset = FIELD(groups),
     .value = "NAME",
     .help = "a group that people can be in, at most 40 characters; may be given again, "
             "up to 60 times"},
    {.name = "tag",
     .kind = OPTION_LIST,
     .offset = FIELD(tags),
     .value = "NAME",
     .help =
         "a tag for ideas, at most 40 characters; may be given again, up to 30 times"},
    {.name = "challenge",
     .kind = OPTION_LIST,
     .offset = FIELD(challenges),
     .value = "NAME",
     .help = "a challenge that ideas answer and groups work on, at most 40 characters; "
             "may be given again, up to 12 times"},
    OPTION_ROW_BASE(FIELD(base)),
    OPTION_ROW_JSON(FIELD(json)),
};

static const struct options_table TABLE = {
    .command = "stimmwerk event create",
    .summary =
        "Makes an event, and the store if there is none. Prints the code to join and "
        "its owner's link.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
};

#undef FIELD

static bool langs_valid(const char *langs)
{
    size_t count = 0;
    for (const char *at = langs;; count++) {
        char lang[LANG_BYTES_MAX];
        size_t bytes = strcspn(at, ",");
        if (bytes == 0 || bytes >= sizeof lang || count == LANGS_MAX) {
            return false;
        }
        memcpy(lang, at, bytes);
        lang[bytes] = '\0';
        if (!lang_valid(lang)) {
            return false;
        }
        if (at[bytes] == '\0') {
            return true;
        }
        at += bytes + 1;
    }
}

/* Appends `,"langs":["de","en"]`. */
static void add_langs(struct buf *request, const char *langs)
{
    buf_text(request, ",\"langs\":[");
    for (const char *at = langs; *at != '\0';) {
        size_t bytes = strcspn(at, ",");
        buf_text(request, at != langs ? "," : "");
        buf_json_string(request, span_of(at, bytes));
        at += bytes + (at[bytes] == ',' ? 1 : 0);
    }
    buf_char(request, ']');
}

/* Appends `,"groups":["Rot","Blau"]`. */
static void
add_names(struct buf *request, const char *key, const struct option_list *names)
{
    buf_printf(request, ",\"%s\":[", key);
    for (size_t i = 0; i < names->count; i++) {
        buf_text(request, i > 0 ? "," : "");
        buf_json_string(request, span_of_string(names->words[i]));
    }
    buf_char(request, ']');
}

int cmd_event_create(int argc, char **argv)
{
    static const char *const templates[] = {
        "none", "hackathon", "workshop", "class", "quick"};
    struct create_options options = {.store = NULL};
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code == OPTIONS_GO) {
        code = ask_check_base(&TABLE, options.base);
    }
    if (code == OPTIONS_GO && !langs_valid(options.langs)) {
        code = options_refuse(
            &TABLE, "--lang is a list like de,en with at most %d languages, not \"%s\"",
            LANGS_MAX, options.langs);
    }
    if (code != OPTIONS_GO) {
        return code;
    }
    struct ask ask;
    ask_init(&ask, &TABLE, options.store, "event.create");
    ask.create = true;
    ask_text(&ask, "title", options.title);
    ask_text(&ask, "mode", options.mode == 0 ? "open" : "ticket");
    ask_text(&ask, "template", templates[options.template]);
    ask_bool(&ask, "youth", options.youth);
    ask_bool(&ask, "nicknames", options.nicknames);
    add_langs(&ask.request, options.langs);
    add_names(&ask.request, "groups", &options.groups);
    add_names(&ask.request, "tags", &options.tags);
    add_names(&ask.request, "challenges", &options.challenges);
    code = ask_send(&ask);
    if (code == 0) {
        event_print_link(&ask, ask_base(&ask, options.base), "owner", options.json);
    }
    ask_fini(&ask);
    return code;
}
