/* The caller's side of the door: hands work in, calls answers out. */
#include "store/store.h"

#include "store/internal.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/stat.h>

static enum err lock_init(pthread_mutex_t *lock)
{
    pthread_mutexattr_t kind;
    if (pthread_mutexattr_init(&kind) != 0) {
        return ERR_NOMEM;
    }
    pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE);
    int status = pthread_mutex_init(lock, &kind);
    pthread_mutexattr_destroy(&kind);
    return status == 0 ? ERR_OK : ERR_NOMEM;
}

static enum err start_writer(struct store *store)
{
    return store->by_hand || pthread_create(&store->writer, NULL, writer_main, store) == 0
               ? ERR_OK
               : ERR_NOMEM;
}

static struct store *
store_new(const struct store_options *options, const struct backend *backend)
{
    struct store *store = calloc(1, sizeof *store);
    if (store != NULL) {
        store->wake = options->wake;
        store->failed = options->failed;
        store->ctx = options->ctx;
        store->backend = backend;
        store->by_hand = options->by_hand;
    }
    return store;
}

enum err store_open(const struct store_options *options, struct store **ret_store)
{
    assert(options->wake != NULL && options->failed != NULL);
    const struct backend *backend = backend_find(options->url);
    if (backend == NULL) {
        return ERR_USAGE;
    }
    struct store *store = store_new(options, backend);
    if (store == NULL) {
        return ERR_NOMEM;
    }
    enum err err = queue_init(&store->queue);
    if (err != ERR_OK) {
        goto free_store;
    }
    err = lock_init(&store->state_lock);
    if (err != ERR_OK) {
        goto fini_queue;
    }
    err = backend->open(options, &store->state);
    if (err != ERR_OK) {
        goto fini_lock;
    }
    err = start_writer(store);
    if (err != ERR_OK) {
        goto close_backend;
    }
    *ret_store = store;
    return ERR_OK;

close_backend:
    backend->close(store->state, true);
fini_lock:
    pthread_mutex_destroy(&store->state_lock);
fini_queue:
    queue_fini(&store->queue);
free_store:
    free(store);
    return err;
}

bool store_work(struct store *store)
{
    assert(store->by_hand);
    if (queue_has_failed(&store->queue) ||
        (queue_unanswered(&store->queue) == 0 && !store->copying)) {
        return false;
    }
    return writer_work(store);
}

static void end_writer(struct store *store)
{
    if (!store->by_hand) {
        pthread_join(store->writer, NULL);
        return;
    }
    while (store_work(store)) {
    }
    writer_end(store);
}

void store_close(struct store *store)
{
    if (store == NULL) {
        return;
    }
    queue_close(&store->queue);
    end_writer(store);
    store_pump(store);
    store->backend->close(store->state, store->queue.failed == ERR_OK);
    pthread_mutex_destroy(&store->state_lock);
    queue_fini(&store->queue);
    free(store);
}

static void tell(const struct request *answered)
{
    if (answered->kind == REQUEST_READ) {
        struct span body = span_of(answered->found.data, answered->found.bytes);
        answered->got(answered->ctx, answered->err, body);
    } else if (answered->done != NULL) {
        answered->done(answered->ctx, answered->status, answered->seq);
    }
}

void store_pump(struct store *store)
{
    struct request *one = queue_answers(&store->queue);
    while (one != NULL) {
        struct request *next = one->next;
        tell(one);
        request_free(one);
        one = next;
    }
    enum err err = ERR_OK;
    char what[QUEUE_WHAT_BYTES];
    if (queue_failure(&store->queue, &err, what)) {
        store->failed(store->ctx, err, what);
    }
}

size_t store_backlog(const struct store *store)
{
    return queue_unanswered(&store->queue);
}

bool store_is_settling(const struct store *store)
{
    return atomic_load(&store->settling);
}

/* For a synchronous read; ERR_IO once the writer has failed. */
static enum err lock_reading(struct store *store)
{
    pthread_mutex_lock(&store->state_lock);
    if (queue_has_failed(&store->queue)) {
        pthread_mutex_unlock(&store->state_lock);
        return ERR_IO;
    }
    return ERR_OK;
}

enum err store_lanes(struct store *store, store_lane_row *row, void *ctx)
{
    enum err err = lock_reading(store);
    if (err == ERR_OK) {
        err = store->backend->lanes(store->state, row, ctx);
        pthread_mutex_unlock(&store->state_lock);
    }
    return err;
}

enum err store_tail(
    struct store *store, struct store_lane lane, int64_t after_seq, store_tail_row *row,
    void *ctx)
{
    enum err err = lock_reading(store);
    if (err == ERR_OK) {
        err = store->backend->tail(store->state, lane, after_seq, row, ctx);
        pthread_mutex_unlock(&store->state_lock);
    }
    return err;
}

