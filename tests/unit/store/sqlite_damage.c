/* Damage that SQLite can't see: rows and docs whose bytes changed, rows that vanished. */
#include "sqlite_files.h"
#include "store/checksum.h"

#include <sqlite3.h>

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

TestSuite(damage, .init = enter, .fini = leave);

/* Three rows and a doc, changed from outside while the store is closed. */
static void change(const char *sql)
{
    struct answer answers[4];
    hall_append(&hall, history, 1, "[1]", &answers[0]);
    hall_append(&hall, history, 2, "[2]", &answers[1]);
    hall_append(&hall, history, 3, "[3]", &answers[2]);
    hall_put(&hall, "content", "a", "text", &answers[3]);
    hall_await(&hall, 4);
    hall_shut(&hall);
    sqlite3 *handle = NULL;
    cr_assert_eq(sqlite3_open(files_path(&hall), &handle), SQLITE_OK);
    cr_assert_eq(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK, "%s", sql);
    cr_assert_eq(sqlite3_close(handle), SQLITE_OK);
    cr_assert_eq(hall_open(&hall, false), ERR_OK);
}

static enum err count_row(void *ctx, int64_t seq, struct span body)
{
    (void)body;
    int64_t *last = ctx;
    *last = seq;
    return ERR_OK;
}

static void expect_damage_after(int64_t good)
{
    int64_t last = 0;
    cr_assert_eq(store_tail(hall.store, history, 0, count_row, &last), ERR_DAMAGED);
    cr_assert_eq(last, good);
}

Test(damage, in_a_body_is_seen)
{
    change("UPDATE batch SET body = '[9]' WHERE seq = 2");
    expect_damage_after(1);
}

Test(damage, in_a_uid_is_seen)
{
    change("UPDATE batch SET uid = zeroblob(16) WHERE seq = 3");
    expect_damage_after(2);
}

Test(damage, of_rows_that_changed_places_is_seen)
{
    change("UPDATE batch SET seq = 9 WHERE seq = 1;"
           "UPDATE batch SET seq = 1 WHERE seq = 2;"
           "UPDATE batch SET seq = 2 WHERE seq = 9;");
    expect_damage_after(0);
}

Test(damage, of_a_missing_row_is_seen)
{
    change("DELETE FROM batch WHERE seq = 2");
    expect_damage_after(1);
}

Test(damage, of_missing_last_rows_is_seen)
{
    change("DELETE FROM batch WHERE seq = 3");
    expect_damage_after(2);
}

Test(damage, of_a_row_moved_to_another_event_is_seen)
{
    change("PRAGMA foreign_keys = OFF; UPDATE batch SET event = 2;"
           "UPDATE lane SET event = 2");
    int64_t last = 0;
    struct store_lane other = {2, 0};
    cr_assert_eq(store_tail(hall.store, other, 0, count_row, &last), ERR_DAMAGED);
}

static enum err ignore_lane(void *ctx, const struct store_lane_info *info)
{
    (void)ctx;
    (void)info;
    return ERR_OK;
}

Test(damage, of_a_missing_lane_is_seen)
{
    change("PRAGMA foreign_keys = OFF; DELETE FROM lane");
    cr_assert_eq(store_lanes(hall.store, ignore_lane, NULL), ERR_DAMAGED);
}

Test(damage, of_a_lane_that_is_too_short_is_seen)
{
    change("UPDATE lane SET seq = 2");
    int64_t last = 0;
    cr_assert_eq(store_tail(hall.store, history, 0, count_row, &last), ERR_DAMAGED);
    cr_assert_eq(store_lanes(hall.store, ignore_lane, NULL), ERR_DAMAGED);
}

static enum err ignore_doc(void *ctx, struct span name, struct span body)
{
    (void)ctx;
    (void)name;
    (void)body;
    return ERR_OK;
}

Test(damage, in_a_doc_is_seen)
{
    change("UPDATE doc SET body = x'00'");
    cr_assert_eq(store_docs(hall.store, "content", ignore_doc, NULL), ERR_DAMAGED);
}

static void on_got(void *ctx, enum err err, struct span body)
{
    *(enum err *)ctx = body.bytes == 0 ? err : ERR_INTERNAL;
    hall.done++;
}

Test(damage, in_a_doc_that_is_asked_for_is_told_and_the_store_goes_on)
{
    enum err err = ERR_OK;
    struct answer answer;
    change("UPDATE doc SET body = x'00'");
    int done = hall.done;
    cr_assert_eq(
        store_get(hall.store, "content", span_of_string("a"), on_got, &err), ERR_OK);
    hall_await(&hall, done + 1);
    cr_assert_eq(err, ERR_DAMAGED);
    hall_put(&hall, "content", "other", "text", &answer);
    hall_await(&hall, done + 2);
    cr_assert_eq(answer.status, STORE_STORED);
}

Test(damage, of_a_renamed_doc_is_seen)
{
    change("UPDATE doc SET name = x'00'");
    cr_assert_eq(store_docs(hall.store, "content", ignore_doc, NULL), ERR_DAMAGED);
}

Test(checksum, changes_with_every_bit_of_a_body)
{
    uint8_t body[41];
    for (size_t i = 0; i < sizeof body; i++) {
        body[i] = (uint8_t)(i * 7);
    }
    struct uid uid = hall_uid(1);
    int64_t sum = checksum_row(history, 1, &uid, span_of(body, sizeof body));
    for (size_t bit = 0; bit < 8 * sizeof body; bit++) {
        body[bit / 8] ^= (uint8_t)(1U << (bit % 8));
        cr_assert_neq(checksum_row(history, 1, &uid, span_of(body, sizeof body)), sum);
        body[bit / 8] ^= (uint8_t)(1U << (bit % 8));
    }
    cr_assert_neq(checksum_row(history, 1, &uid, span_of(body, sizeof body - 1)), sum);
    cr_assert_neq(checksum_row(history, 2, &uid, span_of(body, sizeof body)), sum);
}

/* Files move between machines: the sum is part of the format. */
Test(checksum, is_the_same_on_every_machine)
{
    struct uid uid = hall_uid(0x0102030405060708);
    cr_assert_eq(
        checksum_row((struct store_lane){3, 5}, 7, &uid, span_of_string("[\"hall\"]")),
        366759736537783380);
    cr_assert_eq(
        checksum_doc("content", span_of_string("name"), span_of_string("text")),
        -7811046008823065665);
}
