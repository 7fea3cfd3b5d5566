/* The stories of ideas: submit, edit, withdraw, release, hide, merge, split.
 *
 * A participant's idea starts pending, one from the desk is published at once. Merging
 * points an idea at another and remembers its state; the other may itself be merged
 * further: the chain stays as it was made (no re-pointing), so that each split restores
 * exactly what its merge took. The target of a merge is never merged at that moment, so
 * chains can't close. */
#include "domain/fold_internal.h"

#include "base/vec.h"
#include "domain/access.h"

static struct idea *find(struct event *event, int64_t id)
{
    return &event->ideas[id - 1]; /* the check found it */
}

void idea_move(struct event *event, struct idea *idea, enum idea_state state)
{
    struct participant *author = &event->participants[idea->author - 1];
    author->ideas_pending -= idea->state == IDEA_PENDING ? 1 : 0;
    author->ideas_pending += state == IDEA_PENDING ? 1 : 0;
    idea->state = state;
    idea->changed_pos = event->pos;
}

/* ---- idea.submit ---- */

static enum err may_submit(const struct event *event, const struct entry *entry)
{
    if (uid_is_zero(&entry->as.idea_text.content.id)) {
        return ERR_TEXT_EMPTY;
    }
    if (event->idea_count >= IDEAS_MAX) {
        return ERR_TOO_MANY;
    }
    if (role_is_desk(entry->role)) {
        return pictures_check(event, entry, NULL);
    }
    if (!event->call_open) {
        return ERR_CALL_CLOSED;
    }
    const struct participant *author = event_participant(event, entry->actor);
    return author->ideas_pending < IDEAS_OWN_PENDING_MAX
               ? pictures_check(event, entry, NULL)
               : ERR_TOO_MANY;
}

/* Of what kinds it is. */
static enum err check_labels(const struct event *event, const struct entry *entry)
{
    enum err err = challenge_check(event, entry->as.idea_text.challenge.label);
    return err == ERR_OK ? tags_check(event, &entry->as.idea_text.tags, entry->role)
                         : err;
}

static void put_labels(struct event *event, const struct entry *entry, struct idea *idea)
{
    tags_put(event, &entry->as.idea_text.tags, idea);
    challenge_put(event, &entry->as.idea_text.challenge, idea);
}

static enum err check_submit(const struct event *event, const struct entry *entry)
{
    enum err err = may_submit(event, entry);
    return err == ERR_OK ? check_labels(event, entry) : err;
}

static enum err
apply_submit(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    void *items = event->ideas;
    enum err err = vec_reserve(
        &items, &event->idea_capacity, event->idea_count + 1, sizeof *event->ideas,
        IDEAS_MAX);
    event->ideas = items;
    int64_t id = (int64_t)event->idea_count + 1;
    struct pictures pictures = {0};
    if (err == ERR_OK) {
        err = pictures_add(event, entry, id, &pictures);
    }
    if (err != ERR_OK) {
        return err;
    }
    struct idea *idea = &event->ideas[event->idea_count++];
    *idea = (struct idea){
        .id = id,
        .pictures = pictures,
        .pictures_had = (uint16_t)((pictures.drawing != 0) + (pictures.photo != 0)),
        .author = entry->actor,
        .state = IDEA_PUBLISHED,
        .content = entry->as.idea_text.content,
        .submitted_at_ms = entry->at_ms,
        .written_pos = event->pos,
        .worded_pos = event->pos,
    };
    put_labels(event, entry, idea);
    idea_move(event, idea, role_is_desk(entry->role) ? IDEA_PUBLISHED : IDEA_PENDING);
    ret_outcome->id = idea->id;
    return ERR_OK;
}

const struct story story_idea_submit = {check_submit, apply_submit};

/* ---- idea.edit, idea.withdraw ---- */

static enum err check_own_pending(const struct idea *idea, int64_t actor)
{
    if (idea->author != actor) {
        return ERR_NOT_ALLOWED;
    }
    return idea->state == IDEA_PENDING ? ERR_OK : ERR_NOT_PENDING;
}

