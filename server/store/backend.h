/* What keeps the lanes and docs of an open store: SQLite's file, or memory. The store
 * brings the queue, the writer and the door; a backend commits and reads. It is called by
 * one thread at a time, under the store's lock. */
#ifndef STORE_BACKEND_H
#define STORE_BACKEND_H

#include "store/request.h"

struct backend {
    const char *scheme; /* what its URLs begin with */

    /* Errors are store_open's; on error nothing is held and all is as it was. */
    enum err (*open)(const struct store_options *options, void **ret_state);
    /* `settled`: nothing failed; all that was committed may be brought into order. */
    void (*close)(void *state, bool settled);

    /* Carries out the list in one transaction, in order, and fills in the answers; on
     * error nothing of it may be answered, and no further call but `explain`,
     * `backup_abandon` and `close` comes. Reads and backups are not among it. `ret_rows`:
     * how many were written to lanes. */
    enum err (*commit)(void *state, struct request *list, int64_t *ret_rows);
    /* False: commits have left behind so much that it is time to `settle`. NULL: never.
     */
    bool (*is_settled)(const void *state);
    /* Does so. Nobody waits for it: comes after the answers. */
    void (*settle)(void *state);
    /* Work that comes before an event is forgotten, a piece of it, committed; `ret_more`:
     * there may be another. NULL: there is none. On error as `commit`. */
    enum err (*forget_piece)(void *state, int64_t event, bool *ret_more);
    /* The last failure in words for the operator. */
    void (*explain)(void *state, char *ret_what, size_t bytes);
    /* Of the log beside the data, 0 if there is none. Also without the lock. */
    int64_t (*log_bytes)(const void *state);

    /* store_lanes, store_tail, store_docs, store_doc_names. */
    enum err (*lanes)(void *state, store_lane_row *row, void *ctx);
    enum err (*tail)(
        void *state, struct store_lane lane, int64_t after_seq, store_tail_row *row,
        void *ctx);
    enum err (*docs)(void *state, const char *kind, store_doc_row *row, void *ctx);
    enum err (*doc_names)(void *state, const char *kind, store_doc_row *row, void *ctx);

    /* One doc: ERR_NOT_FOUND, ERR_DAMAGED, ERR_IO, ERR_NOMEM. */
    enum err (*doc)(
        void *state, const char *kind, struct span name, struct doc_copy *ret_copy);

    /* Takes `request`. What fails later only spoils the backup. */
    void (*backup_begin)(void *state, struct request *request);
    /* A piece of it. Gives the request back, answered, when it has ended; else NULL. */
    struct request *(*backup_step)(void *state);
    /* Gives up what is under way, if anything is. */
    void (*backup_abandon)(void *state);
};

extern const struct backend backend_sqlite;
extern const struct backend backend_memory;

/* NULL: no such kind of URL. */
const struct backend *backend_find(const char *url);

#endif
