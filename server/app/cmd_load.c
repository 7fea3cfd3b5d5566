/* stimmwerk load: the rehearsal of a hall, and how much a server holds. */
#include "app/cmd_ask.h"
#include "app/command.h"
#include "app/load.h"
#include "app/load_event.h"
#include "app/load_server.h"
#include "app/load_store.h"
#include "app/options.h"
#include "base/bounds.h"

#include <signal.h>
#include <stdlib.h>

struct load_command {
    const char *words[1];
    const char *url;
    const char *store;
    const char *moderator;
    const char *ca;
    const char *folder;
    const char *web;
    const char *tls_cert;
    const char *tls_key;
    int64_t phones;
    int64_t seconds;
    int64_t ballots;
    int64_t share;
    bool public_address;
    bool tickets;
    bool json;
};

#define FIELD(name) offsetof(struct load_command, name)

static const struct option_row ROWS[] = {
    {.name = "phones",
     .kind = OPTION_INT,
     .offset = FIELD(phones),
     .value = "N",
     .fallback = "400",
     .min = 1,
     .max = CONNECTIONS_MAX,
     .help = "how many people will come"},
    {.name = "seconds",
     .kind = OPTION_INT,
     .offset = FIELD(seconds),
     .value = "S",
     .fallback = "30",
     .min = 1,
     .max = LOAD_SECONDS_MAX,
     .help = "how long it takes them to come in, and again to vote"},
    {.name = "ballots",
     .kind = OPTION_INT,
     .offset = FIELD(ballots),
     .value = "N",
     .min = 1,
     .max = LOAD_BALLOTS_MAX,
     .help = "how many are cast in that time; default: one a phone"},
    {.name = "share",
     .kind = OPTION_INT,
     .offset = FIELD(share),
     .value = "PERCENT",
     .fallback = "10",
     .min = 1,
     .max = 90,
     .help = "slow: how many do not read; abuse: how many do harm, beside the phones"},
    {.name = "url",
     .kind = OPTION_TEXT,
     .offset = FIELD(url),
     .value = "URL",
     .help = "a server that runs already, http://HOST:PORT or https://HOST:PORT; needs "
             "--store or --moderator"},
    {.name = "store",
     .kind = OPTION_TEXT,
     .offset = FIELD(store),
     .value = "STORE",
     .help =
         "that server's store, sqlite:PATH: a new event is made in it, and no other is "
         "touched"},
    {.name = "moderator",
     .kind = OPTION_TEXT,
     .offset = FIELD(moderator),
     .value = "LINK",
     .help =
         "or an unused moderator link of an event made for this, from another machine; "
         "\"-\": it comes on standard input, and the rehearsal ends when that does"},
    {.name = "tickets",
     .kind = OPTION_FLAG,
     .offset = FIELD(tickets),
     .help = "an event by ticket: each phone redeems one of its own"},
    {.name = "public",
     .kind = OPTION_FLAG,
     .offset = FIELD(public_address),
     .help = "allows a server outside this machine and private networks: only your own"},
    {.name = "ca",
     .kind = OPTION_TEXT,
     .offset = FIELD(ca),
     .value = "FILE",
     .help = "with https: certificates to trust (PEM); without it any is taken"},
    {.name = "folder",
     .kind = OPTION_TEXT,
     .offset = FIELD(folder),
     .value = "DIR",
     .help =
         "without --url: where the store that is thrown away lies; its disk should be "
         "the one of the evening (default: $TMPDIR or /tmp)"},
    {.name = "web",
     .kind = OPTION_TEXT,
     .offset = FIELD(web),
     .value = "DIR",
     .help = "without --url: the built pages (web/dist), so that each phone loads the "
             "first of them too"},
    {.name = "tls-cert",
     .kind = OPTION_TEXT,
     .offset = FIELD(tls_cert),
     .value = "FILE",
     .help = "without --url: the server speaks TLS, with --tls-key"},
    {.name = "tls-key",
     .kind = OPTION_TEXT,
     .offset = FIELD(tls_key),
     .value = "FILE",
     .help = "its private key"},
    OPTION_ROW_JSON(FIELD(json)),
};

