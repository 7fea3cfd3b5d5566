#include "pass_vfs.h"

#include <stdlib.h>

static int pass_close(sqlite3_file *base)
{
    return pass_real(base)->pMethods->xClose(pass_real(base));
}

static int pass_read(sqlite3_file *base, void *data, int bytes, sqlite3_int64 offset)
{
    return pass_real(base)->pMethods->xRead(pass_real(base), data, bytes, offset);
}

static int
pass_write(sqlite3_file *base, const void *data, int bytes, sqlite3_int64 offset)
{
    return pass_real(base)->pMethods->xWrite(pass_real(base), data, bytes, offset);
}

static int pass_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    return pass_real(base)->pMethods->xTruncate(pass_real(base), size);
}

static int pass_sync(sqlite3_file *base, int flags)
{
    return pass_real(base)->pMethods->xSync(pass_real(base), flags);
}

static int pass_size(sqlite3_file *base, sqlite3_int64 *ret_size)
{
    return pass_real(base)->pMethods->xFileSize(pass_real(base), ret_size);
}

static int pass_lock(sqlite3_file *base, int level)
{
    return pass_real(base)->pMethods->xLock(pass_real(base), level);
}

static int pass_unlock(sqlite3_file *base, int level)
{
    return pass_real(base)->pMethods->xUnlock(pass_real(base), level);
}

static int pass_is_reserved(sqlite3_file *base, int *ret_reserved)
{
    return pass_real(base)->pMethods->xCheckReservedLock(pass_real(base), ret_reserved);
}

static int pass_control(sqlite3_file *base, int op, void *argument)
{
    return pass_real(base)->pMethods->xFileControl(pass_real(base), op, argument);
}

static int pass_sector(sqlite3_file *base)
{
    return pass_real(base)->pMethods->xSectorSize(pass_real(base));
}

static int pass_traits(sqlite3_file *base)
{
    return pass_real(base)->pMethods->xDeviceCharacteristics(pass_real(base));
}

const sqlite3_io_methods pass_methods = {
    .iVersion = 1,
    .xClose = pass_close,
    .xRead = pass_read,
    .xWrite = pass_write,
    .xTruncate = pass_truncate,
    .xSync = pass_sync,
    .xFileSize = pass_size,
    .xLock = pass_lock,
    .xUnlock = pass_unlock,
    .xCheckReservedLock = pass_is_reserved,
    .xFileControl = pass_control,
    .xSectorSize = pass_sector,
    .xDeviceCharacteristics = pass_traits,
};

sqlite3_vfs *pass_vfs_install(
    sqlite3_vfs *ret_vfs, const char *name, size_t file_bytes,
    int (*open)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *))
{
    sqlite3_vfs *below = sqlite3_vfs_find(NULL);
    *ret_vfs = *below;
    ret_vfs->zName = name;
    ret_vfs->pNext = NULL;
    ret_vfs->szOsFile = (int)file_bytes + below->szOsFile;
    ret_vfs->xOpen = open;
    if (sqlite3_vfs_register(ret_vfs, 1) != SQLITE_OK) {
        abort();
    }
    return below;
}
