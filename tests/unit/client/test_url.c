#include "client/url.h"

#include <criterion/criterion.h>

Test(url, takes_an_address_apart)
{
    struct url url;
    cr_assert_eq(url_read("http://halle.example:8080/", &url), ERR_OK);
    cr_assert_not(url.secure);
    cr_assert_str_eq(url.host, "halle.example");
    cr_assert_str_eq(url.port, "8080");
    cr_assert_str_eq(url.authority, "halle.example:8080");
    cr_assert_str_eq(url.origin, "http://halle.example:8080");
}

Test(url, leaves_the_usual_port_out_of_the_origin)
{
    struct url url;
    cr_assert_eq(url_read("https://halle.example:443", &url), ERR_OK);
    cr_assert(url.secure);
    cr_assert_str_eq(url.port, "443");
    cr_assert_str_eq(url.origin, "https://halle.example");
    cr_assert_eq(url_read("https://halle.example", &url), ERR_OK);
    cr_assert_str_eq(url.port, "443");
    cr_assert_eq(url_read("http://halle.example:443", &url), ERR_OK);
    cr_assert_str_eq(url.origin, "http://halle.example:443");
}

Test(url, takes_the_brackets_off_an_ipv6_address)
{
    struct url url;
    cr_assert_eq(url_read("http://[::1]:9000", &url), ERR_OK);
    cr_assert_str_eq(url.host, "::1");
    cr_assert_str_eq(url.authority, "[::1]:9000");
}

Test(url, refuses_what_is_no_address_and_leaves_the_output_alone)
{
    static const char *const bad[] = {
        "",
        "halle.example",
        "ftp://halle.example",
        "http://",
        "http://:80",
        "http://halle.example/path",
        "http://halle.example:",
        "http://halle.example:123456",
        "http://halle.example:12x",
        "http://[::1",
        "http://hal le",
        "http://a@b",
        "http://halle.example:80\r\nX: y",
    };
    struct url url = {.port = "same"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cr_assert_eq(url_read(bad[i], &url), ERR_BAD_VALUE, "%s", bad[i]);
        cr_assert_str_eq(url.port, "same");
    }
}
