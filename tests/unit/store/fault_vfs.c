#include "fault_vfs.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct fault_file {
    sqlite3_file base;
    sqlite3_file *real; /* behind this struct */
};

static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *below;
    struct fault_plan plan;
    atomic_int calls;
    atomic_bool armed;
    atomic_bool failed;
} fault;

static bool strikes(void)
{
    if (!atomic_load(&fault.armed)) {
        return false;
    }
    int call = atomic_fetch_add(&fault.calls, 1);
    bool now = call == fault.plan.call || (call > fault.plan.call && fault.plan.for_good);
    if (now) {
        atomic_store(&fault.failed, true);
    }
    return now;
}

static int status_of(int io_error)
{
    return fault.plan.kind == FAULT_NOMEM ? SQLITE_IOERR_NOMEM : io_error;
}

static sqlite3_file *real_of(sqlite3_file *base)
{
    return ((struct fault_file *)base)->real;
}

static int file_close(sqlite3_file *base)
{
    return real_of(base)->pMethods->xClose(real_of(base));
}

static int file_read(sqlite3_file *base, void *data, int bytes, sqlite3_int64 offset)
{
    sqlite3_file *real = real_of(base);
    if (!strikes()) {
        return real->pMethods->xRead(real, data, bytes, offset);
    }
    if (fault.plan.kind != FAULT_SHORT) {
        return status_of(SQLITE_IOERR_READ);
    }
    (void)real->pMethods->xRead(real, data, bytes / 2, offset);
    memset((char *)data + bytes / 2, 0, (size_t)(bytes - bytes / 2));
    return SQLITE_IOERR_SHORT_READ;
}

/* A write that fails has written half. */
static int
file_write(sqlite3_file *base, const void *data, int bytes, sqlite3_int64 offset)
{
    sqlite3_file *real = real_of(base);
    if (!strikes()) {
        return real->pMethods->xWrite(real, data, bytes, offset);
    }
    (void)real->pMethods->xWrite(real, data, bytes / 2, offset);
    return fault.plan.kind == FAULT_FULL ? SQLITE_FULL : status_of(SQLITE_IOERR_WRITE);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    return strikes() ? status_of(SQLITE_IOERR_TRUNCATE)
                     : real_of(base)->pMethods->xTruncate(real_of(base), size);
}

static int file_sync(sqlite3_file *base, int flags)
{
    return strikes() ? status_of(SQLITE_IOERR_FSYNC)
                     : real_of(base)->pMethods->xSync(real_of(base), flags);
}

static int file_size(sqlite3_file *base, sqlite3_int64 *ret_size)
{
    return strikes() ? status_of(SQLITE_IOERR_FSTAT)
                     : real_of(base)->pMethods->xFileSize(real_of(base), ret_size);
}

static int file_lock(sqlite3_file *base, int level)
{
    return real_of(base)->pMethods->xLock(real_of(base), level);
}

static int file_unlock(sqlite3_file *base, int level)
{
    return real_of(base)->pMethods->xUnlock(real_of(base), level);
}

static int file_is_reserved(sqlite3_file *base, int *ret_reserved)
{
    return real_of(base)->pMethods->xCheckReservedLock(real_of(base), ret_reserved);
}

static int file_control(sqlite3_file *base, int op, void *argument)
{
    return real_of(base)->pMethods->xFileControl(real_of(base), op, argument);
}

static int file_sector(sqlite3_file *base)
{
    return real_of(base)->pMethods->xSectorSize(real_of(base));
}

static int file_traits(sqlite3_file *base)
{
    return real_of(base)->pMethods->xDeviceCharacteristics(real_of(base));
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
    struct fault_file *file = (struct fault_file *)base;
    *file = (struct fault_file){.real = (sqlite3_file *)(file + 1)};
    if (strikes()) {
        return status_of(SQLITE_CANTOPEN);
    }
    int status = fault.below->xOpen(fault.below, name, file->real, flags, ret);
    file->base.pMethods = status == SQLITE_OK ? &methods : NULL;
    return status;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    return strikes() ? status_of(SQLITE_IOERR_DELETE)
                     : fault.below->xDelete(fault.below, name, sync);
}

void fault_vfs_install(void)
{
    fault.below = sqlite3_vfs_find(NULL);
    fault.vfs = *fault.below;
    fault.vfs.zName = "fault";
    fault.vfs.pNext = NULL;
    fault.vfs.szOsFile = (int)sizeof(struct fault_file) + fault.below->szOsFile;
    fault.vfs.xOpen = vfs_open;
    fault.vfs.xDelete = vfs_delete;
    if (sqlite3_vfs_register(&fault.vfs, 1) != SQLITE_OK) {
        abort();
    }
}

void fault_vfs_arm(const struct fault_plan *plan)
{
    atomic_store(&fault.armed, false);
    atomic_store(&fault.calls, 0);
    atomic_store(&fault.failed, false);
    if (plan != NULL) {
        fault.plan = *plan;
        atomic_store(&fault.armed, true);
    }
}

bool fault_vfs_has_failed(void)
{
    return atomic_load(&fault.failed);
}
