/* sim [--seeds N] [--from SEED] [--seed S] [--steps N] [--twice] [--break WHAT] [--trace]
 *     [--keep FOLDER] [--all]
 *
 * --from today: seeds that change every day. --twice: each seed must give the same trace
 * again. --all: goes on until every kind of entry stands in one of the histories.
 * --break: a control; one of the seeds must fail, or the checks are blind. `disk` says
 * "stored" too early, `patience` drops nobody in time, `haste` drops who does as told,
 * `frames` are lost, an `outbox` counts wrong, a `backup` lacks what was there, phones
 * keep no `receipts`, `photos` are left over, an event is forgotten but for some
 * `pieces`, screens take old `results`, `people` sit in each other's seats after a crash,
 * a `count` has a ballot twice, `leaving` is said to have been done and was not.
 * --trace: every step. --keep: the log and the sealed lists, as seeds for the fuzz
 * targets `log` and `wire_sealed`. */
#include "run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MORE_SEEDS 20 /* times as many, until all kinds were played */

struct options {
    uint64_t from;
    uint64_t seeds;
    size_t steps;
    bool twice;
    const char *broken; /* for a control; NULL: nothing is */
    bool trace;
    bool all; /* kinds of entries must be played */
    const char *keep;
};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static uint64_t seed_of(const char *text)
{
    return strcmp(text, "today") == 0 ? (uint64_t)time(NULL) / 86400 * 1000
                                      : strtoull(text, NULL, 10);
}

static bool read_option(struct options *options, const char *name, const char *value)
{
    if (strcmp(name, "--seeds") == 0) {
        options->seeds = strtoull(value, NULL, 10);
    } else if (strcmp(name, "--from") == 0) {
        options->from = seed_of(value);
    } else if (strcmp(name, "--seed") == 0) {
        options->from = seed_of(value);
        options->seeds = 1;
    } else if (strcmp(name, "--steps") == 0) {
        options->steps = strtoull(value, NULL, 10);
    } else if (strcmp(name, "--keep") == 0) {
        options->keep = value;
    } else if (strcmp(name, "--break") == 0) {
        options->broken = value;
    } else {
        return false;
    }
    return true;
}

static bool read_flag(struct options *options, const char *name)
{
    options->twice = options->twice || strcmp(name, "--twice") == 0;
    options->trace = options->trace || strcmp(name, "--trace") == 0;
    options->all = options->all || strcmp(name, "--all") == 0;
    return strcmp(name, "--twice") == 0 || strcmp(name, "--trace") == 0 ||
           strcmp(name, "--all") == 0;
}

static bool read_options(int argc, char **argv, struct options *options)
{
    for (int i = 1; i < argc; i++) {
        bool valued = i + 1 < argc && read_option(options, argv[i], argv[i + 1]);
        if (!valued && !read_flag(options, argv[i])) {
            fprintf(stderr, "sim: what is %s?\n", argv[i]);
            return false;
        }
        i += valued ? 1 : 0;
    }
    return true;
}

static void tell_failure(
    const struct plan *plan, struct history *history, const struct run_result *result)
{
    struct plan loud = *plan;
    struct run_result again;
    size_t before = history->count;
    loud.loud = true;
    printf("seed %" PRIu64 " FAILS: %s\n", plan->seed, result->failure);
    run_shrink(plan, result->failure, history);
    printf(
        "the shortest history that still fails, %zu of %zu steps:\n", history->count,
        before);
    run_history(&loud, history, false, &again);
    printf("seed %" PRIu64 " FAILS: %s\n", plan->seed, again.failure);
}

static void add(struct world_stats *total, const struct world_stats *run)
{
    total->steps += run->steps;
    total->ballots += run->ballots;
    total->commits += run->commits;
    total->crashes += run->crashes;
    total->cuts += run->cuts;
    total->dropped.full += run->dropped.full;
    total->dropped.stuck += run->dropped.stuck;
    total->dropped.silent += run->dropped.silent;
    total->dropped.mute += run->dropped.mute;
    total->dropped.told += run->dropped.told;
    total->torn += run->torn;
    total->photos += run->photos;
    total->backups += run->backups;
    total->restores += run->restores;
    total->undone += run->undone;
    total->recast += run->recast;
    total->left += run->left;
    total->folds += run->folds;
    total->sealed += run->sealed;
    total->deleted += run->deleted;
    total->counted += run->counted;
    total->results += run->results;
    total->running += run->running;
    for (int kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        total->played[kind] += run->played[kind];
    }
}

