/* The folder of keys: durable, private, damaged files seen, forgotten keys gone. */
#include "trust/trust.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static char keys_path[128];

static void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/stimmwerk-keys-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    snprintf(keys_path, sizeof keys_path, "%s/keys", folder);
}

static int count_names(const char *path, const char *within)
{
    DIR *names = opendir(path);
    cr_assert_not_null(names);
    int count = 0;
    for (struct dirent *name = readdir(names); name != NULL; name = readdir(names)) {
        count += name->d_name[0] != '.' && strstr(name->d_name, within) != NULL;
    }
    closedir(names);
    return count;
}

static void remove_folder(void)
{
    DIR *names = opendir(keys_path);
    if (names != NULL) {
        for (struct dirent *name = readdir(names); name != NULL; name = readdir(names)) {
            unlinkat(dirfd(names), name->d_name, 0);
        }
        closedir(names);
    }
    rmdir(keys_path);
    rmdir(folder);
}

TestSuite(keys, .init = make_folder, .fini = remove_folder);

static struct trust_keys *open_keys(void)
{
    struct trust_keys *keys = NULL;
    cr_assert_eq(trust_keys_open(keys_path, true, &keys), ERR_OK);
    return keys;
}

static void path_of(const char *name, char ret_path[256])
{
    snprintf(ret_path, 256, "%s/%s", keys_path, name);
}

static void change_byte(const char *name, off_t at)
{
    char path[256];
    path_of(name, path);
    int fd = open(path, O_RDWR);
    cr_assert_geq(fd, 0);
    uint8_t byte = 0;
    cr_assert_eq(pread(fd, &byte, 1, at), 1);
    byte ^= 1;
    cr_assert_eq(pwrite(fd, &byte, 1, at), 1);
    close(fd);
}

Test(keys, folder_and_files_are_the_owners_alone)
{
    struct trust_keys *keys = open_keys();
    struct hash key;
    cr_assert_eq(trust_poll_key(keys, 1, 2, true, &key), ERR_OK);
    trust_keys_close(keys);
    struct stat info;
    cr_assert_eq(stat(keys_path, &info), 0);
    cr_assert_eq(info.st_mode & 07777, 0700);
    static const char *const names[] = {"pepper", "1-2.key"};
    for (size_t i = 0; i < 2; i++) {
        char path[256];
        path_of(names[i], path);
        cr_assert_eq(stat(path, &info), 0, "%s", path);
        cr_assert_eq(info.st_mode & 07777, 0600);
    }
    cr_assert_eq(count_names(keys_path, ""), 2);
}

Test(keys, a_stage_has_the_same_key_after_a_restart_and_no_other_event_has_it)
{
    struct uid before;
    struct uid after;
    struct trust_keys *keys = open_keys();
    trust_stage_key(keys, 1, "ABC123", &before);
    trust_keys_close(keys);
    keys = open_keys();
    trust_stage_key(keys, 1, "ABC123", &after);
    cr_assert(uid_equal(&before, &after));
    trust_stage_key(keys, 2, "ABC123", &after);
    cr_assert_not(uid_equal(&before, &after));
    trust_stage_key(keys, 1, "ABC124", &after);
    cr_assert_not(uid_equal(&before, &after), "a number that another store had before");
    struct hash ticket;
    trust_ticket_mac(keys, 1, "ABC123", &ticket);
    cr_assert_neq(memcmp(&ticket, &before, sizeof before), 0);
    trust_keys_close(keys);
}

Test(keys, a_ticket_has_the_same_mac_after_a_restart)
{
    struct hash before;
    struct hash after;
    struct trust_keys *keys = open_keys();
    trust_ticket_mac(keys, 1, "K7QF2M9X40", &before);
    trust_keys_close(keys);
    keys = open_keys();
    trust_ticket_mac(keys, 1, "K7QF2M9X40", &after);
    cr_assert(trust_equal(&before, &after, sizeof before));
    trust_ticket_mac(keys, 2, "K7QF2M9X40", &after);
    cr_assert_not(trust_equal(&before, &after, sizeof before));
    trust_ticket_mac(keys, 1, "K7QF2M9X41", &after);
    cr_assert_not(trust_equal(&before, &after, sizeof before));
    trust_keys_close(keys);
}