enum err store_docs(struct store *store, const char *kind, store_doc_row *row, void *ctx)
{
    enum err err = lock_reading(store);
    if (err == ERR_OK) {
        err = store->backend->docs(store->state, kind, row, ctx);
        pthread_mutex_unlock(&store->state_lock);
    }
    return err;
}

enum err
store_doc_names(struct store *store, const char *kind, store_doc_row *row, void *ctx)
{
    enum err err = lock_reading(store);
    if (err == ERR_OK) {
        err = store->backend->doc_names(store->state, kind, row, ctx);
        pthread_mutex_unlock(&store->state_lock);
    }
    return err;
}

enum err store_doc(
    struct store *store, const char *kind, struct span name, store_doc_row *row,
    void *ctx)
{
    struct doc_copy doc;
    enum err err = lock_reading(store);
    if (err != ERR_OK) {
        return err;
    }
    err = store->backend->doc(store->state, kind, name, &doc);
    pthread_mutex_unlock(&store->state_lock);
    if (err == ERR_OK) {
        err = row(ctx, name, span_of(doc.data, doc.bytes));
        free(doc.data);
    }
    return err;
}

static enum err hand_in(struct store *store, const struct request *request)
{
    struct request *copy = request_copy(request);
    if (copy == NULL) {
        return ERR_NOMEM;
    }
    enum err err = queue_hand_in(&store->queue, copy);
    if (err != ERR_OK) {
        request_free(copy);
    }
    return err;
}

enum err store_append_row(
    struct store *store, const struct store_row *row, store_done *done, void *ctx)
{
    assert(row->lane.event > 0 && row->lane.poll >= 0);
    struct request request = {
        .kind = REQUEST_APPEND,
        .lane = row->lane,
        .uid = row->uid,
        .body = row->body,
        .docs = row->docs,
        .doc_count = row->doc_count,
        .done = done,
        .ctx = ctx,
    };
    return hand_in(store, &request);
}

enum err store_append(
    struct store *store, struct store_lane lane, const struct uid *uid, struct span body,
    store_done *done, void *ctx)
{
    const struct store_row row = {.lane = lane, .uid = *uid, .body = body};
    return store_append_row(store, &row, done, ctx);
}

enum err store_fence(
    struct store *store, const struct store_fence *fence, store_done *done, void *ctx)
{
    assert(fence->event > 0 && fence->poll > 0);
    struct request request = {
        .kind = REQUEST_FENCE,
        .lane = {.event = fence->event, .poll = fence->poll},
        .open = fence->open,
        .uid = fence->uid,
        .body = fence->lane_body,
        .history_body = fence->history_body,
        .done = done,
        .ctx = ctx,
    };
    return hand_in(store, &request);
}

enum err store_put(
    struct store *store, const struct store_doc *docs, size_t count, store_done *done,
    void *ctx)
{
    struct request request = {
        .kind = REQUEST_PUT,
        .docs = docs,
        .doc_count = count,
        .done = done,
        .ctx = ctx,
    };
    return hand_in(store, &request);
}

enum err store_drop(
    struct store *store, struct store_lane lane, const struct store_doc *docs,
    size_t count, store_done *done, void *ctx)
{
    assert(lane.event > 0 && lane.poll > 0);
    struct request request = {
        .kind = REQUEST_DROP,
        .lane = lane,
        .docs = docs,
        .doc_count = count,
        .done = done,
        .ctx = ctx,
    };
    return hand_in(store, &request);
}

enum err store_forget(
    struct store *store, int64_t event, const struct store_doc *docs, size_t count,
    store_done *done, void *ctx)
{
    assert(event > 0);
    struct request request = {
        .kind = REQUEST_FORGET,
        .lane = {.event = event},
        .docs = docs,
        .doc_count = count,
        .done = done,
        .ctx = ctx,
    };
    return hand_in(store, &request);
}

enum err store_get(
    struct store *store, const char *kind, struct span name, store_got *got, void *ctx)
{
    const struct store_doc doc = {.kind = kind, .name = name};
    struct request request = {
        .kind = REQUEST_READ,
        .docs = &doc,
        .doc_count = 1,
        .got = got,
        .ctx = ctx,
    };
    return hand_in(store, &request);
}

enum err store_backup(struct store *store, const char *path, store_done *done, void *ctx)
{
    struct stat info;
    if (lstat(path, &info) == 0) {
        return ERR_IO;
    }
    struct request request = {
        .kind = REQUEST_BACKUP,
        .path = path,
        .done = done,
        .ctx = ctx,
    };
    return hand_in(store, &request);
}

void store_stats(struct store *store, struct store_stats *ret_stats)
{
    struct store_stats stats = queue_stats(&store->queue);
    stats.wal_bytes = store->backend->log_bytes(store->state);
    *ret_stats = stats;
}
