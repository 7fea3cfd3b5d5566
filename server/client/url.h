/* Where the server is: an http:// or https:// address taken apart. */
#ifndef CLIENT_URL_H
#define CLIENT_URL_H

#include "base/err.h"

#include <stdbool.h>

struct url {
    bool secure;
    char host[256];      /* a name or a bare address: no brackets */
    char port[6];        /* digits */
    char authority[272]; /* the Host header: the port only if it is not the usual one */
    char origin[288];
};

/* Reads "http://HOST[:PORT]", one "/" may follow. ERR_BAD_VALUE. */
MUST_CHECK enum err url_read(const char *text, struct url *ret_url);

#endif
