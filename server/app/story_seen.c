/* Whoever acts has seen what they act on: somebody else may have changed it in the second
 * before. This is asked at the door and not in the story, so that a log whose acts were
 * accepted stays as it is. */
#include "app/story.h"

static bool has_words_seen(const struct idea *idea, int64_t seen)
{
    return idea == NULL || idea->worded_pos <= seen;
}

/* What was merged into it would vanish with it. */
static bool has_merges_seen(const struct event *event, int64_t into, int64_t seen)
{
    for (size_t i = 0; i < event->idea_count; i++) {
        const struct idea *part = &event->ideas[i];
        if (part->state == IDEA_MERGED && part->merged_into == into &&
            part->acted_pos > seen) {
            return false;
        }
    }
    return true;
}

static bool may_edit(const struct event *event, const struct request *request)
{
    const struct idea *idea = event_idea(event, request->as.idea_text.idea);
    return has_words_seen(idea, request->seen);
}

/* What is hidden was hidden for a reason that one should know. */
static bool may_release(const struct event *event, const struct request *request)
{
    const struct idea *idea = event_idea(event, request->as.idea_act.idea);
    bool hidden = idea != NULL && idea->state == IDEA_HIDDEN;
    return has_words_seen(idea, request->seen) &&
           (!hidden || idea->acted_pos <= request->seen);
}

static bool may_hide(const struct event *event, const struct request *request)
{
    int64_t id = request->as.idea_act.idea;
    return has_words_seen(event_idea(event, id), request->seen) &&
           has_merges_seen(event, id, request->seen);
}

static bool may_merge(const struct event *event, const struct request *request)
{
    return has_words_seen(event_idea(event, request->as.idea_act.idea), request->seen) &&
           has_words_seen(event_idea(event, request->as.idea_act.into), request->seen);
}

static bool may_open(const struct event *event, const struct request *request)
{
    const struct poll *poll = event_poll(event, request->as.poll_act.poll);
    return poll == NULL || poll->acted_pos <= request->seen;
}

typedef bool may_fn(const struct event *event, const struct request *request);

static may_fn *const rows[OP_COUNT] = {
    [OP_IDEA_EDIT] = may_edit, [OP_IDEA_RELEASE] = may_release,
    [OP_IDEA_HIDE] = may_hide, [OP_IDEA_MERGE] = may_merge,
    [OP_POLL_OPEN] = may_open,
};

bool story_is_seen(const struct event *event, const struct request *request)
{
    may_fn *may = rows[request->op];
    return request->seen == 0 || may == NULL || may(event, request);
}
