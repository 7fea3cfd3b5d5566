/* No room, and other failures to write: nothing is acknowledged any more, it is said
 * once, and started again with room the store goes on. */
#define _GNU_SOURCE 1 /* unshare */
#include "sqlite_files.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct hall hall;
static const struct store_lane history = {1, 0};

#define LARGE_BYTES 100000

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(full, .init = enter, .fini = leave);

/* No file may grow beyond so many bytes: every write past them fails. */
static void limit_files(rlim_t bytes)
{
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit;
    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static const char *large_body(void)
{
    static char body[LARGE_BYTES + 1];
    memset(body, 'x', LARGE_BYTES);
    return body;
}

/* Appends large rows until nothing goes any more; how many were acknowledged. */
static int append_until_failure(struct answer *answers, int count)
{
    const char *body = large_body();
    int handed_in = 0;
    while (handed_in < count && hall.failed == 0) {
        hall_append(&hall, history, (uint64_t)handed_in, body, &answers[handed_in]);
        handed_in++;
        hall_await(&hall, handed_in);
    }
    cr_assert_lt(handed_in, count, "it never failed");
    return handed_in - 1;
}

static void expect_silence(struct answer *spare)
{
    struct uid uid = hall_uid(99999);
    int done = hall.done;
    *spare = (struct answer){.hall = &hall};
    struct store_doc doc = {"content", span_of_string("a"), span_of_string("b")};
    struct store_fence fence = {.event = 1, .poll = 2, .open = true, .uid = uid};
    cr_assert_eq(
        store_append(
            hall.store, history, &uid, span_of_string("[]"), hall_answered, spare),
        ERR_IO);
    cr_assert_eq(store_put(hall.store, &doc, 1, hall_answered, spare), ERR_IO);
    cr_assert_eq(store_fence(hall.store, &fence, hall_answered, spare), ERR_IO);
    cr_assert_eq(
        store_drop(hall.store, (struct store_lane){1, 2}, NULL, 0, hall_answered, spare),
        ERR_IO);
    cr_assert_eq(
        store_backup(hall.store, "/tmp/never-made", hall_answered, spare), ERR_IO);
    cr_assert_eq(store_lanes(hall.store, NULL, NULL), ERR_IO);
    store_pump(hall.store);
    cr_assert_eq(hall.failed, 1, "it is said once");
    cr_assert_eq(hall.done, done);
    cr_assert_eq(spare->place, 0);
}

static void expect_goes_on(int acknowledged)
{
    hall_shut(&hall);
    hall.failed = 0;
    cr_assert_eq(hall_open(&hall, false), ERR_OK);
    char lanes[64];
    snprintf(lanes, sizeof lanes, "1.0:%d+ ", acknowledged);
    cr_assert_str_eq(hall_lanes(&hall), lanes);
    struct answer again;
    hall_append(&hall, history, 99999, "[]", &again);
    hall_await(&hall, hall.done + 1);
    cr_assert_eq(again.status, STORE_STORED);
    cr_assert_eq(again.seq, acknowledged + 1);
}

Test(full, a_failed_write_ends_all_acknowledgements_and_a_restart_goes_on)
{
    static struct answer answers[1000];
    limit_files(3000000);
    int acknowledged = append_until_failure(answers, 1000);
    cr_assert_gt(acknowledged, 0);
    cr_assert_eq(hall.failure, ERR_IO);
    cr_assert_eq(answers[acknowledged].place, 0);
    expect_silence(&answers[999]);
    hall_shut(&hall);
    limit_files(RLIM_INFINITY);
    expect_goes_on(acknowledged);
}

Test(full, answers_already_earned_are_given_before_the_failure)
{
    static struct answer answers[1000];
    limit_files(3000000);
    const char *body = large_body();
    int handed_in = 0;
    while (handed_in < 200) { /* never pumped: answers and failure gather */
        struct uid uid = hall_uid((uint64_t)handed_in);
        answers[handed_in] = (struct answer){.hall = &hall};
        enum err err = store_append(
            hall.store, history, &uid, span_of_string(body), hall_answered,
            &answers[handed_in]);
        if (err != ERR_OK) {
            cr_assert_eq(err, ERR_IO);
            break;
        }
        handed_in++;
        if (handed_in <= 3) {
            sem_wait(&hall.woken); /* it is on the disk */
        }
    }
    hall_await_failure(&hall);
    int acknowledged = hall.done;
    cr_assert_geq(acknowledged, 3);
    for (int i = 0; i < handed_in; i++) {
        cr_assert_eq(answers[i].place != 0, i < acknowledged);
    }
    hall_shut(&hall);
    limit_files(RLIM_INFINITY);
    expect_goes_on(acknowledged);
}

Test(full, closing_after_a_failure_touches_nothing)
{
    static struct answer answers[1000];
    limit_files(3000000);
    append_until_failure(answers, 1000);
    struct files_image before = files_read(&hall);
    limit_files(RLIM_INFINITY);
    hall_shut(&hall);
    cr_assert(files_unchanged(&hall, &before));
    files_image_fini(&before);
}

/* A real file system without room, where the machine lets us mount one. */
Test(full, a_full_file_system_is_no_space)
{
    hall_shut(&hall); /* a new user needs a process with one thread */
    if ((unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) {
        cr_skip_test("mounting is not allowed here");
    }
    char folder[] = "/tmp/stimmwerk-disk-XXXXXX";
    char home[HALL_URL_BYTES];
    memcpy(home, hall.url, sizeof home);
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(mount("none", folder, "tmpfs", 0, "size=3m,mode=777"), 0);
    snprintf(hall.url, sizeof hall.url, "sqlite:%s/hall.stimmwerk", folder);
    cr_assert_eq(hall_open(&hall, true), ERR_OK);
    static struct answer answers[1000];
    int acknowledged = append_until_failure(answers, 1000);
    cr_assert_gt(acknowledged, 0);
    cr_assert_eq(hall.failure, ERR_NO_SPACE);
    expect_silence(&answers[999]);
    hall_shut(&hall);
    cr_assert_eq(mount("none", folder, "tmpfs", MS_REMOUNT, "size=16m"), 0);
    expect_goes_on(acknowledged);
    hall_shut(&hall);
    cr_assert_eq(umount2(folder, MNT_DETACH), 0);
    rmdir(folder);
    memcpy(hall.url, home, sizeof home);
}

Test(full, a_disk_without_room_for_a_new_store_leaves_none)
{
    hall_shut(&hall);
    cr_assert_eq(unlink(files_path(&hall)), 0);
    limit_files(4096);
    cr_assert_eq(hall_open(&hall, true), ERR_IO);
    struct files_image after = files_read(&hall);
    for (size_t i = 0; i < 4; i++) {
        cr_assert_not(after.files[i].exists);
    }
    files_image_fini(&after);
    limit_files(RLIM_INFINITY);
    cr_assert_eq(hall_open(&hall, true), ERR_OK);
}
