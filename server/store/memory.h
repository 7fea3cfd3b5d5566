/* A store that lies in memory: for tests and the simulator, which crash it, copy it and
 * let its commits fail. As a disk does, it outlives the store that is open on it:
 *
 *     struct memory *memory = memory_new();
 *     store_open(&(struct store_options){.url = "memory:hall", .memory = memory, …}, …);
 *
 * Without a memory "memory:…" is no URL (ERR_USAGE). One store at a time (ERR_LOCKED);
 * one that was never made is not found. If the program's memory runs out in a commit the
 * store fails, and a part of the list may be left. */
#ifndef STORE_MEMORY_H
#define STORE_MEMORY_H

#include "store/store.h"

struct memory_row {
    struct uid uid;
    struct span body;
    uint8_t *bytes; /* owned: what `body` shows */
};

struct memory_lane {
    struct store_lane lane;
    bool open;
    struct memory_row *rows; /* seq − 1 is the index; owned */
    size_t row_count;
    size_t row_capacity;
};

struct memory_doc {
    const char *kind;
    struct span name;
    struct span body;
    uint8_t *bytes; /* owned: what the three above show */
};

enum memory_fault {
    MEMORY_SOUND,
    MEMORY_REFUSES, /* the commit fails and nothing was written */
    MEMORY_BREAKS   /* the commit fails, but all of it was written */
};

/* Read it freely; only memory*.c and what follows below change it. */
struct memory {
    struct memory_lane *lanes; /* by (event, poll); owned */
    size_t lane_count;
    size_t lane_capacity;
    struct memory_doc *docs; /* by (kind, name); owned */
    size_t doc_count;
    size_t doc_capacity;
    bool made;
    bool in_use;
    struct request *backup;  /* owned; the one that is about to be refused */
    enum memory_fault fault; /* set it at will: of all commits from now on; likewise: */
    size_t forget_rows;      /* cut off a lane at a time; 0: STORE_FORGET_ROWS */
};

/* NULL: no memory. */
struct memory *memory_new(void);
/* All that was committed, not in use and sound; NULL: no memory. */
struct memory *memory_copy(const struct memory *memory);
void memory_free(struct memory *memory); /* NULL is fine */

/* NULL if there is no such lane. */
const struct memory_lane *
memory_find_lane(const struct memory *memory, struct store_lane lane);

/* NULL if there is no such doc. */
const struct memory_doc *
memory_find_doc(const struct memory *memory, const char *kind, struct span name);

#endif
