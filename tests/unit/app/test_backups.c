/* Backups while the hall is open. */
#include "app/backups.h"

#include "restore_kit.h"

#include "app/store_path.h"

#include <sys/stat.h>

#define COPY STORE_COPY_SUFFIX

TestSuite(backups, .init = set_up, .fini = tear_down);

static struct backups *start_backups(const char *to, const struct wrap_key *key)
{
    static char path[128];
    snprintf(path, sizeof path, "%s", path_of(to));
    const struct backups_options options = {
        .hall = fixture.hall,
        .loop = &fixture.loop,
        .store_url = fixture.url,
        .folder = path,
        .every_ms = 5,
        .key = key,
    };
    struct backups *backups = NULL;
    cr_assert_eq(backups_start(&options, &backups), ERR_OK);
    return backups;
}

/* The backup's own name, made "copy" for the commands above. */
static void take_backup(const struct backups *backups)
{
    cr_assert_eq(rename(backups_path(backups), path_of("copy")), 0);
}

static struct backups_stats
wait_for(struct backups *backups, int64_t made, int64_t failed)
{
    struct backups_stats stats;
    uint64_t until_ms = uv_now(&fixture.loop) + 60000; /* a disk with other work to do */
    backups_stats(backups, &stats);
    while (stats.made < made || stats.failed < failed) {
        cr_assert_lt(uv_now(&fixture.loop), until_ms, "no backup within a minute");
        uv_run(&fixture.loop, UV_RUN_ONCE);
        backups_stats(backups, &stats);
    }
    return stats;
}

static void on_finished(void *ctx)
{
    *(bool *)ctx = true;
}

static void finish(struct backups *backups)
{
    bool finished = false;
    backups_finish(backups, on_finished, &finished);
    if (!finished) {
        fixture_wait(&fixture, &finished);
    }
}

static void close_backups(struct backups *backups)
{
    cr_assert(backups_close(backups));
    uv_run(&fixture.loop, UV_RUN_NOWAIT);
}

Test(backups, a_running_hall_is_kept_up_to_its_last_ballot)
{
    struct wrap_key key;
    struct span passphrase = span_of_string("korrekt Pferd Batterie");
    cr_assert_eq(wrap_key_new(passphrase, WRAP_COST_MIN, &key), ERR_OK);
    struct backups *backups = start_backups(".", &key);
    wait_for(backups, 1, 0);
    for (uint32_t counter = 2; counter < 6; counter++) {
        struct cast cast = fixture_cast_of(the_poll(), counter % 3, counter);
        fixture_cast(&fixture, event, poll, people[0], &cast);
        wait_for(backups, (int64_t)counter, 0);
    }
    struct cast cast = fixture_cast_of(the_poll(), 0, 6);
    fixture_cast(&fixture, event, poll, people[0], &cast);
    finish(backups);
    take_backup(backups);
    close_backups(backups);
    cr_expect_not(is_there("hall.db" COPY), "nothing is left beside the store");
    fixture_close(&fixture);
    burn();
    cr_assert_eq(run(RESTORE_SECRET), 0);
    open_restored();
    cr_expect_eq(the_poll()->ballot_count, 7);
}

Test(backups, a_backup_that_fails_is_tried_again_and_hurts_nobody)
{
    cr_redirect_stderr();
    struct backups *backups = start_backups("stick", NULL);
    wait_for(backups, 0, 3);
    struct cast cast = fixture_cast_of(the_poll(), 2, 2);
    cr_assert_eq(fixture_cast(&fixture, event, poll, people[0], &cast).err, ERR_OK);
    cr_assert_eq(mkdir(path_of("stick"), 0700), 0);
    struct backups_stats stats = wait_for(backups, 1, 0);
    cr_expect_gt(stats.newest_ms, 0);
    finish(backups);
    cr_expect_eq(access(backups_path(backups), F_OK), 0);
    close_backups(backups);
}

static void turn_for(uint64_t ms)
{
    uint64_t until_ms = uv_now(&fixture.loop) + ms;
    while (uv_now(&fixture.loop) < until_ms) {
        uv_run(&fixture.loop, UV_RUN_ONCE);
    }
}

