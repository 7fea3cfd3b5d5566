/* Where to listen, and who is near. */
#ifndef NET_ADDRESS_H
#define NET_ADDRESS_H

#include "base/err.h"

#include <stdbool.h>
#include <sys/socket.h>

/* "127.0.0.1:8080", "[::]:443"; ERR_BAD_VALUE. */
MUST_CHECK enum err address_parse(
    const char *listen, struct sockaddr_storage *ret_address, socklen_t *ret_bytes);

/* 127.0.0.0/8, ::1, or the former spelled as IPv6. */
bool address_is_loopback(const struct sockaddr_storage *address);

/* Of a bound socket, in host order; 0 if it has none. */
int address_port(int fd);

#endif
