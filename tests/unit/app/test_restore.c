/* From a backup back to a hall: what is there again, what is given up, what is said. */
#include "app/app.h"
#include "app/backups.h"

#include "app/store_path.h"

#include "hall_fixture.h"
#include "words.h"

#include "base/bounds.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY STORE_COPY_SUFFIX

static struct hall_fixture fixture;
static struct event *event;
static int64_t moderator;
static int64_t people[2];
static int64_t poll;

static const struct poll *the_poll(void)
{
    return event_poll(event, poll);
}

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", fixture.folder, name);
    return path;
}

static bool is_there(const char *name)
{
    return access(path_of(name), F_OK) == 0;
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");
    cr_assert_not_null(file);
    cr_assert_geq(fputs(text, file), 0);
    cr_assert_eq(fclose(file), 0);
}

/* A hall with an open poll in which two people voted for different things. */
static void set_up(void)
{
    fixture_init(&fixture);
    event = fixture_event(&fixture, JOIN_OPEN);
    moderator = fixture_person(&fixture, event, ROLE_MODERATOR);
    poll = fixture_open_poll(&fixture, event, moderator, 3);
    for (size_t i = 0; i < 2; i++) {
        people[i] = fixture_person(&fixture, event, ROLE_PARTICIPANT);
        struct cast cast = fixture_cast_of(the_poll(), i, 1);
        cr_assert_eq(fixture_cast(&fixture, event, poll, people[i], &cast).err, ERR_OK);
    }
    write_file("secret", "korrekt Pferd Batterie\nnot read any more\n");
}

static void tear_down(void)
{
    fixture_fini(&fixture);
}

TestSuite(restore, .init = set_up, .fini = tear_down);

/* `stimmwerk WORDS`, parted by "|"; "@" is the folder. */
static int run(const char *line)
{
    static char text[4096];
    static struct words words;
    size_t out = 0;
    for (const char *in = line; *in != '\0'; in++) {
        if (*in == '@') {
            out += (size_t)snprintf(text + out, sizeof text - out, "%s", fixture.folder);
        } else {
            text[out++] = *in;
        }
    }
    text[out] = '\0';
    words_split(&words, text);
    int code = app_main(words.argc, words.argv);
    fflush(stdout);
    fflush(stderr);
    return code;
}

/* The hall's store and keys go up in smoke. */
static void burn(void)
{
    char command[256];
    snprintf(command, sizeof command, "rm -rf '%s'/hall.db*", fixture.folder);
    cr_assert_eq(system(command), 0);
}

static void open_restored(void)
{
    fixture_open(&fixture);
    event = hall_event(fixture.hall, 1);
    cr_assert_not_null(event);
    cr_assert_gt(event->restored_at_ms, 0);
    cr_assert_gt(event->pos, RESTORE_LEAP);
}

static void back_up(const char *line)
{
    fixture_close(&fixture);
    cr_assert_eq(run(line), 0);
}

#define BACKUP         "stimmwerk|backup|--store|sqlite:@/hall.db|--out|@/copy"
#define BACKUP_SECRET  BACKUP "|--passphrase-file|@/secret"
#define RESTORE        "stimmwerk|restore|--store|sqlite:@/hall.db|--from|@/copy"
#define RESTORE_SECRET RESTORE "|--passphrase-file|@/secret"

/* Her new ballot takes the old one's place: the slot is the same. */
static void expect_poll_goes_on(void)
{
    cr_assert_eq(the_poll()->state, POLL_OPEN);
    cr_assert_eq(the_poll()->voted, 2);
    cr_assert_eq(the_poll()->reopened, 1, "its lot is a new one");
    struct cast cast = fixture_cast_of(the_poll(), 2, 2);
    cr_assert_eq(fixture_cast(&fixture, event, poll, people[0], &cast).err, ERR_OK);
    cr_assert(fixture.outcome.counts);
    cr_assert_eq(the_poll()->voted, 2, "nobody votes twice");
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll).err, ERR_OK);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_PUBLISH, poll).err,
        ERR_OK);
    struct hash commitment;
    trust_commitment(&the_poll()->seed, poll, &commitment);
    cr_assert_arr_eq(&commitment, &the_poll()->commitment, sizeof commitment);
}

Test(restore, an_encrypted_backup_brings_everything_back)
{
    back_up(BACKUP_SECRET);
    burn();
    cr_assert_eq(run(RESTORE_SECRET), 0);
    open_restored();
    expect_poll_goes_on();
    cr_expect_eq(
        hall_event_at(fixture.hall, 0)->people, 2, "people, and nobody is counted twice");
}

