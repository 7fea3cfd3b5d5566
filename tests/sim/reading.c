/* What everybody may read without a session, and what must stand there. */
#include "base/hex.h"
#include "check.h"
#include "phone.h"
#include "trust/trust.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void phone_read(struct world *world, struct phone *phone, struct dice *dice)
{
    static const char *const pages[] = {"ballots", "ballots", "result", "followup"};
    char path[ERRAND_PATH_BYTES];
    struct net_peer nobody = {.loopback = false};
    size_t page = dice_pick(dice, 5);
    if (page == 4) {
        phone_look_at_picture(world, phone, dice);
        return;
    }
    size_t count = page == 3 ? world->event->idea_count : world->event->poll_count;
    snprintf(
        path, sizeof path, "/%s/%s/%zu", pages[page], world->event->code,
        1 + dice_pick(dice, count));
    phone->reading =
        network_get(&world->net, (size_t)(phone - world->phones), path, &nobody);
}

static void check_ballots(struct world *world, const struct poll *poll, struct span body)
{
    struct hash hash;
    trust_sha256(body, &hash);
    bool shown = poll->state == POLL_SEALED && poll->published && !poll->annulled &&
                 poll->spec.publication == PUBLISH_BALLOTS && !poll->spec.no_own;
    if (!shown) {
        world_fail(world, "ballots of poll %" PRId64 " are told too early", poll->id);
    } else if (memcmp(hash.bytes, poll->sealed_hash.bytes, HASH_BYTES) != 0) {
        world_fail(
            world, "the ballots of poll %" PRId64 " are not what was sealed", poll->id);
    }
}

void check_read(struct world *world, const char *path, struct span body)
{
    const struct event *event = world->event;
    int64_t id = strtoll(strrchr(path, '/') + 1, NULL, 10);
    const struct poll *poll = event_poll(event, id);
    const struct idea *idea = event_idea(event, id);
    if (strncmp(path, "/picture/", 9) == 0) {
        return; /* its hash was looked at by the server, and is by check_pictures */
    }
    if (strncmp(path, "/ballots/", 9) == 0) {
        check_ballots(world, poll, body);
    } else if (strncmp(path, "/result/", 8) == 0) {
        if (!poll->published && !(poll->spec.live && poll->state == POLL_OPEN)) {
            world_fail(world, "the result of poll %" PRId64 " is told too early", id);
        }
    } else if (idea->state != IDEA_PUBLISHED && idea->state != IDEA_MERGED) {
        world_fail(world, "idea %" PRId64 " is followed though nobody may see it", id);
    }
}