static bool holds(const char *path, const char *what)
{
    char command[512];
    snprintf(command, sizeof command, "grep -qaF -e '%s' '%s'", what, path);
    return system(command) == 0;
}

static void on_forgotten(void *ctx, enum err err)
{
    *(bool *)ctx = err == ERR_OK;
}

Test(backups, the_last_event_that_is_deleted_leaves_the_newest_backup_too)
{
    static const char title[] = "das Erste, was weg muss";
    bool gone = false;
    struct backups *backups = start_backups(".", NULL);
    fixture_idea(&fixture, event, moderator, title);
    finish(backups);
    cr_assert(holds(backups_path(backups), title));
    close_backups(backups);
    backups = start_backups(".", NULL);
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    cr_assert_eq(hall_forget(fixture.hall, event, on_forgotten, &gone), ERR_OK);
    fixture_wait(&fixture, &gone);
    finish(backups);
    cr_expect_not(holds(backups_path(backups), title));
    close_backups(backups);
}

Test(backups, nothing_new_makes_no_new_backup)
{
    struct backups *backups = start_backups(".", NULL);
    wait_for(backups, 1, 0);
    turn_for(50);
    struct backups_stats stats;
    backups_stats(backups, &stats);
    cr_expect_eq(stats.made, 1);
    finish(backups);
    close_backups(backups);
}

/* A new machine with the old configuration starts before anybody restores. */
Test(backups, an_empty_store_makes_no_backup_and_another_store_has_another_name)
{
    char first[256];
    struct backups *backups = start_backups(".", NULL);
    wait_for(backups, 1, 0);
    snprintf(first, sizeof first, "%s", backups_path(backups));
    finish(backups);
    close_backups(backups);
    fixture_close(&fixture);
    burn();
    fixture_open(&fixture);
    backups = start_backups(".", NULL);
    turn_for(50);
    struct backups_stats stats;
    backups_stats(backups, &stats);
    cr_expect_eq(stats.made, 0);
    cr_expect_str_neq(backups_path(backups), first);
    fixture_event(&fixture, JOIN_OPEN);
    wait_for(backups, 1, 0);
    finish(backups);
    close_backups(backups);
    cr_expect_eq(access(first, F_OK), 0);
}

Test(backups, who_asks_to_stop_twice_waits_for_none)
{
    cr_redirect_stderr();
    struct backups *backups = start_backups(".", NULL);
    wait_for(backups, 1, 0);
    bool finished = false;
    struct cast cast = fixture_cast_of(the_poll(), 2, 2);
    fixture_cast(&fixture, event, poll, people[0], &cast);
    backups_finish(backups, on_finished, &finished);
    backups_finish(backups, on_finished, &finished);
    cr_expect(finished, "the second call does not wait");
    while (!backups_close(backups)) {
        uv_run(&fixture.loop, UV_RUN_ONCE);
    }
    uv_run(&fixture.loop, UV_RUN_NOWAIT);
}

Test(backups, what_a_process_before_left_half_done_is_swept)
{
    char running[64];
    snprintf(running, sizeof running, "hall.db" COPY "-%ld", (long)getpid());
    write_file("hall.db" COPY, "half");
    write_file("hall.db" COPY ".part", "half");
    write_file("hall.db" COPY "-99999999", "half");
    write_file(running, "half");
    write_file("hall.db" COPY "-before", "somebody's");
    write_file("hall.db.copy", "somebody's");
    backups_sweep(fixture.url, false);
    cr_expect(is_there("hall.db" COPY), "ours is in the making");
    cr_expect_not(is_there("hall.db" COPY "-99999999"));
    backups_sweep(fixture.url, true);
    cr_expect_not(is_there("hall.db" COPY));
    cr_expect_not(is_there("hall.db" COPY ".part"));
    cr_expect(is_there(running), "its command fetches it");
    cr_expect(is_there("hall.db" COPY "-before"));
    cr_expect(is_there("hall.db.copy"));
    cr_expect(is_there("hall.db"));
}