Test(restore, a_plain_backup_goes_on_with_its_keys_beside)
{
    back_up(BACKUP);
    cr_assert_eq(unlink(path_of("hall.db")), 0);
    cr_assert_eq(run(RESTORE), 0);
    open_restored();
    expect_poll_goes_on();
}

Test(restore, without_keys_is_refused_and_leaves_nothing)
{
    back_up(BACKUP);
    burn();
    cr_redirect_stderr();
    cr_assert_eq(run(RESTORE), 1);
    cr_expect_not(is_there("hall.db"));
    cr_expect_not(is_there("hall.db-wal"));
    cr_expect_not(is_there("hall.db.keys"));
    cr_expect(is_there("copy"));
    fixture_open(&fixture);
}

Test(restore, without_keys_annuls_the_open_poll)
{
    back_up(BACKUP);
    burn();
    cr_redirect_stdout();
    cr_assert_eq(run(RESTORE "|--without-keys"), 0);
    open_restored();
    cr_expect(the_poll()->annulled);
    cr_expect_eq(the_poll()->reason, REASON_TECHNICAL);
    cr_expect_eq(the_poll()->state, POLL_SEALED);
    struct cast cast = fixture_cast_of(the_poll(), 2, 2);
    cr_expect_neq(fixture_cast(&fixture, event, poll, people[0], &cast).err, ERR_OK);
    cr_expect_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_REOPEN, poll).err,
        ERR_ANNULLED);
}

Test(restore, without_keys_keeps_the_ballots_of_a_closed_poll)
{
    static const struct hash none;
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    back_up(BACKUP);
    burn();
    cr_redirect_stdout();
    cr_assert_eq(run(RESTORE "|--without-keys"), 0);
    open_restored();
    cr_expect_eq(the_poll()->state, POLL_SEALED);
    cr_expect_not(the_poll()->annulled);
    cr_expect_eq(the_poll()->voted, 2);
    cr_expect_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_PUBLISH, poll).err,
        ERR_OK);
    cr_expect_arr_eq(&the_poll()->seed, &none, sizeof none);
    cr_expect_null(hall_tie_order(fixture.hall, event, the_poll()));
    fixture_reopen(&fixture);
}

Test(restore, a_store_that_lost_its_keys_is_not_served)
{
    fixture_close(&fixture);
    char command[256];
    snprintf(command, sizeof command, "rm '%s'/hall.db.keys/1-1.key", fixture.folder);
    cr_assert_eq(system(command), 0);
    const struct hall_options options = {.store = fixture.url, .loop = &fixture.loop};
    struct hall *hall = NULL;
    cr_redirect_stderr();
    cr_expect_eq(hall_open(&options, &hall), ERR_KEYS_MISSING);
    snprintf(command, sizeof command, "rm -r '%s'/hall.db.keys", fixture.folder);
    cr_assert_eq(system(command), 0);
    cr_expect_eq(hall_open(&options, &hall), ERR_KEYS_MISSING);
    cr_expect_not(is_there("hall.db.keys"), "and no new pepper hides it");
    burn();
    fixture_open(&fixture);
}

Test(restore, a_backup_without_keys_can_be_read)
{
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    back_up(BACKUP);
    cr_redirect_stdout();
    cr_expect_eq(run("stimmwerk|event|list|--store|sqlite:@/copy"), 0);
    cr_expect_eq(
        run("stimmwerk|export|--store|sqlite:@/copy|--event|1|--out|@/csv|--auditor"), 0);
    cr_expect(is_there("csv/ballots.csv"));
    cr_redirect_stderr();
    cr_expect_eq(run("stimmwerk|event|link|--store|sqlite:@/copy|--event|1"), 1);
    cr_expect_not(is_there("copy.keys"), "and no new pepper is made for it");
    fixture_open(&fixture);
}

Test(restore, never_writes_over_a_store_or_its_keys)
{
    back_up(BACKUP_SECRET);
    cr_redirect_stderr();
    cr_expect_eq(run(RESTORE_SECRET), 1, "the store is there");
    cr_assert_eq(unlink(path_of("hall.db")), 0);
    cr_expect_eq(run(RESTORE_SECRET), 1, "its keys are there");
    cr_expect(is_there("hall.db.keys/1-1.key"));
    burn();
    fixture_open(&fixture);
}

