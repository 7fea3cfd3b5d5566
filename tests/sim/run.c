#include "run.h"

#include "base/log.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define RUN_S_MAX   120
#define SHRINK_RUNS 1500

struct history history_of(uint64_t seed, size_t steps)
{
    struct dice dice = {seed ^ 0x5851f42d4c957f2dU};
    struct history history = {.words = malloc((steps + 1) * sizeof(uint64_t))};
    assert(history.words != NULL);
    for (; history.count < steps; history.count++) {
        history.words[history.count] = dice_next(&dice);
    }
    return history;
}

void history_fini(struct history *history)
{
    free(history->words);
    *history = (struct history){0};
}

static void run_here(
    const struct plan *plan, const struct history *history, struct run_result *result)
{
    struct world *world = malloc(sizeof *world);
    assert(world != NULL);
    log_set_level(LOG_ERROR);
    steps_begin(world, plan);
    for (size_t i = 0; i < history->count && world->failure[0] == '\0'; i++) {
        steps_take(world, history->words[i]);
    }
    if (world->failure[0] == '\0') {
        steps_finish(world);
    }
    if (plan->keep != NULL) {
        keep_all(world, plan->keep, plan->seed);
    }
    memcpy(result->failure, world->failure, sizeof result->failure);
    result->hash = world->trace.hash;
    result->stats = world->stats;
    result->stats.dropped = world->net.stats;
    steps_end(world);
    free(world);
    result->finished = true;
}

static void hush(void)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) {
        dup2(nowhere, STDERR_FILENO);
    }
}

void run_history(
    const struct plan *plan, const struct history *history, bool quiet,
    struct run_result *ret_result)
{
    struct run_result *shared = mmap(
        NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert(shared != MAP_FAILED);
    fflush(stdout);
    pid_t child = fork();
    assert(child >= 0);
    if (child == 0) {
        if (quiet) {
            hush();
        }
        alarm(RUN_S_MAX);
        run_here(plan, history, shared);
        fflush(stdout);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    *ret_result = *shared;
    munmap(shared, sizeof *shared);
    if (!ret_result->finished) {
        disk_sweep(child);
        snprintf(
            ret_result->failure, sizeof ret_result->failure, "the process ended (%s %d)",
            WIFSIGNALED(status) ? "signal" : "exit",
            WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
}

/* The same words; numbers may differ. */
static bool alike(const char *a, const char *b)
{
    while (*a != '\0' && *b != '\0') {
        a += strspn(a, "0123456789");
        b += strspn(b, "0123456789");
        if (*a != *b) {
            return false;
        }
        a += *a != '\0' ? 1 : 0;
        b += *b != '\0' ? 1 : 0;
    }
    return *a == *b;
}

static bool
fails(const struct plan *plan, const struct history *history, const char *failure)
{
    struct run_result result;
    run_history(plan, history, true, &result);
    return alike(result.failure, failure);
}

static struct history without(const struct history *history, size_t at, size_t count)
{
    struct history rest = history_of(0, history->count);
    rest.count = history->count - count;
    memcpy(rest.words, history->words, at * sizeof *rest.words);
    memcpy(
        rest.words + at, history->words + at + count,
        (rest.count - at) * sizeof *rest.words);
    return rest;
}

/* Pieces from the large to the single step (Zeller & Hildebrandt 2002), from the end, as
 * what comes last is needed least. */
void run_shrink(const struct plan *plan, const char *failure, struct history *history)
{
    int runs = 0;
    for (size_t piece = history->count / 2; piece > 0; piece /= 2) {
        for (size_t end = history->count; end >= piece && runs < SHRINK_RUNS;) {
            struct history rest = without(history, end - piece, piece);
            runs++;
            if (fails(plan, &rest, failure)) {
                history_fini(history);
                *history = rest;
                end = end - piece < history->count ? end - piece : history->count;
            } else {
                history_fini(&rest);
                end -= piece;
            }
        }
    }
}
