/* Lanes: rows are stored in order, once each, and found again. */
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

TestSuite(lanes, .init = enter, .fini = leave);

Test(lanes, a_new_store_is_empty)
{
    cr_assert_str_eq(hall_lanes(&hall), "");
    cr_assert_str_eq(hall_rows(&hall, history), "");
    cr_assert_str_eq(hall_docs(&hall, "content"), "");
}

Test(lanes, rows_get_places_from_one_in_the_order_they_were_handed_in)
{
    struct answer answers[3];
    hall_append(&hall, history, 11, "[1]", &answers[0]);
    hall_append(&hall, history, 12, "[2]", &answers[1]);
    hall_append(&hall, history, 13, "[3]", &answers[2]);
    hall_await(&hall, 3);
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(answers[i].status, STORE_STORED);
        cr_assert_eq(answers[i].seq, i + 1);
        cr_assert_eq(answers[i].place, i + 1);
    }
    cr_assert_str_eq(hall_rows(&hall, history), "[1]|[2]|[3]|");
    cr_assert_str_eq(hall_lanes(&hall), "1.0:3+ ");
}

Test(lanes, tailing_begins_after_the_place_asked_for)
{
    struct answer answers[3];
    hall_append(&hall, history, 11, "[1]", &answers[0]);
    hall_append(&hall, history, 12, "[2]", &answers[1]);
    hall_append(&hall, history, 13, "[3]", &answers[2]);
    hall_await(&hall, 3);
    cr_assert_str_eq(hall_rows_after(&hall, history, 2), "[3]|");
    cr_assert_str_eq(hall_rows_after(&hall, history, 3), "");
}

Test(lanes, a_known_uid_is_not_written_twice_and_gets_its_place_again)
{
    struct answer first;
    struct answer second;
    struct answer repeat;
    hall_append(&hall, history, 11, "[1]", &first);
    hall_append(&hall, history, 12, "[2]", &second);
    hall_append(&hall, history, 11, "[1]", &repeat);
    hall_await(&hall, 3);
    cr_assert_eq(repeat.status, STORE_STORED);
    cr_assert_eq(repeat.seq, first.seq);
    cr_assert_str_eq(hall_rows(&hall, history), "[1]|[2]|");
    hall_reopen(&hall);
    hall_append(&hall, history, 12, "[2]", &repeat);
    hall_await(&hall, 4);
    cr_assert_eq(repeat.seq, second.seq);
    cr_assert_str_eq(hall_rows(&hall, history), "[1]|[2]|");
}

Test(lanes, the_same_uid_in_another_lane_is_another_row)
{
    struct store_lane other = {2, 0};
    struct answer here;
    struct answer there;
    hall_append(&hall, history, 11, "[1]", &here);
    hall_append(&hall, other, 11, "[2]", &there);
    hall_await(&hall, 2);
    cr_assert_eq(here.seq, 1);
    cr_assert_eq(there.seq, 1);
    cr_assert_str_eq(hall_rows(&hall, other), "[2]|");
}

Test(lanes, all_is_found_again_after_reopening)
{
    struct answer answers[4];
    hall_append(&hall, history, 11, "[1]", &answers[0]);
    hall_fence(&hall, 1, 7, true, 12, &answers[1]);
    hall_append(&hall, (struct store_lane){1, 7}, 13, "[\"ballot\"]", &answers[2]);
    hall_put(&hall, "content", "a", "text", &answers[3]);
    hall_await(&hall, 4);
    hall_reopen(&hall);
    cr_assert_str_eq(hall_lanes(&hall), "1.0:2+ 1.7:2+ ");
    cr_assert_str_eq(hall_rows(&hall, history), "[1]|opened|");
    cr_assert_str_eq(hall_rows(&hall, (struct store_lane){1, 7}), "up|[\"ballot\"]|");
    cr_assert_str_eq(hall_docs(&hall, "content"), "a=text|");
}