Test(restore, a_log_of_the_store_that_was_there_is_never_read_into_it)
{
    back_up(BACKUP_SECRET);
    burn();
    write_file("hall.db-wal", "another hall's");
    cr_redirect_stderr();
    cr_expect_eq(run(RESTORE_SECRET), 1);
    cr_expect(is_there("hall.db-wal"), "it may be all that somebody has");
    cr_expect_not(is_there("hall.db"));
    burn();
    cr_expect_eq(run(RESTORE_SECRET), 0);
    open_restored();
}

Test(restore, a_damaged_key_is_a_lost_one)
{
    back_up(BACKUP);
    cr_assert_eq(unlink(path_of("hall.db")), 0);
    write_file("hall.db.keys/1-1.key", "nonsense");
    cr_redirect_stderr();
    cr_redirect_stdout();
    cr_expect_eq(run(RESTORE), 1);
    cr_expect_eq(run(RESTORE "|--without-keys"), 0);
    open_restored();
    cr_expect(the_poll()->annulled);
}

Test(restore, says_what_is_wrong_with_a_backup_and_leaves_nothing)
{
    back_up(BACKUP_SECRET);
    burn();
    write_file("other", "eine ganz andere Passphrase\n");
    write_file("short", "kurz\n");
    write_file("foreign", "Liebes Tagebuch, heute war die Welt in Ordnung.\n");
    cr_redirect_stderr();
    cr_expect_eq(run(RESTORE), 1, "no passphrase");
    cr_expect_eq(run(RESTORE "|--passphrase-file|@/other"), 1);
    cr_expect_eq(run(RESTORE "|--passphrase-file|@/short"), 2);
    cr_expect_eq(run(RESTORE "|--passphrase-file|@/none"), 2);
    cr_expect_eq(run("stimmwerk|restore|--store|sqlite:@/hall.db|--from|@/foreign"), 1);
    cr_expect_eq(run("stimmwerk|restore|--store|sqlite:@/hall.db|--from|@/none"), 1);
    cr_expect_eq(
        run("stimmwerk|restore|--store|sqlite:@/hall.db|--from|@/foreign|"
            "--passphrase-file|@/secret"),
        1, "a passphrase, but not encrypted");
    cr_expect_eq(run("stimmwerk|restore|--store|postgres:x|--from|@/copy"), 2);
    struct stat info;
    cr_assert_eq(stat(path_of("copy"), &info), 0);
    cr_assert_eq(truncate(path_of("copy"), info.st_size - 100), 0);
    cr_expect_eq(run(RESTORE_SECRET), 1, "cut off");
    cr_expect_not(is_there("hall.db"));
    cr_expect_not(is_there("hall.db.restoring"));
    cr_expect_not(is_there("hall.db.restoring.keys"));
    cr_expect_not(is_there("hall.db.keys"));
    fixture_open(&fixture);
}

Test(restore, refuses_a_store_whose_log_lies_beside_it)
{
    back_up(BACKUP);
    write_file("copy-wal", "something");
    cr_assert_eq(unlink(path_of("hall.db")), 0);
    cr_redirect_stderr();
    cr_expect_eq(run(RESTORE), 1);
    cr_assert_eq(unlink(path_of("copy-wal")), 0);
    cr_expect_eq(run(RESTORE), 0);
    open_restored();
}

Test(restore, an_encrypted_backup_shows_nothing_and_only_to_its_owner)
{
    fixture_idea(&fixture, event, moderator, "Trinkbrunnen am Markt");
    back_up(BACKUP_SECRET);
    struct stat info;
    cr_assert_eq(stat(path_of("copy"), &info), 0);
    cr_expect_eq(info.st_mode & 07777, 0600);
    char command[256];
    snprintf(
        command, sizeof command, "grep -aq 'Trinkbrunnen\\|SQLite\\|event.create' '%s'",
        path_of("copy"));
    cr_expect_neq(system(command), 0);
    fixture_open(&fixture);
}

/* ---- while the server runs ---- */

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
    uint64_t until_ms = uv_now(&fixture.loop) + 10000;
    backups_stats(backups, &stats);
    while (stats.made < made || stats.failed < failed) {
        cr_assert_lt(uv_now(&fixture.loop), until_ms, "no backup within ten seconds");
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

Test(restore, a_running_hall_is_kept_up_to_its_last_ballot)
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

Test(restore, a_backup_that_fails_is_tried_again_and_hurts_nobody)
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

Test(restore, nothing_new_makes_no_new_backup)
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
Test(restore, an_empty_store_makes_no_backup_and_another_store_has_another_name)
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

Test(restore, a_disk_that_hangs_keeps_nobody_from_stopping)
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

Test(restore, what_a_process_before_left_half_done_is_swept)
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
