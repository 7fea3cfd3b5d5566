/* The log beside the file becomes long under load: what it holds is moved into the file
 * after those who wait have their answers, and if that fails nothing is lost. SQLite
 * only. */
#include "pass_vfs.h"
#include "sqlite_files.h"

#include <stdatomic.h>

#define ROWS      18 /* of the largest kind: more than STORE_LOG_PAGES */
#define WAKES_MAX 8

static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *below;
    sqlite3_io_methods methods[2]; /* of the file; of all others */
    atomic_int syncs;              /* of the file */
    atomic_bool fails;
} disk;

/* What was so each time that the store woke its caller. */
struct wake {
    int syncs;
    bool settling;
};

static struct hall hall;
static struct wake wakes[WAKES_MAX];
static int wake_count;
static const struct store_lane ballots = {1, 5};

static int file_sync(sqlite3_file *base, int flags)
{
    if (atomic_load(&disk.fails)) {
        return SQLITE_IOERR_FSYNC;
    }
    atomic_fetch_add(&disk.syncs, 1);
    return pass_real(base)->pMethods->xSync(pass_real(base), flags);
}

static int
vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *ret)
{
    (void)vfs;
    struct pass_file *file = (struct pass_file *)base;
    *file = (struct pass_file){.real = (sqlite3_file *)(file + 1)};
    int status = disk.below->xOpen(disk.below, name, file->real, flags, ret);
    const sqlite3_io_methods *methods =
        &disk.methods[(flags & SQLITE_OPEN_MAIN_DB) != 0 ? 0 : 1];
    file->base.pMethods = status == SQLITE_OK ? methods : NULL;
    return status;
}

static void on_wake(void *ctx)
{
    (void)ctx;
    cr_assert_lt(wake_count, WAKES_MAX);
    wakes[wake_count++] = (struct wake){
        .syncs = atomic_load(&disk.syncs), .settling = store_is_settling(hall.store)};
}

static void on_failed(void *ctx, enum err err, const char *what)
{
    (void)ctx;
    cr_assert_fail("%s: %s", err_code(err), what);
}

/* The writer's work is done when the test says so. */
static void enter(void)
{
    hall_init(&hall);
    hall_shut(&hall);
    disk.methods[0] = pass_methods;
    disk.methods[0].xSync = file_sync;
    disk.methods[1] = pass_methods;
    disk.below =
        pass_vfs_install(&disk.vfs, "settle", sizeof(struct pass_file), vfs_open);
    const struct store_options options = {
        .url = hall.url,
        .free_bytes_min = 1,
        .wake = on_wake,
        .failed = on_failed,
        .by_hand = true,
    };
    cr_assert_eq(store_open(&options, &hall.store), ERR_OK);
    wake_count = 0;
    atomic_store(&disk.syncs, 0);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(settle, .init = enter, .fini = leave);

static void append(uint64_t number, const char *body, struct answer *answer)
{
    hall_append(&hall, ballots, number, body, answer);
}

/* So many rows that the log is long after them; one transaction. */
static void fill(struct answer answers[ROWS])
{
    char *body = malloc(BATCH_BYTES_MAX);
    cr_assert_not_null(body);
    memset(body, 'x', BATCH_BYTES_MAX - 1);
    body[BATCH_BYTES_MAX - 1] = '\0';
    for (int i = 0; i < ROWS; i++) {
        append(100 + (uint64_t)i, body, &answers[i]);
    }
    free(body);
    cr_assert(store_work(hall.store));
    store_pump(hall.store);
    cr_assert_eq(answers[ROWS - 1].status, STORE_STORED);
}

static int64_t log_bytes(void)
{
    struct store_stats stats;
    store_stats(hall.store, &stats);
    return stats.wal_bytes;
}

Test(settle, answers_do_not_wait_until_the_log_is_moved)
{
    struct answer opened;
    struct answer rows[ROWS];
    hall_fence(&hall, 1, 5, true, 1, &opened);
    fill(rows);
    cr_assert_eq(wake_count, 2);
    cr_assert_eq(wakes[0].syncs, 0);
    cr_assert(wakes[0].settling);
    cr_assert_eq(wakes[1].syncs, 1);
    cr_assert_not(wakes[1].settling);
}

Test(settle, the_log_begins_anew_and_does_not_grow)
{
    struct answer opened;
    struct answer rows[ROWS];
    struct answer more[2];
    hall_fence(&hall, 1, 5, true, 1, &opened);
    fill(rows);
    int64_t bytes = log_bytes();
    cr_assert_gt(bytes, 4096LL * STORE_LOG_PAGES);
    for (uint64_t i = 0; i < 2; i++) {
        append(500 + i, "row", &more[i]);
        cr_assert(store_work(hall.store));
        store_pump(hall.store);
        cr_assert_eq(more[i].seq, more[0].seq + (int64_t)i);
    }
    cr_assert_eq(log_bytes(), bytes);
    cr_assert_eq(wake_count, 4, "a short log is left alone");
}

Test(settle, what_can_not_be_moved_stays_in_the_log_and_is_moved_later)
{
    struct answer opened;
    struct answer rows[ROWS];
    struct answer more[2];
    hall_fence(&hall, 1, 5, true, 1, &opened);
    atomic_store(&disk.fails, true);
    fill(rows);
    append(500, "while it fails", &more[0]);
    cr_assert(store_work(hall.store));
    cr_assert_eq(atomic_load(&disk.syncs), 0);
    atomic_store(&disk.fails, false);
    append(501, "when it works", &more[1]);
    cr_assert(store_work(hall.store));
    cr_assert_eq(atomic_load(&disk.syncs), 1);
    store_pump(hall.store);
    cr_assert_eq(more[0].status, STORE_STORED);
    cr_assert_eq(more[1].status, STORE_STORED);
    hall_reopen(&hall);
    cr_assert_str_eq(
        hall_rows_after(&hall, ballots, more[0].seq - 1),
        "while it fails|when it works|");
}