Test(lanes, a_body_keeps_every_byte)
{
    uint8_t every[600];
    for (size_t i = 0; i < sizeof every; i++) {
        every[i] = (uint8_t)i;
    }
    struct uid uid = hall_uid(1);
    struct answer answer = {.hall = &hall};
    cr_assert_eq(
        store_append(
            hall.store, history, &uid, span_of(every, sizeof every), hall_answered,
            &answer),
        ERR_OK);
    hall_await(&hall, 1);
    hall_reopen(&hall);
    const char *rows = hall_rows(&hall, history);
    cr_assert_arr_eq(rows, every, sizeof every);
    cr_assert_eq(rows[sizeof every], '|');
}

Test(lanes, the_largest_batch_is_stored_whole)
{
    char *large = malloc(BATCH_BYTES_MAX);
    cr_assert_not_null(large);
    memset(large, 'x', BATCH_BYTES_MAX);
    struct uid uid = hall_uid(1);
    struct answer answer = {.hall = &hall};
    cr_assert_eq(
        store_append(
            hall.store, history, &uid, span_of(large, BATCH_BYTES_MAX), hall_answered,
            &answer),
        ERR_OK);
    memset(large, 'y', BATCH_BYTES_MAX); /* the store has its own copy */
    free(large);
    hall_await(&hall, 1);
    cr_assert_eq(answer.status, STORE_STORED);
}

static enum err stop_at_second(void *ctx, int64_t seq, struct span body)
{
    (void)body;
    int64_t *last = ctx;
    *last = seq;
    return seq == 2 ? ERR_BAD_VALUE : ERR_OK;
}

Test(lanes, what_a_row_function_returns_ends_the_reading)
{
    struct answer answers[3];
    hall_append(&hall, history, 11, "[1]", &answers[0]);
    hall_append(&hall, history, 12, "[2]", &answers[1]);
    hall_append(&hall, history, 13, "[3]", &answers[2]);
    hall_await(&hall, 3);
    int64_t last = 0;
    cr_assert_eq(
        store_tail(hall.store, history, 0, stop_at_second, &last), ERR_BAD_VALUE);
    cr_assert_eq(last, 2);
    cr_assert_str_eq(hall_rows(&hall, history), "[1]|[2]|[3]|");
}

static enum err tail_each(void *ctx, const struct store_lane_info *info)
{
    int64_t last = 0;
    (void)ctx;
    return store_tail(hall.store, info->lane, info->seq, stop_at_second, &last);
}

Test(lanes, a_row_function_may_read_another_list)
{
    struct answer answers[2];
    hall_append(&hall, history, 11, "[1]", &answers[0]);
    hall_append(&hall, (struct store_lane){2, 0}, 12, "[2]", &answers[1]);
    hall_await(&hall, 2);
    cr_assert_eq(store_lanes(hall.store, tail_each, NULL), ERR_OK);
}

static void append_next(void *ctx, enum store_status status, int64_t seq)
{
    struct answer *answers = ctx;
    hall_answered(&answers[0], status, seq);
    hall_append(&hall, history, 12, "[2]", &answers[1]);
}

Test(lanes, a_done_may_hand_in_more_work)
{
    struct answer answers[2] = {{.hall = &hall}};
    struct uid uid = hall_uid(11);
    cr_assert_eq(
        store_append(
            hall.store, history, &uid, span_of_string("[1]"), append_next, answers),
        ERR_OK);
    hall_await(&hall, 2);
    cr_assert_eq(answers[1].seq, 2);
}

Test(lanes, a_commit_holds_many_rows_and_the_statistics_say_so)
{
    static struct answer answers[2000];
    for (uint64_t i = 0; i < 2000; i++) {
        hall_append(&hall, history, i, "[]", &answers[i]);
    }
    hall_await(&hall, 2000);
    struct store_stats stats;
    store_stats(hall.store, &stats);
    cr_assert_eq(stats.rows, 2000);
    cr_assert_geq(stats.commits, 1);
    cr_assert_lt(stats.commits, 1000);
    cr_assert_geq(stats.commit_us_total, stats.commit_us_max);
}
