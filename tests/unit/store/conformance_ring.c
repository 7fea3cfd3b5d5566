/* The bounded ring: full means busy, closing means finishing. */
#include "hall.h"

static struct hall hall;
static const struct store_lane history = {1, 0};

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(ring, .init = enter, .fini = leave);

Test(ring, full_is_busy_and_nothing_happens)
{
    static struct answer answers[STORE_RING_SLOTS];
    struct answer refused = {.hall = &hall};
    struct uid uid = hall_uid(99999);
    for (uint64_t i = 0; i < STORE_RING_SLOTS; i++) {
        hall_append(&hall, history, i, "[]", &answers[i]);
    }
    cr_assert_eq(
        store_append(
            hall.store, history, &uid, span_of_string("no"), hall_answered, &refused),
        ERR_BUSY);
    cr_assert_eq(
        store_put(
            hall.store,
            &(struct store_doc){"content", span_of_string("a"), span_of_string("b")}, 1,
            hall_answered, &refused),
        ERR_BUSY);
    hall_await(&hall, STORE_RING_SLOTS);
    cr_assert_eq(refused.place, 0);
    cr_assert_null(strstr(hall_rows(&hall, history), "no"));
    cr_assert_str_eq(hall_docs(&hall, "content"), "");
    hall_append(&hall, history, 99999, "yes", &refused);
    hall_await(&hall, STORE_RING_SLOTS + 1);
    cr_assert_eq(refused.seq, STORE_RING_SLOTS + 1);
}

Test(ring, holds_a_bounded_number_of_bytes)
{
    char *large = malloc(BATCH_BYTES_MAX);
    cr_assert_not_null(large);
    memset(large, 'x', BATCH_BYTES_MAX);
    static struct answer answers[STORE_RING_SLOTS];
    int taken = 0;
    enum err err = ERR_OK;
    while (taken < STORE_RING_SLOTS) {
        struct uid uid = hall_uid((uint64_t)taken);
        answers[taken] = (struct answer){.hall = &hall};
        err = store_append(
            hall.store, history, &uid, span_of(large, BATCH_BYTES_MAX), hall_answered,
            &answers[taken]);
        if (err != ERR_OK) {
            break;
        }
        taken++;
    }
    free(large);
    cr_assert_eq(err, ERR_BUSY);
    cr_assert_geq(taken, 8);
    cr_assert_leq(taken, 256);
    hall_await(&hall, taken);
}

Test(ring, backlog_is_what_is_not_yet_on_the_disk)
{
    static struct answer answers[100];
    cr_assert_eq(store_backlog(hall.store), 0);
    for (uint64_t i = 0; i < 100; i++) {
        hall_append(&hall, history, i, "[]", &answers[i]);
    }
    cr_assert_leq(store_backlog(hall.store), 100);
    hall_await(&hall, 100);
    cr_assert_eq(store_backlog(hall.store), 0);
}

Test(ring, closing_finishes_what_was_handed_in)
{
    static struct answer answers[1000];
    for (uint64_t i = 0; i < 1000; i++) {
        hall_append(&hall, history, i, "[]", &answers[i]);
    }
    hall_shut(&hall);
    cr_assert_eq(hall.done, 1000);
    for (int i = 0; i < 1000; i++) {
        cr_assert_eq(answers[i].seq, i + 1);
    }
    cr_assert_eq(hall_open(&hall, false), ERR_OK);
    cr_assert_str_eq(hall_lanes(&hall), "1.0:1000+ ");
}

Test(ring, closing_nothing_is_fine)
{
    store_close(NULL);
}
