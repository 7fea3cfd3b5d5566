#include "store/queue.h"

#include "base/bounds.h"

#include <assert.h>
#include <stdio.h>

enum err queue_init(struct queue *queue)
{
    *queue = (struct queue){.failed = ERR_OK};
    if (pthread_mutex_init(&queue->lock, NULL) != 0) {
        return ERR_NOMEM;
    }
    if (pthread_cond_init(&queue->work, NULL) != 0) {
        pthread_mutex_destroy(&queue->lock);
        return ERR_NOMEM;
    }
    return ERR_OK;
}

void queue_fini(struct queue *queue)
{
    request_free_list(queue->waiting.first);
    request_free_list(queue->answered.first);
    pthread_cond_destroy(&queue->work);
    pthread_mutex_destroy(&queue->lock);
}

static void add(struct queue_list *list, struct request *request)
{
    request->next = NULL;
    if (list->last == NULL) {
        list->first = request;
    } else {
        list->last->next = request;
    }
    list->last = request;
}

static struct request *empty(struct queue_list *list)
{
    struct request *first = list->first;
    *list = (struct queue_list){NULL, NULL};
    return first;
}

static enum err admit(const struct queue *queue, const struct request *request)
{
    if (queue->failed != ERR_OK || queue->closing) {
        return ERR_IO;
    }
    if (queue->under_way >= STORE_RING_SLOTS) {
        return ERR_BUSY;
    }
    if (queue->under_way > 0 && queue->bytes + request->bytes > STORE_RING_BYTES_MAX) {
        return ERR_BUSY;
    }
    return request->kind == REQUEST_BACKUP && queue->backup ? ERR_BUSY : ERR_OK;
}

enum err queue_hand_in(struct queue *queue, struct request *request)
{
    pthread_mutex_lock(&queue->lock);
    enum err err = admit(queue, request);
    if (err == ERR_OK) {
        add(&queue->waiting, request);
        queue->under_way++;
        queue->unanswered++;
        queue->bytes += request->bytes;
        queue->backup = queue->backup || request->kind == REQUEST_BACKUP;
        pthread_cond_signal(&queue->work);
    }
    pthread_mutex_unlock(&queue->lock);
    return err;
}

struct request *queue_answers(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    struct request *list = empty(&queue->answered);
    for (const struct request *one = list; one != NULL; one = one->next) {
        assert(queue->under_way > 0 && queue->bytes >= one->bytes);
        queue->under_way--;
        queue->bytes -= one->bytes;
        queue->backup = queue->backup && one->kind != REQUEST_BACKUP;
    }
    pthread_mutex_unlock(&queue->lock);
    return list;
}

bool queue_failure(struct queue *queue, enum err *ret_err, char *ret_what)
{
    pthread_mutex_lock(&queue->lock);
    bool news = queue->failed != ERR_OK && !queue->failure_told;
    if (news) {
        queue->failure_told = true;
        *ret_err = queue->failed;
        memcpy(ret_what, queue->what, sizeof queue->what);
    }
    pthread_mutex_unlock(&queue->lock);
    return news;
}

void queue_close(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closing = true;
    pthread_cond_signal(&queue->work);
    pthread_mutex_unlock(&queue->lock);
}

size_t queue_unanswered(const struct queue *queue)
{
    return atomic_load(&queue->unanswered);
}

bool queue_has_failed(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    bool failed = queue->failed != ERR_OK;
    pthread_mutex_unlock(&queue->lock);
    return failed;
}

struct store_stats queue_stats(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    struct store_stats stats = queue->stats;
    pthread_mutex_unlock(&queue->lock);
    return stats;
}

bool queue_wait(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    while (queue->waiting.first == NULL && !queue->closing) {
        pthread_cond_wait(&queue->work, &queue->lock);
    }
    bool more = queue->waiting.first != NULL;
    pthread_mutex_unlock(&queue->lock);
    return more;
}

struct request *queue_take(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    struct request *list = empty(&queue->waiting);
    pthread_mutex_unlock(&queue->lock);
    return list;
}

void queue_answer(struct queue *queue, struct request *list)
{
    pthread_mutex_lock(&queue->lock);
    while (list != NULL) {
        struct request *next = list->next;
        assert(queue->unanswered > 0);
        queue->unanswered--;
        add(&queue->answered, list);
        list = next;
    }
    pthread_mutex_unlock(&queue->lock);
}

void queue_count(struct queue *queue, int64_t rows, int64_t commit_us)
{
    pthread_mutex_lock(&queue->lock);
    struct store_stats *stats = &queue->stats;
    stats->commits++;
    stats->rows += rows;
    stats->commit_us_total += commit_us;
    if (commit_us > stats->commit_us_max) {
        stats->commit_us_max = commit_us;
    }
    pthread_mutex_unlock(&queue->lock);
}

void queue_fail(struct queue *queue, enum err err, const char *what)
{
    pthread_mutex_lock(&queue->lock);
    assert(err != ERR_OK && queue->failed == ERR_OK);
    queue->failed = err;
    snprintf(queue->what, sizeof queue->what, "%s", what);
    pthread_mutex_unlock(&queue->lock);
}
