/* From a backup back to a hall: what is there again, what is given up, what is said. */
#include "app/hall_notice.h"

#include "restore_kit.h"

#include <sys/stat.h>

TestSuite(restore, .init = set_up, .fini = tear_down);

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

static void on_kept(void *ctx, enum store_status status, int64_t seq)
{
    (void)seq;
    *(bool *)ctx = status == STORE_STORED;
}

Test(restore, brings_back_what_the_office_wrote)
{
    bool kept = false;
    cr_assert_eq(
        hall_set_notice(fixture.hall, NOTICE_WORDS, "Depp", on_kept, &kept), ERR_OK);
    fixture_wait(&fixture, &kept);
    back_up(BACKUP_SECRET);
    burn();
    cr_assert_eq(run(RESTORE_SECRET), 0);
    open_restored();
    cr_expect_str_eq(hall_notice(fixture.hall, NOTICE_WORDS), "Depp");
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
