/* Opening: what is not ours, too new, damaged or in use is refused and left as it was. */
#include "backend.h"
#include "sqlite_files.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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

TestSuite(opening, .init = enter, .fini = leave);

/* A store with some rows, closed. */
static void fill_and_shut(void)
{
    struct answer answers[60];
    char body[2000];
    memset(body, 'x', sizeof body);
    body[sizeof body - 1] = '\0';
    for (uint64_t i = 0; i < 60; i++) {
        hall_append(&hall, history, i, body, &answers[i]);
    }
    hall_await(&hall, 60);
    hall_shut(&hall);
}

static void expect_refusal(enum err expected)
{
    struct files_image before = files_read(&hall);
    cr_assert_eq(hall_open(&hall, false), expected);
    cr_assert(files_unchanged(&hall, &before));
    if (expected != ERR_NOT_FOUND) {
        cr_assert_eq(hall_open(&hall, true), expected);
        cr_assert(files_unchanged(&hall, &before));
    }
    files_image_fini(&before);
}

static void run_sql(const char *sql)
{
    sqlite3 *handle = NULL;
    cr_assert_eq(sqlite3_open(files_path(&hall), &handle), SQLITE_OK);
    cr_assert_eq(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
    cr_assert_eq(sqlite3_close(handle), SQLITE_OK);
}

Test(opening, makes_a_file_that_is_its_owners_alone)
{
    struct answer answer;
    hall_append(&hall, history, 1, "[]", &answer);
    hall_await(&hall, 1);
    struct stat info;
    cr_assert_eq(stat(files_path(&hall), &info), 0);
    cr_assert_eq(info.st_mode & 07777, 0600);
    char wal[FILES_PATH_BYTES];
    snprintf(wal, sizeof wal, "%s-wal", files_path(&hall));
    cr_assert_eq(stat(wal, &info), 0);
    cr_assert_eq(info.st_mode & 07777, 0600);
    snprintf(wal, sizeof wal, "%s-shm", files_path(&hall));
    cr_assert_neq(stat(wal, &info), 0, "one connection needs no shared memory");
}

Test(opening, leaves_one_file_after_closing)
{
    fill_and_shut();
    struct files_image image = files_read(&hall);
    cr_assert(image.files[0].exists);
    cr_assert_not(image.files[1].exists);
    cr_assert_not(image.files[2].exists);
    cr_assert_not(image.files[3].exists);
    files_image_fini(&image);
}

Test(opening, refuses_a_file_that_is_not_there)
{
    hall_shut(&hall);
    cr_assert_eq(unlink(files_path(&hall)), 0);
    expect_refusal(ERR_NOT_FOUND);
    cr_assert_eq(hall_open(&hall, true), ERR_OK);
}

Test(opening, refuses_a_folder_that_is_not_there)
{
    hall_shut(&hall);
    char kept[HALL_URL_BYTES];
    memcpy(kept, hall.url, sizeof kept);
    snprintf(hall.url, sizeof hall.url, "sqlite:/nowhere/at/all");
    cr_assert_eq(hall_open(&hall, true), ERR_IO);
    memcpy(hall.url, kept, sizeof kept);
}

Test(opening, refuses_urls_it_does_not_know)
{
    hall_shut(&hall);
    static const char *const urls[] = {
        "", "hall.db", "sqlite:", "postgres://localhost/x"};
    char kept[HALL_URL_BYTES];
    memcpy(kept, hall.url, sizeof kept);
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        snprintf(hall.url, sizeof hall.url, "%s", urls[i]);
        cr_assert_eq(hall_open(&hall, true), ERR_USAGE);
    }
    memcpy(hall.url, kept, sizeof kept);
}

Test(opening, refuses_a_text_file)
{
    hall_shut(&hall);
    const char text[] =
        "Dear diary, this is no database, but it is longer than a hundred "
        "bytes, so that it could hold a header if it wanted to.\n";
    file_write(files_path(&hall), text, sizeof text);
    expect_refusal(ERR_FOREIGN);
    file_write(files_path(&hall), "short", 5);
    expect_refusal(ERR_FOREIGN);
}

Test(opening, refuses_another_programs_database)
{
    hall_shut(&hall);
    cr_assert_eq(unlink(files_path(&hall)), 0);
    run_sql("CREATE TABLE shopping (item TEXT); INSERT INTO shopping VALUES ('tea')");
    expect_refusal(ERR_FOREIGN);
    run_sql("PRAGMA application_id = 12345; PRAGMA journal_mode = WAL");
    expect_refusal(ERR_FOREIGN);
}

Test(opening, refuses_a_folder_and_a_link)
{
    hall_shut(&hall);
    cr_assert_eq(unlink(files_path(&hall)), 0);
    cr_assert_eq(mkdir(files_path(&hall), 0700), 0);
    cr_assert_eq(hall_open(&hall, true), ERR_FOREIGN);
    cr_assert_eq(rmdir(files_path(&hall)), 0);
    cr_assert_eq(symlink("elsewhere", files_path(&hall)), 0);
    cr_assert_eq(hall_open(&hall, true), ERR_FOREIGN);
}

Test(opening, refuses_a_file_of_a_later_version)
{
    fill_and_shut();
    run_sql("PRAGMA user_version = 1000");
    expect_refusal(ERR_NEWER);
}

Test(opening, refuses_a_file_without_a_version)
{
    fill_and_shut();
    run_sql("PRAGMA user_version = 0");
    expect_refusal(ERR_DAMAGED);
}

