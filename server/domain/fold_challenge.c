/* Which challenge an idea answers: said by its author or at the desk. An idea that has
 * none inherits that of what was merged into it, so that no answer is lost; nothing of
 * the idea itself is overwritten, and so a split or an undo has nothing to restore. */
#include "domain/fold_internal.h"

/* Was there ever such a challenge? */
static bool was_challenge(const struct event *event, int64_t id)
{
    return id >= 1 && (uint64_t)id <= event->label_count &&
           event->labels[id - 1].kind == LABEL_CHALLENGE;
}

enum err challenge_check(const struct event *event, int64_t challenge)
{
    return challenge == 0 || was_challenge(event, challenge) ? ERR_OK : ERR_UNKNOWN_LABEL;
}

void challenge_put(
    const struct event *event, const struct challenge_change *change, struct idea *idea)
{
    if (change->given) {
        bool stands = event_label(event, change->label) != NULL;
        idea->challenge = stands ? change->label : 0;
    }
}

bool challenge_is_used(const struct event *event, int64_t challenge)
{
    bool used = false;
    for (size_t i = 0; i < event->idea_count && !used; i++) {
        used = event->ideas[i].challenge == challenge;
    }
    for (size_t i = 0; i < event->label_count && !used; i++) {
        used = event->labels[i].challenge == challenge;
    }
    return used;
}

/* ---- what was merged ---- */

static int64_t said_of(const struct idea *idea)
{
    return idea->challenge != 0 ? idea->challenge : idea->inherited;
}

/* Of the ideas that were merged into it, the one that came first to the event. */
static int64_t find_inherited(const struct event *event, const struct idea *idea)
{
    int64_t found = 0;
    for (size_t i = 0; i < event->idea_count && found == 0; i++) {
        const struct idea *merged = &event->ideas[i];
        found = merged->merged_into == idea->id ? said_of(merged) : 0;
    }
    return found;
}

static void settle_one(struct event *event, struct idea *idea)
{
    int64_t inherited = idea->challenge == 0 ? find_inherited(event, idea) : 0;
    if (inherited != idea->inherited) {
        idea->inherited = inherited;
        idea->changed_pos = event->pos;
    }
}

static bool has_challenges(const struct event *event)
{
    for (size_t i = 0; i < event->label_count; i++) {
        if (event->labels[i].kind == LABEL_CHALLENGE) {
            return true;
        }
    }
    return false;
}

void challenge_settle(struct event *event, int64_t idea)
{
    bool any = has_challenges(event);
    while (any && idea != 0) {
        settle_one(event, &event->ideas[idea - 1]);
        idea = event->ideas[idea - 1].merged_into;
    }
}

/* ---- idea.challenge ---- */

static enum err check(const struct event *event, const struct entry *entry)
{
    return event_idea(event, entry->as.idea_challenge.idea) != NULL
               ? challenge_check(event, entry->as.idea_challenge.challenge)
               : ERR_UNKNOWN_IDEA;
}

static enum err
apply(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    const struct challenge_change change = {
        .given = true, .label = entry->as.idea_challenge.challenge};
    struct idea *idea = &event->ideas[entry->as.idea_challenge.idea - 1];
    challenge_put(event, &change, idea);
    idea->changed_pos = event->pos;
    challenge_settle(event, idea->id);
    return ERR_OK;
}

const struct story story_idea_challenge = {check, apply};
