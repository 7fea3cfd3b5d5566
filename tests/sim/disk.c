#include "disk.h"

#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct disk *mounted;
static struct store *opened;

/* In place of the store's: the hall knows nothing of memories and hands. */
enum err __wrap_store_open(const struct store_options *options, struct store **ret_store);
enum err __real_store_open(const struct store_options *options, struct store **ret_store);

enum err __wrap_store_open(const struct store_options *options, struct store **ret_store)
{
    struct store_options ours = *options;
    ours.memory = mounted->memory;
    ours.url = mounted->url; /* whatever is to be opened: there is no other disk */
    ours.by_hand = true;
    enum err err = __real_store_open(&ours, ret_store);
    opened = err == ERR_OK ? *ret_store : NULL;
    return err;
}

bool disk_work(void)
{
    bool busy = opened != NULL && store_backlog(opened) != 0;
    return busy && store_work(opened);
}

void disk_mount(struct disk *disk)
{
    mounted = disk;
}

/* ---- the keys' folder, "PATH.keys" of "memory:PATH" ---- */

static void keys_path(const struct disk *disk, char *ret_path, size_t bytes)
{
    snprintf(ret_path, bytes, "%s.keys", strchr(disk->url, ':') + 1);
}

static void copy_file(const char *from, const char *to)
{
    char data[4096];
    FILE *in = fopen(from, "rb");
    FILE *out = fopen(to, "wb");
    assert(in != NULL && out != NULL);
    size_t bytes = fread(data, 1, sizeof data, in);
    size_t written = fwrite(data, 1, bytes, out);
    assert(written == bytes);
    (void)written;
    fclose(in);
    fclose(out);
}

static void each_key(const char *folder, const char *copy)
{
    char from[512];
    char to[512];
    DIR *names = opendir(folder);
    for (struct dirent *name = NULL; names != NULL && (name = readdir(names)) != NULL;) {
        if (name->d_name[0] == '.') {
            continue;
        }
        snprintf(from, sizeof from, "%s/%s", folder, name->d_name);
        if (copy == NULL) {
            unlink(from);
            continue;
        }
        snprintf(to, sizeof to, "%s/%s", copy, name->d_name);
        copy_file(from, to);
    }
    if (names != NULL) {
        closedir(names);
    }
}

static void copy_keys(const struct disk *from, const struct disk *to)
{
    char source[DISK_URL_BYTES + 8];
    char target[DISK_URL_BYTES + 8];
    keys_path(from, source, sizeof source);
    keys_path(to, target, sizeof target);
    mkdir(target, 0700);
    each_key(source, target);
}

static void remove_keys(const struct disk *disk)
{
    char path[DISK_URL_BYTES + 8];
    keys_path(disk, path, sizeof path);
    each_key(path, NULL);
    rmdir(path);
}

void disk_take_keys(struct disk *disk, const struct disk *from)
{
    remove_keys(disk);
    copy_keys(from, disk);
}

/* ---- disks ---- */

static const char *base_folder(void)
{
    const char *temporary = getenv("TMPDIR");
    return access("/dev/shm", W_OK) == 0 ? "/dev/shm"
                                         : (temporary != NULL ? temporary : "/tmp");
}

#define NAME_START "stimmwerk-sim-%ld-"

static void name_disk(struct disk *disk)
{
    static unsigned count;
    snprintf(
        disk->url, sizeof disk->url, "memory:%s/" NAME_START "%u", base_folder(),
        (long)getpid(), count++);
}

void disk_sweep(long process)
{
    char start[64];
    char path[512];
    snprintf(start, sizeof start, NAME_START, process);
    DIR *names = opendir(base_folder());
    for (struct dirent *name = NULL; names != NULL && (name = readdir(names)) != NULL;) {
        if (strncmp(name->d_name, start, strlen(start)) == 0) {
            snprintf(path, sizeof path, "%s/%s", base_folder(), name->d_name);
            each_key(path, NULL);
            rmdir(path);
        }
    }
    if (names != NULL) {
        closedir(names);
    }
}

static struct disk *make(struct memory *memory, bool lies)
{
    struct disk *disk = calloc(1, sizeof *disk);
    assert(disk != NULL && memory != NULL);
    *disk = (struct disk){.memory = memory, .lies = lies};
    memory->forget_rows = 2; /* lanes are short here, and are to go in several pieces */
    name_disk(disk);
    remove_keys(disk); /* of a process that had our number */
    return disk;
}

struct disk *disk_new(bool lies)
{
    return make(memory_new(), lies);
}

void disk_free(struct disk *disk)
{
    if (disk != NULL) {
        remove_keys(disk);
        memory_free(disk->memory);
        memory_free(disk->safe);
        free(disk);
    }
}

void disk_before_commit(struct disk *disk)
{
    if (disk->lies) {
        memory_free(disk->safe);
        disk->safe = memory_copy(disk->memory);
    }
}

static struct disk *copy_of(const struct disk *disk, const struct memory *memory)
{
    struct disk *copy = make(memory_copy(memory), disk->lies);
    copy_keys(disk, copy);
    return copy;
}

struct disk *disk_after_crash(const struct disk *disk)
{
    return copy_of(disk, disk->safe != NULL ? disk->safe : disk->memory);
}

struct disk *disk_snapshot(const struct disk *disk)
{
    return copy_of(disk, disk->memory);
}
