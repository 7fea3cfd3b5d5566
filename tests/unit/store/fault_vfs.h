/* A file system under SQLite of which one chosen call fails, once or from then on. */
#ifndef TESTS_STORE_FAULT_VFS_H
#define TESTS_STORE_FAULT_VFS_H

#include <stdatomic.h>
#include <stdbool.h>

enum fault_kind {
    FAULT_IO,    /* SQLITE_IOERR of that call; SQLITE_CANTOPEN */
    FAULT_FULL,  /* a write finds no room; other calls as FAULT_IO */
    FAULT_SHORT, /* a read gets half; other calls as FAULT_IO */
    FAULT_NOMEM, /* SQLITE_IOERR_NOMEM */
    FAULT_KINDS
};

struct fault_plan {
    int call; /* which one fails, from 0, of all opens, reads, writes, truncations, syncs,
                 questions for a size and deletions since fault_vfs_arm */
    bool for_good;
    enum fault_kind kind;
};

/* Makes it SQLite's default. Once in a process; files opened before don't count. */
void fault_vfs_install(void);
/* Calls are counted from here; NULL: none fails. */
void fault_vfs_arm(const struct fault_plan *plan);
/* Has the call come that was to fail? */
bool fault_vfs_has_failed(void);
/* Says so there too, as soon as it has: memory that is shared with another process. */
void fault_vfs_tell(atomic_bool *failed);

#endif
