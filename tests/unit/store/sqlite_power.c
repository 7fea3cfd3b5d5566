/* Power cuts at random writes and syncs: what was acknowledged is there, once and in
 * order, and what was dropped stays away. The control: a store that does not sync as ours
 * does must be seen to lose.
 *
 * STIMMWERK_CUTS: how many in all, CUTS by default. */
#include "power_vfs.h"
#include "sqlite_files.h"

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#define CUTS         100
#define STORE_CUTS   50 /* of one store, then a new one */
#define CONTROL_CUTS 8
#define ROUND_ROWS   8000 /* more than a round comes to */

/* What all cuts of a test have in common. */
struct campaign {
    bool half;          /* of the unsynced is lost; else all */
    const char *pragma; /* that weakens the store; NULL: it is as it is */
};

static struct campaign campaign;
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

TestSuite(power, .init = enter, .fini = leave);

/* What the child says through the pipe: a row's number, or −poll once it was dropped. */
struct told {
    int pipe;
    int64_t word;
};

static void tell(void *ctx, enum store_status status, int64_t seq)
{
    struct told *told = ctx;
    (void)seq;
    if (status != STORE_STORED ||
        write(told->pipe, &told->word, sizeof told->word) != sizeof told->word) {
        _exit(3);
    }
}

static void hand_in_row(struct hall *child, int64_t number, struct told *told)
{
    char body[700];
    int bytes = snprintf(body, sizeof body, "%lld ", (long long)number);
    memset(body + bytes, 'x', sizeof body - (size_t)bytes);
    struct uid uid = hall_uid((uint64_t)number);
    struct span text = span_of(body, (size_t)bytes + (size_t)number * 37 % 600);
    if (store_append(child->store, ballots, &uid, text, tell, told) != ERR_OK) {
        _exit(4);
    }
}

/* A poll that is opened, voted in and dropped again. */
static void hand_in_short_poll(struct hall *child, int64_t poll, struct told *told)
{
    struct store_fence fence = {
        .event = 1,
        .poll = poll,
        .open = true,
        .uid = hall_uid(7000000 + (uint64_t)poll)};
    struct uid uid = hall_uid(8000000 + (uint64_t)poll);
    struct store_lane lane = {1, poll};
    struct span body = span_of_string("secret of a dropped poll");
    if (store_fence(child->store, &fence, NULL, NULL) != ERR_OK ||
        store_append(child->store, lane, &uid, body, NULL, NULL) != ERR_OK ||
        store_drop(child->store, (struct store_lane){1, poll}, NULL, 0, tell, told) !=
            ERR_OK) {
        _exit(5);
    }
}

static sqlite3 *opened; /* the store's connection */

static int
remember(sqlite3 *handle, char **message, const struct sqlite3_api_routines *api)
{
    (void)message;
    (void)api;
    opened = handle;
    return SQLITE_OK;
}

/* The writer waits for work and does not use the connection. */
static void weaken(const char *pragma)
{
    if (pragma != NULL && sqlite3_exec(opened, pragma, NULL, NULL, NULL) != SQLITE_OK) {
        _exit(7);
    }
}

static void write_until_cut(int pipe, const struct power_plan *plan, int64_t round)
{
    static struct told told[ROUND_ROWS];
    struct hall child = {.free_bytes_min = 1};
    sem_init(&child.woken, 0, 0);
    memcpy(child.url, hall.url, sizeof child.url);
    power_vfs_install();
    sqlite3_auto_extension((void (*)(void))remember);
    if (hall_open(&child, false) != ERR_OK) {
        _exit(2);
    }
    weaken(campaign.pragma);
    power_vfs_arm(plan);
    for (int64_t i = 0; i < ROUND_ROWS; i++) {
        int64_t number = round * ROUND_ROWS + i;
        told[i] = (struct told){.pipe = pipe, .word = number};
        if (i % 60 == 59) {
            told[i].word = -(100 + number);
            hand_in_short_poll(&child, 100 + number, &told[i]);
        } else {
            hand_in_row(&child, number, &told[i]);
        }
        if (i % 7 == 6) {
            sem_wait(&child.woken);
            store_pump(child.store);
        }
    }
    _exit(6);
}

struct tally {
    char *acked; /* by number */
    int64_t acked_count;
    int64_t dropped[STORE_CUTS * 64];
    size_t dropped_count;
    int lost; /* cuts that lost something */
};

static void listen(int pipe, struct tally *tally)
{
    int64_t word = 0;
    while (read(pipe, &word, sizeof word) == sizeof word) {
        if (word < 0) {
            cr_assert_lt(tally->dropped_count, sizeof tally->dropped / sizeof(int64_t));
            tally->dropped[tally->dropped_count++] = -word;
        } else {
            tally->acked[word] = 1;
            tally->acked_count++;
        }
    }
}

static void cut_once(int64_t round, const struct power_plan *plan, struct tally *tally)
{
    int pipes[2];
    cr_assert_eq(pipe(pipes), 0);
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        close(pipes[0]);
        write_until_cut(pipes[1], plan, round);
    }
    close(pipes[1]);
    listen(pipes[0], tally);
    close(pipes[0]);
    int status = 0;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status));
    int code = WEXITSTATUS(status);
    cr_assert(code == POWER_CUT_EXIT || code == POWER_LOST_EXIT, "exit %d", code);
    tally->lost += code == POWER_LOST_EXIT ? 1 : 0;
}

