/* HTTP by hand: any body, and what came back byte for byte. */
#ifndef TESTS_PLAIN_H
#define TESTS_PLAIN_H

#include "base/span.h"
#include "hall_server.h"

struct plain_ask {
    const char *method;
    const char *path;
    const char *cookie; /* "name=value", or NULL */
    const char *type;   /* Content-Type, or NULL */
    struct span body;   /* of a POST */
};

struct plain_reply {
    int status;
    char *head;    /* owned, NUL-terminated */
    uint8_t *body; /* owned, with a NUL behind it */
    size_t bytes;
};

/* Sends it on a line of its own; returns that. */
int plain_send(const struct hall_server *server, const struct plain_ask *ask);
/* The same, as a page of another site would send it. */
int plain_send_from(
    const struct hall_server *server, const struct plain_ask *ask, const char *origin);
/* Reads the answer and closes the line. Fails after ten seconds. */
struct plain_reply plain_read(int line);
struct plain_reply
plain_talk(const struct hall_server *server, const struct plain_ask *ask);
void plain_free(struct plain_reply *reply);

/* The head has a line that is exactly this ("Cache-Control: no-store"). */
bool plain_has(const struct plain_reply *reply, const char *line);

#endif
