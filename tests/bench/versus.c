/* The server against the same ballots taken by Node (tests/bench/node), in one run: the
 * same flood, interleaved, medians.
 *
 *     bench_versus STIMMWERK NODE SERVER.JS */
#include "house.h"
#include "measure.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CLIENTS   200
#define ROUNDS    7
#define EACH      40
#define IN_FLIGHT 8
#define GOAL      1.4

struct side {
    pid_t pid;
    struct flood *flood;
    double per_s[ROUNDS];
    double cpu_us[ROUNDS];
};

static void measure(struct side *side, int round)
{
    double before_us = cpu_us(side->pid);
    double took_us = (double)flood_closed(side->flood, EACH, IN_FLIGHT);
    side->per_s[round] = (double)CLIENTS * EACH * 1e6 / took_us;
    side->cpu_us[round] = (cpu_us(side->pid) - before_us) / (CLIENTS * EACH);
}

static void tell(const char *name, struct side *side, double *ret_per_s, double *ret_cpu)
{
    *ret_per_s = median(side->per_s, ROUNDS);
    *ret_cpu = median(side->cpu_us, ROUNDS);
    printf("%-24s %10.0f/s %8.1f µs CPU each\n", name, *ret_per_s, *ret_cpu);
}

static void compare(struct house *house, struct side *ours, struct side *theirs)
{
    for (int round = 0; round < ROUNDS; round++) {
        house_new_poll(house);
        flood_set_poll(ours->flood, house->target.poll);
        flood_set_poll(theirs->flood, 1); /* new ids; the counters go on mattering */
        measure(ours, round);
        measure(theirs, round);
    }
}

int main(int argc, char **argv)
{
    struct house house;
    struct child node;
    char database[192];
    char url[64];
    if (argc != 4) {
        die("usage: bench_versus STIMMWERK NODE SERVER.JS");
    }
    double idle = idle_percent(1000);
    house_open(&house, argv[1], CLIENTS);
    house_take_seats(&house, 0, CLIENTS);
    house_new_poll(&house);
    snprintf(database, sizeof database, "%s/node.db", house.serve.folder);
    const char *command[] = {argv[2], argv[3], database, NULL};
    child_start(&node, command, NULL);
    if (!child_listens(&node, url)) {
        die("%s does not listen", argv[2]);
    }
    const struct flood_target rival = {
        .url = url, .event = "NODE00", .poll = 1, .ideas = {1, 2, 3}};
    struct side ours = {
        .pid = house.serve.child.pid,
        .flood = flood_open(&house.target, house.cookie_list, CLIENTS)};
    struct side theirs = {.pid = node.pid, .flood = flood_open(&rival, NULL, CLIENTS)};
    flood_closed(ours.flood, EACH, IN_FLIGHT);
    flood_closed(theirs.flood, 5 * EACH, IN_FLIGHT); /* the compiler warms up, too */
    compare(&house, &ours, &theirs);
    double per_s[2];
    double cpu[2];
    printf("machine %.0f %% idle before; medians of %d rounds\n", idle, ROUNDS);
    tell("stimmwerk", &ours, &per_s[0], &cpu[0]);
    tell("Node, group commit", &theirs, &per_s[1], &cpu[1]);
    printf(
        "durable ballots/s: × %.2f, goal %.1f: %s; CPU of Node: × %.2f\n",
        per_s[0] / per_s[1], GOAL, per_s[0] >= GOAL * per_s[1] ? "met" : "MISSED",
        cpu[1] / cpu[0]);
    flood_close(ours.flood);
    flood_close(theirs.flood);
    child_end(&node, SIGTERM);
    house_close(&house);
    return 0;
}
