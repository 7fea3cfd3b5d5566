/* Paper counts once another has confirmed it, and never after sealing. */
#include "base/hex.h"
#include "check.h"
#include "world.h"

#include <inttypes.h>
#include <stdlib.h>

static int64_t confirmed(struct world *world, const struct poll *poll)
{
    int64_t ballots = 0;
    for (size_t i = 0; i < poll->batch_count; i++) {
        const struct paper_batch *batch = poll->batches[i];
        bool counts = batch->confirmed_by != 0 && !batch->dropped;
        if (counts && batch->confirmed_by == batch->entered_by) {
            world_fail(world, "batch %" PRId64 " counts by one hand", batch->id);
        }
        ballots += counts ? batch->ballots : 0;
    }
    return ballots;
}

/* All that the list has of a key that stands in front of numbers. */
static int64_t sum_of(struct span list, const char *key)
{
    const char *at = (const char *)list.data;
    const char *end = at + list.bytes;
    int64_t sum = 0;
    while ((at = memmem(at, (size_t)(end - at), key, strlen(key))) != NULL) {
        int64_t number = 0;
        for (at += strlen(key); at < end && *at >= '0' && *at <= '9'; at++) {
            number = 10 * number + (*at - '0');
        }
        sum += number;
    }
    return sum;
}

void check_paper(struct world *world, const struct poll *poll)
{
    struct check_poll *known = &world->check.polls[poll->id - 1];
    int64_t ballots = confirmed(world, poll);
    if (poll->paper != ballots) {
        world_fail(
            world, "poll %" PRId64 " counts %" PRId64 " ballots on paper, not %" PRId64,
            poll->id, poll->paper, ballots);
    }
    if (poll->state != POLL_SEALED) {
        return;
    }
    if (known->sealed_paper >= 0 && known->sealed_paper != ballots) {
        world_fail(world, "the paper of poll %" PRId64 " changed once sealed", poll->id);
    }
    if (known->sealed_paper < 0) {
        const struct memory_doc *doc = check_sealed_doc(world, poll->id);
        int64_t listed = doc != NULL ? sum_of(doc->body, "\"count\":") : 0;
        if (listed != ballots) {
            world_fail(
                world,
                "poll %" PRId64 " was sealed with %" PRId64 " on paper of %" PRId64,
                poll->id, listed, ballots);
        }
    }
    known->sealed_paper = ballots;
}
