/* Killed in the middle of writing: everything that was acknowledged is there. */
#include "backend.h"
#include "sqlite_files.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILLS    15
#define ROWS_MAX 200000

static struct hall hall;
static const struct store_lane ballots = {1, 5};

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(crash, .init = enter, .fini = leave);

struct told {
    int pipe;
    int64_t number; /* of the row, also its body */
};

/* The child's acknowledgement: the row's number goes through the pipe. */
static void tell(void *ctx, enum store_status status, int64_t seq)
{
    struct told *told = ctx;
    (void)seq;
    if (status == STORE_STORED &&
        write(told->pipe, &told->number, sizeof told->number) != sizeof told->number) {
        _exit(3);
    }
}

/* Appends rows as fast as the ring takes them, until it is killed. */
static void write_for_ever(int pipe, int64_t first)
{
    static struct told told[ROWS_MAX];
    struct hall child = {.free_bytes_min = 1};
    sem_init(&child.woken, 0, 0);
    memcpy(child.url, hall.url, sizeof child.url);
    if (hall_open(&child, false) != ERR_OK) {
        _exit(2);
    }
    for (int64_t i = 0; i < ROWS_MAX;) {
        char body[32];
        snprintf(body, sizeof body, "%lld", (long long)(first + i));
        struct uid uid = hall_uid((uint64_t)(first + i));
        told[i] = (struct told){.pipe = pipe, .number = first + i};
        enum err err = store_append(
            child.store, ballots, &uid, span_of_string(body), tell, &told[i]);
        i += err == ERR_OK ? 1 : 0;
        if (err == ERR_BUSY) {
            sem_wait(&child.woken);
        }
        store_pump(child.store);
    }
    _exit(0);
}

static void read_acks(int pipe, char *acked, int64_t *ret_count)
{
    int64_t number = 0;
    while (read(pipe, &number, sizeof number) == sizeof number) {
        acked[number] = 1;
        ++*ret_count;
    }
}

struct found {
    char *seen;
    int64_t rows;
};

static enum err see(void *ctx, int64_t seq, struct span body)
{
    struct found *found = ctx;
    if (seq == 1) {
        return ERR_OK; /* the fence */
    }
    char text[32];
    snprintf(text, sizeof text, "%.*s", (int)body.bytes, (const char *)body.data);
    int64_t number = strtoll(text, NULL, 10);
    cr_assert_eq(found->seen[number], 0, "row %s twice", text);
    found->seen[number] = 1;
    found->rows++;
    return ERR_OK;
}

static void wait_for_first_ack(int pipe)
{
    struct pollfd fd = {.fd = pipe, .events = POLLIN};
    cr_assert_eq(poll(&fd, 1, 60000), 1);
}

/* Kills a child after it acknowledged something, and a bit of noise later. */
static void kill_one_writer(int64_t first, unsigned noise, char *acked, int64_t *count)
{
    int pipes[2];
    cr_assert_eq(pipe(pipes), 0);
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        close(pipes[0]);
        write_for_ever(pipes[1], first);
    }
    close(pipes[1]);
    wait_for_first_ack(pipes[0]);
    int64_t before = *count;
    int64_t number = 0;
    while (*count - before < (int64_t)(noise % 1000) &&
           read(pipes[0], &number, sizeof number) == sizeof number) {
        acked[number] = 1;
        ++*count;
    }
    cr_assert_eq(kill(child, SIGKILL), 0);
    int status = 0;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFSIGNALED(status));
    read_acks(pipes[0], acked, count);
    close(pipes[0]);
}

Test(crash, loses_no_acknowledged_row_and_doubles_none)
{
    struct answer opening;
    hall_fence(&hall, 1, 5, true, 999999999, &opening);
    hall_await(&hall, 1);
    hall_shut(&hall);
    char *acked = calloc(KILLS + 1, ROWS_MAX);
    struct found found = {.seen = calloc(KILLS + 1, ROWS_MAX)};
    cr_assert_not_null(acked);
    cr_assert_not_null(found.seen);
    unsigned noise = 4711;
    int64_t count = 0;
    for (int64_t i = 0; i < KILLS; i++) {
        noise = noise * 1103515245U + 12345U;
        kill_one_writer(i * ROWS_MAX, noise >> 12, acked, &count);
    }
    cr_assert_gt(count, KILLS);
    cr_assert_eq(hall_open(&hall, false), ERR_OK);
    cr_assert_eq(store_tail(hall.store, ballots, 0, see, &found), ERR_OK);
    for (int64_t i = 0; i < (int64_t)KILLS * ROWS_MAX; i++) {
        cr_assert(
            !acked[i] || found.seen[i], "acknowledged row %lld is lost", (long long)i);
    }
    cr_assert_geq(found.rows, count);
    free(acked);
    free(found.seen);
}

/* The moment before the last of it: all pages are written, and the journal that takes
 * them back is still there (SQLite's file format, section 3: a header, and no page of
 * before). */
Test(crash, between_the_pages_of_a_new_store_and_its_journal_leaves_nothing_in_the_way)
{
    static const uint8_t journal[512] = {
        0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, /* magic */
        0,    0,    0,    0,    1,    2,    3,    4,    /* records, nonce */
        0,    0,    0,    0,    0,    0,    2,    0,    /* pages before, sector */
        0,    0,    16,   0};                           /* page */
    hall_shut(&hall);
    char path[FILES_PATH_BYTES + 8];
    snprintf(path, sizeof path, "%s-journal", files_path(&hall));
    file_write(path, journal, sizeof journal);
    struct files_image cut = files_read(&hall);
    cr_assert_eq(hall_open(&hall, false), ERR_NOT_FOUND);
    files_restore(&hall, &cut);
    cr_assert_eq(hall_open(&hall, true), ERR_OK);
    cr_assert_str_eq(hall_lanes(&hall), "");
    files_image_fini(&cut);
}

/* Cut off while it is being made, a store can be made again or is there. */
Test(crash, while_making_a_store_leaves_nothing_in_the_way)
{
    for (useconds_t delay_us = 0; delay_us < 20000; delay_us += 1000) {
        hall_shut(&hall);
        struct files_image none = {.files = {{.exists = false}}};
        files_restore(&hall, &none);
        pid_t child = fork();
        cr_assert_geq(child, 0);
        if (child == 0) {
            struct hall fresh = {.free_bytes_min = 1};
            memcpy(fresh.url, hall.url, sizeof fresh.url);
            (void)hall_open(&fresh, true);
            for (;;) {
                pause();
            }
        }
        usleep(delay_us); /* any moment will do */
        cr_assert_eq(kill(child, SIGKILL), 0);
        cr_assert_eq(waitpid(child, NULL, 0), child);
        cr_assert_eq(hall_open(&hall, true), ERR_OK);
        cr_assert_str_eq(hall_lanes(&hall), "");
    }
}
