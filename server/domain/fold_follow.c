/* What became of an idea. Each change is a step of its own, and the idea points at its
 * last: nothing is overwritten, and an undo points back at the step before. */
#include "domain/fold_internal.h"

#include "base/vec.h"

static enum err check_follow(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = event_idea(event, entry->as.idea_follow.idea);
    enum follow_state state = entry->as.idea_follow.state;
    struct day next = entry->as.idea_follow.next;
    if (idea == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    if (idea->state != IDEA_PUBLISHED) {
        return ERR_WRONG_STATE;
    }
    if (state >= FOLLOW_STATE_COUNT || (!day_is_none(next) && !day_is_valid(next))) {
        return ERR_BAD_VALUE;
    }
    if (state == FOLLOW_STOPPED && uid_is_zero(&entry->as.idea_follow.content.id)) {
        return ERR_REASON_NEEDED;
    }
    bool full = event->follow_count >= FOLLOWS_MAX ||
                event_follow_count(event, idea) >= IDEA_FOLLOWS_MAX;
    return full ? ERR_TOO_MANY : ERR_OK;
}

static enum err
apply_follow(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct idea *idea = &event->ideas[entry->as.idea_follow.idea - 1];
    void *items = event->follows;
    enum err err = vec_reserve(
        &items, &event->follow_capacity, event->follow_count + 1, sizeof *event->follows,
        FOLLOWS_MAX);
    event->follows = items;
    if (err != ERR_OK) {
        return err;
    }
    event->follows[event->follow_count++] = (struct follow){
        .idea = idea->id,
        .state = entry->as.idea_follow.state,
        .content = entry->as.idea_follow.content,
        .next = entry->as.idea_follow.next,
        .at_ms = entry->at_ms,
        .before = idea->follow,
    };
    idea->follow = (uint32_t)event->follow_count;
    idea->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_idea_follow = {check_follow, apply_follow};
