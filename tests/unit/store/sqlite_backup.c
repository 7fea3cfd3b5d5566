/* A backup taken while the store is written to is a whole store as of one moment. */
#include "sqlite_files.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static struct hall hall;
static char path[FILES_PATH_BYTES];
static const struct store_lane ballots = {1, 5};

static void enter(void)
{
    hall_init(&hall);
    snprintf(path, sizeof path, "%s.copy", files_path(&hall));
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(backup, .init = enter, .fini = leave);

static void begin(struct answer *answer)
{
    *answer = (struct answer){.hall = &hall};
    cr_assert_eq(store_backup(hall.store, path, hall_answered, answer), ERR_OK);
}

static void open_copy(struct hall *copy)
{
    *copy = (struct hall){.free_bytes_min = 1};
    sem_init(&copy->woken, 0, 0);
    snprintf(copy->url, sizeof copy->url, "sqlite:%.400s", path);
    cr_assert_eq(hall_open(copy, false), ERR_OK);
}

Test(backup, is_a_store_with_the_same_content)
{
    struct answer answers[4];
    hall_append(&hall, (struct store_lane){1, 0}, 1, "[1]", &answers[0]);
    hall_fence(&hall, 1, 5, true, 2, &answers[1]);
    hall_put(&hall, "content", "a", "text", &answers[2]);
    begin(&answers[3]);
    hall_await(&hall, 4);
    cr_assert_eq(answers[3].status, STORE_STORED);
    struct hall copy;
    open_copy(&copy);
    cr_assert_str_eq(hall_lanes(&copy), "1.0:2+ 1.5:1+ ");
    cr_assert_str_eq(hall_rows(&copy, (struct store_lane){1, 0}), "[1]|opened|");
    cr_assert_str_eq(hall_docs(&copy, "content"), "a=text|");
    hall_shut(&copy);
}

/* Each step adds a row to a lane and the same number to a doc, in one transaction. */
static void append_numbered(uint64_t number, struct answer *answer)
{
    static char body[4000];
    memset(body, 'x', sizeof body);
    int bytes = snprintf(body, sizeof body, "%llu", (unsigned long long)number);
    struct span text = span_of(body, (size_t)bytes);
    struct store_doc doc = {"count", span_of_string("rows"), text};
    body[bytes] = ' ';
    struct uid uid = hall_uid(number);
    *answer = (struct answer){.hall = &hall};
    cr_assert_eq(
        store_append_row(
            hall.store,
            &(struct store_row){ballots, uid, span_of(body, sizeof body), &doc, 1},
            hall_answered, answer),
        ERR_OK);
}

static enum err last_number(void *ctx, int64_t seq, struct span body)
{
    int64_t *last = ctx;
    int64_t number = seq == 1 ? 0 : strtoll((const char *)body.data, NULL, 10);
    cr_assert_eq(number, seq - 1);
    *last = number;
    return ERR_OK;
}

Test(backup, while_writing_is_consistent)
{
    static struct answer answers[4000];
    struct answer opening;
    struct answer backup;
    hall_fence(&hall, 1, 5, true, 1000000, &opening);
    for (uint64_t i = 1; i <= 1500; i++) {
        append_numbered(i, &answers[i]);
    }
    hall_await(&hall, 1501);
    begin(&backup);
    uint64_t written = 1500;
    while (backup.place == 0 && written < 3999) {
        written++;
        append_numbered(written, &answers[written]);
        hall_await(&hall, hall.done + 1);
    }
    hall_await(&hall, (int)written + 2);
    cr_assert_eq(backup.status, STORE_STORED);
    cr_assert_gt(written, 1510, "nothing was written meanwhile");
    struct hall copy;
    open_copy(&copy);
    int64_t last = 0;
    cr_assert_eq(store_tail(copy.store, ballots, 0, last_number, &last), ERR_OK);
    cr_assert_geq(last, 1500);
    char expected[64];
    snprintf(expected, sizeof expected, "rows=%lld|", (long long)last);
    cr_assert_str_eq(hall_docs(&copy, "count"), expected);
    hall_shut(&copy);
}

Test(backup, is_its_owners_alone_and_leaves_nothing_else)
{
    struct answer answer;
    begin(&answer);
    hall_await(&hall, 1);
    struct stat info;
    cr_assert_eq(stat(path, &info), 0);
    cr_assert_eq(info.st_mode & 07777, 0600);
    char part[FILES_PATH_BYTES + 8];
    snprintf(part, sizeof part, "%s.part", path);
    cr_assert_neq(stat(part, &info), 0);
}

Test(backup, never_replaces_a_file)
{
    struct answer answer = {.hall = &hall};
    file_write(path, "mine", 4);
    cr_assert_eq(store_backup(hall.store, path, hall_answered, &answer), ERR_IO);
    struct file_image kept = file_read(path);
    cr_assert_eq(kept.bytes, 4);
    file_image_fini(&kept);
}

Test(backup, that_cannot_be_written_harms_nothing)
{
    struct answer answer = {.hall = &hall};
    struct answer row;
    cr_assert_eq(
        store_backup(hall.store, "/nowhere/at/all", hall_answered, &answer), ERR_OK);
    hall_await(&hall, 1);
    cr_assert_eq(answer.status, STORE_CLOSED);
    hall_append(&hall, (struct store_lane){1, 0}, 1, "[1]", &row);
    hall_await(&hall, 2);
    cr_assert_eq(row.status, STORE_STORED);
}

Test(backup, is_one_at_a_time)
{
    struct answer first;
    struct answer second = {.hall = &hall};
    begin(&first);
    char other[FILES_PATH_BYTES];
    snprintf(other, sizeof other, "%s.other", files_path(&hall));
    cr_assert_eq(store_backup(hall.store, other, hall_answered, &second), ERR_BUSY);
    hall_await(&hall, 1);
    cr_assert_eq(store_backup(hall.store, other, hall_answered, &second), ERR_OK);
    hall_await(&hall, 2);
    cr_assert_eq(second.status, STORE_STORED);
}

Test(backup, under_way_is_finished_by_closing)
{
    struct answer answer;
    begin(&answer);
    hall_shut(&hall);
    cr_assert_eq(answer.status, STORE_STORED);
    cr_assert_neq(answer.place, 0);
    struct hall copy;
    open_copy(&copy);
    hall_shut(&copy);
}
