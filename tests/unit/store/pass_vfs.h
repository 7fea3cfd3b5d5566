/* A file under SQLite that hands every call on to a real one: what file systems that fail
 * in some way are made of. */
#ifndef TESTS_STORE_PASS_VFS_H
#define TESTS_STORE_PASS_VFS_H

#include <sqlite3.h>
#include <stddef.h>

/* First in the file's struct, which the real file stands behind. */
struct pass_file {
    sqlite3_file base;
    sqlite3_file *real;
};

/* Of version 1: no shared memory, which an exclusive connection doesn't need. */
extern const sqlite3_io_methods pass_methods;

static inline sqlite3_file *pass_real(sqlite3_file *base)
{
    return ((struct pass_file *)base)->real;
}

/* Registers `ret_vfs` as SQLite's default: the one that was so before, which is returned,
 * but for its name and how it opens files; `file_bytes` is the size of their struct. */
sqlite3_vfs *pass_vfs_install(
    sqlite3_vfs *ret_vfs, const char *name, size_t file_bytes,
    int (*open)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *));

#endif
