/* What only a store in memory can do: fail when it is told to, be copied, be driven by
 * hand. */
#include "store/memory.h"

#include <criterion/criterion.h>
#include <stdio.h>

static struct memory *memory;
static struct store *store;
static int woken;
static int failed;
static int done;

static void wake(void *ctx)
{
    (void)ctx;
    woken++;
}

static void on_failed(void *ctx, enum err err, const char *what)
{
    (void)ctx;
    (void)what;
    cr_assert_eq(err, ERR_IO);
    failed++;
}

static void on_done(void *ctx, enum store_status status, int64_t seq)
{
    (void)ctx;
    (void)status;
    (void)seq;
    done++;
}

static enum err open_on(struct memory *place, bool create, struct store **ret_store)
{
    const struct store_options options = {
        .url = "memory:hall",
        .create = create,
        .wake = wake,
        .failed = on_failed,
        .memory = place,
        .by_hand = true,
    };
    return store_open(&options, ret_store);
}

static void enter(void)
{
    memory = memory_new();
    cr_assert_eq(open_on(memory, true, &store), ERR_OK);
}

static void leave(void)
{
    store_close(store);
    memory_free(memory);
}

TestSuite(memory, .init = enter, .fini = leave);

static void append(uint8_t number)
{
    struct uid uid = {{number}};
    cr_assert_eq(
        store_append(
            store, (struct store_lane){1, 0}, &uid, span_of_string("[]"), on_done, NULL),
        ERR_OK);
}

static size_t rows_in(const struct memory *place)
{
    const struct memory_lane *lane = memory_find_lane(place, (struct store_lane){1, 0});
    return lane != NULL ? lane->row_count : 0;
}

Test(memory, is_no_store_without_one)
{
    struct store *other = NULL;
    cr_assert_eq(open_on(NULL, true, &other), ERR_USAGE);
}

Test(memory, is_open_once_at_a_time)
{
    struct store *other = NULL;
    cr_assert_eq(open_on(memory, true, &other), ERR_LOCKED);
}

Test(memory, is_not_found_before_it_was_made)
{
    struct memory *fresh = memory_new();
    struct store *other = NULL;
    cr_assert_eq(open_on(fresh, false, &other), ERR_NOT_FOUND);
    memory_free(fresh);
}

Test(memory, does_nothing_until_its_hand_works)
{
    append(1);
    store_pump(store);
    cr_assert_eq(rows_in(memory), 0);
    cr_assert(store_work(store));
    cr_assert_eq(rows_in(memory), 1);
    cr_assert_eq(woken, 1);
    cr_assert_eq(done, 0);
    store_pump(store);
    cr_assert_eq(done, 1);
    cr_assert_not(store_work(store));
}

Test(memory, that_refuses_keeps_nothing_and_answers_nobody)
{
    memory->fault = MEMORY_REFUSES;
    append(1);
    cr_assert_not(store_work(store));
    store_pump(store);
    cr_assert_eq(rows_in(memory), 0);
    cr_assert_eq(done, 0);
    cr_assert_eq(failed, 1);
    cr_assert_not(store_work(store));
}

Test(memory, that_breaks_keeps_all_and_answers_nobody)
{
    memory->fault = MEMORY_BREAKS;
    append(1);
    append(2);
    cr_assert_not(store_work(store));
    store_pump(store);
    cr_assert_eq(rows_in(memory), 2);
    cr_assert_eq(done, 0);
    cr_assert_eq(failed, 1);
}

Test(memory, is_copied_as_it_was_committed)
{
    append(1);
    store_work(store);
    struct memory *copy = memory_copy(memory);
    append(2);
    store_work(store);
    cr_assert_eq(rows_in(copy), 1);
    struct store *other = NULL;
    cr_assert_eq(open_on(copy, false, &other), ERR_OK);
    store_close(other);
    memory_free(copy);
}

Test(memory, has_no_file_to_back_up)
{
    cr_assert_eq(store_backup(store, "/nowhere/copy", on_done, NULL), ERR_OK);
    cr_assert(store_work(store));
    store_pump(store);
    cr_assert_eq(done, 1);
}

/* ---- an event forgotten in pieces ---- */

static size_t ballots_in(const struct memory *place)
{
    const struct memory_lane *lane = memory_find_lane(place, (struct store_lane){2, 1});
    return lane != NULL ? lane->row_count : 0;
}

/* An event with a fence and five ballots, which is being forgotten two rows at a time. */
static void forget_by_two(void)
{
    struct uid uid = {{100}};
    struct span body = span_of_string("[]");
    memory->forget_rows = 2;
    const struct store_fence fence = {
        .event = 2,
        .poll = 1,
        .open = true,
        .uid = uid,
        .lane_body = body,
        .history_body = body,
    };
    cr_assert_eq(store_fence(store, &fence, NULL, NULL), ERR_OK);
    for (uint8_t i = 0; i < 5; i++) {
        uid.bytes[1] = i + 1;
        cr_assert_eq(
            store_append(store, (struct store_lane){2, 1}, &uid, body, NULL, NULL),
            ERR_OK);
    }
    cr_assert(store_work(store));
    cr_assert_eq(store_forget(store, 2, NULL, 0, on_done, NULL), ERR_OK);
    cr_assert_eq(ballots_in(memory), 6);
}

Test(memory, forgets_in_pieces_and_lets_others_in_between)
{
    forget_by_two();
    store_work(store);
    cr_assert_eq(ballots_in(memory), 4);
    append(1);
    store_work(store);
    cr_assert_eq(rows_in(memory), 1, "nobody waits for all of it");
    cr_assert_eq(ballots_in(memory), 2);
    while (store_work(store)) {
    }
    store_pump(store);
    cr_assert_eq(done, 2);
    cr_assert_eq(memory->lane_count, 1, "what is left is ours");
}

Test(memory, that_fails_in_a_piece_is_forgotten_further_afterwards)
{
    forget_by_two();
    store_work(store);
    memory->fault = MEMORY_BREAKS;
    cr_assert_not(store_work(store));
    cr_assert_eq(ballots_in(memory), 2);
    store_close(store);
    cr_assert_eq(done, 0, "nobody was told that it is done");
    memory->fault = MEMORY_SOUND;
    cr_assert_eq(open_on(memory, false, &store), ERR_OK);
    cr_assert_eq(store_forget(store, 2, NULL, 0, on_done, NULL), ERR_OK);
    while (store_work(store)) {
    }
    cr_assert_eq(memory->lane_count, 0);
}
