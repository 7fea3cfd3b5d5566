/* What the commands with --store share: asking, and saying what went wrong. */
#ifndef APP_CMD_ASK_H
#define APP_CMD_ASK_H

#include "app/options.h"
#include "base/buf.h"

#include <cjson/cJSON.h>

/* Rows that several commands have. */
#define OPTION_ROW_STORE(at)                                                             \
    {                                                                                    \
        .name = "store", .kind = OPTION_TEXT, .offset = (at), .value = "URL",            \
        .required = true,                                                                \
        .help = "where the events lie: sqlite:PATH; a server that has it open is asked"  \
    }
#define OPTION_ROW_EVENT(at)                                                             \
    {                                                                                    \
        .name = "event", .kind = OPTION_TEXT, .offset = (at), .value = "EVENT",          \
        .required = true, .help = "the event's code or its number"                       \
    }
#define OPTION_ROW_BASE(at)                                                              \
    {                                                                                    \
        .name = "base", .kind = OPTION_TEXT, .offset = (at), .value = "URL",             \
        .help = "how links begin (default: as the server says by its base-url, else "    \
                "http://127.0.0.1:8080)"                                                 \
    }
#define OPTION_ROW_JSON(at)                                                              \
    {                                                                                    \
        .name = "json", .kind = OPTION_FLAG, .offset = (at),                             \
        .help = "prints one JSON object instead of words"                                \
    }

struct ask {
    const struct options_table *table;
    const char *store;
    bool create;
    struct buf request; /* JSON; ask_fini */
    cJSON *answer;      /* owned */
};

/* Starts a request: `{"do":"CODE"`; further members with ask_member. */
void ask_init(
    struct ask *ask, const struct options_table *table, const char *store,
    const char *code);
void ask_text(struct ask *ask, const char *name, const char *value);
void ask_int(struct ask *ask, const char *name, int64_t value);
void ask_bool(struct ask *ask, const char *name, bool value);

/* Sends it. 0: `answer` holds an answer that says ok; else the exit code, after a line on
 * stderr: 2 for a value that was refused, 1 for anything else. */
int ask_send(struct ask *ask);
void ask_fini(struct ask *ask);

/* A text of the answer, "" if there is none. */
const char *ask_answer_text(const struct ask *ask, const char *name);

/* Says on stderr that something went wrong; returns 1. */
int ask_fail(const struct ask *ask, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* How links begin: `base` if it was given, else what the answer says, else our own port.
 */
const char *ask_base(const struct ask *ask, const char *base);

/* Checks --base, which may be NULL. OPTIONS_GO or 2. */
int ask_check_base(const struct options_table *table, const char *base);

#endif
