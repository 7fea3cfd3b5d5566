#include "app/load_event.h"

#include "app/cmd_ask.h"
#include "trust/trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define TICKET_BYTES ((size_t)TRUST_TICKET_SYMBOLS + 1)

static int take_codes(struct ask *ask, size_t count, struct load_event *event)
{
    const cJSON *code = NULL;
    size_t i = 0;
    event->tickets = calloc(count, TICKET_BYTES);
    cJSON_ArrayForEach(code, cJSON_GetObjectItemCaseSensitive(ask->answer, "codes"))
    {
        const char *text = cJSON_GetStringValue(code);
        if (event->tickets != NULL && i < count && text != NULL) {
            snprintf(event->tickets + i++ * TICKET_BYTES, TICKET_BYTES, "%s", text);
        }
    }
    return i == count ? 0 : ask_fail(ask, "not as many tickets as were asked for");
}

static int issue(
    const struct options_table *table, const char *store, const char *code, size_t count,
    struct load_event *event)
{
    struct ask ask;
    ask_init(&ask, table, store, "event.tickets");
    ask_text(&ask, "event", code);
    ask_int(&ask, "count", (int64_t)count);
    int exit_code = ask_send(&ask);
    if (exit_code == 0) {
        exit_code = take_codes(&ask, count, event);
    }
    ask_fini(&ask);
    return exit_code;
}

int load_event_make(
    const struct options_table *table, const char *store, bool create, size_t tickets,
    struct load_event *ret_event)
{
    struct ask ask;
    char code[16] = "";
    ask_init(&ask, table, store, "event.create");
    ask.create = create;
    ask_text(&ask, "title", "Rehearsal");
    ask_text(&ask, "mode", tickets > 0 ? "ticket" : "open");
    buf_text(&ask.request, ",\"langs\":[\"en\"]");
    int exit_code = ask_send(&ask);
    if (exit_code == 0) {
        snprintf(
            ret_event->token, sizeof ret_event->token, "%s",
            ask_answer_text(&ask, "token"));
        snprintf(code, sizeof code, "%s", ask_answer_text(&ask, "event"));
    }
    ask_fini(&ask);
    return exit_code == 0 && tickets > 0 ? issue(table, store, code, tickets, ret_event)
                                         : exit_code;
}

enum err load_event_read(struct load_event *ret_event)
{
    size_t bytes = 0;
    char *token = ret_event->token;
    while (bytes + 1 < sizeof ret_event->token) {
        if (read(STDIN_FILENO, token + bytes, 1) != 1 || token[bytes] == '\n') {
            break;
        }
        bytes++;
    }
    token[bytes] = '\0';
    return bytes > 0 ? ERR_OK : ERR_LINK_UNKNOWN;
}

void load_event_fini(struct load_event *event)
{
    free(event->tickets);
    event->tickets = NULL;
}
