/* One piece of work for the writer, with everything it needs copied into it, and later
 * with its answer. */
#ifndef STORE_REQUEST_H
#define STORE_REQUEST_H

#include "store/store.h"

enum request_kind {
    REQUEST_APPEND,
    REQUEST_FENCE,
    REQUEST_PUT,
    REQUEST_DROP,
    REQUEST_FORGET,
    REQUEST_READ,
    REQUEST_BACKUP
};

/* A body that was read. */
struct doc_copy {
    uint8_t *data; /* owned */
    size_t bytes;
};

/* ERR_NOMEM. */
MUST_CHECK enum err doc_copy_new(struct span body, struct doc_copy *ret_copy);

struct request {
    enum request_kind kind;
    struct store_lane lane;
    bool open; /* REQUEST_FENCE */
    struct uid uid;
    struct span body;             /* REQUEST_APPEND, REQUEST_FENCE: the lane's row */
    struct span history_body;     /* REQUEST_FENCE */
    const struct store_doc *docs; /* REQUEST_READ: one, without a body */
    size_t doc_count;
    const char *path; /* REQUEST_BACKUP */
    store_done *done; /* may be NULL */
    store_got *got;   /* REQUEST_READ */
    void *ctx;

    enum store_status status; /* the answer */
    int64_t seq;
    enum err err; /* REQUEST_READ */
    struct doc_copy found;

    size_t bytes;         /* what it takes in memory */
    struct request *next; /* in the queue */
};

/* Copies `request` and what it points to. NULL if memory ran out. */
struct request *request_copy(const struct request *request);

void request_free(struct request *request); /* NULL is fine */
void request_free_list(struct request *list);

#endif
