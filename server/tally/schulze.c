/* Schulze: a path is as strong as its weakest majority; an option is ahead of another if
 * its strongest path is stronger than the one back (Schulze, arXiv:1804.02973). */
#include "tally/grow.h"
#include "tally/strength.h"

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Paths that go through `via`. */
static void widen_through(int64_t *paths, size_t n, size_t via)
{
    for (size_t from = 0; from < n; from++) {
        int64_t to_via = paths[from * n + via];
        for (size_t to = 0; to_via > 0 && to < n; to++) {
            int64_t through = least(to_via, paths[via * n + to]);
            int64_t *path = paths + from * n + to;
            *path = through > *path ? through : *path;
        }
    }
}

/* Floyd and Warshall's order of steps, with the widest path for the shortest. */
static void find_paths(const struct count *count, int64_t *ret_paths)
{
    size_t n = count->result->options;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            ret_paths[a * n + b] =
                strength_of(count->result, count->method->strength, a, b);
        }
    }
    for (size_t via = 0; via < n; via++) {
        widen_through(ret_paths, n, via);
    }
}

static void find_ahead(const int64_t *paths, size_t n, size_t a, uint64_t *ret_row)
{
    for (size_t b = 0; b < n; b++) {
        if (paths[a * n + b] > paths[b * n + a]) {
            bits_add(ret_row, b);
        }
    }
}

enum tally_status count_schulze(struct count *count)
{
    struct tally_result *result = count->result;
    size_t n = result->options;
    size_t words = bits_words(n);
    enum tally_status status = TALLY_NO_MEMORY;
    int64_t *paths = zeroed(n * n, sizeof *paths);
    uint64_t *ahead = zeroed(n * words, sizeof *ahead);
    if (paths == NULL || ahead == NULL) {
        goto done;
    }
    find_paths(count, paths);
    for (size_t a = 0; a < n; a++) {
        find_ahead(paths, n, a, ahead + a * words);
    }
    status = result_place_levels(result, ahead);
    if (status == TALLY_OK) {
        status = result_elect(result);
    }
    result->paths = paths;
    paths = NULL;
done:
    free(paths);
    free(ahead);
    return status;
}
