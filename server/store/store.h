/* The store's door. Nothing beyond it knows a database.
 *
 * The store keeps lanes (ordered rows, one row a batch of entries) and docs (content,
 * tickets, sessions: newest value by key). One thread of its own, the writer, owns the
 * database; the caller's thread hands it work through a bounded ring and gets the answers
 * by calling store_pump when `wake` says so. Work is done in the order it was handed in.
 *
 * Durable means: committed with WAL and synchronous=FULL, so it survives kill -9 and
 * power loss. `done` with STORE_STORED is called only then. After a write or sync error
 * nothing more is said to anyone: `failed` is called once, and the process must end (exit
 * 75). */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/err.h"
#include "base/span.h"
#include "base/uid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

struct store_lane {
    int64_t event; /* from 1 */
    int64_t poll;  /* 0: the event's history; else the ballot lane of that poll */
};

enum store_status {
    STORE_STORED,
    STORE_CLOSED, /* the lane's fence was down: nothing was written */
    STORE_NO_ROOM /* of a backup only: its disk has not the room for it */
};

/* `seq` is the row's position in its lane, from 1; 0 unless stored. */
typedef void store_done(void *ctx, enum store_status status, int64_t seq);

struct memory;

struct store_options {
    const char *url;         /* "sqlite:PATH"; "memory:NAME" with a memory */
    bool create;             /* make the file if there is none */
    int64_t free_bytes_min;  /* on the disk at opening; 0: STORE_FREE_BYTES_MIN */
    void (*wake)(void *ctx); /* called on the writer's thread; must only signal */
    void (*failed)(void *ctx, enum err err, const char *what); /* on the caller's thread,
                                from store_pump: ERR_NO_SPACE, ERR_IO */
    void *ctx;
    struct memory *memory; /* for tests: what "memory:" keeps things in; see memory.h */
    bool by_hand;          /* for tests: no thread; store_work does the writer's work */
};

/* Opens, migrates, checks. ERR_NOT_FOUND (no file and not `create`), ERR_FOREIGN (some
 * other program's file), ERR_NEWER (made by a later version), ERR_DAMAGED (quick_check or
 * a row's checksum), ERR_LOCKED (another process has it), ERR_NO_SPACE (below
 * STORE_FREE_BYTES_MIN), ERR_USAGE (no such kind of URL), ERR_IO. A refused file is left
 * untouched, byte for byte. */
MUST_CHECK enum err
store_open(const struct store_options *options, struct store **ret_store);

/* Finishes what was handed in, checkpoints, closes. Remaining `done`s are called. NULL is
 * fine. */
void store_close(struct store *store);

/* Calls the `done`s that are due, in order, then `failed` if that is due; both may hand
 * in more work. On the caller's thread only. */
void store_pump(struct store *store);

/* For a store opened `by_hand`: one round of the writer's work: commits what was handed
 * in, in one transaction, and wakes. False if there was none, or it failed. */
bool store_work(struct store *store);

/* How much work is handed in and not yet on the disk, in requests. */
size_t store_backlog(const struct store *store);
/* Is it at something that takes longer than a commit, so that what is handed in now would
 * wait? `wake` comes when it is over. */
bool store_is_settling(const struct store *store);

/* Appends one row to a lane. The history lane is always open; a ballot lane exists and is
 * open after store_fence(open). `body` is copied; `uid` names the batch: a row with the
 * same uid in the lane is not written twice, its seq is given again. ERR_BUSY when the
 * ring is full (STORE_RING_SLOTS requests whose `done` was not called yet, or their
 * bytes): nothing will happen. ERR_IO after a failure. */
MUST_CHECK enum err store_append(
    struct store *store, struct store_lane lane, const struct uid *uid, struct span body,
    store_done *done, void *ctx);

/* Opens or closes a poll's ballot lane: one transaction writes `lane_body` as a row of
 * the ballot lane, turns its fence, and appends `history_body` to the event's history. A
 * ballot handed in before is before the fence; one after a closing fence is CLOSED. `seq`
 * in `done` is the history row's. STORE_CLOSED if the fence already stands so; a fence
 * whose uid is known is not turned twice, its seq is given again. */
struct store_fence {
    int64_t event;
    int64_t poll;
    bool open;
    struct uid uid;
    struct span lane_body;
    struct span history_body;
};
MUST_CHECK enum err store_fence(
    struct store *store, const struct store_fence *fence, store_done *done, void *ctx);

/* A doc: key is (kind, name); a doc with an empty body deletes the key. */
struct store_doc {
    const char *kind; /* "content", "session", "ticket", "link", "sealed" … */
    struct span name;
    struct span body;
};

