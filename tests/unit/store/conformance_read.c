/* Reading one doc while the store is at work. */
#include "hall.h"

static struct hall hall;

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(read, .init = enter, .fini = leave);

struct got {
    int times;
    enum err err;
    size_t bytes;
    char text[64];
};

static void on_got(void *ctx, enum err err, struct span body)
{
    struct got *got = ctx;
    got->times++;
    got->err = err;
    got->bytes = body.bytes;
    if (body.bytes > 0 && body.bytes < sizeof got->text) {
        memcpy(got->text, body.data, body.bytes);
    }
    hall.done++;
}

static void ask(const char *kind, const char *name, struct got *got)
{
    *got = (struct got){.err = ERR_INTERNAL};
    cr_assert_eq(store_get(hall.store, kind, span_of_string(name), on_got, got), ERR_OK);
}

Test(read, finds_a_doc_by_kind_and_name)
{
    struct answer answers[3];
    struct got got;
    hall_put(&hall, "photo", "a", "alpha", &answers[0]);
    hall_put(&hall, "photo", "ab", "other", &answers[1]);
    hall_put(&hall, "drawing", "a", "another", &answers[2]);
    hall_await(&hall, 3);
    ask("photo", "a", &got);
    hall_await(&hall, 4);
    cr_assert_eq(got.times, 1);
    cr_assert_eq(got.err, ERR_OK);
    cr_assert_eq(got.bytes, 5);
    cr_assert_str_eq(got.text, "alpha");
}

Test(read, sees_what_was_handed_in_before)
{
    struct answer answers[3];
    struct got got[3];
    hall_put(&hall, "photo", "a", "old", &answers[0]);
    hall_put(&hall, "photo", "a", "new", &answers[1]);
    ask("photo", "a", &got[0]);
    hall_put(&hall, "photo", "b", "beta", &answers[2]);
    ask("photo", "b", &got[1]);
    ask("photo", "a", &got[2]);
    hall_await(&hall, 6);
    cr_assert_str_eq(got[0].text, "new");
    cr_assert_str_eq(got[1].text, "beta");
    cr_assert_str_eq(got[2].text, "new");
}

Test(read, says_that_there_is_no_such_doc)
{
    struct answer answers[2];
    struct got got[2];
    hall_put(&hall, "photo", "a", "alpha", &answers[0]);
    hall_put(&hall, "photo", "a", "", &answers[1]);
    ask("photo", "a", &got[0]);
    ask("photo", "never-there", &got[1]);
    hall_await(&hall, 4);
    cr_assert_eq(got[0].err, ERR_NOT_FOUND);
    cr_assert_eq(got[1].err, ERR_NOT_FOUND);
    cr_assert_eq(got[1].bytes, 0);
}

Test(read, finds_a_doc_that_went_in_with_its_row_also_after_reopening)
{
    struct store_doc doc = {"photo", span_of_string("p"), span_of_string("bytes")};
    struct answer answer = {.hall = &hall};
    struct got got[2];
    cr_assert_eq(
        store_append_row(
            hall.store,
            &(struct store_row){{1, 0}, hall_uid(1), span_of_string("[]"), &doc, 1},
            hall_answered, &answer),
        ERR_OK);
    ask("photo", "p", &got[0]);
    hall_await(&hall, 2);
    cr_assert_str_eq(got[0].text, "bytes");
    hall_reopen(&hall);
    int done = hall.done;
    ask("photo", "p", &got[1]);
    hall_await(&hall, done + 1);
    cr_assert_str_eq(got[1].text, "bytes");
}

Test(read, carries_a_body_of_any_bytes)
{
    static uint8_t body[400000];
    struct answer answer = {.hall = &hall};
    struct got got;
    for (size_t i = 0; i < sizeof body; i++) {
        body[i] = (uint8_t)(i * i >> 3);
    }
    const struct store_doc doc = {
        "photo", span_of_string("p"), span_of(body, sizeof body)};
    cr_assert_eq(store_put(hall.store, &doc, 1, hall_answered, &answer), ERR_OK);
    ask("photo", "p", &got);
    hall_await(&hall, 2);
    cr_assert_eq(got.err, ERR_OK);
    cr_assert_eq(got.bytes, sizeof body);
}

Test(read, counts_as_no_commit)
{
    struct store_stats before;
    struct store_stats after;
    struct got got;
    store_stats(hall.store, &before);
    ask("photo", "p", &got);
    hall_await(&hall, 1);
    store_stats(hall.store, &after);
    cr_assert_eq(after.commits, before.commits);
}

Test(read, is_answered_before_the_store_is_closed)
{
    struct got got;
    ask("photo", "p", &got);
    hall_shut(&hall);
    cr_assert_eq(got.times, 1);
    cr_assert_eq(got.err, ERR_NOT_FOUND);
}

Test(read, has_a_place_in_the_ring_as_all_work_has)
{
    static struct got got[STORE_RING_SLOTS + 1];
    size_t taken = 0;
    enum err err = ERR_OK;
    while (err == ERR_OK && taken < STORE_RING_SLOTS) {
        err = store_get(hall.store, "photo", span_of_string("p"), on_got, &got[taken]);
        taken += err == ERR_OK ? 1 : 0;
    }
    cr_assert_eq(taken, STORE_RING_SLOTS);
    cr_assert_eq(
        store_get(hall.store, "photo", span_of_string("p"), on_got, &got[taken]),
        ERR_BUSY);
    hall_await(&hall, STORE_RING_SLOTS);
}
