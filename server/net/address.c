#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define HOST_CHARS_MAX 63

/* "host:port" or "[host]:port"; the host is copied. */
static enum err split(
    const char *listen, char ret_host[HOST_CHARS_MAX + 1], bool *ret_six,
    in_port_t *ret_port)
{
    const char *colon = strrchr(listen, ':');
    if (colon == NULL || colon[1] == '\0' || strlen(colon + 1) > 5 ||
        strspn(colon + 1, "0123456789") != strlen(colon + 1)) {
        return ERR_BAD_VALUE;
    }
    long port = strtol(colon + 1, NULL, 10);
    bool six = listen[0] == '[';
    const char *host = six ? listen + 1 : listen;
    size_t bytes = (size_t)(colon - host);
    if (port > UINT16_MAX || (six && (bytes == 0 || colon[-1] != ']'))) {
        return ERR_BAD_VALUE;
    }
    bytes -= six ? 1 : 0;
    if (bytes == 0 || bytes > HOST_CHARS_MAX) {
        return ERR_BAD_VALUE;
    }
    memcpy(ret_host, host, bytes);
    ret_host[bytes] = '\0';
    *ret_six = six;
    *ret_port = htons((uint16_t)port);
    return ERR_OK;
}

enum err address_parse(
    const char *listen, struct sockaddr_storage *ret_address, socklen_t *ret_bytes)
{
    char host[HOST_CHARS_MAX + 1];
    bool six = false;
    in_port_t port = 0;
    enum err err = split(listen, host, &six, &port);
    if (err != ERR_OK) {
        return err;
    }
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = port};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = port};
    if (six ? inet_pton(AF_INET6, host, &v6.sin6_addr) != 1
            : inet_pton(AF_INET, host, &v4.sin_addr) != 1) {
        return ERR_BAD_VALUE;
    }
    memset(ret_address, 0, sizeof *ret_address);
    if (six) {
        memcpy(ret_address, &v6, sizeof v6);
        *ret_bytes = sizeof v6;
    } else {
        memcpy(ret_address, &v4, sizeof v4);
        *ret_bytes = sizeof v4;
    }
    return ERR_OK;
}

bool address_is_loopback(const struct sockaddr_storage *address)
{
    if (address->ss_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        return ntohl(v4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    }
    if (address->ss_family != AF_INET6) {
        return false;
    }
    struct sockaddr_in6 v6;
    memcpy(&v6, address, sizeof v6);
    return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr) ||
           (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr) &&
            v6.sin6_addr.s6_addr[12] == IN_LOOPBACKNET);
}

int address_port(int fd)
{
    struct sockaddr_storage address = {0};
    socklen_t bytes = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &bytes) != 0) {
        return 0;
    }
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    memcpy(&v4, &address, sizeof v4);
    memcpy(&v6, &address, sizeof v6);
    return ntohs(address.ss_family == AF_INET6 ? v6.sin6_port : v4.sin_port);
}
