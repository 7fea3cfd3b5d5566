/* The power is cut while the log is moved into the file, and at the first commit after
 * that, which begins the log anew. Whatever was answered is there. */
#include "power_vfs.h"
#include "sqlite_files.h"

#include <sys/wait.h>
#include <unistd.h>

#define ROWS           18 /* of the largest kind: more than STORE_LOG_PAGES */
#define STEP           401
#define LAST_CUTS      12 /* before the end, one by one: syncs and the next commit */
#define OPERATIONS_MAX 16384
#define DONE_EXIT      9

static struct hall hall;
static const struct store_lane ballots = {1, 5};
static const struct power_plan *plan; /* NULL: it is armed */
static int lost;                      /* cuts that took something back */

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(power_settle, .init = enter, .fini = leave);

/* ---- the cut ---- */

/* The rows are answered and the log is moved now. */
static void on_wake(void *ctx)
{
    (void)ctx;
    if (plan != NULL) {
        power_vfs_arm(plan);
        plan = NULL;
    }
}

static void on_failed(void *ctx, enum err err, const char *what)
{
    (void)ctx;
    (void)err;
    (void)what;
    _exit(3);
}

static void on_stored(void *ctx, enum store_status status, int64_t seq)
{
    const int *told = ctx;
    (void)seq;
    if (status != STORE_STORED || (told != NULL && write(*told, "a", 1) != 1)) {
        _exit(4);
    }
}

static void append(struct store *store, uint64_t number, struct span body, int *told)
{
    struct uid uid = hall_uid(number);
    if (store_append(store, ballots, &uid, body, on_stored, told) != ERR_OK) {
        _exit(5);
    }
}

static void fill_and_move(int told)
{
    static char body[BATCH_BYTES_MAX];
    struct store *store = NULL;
    const struct store_options options = {
        .url = hall.url,
        .free_bytes_min = 1,
        .wake = on_wake,
        .failed = on_failed,
        .by_hand = true,
    };
    power_vfs_install();
    if (store_open(&options, &store) != ERR_OK) {
        _exit(2);
    }
    memset(body, 'x', sizeof body);
    for (uint64_t i = 0; i < ROWS; i++) {
        append(store, 100 + i, span_of(body, sizeof body), NULL);
    }
    (void)store_work(store);
    append(store, 500, span_of_string("y"), &told);
    (void)store_work(store);
    store_pump(store);
    _exit(DONE_EXIT);
}

/* False: it was over before the cut came. */
static bool cut(int operations, bool *ret_told)
{
    const struct power_plan here = {
        .operations = operations, .half = true, .seed = (unsigned)operations + 1};
    int pipes[2];
    char word = 0;
    int status = 0;
    plan = &here;
    cr_assert_eq(pipe(pipes), 0);
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        close(pipes[0]);
        fill_and_move(pipes[1]);
    }
    close(pipes[1]);
    *ret_told = read(pipes[0], &word, 1) == 1;
    close(pipes[0]);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status));
    int code = WEXITSTATUS(status);
    cr_assert(
        code == POWER_CUT_EXIT || code == POWER_LOST_EXIT || code == DONE_EXIT, "exit %d",
        code);
    lost += code == POWER_LOST_EXIT ? 1 : 0;
    return code != DONE_EXIT;
}

/* ---- what is left ---- */

struct found {
    int large; /* whole ones */
    int small;
};

static enum err on_row(void *ctx, int64_t seq, struct span body)
{
    struct found *found = ctx;
    (void)seq;
    bool whole = body.bytes == BATCH_BYTES_MAX && body.data[0] == 'x' &&
                 memcmp(body.data, body.data + 1, body.bytes - 1) == 0;
    found->large += whole ? 1 : 0;
    found->small += span_equal(body, span_of_string("y")) ? 1 : 0;
    return ERR_OK;
}

static void look(int operations, bool told)
{
    struct found found = {0};
    cr_assert_eq(hall_open(&hall, false), ERR_OK);
    cr_assert_eq(store_tail(hall.store, ballots, 0, on_row, &found), ERR_OK);
    cr_assert_eq(found.large, ROWS, "cut at %d", operations);
    cr_assert(found.small == 1 || !told, "answered and gone, cut at %d", operations);
    hall_shut(&hall);
}

/* False: it was over before. */
static bool try_cut(const struct files_image *image, int operations)
{
    bool told = false;
    files_restore(&hall, image);
    bool on = cut(operations, &told);
    look(operations, told);
    return on;
}

/* How many operations there are, found by cutting. */
static int find_end(const struct files_image *image)
{
    int on = 0;
    int over = OPERATIONS_MAX;
    while (over - on > 1) {
        int middle = (on + over) / 2;
        *(try_cut(image, middle) ? &on : &over) = middle;
    }
    return over;
}

Test(power_settle, cuts_while_the_log_is_moved_lose_nothing_answered)
{
    struct answer opened;
    hall_fence(&hall, 1, 5, true, 1, &opened);
    hall_await(&hall, 1);
    hall_shut(&hall);
    struct files_image image = files_read(&hall);
    int end = find_end(&image);
    cr_assert(end > STORE_LOG_PAGES && end < OPERATIONS_MAX, "%d operations", end);
    for (int at = 0; at < end - LAST_CUTS; at += STEP) {
        cr_assert(try_cut(&image, at));
    }
    for (int at = end - LAST_CUTS; at < end; at++) {
        cr_assert(try_cut(&image, at));
    }
    cr_assert_gt(lost, LAST_CUTS, "nothing was at stake");
    files_image_fini(&image);
}
