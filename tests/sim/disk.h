/* What outlives a crash: the store's memory and the folder of keys. Each life of the
 * server has copies of its own; what a life does after its end touches nobody. */
#ifndef SIM_DISK_H
#define SIM_DISK_H

#include "store/memory.h"

#define DISK_URL_BYTES 128

struct disk {
    struct memory *memory; /* owned */
    struct memory *safe;   /* owned; a lying disk's: what a crash would leave */
    bool lies;             /* says "stored" one commit before it is */
    char url[DISK_URL_BYTES];
};

/* An empty one. */
struct disk *disk_new(bool lies);
void disk_free(struct disk *disk); /* NULL is fine */

/* Removes the folders that a process left, which was killed. */
void disk_sweep(long process);

/* The keys of another one, and no others. */
void disk_take_keys(struct disk *disk, const struct disk *from);

/* Works the store that was opened last; false if it has nothing to do. */
bool disk_work(void);

/* Before a commit. */
void disk_before_commit(struct disk *disk);

/* What is left after a crash now. */
struct disk *disk_after_crash(const struct disk *disk);
/* The same of a disk that still runs, for a look at it. */
struct disk *disk_snapshot(const struct disk *disk);

/* The next hall is opened on it. */
void disk_mount(struct disk *disk);

#endif
