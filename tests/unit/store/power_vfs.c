#include "power_vfs.h"

#include "pass_vfs.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECTOR_BYTES 512
#define SECTORS_MAX  65536 /* 32 MB: more than any file of the tests */
#define FILES_MAX    8

struct power_file {
    struct pass_file pass;
    uint8_t **old; /* per sector: its bytes at the last sync; NULL: unchanged since */
    sqlite3_int64 size_synced;
    bool dirty;
    bool uncut;        /* a truncation did not happen: nor did anything since */
    sqlite3_int64 end; /* sectors from here on are unchanged */
};

static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *below;
    sqlite3_io_methods methods;
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
    bool half = power.plan.half && !file->uncut;
    for (sqlite3_int64 i = 0; i < file->end; i++) {
        if (file->old[i] == NULL || (half && next_noise() % 2 == 0)) {
            continue;
        }
        file->pass.real->pMethods->xWrite(
            file->pass.real, file->old[i], SECTOR_BYTES, i * SECTOR_BYTES);
        lost = true;
    }
    if (!half) {
        file->pass.real->pMethods->xTruncate(file->pass.real, file->size_synced);
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
        file->pass.real->pMethods->xFileSize(file->pass.real, &file->size_synced);
        file->dirty = true;
    }
    for (sqlite3_int64 i = offset / SECTOR_BYTES; i * SECTOR_BYTES < end; i++) {
        if (i >= SECTORS_MAX) {
            abort();
        }
        file->end = file->end > i ? file->end : i + 1;
        if (file->old[i] == NULL) {
            file->old[i] = calloc(1, SECTOR_BYTES);
            file->pass.real->pMethods->xRead(
                file->pass.real, file->old[i], SECTOR_BYTES, i * SECTOR_BYTES);
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
    file->uncut = false;
}

static int file_close(sqlite3_file *base)
{
    struct power_file *file = (struct power_file *)base;
    forget_old(file);
    free(file->old);
    for (size_t i = 0; i < FILES_MAX; i++) {
        power.files[i] = power.files[i] == file ? NULL : power.files[i];
    }
    return file->pass.real->pMethods->xClose(file->pass.real);
}

static int
file_write(sqlite3_file *base, const void *data, int bytes, sqlite3_int64 offset)
{
    struct power_file *file = (struct power_file *)base;
    count_down();
    keep_old(file, offset, offset + bytes);
    return file->pass.real->pMethods->xWrite(file->pass.real, data, bytes, offset);
}

/* What was there is gone for good: what is lost behind it leaves a hole. */
static void empty_old(struct power_file *file, sqlite3_int64 offset)
{
    for (sqlite3_int64 i = (offset + SECTOR_BYTES - 1) / SECTOR_BYTES; i < file->end;
         i++) {
        if (file->old[i] != NULL) {
            memset(file->old[i], 0, SECTOR_BYTES);
        }
    }
}

/* File systems with a journal cut a file whole or not at all. */
static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct power_file *file = (struct power_file *)base;
    sqlite3_int64 end = 0;
    count_down();
    file->pass.real->pMethods->xFileSize(file->pass.real, &end);
    keep_old(file, size, end);
    if (power.plan.half && next_noise() % 2 == 0) {
        file->uncut = true;
    } else if (power.plan.half && !file->uncut) {
        empty_old(file, size);
    }
    return file->pass.real->pMethods->xTruncate(file->pass.real, size);
}

static int file_sync(sqlite3_file *base, int flags)
{
    struct power_file *file = (struct power_file *)base;
    count_down();
    int status = file->pass.real->pMethods->xSync(file->pass.real, flags);
    forget_old(file);
    return status;
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

static int
vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *ret)
{
    (void)vfs;
    struct power_file *file = (struct power_file *)base;
    *file = (struct power_file){.pass.real = (sqlite3_file *)(file + 1)};
    int status = power.below->xOpen(power.below, name, file->pass.real, flags, ret);
    if (status != SQLITE_OK) {
        return status;
    }
    file->old = calloc(SECTORS_MAX, sizeof *file->old);
    file->pass.base.pMethods = &power.methods;
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
    power.methods = pass_methods;
    power.methods.xClose = file_close;
    power.methods.xWrite = file_write;
    power.methods.xTruncate = file_truncate;
    power.methods.xSync = file_sync;
    power.methods.xSectorSize = file_sector;
    power.methods.xDeviceCharacteristics = file_traits;
    power.below =
        pass_vfs_install(&power.vfs, "power", sizeof(struct power_file), vfs_open);
}

void power_vfs_arm(const struct power_plan *plan)
{
    power.plan = *plan;
    atomic_store(&power.armed, true);
}
