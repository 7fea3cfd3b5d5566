/* Every call to the file system fails once, or from then on, in a whole life of a store:
 * made, filled, closed, opened again, filled, a poll dropped. Whatever happens is said,
 * no answer is wrong, and what was answered is there afterwards. */
#include "fault_vfs.h"
#include "sqlite_files.h"

#define ROWS      6
#define CALLS_MAX 5000 /* of a whole life: far fewer */

static const struct store_lane history = {1, 0};
static const struct store_lane ballots = {1, 5};

/* One life: what was handed in, and what was answered. */
struct life {
    struct hall hall;
    struct answer rows[2 * ROWS];
    struct answer fence;
    struct answer doc;
    struct answer drop;
};

static void append(struct life *life, size_t i)
{
    char body[32];
    struct uid uid = hall_uid(100 + i);
    struct store_lane lane = i % 2 == 0 ? history : ballots;
    snprintf(body, sizeof body, "row %zu", i);
    life->rows[i] = (struct answer){.hall = &life->hall};
    (void)!store_append(
        life->hall.store, lane, &uid, span_of_string(body), hall_answered,
        &life->rows[i]);
}

/* Waits until the writer has said all that it will ever say. */
static void settle(struct life *life, int done)
{
    if (life->hall.store != NULL && life->hall.failed == 0) {
        hall_await(&life->hall, done);
    }
}

static bool open_store(struct life *life, bool create)
{
    enum err err = hall_open(&life->hall, create);
    if (err != ERR_OK) {
        life->hall.store = NULL;
        cr_assert(fault_vfs_has_failed(), "opening failed (%d) though nothing did", err);
    }
    return err == ERR_OK;
}

static void first_half(struct life *life)
{
    const struct store_doc doc = {
        .kind = "content", .name = span_of_string("a"), .body = span_of_string("text")};
    const struct store_fence fence = {
        .event = 1,
        .poll = 5,
        .open = true,
        .uid = hall_uid(1),
        .lane_body = span_of_string("opened"),
        .history_body = span_of_string("opened")};
    life->fence = (struct answer){.hall = &life->hall};
    life->doc = (struct answer){.hall = &life->hall};
    (void)!store_fence(life->hall.store, &fence, hall_answered, &life->fence);
    settle(life, 1);
    for (size_t i = 0; i < ROWS; i++) {
        append(life, i);
    }
    (void)!store_put(life->hall.store, &doc, 1, hall_answered, &life->doc);
    settle(life, ROWS + 2);
}

static void second_half(struct life *life)
{
    life->hall.done = 0;
    for (size_t i = ROWS; i < 2 * ROWS; i++) {
        append(life, i);
        settle(life, (int)(i - ROWS + 1));
    }
    life->drop = (struct answer){.hall = &life->hall};
    (void)!store_drop(life->hall.store, ballots, NULL, 0, hall_answered, &life->drop);
    settle(life, ROWS + 1);
}

static void live(struct life *life)
{
    if (!open_store(life, true)) {
        return;
    }
    first_half(life);
    if (life->hall.failed == 0) {
        hall_shut(&life->hall);
        if (!open_store(life, false)) {
            return;
        }
        second_half(life);
    }
    hall_shut(&life->hall);
    life->hall.store = NULL;
}

/* The store on a disk that is well again holds what was answered. */
static void expect_answered(struct life *life, const struct fault_plan *plan)
{
    enum err err = hall_open(&life->hall, true);
    cr_assert_eq(
        err, ERR_OK, "call %d, %s, kind %d: not opened again, %s", plan->call,
        plan->for_good ? "for good" : "once", plan->kind, err_code(err));
    char all[2][1024];
    snprintf(all[0], sizeof all[0], "|%s", hall_rows(&life->hall, history));
    snprintf(all[1], sizeof all[1], "|%s", hall_rows(&life->hall, ballots));
    for (size_t i = 0; i < 2 * ROWS; i++) {
        char row[40];
        snprintf(row, sizeof row, "|row %zu|", i);
        bool gone = i % 2 == 1 && strcmp(all[1], "|") == 0; /* the drop came through */
        bool told = life->rows[i].place != 0 && life->rows[i].status == STORE_STORED;
        cr_assert(
            !told || gone || strstr(all[i % 2], row) != NULL,
            "call %d, %s, kind %d: %s is lost", plan->call,
            plan->for_good ? "for good" : "once", plan->kind, row);
    }
    bool dropped = life->drop.place != 0 && life->drop.status == STORE_STORED;
    cr_assert(!dropped || strcmp(all[1], "|") == 0, "a dropped lane is there again");
    bool put = life->doc.place != 0;
    cr_assert(!put || strcmp(hall_docs(&life->hall, "content"), "a=text|") == 0);
}

/* Did the call come at all? */
static bool fail_call(const struct fault_plan *plan)
{
    static struct life life;
    life = (struct life){0};
    hall_init(&life.hall);
    hall_shut(&life.hall);
    life.hall.done = 0;
    (void)remove(files_path(&life.hall));
    fault_vfs_arm(plan);
    live(&life);
    bool failed = fault_vfs_has_failed();
    fault_vfs_arm(NULL);
    life.hall.failed = 0;
    expect_answered(&life, plan);
    hall_fini(&life.hall);
    return failed;
}

static void fail_every_call(enum fault_kind kind, bool for_good)
{
    fault_vfs_install();
    int call = 0;
    while (call < CALLS_MAX) {
        const struct fault_plan plan = {.call = call, .for_good = for_good, .kind = kind};
        if (!fail_call(&plan)) {
            break;
        }
        call++;
    }
    cr_assert(call > 50 && call < CALLS_MAX, "%d calls", call);
}

Test(faults, any_call_may_fail_once)
{
    fail_every_call(FAULT_IO, false);
}

Test(faults, any_call_may_fail_from_then_on)
{
    fail_every_call(FAULT_IO, true);
}

Test(faults, the_disk_may_be_full_at_any_call)
{
    fail_every_call(FAULT_FULL, true);
}

Test(faults, any_read_may_be_short)
{
    fail_every_call(FAULT_SHORT, false);
}

Test(faults, memory_may_run_out_at_any_call)
{
    fail_every_call(FAULT_NOMEM, false);
}
