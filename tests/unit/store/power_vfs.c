#include "power_vfs.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECTOR_BYTES 512
#define SECTORS_MAX  65536 /* 32 MB: more than any file of the tests */
#define FILES_MAX    8

struct power_file {
    sqlite3_file base;
    uint8_t **old; /* per sector: its bytes at the last sync; NULL: unchanged since */
    sqlite3_int64 size_synced;
    bool dirty;
    sqlite3_int64 end;  /* sectors from here on are unchanged */
    sqlite3_file *real; /* behind this struct */
};

static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *below;
    struct power_file *files[FILES_MAX];
    struct power_plan plan;
    atomic_bool armed;
} power;

static unsigned next_noise(void)
{
    power.plan.seed = power.plan.seed * 1103515245U + 12345U;
    return power.plan.seed >> 16;
}

/* Puts back what the disk never got. */
static bool lose_unsynced(struct power_file *file)
{
    bool lost = false;
    for (sqlite3_int64 i = 0; i < file->end; i++) {
        if (file->old[i] == NULL || (power.plan.half && next_noise() % 2 == 0)) {
            continue;
        }
        file->real->pMethods->xWrite(
            file->real, file->old[i], SECTOR_BYTES, i * SECTOR_BYTES);
        lost = true;
    }
    if (!power.plan.half) {
        file->real->pMethods->xTruncate(file->real, file->size_synced);
    }
    return lost;
}

static void cut(void)
{
    bool lost = false;
    for (size_t i = 0; i < FILES_MAX; i++) {
        if (power.files[i] != NULL && power.files[i]->dirty) {
            lost = lose_unsynced(power.files[i]) || lost;
        }
    }
    _exit(lost ? POWER_LOST_EXIT : POWER_CUT_EXIT);
}

static void count_down(void)
{
    if (atomic_load(&power.armed) && power.plan.operations-- <= 0) {
        cut();
    }
}

/* Keeps the sectors from `offset` to `end` as the disk has them. */
static void keep_old(struct power_file *file, sqlite3_int64 offset, sqlite3_int64 end)
{
    if (!file->dirty) {
        file->real->pMethods->xFileSize(file->real, &file->size_synced);
        file->dirty = true;
    }
    for (sqlite3_int64 i = offset / SECTOR_BYTES; i * SECTOR_BYTES < end; i++) {
        if (i >= SECTORS_MAX) {
            abort();
        }
        file->end = file->end > i ? file->end : i + 1;
        if (file->old[i] == NULL) {
            file->old[i] = calloc(1, SECTOR_BYTES);
            file->real->pMethods->xRead(
                file->real, file->old[i], SECTOR_BYTES, i * SECTOR_BYTES);
        }
    }
}

static void forget_old(struct power_file *file)
{
    for (sqlite3_int64 i = 0; i < file->end; i++) {
        free(file->old[i]);
        file->old[i] = NULL;
    }
    file->end = 0;
    file->dirty = false;
}

static int file_close(sqlite3_file *base)
{
    struct power_file *file = (struct power_file *)base;
    forget_old(file);
    free(file->old);
    for (size_t i = 0; i < FILES_MAX; i++) {
        power.files[i] = power.files[i] == file ? NULL : power.files[i];
    }
    return file->real->pMethods->xClose(file->real);
}

static int file_read(sqlite3_file *base, void *data, int bytes, sqlite3_int64 offset)
{
    sqlite3_file *real = ((struct power_file *)base)->real;
    return real->pMethods->xRead(real, data, bytes, offset);
}

static int
file_write(sqlite3_file *base, const void *data, int bytes, sqlite3_int64 offset)
{
    struct power_file *file = (struct power_file *)base;
    count_down();
    keep_old(file, offset, offset + bytes);
    return file->real->pMethods->xWrite(file->real, data, bytes, offset);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct power_file *file = (struct power_file *)base;
    sqlite3_int64 end = 0;
    count_down();
    file->real->pMethods->xFileSize(file->real, &end);
    keep_old(file, size, end);
    return file->real->pMethods->xTruncate(file->real, size);
}

static int file_sync(sqlite3_file *base, int flags)
{
    struct power_file *file = (struct power_file *)base;
    count_down();
    int status = file->real->pMethods->xSync(file->real, flags);
    forget_old(file);
    return status;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *ret_size)
{
    sqlite3_file *real = ((struct power_file *)base)->real;
    return real->pMethods->xFileSize(real, ret_size);
}

static int file_lock(sqlite3_file *base, int level)
{
    sqlite3_file *real = ((struct power_file *)base)->real;
    return real->pMethods->xLock(real, level);
}

static int file_unlock(sqlite3_file *base, int level)
{
    sqlite3_file *real = ((struct power_file *)base)->real;
    return real->pMethods->xUnlock(real, level);
}

static int file_is_reserved(sqlite3_file *base, int *ret_reserved)
{
    sqlite3_file *real = ((struct power_file *)base)->real;
    return real->pMethods->xCheckReservedLock(real, ret_reserved);
}

static int file_control(sqlite3_file *base, int op, void *argument)
{
    sqlite3_file *real = ((struct power_file *)base)->real;
    return real->pMethods->xFileControl(real, op, argument);
}

static int file_sector(sqlite3_file *base)
{
    (void)base;
    return SECTOR_BYTES;
}

static int file_traits(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE; /* as Debian's SQLite assumes of disks */
}

/* Version 1: no shared memory, which an exclusive connection doesn't need. */
static const sqlite3_io_methods methods = {
    1,
    file_close,
    file_read,
    file_write,
    file_truncate,
    file_sync,
    file_size,
    file_lock,
    file_unlock,
    file_is_reserved,
    file_control,
    file_sector,
    file_traits,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
};

static int
vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *ret)
{
    (void)vfs;
    struct power_file *file = (struct power_file *)base;
    *file = (struct power_file){.real = (sqlite3_file *)(file + 1)};
    int status = power.below->xOpen(power.below, name, file->real, flags, ret);
    if (status != SQLITE_OK) {
        return status;
    }
    file->old = calloc(SECTORS_MAX, sizeof *file->old);
    file->base.pMethods = &methods;
    for (size_t i = 0; i < FILES_MAX; i++) {
        if (power.files[i] == NULL) {
            power.files[i] = file;
            return SQLITE_OK;
        }
    }
    abort();
}

void power_vfs_install(void)
{
    power.below = sqlite3_vfs_find(NULL);
    power.vfs = *power.below;
    power.vfs.zName = "power";
    power.vfs.pNext = NULL;
    power.vfs.szOsFile = (int)sizeof(struct power_file) + power.below->szOsFile;
    power.vfs.xOpen = vfs_open;
    if (sqlite3_vfs_register(&power.vfs, 1) != SQLITE_OK) {
        abort();
    }
}

void power_vfs_arm(const struct power_plan *plan)
{
    power.plan = *plan;
    atomic_store(&power.armed, true);
}
