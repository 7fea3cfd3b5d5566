/* Many phones that cast one ballot after another in one poll, and remember every receipt.
 * At the end each acknowledged ballot must be in the store, once. */
#ifndef FAULT_CASTERS_H
#define FAULT_CASTERS_H

#include "app/crowd.h"
#include "child.h"

#define CASTERS_IDEAS 6

struct cast_record {
    struct uid id;
    struct uid nonce;
    struct hash lock;
    struct hash proof;
    uint32_t caster;
    uint32_t counter;
    uint32_t choice;
    int64_t pos; /* 0: not acknowledged */
};

struct caster {
    struct casters *casters;
    struct phone *phone;
    uint32_t index;
    uint32_t counter;
    int64_t due_ms; /* of the next ballot; 0: one is under way */
    size_t record;  /* the one under way */
    bool verifying;
};

struct casters {
    struct crowd *crowd;
    char event[16];
    int64_t poll;
    int64_t ideas[CASTERS_IDEAS];
    struct caster *each; /* owned */
    size_t count;
    size_t seated;
    struct cast_record *records; /* owned, in the order of casting */
    size_t record_count;
    size_t record_capacity;
    size_t acknowledged;
    size_t waiting; /* casts under way */
    int64_t gap_ms; /* between an acknowledgement and the next ballot */
    bool resting;   /* no new ballots */
    uint64_t random;
};

/* Logs in, makes ideas and a poll, opens it, lets `count` phones in. */
void casters_init(
    struct casters *casters, const struct serve *serve, const struct serve_event *event,
    size_t count, uint64_t seed);
void casters_fini(struct casters *casters);

/* A number below `bound`; seeded. */
int64_t casters_random(struct casters *casters, int64_t bound);

/* Casts for so long. */
void casters_run(struct casters *casters, int64_t ms);
/* Casts nothing new; waits until all that is under way is acknowledged. */
void casters_rest(struct casters *casters, int64_t ms_max);
/* Each phone repeats its last acknowledged ballots: the same receipts must come. */
void casters_verify_repeats(struct casters *casters, size_t each_max, int64_t ms_max);

/* Opens the store (no server may run) and looks each acknowledged ballot up. */
void casters_verify_store(const struct casters *casters, const char *store);

#endif
