/* The two rings between the caller's thread and the writer: work going in, answers coming
 * out, in order. What is under way between queue_hand_in and queue_answers is bounded by
 * STORE_RING_SLOTS and STORE_RING_BYTES_MAX, so an answer always finds room; one request
 * always fits. */
#ifndef STORE_QUEUE_H
#define STORE_QUEUE_H

#include "store/request.h"

#include <pthread.h>
#include <stdatomic.h>

#define QUEUE_WHAT_BYTES 256

struct queue_list {
    struct request *first;
    struct request *last;
};

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t work; /* there is some, or `closing` */
    struct queue_list waiting;
    struct queue_list answered;
    size_t under_way;         /* handed in, answer not yet taken out */
    atomic_size_t unanswered; /* not yet done by the writer */
    size_t bytes;             /* of those under way */
    bool backup;              /* one is under way */
    bool closing;
    enum err failed; /* ERR_OK, or why the writer ended */
    bool failure_told;
    char what[QUEUE_WHAT_BYTES];
    struct store_stats stats;
};

MUST_CHECK enum err queue_init(struct queue *queue);
void queue_fini(struct queue *queue);

/* Caller's thread. Takes `request` on ERR_OK. ERR_BUSY: full; ERR_IO: the writer ended.
 */
MUST_CHECK enum err queue_hand_in(struct queue *queue, struct request *request);
/* Caller's thread. All answers there are, in order; the caller frees them. */
struct request *queue_answers(struct queue *queue);
/* Caller's thread. True once, after the writer failed. */
bool queue_failure(struct queue *queue, enum err *ret_err, char *ret_what);
/* Caller's thread. No more work comes. */
void queue_close(struct queue *queue);
size_t queue_unanswered(const struct queue *queue);
bool queue_has_failed(struct queue *queue);
struct store_stats queue_stats(struct queue *queue);

/* Writer. Waits for work; false if there is none and never will be. */
bool queue_wait(struct queue *queue);
/* Writer. All the work there is; NULL if none. */
struct request *queue_take(struct queue *queue);
/* Writer. Gives a list of finished requests back. */
void queue_answer(struct queue *queue, struct request *list);
/* Writer. Notes a commit. */
void queue_count(struct queue *queue, int64_t rows, int64_t commit_us);
/* Writer, its last word: nothing that is unanswered will be answered. */
void queue_fail(struct queue *queue, enum err err, const char *what);

#endif
