/* The power is cut at each write and each sync while an event is forgotten. Afterwards
 * the event is whole, or wholly gone: no row, no doc, and no byte of them in any file.
 * Who was told that it is gone finds it gone, and its neighbour is as it was. */
#include "power_vfs.h"
#include "sqlite_files.h"

#include <sys/wait.h>
#include <unistd.h>

#define BALLOTS        (2 * STORE_FORGET_ROWS + 7) /* goes in three pieces */
#define ROWS           40
#define OPERATIONS_MAX 3000
#define DONE_EXIT      9
#define SECRET         "a text of the second event"

static struct hall hall;
static int shorter; /* cuts that left the event without all of its ballots */

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(power_forget, .init = enter, .fini = leave);

/* ---- two events ---- */

static void fill_event(int64_t event, const char *text)
{
    static struct answer answers[1 + 2 * ROWS + BALLOTS];
    char body[600];
    char name[24];
    int before = hall.done;
    struct answer *answer = answers;
    snprintf(body, sizeof body, "%s %0500d", text, 0);
    hall_fence(&hall, event, 1, true, (uint64_t)(event * 100000), answer++);
    for (int i = 0; i < ROWS; i++) {
        uint64_t uid = (uint64_t)(event * 1000 + i);
        snprintf(name, sizeof name, "%lld-%d", (long long)event, i);
        hall_append(&hall, (struct store_lane){event, 0}, uid, body, answer++);
        hall_put(&hall, "content", name, body, answer++);
    }
    for (int i = 0; i < BALLOTS; i++) {
        uint64_t uid = (uint64_t)(event * 10000 + i);
        hall_append(&hall, (struct store_lane){event, 1}, uid, text, answer++);
    }
    hall_await(&hall, before + 1 + 2 * ROWS + BALLOTS);
}

static struct files_image two_events(void)
{
    fill_event(1, "a text of the first event");
    fill_event(2, SECRET);
    hall_shut(&hall);
    return files_read(&hall);
}

/* ---- the cut ---- */

static void say_gone(void *ctx, enum store_status status, int64_t seq)
{
    const int *pipe = ctx;
    (void)seq;
    if (status != STORE_STORED || write(*pipe, "g", 1) != 1) {
        _exit(3);
    }
    _exit(DONE_EXIT);
}

static void forget(int pipe, const struct power_plan *plan)
{
    static char names[ROWS][24];
    static struct store_doc docs[ROWS];
    struct hall child = {.free_bytes_min = 1};
    sem_init(&child.woken, 0, 0);
    memcpy(child.url, hall.url, sizeof child.url);
    power_vfs_install();
    if (hall_open(&child, false) != ERR_OK) {
        _exit(2);
    }
    for (int i = 0; i < ROWS; i++) {
        snprintf(names[i], sizeof names[i], "2-%d", i);
        docs[i] = (struct store_doc){.kind = "content", .name = span_of_string(names[i])};
    }
    power_vfs_arm(plan);
    if (store_forget(child.store, 2, docs, ROWS, say_gone, &pipe) != ERR_OK) {
        _exit(4);
    }
    for (;;) {
        sem_wait(&child.woken);
        store_pump(child.store);
    }
}

/* False: it was over before the cut came. */
static bool cut(const struct power_plan *plan, bool *ret_told, bool *ret_lost)
{
    int pipes[2];
    char word = 0;
    int status = 0;
    cr_assert_eq(pipe(pipes), 0);
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        close(pipes[0]);
        forget(pipes[1], plan);
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
    *ret_lost = code == POWER_LOST_EXIT;
    return code != DONE_EXIT;
}

/* ---- what is left ---- */

static size_t count(const char *text, const char *word)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++) {
        found++;
    }
    return found;
}

static bool is_in_files(const char *text)
{
    struct files_image image = files_read(&hall);
    bool found = false;
    for (size_t i = 0; i < 4; i++) {
        found = found || file_contains(&image.files[i], text, strlen(text));
    }
    files_image_fini(&image);
    return found;
}

/* How many of its ballots there are. */
static size_t expect_there(int64_t event, const char *text)
{
    cr_assert_eq(count(hall_rows(&hall, (struct store_lane){event, 0}), text), ROWS);
    cr_assert_eq(count(hall_docs(&hall, "content"), text), ROWS);
    return count(hall_rows(&hall, (struct store_lane){event, 1}), text);
}

/* True if the second event is gone. */
static bool look(bool told)
{
    cr_assert_eq(hall_open(&hall, false), ERR_OK);
    cr_assert_eq(expect_there(1, "a text of the first event"), BALLOTS);
    bool gone = count(hall_lanes(&hall), "2.") == 0;
    if (gone) {
        cr_assert_eq(count(hall_docs(&hall, "content"), SECRET), 0, "a doc is left");
        cr_assert_not(is_in_files(SECRET), "a text is left in a file");
    } else {
        cr_assert_not(told, "it was told to be gone and is back");
        size_t left = expect_there(2, SECRET);
        cr_assert(left == 0 || left % STORE_FORGET_ROWS == BALLOTS % STORE_FORGET_ROWS);
        shorter += left < BALLOTS ? 1 : 0;
    }
    hall_shut(&hall);
    return gone;
}

static void cut_everywhere(bool half)
{
    struct files_image image = two_events();
    int gone = 0;
    int lost = 0;
    shorter = 0;
    int operations = 0;
    bool on = true;
    for (; on && operations < OPERATIONS_MAX; operations++) {
        const struct power_plan plan = {
            .operations = operations, .half = half, .seed = (unsigned)operations + 1};
        bool told = false;
        bool has_lost = false;
        files_restore(&hall, &image);
        on = cut(&plan, &told, &has_lost);
        lost += has_lost ? 1 : 0;
        gone += look(told) ? 1 : 0;
    }
    files_image_fini(&image);
    cr_log_info(
        "%d cuts, %d lost something, the event gone after %d", operations, lost, gone);
    cr_assert_not(on, "the forgetting does not end");
    cr_assert(gone > 0 && gone < operations && lost > 0 && shorter > 0);
}

Test(power_forget, cuts_that_lose_all_unsynced_leave_an_event_or_none)
{
    cut_everywhere(false);
}

Test(power_forget, cuts_that_lose_half_of_it_leave_an_event_or_none)
{
    cut_everywhere(true);
}