/* Puts docs in one transaction. `done` may be NULL. Copied. ERR_BUSY as above. */
MUST_CHECK enum err store_put(
    struct store *store, const struct store_doc *docs, size_t count, store_done *done,
    void *ctx);

/* A row and the docs that belong to it. Borrowed for the call. */
struct store_row {
    struct store_lane lane;
    struct uid uid;
    struct span body;
    const struct store_doc *docs;
    size_t doc_count;
};

/* Appends a row and puts its docs in the same transaction; neither when the lane is
 * closed or the uid known. */
MUST_CHECK enum err store_append_row(
    struct store *store, const struct store_row *row, store_done *done, void *ctx);

/* Drops a poll's ballot lane: no byte of its rows is left in any file of the store when
 * `done` is called. In the same transaction puts `docs` (the sealed ballots). A lane that
 * is not there is no error. SQLite rewrites the whole file for it: rare, and slower than
 * a commit. */
MUST_CHECK enum err store_drop(
    struct store *store, struct store_lane lane, const struct store_doc *docs,
    size_t count, store_done *done, void *ctx);

/* Drops all lanes of an event, and in the last transaction puts `docs` (empty bodies:
 * what belonged to it). As with store_drop no byte of them is left in any file of the
 * store when `done` is called. Large ballot lanes go in pieces from their end, between
 * the batches of others: a crash may leave them shorter, and all else as it was. So say
 * first, in a doc, that the event is gone. An event that is not there is no error.
 * Copied. */
MUST_CHECK enum err store_forget(
    struct store *store, int64_t event, const struct store_doc *docs, size_t count,
    store_done *done, void *ctx);

/* ---- start-up: synchronous, before the first store_append; ERR_DAMAGED, ERR_IO, or what
 * the row function returned, which ends the reading. Later they wait for the writer. A
 * row function may read further, but not with the function that calls it ---- */

struct store_lane_info {
    struct store_lane lane;
    int64_t seq; /* of its last row */
    bool open;
};
typedef enum err store_lane_row(void *ctx, const struct store_lane_info *info);
typedef enum err store_tail_row(void *ctx, int64_t seq, struct span body);
typedef enum err store_doc_row(void *ctx, struct span name, struct span body);

/* All lanes by (event, poll). */
MUST_CHECK enum err store_lanes(struct store *store, store_lane_row *row, void *ctx);
/* The rows of a lane after `after_seq`, in order. */
MUST_CHECK enum err store_tail(
    struct store *store, struct store_lane lane, int64_t after_seq, store_tail_row *row,
    void *ctx);
/* All docs of a kind, by name. */
MUST_CHECK enum err
store_docs(struct store *store, const char *kind, store_doc_row *row, void *ctx);

/* The names of all docs of a kind, in order, without reading a body: that is empty. */
MUST_CHECK enum err
store_doc_names(struct store *store, const char *kind, store_doc_row *row, void *ctx);

/* One doc: `row` is called if it is there and whole, else ERR_NOT_FOUND. */
MUST_CHECK enum err store_doc(
    struct store *store, const char *kind, struct span name, store_doc_row *row,
    void *ctx);

/* ---- while running ---- */

/* Copies the store, consistent, to a new file at `path` a few pages between batches;
 * `done` with STORE_STORED when it is complete and synced, with STORE_CLOSED when it
 * could not be written, with STORE_NO_ROOM when it was not begun because its disk would
 * be left without room for the WAL: then there is no such file, and the store is as
 * before. ERR_IO if the file exists, ERR_BUSY while another backup is under way. */
MUST_CHECK enum err
store_backup(struct store *store, const char *path, store_done *done, void *ctx);

/* Reads one doc on the writer's thread, after all that was handed in before it. `got` is
 * called once, from store_pump, perhaps behind answers to what was handed in later;
 * `body` is borrowed for the call. ERR_NOT_FOUND, ERR_DAMAGED (its checksum), ERR_IO,
 * ERR_NOMEM: `body` is empty, and the store is as before. ERR_BUSY as above. */
typedef void store_got(void *ctx, enum err err, struct span body);
MUST_CHECK enum err store_get(
    struct store *store, const char *kind, struct span name, store_got *got, void *ctx);

struct store_stats {
    int64_t commits;
    int64_t rows;
    int64_t commit_us_total;
    int64_t commit_us_max;
    int64_t wal_bytes;
};

void store_stats(struct store *store, struct store_stats *ret_stats);

#endif