Test(keys, another_folder_gives_a_ticket_another_mac)
{
    struct hash here;
    struct hash there;
    struct trust_keys *keys = open_keys();
    trust_ticket_mac(keys, 1, "K7QF2M9X40", &here);
    trust_keys_close(keys);
    remove_folder();
    make_folder();
    keys = open_keys();
    trust_ticket_mac(keys, 1, "K7QF2M9X40", &there);
    trust_keys_close(keys);
    cr_assert_not(trust_equal(&here, &there, sizeof here));
}

Test(keys, a_polls_key_is_made_once_and_found_again)
{
    struct hash made;
    struct hash found;
    struct hash other = {{0}};
    struct trust_keys *keys = open_keys();
    cr_assert_eq(trust_poll_key(keys, 1, 2, false, &other), ERR_NOT_FOUND);
    cr_assert_eq(trust_poll_key(keys, 1, 2, true, &made), ERR_OK);
    trust_keys_close(keys);
    keys = open_keys();
    cr_assert_eq(trust_poll_key(keys, 1, 2, false, &found), ERR_OK);
    cr_assert(trust_equal(&made, &found, sizeof made));
    cr_assert_eq(trust_poll_key(keys, 1, 2, true, &found), ERR_OK);
    cr_assert(trust_equal(&made, &found, sizeof made));
    cr_assert_eq(trust_poll_key(keys, 2, 2, true, &other), ERR_OK);
    cr_assert_not(trust_equal(&made, &other, sizeof made));
    trust_keys_close(keys);
}

Test(keys, each_round_of_a_poll_has_its_own_seed)
{
    struct hash seeds[3];
    struct trust_keys *keys = open_keys();
    cr_assert_eq(trust_poll_seed(keys, 1, 2, 0, true, &seeds[0]), ERR_OK);
    cr_assert_eq(trust_poll_seed(keys, 1, 2, 1, true, &seeds[1]), ERR_OK);
    cr_assert_eq(trust_poll_seed(keys, 1, 2, 0, false, &seeds[2]), ERR_OK);
    cr_assert_not(trust_equal(&seeds[0], &seeds[1], sizeof *seeds));
    cr_assert(trust_equal(&seeds[0], &seeds[2], sizeof *seeds));
    trust_keys_close(keys);
}

Test(keys, forgetting_a_poll_removes_its_files_and_no_other_polls)
{
    struct hash key;
    struct trust_keys *keys = open_keys();
    cr_assert_eq(trust_poll_key(keys, 1, 2, true, &key), ERR_OK);
    cr_assert_eq(trust_poll_seed(keys, 1, 2, 0, true, &key), ERR_OK);
    cr_assert_eq(trust_poll_seed(keys, 1, 2, 1, true, &key), ERR_OK);
    cr_assert_eq(trust_poll_key(keys, 1, 22, true, &key), ERR_OK);
    cr_assert_eq(trust_poll_key(keys, 11, 2, true, &key), ERR_OK);
    cr_assert_eq(trust_poll_seed(keys, 1, 22, 0, true, &key), ERR_OK);
    cr_assert_eq(trust_poll_forget(keys, 1, 2), ERR_OK);
    cr_assert_eq(trust_poll_key(keys, 1, 2, false, &key), ERR_NOT_FOUND);
    cr_assert_eq(trust_poll_seed(keys, 1, 2, 0, false, &key), ERR_NOT_FOUND);
    cr_assert_eq(trust_poll_seed(keys, 1, 2, 1, false, &key), ERR_NOT_FOUND);
    cr_assert_eq(trust_poll_key(keys, 1, 22, false, &key), ERR_OK);
    cr_assert_eq(trust_poll_key(keys, 11, 2, false, &key), ERR_OK);
    cr_assert_eq(trust_poll_seed(keys, 1, 22, 0, false, &key), ERR_OK);
    cr_assert_eq(trust_poll_forget(keys, 1, 2), ERR_OK);
    cr_assert_eq(count_names(keys_path, ""), 4);
    trust_keys_close(keys);
}

