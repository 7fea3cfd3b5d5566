/* The story of support: people say that they are for an idea, and take it back.
 *
 * Each idea keeps who said so of itself, for good, whatever it is merged into: so a split
 * gives every number back. What everybody is told is how many distinct people there are
 * among all that was merged into an idea, however long the chain. Whoever takes back the
 * support of such an idea takes it back of all of them. An author has no support to give
 * to the own idea, and support is no touch: what a moderator did before it can be undone.
 */
#include "domain/fold_internal.h"

#include "base/vec.h"

static struct idea *idea_at(const struct event *event, int64_t id)
{
    return &event->ideas[id - 1]; /* what ideas name is there */
}

/* NULL: it was not merged. */
static struct idea *above(const struct event *event, const struct idea *idea)
{
    return idea->merged_into != 0 ? idea_at(event, idea->merged_into) : NULL;
}

/* The next of all that was merged into `top` that is not below `at`; NULL: that was all.
 */
static struct idea *
beyond(const struct event *event, const struct idea *top, const struct idea *at)
{
    while (at != top && at->support.next_merged == 0) {
        at = idea_at(event, at->merged_into);
    }
    return at != top ? idea_at(event, at->support.next_merged) : NULL;
}

/* The next of all that was merged into `top`, itself first; NULL: that was all. */
static struct idea *
next_of(const struct event *event, const struct idea *top, const struct idea *at)
{
    return at->support.first_merged != 0 ? idea_at(event, at->support.first_merged)
                                         : beyond(event, top, at);
}