static const struct options_table TABLE = {
    .command = "stimmwerk load",
    .summary =
        "Rehearses a hall with simulated phones over real sockets, and says in words "
        "whether it holds. Without --url it starts a server of its own on a store that "
        "is "
        "thrown away afterwards; no event of yours is ever touched. Every ballot that "
        "was "
        "acknowledged is looked for in the export.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
    .words = "[SCENARIO]",
    .words_offset = FIELD(words),
    .word_max = 1,
    .notes =
        "Scenarios:\n"
        "  hall     a whole event: coming in, ideas, voting, a third loses the line, "
        "the\n"
        "           result (default)\n"
        "  arrive   all phones come in: page, seat, socket, snapshot\n"
        "  vote     all vote, again and again if there are more ballots than phones\n"
        "  watch    all are there and do nothing; the desk has news now and then\n"
        "  storm    all vote, lose their line in that moment, and come back at once\n"
        "  slow     a share of the phones does not read any more\n"
        "  abuse    beside the phones others send malformed and oversized messages and\n"
        "           wrong codes\n"
        "Exit code: 0 ready, or slow but nothing lost; 1 not ready, or it could not be "
        "tried;\n2 wrong usage.",
};

#undef FIELD

static const struct {
    const char *name;
    const char *words; /* after "N phones …" */
} SCENARIOS[SCENARIO_COUNT] = {
    [SCENARIO_HALL] =
        {"hall", "come in, send ideas, vote, lose their lines, see a result"},
    [SCENARIO_ARRIVE] = {"arrive", "come in"},
    [SCENARIO_VOTE] = {"vote", "vote"},
    [SCENARIO_WATCH] = {"watch", "are there and watch"},
    [SCENARIO_STORM] = {"storm", "vote, lose their lines at once, and come back"},
    [SCENARIO_SLOW] = {"slow", "vote while a share of them does not read"},
    [SCENARIO_ABUSE] = {"abuse", "vote while others do harm"},
};

static bool find_scenario(const char *name, enum load_scenario *ret_scenario)
{
    for (int i = 0; i < SCENARIO_COUNT; i++) {
        if (name == NULL || strcmp(SCENARIOS[i].name, name) == 0) {
            *ret_scenario = (enum load_scenario)i;
            return true;
        }
    }
    return false;
}

static int check(const struct load_command *command)
{
    bool theirs = command->url != NULL;
    if (theirs && (command->store == NULL) == (command->moderator == NULL)) {
        return options_refuse(&TABLE, "--url needs either --store or --moderator");
    }
    if (!theirs && (command->store != NULL || command->moderator != NULL)) {
        return options_refuse(&TABLE, "--store and --moderator need --url");
    }
    if (theirs &&
        (command->folder != NULL || command->web != NULL || command->tls_cert != NULL)) {
        return options_refuse(
            &TABLE, "--folder, --web and --tls-cert are for a server of our own");
    }
    if (command->tickets && command->moderator != NULL) {
        return options_refuse(&TABLE, "--tickets needs a new event: not --moderator");
    }
    if ((command->tls_cert == NULL) != (command->tls_key == NULL)) {
        return options_refuse(&TABLE, "tls-cert and tls-key belong together");
    }
    return OPTIONS_GO;
}

/* Only near ones, unless it was said plainly. */
static int check_reach(const struct load_command *command)
{
    static const struct client_handlers none;
    struct client_pool *pool = NULL;
    if (command->url == NULL || command->public_address) {
        return OPTIONS_GO;
    }
    enum err err = client_pool_new(command->url, NULL, &none, &pool);
    if (err != ERR_OK) {
        return options_refuse(&TABLE, "--url %s: %s", command->url, err_code(err));
    }
    enum client_reach reach = client_pool_reach(pool);
    client_pool_free(pool);
    return reach != CLIENT_PUBLIC
               ? OPTIONS_GO
               : options_refuse(
                     &TABLE,
                     "%s is outside this machine and private networks; if it is yours, "
                     "say --public",
                     command->url);
}

static void announce(
    const struct load_command *command, const struct load_options *options,
    enum load_scenario scenario)
{
    fprintf(
        stderr,
        "stimmwerk load: %zu phones %s: %zu ballots, %lld s a part, on %s.\n"
        "%s; nothing else is touched. Ctrl-C ends it.\n",
        options->phones, SCENARIOS[scenario].words, options->ballots,
        (long long)command->seconds,
        command->url != NULL ? command->url : "a server of its own",
        command->url == NULL     ? "Its store is thrown away afterwards"
        : command->store != NULL ? "A new event \"Rehearsal\" is made there, and stays"
                                 : "The event of this link is filled");
}

