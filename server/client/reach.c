/* How far away an address is. */
#include "client/pool.h"

#include <arpa/inet.h>

static enum client_reach reach_of_v4(uint32_t address)
{
    static const struct {
        uint32_t prefix;
        uint32_t mask;
        enum client_reach reach;
    } nets[] = {
        {0x7f000000U, 0xff000000U, CLIENT_LOOPBACK}, /* 127/8 */
        {0x0a000000U, 0xff000000U, CLIENT_PRIVATE},  /* 10/8 */
        {0xac100000U, 0xfff00000U, CLIENT_PRIVATE},  /* 172.16/12 */
        {0xc0a80000U, 0xffff0000U, CLIENT_PRIVATE},  /* 192.168/16 */
        {0xa9fe0000U, 0xffff0000U, CLIENT_PRIVATE},  /* 169.254/16 */
    };

    for (size_t i = 0; i < sizeof nets / sizeof nets[0]; i++) {
        if ((address & nets[i].mask) == nets[i].prefix) {
            return nets[i].reach;
        }
    }
    return CLIENT_PUBLIC;
}

static enum client_reach reach_of_v6(const struct in6_addr *address)
{
    if (IN6_IS_ADDR_LOOPBACK(address)) {
        return CLIENT_LOOPBACK;
    }
    if (IN6_IS_ADDR_V4MAPPED(address)) {
        uint32_t v4 = 0;
        memcpy(&v4, address->s6_addr + 12, sizeof v4);
        return reach_of_v4(ntohl(v4));
    }
    bool unique_local = (address->s6_addr[0] & 0xfe) == 0xfc;
    return unique_local || IN6_IS_ADDR_LINKLOCAL(address) ? CLIENT_PRIVATE
                                                          : CLIENT_PUBLIC;
}

enum client_reach reach_of(const struct sockaddr_storage *address)
{
    if (address->ss_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)address;
        return reach_of_v4(ntohl(v4->sin_addr.s_addr));
    }
    const struct sockaddr_in6 *v6 = (const void *)address;
    return reach_of_v6(&v6->sin6_addr);
}

enum client_reach client_pool_reach(const struct client_pool *pool)
{
    return reach_of(&pool->target.address);
}
