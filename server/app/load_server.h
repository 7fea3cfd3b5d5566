/* A server for a rehearsal: this program once more, on a store that is thrown away. */
#ifndef APP_LOAD_SERVER_H
#define APP_LOAD_SERVER_H

#include "base/err.h"

#include <stdbool.h>
#include <sys/types.h>

struct load_server {
    char folder[128]; /* "": there is none */
    char store[160];  /* "sqlite:FOLDER/hall.db" */
    char url[64];
    pid_t pid; /* 0: it does not run */
};

struct load_server_options {
    const char *folder; /* where the store's folder is made; NULL: where the system keeps
                           what is temporary */
    const char *web;    /* NULL: no pages */
    const char *tls_cert; /* NULL: plain http */
    const char *tls_key;
};

/* Makes the folder. ERR_IO, after a line on stderr. Whatever happens: load_server_end. */
MUST_CHECK enum err load_server_prepare(
    const struct load_server_options *options, struct load_server *ret_server);
/* Starts it on 127.0.0.1 and waits until it listens. Errors as above. */
MUST_CHECK enum err
load_server_start(const struct load_server_options *options, struct load_server *server);
/* Stops it; its folder stays. As load_server_end. */
bool load_server_stop(struct load_server *server);
/* Stops it and removes the folder. Returns false, after a line on stderr, if it had ended
 * badly. */
bool load_server_end(struct load_server *server);

#endif
