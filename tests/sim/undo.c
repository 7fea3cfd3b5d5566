/* Undo, where it exists: a split gives an idea back as it was before its merge, a
 * reopening a poll as it was before it was closed. Read from the history alone. */
#include "check.h"
#include "world.h"

#include <stdlib.h>

#define UNDO_IDEAS_MAX 4096

struct before_merge {
    bool merged;
    enum idea_state state;
    enum reason reason;
};

struct undo {
    struct world *world;
    struct event event;
    struct before_merge ideas[UNDO_IDEAS_MAX];
    struct poll_spec specs[CHECK_POLLS_MAX]; /* as they were closed */
};

static void before(struct undo *undo, const struct entry *entry)
{
    if (entry->kind == ENTRY_IDEA_MERGE) {
        const struct idea *idea = event_idea(&undo->event, entry->as.idea_act.idea);
        if (idea != NULL && idea->id <= UNDO_IDEAS_MAX && idea->state != IDEA_MERGED) {
            undo->ideas[idea->id - 1] =
                (struct before_merge){true, idea->state, idea->reason};
        }
    }
    if (entry->kind == ENTRY_POLL_CLOSE) {
        const struct poll *poll = event_poll(&undo->event, entry->as.poll_act.poll);
        if (poll != NULL && poll->id <= CHECK_POLLS_MAX) {
            undo->specs[poll->id - 1] = poll->spec;
        }
    }
}

static void after_split(struct undo *undo, int64_t id)
{
    const struct idea *idea = event_idea(&undo->event, id);
    if (idea == NULL || id > UNDO_IDEAS_MAX) {
        return;
    }
    const struct before_merge *was = &undo->ideas[id - 1];
    if (was->merged && (idea->state != was->state || idea->reason != was->reason)) {
        world_fail(undo->world, "a split idea is not as it was before its merge");
    }
}

static void after_reopening(struct undo *undo, int64_t id)
{
    const struct poll *poll = event_poll(&undo->event, id);
    if (poll == NULL || id > CHECK_POLLS_MAX) {
        return;
    }
    const struct poll_spec *was = &undo->specs[id - 1];
    bool same = poll->state == POLL_OPEN && !poll->published &&
                poll->spec.option_count == was->option_count &&
                memcmp(poll->spec.options, was->options, sizeof was->options) == 0 &&
                strcmp(poll->spec.method, was->method) == 0;
    if (!same) {
        world_fail(undo->world, "a reopened poll is not as it was before it was closed");
    }
}

static enum err apply(void *ctx, const struct entry *entry)
{
    struct undo *undo = ctx;
    struct outcome outcome;
    before(undo, entry);
    enum err err = event_apply(&undo->event, entry, &outcome);
    if (err == ERR_OK && outcome.err == ERR_OK && !outcome.repeated) {
        undo->world->stats.played[entry->kind]++;
        if (entry->kind == ENTRY_IDEA_SPLIT) {
            after_split(undo, entry->as.idea_act.idea);
        } else if (entry->kind == ENTRY_POLL_REOPEN) {
            after_reopening(undo, entry->as.poll_act.poll);
        }
    }
    return err;
}

void check_undo(struct world *world)
{
    static const uint64_t no_seed[2];
    const struct memory_lane *lane =
        memory_find_lane(world->disk->memory, (struct store_lane){1, 0});
    struct undo *undo = calloc(1, sizeof *undo);
    if (undo == NULL) {
        abort();
    }
    undo->world = world;
    event_init(&undo->event, 1, no_seed);
    for (size_t i = 0; lane != NULL && i < lane->row_count; i++) {
        if (wire_decode_batch(lane->rows[i].body, apply, undo) != ERR_OK) {
            world_fail(world, "the history cannot be folded");
        }
    }
    event_fini(&undo->event);
    free(undo);
}
