/* A server that answers each request with {"ok":1}, and a client that is connected: made
 * anew for each test of the suite `http`, in whatever file it stands. */
#ifndef NET_HTTP_KIT_H
#define NET_HTTP_KIT_H

#include "harness.h"

extern struct server server;
extern struct client client;

/* Sends it, expects that status, and whether the connection is kept. */
void expect(const char *request, int status, bool kept);

#endif
