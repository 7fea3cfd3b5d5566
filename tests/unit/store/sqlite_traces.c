/* After a poll's lane is dropped, no byte of its ballots is in any file. */
#include "sqlite_files.h"

#include <sqlite3.h>
#include <unistd.h>

static struct hall hall;

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(traces, .init = enter, .fini = leave);

static bool anywhere(const char *marker)
{
    struct files_image image = files_read(&hall);
    bool found = false;
    for (size_t i = 0; i < 4; i++) {
        found = found || file_contains(&image.files[i], marker, strlen(marker));
    }
    files_image_fini(&image);
    return found;
}

static void marker_of(int64_t poll, char ret_marker[32])
{
    snprintf(ret_marker, 32, "marker-of-poll-%lld.", (long long)poll);
}

/* Rows of very different lengths, the polls' rows among each other. */
static void fill_polls(int64_t polls, int rows)
{
    static struct answer answers[4096];
    static char body[30000];
    int n = 0;
    for (int64_t poll = 1; poll <= polls; poll++) {
        hall_fence(&hall, 1, poll, true, (uint64_t)poll, &answers[n++]);
    }
    unsigned noise = 99;
    for (int i = 0; i < rows; i++) {
        noise = noise * 1103515245U + 12345U;
        int64_t poll = 1 + (int64_t)(noise >> 16) % polls;
        char marker[32];
        marker_of(poll, marker);
        size_t bytes = (noise >> 8) % 50 == 0 ? (noise >> 4) % 25000 : (noise >> 4) % 700;
        memset(body, '.', bytes);
        snprintf(body + bytes, sizeof body - bytes, "%s", marker);
        memcpy(body, marker, strlen(marker) < bytes ? strlen(marker) : 0);
        hall_append(
            &hall, (struct store_lane){1, poll}, 1000 + (uint64_t)i, body, &answers[n++]);
    }
    hall_await(&hall, n);
}

Test(traces, of_a_dropped_lane_are_in_no_file)
{
    struct answer answer;
    fill_polls(2, 1000);
    cr_assert(anywhere("marker-of-poll-1."));
    hall_drop(&hall, 1, 1, &answer);
    hall_await(&hall, hall.done + 1);
    cr_assert_eq(answer.status, STORE_STORED);
    cr_assert_not(anywhere("marker-of-poll-1."));
    cr_assert(anywhere("marker-of-poll-2."));
}

/* Dropping one lane moves rows of the others about: neither may their old places tell. */
Test(traces, of_lanes_dropped_one_after_the_other_are_in_no_file)
{
    static struct answer answers[64];
    fill_polls(12, 3000);
    for (int64_t poll = 1; poll <= 12; poll++) {
        int64_t dropped = poll * 5 % 13;
        hall_drop(&hall, 1, dropped, &answers[poll]);
        hall_await(&hall, hall.done + 1);
        char marker[32];
        marker_of(dropped, marker);
        cr_assert_not(anywhere(marker), "poll %lld", (long long)dropped);
        cr_assert_eq(anywhere("marker-of-poll"), poll < 12);
    }
}

Test(traces, are_gone_from_a_store_that_was_reopened_before)
{
    struct answer answer;
    fill_polls(3, 500);
    hall_reopen(&hall);
    hall_drop(&hall, 1, 2, &answer);
    hall_await(&hall, hall.done + 1);
    cr_assert_not(anywhere("marker-of-poll-2."));
    hall_shut(&hall);
    cr_assert_not(anywhere("marker-of-poll-2."));
    cr_assert(anywhere("marker-of-poll-3."));
}

Test(traces, of_a_dropped_lane_are_not_in_a_backup_that_was_under_way)
{
    struct answer backup;
    struct answer drop;
    char path[FILES_PATH_BYTES];
    snprintf(path, sizeof path, "%s.copy", files_path(&hall));
    fill_polls(2, 2000);
    backup = (struct answer){.hall = &hall};
    cr_assert_eq(store_backup(hall.store, path, hall_answered, &backup), ERR_OK);
    hall_drop(&hall, 1, 1, &drop);
    hall_await(&hall, hall.done + 2);
    cr_assert_eq(backup.status, STORE_STORED);
    struct file_image copy = file_read(path);
    cr_assert(file_contains(&copy, "marker-of-poll-2.", 17));
    cr_assert_not(file_contains(&copy, "marker-of-poll-1.", 17));
    file_image_fini(&copy);
}

/* The delete is on the disk, the rewriting is not: as after a crash between the two. */
Test(traces, left_by_a_crash_in_the_middle_of_dropping_go_at_the_next_start)
{
    fill_polls(2, 500);
    hall_shut(&hall);
    sqlite3 *handle = NULL;
    cr_assert_eq(sqlite3_open(files_path(&hall), &handle), SQLITE_OK);
    cr_assert_eq(
        sqlite3_exec(
            handle,
            "PRAGMA secure_delete = OFF; DELETE FROM batch WHERE poll = 1;"
            "DELETE FROM lane WHERE poll = 1; INSERT INTO chore (name) VALUES ('scrub')",
            NULL, NULL, NULL),
        SQLITE_OK);
    cr_assert_eq(sqlite3_close(handle), SQLITE_OK);
    cr_assert(anywhere("marker-of-poll-1."));
    cr_assert_eq(hall_open(&hall, false), ERR_OK);
    cr_assert_not(anywhere("marker-of-poll-1."));
    cr_assert(anywhere("marker-of-poll-2."));
    hall_reopen(&hall);
    cr_assert_eq(strncmp(hall_lanes(&hall), "1.0:2+ 1.2:", 11), 0);
}
