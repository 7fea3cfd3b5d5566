/* The version of the library that runs. */
#include "stimmwerk/tally.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(version, is_the_headers)
{
    char text[32];
    (void)snprintf(
        text, sizeof text, "%d.%d.%d", TALLY_VERSION_MAJOR, TALLY_VERSION_MINOR,
        TALLY_VERSION_PATCH);
    cr_assert_str_eq(tally_version(), text);
}
