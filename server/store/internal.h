/* What a store is made of. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "store/backend.h"
#include "store/queue.h"
#include "store/store.h"

#include <pthread.h>
#include <stdatomic.h>

struct store {
    struct queue queue;
    void (*wake)(void *ctx);
    void (*failed)(void *ctx, enum err err, const char *what);
    void *ctx;

    pthread_mutex_t state_lock; /* recursive: row functions may read further */
    const struct backend *backend;
    void *state;                /* the backend's, owned; under state_lock */
    bool copying;               /* the writer's: a backup is under way */
    struct request *forgetting; /* the writer's, owned: events that are being forgotten */
    atomic_bool settling;       /* the writer is, and takes nothing meanwhile */
    bool by_hand;               /* there is no thread; store_work is the writer */
    pthread_t writer;
};

/* One round of the writer: what is queued, then a piece of forgetting and of a backup.
 * False at the first failure, its last. */
bool writer_work(struct store *store);

/* Gives up a backup; after it comes no work. More than once is fine. */
void writer_end(struct store *store);

/* The writer thread's main function; its argument is the store. */
void *writer_main(void *argument);

#endif