/* Ballots and fences stand in lanes of their own, which are gone when a poll is sealed.
 */
static bool is_missing(const struct world_stats *total, int kind)
{
    bool in_lanes = kind == ENTRY_CAST || kind == ENTRY_FENCE;
    return total->played[kind] == 0 && !in_lanes;
}

static bool all_were_played(const struct world_stats *total)
{
    int kind = 0;
    while (kind < ENTRY_KIND_COUNT && !is_missing(total, kind)) {
        kind++;
    }
    return kind == ENTRY_KIND_COUNT;
}

static void tell_missing(const struct world_stats *total)
{
    for (int kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        if (is_missing(total, kind)) {
            printf("never played: %s\n", entry_kind_code((enum entry_kind)kind));
        }
    }
}

/* True if the seed holds. */
static bool
run_seed(const struct options *options, uint64_t seed, struct world_stats *total)
{
    const struct plan plan = {
        .seed = seed,
        .lies = options->broken != NULL && strcmp(options->broken, "disk") == 0,
        .broken = options->broken,
        .loud = options->trace,
        .keep = options->keep};
    struct history history = history_of(seed, options->steps);
    struct run_result result;
    run_history(&plan, &history, false, &result);
    if (options->twice && result.failure[0] == '\0') {
        uint64_t first = result.hash;
        run_history(&plan, &history, false, &result);
        if (result.hash != first) {
            snprintf(
                result.failure, sizeof result.failure,
                "the same seed gave two traces, %016" PRIx64 " and %016" PRIx64, first,
                result.hash);
        }
    }
    bool holds = result.failure[0] == '\0';
    if (!holds && options->broken != NULL) {
        printf("seed %" PRIu64 ": seen (%s)\n", seed, result.failure);
    } else if (!holds) {
        tell_failure(&plan, &history, &result);
    }
    add(total, &result.stats);
    history_fini(&history);
    return holds;
}

static bool
goes_on(const struct options *options, uint64_t run, const struct world_stats *total)
{
    bool missing = options->all && !all_were_played(total);
    return run < options->seeds || (missing && run < options->seeds * MORE_SEEDS);
}

int main(int argc, char **argv)
{
    struct options options = {.from = 1, .seeds = 20, .steps = 4000};
    struct world_stats total = {0};
    uint64_t failed = 0;
    if (!read_options(argc, argv, &options)) {
        return 2;
    }
    double begun_s = now_s();
    uint64_t run = 0;
    while (failed == 0 && goes_on(&options, run, &total)) {
        failed += run_seed(&options, options.from + run++, &total) ? 0 : 1;
    }
    double took_s = now_s() - begun_s;
    printf(
        "%" PRIu64 " seeds from %" PRIu64 " in %.1f s: %" PRId64 " steps, %" PRId64
        " ballots acknowledged, %" PRId64 " commits, %" PRId64 " crashes, %" PRId64
        " lines lost, %" PRId64 " dropped as full, %" PRId64 " as stuck, %" PRId64
        " as silent, %" PRId64 " without hello, %" PRId64 " without a Close, %" PRId64
        " polls sealed, %" PRId64 " folds compared, %" PRId64 " events deleted, %" PRId64
        " polls counted anew, %" PRId64 " results on screens (%" PRId64
        " of polls that run), %" PRId64 " crashes while one was deleted, %" PRId64
        " looks at photographs, %" PRId64 " backups, %" PRId64 " restored, %" PRId64
        " acknowledged ballots in none, %" PRId64 " cast again, %" PRId64
        " places left; %" PRIu64 " failed\n",
        run, options.from, took_s, total.steps, total.ballots, total.commits,
        total.crashes, total.cuts, total.dropped.full, total.dropped.stuck,
        total.dropped.silent, total.dropped.mute, total.dropped.told, total.sealed,
        total.folds, total.deleted, total.counted, total.results, total.running,
        total.torn, total.photos, total.backups, total.restores, total.undone,
        total.recast, total.left, failed);
    bool seen = failed > 0;
    bool complete = !options.all || all_were_played(&total);
    if (!complete && !seen) {
        tell_missing(&total);
    }
    return seen == (options.broken != NULL) && complete ? 0 : 1;
}
