/* Photographs that no idea has yet. */
#include "app/staging.h"
#include "base/bounds.h"

#include <criterion/criterion.h>

static struct staging staging;
static uint8_t file[PHOTO_BYTES_MAX];
static const struct photo photo = {PHOTO_JPEG, 300, 200};

static void tear_down(void)
{
    staging_fini(&staging);
}

TestSuite(staging, .fini = tear_down);

static struct staging_key key_of(unsigned session)
{
    struct staging_key key = {.event = 1};
    memcpy(key.session.bytes, &session, sizeof session);
    return key;
}

static struct uid id_of(unsigned number)
{
    struct uid id = {{1}};
    memcpy(id.bytes + 4, &number, sizeof number);
    return id;
}

static enum err put(unsigned session, unsigned id, size_t bytes, int64_t now_ms)
{
    struct staging_key key = key_of(session);
    struct uid uid = id_of(id);
    return staging_put(&staging, &key, &uid, &photo, span_of(file, bytes), now_ms);
}

static const struct staged *find(unsigned session, unsigned id, int64_t now_ms)
{
    struct staging_key key = key_of(session);
    struct uid uid = id_of(id);
    return staging_find(&staging, &key, &uid, now_ms);
}

Test(staging, finds_what_its_session_put)
{
    memcpy(file, "picture", 7);
    cr_assert_eq(put(1, 10, 7, 0), ERR_OK);
    const struct staged *staged = find(1, 10, 1);
    cr_assert_not_null(staged);
    cr_expect_eq(staged->bytes, 7);
    cr_expect(memcmp(staged->data, "picture", 7) == 0);
    cr_expect_eq(staged->photo.width, 300);
    cr_expect_null(find(1, 11, 1));
    cr_expect_null(find(2, 10, 1));
}

Test(staging, is_of_one_event)
{
    cr_assert_eq(put(1, 10, 7, 0), ERR_OK);
    struct staging_key key = key_of(1);
    struct uid id = id_of(10);
    key.event = 2;
    cr_expect_null(staging_find(&staging, &key, &id, 1));
}

Test(staging, a_newer_one_replaces_the_older)
{
    cr_assert_eq(put(1, 10, 100, 0), ERR_OK);
    cr_assert_eq(put(1, 11, 200, 0), ERR_OK);
    cr_expect_null(find(1, 10, 1));
    cr_expect_not_null(find(1, 11, 1));
    cr_expect_eq(staging.count, 1);
    cr_expect_eq(staging.bytes, 200);
}

Test(staging, forgets_after_ten_minutes)
{
    cr_assert_eq(put(1, 10, 100, 1000), ERR_OK);
    cr_expect_not_null(find(1, 10, 1000 + PHOTO_STAGED_MS - 1));
    cr_expect_null(find(1, 10, 1000 + PHOTO_STAGED_MS));
    staging_sweep(&staging, 1000 + PHOTO_STAGED_MS);
    cr_expect_eq(staging.count, 0);
    cr_expect_eq(staging.bytes, 0);
}

Test(staging, drops_what_found_its_idea)
{
    struct uid id = id_of(10);
    cr_assert_eq(put(1, 10, 100, 0), ERR_OK);
    cr_assert_eq(put(2, 20, 100, 0), ERR_OK);
    staging_drop(&staging, &id);
    staging_drop(&staging, &id);
    cr_expect_null(find(1, 10, 1));
    cr_expect_not_null(find(2, 20, 1));
}

Test(staging, holds_64_mebibytes_and_not_a_byte_more)
{
    unsigned session = 0;
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        session++;
        err = put(session, session, PHOTO_BYTES_MAX, 0);
    }
    cr_expect_eq(err, ERR_BUSY);
    cr_expect_leq(staging.bytes, PHOTOS_STAGED_BYTES_MAX);
    cr_expect_gt(staging.bytes, PHOTOS_STAGED_BYTES_MAX - PHOTO_BYTES_MAX);
    cr_expect_eq(put(1, 1000, PHOTO_BYTES_MAX, 0), ERR_OK, "in its own place");
    cr_expect_eq(put(9999, 9999, PHOTO_BYTES_MAX, 0), ERR_BUSY);
    cr_expect_eq(put(9999, 9999, PHOTO_BYTES_MAX, PHOTO_STAGED_MS), ERR_OK);
    cr_expect_eq(staging.count, 1);
}

Test(staging, holds_so_many_small_ones)
{
    for (unsigned i = 1; i <= PHOTOS_STAGED_MAX; i++) {
        cr_assert_eq(put(i, i, 1, 0), ERR_OK);
    }
    cr_expect_eq(put(PHOTOS_STAGED_MAX + 1, 1, 1, 0), ERR_BUSY);
}
