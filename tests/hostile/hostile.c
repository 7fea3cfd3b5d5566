/* A hall of honest phones, once alone and once beside an attacker behind the same
 * address: nobody honest waits, is refused or loses the line because of it.
 *
 *     hostile STIMMWERK PHONES LINES [tls]
 *
 * LINES are the attacker's, for each kind of harm. */
#include "attacker.h"
#include "child.h"

#include <cjson/cJSON.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define OUT_BYTES 65536
#define RATIO_MAX 2.0
#define FLOOR_US  6e7

struct figures {
    double arrive_us; /* of 99 in 100: page, seat, socket, snapshot */
    double receipt_us;
    double back_us;
};

static double number(const cJSON *object, const char *key)
{
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(at)) {
        die("no number \"%s\"", key);
    }
    return at->valuedouble;
}

static double p99(const cJSON *json, const char *what)
{
    const cJSON *times = cJSON_GetObjectItemCaseSensitive(json, "times_us");
    return number(cJSON_GetObjectItemCaseSensitive(times, what), "p99");
}

/* A whole event: everybody comes in, casts, a third lose the line and come back. */
static struct figures
play_hall(const struct serve *serve, const char *token, const char *phones)
{
    static const char *const none[] = {"lost",         "doubled",       "foreign",
                                       "refused",      "lines_lost",    "not_back",
                                       "told_to_wait", "wrong_receipts"};
    char out[OUT_BYTES];
    const char *argv[] = {serve->program, "load",        "hall", "--url",    serve->url,
                          "--json",       "--moderator", token,  "--phones", phones,
                          "--seconds",    "1",           NULL};
    int code = child_run(argv, out, sizeof out);
    cJSON *json = cJSON_Parse(out);
    if (code != 0 || json == NULL) {
        die("exit code %d: %s", code, out);
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        if (number(json, none[i]) != 0) {
            die("%s is not 0: %s", none[i], out);
        }
    }
    bool secure = strncmp(serve->url, "https:", 6) == 0;
    if (secure && number(json, "tls_resumed") < number(json, "phones")) {
        die("a phone's second handshake is no short one: %s", out);
    }
    const struct figures figures = {
        p99(json, "arrive"), p99(json, "receipt"), p99(json, "back")};
    cJSON_Delete(json);
    return figures;
}

static struct harm_tally *share_tallies(void)
{
    struct harm_tally *tallies = mmap(
        NULL, HARMS_MAX * sizeof *tallies, PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tallies == MAP_FAILED) {
        die("mmap");
    }
    return tallies;
}

static pid_t start_attacker(const struct attack *attack)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0) {
        die("fork");
    }
    if (pid == 0) {
        attacker_run(attack);
    }
    return pid;
}

static void end_attacker(pid_t pid, const struct harm_tally *tallies)
{
    int status = 0;
    kill(pid, SIGKILL);
    if (waitpid(pid, &status, 0) != pid || !WIFSIGNALED(status)) {
        die("the attacker gave up early");
    }
    for (size_t i = 0; i < HARMS_MAX && tallies[i].name != NULL; i++) {
        printf(
            "  %-28s %8llu lines, %8llu shut\n", tallies[i].name,
            (unsigned long long)tallies[i].opened, (unsigned long long)tallies[i].shut);
        if (tallies[i].opened == 0) {
            die("nobody %s", tallies[i].name);
        }
    }
}

/* Times are for reading, machines are busy; but who waits ten seconds longer puts the
 * phone away. */
static void compare(const char *what, double alone_us, double attacked_us)
{
    printf(
        "%-28s %8.1f ms alone, %8.1f ms attacked (99 in 100)\n", what, alone_us / 1e3,
        attacked_us / 1e3);
    if (attacked_us > alone_us * RATIO_MAX + FLOOR_US) {
        die("%s: the honest wait", what);
    }
}

int main(int argc, char **argv)
{
    struct serve serve;
    struct serve_event events[2];
    bool tls = argc == 5 && strcmp(argv[4], "tls") == 0;
    if (argc != 4 && !tls) {
        die("usage: hostile STIMMWERK PHONES LINES [tls]");
    }
    serve_init(&serve, argv[1], NULL);
    serve_create_event(&serve, &events[0]);
    serve_create_event(&serve, &events[1]);
    if (tls) {
        serve_use_tls(&serve);
    }
    serve_start(&serve);
    struct harm_tally *tallies = share_tallies();
    const struct attack attack = {
        .url = serve.url,
        .event = events[1].code,
        .lines_each = strtoul(argv[3], NULL, 10),
        .tallies = tallies,
    };
    struct figures alone = play_hall(&serve, events[0].token, argv[2]);
    pid_t attacker = start_attacker(&attack);
    struct figures attacked = play_hall(&serve, events[1].token, argv[2]);
    end_attacker(attacker, tallies);
    compare("coming in", alone.arrive_us, attacked.arrive_us);
    compare("a ballot's receipt", alone.receipt_us, attacked.receipt_us);
    compare("back after a lost line", alone.back_us, attacked.back_us);
    if (serve_stop(&serve, SIGTERM) != 0) {
        serve_show_log(&serve);
        die("the server did not end well");
    }
    serve_fini(&serve);
    return 0;
}
