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

static bool may_edit_poll(const struct event *event, const struct request *request)
{
    const struct poll *poll = event_poll(event, request->as.poll_text.poll);
    return poll == NULL || poll->changed_pos <= request->seen;
}

/* A draft as it was read; a round that is still the same. */
static bool may_act(const struct event *event, const struct request *request)
{
    const struct poll *poll = event_poll(event, request->as.poll_act.poll);
    return poll == NULL ||
           (poll->acted_pos <= request->seen && poll->undone_pos <= request->seen);
}

/* Of what counts nothing is unknown to who ends it, shows it or seals it: a close and the
 * showing may be one press. */
static bool may_finish(const struct event *event, const struct request *request)
{
    const struct poll *poll = event_poll(event, request->as.poll_act.poll);
    return may_act(event, request) && (poll == NULL || poll->paper_pos <= request->seen);
}

static bool may_edit_label(const struct event *event, const struct request *request)
{
    const struct label *label = event_label(event, request->as.label.label);
    return label == NULL ||
           (label->acted_pos <= request->seen && label->undone_pos <= request->seen);
}

/* What is told whole: a colleague's half of it would be written over. */
static bool may_set(const struct event *event, const struct request *request)
{
    return event->settings_pos <= request->seen;
}

static bool may_set_words(const struct event *event, const struct request *request)
{
    return event->words_pos <= request->seen;
}

static bool may_set_wifi(const struct event *event, const struct request *request)
{
    return event->wifi_pos <= request->seen;
}

/* Also the next phase is the next of the list that one has seen. */
static bool may_set_agenda(const struct event *event, const struct request *request)
{
    return event->agenda_pos <= request->seen;
}

static bool may_set_timer(const struct event *event, const struct request *request)
{
    return event->phase_pos <= request->seen;
}

typedef bool may_fn(const struct event *event, const struct request *request);

static may_fn *const rows[OP_COUNT] = {
    [OP_IDEA_EDIT] = may_edit,        [OP_IDEA_RELEASE] = may_release,
    [OP_IDEA_HIDE] = may_hide,        [OP_IDEA_MERGE] = may_merge,
    [OP_LABEL_EDIT] = may_edit_label, [OP_SETTINGS] = may_set,
    [OP_WORDS] = may_set_words,       [OP_WIFI] = may_set_wifi,
    [OP_AGENDA_SET] = may_set_agenda, [OP_PHASE_START] = may_set_agenda,
    [OP_TIMER_SET] = may_set_timer,   [OP_POLL_EDIT] = may_edit_poll,
    [OP_POLL_DROP] = may_act,         [OP_POLL_OPEN] = may_act,
    [OP_POLL_CLOSE] = may_finish,     [OP_POLL_REOPEN] = may_act,
    [OP_POLL_PUBLISH] = may_finish,   [OP_POLL_UNPUBLISH] = may_act,
    [OP_POLL_SEAL] = may_finish,      [OP_POLL_ANNUL] = may_act,
};

/* What was done already is answered as it was then, whatever became of it. */
static bool is_done(const struct visitor *visitor, const struct request *request)
{
    struct outcome outcome;
    return event_find_command(
        visitor->event, visitor->participant, &request->id, &outcome);
}

/* A position that is still to come is of a log that lost its end. */
bool story_is_seen(const struct visitor *visitor, const struct request *request)
{
    may_fn *may = rows[request->op];
    if (request->seen == 0 || may == NULL || is_done(visitor, request)) {
        return true;
    }
    return request->seen <= visitor->event->pos && may(visitor->event, request);
}
