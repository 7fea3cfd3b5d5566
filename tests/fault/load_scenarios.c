/* Every scenario of `stimmwerk load` with a few dozen phones, against its own server and
 * against one that runs already.
 *
 *     load_scenarios STIMMWERK */
#include "child.h"

#include <cjson/cJSON.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUT_BYTES 16384

static double number(const cJSON *object, const char *key)
{
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(at)) {
        die("no number \"%s\"", key);
    }
    return at->valuedouble;
}

/* What a rehearsal printed: nothing failed, nothing is lost, and as many ballots. */
static void expect_well(const char *what, int code, const char *out, double ballots)
{
    static const char *const none[] = {"lost",    "doubled",        "foreign",
                                       "refused", "wrong_receipts", "pushes_missed"};
    cJSON *json = cJSON_Parse(out);
    if (code != 0 || json == NULL) {
        die("%s: exit code %d: %s", what, code, out);
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        if (number(json, none[i]) != 0) {
            die("%s: %s is not 0: %s", what, none[i], out);
        }
    }
    if (number(json, "arrived") != 24 || number(json, "receipts") != ballots ||
        number(json, "exported") > ballots ||
        number(json, "deeds_refused") != number(json, "deeds")) {
        die("%s: %s", what, out);
    }
    printf("%s: %.0f ballots\n", what, ballots);
    cJSON_Delete(json);
}

static const struct {
    const char *name;
    double ballots;
} SCENARIOS[] = {
    {"hall", 48 + 8}, {"arrive", 0}, {"vote", 48},  {"watch", 0},
    {"storm", 24},    {"slow", 48},  {"abuse", 48},
};

#define SCENARIO_COUNT (sizeof SCENARIOS / sizeof SCENARIOS[0])

/* All at the same time: most of it is waiting. */
static void play_all(const char *program)
{
    struct child children[SCENARIO_COUNT];
    char out[OUT_BYTES];
    for (size_t i = 0; i < SCENARIO_COUNT; i++) {
        const char *argv[] = {program,    "load",      SCENARIOS[i].name,
                              "--phones", "24",        "--seconds",
                              "1",        "--ballots", "48",
                              "--share",  "25",        "--json",
                              NULL};
        child_start(&children[i], argv, NULL);
    }
    for (size_t i = 0; i < SCENARIO_COUNT; i++) {
        int code = child_read(&children[i], out, sizeof out);
        expect_well(SCENARIOS[i].name, code, out, SCENARIOS[i].ballots);
        if (strstr(out, "\"read_back\":true") == NULL) {
            die("%s: its store was not read back: %s", SCENARIOS[i].name, out);
        }
    }
}

/* A server that runs: a new event in its store; but never one that is in use. */
static void play_on_a_running_server(const char *program)
{
    struct serve serve;
    struct serve_event event;
    char out[OUT_BYTES];
    serve_init(&serve, program, NULL);
    serve_create_event(&serve, &event);
    serve_start(&serve);
    const char *by_store[] = {program,   "load",      "vote",     "--url", serve.url,
                              "--store", serve.store, "--phones", "24",    "--seconds",
                              "1",       "--json",    NULL};
    int code = child_run(by_store, out, sizeof out);
    expect_well("by a store", code, out, 24);
    const char *by_ticket[] = {program,   "load",      "storm",    "--url", serve.url,
                               "--store", serve.store, "--phones", "24",    "--seconds",
                               "1",       "--tickets", "--json",   NULL};
    code = child_run(by_ticket, out, sizeof out);
    expect_well("by ticket", code, out, 24);
    const char *by_link[] = {program,       "load",      "vote",     "--url", serve.url,
                             "--moderator", event.token, "--phones", "24",    "--seconds",
                             "1",           "--json",    NULL};
    code = child_run(by_link, out, sizeof out);
    expect_well("by a link", code, out, 24);
    serve_link(&serve, event.code, event.token);
    if (child_run(by_link, out, sizeof out) != 1 || strchr(out, '{') != NULL) {
        die("an event in use was not refused: %s", out);
    }
    puts("an event in use is refused");
    if (serve_stop(&serve, SIGTERM) != 0) {
        serve_show_log(&serve);
        die("the server did not end well");
    }
    serve_fini(&serve);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        die("usage: load_scenarios STIMMWERK");
    }
    play_all(argv[1]);
    play_on_a_running_server(argv[1]);
    return 0;
}