/* Where the person is in the list, or would be. */
static uint32_t place_of(const struct supporters *support, int64_t person)
{
    uint32_t low = 0;
    uint32_t high = support->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (support->people[middle] < person) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool supporters_hold(const struct supporters *support, int64_t person)
{
    uint32_t at = place_of(support, person);
    return at < support->count && support->people[at] == person;
}

/* As event_supports, where that is known not to be so of `below` and all below it: they
 * are not looked at again. NULL: nothing is known. */
static bool supports_beside(
    const struct event *event, const struct idea *idea, const struct idea *below,
    int64_t person)
{
    const struct idea *at = idea;
    while (at != NULL && !supporters_hold(&at->support, person)) {
        at = at == below ? beyond(event, idea, at) : next_of(event, idea, at);
    }
    return at != NULL;
}

bool event_supports(const struct event *event, const struct idea *idea, int64_t person)
{
    return supports_beside(event, idea, NULL, person);
}

int64_t event_supporters(const struct event *event)
{
    int64_t count = 0;
    for (size_t i = 0; i < event->participant_count; i++) {
        count += event->participants[i].supports > 0 ? 1 : 0;
    }
    return count;
}

bool event_takes_support(const struct event *event)
{
    const struct phase *phase = agenda_phase(&event->agenda, event->phase);
    bool about_ideas = phase == NULL || phase->kind == PHASE_CALL ||
                       phase->kind == PHASE_COLLECT || phase->kind == PHASE_MERGE;
    return event->settings.support != SUPPORT_OFF && about_ideas &&
           event->archived_at_ms == 0;
}

/* ---- idea.support ---- */

static bool is_shown(const struct event *event, const struct idea *idea)
{
    bool was_shown =
        idea->state == IDEA_MERGED && idea->state_before_merge == IDEA_PUBLISHED;
    const struct idea *root = idea;
    while (root->state == IDEA_MERGED) {
        root = idea_at(event, root->merged_into);
    }
    return root->state == IDEA_PUBLISHED && (root == idea || was_shown);
}

/* A tap that waited on a phone may come after the idea was merged: it holds. */
static enum err check_on(
    const struct event *event, const struct participant *person, const struct idea *idea)
{
    if (idea->author == person->id) {
        return ERR_NOT_ALLOWED;
    }
    if (!is_shown(event, idea)) {
        return ERR_WRONG_STATE;
    }
    bool room =
        person->supports_had < SUPPORT_OWN_MAX && event->support_count < SUPPORT_MAX;
    return room || event_supports(event, idea, person->id) ? ERR_OK : ERR_TOO_MANY;
}

static enum err check_support(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = event_idea(event, entry->as.idea_support.idea);
    if (idea == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    if (!event_takes_support(event)) {
        return ERR_SUPPORT_CLOSED;
    }
    const struct participant *person = event_participant(event, entry->actor);
    return entry->as.idea_support.on ? check_on(event, person, idea) : ERR_OK;
}

/* One more or one less for the idea and for all that it was merged into, as far as the
 * person makes a difference there. */
static void shift(struct event *event, struct idea *idea, int64_t person, int difference)
{
    const struct idea *below = NULL;
    while (idea != NULL && !supports_beside(event, idea, below, person)) {
        idea->support.all += (uint32_t)difference;
        idea->support.pos = event->pos;
        below = idea;
        idea = above(event, idea);
    }
}

static enum err put_in(struct event *event, struct idea *idea, int64_t person)
{
    struct supporters *support = &idea->support;
    void *items = support->people;
    enum err err = vec_reserve(
        &items, &support->capacity, (size_t)support->count + 1, sizeof *support->people,
        PARTICIPANTS_MAX);
    support->people = items;
    if (err != ERR_OK) {
        return err;
    }
    shift(event, idea, person, 1);
    uint32_t at = place_of(support, person);
    memmove(
        &support->people[at + 1], &support->people[at],
        (support->count - at) * sizeof *support->people);
    support->people[at] = (uint32_t)person;
    support->count++;
    event->support_count++;
    event->participants[person - 1].supports++;
    event->participants[person - 1].supports_had++;
    return ERR_OK;
}

static void take_out(struct event *event, struct idea *idea, int64_t person)
{
    struct supporters *support = &idea->support;
    if (!supporters_hold(support, person)) {
        return;
    }
    uint32_t at = place_of(support, person);
    support->count--;
    memmove(
        &support->people[at], &support->people[at + 1],
        (support->count - at) * sizeof *support->people);
    event->support_count--;
    event->participants[person - 1].supports--;
}

/* From below, so that each number on the way falls when the last of its own is gone. */
static void take_back(struct event *event, struct idea *idea, int64_t person)
{
    for (struct idea *at = idea; at != NULL; at = next_of(event, idea, at)) {
        if (supporters_hold(&at->support, person)) {
            take_out(event, at, person);
            shift(event, at, person, -1);
        }
    }
}

static enum err
apply_support(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct idea *idea = idea_at(event, entry->as.idea_support.idea);
    bool on = entry->as.idea_support.on;
    if (on == event_supports(event, idea, entry->actor)) {
        return ERR_OK;
    }
    if (on) {
        return put_in(event, idea, entry->actor);
    }
    take_back(event, idea, entry->actor);
    return ERR_OK;
}

const struct story story_idea_support = {check_support, apply_support};

/* ---- merging, splitting, undoing ---- */

static uint32_t count_new(struct event *event, const struct supporters *support)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < support->count; i++) {
        struct participant *person = &event->participants[support->people[i] - 1];
        count += person->counted != event->support_counts ? 1 : 0;
        person->counted = event->support_counts;
    }
    return count;
}

/* Of an idea and of all that it was merged into: what is below has changed. */
static void count_anew(struct event *event, struct idea *idea)
{
    for (; idea != NULL; idea = above(event, idea)) {
        uint32_t all = 0;
        event->support_counts++;
        for (const struct idea *at = idea; at != NULL; at = next_of(event, idea, at)) {
            all += count_new(event, &at->support);
        }
        if (all != idea->support.all) {
            idea->support.all = all;
            idea->support.pos = event->pos;
        }
    }
}

void support_merged(struct event *event, struct idea *idea)
{
    struct idea *into = idea_at(event, idea->merged_into);
    idea->support.next_merged = into->support.first_merged;
    into->support.first_merged = (uint32_t)idea->id;
    count_anew(event, into);
}

void support_split(struct event *event, struct idea *idea, int64_t into)
{
    struct idea *from = idea_at(event, into);
    uint32_t *at = &from->support.first_merged;
    while (*at != (uint32_t)idea->id) {
        at = &idea_at(event, *at)->support.next_merged;
    }
    *at = idea->support.next_merged;
    idea->support.next_merged = 0;
    count_anew(event, from);
}

void support_put_back(struct event *event, struct idea *idea, const struct idea *now)
{
    idea->support = now->support;
    if (idea->merged_into == now->merged_into) {
        return;
    }
    if (now->merged_into != 0) {
        support_split(event, idea, now->merged_into);
    }
    if (idea->merged_into != 0) {
        support_merged(event, idea);
    }
}
