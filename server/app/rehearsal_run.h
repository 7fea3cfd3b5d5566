/* The program run a second time, as `stimmwerk load`: without a shell, on a leash (it
 * ends when we do), and with bounds on what it prints. Its link goes by standard input,
 * so that no list of processes shows it. */
#ifndef APP_REHEARSAL_RUN_H
#define APP_REHEARSAL_RUN_H

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"
#include "trust/trust.h"

#include <uv.h>

struct server;

/* `printed`: what it printed, borrowed; empty if that was too much. */
typedef void rehearsal_run_over(void *ctx, struct span printed);

struct rehearsal_run {
    struct server *server;
    rehearsal_run_over *over;
    void *ctx;
    uv_process_t process;
    uv_pipe_t in;
    uv_pipe_t out;
    uv_write_t write;
    char link[TRUST_TOKEN_CHARS + 2]; /* and the line's end */
    char piece[4096];
    struct buf printed;
    unsigned handles; /* that are not closed yet; 0: none runs */
    bool alive;
    bool printing;
};

void rehearsal_run_init(
    struct rehearsal_run *run, struct server *server, rehearsal_run_over *over,
    void *ctx);
/* Starts it against this server, with so many phones. `over` is called once, later; one
 * that does not start has printed nothing. */
void rehearsal_run_start(struct rehearsal_run *run, int64_t phones, const char *token);
/* Ends it at once; `over` comes. */
void rehearsal_run_kill(struct rehearsal_run *run);
bool rehearsal_run_is_over(const struct rehearsal_run *run);
/* Ends it, and `over` does not come; then, once the loop is empty, rehearsal_run_fini. */
void rehearsal_run_close(struct rehearsal_run *run);
void rehearsal_run_fini(struct rehearsal_run *run);

/* How this machine reaches a server that listens there: "https://127.0.0.1:8443". An
 * address that stands for all of them is not one to call. */
void rehearsal_run_url(
    const char *listen, int port, bool tls, char *ret_url, size_t url_bytes);

#endif
