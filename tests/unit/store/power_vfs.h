/* A file system under SQLite that can lose its power: what was written and not yet synced
 * is taken back, all of it or about half of its sectors, and the process ends. */
#ifndef TESTS_STORE_POWER_VFS_H
#define TESTS_STORE_POWER_VFS_H

#include <stdbool.h>

#define POWER_CUT_EXIT  70 /* nothing unsynced was there to lose */
#define POWER_LOST_EXIT 71 /* something was lost */

struct power_plan {
    int operations; /* writes, syncs and truncations until the cut */
    bool half;      /* every other sector by chance survives; a truncation whole or not */
    unsigned seed;
};

/* Makes it SQLite's default. Once in a process; files opened before don't count. */
void power_vfs_install(void);
/* The countdown begins. */
void power_vfs_arm(const struct power_plan *plan);

#endif
