/* What a store is made of. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "store/backup.h"
#include "store/database.h"
#include "store/queue.h"
#include "store/store.h"

#include <pthread.h>

struct store {
    struct queue queue;
    void (*wake)(void *ctx);
    void (*failed)(void *ctx, enum err err, const char *what);
    void *ctx;

    pthread_mutex_t database_lock; /* recursive: row functions may read further */
    struct database database;      /* under database_lock */
    struct backup backup;          /* the writer's */
    pthread_t writer;
};

/* For a synchronous read; ERR_IO once the writer has failed. */
MUST_CHECK enum err internal_lock_reading(struct store *store);
void internal_unlock(struct store *store);

/* The writer thread's main function; its argument is the store. */
void *writer_main(void *argument);

#endif
