#include "fault_vfs.h"

#include "pass_vfs.h"

#include <stdatomic.h>
#include <string.h>

static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *below;
    sqlite3_io_methods methods;
    struct fault_plan plan;
    atomic_int calls;
    atomic_bool armed;
    atomic_bool failed;
    atomic_bool *told; /* or NULL */
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
        if (fault.told != NULL) {
            atomic_store(fault.told, true);
        }
    }
    return now;
}

static int status_of(int io_error)
{
    return fault.plan.kind == FAULT_NOMEM ? SQLITE_IOERR_NOMEM : io_error;
}

static int file_read(sqlite3_file *base, void *data, int bytes, sqlite3_int64 offset)
{
    sqlite3_file *real = pass_real(base);
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
    sqlite3_file *real = pass_real(base);
    if (!strikes()) {
        return real->pMethods->xWrite(real, data, bytes, offset);
    }
    (void)real->pMethods->xWrite(real, data, bytes / 2, offset);
    return fault.plan.kind == FAULT_FULL ? SQLITE_FULL : status_of(SQLITE_IOERR_WRITE);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    return strikes() ? status_of(SQLITE_IOERR_TRUNCATE)
                     : pass_real(base)->pMethods->xTruncate(pass_real(base), size);
}

static int file_sync(sqlite3_file *base, int flags)
{
    return strikes() ? status_of(SQLITE_IOERR_FSYNC)
                     : pass_real(base)->pMethods->xSync(pass_real(base), flags);
}

static int file_size(sqlite3_file *base, sqlite3_int64 *ret_size)
{
    return strikes() ? status_of(SQLITE_IOERR_FSTAT)
                     : pass_real(base)->pMethods->xFileSize(pass_real(base), ret_size);
}

static int
vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *ret)
{
    (void)vfs;
    struct pass_file *file = (struct pass_file *)base;
    *file = (struct pass_file){.real = (sqlite3_file *)(file + 1)};
    if (strikes()) {
        return status_of(SQLITE_CANTOPEN);
    }
    int status = fault.below->xOpen(fault.below, name, file->real, flags, ret);
    file->base.pMethods = status == SQLITE_OK ? &fault.methods : NULL;
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
    fault.methods = pass_methods;
    fault.methods.xRead = file_read;
    fault.methods.xWrite = file_write;
    fault.methods.xTruncate = file_truncate;
    fault.methods.xSync = file_sync;
    fault.methods.xFileSize = file_size;
    fault.below =
        pass_vfs_install(&fault.vfs, "fault", sizeof(struct pass_file), vfs_open);
    fault.vfs.xDelete = vfs_delete;
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

void fault_vfs_tell(atomic_bool *failed)
{
    fault.told = failed;
}
