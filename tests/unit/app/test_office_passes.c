/* Who may come into the office, by a clock that is passed in. */
#include "app/office_passes.h"

#include <criterion/criterion.h>

static struct hash hash_of(uint8_t byte)
{
    return (struct hash){.bytes = {byte}};
}

static struct office_pass link_of(uint8_t byte, int64_t until_ms)
{
    return (struct office_pass){.hash = hash_of(byte), .until_ms = until_ms};
}

Test(office_passes, are_good_until_they_end)
{
    struct office_passes passes = {0};
    struct office_pass link = link_of(1, 1000);
    struct hash gone;
    cr_expect_not(office_pass_add(&passes, &link, &gone));
    cr_expect_not_null(office_pass_find(&passes, &link.hash, false, 999));
    cr_expect_null(office_pass_find(&passes, &link.hash, false, 1000));
    cr_expect_null(office_pass_find(&passes, &(struct hash){.bytes = {2}}, false, 0));
}

Test(office_passes, a_link_is_no_session_and_a_session_no_link)
{
    struct office_passes passes = {0};
    struct office_pass session = link_of(1, 1000);
    struct hash gone;
    session.session = true;
    office_pass_add(&passes, &session, &gone);
    cr_expect_null(office_pass_find(&passes, &session.hash, false, 0));
    cr_expect_not_null(office_pass_find(&passes, &session.hash, true, 0));
    office_pass_drop(&passes, &session.hash);
    cr_expect_null(office_pass_find(&passes, &session.hash, true, 0));
    office_pass_drop(&passes, &session.hash);
}

Test(office_passes, are_bounded_and_the_first_to_end_makes_room)
{
    struct office_passes passes = {0};
    struct hash gone;
    for (int i = 0; i < OFFICE_PASSES_MAX; i++) {
        struct office_pass link = link_of((uint8_t)(i + 1), i == 7 ? 1 : 1000);
        cr_assert_not(office_pass_add(&passes, &link, &gone));
    }
    struct office_pass more = link_of(200, 1000);
    cr_assert(office_pass_add(&passes, &more, &gone));
    cr_expect_eq(gone.bytes[0], 8);
    cr_expect_null(office_pass_find(&passes, &gone, false, 0));
    cr_expect_not_null(office_pass_find(&passes, &more.hash, false, 0));
}
