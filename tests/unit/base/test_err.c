#include "base/err.h"

#include <criterion/criterion.h>
#include <string.h>

Test(err, every_error_has_a_code_of_small_letters_and_dashes)
{
    for (int err = 0; err < ERR_COUNT; err++) {
        const char *code = err_code((enum err)err);
        cr_assert_neq(*code, '\0');
        cr_assert_eq(strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(code));
    }
}

Test(err, no_two_errors_share_a_code)
{
    for (int a = 0; a < ERR_COUNT; a++) {
        for (int b = 0; b < a; b++) {
            cr_assert_str_neq(err_code((enum err)a), err_code((enum err)b));
        }
    }
}

Test(err, zero_is_ok)
{
    cr_assert_eq(ERR_OK, 0);
    cr_assert_str_eq(err_code(ERR_OK), "ok");
    cr_assert_str_eq(err_code(ERR_CLOSED), "closed");
}
