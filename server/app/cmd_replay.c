/* stimmwerk replay: an election from a file, cast on a running server over real sockets.
 */
#include "app/command.h"
#include "app/options.h"
#include "app/replay.h"
#include "base/bounds.h"

#include <stdlib.h>

struct replay_options {
    const char *url;
    const char *moderator;
    const char *election;
    const char *method;
    const char *tickets;
    const char *ca;
    int64_t clients;
    int64_t seats;
    int64_t ranks;
    bool json;
};

#define FIELD(name) offsetof(struct replay_options, name)

static const struct option_row ROWS[] = {
    {.name = "url",
     .kind = OPTION_TEXT,
     .offset = FIELD(url),
     .value = "URL",
     .required = true,
     .help = "the server: http://HOST:PORT or https://HOST:PORT"},
    {.name = "moderator",
     .kind = OPTION_TEXT,
     .offset = FIELD(moderator),
     .value = "LINK",
     .required = true,
     .help = "an unused moderator link, or what stands behind its #"},
    {.name = "election",
     .kind = OPTION_TEXT,
     .offset = FIELD(election),
     .value = "FILE",
     .required = true,
     .help = "ballots as PrefLib (soc, soi, toc, toi), BLT, ABIF or CSV"},
    {.name = "method",
     .kind = OPTION_TEXT,
     .offset = FIELD(method),
     .value = "METHOD",
     .required = true,
     .help = "how to count; stimmwerk methods lists them"},
    {.name = "clients",
     .kind = OPTION_INT,
     .offset = FIELD(clients),
     .value = "N",
     .fallback = "200",
     .min = 1,
     .max = 10000,
     .help = "how many phones are there at the same time"},
    {.name = "tickets",
     .kind = OPTION_TEXT,
     .offset = FIELD(tickets),
     .value = "FILE",
     .help =
         "voters join by these tickets: a CSV with a column code, or one code a line; "
         "without it they join by the event's code"},
    {.name = "seats",
     .kind = OPTION_INT,
     .offset = FIELD(seats),
     .value = "N",
     .min = 1,
     .max = OPTIONS_MAX,
     .help = "how many are elected; default: what the file says, or 1"},
    {.name = "ranks",
     .kind = OPTION_INT,
     .offset = FIELD(ranks),
     .value = "N",
     .min = 1,
     .max = OPTIONS_MAX,
     .help = "ballots are cut to so many places; default: all options"},
    {.name = "ca",
     .kind = OPTION_TEXT,
     .offset = FIELD(ca),
     .value = "FILE",
     .help = "with https: certificates to trust (PEM); without it any is taken"},
    {.name = "json",
     .kind = OPTION_FLAG,
     .offset = FIELD(json),
     .help = "prints the result on one line"},
};

static const struct options_table TABLE = {
    .command = "stimmwerk replay",
    .summary =
        "Plays an election from a file on a running server: makes its candidates ideas, "
        "opens a poll, lets one phone a voter join and cast over real sockets, closes, "
        "publishes, and prints the result as JSON with names in the place of ids.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
};

#undef FIELD

struct replay {
    const struct replay_options *options;
    const struct tally_method *method;
    struct election election;
    struct ticket_list tickets;
    struct crowd *crowd;
    struct desk *desk;
    int64_t *ids; /* owned: the ideas, by option */
    int64_t poll;
    size_t ranks;
};

static enum err make_ideas(struct replay *replay)
{
    replay->ids = calloc(replay->election.options, sizeof *replay->ids);
    enum err err = replay->ids != NULL ? ERR_OK : ERR_NOMEM;
    for (size_t i = 0; i < replay->election.options && err == ERR_OK; i++) {
        struct buf members;
        buf_init(&members, FRAME_IDEA_BYTES_MAX);
        buf_text(&members, ",\"title\":");
        election_write_name(&replay->election, i, &members);
        buf_text(&members, ",\"text\":\"\",\"lang\":\"en\"");
        err = desk_make(
            replay->desk, "idea.submit", buf_span(&members), "idea", &replay->ids[i]);
        buf_fini(&members);
    }
    return err;
}

static void write_question(const struct replay *replay, struct buf *out)
{
    struct tally_text title = tally_file_title(replay->election.file);
    const char *slash = strrchr(replay->options->election, '/');
    const char *name = slash != NULL ? slash + 1 : replay->options->election;
    bool titled = title.bytes > 0 && title.bytes <= QUESTION_CHARS_MAX;
    buf_json_string(
        out, titled ? span_of(title.data, title.bytes) : span_of_string(name));
}

static int64_t seats_of(const struct replay *replay)
{
    int64_t of_file = (int64_t)tally_file_seats(replay->election.file);
    int64_t asked = replay->options->seats;
    return asked > 0 ? asked : of_file > 0 ? of_file : 1;
}

