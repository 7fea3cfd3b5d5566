#include "store/wal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* SQLite's file format, section 4: a header of eight words, then frames: a header of six
 * words and a page. */
#define HEADER_BYTES   32
#define FRAME_BYTES    24
#define MAGIC          0x377f0682U /* the last bit: sums are of big-endian words */
#define AT_PAGE_BYTES  8
#define AT_HEADER_SALT 16
#define AT_HEADER_SUM  24
#define AT_COMMIT      4 /* the file's pages after this commit; 0: none ends here */
#define AT_FRAME_SALT  8
#define AT_FRAME_SUM   16
#define SALT_BYTES     8
#define PAGE_BYTES_MIN 512U
#define PAGE_BYTES_MAX 65536U

struct sum {
    uint32_t a;
    uint32_t b;
};

struct wal {
    int fd;
    bool big_endian;
    size_t page_bytes;
    uint8_t salt[SALT_BYTES];
    struct sum sum; /* of all before */
    bool whole;     /* every frame so far is as it was written */
    bool ended;     /* a commit ends behind the last whole frame */
    bool damaged;
};

static uint32_t word_at(const uint8_t *data, bool big_endian)
{
    return big_endian ? (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 |
                            (uint32_t)data[2] << 8 | data[3]
                      : (uint32_t)data[3] << 24 | (uint32_t)data[2] << 16 |
                            (uint32_t)data[1] << 8 | data[0];
}

static void add(struct wal *wal, const uint8_t *data, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += 8) {
        wal->sum.a += word_at(data + i, wal->big_endian) + wal->sum.b;
        wal->sum.b += word_at(data + i + 4, wal->big_endian) + wal->sum.a;
    }
}

static bool sums_up(const struct wal *wal, const uint8_t *data)
{
    return word_at(data, true) == wal->sum.a && word_at(data + 4, true) == wal->sum.b;
}

/* A log is begun by its header, which is synced before anything follows. */
static bool take_header(struct wal *wal, const uint8_t *header)
{
    uint32_t magic = word_at(header, true);
    uint32_t page_bytes = word_at(header + AT_PAGE_BYTES, true);
    wal->big_endian = (magic & 1) != 0;
    wal->page_bytes = page_bytes;
    memcpy(wal->salt, header + AT_HEADER_SALT, sizeof wal->salt);
    add(wal, header, AT_HEADER_SUM);
    return (magic & ~1U) == MAGIC && page_bytes >= PAGE_BYTES_MIN &&
           page_bytes <= PAGE_BYTES_MAX && (page_bytes & (page_bytes - 1)) == 0 &&
           sums_up(wal, header + AT_HEADER_SUM);
}

/* Frames with another salt are remains of an earlier log. Behind the first frame that is
 * not whole there may be what one commit had written; if there is more behind its end,
 * that commit was synced, and its frames are damaged. */
static void take_frame(struct wal *wal, const uint8_t *frame)
{
    if (memcmp(frame + AT_FRAME_SALT, wal->salt, sizeof wal->salt) != 0) {
        wal->whole = false;
        return;
    }
    if (wal->whole) {
        add(wal, frame, AT_FRAME_SALT);
        add(wal, frame + FRAME_BYTES, wal->page_bytes);
        wal->whole = sums_up(wal, frame + AT_FRAME_SUM);
    }
    if (!wal->whole) {
        wal->damaged = wal->damaged || wal->ended;
        wal->ended = wal->ended || word_at(frame + AT_COMMIT, true) != 0;
    }
}

static enum err look_at_frames(struct wal *wal)
{
    size_t bytes = FRAME_BYTES + wal->page_bytes;
    uint8_t *frame = malloc(bytes);
    if (frame == NULL) {
        return ERR_NOMEM;
    }
    off_t at = HEADER_BYTES;
    ssize_t got = pread(wal->fd, frame, bytes, at);
    while (got == (ssize_t)bytes && !wal->damaged) {
        take_frame(wal, frame);
        at += got;
        got = pread(wal->fd, frame, bytes, at);
    }
    free(frame);
    if (got < 0) {
        return ERR_IO;
    }
    return wal->damaged ? ERR_DAMAGED : ERR_OK;
}

static enum err look_at(struct wal *wal)
{
    static const uint8_t nothing[HEADER_BYTES];
    uint8_t header[HEADER_BYTES];
    struct stat info;
    ssize_t got = pread(wal->fd, header, sizeof header, 0);
    if (got < 0 || fstat(wal->fd, &info) != 0) {
        return ERR_IO;
    }
    if (info.st_size <= HEADER_BYTES || memcmp(header, nothing, sizeof nothing) == 0) {
        return ERR_OK;
    }
    return take_header(wal, header) ? look_at_frames(wal) : ERR_DAMAGED;
}

enum err wal_check(const char *path)
{
    struct wal wal = {.fd = open(path, O_RDONLY | O_CLOEXEC), .whole = true};
    if (wal.fd < 0) {
        return errno == ENOENT ? ERR_OK : ERR_IO;
    }
    enum err err = look_at(&wal);
    close(wal.fd);
    return err;
}
