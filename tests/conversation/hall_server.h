/* A server of one's own: the real program on a store in a folder of its own. */
#ifndef TESTS_HALL_SERVER_H
#define TESTS_HALL_SERVER_H

#include <stdbool.h>
#include <sys/types.h>

struct hall_server {
    char folder[64];
    char store[96]; /* "sqlite:FOLDER/hall.db" */
    char url[64];   /* of the running server */
    pid_t pid;      /* 0: not running */
    int out;        /* its stdout */
};

/* Makes the folder and the store. */
void server_init(struct hall_server *server);
/* Starts `serve`, with `extra` options (NULL-terminated, may be NULL); returns when it
 * listens. Fails the test after twenty seconds. */
void server_start(struct hall_server *server, const char *const *extra);
/* Ends it by the signal and returns its exit code, or −signal. */
int server_stop(struct hall_server *server, int signal);
/* Stops it if it runs, expecting a clean exit (a leak is not), and removes the folder. */
void server_fini(struct hall_server *server);

/* Runs `stimmwerk ARGS` (NULL-terminated, without the program's name), with `--store` of
 * this server appended if `store`; its stdout goes to `out` (NUL-terminated, cut at the
 * size), its exit code is returned. */
int server_run(
    const struct hall_server *server, const char *const *args, bool store, char *out,
    size_t out_bytes);

#endif