/* A second name for the file shows what was left in it when the first one went. */
Test(keys, a_forgotten_key_is_overwritten_before_it_is_removed)
{
    struct hash key;
    struct trust_keys *keys = open_keys();
    cr_assert_eq(trust_poll_key(keys, 1, 2, true, &key), ERR_OK);
    char path[256];
    char kept[256];
    path_of("1-2.key", path);
    path_of("kept", kept);
    cr_assert_eq(link(path, kept), 0);
    cr_assert_eq(trust_poll_forget(keys, 1, 2), ERR_OK);
    trust_keys_close(keys);
    uint8_t left[HASH_BYTES];
    int fd = open(kept, O_RDONLY);
    cr_assert_geq(fd, 0);
    cr_assert_eq(read(fd, left, sizeof left), (ssize_t)sizeof left);
    close(fd);
    cr_assert_not(trust_equal(left, key.bytes, sizeof left));
}

Test(keys, a_change_in_any_byte_of_a_key_is_damage)
{
    struct hash key;
    struct trust_keys *keys = open_keys();
    cr_assert_eq(trust_poll_key(keys, 1, 2, true, &key), ERR_OK);
    for (off_t at = 0; at < 40; at++) {
        change_byte("1-2.key", at);
        cr_assert_eq(trust_poll_key(keys, 1, 2, true, &key), ERR_DAMAGED);
        change_byte("1-2.key", at);
    }
    cr_assert_eq(trust_poll_key(keys, 1, 2, true, &key), ERR_OK);
    trust_keys_close(keys);
}

Test(keys, a_key_of_another_poll_or_length_is_damage)
{
    struct hash key;
    struct trust_keys *keys = open_keys();
    cr_assert_eq(trust_poll_key(keys, 1, 2, true, &key), ERR_OK);
    char path[256];
    char other[256];
    path_of("1-2.key", path);
    path_of("1-3.key", other);
    cr_assert_eq(rename(path, other), 0);
    cr_assert_eq(trust_poll_key(keys, 1, 3, true, &key), ERR_DAMAGED);
    cr_assert_eq(truncate(other, 12), 0);
    cr_assert_eq(trust_poll_key(keys, 1, 3, true, &key), ERR_DAMAGED);
    cr_assert_eq(truncate(other, 41), 0);
    cr_assert_eq(trust_poll_key(keys, 1, 3, true, &key), ERR_DAMAGED);
    trust_keys_close(keys);
}

Test(keys, a_damaged_or_lost_pepper_is_never_replaced)
{
    struct hash key;
    struct trust_keys *keys = open_keys();
    cr_assert_eq(trust_poll_key(keys, 1, 2, true, &key), ERR_OK);
    trust_keys_close(keys);
    change_byte("pepper", 3);
    cr_assert_eq(trust_keys_open(keys_path, true, &keys), ERR_DAMAGED);
    char path[256];
    path_of("pepper", path);
    cr_assert_eq(unlink(path), 0);
    cr_assert_eq(trust_keys_open(keys_path, true, &keys), ERR_DAMAGED);
    cr_assert_eq(count_names(keys_path, "pepper"), 0);
}

Test(keys, a_key_left_unfinished_by_a_crash_is_made_anew)
{
    struct hash key;
    struct trust_keys *keys = open_keys();
    char path[256];
    path_of("1-2.key.unfinished", path);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, "half", 4), 4);
    close(fd);
    cr_assert_eq(trust_poll_key(keys, 1, 2, false, &key), ERR_NOT_FOUND);
    cr_assert_eq(trust_poll_key(keys, 1, 2, true, &key), ERR_OK);
    cr_assert_eq(count_names(keys_path, "unfinished"), 0);
    trust_keys_close(keys);
}

