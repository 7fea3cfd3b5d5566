/* kill -9 at random moments while many phones cast: every acknowledged ballot is there
 * afterwards, none twice.
 *
 *     kill9 STIMMWERK [KILLS [CLIENTS [SEED]]] */
#include "casters.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define KILLS        10
#define CLIENTS      200
#define RUN_MS_MAX   800 /* between listening and dying */
#define SETTLE_MS    60000
#define REPEATS_EACH 12 /* below a phone's burst */

static unsigned long argument(int argc, char **argv, int i, unsigned long fallback)
{
    return argc > i ? strtoul(argv[i], NULL, 10) : fallback;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        die("usage: kill9 STIMMWERK [KILLS [CLIENTS [SEED]]]");
    }
    unsigned long kills = argument(argc, argv, 2, KILLS);
    unsigned long clients = argument(argc, argv, 3, CLIENTS);
    unsigned long seed = argument(argc, argv, 4, (unsigned long)time(NULL));
    printf("kill9: %lu kills, %lu clients, seed %lu\n", kills, clients, seed);
    struct serve serve;
    struct serve_event event;
    struct casters casters;
    serve_init(&serve, argv[1], NULL);
    serve_create_event(&serve, &event);
    serve_start(&serve);
    casters_init(&casters, &serve, &event, clients, seed);
    casters_run(&casters, 500);
    for (unsigned long i = 0; i < kills; i++) {
        casters_run(&casters, casters_random(&casters, RUN_MS_MAX));
        if (serve_stop(&serve, SIGKILL) != -SIGKILL) {
            serve_show_log(&serve);
            die("the server ended before it was killed");
        }
        serve_start(&serve);
    }
    casters_run(&casters, 500);
    casters_rest(&casters, SETTLE_MS);
    if (casters.acknowledged < clients) {
        die("only %zu ballots: too few to show anything", casters.acknowledged);
    }
    casters_verify_repeats(&casters, REPEATS_EACH, SETTLE_MS);
    int code = serve_stop(&serve, SIGTERM);
    if (code != 0) {
        serve_show_log(&serve);
        die("the server ended with %d", code);
    }
    casters_verify_store(&casters, serve.store);
    printf(
        "kill9: %lu kills, %zu acknowledged, 0 lost, 0 twice\n", kills,
        casters.acknowledged);
    casters_fini(&casters);
    serve_fini(&serve);
    return 0;
}
