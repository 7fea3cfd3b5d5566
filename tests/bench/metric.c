#include "metric.h"

#include "child.h"
#include "client/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double metric_read(const char *url, const char *name)
{
    static const struct client_handlers none;
    struct client_pool *pool = NULL;
    struct client_reply reply = {.status = 0};
    char words[96];
    snprintf(words, sizeof words, "\nstimmwerk_%s ", name);
    if (client_pool_new(url, NULL, &none, &pool) != ERR_OK ||
        client_http(pool, "GET", "/metrics", NULL, NULL, &reply) != ERR_OK) {
        die("%s/metrics does not answer", url);
    }
    const char *at = reply.body != NULL ? strstr(reply.body, words) : NULL;
    if (at == NULL) {
        die("%s/metrics has no %s", url, name);
    }
    double value = strtod(at + strlen(words), NULL);
    free(reply.body);
    client_pool_free(pool);
    return value;
}