static enum err see(void *ctx, int64_t seq, struct span body)
{
    char *seen = ctx;
    if (seq == 1) {
        return ERR_OK; /* the fence */
    }
    int64_t number = strtoll((const char *)body.data, NULL, 10);
    cr_assert_eq(seen[number], 0, "row %lld twice", (long long)number);
    seen[number] = 1;
    return ERR_OK;
}

/* Acknowledged rows that are not there. */
static int64_t count_missing(const struct tally *tally)
{
    int64_t missing = 0;
    char *seen = calloc(STORE_CUTS, ROUND_ROWS);
    cr_assert_not_null(seen);
    cr_assert_eq(hall_open(&hall, false), ERR_OK);
    cr_assert_eq(store_tail(hall.store, ballots, 0, see, seen), ERR_OK);
    for (int64_t i = 0; i < (int64_t)STORE_CUTS * ROUND_ROWS; i++) {
        missing += tally->acked[i] && !seen[i] ? 1 : 0;
    }
    free(seen);
    return missing;
}

static void expect_all_there(const struct tally *tally)
{
    cr_assert_eq(count_missing(tally), 0, "acknowledged rows are lost");
    const char *lanes = hall_lanes(&hall);
    for (size_t i = 0; i < tally->dropped_count; i++) {
        char lane[48];
        snprintf(lane, sizeof lane, "1.%lld:", (long long)tally->dropped[i]);
        cr_assert_null(strstr(lanes, lane), "%s is there again", lane);
    }
}

/* A dropped poll whose drop was acknowledged left no byte; one that the cut was in the
 * middle of may still be there, and then its lane is. */
static void expect_no_trace(void)
{
    static const char secret[] = "secret of a dropped poll";
    const char *lanes = hall_lanes(&hall);
    bool another_lane = strstr(strstr(lanes, "1.5:") + 4, "1.") != NULL;
    struct files_image image = files_read(&hall);
    bool found = false;
    for (size_t i = 0; i < 4; i++) {
        found = found || file_contains(&image.files[i], secret, strlen(secret));
    }
    files_image_fini(&image);
    cr_assert(another_lane || !found);
}

static void begin(struct tally *tally)
{
    struct answer opening;
    hall_fence(&hall, 1, 5, true, 9999999, &opening);
    hall_await(&hall, 1);
    hall_shut(&hall);
    *tally = (struct tally){.acked = calloc(STORE_CUTS, ROUND_ROWS)};
    cr_assert_not_null(tally->acked);
}

static void cut_by_chance(int64_t round, unsigned *noise, struct tally *tally)
{
    *noise = *noise * 1103515245U + 12345U;
    struct power_plan plan = {
        .operations = (int)(*noise >> 16) % 500,
        .half = campaign.half,
        .seed = *noise,
    };
    cut_once(round, &plan, tally);
}

/* One store, cut again and again. */
static void wear_out(int64_t cuts, unsigned *noise, struct tally *tally)
{
    begin(tally);
    for (int64_t round = 0; round < cuts; round++) {
        cut_by_chance(round, noise, tally);
        if (round % 10 == 9) {
            expect_all_there(tally);
            expect_no_trace();
            hall_shut(&hall);
        }
    }
    expect_all_there(tally);
    free(tally->acked);
}

static int64_t cuts_wanted(void)
{
    const char *wanted = getenv("STIMMWERK_CUTS");
    return (wanted != NULL ? strtoll(wanted, NULL, 10) : CUTS) / 2;
}

static void cut_again_and_again(void)
{
    static struct tally tally;
    unsigned noise = 2026;
    int64_t cuts = cuts_wanted();
    int64_t acked = 0;
    int64_t lost = 0;
    for (int64_t left = cuts; left > 0; left -= STORE_CUTS) {
        wear_out(left < STORE_CUTS ? left : STORE_CUTS, &noise, &tally);
        acked += tally.acked_count;
        lost += tally.lost;
        hall_fini(&hall);
        hall_init(&hall);
    }
    cr_log_info(
        "%lld cuts, %lld of which lost something; %lld acknowledged, 0 lost",
        (long long)cuts, (long long)lost, (long long)acked);
    cr_assert_gt(acked, cuts);
    cr_assert_gt(lost, cuts / 4, "the cuts lost nothing: they prove nothing");
}

Test(power, cuts_that_lose_all_unsynced_lose_nothing_acknowledged)
{
    campaign = (struct campaign){.half = false};
    cut_again_and_again();
}

Test(power, cuts_that_lose_half_of_the_unsynced_lose_nothing_acknowledged)
{
    campaign = (struct campaign){.half = true};
    cut_again_and_again();
}

static void expect_losses_are_seen(const char *pragma)
{
    static struct tally tally;
    unsigned noise = 2026;
    campaign = (struct campaign){.pragma = pragma};
    begin(&tally);
    for (int64_t round = 0; round < CONTROL_CUTS; round++) {
        cut_by_chance(round, &noise, &tally);
    }
    cr_assert_gt(count_missing(&tally), 0, "nothing was lost");
    free(tally.acked);
}

Test(power, cuts_lose_what_a_store_that_never_syncs_acknowledged)
{
    expect_losses_are_seen("PRAGMA synchronous = OFF");
}

Test(power, cuts_lose_what_a_store_that_syncs_at_checkpoints_acknowledged)
{
    expect_losses_are_seen("PRAGMA synchronous = NORMAL");
}
