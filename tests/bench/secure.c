/* Ballots over TLS against an echo over TLS and SQLite, in one run, interleaved.
 *
 *     bench_secure STIMMWERK BENCH_ECHO */
#include "house.h"
#include "measure.h"
#include "sqlite_limit.h"

#include <signal.h>
#include <stdio.h>

#define CLIENTS   200
#define ROUNDS    7
#define EACH      20
#define IN_FLIGHT 8
#define GOAL      0.80

struct side {
    struct child child;
    struct flood *flood;
    double per_s[ROUNDS];
    double cpu_us[ROUNDS];
};

static void measure(struct side *side, int round)
{
    double before_us = cpu_us(side->child.pid);
    double took_us = (double)flood_closed(side->flood, EACH, IN_FLIGHT);
    side->per_s[round] = (double)CLIENTS * EACH * 1e6 / took_us;
    side->cpu_us[round] = (cpu_us(side->child.pid) - before_us) / (CLIENTS * EACH);
}

static void start_echo(struct side *side, const char *program, const struct serve *serve)
{
    char url[64];
    const char *argv[] = {program, "json", serve->cert, serve->key, NULL};
    child_start(&side->child, argv, NULL);
    if (!child_listens(&side->child, url)) {
        die("%s does not listen", program);
    }
    const struct flood_target target = {.url = url, .poll = 1, .ideas = {1, 2, 3}};
    side->flood = flood_open(&target, NULL, CLIENTS);
}

static void open_hall(struct house *house, struct side *side, const char *program)
{
    house_open_secure(house, program, CLIENTS);
    house_take_seats(house, 0, CLIENTS);
    house_new_poll(house);
    side->child = house->serve.child;
    side->flood = flood_open(&house->target, house->cookie_list, CLIENTS);
}

static double tell(const char *name, struct side *side)
{
    double per_s = median(side->per_s, ROUNDS);
    printf(
        "%-28s %10.0f/s %8.1f µs CPU each\n", name, per_s, median(side->cpu_us, ROUNDS));
    return per_s;
}

int main(int argc, char **argv)
{
    struct house house;
    struct side durable = {.flood = NULL};
    struct side echo = {.flood = NULL};
    double sqlite[ROUNDS];
    if (argc != 3) {
        die("usage: bench_secure STIMMWERK BENCH_ECHO");
    }
    double idle = idle_percent(1000);
    open_hall(&house, &durable, argv[1]);
    start_echo(&echo, argv[2], &house.serve);
    flood_closed(durable.flood, EACH, IN_FLIGHT);
    flood_closed(echo.flood, EACH, IN_FLIGHT);
    for (int round = 0; round < ROUNDS; round++) {
        house_new_poll(&house);
        flood_set_poll(durable.flood, house.target.poll);
        measure(&durable, round);
        measure(&echo, round);
        sqlite[round] = sqlite_rows_per_s(house.serve.folder);
    }
    printf(
        "TLS, %d clients, %d in flight, medians of %d interleaved rounds; machine %.0f "
        "%% "
        "idle before\n",
        CLIENTS, IN_FLIGHT, ROUNDS, idle);
    double ballots = tell("durable ballots", &durable);
    double limit = tell("echo: server/net + JSON", &echo);
    double rows = median(sqlite, ROUNDS);
    double ratio = ballots / (rows < limit ? rows : limit);
    printf(
        "durable ballots/s / min(JSON echo, SQLite) over TLS: %.2f, goal >= %.2f: %s\n",
        ratio, GOAL, ratio >= GOAL ? "met" : "MISSED");
    flood_close(durable.flood);
    flood_close(echo.flood);
    child_end(&echo.child, SIGKILL);
    house_close(&house);
    return 0;
}
