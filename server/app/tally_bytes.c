#include "app/tally_bytes.h"

#include "app/err_text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A million ballots of 200 options each, and room. */
#define FILE_BYTES_MAX   (1UL << 30)
#define READ_FIRST_BYTES 65536

static const char TOO_LARGE[] = "larger than a gigabyte";
static const char A_FOLDER[] = "that is a folder; expected a file";

/* Reads to the end; the caller frees *ret_text on success. */
static const char *read_stream(FILE *stream, char **ret_text, size_t *ret_bytes)
{
    size_t capacity = READ_FIRST_BYTES;
    size_t bytes = 0;
    char *text = malloc(capacity);
    while (text != NULL) {
        bytes += fread(text + bytes, 1, capacity - bytes, stream);
        if (bytes < capacity || capacity >= FILE_BYTES_MAX) {
            break;
        }
        char *bigger = realloc(text, 2 * capacity);
        if (bigger == NULL) {
            free(text);
        }
        text = bigger;
        capacity *= 2;
    }
    if (text == NULL) {
        return "no memory";
    }
    if (ferror(stream) != 0 || feof(stream) == 0) {
        free(text);
        return ferror(stream) != 0 ? errno_text() : TOO_LARGE;
    }
    *ret_text = text;
    *ret_bytes = bytes;
    return NULL;
}

const char *tally_bytes_copy(const char *path, char **ret_text, size_t *ret_bytes)
{
    if (strcmp(path, "-") == 0) {
        return read_stream(stdin, ret_text, ret_bytes);
    }
    FILE *stream = fopen(path, "rbe");
    if (stream == NULL) {
        return errno_text();
    }
    const char *wrong = read_stream(stream, ret_text, ret_bytes);
    (void)fclose(stream);
    return wrong;
}

/* An empty file can't be mapped, and a pipe neither. */
static bool map(int fd, size_t bytes, struct tally_bytes *ret_bytes)
{
    void *data = mmap(NULL, bytes, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED) {
        return false;
    }
    *ret_bytes = (struct tally_bytes){.data = data, .bytes = bytes, .mapped = true};
    return true;
}

const char *tally_bytes_open(const char *path, struct tally_bytes *ret_bytes)
{
    struct stat stat;
    int fd = strcmp(path, "-") == 0 ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    bool known = fd >= 0 && fstat(fd, &stat) == 0;
    bool folder = known && S_ISDIR(stat.st_mode);
    bool regular = known && S_ISREG(stat.st_mode);
    bool large = regular && stat.st_size > (off_t)FILE_BYTES_MAX;
    bool mapped = regular && !large && map(fd, (size_t)stat.st_size, ret_bytes);
    if (fd >= 0) {
        (void)close(fd);
    }
    if (mapped || large || folder) {
        return large ? TOO_LARGE : folder ? A_FOLDER : NULL;
    }
    struct tally_bytes bytes = {.mapped = false};
    const char *wrong = tally_bytes_copy(path, &bytes.data, &bytes.bytes);
    if (wrong == NULL) {
        *ret_bytes = bytes;
    }
    return wrong;
}

void tally_bytes_close(struct tally_bytes *bytes)
{
    if (bytes->mapped) {
        (void)munmap(bytes->data, bytes->bytes);
    } else {
        free(bytes->data);
    }
    *bytes = (struct tally_bytes){.mapped = false};
}