Test(opening, refuses_a_log_that_lost_its_file)
{
    struct answer answer;
    hall_append(&hall, history, 1, "[]", &answer);
    hall_await(&hall, 1);
    struct files_image live = files_read(&hall);
    hall_shut(&hall);
    files_restore(&hall, &live);
    cr_assert_eq(unlink(files_path(&hall)), 0);
    files_image_fini(&live);
    struct files_image before = files_read(&hall);
    cr_assert_eq(hall_open(&hall, true), ERR_DAMAGED);
    cr_assert(files_unchanged(&hall, &before));
    files_image_fini(&before);
}

Test(opening, refuses_a_torn_file)
{
    fill_and_shut();
    struct stat info;
    cr_assert_eq(stat(files_path(&hall), &info), 0);
    cr_assert_eq(truncate(files_path(&hall), info.st_size - 4096), 0);
    expect_refusal(ERR_DAMAGED);
    cr_assert_eq(truncate(files_path(&hall), 4096), 0);
    expect_refusal(ERR_DAMAGED);
}

/* Wipes one page after the other; with what was in the log beside the file, too. */
static void expect_every_wiped_page_is_seen(void)
{
    struct files_image whole = files_read(&hall);
    size_t pages = whole.files[0].bytes / 4096;
    cr_assert_gt(pages, 5);
    for (size_t page = 1; page < pages; page++) {
        files_restore(&hall, &whole);
        FILE *file = fopen(files_path(&hall), "r+b");
        cr_assert_not_null(file);
        uint8_t garbage[4096];
        memset(garbage, 0xa5, sizeof garbage);
        cr_assert_eq(fseek(file, (long)(page * sizeof garbage), SEEK_SET), 0);
        cr_assert_eq(fwrite(garbage, 1, sizeof garbage, file), sizeof garbage);
        cr_assert_eq(fclose(file), 0);
        expect_refusal(ERR_DAMAGED);
    }
    files_restore(&hall, &whole);
    files_image_fini(&whole);
}

Test(opening, refuses_a_file_with_a_wiped_page)
{
    fill_and_shut();
    expect_every_wiped_page_is_seen();
    cr_assert_eq(hall_open(&hall, false), ERR_OK);
}

/* As a power cut leaves it: the last commits are in the log beside the file. */
Test(opening, leaves_the_log_beside_a_refused_file_alone)
{
    fill_and_shut();
    cr_assert_eq(hall_open(&hall, false), ERR_OK);
    struct answer answer;
    hall_put(&hall, "content", "a", "text", &answer);
    hall_await(&hall, 61);
    struct files_image live = files_read(&hall);
    cr_assert_gt(live.files[1].bytes, 0);
    hall_shut(&hall);
    files_restore(&hall, &live);
    files_image_fini(&live);
    struct stat info;
    cr_assert_eq(stat(files_path(&hall), &info), 0);
    FILE *file = fopen(files_path(&hall), "r+b");
    cr_assert_not_null(file);
    cr_assert_eq(fseek(file, info.st_size / 2 / 4096 * 4096, SEEK_SET), 0);
    uint8_t garbage[4096] = {0xff, 0xff};
    cr_assert_eq(fwrite(garbage, 1, sizeof garbage, file), sizeof garbage);
    cr_assert_eq(fclose(file), 0);
    expect_refusal(ERR_DAMAGED);
}

Test(opening, refuses_a_disk_that_is_nearly_full)
{
    hall_shut(&hall);
    hall.free_bytes_min = INT64_MAX;
    expect_refusal(ERR_NO_SPACE);
    cr_assert_eq(unlink(files_path(&hall)), 0);
    cr_assert_eq(hall_open(&hall, true), ERR_NO_SPACE);
    struct stat info;
    cr_assert_neq(stat(files_path(&hall), &info), 0);
}

Test(opening, goes_on_with_a_file_whose_making_was_cut_short)
{
    hall_shut(&hall);
    cr_assert_eq(truncate(files_path(&hall), 0), 0);
    cr_assert_eq(hall_open(&hall, false), ERR_NOT_FOUND);
    cr_assert_eq(hall_open(&hall, true), ERR_OK);
    cr_assert_str_eq(hall_lanes(&hall), "");
}

static int exit_code_of_child(void)
{
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        struct hall second = {.free_bytes_min = 1};
        memcpy(second.url, hall.url, sizeof second.url);
        _exit((int)hall_open(&second, true));
    }
    int status = 0;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

Test(opening, is_for_one_process_at_a_time)
{
    cr_assert_eq(exit_code_of_child(), ERR_LOCKED);
    struct answer answer;
    hall_append(&hall, history, 1, "[]", &answer);
    hall_await(&hall, 1);
    cr_assert_eq(answer.status, STORE_STORED);
    cr_assert_eq(exit_code_of_child(), ERR_LOCKED);
}

Test(opening, twice_in_one_process_is_refused_too)
{
    struct hall second = {.free_bytes_min = 1};
    memcpy(second.url, hall.url, sizeof second.url);
    cr_assert_eq(hall_open(&second, false), ERR_LOCKED);
}

Test(opening, keeps_other_programs_out)
{
    sqlite3 *handle = NULL;
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        sqlite3_open(files_path(&hall), &handle);
        _exit(sqlite3_exec(handle, "SELECT * FROM lane", NULL, NULL, NULL));
    }
    int status = 0;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert_eq(WEXITSTATUS(status), SQLITE_BUSY);
}
