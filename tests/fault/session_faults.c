/* A whole session in which one call to the file system, or one allocation, fails: each in
 * turn. What was acknowledged is there after a clean start; the server ends with a word,
 * never with a crash, a leak or a wrong answer.
 *
 *     session_faults disk [STRIDE [FIRST]]
 *     session_faults memory OWNER [STRIDE [FIRST]]    (ours, sqlite, json, uv, lws,
 * crypto)
 *
 * Of the calls, FIRST, FIRST + STRIDE … are tried; 1 and 0: every one. */
#include "fault_vfs.h"
#include "heap_faults.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define ATTEMPTS_MAX 1000000

/* The server's process and this one see it both. */
struct shared {
    atomic_bool failed;
    _Atomic int64_t calls;
};

struct attempt {
    struct shared *shared;
    struct fault_plan plan; /* of the disk */
    enum heap_owner owner;
    int64_t refused; /* of the heap */
    bool disk;
};

struct campaign {
    struct session base; /* after the first act, without faults */
    struct attempt attempt;
    int64_t stride;
    int64_t first;
    int64_t attempts;
    int64_t ended; /* with a failure told */
    int64_t refused;
    int64_t spoilt; /* stores that are not opened again */
};

static void arm(void *ctx)
{
    const struct attempt *attempt = ctx;
    if (attempt->disk) {
        fault_vfs_install();
        fault_vfs_tell(&attempt->shared->failed);
        fault_vfs_arm(&attempt->plan);
    } else {
        heap_faults_arm(attempt->owner, attempt->refused, &attempt->shared->calls);
    }
}

static bool was_reached(const struct attempt *attempt)
{
    return attempt->disk ? atomic_load(&attempt->shared->failed)
                         : atomic_load(&attempt->shared->calls) > attempt->refused;
}

/* One session; was the call reached? */
static bool try_once(struct campaign *campaign, int act, const char *what)
{
    static struct session session;
    struct attempt *attempt = &campaign->attempt;
    atomic_store(&attempt->shared->failed, false);
    atomic_store(&attempt->shared->calls, 0);
    if (act == 1) {
        session_init(&session);
        session_play_first(&session, arm, attempt);
    } else {
        session_copy(&campaign->base, &session);
        session_play_second(&session, arm, attempt);
    }
    session.may_spoil = attempt->disk && attempt->plan.kind == FAULT_SHORT;
    campaign->spoilt += session_verify(&session, what) ? 0 : 1;
    campaign->attempts++;
    campaign->ended += session.code != 0 ? 1 : 0;
    campaign->refused += (int64_t)session.refused;
    session_fini(&session);
    return was_reached(attempt);
}

static void try_each(struct campaign *campaign, int act, const char *name)
{
    struct attempt *attempt = &campaign->attempt;
    int64_t before = campaign->attempts;
    int64_t call = campaign->first;
    bool reached = true;
    for (; reached && call < ATTEMPTS_MAX; call += campaign->stride) {
        char what[128];
        snprintf(what, sizeof what, "act %d, call %lld, %s", act, (long long)call, name);
        attempt->plan.call = (int)call;
        attempt->refused = call;
        if (getenv("STIMMWERK_SAY") != NULL) {
            fprintf(stderr, "%s\n", what);
        }
        reached = try_once(campaign, act, what);
    }
    printf(
        "%s, act %d: %lld sessions, up to call %lld\n", name, act,
        (long long)(campaign->attempts - before), (long long)(call - campaign->stride));
    fflush(stdout);
}

static void try_disk(struct campaign *campaign)
{
    static const struct {
        const char *name;
        enum fault_kind kind;
        bool for_good;
    } ways[] = {
        {"an I/O error, once", FAULT_IO, false},
        {"I/O errors from then on", FAULT_IO, true},
        {"no room from then on", FAULT_FULL, true},
        {"half a read", FAULT_SHORT, false},
        {"no memory, once", FAULT_NOMEM, false},
    };

    campaign->attempt.disk = true;
    const char *only = getenv("STIMMWERK_WAY");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (only != NULL && strcmp(only, ways[i].name) != 0) {
            continue;
        }
        campaign->attempt.plan.kind = ways[i].kind;
        campaign->attempt.plan.for_good = ways[i].for_good;
        try_each(campaign, 1, ways[i].name);
        try_each(campaign, 2, ways[i].name);
    }
}

static const char *const owners[HEAP_OWNERS] = {
    [HEAP_OURS] = "ours", [HEAP_SQLITE] = "sqlite", [HEAP_JSON] = "json",
    [HEAP_UV] = "uv",     [HEAP_LWS] = "lws",       [HEAP_CRYPTO] = "crypto",
};

static void try_memory(struct campaign *campaign, const char *owner)
{
    size_t i = 0;
    while (i < HEAP_OWNERS && strcmp(owners[i], owner) != 0) {
        i++;
    }
    if (i == HEAP_OWNERS) {
        die("nobody is called %s", owner);
    }
    campaign->attempt.owner = (enum heap_owner)i;
    try_each(campaign, 1, owner);
    try_each(campaign, 2, owner);
}

static int64_t number(int argc, char **argv, int i, int64_t fallback)
{
    return argc > i ? strtoll(argv[i], NULL, 10) : fallback;
}

int main(int argc, char **argv)
{
    static struct campaign campaign;
    bool disk = argc > 1 && strcmp(argv[1], "disk") == 0;
    if (!disk && (argc < 3 || strcmp(argv[1], "memory") != 0)) {
        die("usage: session_faults disk|memory OWNER [STRIDE [FIRST]]");
    }
    heap_faults_install();
    campaign.stride = number(argc, argv, disk ? 2 : 3, 1);
    campaign.first = number(argc, argv, disk ? 3 : 4, 0);
    campaign.attempt.shared = mmap(
        NULL, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
        -1, 0);
    if (campaign.attempt.shared == MAP_FAILED) {
        die("no shared memory");
    }
    session_init(&campaign.base);
    session_play_first(&campaign.base, NULL, NULL);
    (void)session_verify(&campaign.base, "without a fault");
    if (disk) {
        try_disk(&campaign);
    } else {
        try_memory(&campaign, argv[2]);
    }
    session_fini(&campaign.base);
    printf(
        "session_faults: %lld sessions, %lld ended with a failure told, %lld requests "
        "refused for now, %lld stores spoilt by what was read and refused; nothing lost "
        "otherwise\n",
        (long long)campaign.attempts, (long long)campaign.ended,
        (long long)campaign.refused, (long long)campaign.spoilt);
    return 0;
}