Test(keys, a_folder_that_cannot_be_made_is_an_error)
{
    struct trust_keys *keys = NULL;
    cr_assert_eq(trust_keys_open("/nowhere/at/all", true, &keys), ERR_IO);
    char path[256];
    snprintf(path, sizeof path, "%s/file", folder);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    close(fd);
    cr_assert_eq(trust_keys_open(path, true, &keys), ERR_IO);
    cr_assert_eq(unlink(path), 0);
}

/* ---- as one text, for a backup ---- */

Test(keys, come_back_from_a_packed_folder)
{
    struct hash pepper_mac;
    struct hash key;
    struct hash seed;
    struct hash again;
    struct trust_keys *keys = open_keys();
    trust_ticket_mac(keys, 1, "K7QF2M9X40", &pepper_mac);
    cr_assert_eq(trust_poll_key(keys, 1, 2, true, &key), ERR_OK);
    cr_assert_eq(trust_poll_seed(keys, 1, 2, 3, true, &seed), ERR_OK);
    trust_keys_close(keys);
    char path[256];
    path_of("1-9.key.unfinished", path);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    close(fd);

    struct buf packed;
    buf_init(&packed, 1 << 16);
    cr_assert_eq(trust_keys_pack(keys_path, &packed), ERR_OK);
    remove_folder();
    cr_assert_eq(mkdir(folder, 0700), 0);
    cr_assert_eq(trust_keys_unpack(keys_path, buf_span(&packed)), ERR_OK);
    cr_expect_eq(count_names(keys_path, ""), 3);

    cr_assert_eq(trust_keys_open(keys_path, false, &keys), ERR_OK);
    trust_ticket_mac(keys, 1, "K7QF2M9X40", &again);
    cr_expect(trust_equal(&again, &pepper_mac, sizeof again));
    cr_assert_eq(trust_poll_key(keys, 1, 2, false, &again), ERR_OK);
    cr_expect(trust_equal(&again, &key, sizeof again));
    cr_assert_eq(trust_poll_seed(keys, 1, 2, 3, false, &again), ERR_OK);
    cr_expect(trust_equal(&again, &seed, sizeof again));
    trust_keys_close(keys);
    buf_fini(&packed);
}

Test(keys, are_missed_where_they_must_be)
{
    struct trust_keys *keys = NULL;
    struct buf packed;
    buf_init(&packed, 1 << 16);
    cr_expect_eq(trust_keys_open(keys_path, false, &keys), ERR_KEYS_MISSING);
    cr_expect_eq(trust_keys_pack(keys_path, &packed), ERR_KEYS_MISSING);
    cr_assert_eq(mkdir(keys_path, 0700), 0);
    cr_expect_eq(trust_keys_open(keys_path, false, &keys), ERR_KEYS_MISSING);
    cr_expect_eq(count_names(keys_path, ""), 0, "and none is made");
    buf_fini(&packed);
}

Test(keys, unpack_nothing_but_keys_into_nothing_but_their_folder)
{
    static const char *const names[] = {
        "../evil.key", "/tmp/evil.key", "evil",      "1-2.key.unfinished", "",
        ".key",        "a.key",         "1-2.pepper"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buf packed;
        struct hash key = {{7}};
        buf_init(&packed, 1024);
        buf_char(&packed, (char)strlen(names[i]));
        buf_text(&packed, names[i]);
        buf_bytes(&packed, key.bytes, sizeof key.bytes);
        cr_expect_eq(
            trust_keys_unpack(keys_path, buf_span(&packed)), ERR_DAMAGED, "%s", names[i]);
        cr_expect_neq(access(keys_path, F_OK), 0, "%s", names[i]);
        buf_fini(&packed);
    }
    static const char cut[] = "\x06pepper1234";
    cr_expect_eq(trust_keys_unpack(keys_path, span_of(cut, sizeof cut - 1)), ERR_DAMAGED);
}
