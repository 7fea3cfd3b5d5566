/* stimmwerk event tickets */
#include "app/cmd_ask.h"
#include "app/command.h"
#include "app/err_text.h"
#include "app/links.h"
#include "base/bounds.h"

#include <fcntl.h>
#include <unistd.h>

struct tickets_options {
    const char *store;
    const char *event;
    int64_t count;
    const char *group;
    const char *out;
    const char *base;
};

#define FIELD(name) offsetof(struct tickets_options, name)

static const struct option_row ROWS[] = {
    OPTION_ROW_STORE(FIELD(store)),
    OPTION_ROW_EVENT(FIELD(event)),
    {.name = "count",
     .kind = OPTION_INT,
     .offset = FIELD(count),
     .value = "N",
     .required = true,
     .min = 1,
     .max = TICKETS_MAX,
     .help = "how many"},
    {.name = "group",
     .kind = OPTION_TEXT,
     .offset = FIELD(group),
     .value = "NAME",
     .help = "a group of the event, by its name: whoever redeems one is in it"},
    {.name = "out",
     .kind = OPTION_TEXT,
     .offset = FIELD(out),
     .value = "FILE",
     .help = "a new file, readable by you alone; without it the tickets go to stdout"},
    OPTION_ROW_BASE(FIELD(base)),
};

static const struct options_table TABLE = {
    .command = "stimmwerk event tickets",
    .summary =
        "Issues tickets and writes them as CSV: ticket,code,link. The server keeps "
        "only hashes of the codes: what is lost here is lost.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
};

#undef FIELD

static bool write_tickets(const struct ask *ask, const char *base, FILE *out)
{
    const cJSON *codes = cJSON_GetObjectItemCaseSensitive(ask->answer, "codes");
    const cJSON *first = cJSON_GetObjectItemCaseSensitive(ask->answer, "first");
    const cJSON *code = NULL;
    int ticket = cJSON_IsNumber(first) ? first->valueint : 1;
    struct buf line;
    buf_init(&line, 4096);
    (void)fputs("ticket,code,link\r\n", out);
    cJSON_ArrayForEach(code, codes)
    {
        const char *symbols = cJSON_GetStringValue(code);
        buf_clear(&line);
        buf_int(&line, ticket++);
        buf_char(&line, ',');
        link_write_ticket(&line, symbols != NULL ? symbols : "");
        buf_char(&line, ',');
        buf_text(&line, base);
        buf_text(&line, LINK_JOIN);
        buf_text(&line, symbols != NULL ? symbols : "");
        buf_text(&line, "\r\n");
        (void)fwrite(line.data, 1, line.bytes, out);
    }
    bool fine = !buf_failed(&line) && fflush(out) == 0 && ferror(out) == 0;
    buf_fini(&line);
    return fine;
}

/* Before asking: tickets that can't be written would be lost. */
static FILE *open_out(const char *path)
{
    if (path == NULL) {
        return stdout;
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    return fd >= 0 ? fdopen(fd, "w") : NULL;
}

static int issue(struct ask *ask, const struct tickets_options *options, FILE *out)
{
    ask_text(ask, "event", options->event);
    ask_int(ask, "count", options->count);
    if (options->group != NULL) {
        ask_text(ask, "group", options->group);
    }
    int code = ask_send(ask);
    if (code == 0 && !write_tickets(ask, ask_base(ask, options->base), out)) {
        code = ask_fail(
            ask, "writing the tickets failed (%s): issue new ones", errno_text());
    }
    return code;
}

int cmd_event_tickets(int argc, char **argv)
{
    struct tickets_options options = {.store = NULL};
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code == OPTIONS_GO) {
        code = ask_check_base(&TABLE, options.base);
    }
    if (code != OPTIONS_GO) {
        return code;
    }
    struct ask ask;
    ask_init(&ask, &TABLE, options.store, "event.tickets");
    FILE *out = open_out(options.out);
    if (out == NULL) {
        code = ask_fail(&ask, "can't create %s: %s", options.out, errno_text());
    } else {
        code = issue(&ask, &options, out);
    }
    if (out != NULL && out != stdout) {
        (void)fclose(out);
    }
    if (out != NULL && code != 0 && options.out != NULL) {
        (void)unlink(options.out);
    }
    ask_fini(&ask);
    return code;
}
