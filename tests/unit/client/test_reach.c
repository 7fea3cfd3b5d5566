#include "client/pool.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>

static enum client_reach reach(const char *text)
{
    struct sockaddr_storage address = {.ss_family = AF_INET};
    struct sockaddr_in *v4 = (struct sockaddr_in *)&address;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&address;
    if (inet_pton(AF_INET, text, &v4->sin_addr) != 1) {
        address.ss_family = AF_INET6;
        cr_assert_eq(inet_pton(AF_INET6, text, &v6->sin6_addr), 1);
    }
    return reach_of(&address);
}

Test(reach, loopback_is_this_machine)
{
    cr_expect_eq(reach("127.0.0.1"), CLIENT_LOOPBACK);
    cr_expect_eq(reach("127.255.0.9"), CLIENT_LOOPBACK);
    cr_expect_eq(reach("::1"), CLIENT_LOOPBACK);
    cr_expect_eq(reach("::ffff:127.0.0.1"), CLIENT_LOOPBACK);
}

Test(reach, private_networks_end_where_their_rfcs_say)
{
    cr_expect_eq(reach("10.255.255.255"), CLIENT_PRIVATE);
    cr_expect_eq(reach("172.16.0.0"), CLIENT_PRIVATE);
    cr_expect_eq(reach("172.31.255.255"), CLIENT_PRIVATE);
    cr_expect_eq(reach("192.168.1.1"), CLIENT_PRIVATE);
    cr_expect_eq(reach("169.254.0.1"), CLIENT_PRIVATE);
    cr_expect_eq(reach("fe80::1"), CLIENT_PRIVATE);
    cr_expect_eq(reach("fd00::1"), CLIENT_PRIVATE);
    cr_expect_eq(reach("::ffff:192.168.0.1"), CLIENT_PRIVATE);
}

Test(reach, everything_else_is_public)
{
    cr_expect_eq(reach("11.0.0.0"), CLIENT_PUBLIC);
    cr_expect_eq(reach("172.15.255.255"), CLIENT_PUBLIC);
    cr_expect_eq(reach("172.32.0.0"), CLIENT_PUBLIC);
    cr_expect_eq(reach("192.167.0.1"), CLIENT_PUBLIC);
    cr_expect_eq(reach("0.0.0.0"), CLIENT_PUBLIC);
    cr_expect_eq(reach("2001:db8::1"), CLIENT_PUBLIC);
    cr_expect_eq(reach("::ffff:8.8.8.8"), CLIENT_PUBLIC);
}