static enum err may_edit(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = event_idea(event, entry->as.idea_text.idea);
    if (idea == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    if (uid_is_zero(&entry->as.idea_text.content.id)) {
        return ERR_TEXT_EMPTY;
    }
    enum err err = pictures_check(event, entry, idea);
    if (err != ERR_OK) {
        return err;
    }
    if (entry->role == ROLE_PARTICIPANT) {
        return check_own_pending(idea, entry->actor);
    }
    return idea->state != IDEA_WITHDRAWN ? ERR_OK : ERR_WRONG_STATE;
}

static enum err check_edit(const struct event *event, const struct entry *entry)
{
    enum err err = may_edit(event, entry);
    return err == ERR_OK ? check_labels(event, entry) : err;
}

static enum err
apply_edit(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct idea *idea = find(event, entry->as.idea_text.idea);
    size_t before = event->picture_count;
    enum err err = pictures_add(event, entry, idea->id, &idea->pictures);
    if (err != ERR_OK) {
        return err;
    }
    idea->pictures_had += (uint16_t)(event->picture_count - before);
    idea->content = entry->as.idea_text.content;
    put_labels(event, entry, idea);
    idea->changed_pos = event->pos;
    idea->written_pos = event->pos;
    idea->worded_pos = event->pos;
    challenge_settle(event, idea->id);
    return ERR_OK;
}

const struct story story_idea_edit = {check_edit, apply_edit};

static enum err check_withdraw(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = event_idea(event, entry->as.idea_act.idea);
    return idea != NULL ? check_own_pending(idea, entry->actor) : ERR_UNKNOWN_IDEA;
}

static enum err apply_withdraw(
    struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct idea *idea = find(event, entry->as.idea_act.idea);
    idea_move(event, idea, IDEA_WITHDRAWN);
    idea->pictures = (struct pictures){0}; /* what it looked like is nobody's any more */
    return ERR_OK;
}

const struct story story_idea_withdraw = {check_withdraw, apply_withdraw};

/* ---- idea.release, idea.hide ---- */

/* Nobody releases what was not read: its author may have written it anew meanwhile. */
static enum err check_release(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = event_idea(event, entry->as.idea_act.idea);
    if (idea == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    int64_t seen = entry->as.idea_act.seen;
    bool read = seen == 0 || seen >= idea->written_pos;
    bool may = read && (idea->state == IDEA_PENDING || idea->state == IDEA_HIDDEN);
    return may ? ERR_OK : ERR_WRONG_STATE;
}

static enum err
apply_release(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct idea *idea = find(event, entry->as.idea_act.idea);
    idea->reason = REASON_NONE;
    idea->note = (struct content_ref){0};
    reports_settle(event, idea);
    idea_move(event, idea, IDEA_PUBLISHED);
    return ERR_OK;
}

const struct story story_idea_release = {check_release, apply_release};

static bool is_shown_or_waiting(const struct idea *idea)
{
    return idea->state == IDEA_PENDING || idea->state == IDEA_PUBLISHED;
}

static enum err check_hide(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = event_idea(event, entry->as.idea_act.idea);
    if (idea == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    enum err err = reason_check(entry->as.idea_act.reason);
    if (err != ERR_OK) {
        return err;
    }
    return is_shown_or_waiting(idea) ? ERR_OK : ERR_WRONG_STATE;
}

static enum err
apply_hide(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct idea *idea = find(event, entry->as.idea_act.idea);
    idea->reason = entry->as.idea_act.reason;
    idea->note = entry->as.idea_act.note;
    idea_move(event, idea, IDEA_HIDDEN);
    return ERR_OK;
}

const struct story story_idea_hide = {check_hide, apply_hide};

/* ---- idea.merge, idea.split ---- */

/* Does following merges from `idea` come to `id`? */
static bool leads_to(const struct event *event, const struct idea *idea, int64_t id)
{
    while (idea != NULL && idea->id != id) {
        idea = event_idea(event, idea->merged_into);
    }
    return idea != NULL;
}

static enum err check_merge(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = event_idea(event, entry->as.idea_act.idea);
    const struct idea *into = event_idea(event, entry->as.idea_act.into);
    if (idea == NULL || into == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    if (leads_to(event, into, idea->id)) {
        return ERR_MERGE_LOOP;
    }
    bool may = is_shown_or_waiting(idea) && is_shown_or_waiting(into);
    return may ? ERR_OK : ERR_WRONG_STATE;
}

static enum err
apply_merge(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct idea *idea = find(event, entry->as.idea_act.idea);
    idea->state_before_merge = idea->state;
    idea->merged_into = entry->as.idea_act.into;
    idea_move(event, idea, IDEA_MERGED);
    challenge_settle(event, idea->merged_into);
    support_merged(event, idea);
    return ERR_OK;
}

const struct story story_idea_merge = {check_merge, apply_merge};

static enum err check_split(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = event_idea(event, entry->as.idea_act.idea);
    if (idea == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    return idea->state == IDEA_MERGED ? ERR_OK : ERR_WRONG_STATE;
}

static enum err
apply_split(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct idea *idea = find(event, entry->as.idea_act.idea);
    enum idea_state before = idea->state_before_merge;
    int64_t into = idea->merged_into;
    idea->merged_into = 0;
    idea->state_before_merge = IDEA_PENDING;
    idea_move(event, idea, before);
    challenge_settle(event, into);
    support_split(event, idea, into);
    return ERR_OK;
}

const struct story story_idea_split = {check_split, apply_split};
