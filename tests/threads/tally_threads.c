/* Four threads count side by side by every method: they share ballots that they only
 * read, as a profile and as a live one, and each has a live profile of its own that it
 * changes meanwhile. All must come to the same results; ThreadSanitizer watches. */
#include "stimmwerk/tally.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS     4
#define OPTIONS     12
#define BALLOTS     300
#define METHODS_MAX 64

/* SplitMix64; below `bound`. */
static size_t below(uint64_t *state, size_t bound)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (size_t)((z ^ z >> 31) % bound);
}

static size_t random_marks(uint64_t *state, struct tally_mark *ret_marks)
{
    size_t count = below(state, 6);
    for (size_t i = 0; i < count; i++) {
        size_t option = below(state, OPTIONS + 1);
        ret_marks[i] = (struct tally_mark){
            .option = option < OPTIONS ? (uint16_t)option : TALLY_UNNAMED,
            .place = (uint16_t)(1 + below(state, 6))};
    }
    return count;
}

static uint64_t blend(uint64_t sum, uint64_t word)
{
    return (sum ^ word) * UINT64_C(0x100000001b3);
}

/* What came out, in one number. */
static uint64_t digest(const struct tally_result *result)
{
    const uint16_t *options = NULL;
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    size_t count = tally_result_possible(result, &options);
    for (size_t i = 0; i < count; i++) {
        sum = blend(sum, options[i]);
    }
    for (size_t place = 0; place < tally_result_places(result); place++) {
        count = tally_result_place(result, place, &options);
        for (size_t i = 0; i < count; i++) {
            sum = blend(sum, (uint64_t)place << 16 | options[i]);
        }
    }
    for (size_t r = 0; r < tally_result_rounds(result); r++) {
        for (size_t o = 0; o < OPTIONS && tally_round_has(result, r, o); o++) {
            sum = blend(sum, (uint64_t)tally_round_votes(result, r, o).value);
        }
    }
    sum = blend(sum, tally_result_ties(result));
    return blend(sum, (uint64_t)tally_result_state(result));
}

struct worker {
    const struct tally_profile *shared;
    const struct tally_live *shared_live;
    size_t number;
    size_t failures;
    uint64_t digests[METHODS_MAX];
};

static void count_once(struct worker *worker, size_t m, bool live)
{
    struct tally_rule *rule = NULL;
    struct tally_result *result = NULL;
    uint16_t order[OPTIONS];
    for (uint16_t i = 0; i < OPTIONS; i++) {
        order[i] = (uint16_t)((i * 5) % OPTIONS);
    }
    enum tally_status status = tally_rule_new(tally_method_at(m), 2, &rule);
    if (status == TALLY_OK) {
        status = tally_rule_tie_order(rule, order, OPTIONS);
    }
    if (status == TALLY_OK) {
        status = live ? tally_live_count(worker->shared_live, rule, &result)
                      : tally_count(worker->shared, rule, &result);
    }
    tally_rule_free(rule);
    uint64_t sum = status == TALLY_OK ? digest(result) : (uint64_t)status;
    tally_result_free(result);
    worker->failures += live && worker->digests[m] != sum ? 1 : 0;
    worker->digests[m] = sum;
}

/* Changes a live profile of this thread's own. */
static void change_own(struct worker *worker, struct tally_live *own)
{
    struct tally_mark old[6] = {{0}};
    struct tally_mark marks[6] = {{0}};
    uint64_t state = worker->number;
    size_t old_count = 0;
    if (tally_live_add(own, NULL, 0, 1) != TALLY_OK) {
        worker->failures++;
    }
    for (size_t i = 0; i < 500; i++) {
        size_t count = random_marks(&state, marks);
        if (tally_live_change(own, old, old_count, marks, count, 1) != TALLY_OK) {
            worker->failures++;
        }
        memcpy(old, marks, sizeof old);
        old_count = count;
    }
    if (tally_profile_ballots(tally_live_profile(own)) != 1) {
        worker->failures++;
    }
}

/* Every thread begins with another method. */
static void *work(void *arg)
{
    struct worker *worker = arg;
    struct tally_live *own = NULL;
    size_t methods = 0;
    while (methods < METHODS_MAX && tally_method_at(methods) != NULL) {
        methods++;
    }
    for (size_t i = 0; i < methods; i++) {
        size_t m = (i + worker->number) % methods;
        count_once(worker, m, false);
        count_once(worker, m, true);
    }
    if (tally_live_new(OPTIONS, 0, &own) == TALLY_OK) {
        change_own(worker, own);
    } else {
        worker->failures++;
    }
    tally_live_free(own);
    return NULL;
}

static bool fill(struct tally_live *live, struct tally_profile *profile)
{
    uint64_t state = 99;
    for (size_t i = 0; i < BALLOTS; i++) {
        struct tally_mark marks[6];
        size_t count = random_marks(&state, marks);
        if (tally_live_add(live, marks, count, 1) != TALLY_OK ||
            tally_profile_add(profile, marks, count, 1) != TALLY_OK) {
            return false;
        }
    }
    return true;
}

static size_t run(const struct tally_live *live, const struct tally_profile *profile)
{
    static struct worker workers[THREADS];
    pthread_t threads[THREADS];
    size_t failures = 0;
    size_t started = 0;
    for (; started < THREADS; started++) {
        workers[started] =
            (struct worker){.shared = profile, .shared_live = live, .number = started};
        if (pthread_create(threads + started, NULL, work, workers + started) != 0) {
            failures++;
            break;
        }
    }
    for (size_t i = 0; i < started; i++) {
        (void)pthread_join(threads[i], NULL);
        failures += workers[i].failures;
        failures +=
            memcmp(workers[i].digests, workers[0].digests, sizeof workers[0].digests) != 0
                ? 1
                : 0;
    }
    return failures;
}

int main(void)
{
    struct tally_live *live = NULL;
    struct tally_profile *profile = NULL;
    size_t failures = 1;
    if (tally_live_new(OPTIONS, 0, &live) == TALLY_OK &&
        tally_profile_new(OPTIONS, &profile) == TALLY_OK && fill(live, profile)) {
        failures = run(live, profile);
    }
    tally_live_free(live);
    tally_profile_free(profile);
    if (failures > 0) {
        fprintf(stderr, "tally_threads: %zu failures\n", failures);
    }
    return failures == 0 ? 0 : 1;
}
