/* The writer thread: takes all the work there is, commits it in one transaction, answers
 * it with one wake; between batches reads what was asked for, deletes some rows of an
 * event that is being forgotten, copies some pages of a backup, and moves what the log
 * holds into the file. It ends when the queue is closed and empty, or at the first
 * failure, after which nobody is told anything. */
#include "base/bounds.h"
#include "store/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define NS_PER_S  1000000000LL
#define NS_PER_US 1000LL
#define NS_PER_MS 1000000LL

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

/* Between two pieces: others want the disk, too. */
static void rest(void)
{
    const struct timespec pause = {.tv_nsec = STORE_BACKUP_REST_MS * NS_PER_MS};
    (void)nanosleep(&pause, NULL);
}

/* Takes the requests of a kind out of the list, in order. */
static struct request *split(struct request **list, enum request_kind kind)
{
    struct request *first = NULL;
    struct request **last = &first;
    for (struct request **at = list; *at != NULL;) {
        struct request *one = *at;
        if (one->kind == kind) {
            *at = one->next;
            one->next = NULL;
            *last = one;
            last = &one->next;
        } else {
            at = &one->next;
        }
    }
    return first;
}

static void fail(struct store *store, enum err err)
{
    char what[QUEUE_WHAT_BYTES];
    store->backend->explain(store->state, what, sizeof what);
    queue_fail(&store->queue, err == ERR_NO_SPACE ? ERR_NO_SPACE : ERR_IO, what);
}

/* True if all of the list is on the disk. */
static bool commit(struct store *store, struct request *list)
{
    int64_t rows = 0;
    int64_t begun_ns = now_ns();
    pthread_mutex_lock(&store->state_lock);
    enum err err = store->backend->commit(store->state, list, &rows);
    if (err != ERR_OK) {
        fail(store, err);
    }
    pthread_mutex_unlock(&store->state_lock);
    if (err != ERR_OK) {
        return false;
    }
    queue_count(&store->queue, rows, (now_ns() - begun_ns) / NS_PER_US);
    return true;
}

/* An event that is forgotten goes in pieces, so that others' batches come between. */
static void begin_forgetting(struct store *store, struct request **list)
{
    struct request **last = &store->forgetting;
    while (*last != NULL) {
        last = &(*last)->next;
    }
    *last = store->backend->forget_piece != NULL ? split(list, REQUEST_FORGET) : NULL;
}

/* A piece of the first, or, when nothing is left to cut, all the rest of it: then
 * `ret_ended` is it. False: a failure. */
static bool forget_on(struct store *store, struct request **ret_ended)
{
    struct request *first = store->forgetting;
    bool more = false;
    *ret_ended = NULL;
    if (first == NULL) {
        return true;
    }
    pthread_mutex_lock(&store->state_lock);
    enum err err = store->backend->forget_piece(store->state, first->lane.event, &more);
    if (err != ERR_OK) {
        fail(store, err);
    }
    pthread_mutex_unlock(&store->state_lock);
    if (err != ERR_OK || more) {
        return err == ERR_OK;
    }
    store->forgetting = first->next;
    first->next = NULL;
    *ret_ended = first;
    return commit(store, first);
}

/* What fails in reading is told to whoever asked, and to nobody else. */
static void read_all(struct store *store, struct request *list)
{
    pthread_mutex_lock(&store->state_lock);
    for (struct request *one = list; one != NULL; one = one->next) {
        const struct store_doc *doc = &one->docs[0];
        one->err = store->backend->doc(store->state, doc->kind, doc->name, &one->found);
    }
    pthread_mutex_unlock(&store->state_lock);
    queue_answer(&store->queue, list);
}

/* True if the backup has ended. `asked`: one that begins, or NULL. */
static bool copy_on(struct store *store, struct request *asked)
{
    struct request *ended = NULL;
    pthread_mutex_lock(&store->state_lock);
    if (asked != NULL) {
        store->backend->backup_begin(store->state, asked);
        store->copying = true;
    }
    if (store->copying) {
        ended = store->backend->backup_step(store->state);
        store->copying = ended == NULL;
    }
    pthread_mutex_unlock(&store->state_lock);
    queue_answer(&store->queue, ended);
    return ended != NULL;
}

void writer_end(struct store *store)
{
    pthread_mutex_lock(&store->state_lock);
    store->backend->backup_abandon(store->state);
    pthread_mutex_unlock(&store->state_lock);
    request_free_list(store->forgetting);
    store->forgetting = NULL;
}

static bool give_up(struct store *store)
{
    writer_end(store);
    store->wake(store->ctx);
    return false;
}

/* True if what was queued is committed and answered. `ret_news`: somebody is to hear. */
static bool work_queue(struct store *store, struct request **ret_asked, bool *ret_news)
{
    struct request *list = queue_take(&store->queue);
    struct request *asked = split(&list, REQUEST_BACKUP); /* one at most is under way */
    struct request *reads = split(&list, REQUEST_READ);
    begin_forgetting(store, &list);
    if (list != NULL && !commit(store, list)) {
        request_free_list(list);
        request_free_list(reads);
        request_free(asked);
        return false;
    }
    *ret_asked = asked;
    *ret_news = list != NULL || reads != NULL;
    queue_answer(&store->queue, list);
    read_all(store, reads);
    return true;
}

/* Said before the answers are, so that nobody hands in what would only wait. */
static void announce_settling(struct store *store)
{
    if (store->backend->is_settled != NULL) {
        pthread_mutex_lock(&store->state_lock);
        bool due = !store->backend->is_settled(store->state);
        pthread_mutex_unlock(&store->state_lock);
        atomic_store(&store->settling, due);
    }
}

static void settle(struct store *store)
{
    if (atomic_load(&store->settling)) {
        pthread_mutex_lock(&store->state_lock);
        store->backend->settle(store->state);
        pthread_mutex_unlock(&store->state_lock);
        atomic_store(&store->settling, false);
        store->wake(store->ctx);
    }
}

bool writer_work(struct store *store)
{
    struct request *asked = NULL;
    struct request *forgotten = NULL;
    bool news = false;
    if (!work_queue(store, &asked, &news)) {
        return give_up(store);
    }
    announce_settling(store);
    if (news) { /* what follows may take long */
        store->wake(store->ctx);
    }
    if (!forget_on(store, &forgotten)) {
        request_free(forgotten);
        request_free(asked);
        return give_up(store);
    }
    news = forgotten != NULL;
    queue_answer(&store->queue, forgotten);
    news = copy_on(store, asked) || news;
    if (news) {
        store->wake(store->ctx);
    }
    settle(store);
    return true;
}

static bool has_more(const struct store *store)
{
    return store->copying || store->forgetting != NULL;
}

void *writer_main(void *argument)
{
    struct store *store = argument;
    bool well = true;
    while (well && (has_more(store) || queue_wait(&store->queue))) {
        if (has_more(store)) {
            rest();
        }
        well = writer_work(store);
    }
    writer_end(store);
    return NULL;
}
