/* Files under a passphrase: what goes in comes out, and nothing else ever does. */
#include "trust/trust.h"
#include "trust/wrap.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONTENT_BYTES_MAX (3 * WRAP_PIECE_BYTES + 7)
#define PASSPHRASE        "eine lange Passphrase"

static uint8_t content[CONTENT_BYTES_MAX];
static uint8_t back[CONTENT_BYTES_MAX + 1];
static struct wrap_key key; /* scrypt is slow on purpose: once */

static void make_key(void)
{
    for (size_t i = 0; i < sizeof content; i++) {
        content[i] = (uint8_t)(i * 31 + i / 251);
    }
    cr_assert_eq(wrap_key_new(span_of_string(PASSPHRASE), WRAP_COST_MIN, &key), ERR_OK);
}

TestSuite(wrap, .init = make_key);

/* A file without a name. */
static int new_file(void)
{
    char path[] = "/tmp/stimmwerk-wrap-XXXXXX";
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    cr_assert_eq(unlink(path), 0);
    return fd;
}

/* Written in parts of `part` bytes. */
static int wrapped(size_t bytes, size_t part)
{
    int fd = new_file();
    struct wrap *wrap = NULL;
    cr_assert_eq(wrap_open(fd, &key, &wrap), ERR_OK);
    for (size_t at = 0; at < bytes; at += part) {
        size_t some = bytes - at < part ? bytes - at : part;
        cr_assert_eq(wrap_write(wrap, span_of(content + at, some)), ERR_OK);
    }
    cr_assert_eq(wrap_finish(wrap), ERR_OK);
    wrap_close(wrap);
    cr_assert_eq(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

/* Reads all of it in parts; the bytes that were right until an error or the end. */
static enum err read_back(int fd, size_t part, size_t *ret_bytes)
{
    struct unwrap *unwrap = NULL;
    *ret_bytes = 0;
    cr_assert_eq(lseek(fd, 0, SEEK_SET), 0);
    enum err err = unwrap_open(fd, span_of_string(PASSPHRASE), &unwrap);
    if (err != ERR_OK) {
        return err;
    }
    size_t got = part;
    while (err == ERR_OK && got == part) {
        size_t room = sizeof back - *ret_bytes;
        part = room < part ? room : part;
        err = unwrap_read(unwrap, back + *ret_bytes, part, &got);
        *ret_bytes += err == ERR_OK ? got : 0;
    }
    unwrap_close(unwrap);
    return err;
}

Test(wrap, gives_back_what_was_written_at_every_length_near_a_piece)
{
    static const size_t lengths[] = {
        0,
        1,
        WRAP_PIECE_BYTES - 1,
        WRAP_PIECE_BYTES,
        WRAP_PIECE_BYTES + 1,
        2 * WRAP_PIECE_BYTES,
        CONTENT_BYTES_MAX};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        size_t bytes = 0;
        int fd = wrapped(lengths[i], 10007);
        cr_assert_eq(read_back(fd, 40009, &bytes), ERR_OK);
        cr_assert_eq(bytes, lengths[i]);
        cr_assert(memcmp(back, content, bytes) == 0);
        close(fd);
    }
}

Test(wrap, shows_nothing_of_the_content)
{
    int fd = wrapped(WRAP_PIECE_BYTES, WRAP_PIECE_BYTES);
    static uint8_t file[2 * WRAP_PIECE_BYTES];
    ssize_t bytes = read(fd, file, sizeof file);
    cr_assert_eq(bytes, WRAP_HEAD_BYTES + WRAP_PIECE_BYTES + 16);
    for (ssize_t at = 0; at + 16 <= bytes; at++) {
        cr_assert(memcmp(file + at, content, 16) != 0);
    }
    close(fd);
}

Test(wrap, writes_the_same_content_differently_each_time)
{
    uint8_t one[200];
    uint8_t two[200];
    int first = wrapped(100, 100);
    int second = wrapped(100, 100);
    ssize_t bytes = read(first, one, sizeof one);
    cr_assert_eq(read(second, two, sizeof two), bytes);
    cr_assert(memcmp(one + WRAP_HEAD_BYTES, two + WRAP_HEAD_BYTES, 100) != 0);
    close(first);
    close(second);
}

Test(wrap, needs_the_passphrase)
{
    int fd = wrapped(1000, 1000);
    struct unwrap *unwrap = NULL;
    cr_expect_eq(
        unwrap_open(fd, span_of_string("eine andere Passphrase"), &unwrap),
        ERR_PASSPHRASE);
    close(fd);
}

Test(wrap, refuses_other_files)
{
    int fd = new_file();
    struct unwrap *unwrap = NULL;
    cr_expect_not(unwrap_is_wrapped(fd));
    cr_expect_eq(unwrap_open(fd, span_of_string(PASSPHRASE), &unwrap), ERR_FOREIGN);
    cr_assert_eq(write(fd, content, 1000), 1000);
    cr_assert_eq(lseek(fd, 0, SEEK_SET), 0);
    cr_expect_not(unwrap_is_wrapped(fd));
    cr_expect_eq(unwrap_open(fd, span_of_string(PASSPHRASE), &unwrap), ERR_FOREIGN);
    close(fd);
    fd = wrapped(10, 10);
    cr_expect(unwrap_is_wrapped(fd));
    cr_expect_eq(lseek(fd, 0, SEEK_CUR), 0, "and is read from its start afterwards");
    close(fd);
}

/* Where a byte may be changed: head, salts, first bytes, tag, next piece, end. */
Test(wrap, sees_every_changed_byte_and_gives_out_nothing_wrong)
{
    size_t length = 2 * WRAP_PIECE_BYTES + 5;
    int fd = wrapped(length, length);
    off_t end = lseek(fd, 0, SEEK_END);
    const off_t places[] = {
        0,
        21,
        40,
        WRAP_HEAD_BYTES,
        WRAP_HEAD_BYTES + WRAP_PIECE_BYTES + 3,
        WRAP_HEAD_BYTES + WRAP_PIECE_BYTES + 16,
        end - 17,
        end - 1};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        uint8_t byte = 0;
        size_t bytes = 0;
        cr_assert_eq(pread(fd, &byte, 1, places[i]), 1);
        byte ^= 0x10;
        cr_assert_eq(pwrite(fd, &byte, 1, places[i]), 1);
        cr_expect_neq(read_back(fd, WRAP_PIECE_BYTES, &bytes), ERR_OK, "%zu", i);
        cr_expect(memcmp(back, content, bytes) == 0);
        byte ^= 0x10;
        cr_assert_eq(pwrite(fd, &byte, 1, places[i]), 1);
    }
    size_t bytes = 0;
    cr_expect_eq(read_back(fd, 4096, &bytes), ERR_OK);
    close(fd);
}