static enum err make_poll(struct replay *replay)
{
    bool approval = tally_method_form(replay->method) == TALLY_APPROVAL;
    struct buf members;
    buf_init(&members, FRAME_OTHER_BYTES_MAX);
    buf_text(&members, ",\"question\":");
    write_question(replay, &members);
    buf_printf(
        &members, ",\"lang\":\"en\",\"form\":\"%s\",\"method\":\"%s\"",
        approval ? "approval" : "ranking", tally_method_name(replay->method));
    buf_printf(
        &members, ",\"seats\":%lld,\"ranks\":%zu,\"ties\":%s",
        (long long)seats_of(replay), replay->ranks,
        replay->election.ties && !approval ? "true" : "false");
    buf_text(&members, ",\"live\":false,\"publication\":\"ballots\",\"options\":[");
    for (size_t i = 0; i < replay->election.options; i++) {
        buf_printf(&members, "%s\"%lld\"", i > 0 ? "," : "", (long long)replay->ids[i]);
    }
    buf_char(&members, ']');
    enum err err = buf_failed(&members) ? ERR_TOO_LARGE
                                        : desk_make(
                                              replay->desk, "poll.create",
                                              buf_span(&members), "poll", &replay->poll);
    buf_fini(&members);
    return err == ERR_OK ? desk_do_to(replay->desk, "poll.open", "poll", replay->poll)
                         : err;
}

static enum err vote(struct replay *replay)
{
    struct voters voters = {
        .crowd = replay->crowd,
        .who = TABLE.command,
        .election = &replay->election,
        .tickets = replay->tickets.codes != NULL ? &replay->tickets : NULL,
        .event = desk_seat(replay->desk)->event,
        .poll = replay->poll,
        .form = tally_method_form(replay->method),
        .ranks = replay->ranks,
        .ids = replay->ids,
        .clients_max = replay->options->clients,
    };
    return voters_run(&voters);
}

static enum err print_result(struct replay *replay)
{
    char path[64];
    struct client_reply reply;
    const struct crowd_seat *seat = desk_seat(replay->desk);
    snprintf(path, sizeof path, "/result/%s/%lld", seat->event, (long long)replay->poll);
    enum err err =
        client_http(crowd_pool(replay->crowd), "GET", path, NULL, seat->cookie, &reply);
    if (err != ERR_OK) {
        return err;
    }
    cJSON *result = cJSON_ParseWithLength(reply.body, reply.body_bytes);
    if (reply.status != 200 || result == NULL) {
        fprintf(
            stderr, "%s: GET %s: %d %s\n", TABLE.command, path, reply.status, reply.body);
        err = ERR_NOT_FOUND;
    }
    free(reply.body);
    if (err == ERR_OK) {
        result_name(result, &replay->election, replay->ids);
        char *text =
            replay->options->json ? cJSON_PrintUnformatted(result) : cJSON_Print(result);
        err = text != NULL && puts(text) >= 0 && fflush(stdout) == 0 ? ERR_OK : ERR_IO;
        cJSON_free(text);
    }
    cJSON_Delete(result);
    return err;
}

static enum err play(struct replay *replay)
{
    enum err err = make_ideas(replay);
    if (err == ERR_OK) {
        err = make_poll(replay);
    }
    if (err == ERR_OK) {
        err = vote(replay);
    }
    if (err == ERR_OK) {
        err = desk_do_to(replay->desk, "poll.close", "poll", replay->poll);
    }
    if (err == ERR_OK) {
        err = desk_do_to(replay->desk, "poll.publish", "poll", replay->poll);
    }
    return err == ERR_OK ? print_result(replay) : err;
}

static enum err read_files(struct replay *replay)
{
    const struct replay_options *options = replay->options;
    enum err err = election_read(TABLE.command, options->election, &replay->election);
    if (err == ERR_OK && options->tickets != NULL) {
        err = ticket_list_read(TABLE.command, options->tickets, &replay->tickets);
    }
    size_t all = replay->election.options;
    size_t asked = (size_t)options->ranks;
    replay->ranks = asked > 0 && asked < all ? asked : all;
    return err;
}

static enum err run(struct replay *replay)
{
    const struct replay_options *options = replay->options;
    enum err err = read_files(replay);
    if (err != ERR_OK) {
        return err;
    }
    err = crowd_new(options->url, options->ca, &replay->crowd);
    if (err != ERR_OK) {
        fprintf(stderr, "%s: --url %s: %s\n", TABLE.command, options->url, err_code(err));
        return err;
    }
    err = desk_new(replay->crowd, TABLE.command, options->moderator, &replay->desk);
    return err == ERR_OK ? play(replay) : err;
}

int cmd_replay(int argc, char **argv)
{
    struct replay_options options = {0};
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    struct replay replay = {
        .options = &options, .method = tally_method_find(options.method)};
    if (replay.method == NULL || tally_method_form(replay.method) == TALLY_SCORE) {
        return options_refuse(
            &TABLE, "--method: \"%s\" is not offered; stimmwerk methods lists what is",
            options.method);
    }
    enum err err = run(&replay);
    desk_free(replay.desk);
    crowd_free(replay.crowd);
    ticket_list_fini(&replay.tickets);
    election_fini(&replay.election);
    free(replay.ids);
    return err == ERR_OK ? 0 : 1;
}