static int tell(const struct load *load, bool json)
{
    struct load_verdict verdict;
    load_judge(&load->figures, &verdict);
    if (load->err != ERR_OK) {
        const char *why =
            load->err == ERR_CLOSED ? "it was stopped" : err_code(load->err);
        fprintf(stderr, "%s: it ended early (%s)\n", TABLE.command, why);
    }
    if (!json) {
        load_print(&load->figures, &verdict, stdout);
    } else {
        cJSON *object = load_json(&load->figures, &verdict);
        char *text = cJSON_PrintUnformatted(object);
        puts(text != NULL ? text : "{}");
        cJSON_free(text);
        cJSON_Delete(object);
    }
    return fflush(stdout) == 0 && verdict.grade != GRADE_FAILED && load->err == ERR_OK
               ? 0
               : 1;
}

/* `server`: of our own, or one without a process. */
static int play(
    const struct load_options *options, enum load_scenario scenario, bool json,
    struct load_server *server)
{
    int code = 1;
    struct load *load = calloc(1, sizeof *load); /* histograms are large */
    if (load == NULL) {
        return code;
    }
    if (load_open(options, load) == ERR_OK) {
        load->figures.scenario = SCENARIOS[scenario].name;
        load_play(load, scenario);
        load_hang_up(load);
        bool ended = server->pid == 0 || load_server_stop(server);
        bool kept = server->store[0] == '\0' || load->err != ERR_OK ||
                    load_store_check(load, server->store) == ERR_OK;
        code = tell(load, json);
        code = ended && kept ? code : 1;
    }
    load_close(load);
    free(load);
    return code;
}

/* Is the link on standard input, which ends the rehearsal with it? */
static bool is_leashed(const struct load_command *command)
{
    return command->moderator != NULL && strcmp(command->moderator, "-") == 0;
}

static struct load_options options_of(
    const struct load_command *command, enum load_scenario scenario,
    const struct load_event *event)
{
    bool shared = scenario == SCENARIO_SLOW || scenario == SCENARIO_ABUSE;
    bool leash = is_leashed(command);
    return (struct load_options){
        .url = command->url,
        .ca = command->ca,
        .link = command->moderator != NULL && !leash ? command->moderator : event->token,
        .leash = leash,
        .phones = (size_t)command->phones,
        .ballots = (size_t)(command->ballots > 0 ? command->ballots : command->phones),
        .span_us = command->seconds * 1000000,
        .share_percent = shared ? command->share : 0,
    };
}

static int rehearse(
    const struct load_command *command, enum load_scenario scenario,
    struct load_server *server, struct load_event *event)
{
    const struct load_server_options own = {
        command->folder, command->web, command->tls_cert, command->tls_key};
    struct load_options options = options_of(command, scenario, event);
    if (options.leash && load_event_read(event) != ERR_OK) {
        return options_refuse(&TABLE, "there is no link on standard input");
    }
    announce(command, &options, scenario);
    if (command->url == NULL && load_server_prepare(&own, server) != ERR_OK) {
        return 1;
    }
    const char *store = command->url != NULL ? command->store : server->store;
    size_t tickets = command->tickets ? options.phones : 0;
    if (store != NULL &&
        load_event_make(&TABLE, store, command->url == NULL, tickets, event) != 0) {
        return 1;
    }
    options.tickets = event->tickets;
    if (command->url == NULL) {
        if (load_server_start(&own, server) != ERR_OK) {
            return 1;
        }
        options.url = server->url;
        options.server_pid = server->pid;
    }
    return play(&options, scenario, command->json, server);
}

/* Ctrl-C ends the rehearsal, not us: there is a server to stop and a folder to remove. */
static void hold_signals(void)
{
    sigset_t signals;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGINT);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &signals, NULL);
}

int cmd_load(int argc, char **argv)
{
    enum load_scenario scenario = SCENARIO_HALL;
    struct load_command command = {0};
    struct load_server server = {0};
    struct load_event event = {0};
    int code = options_parse(&TABLE, argc, argv, &command, NULL);
    if (code == OPTIONS_GO && !find_scenario(command.words[0], &scenario)) {
        code = options_refuse(&TABLE, "there is no scenario \"%s\"", command.words[0]);
    }
    if (code == OPTIONS_GO) {
        code = check(&command);
    }
    if (code == OPTIONS_GO) {
        code = check_reach(&command);
    }
    if (code != OPTIONS_GO) {
        return code;
    }
    hold_signals();
    code = rehearse(&command, scenario, &server, &event);
    load_event_fini(&event);
    return load_server_end(&server) ? code : 1;
}