Test(wrap, sees_that_it_was_cut_off_or_lengthened)
{
    const off_t cuts[] = {1, 5, 16, 21, 21 + WRAP_PIECE_BYTES + 16, WRAP_PIECE_BYTES};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        size_t bytes = 0;
        int fd = wrapped(3 * WRAP_PIECE_BYTES + 5, 30000);
        off_t end = lseek(fd, 0, SEEK_END);
        cr_assert_eq(ftruncate(fd, end - cuts[i]), 0);
        cr_expect_eq(read_back(fd, 8192, &bytes), ERR_DAMAGED, "%zu", i);
        close(fd);
    }
    size_t bytes = 0;
    int fd = wrapped(100, 100);
    cr_assert_eq(lseek(fd, 0, SEEK_END), WRAP_HEAD_BYTES + 116);
    cr_assert_eq(write(fd, "x", 1), 1);
    cr_expect_eq(read_back(fd, 8192, &bytes), ERR_PASSPHRASE, "in the first piece");
    close(fd);
}

Test(wrap, sees_pieces_that_changed_places)
{
    size_t sealed = WRAP_PIECE_BYTES + 16;
    int fd = wrapped(3 * WRAP_PIECE_BYTES, 50000);
    uint8_t *one = malloc(sealed);
    uint8_t *two = malloc(sealed);
    off_t first = WRAP_HEAD_BYTES;
    off_t second = first + (off_t)sealed;
    cr_assert_eq(pread(fd, one, sealed, first), (ssize_t)sealed);
    cr_assert_eq(pread(fd, two, sealed, second), (ssize_t)sealed);
    cr_assert_eq(pwrite(fd, one, sealed, second), (ssize_t)sealed);
    size_t bytes = 0;
    cr_expect_eq(read_back(fd, 8192, &bytes), ERR_DAMAGED, "the same piece twice");
    cr_assert_eq(pwrite(fd, two, sealed, first), (ssize_t)sealed);
    cr_expect_eq(read_back(fd, 8192, &bytes), ERR_PASSPHRASE, "two exchanged");
    free(one);
    free(two);
    close(fd);
}

/* Made by another program from the description in wrap.h: what is in somebody's drawer
 * must be readable by every later version. */
Test(wrap, reads_a_file_that_another_program_wrote)
{
    static const char expected[] = "Was geschrieben steht, bleibt lesbar.\n";
    struct unwrap *unwrap = NULL;
    size_t got = 0;
    int fd = open(TEST_SOURCE_DIR "/golden/backup/wrapped.backup", O_RDONLY);
    cr_assert_geq(fd, 0);
    cr_assert_eq(unwrap_open(fd, span_of_string("golden passphrase"), &unwrap), ERR_OK);
    cr_assert_eq(unwrap_read(unwrap, back, sizeof back, &got), ERR_OK);
    cr_assert_eq(got, sizeof expected - 1);
    cr_expect(memcmp(back, expected, got) == 0);
    unwrap_close(unwrap);
    close(fd);
}
