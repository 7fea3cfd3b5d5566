/* The stories of labels: one is made, renamed and dropped by moderators; people are in a
 * group, ideas have tags. Challenges: fold_challenge.c. That names of a kind differ is
 * looked at before (app): the fold sees no names. */
#include "domain/access.h"
#include "domain/fold_internal.h"

#include "base/vec.h"

static struct label *find(struct event *event, int64_t id)
{
    return &event->labels[id - 1]; /* the check found it */
}

/* ---- label.add, label.edit ---- */

/* A group works on a challenge, and nothing else does. */
static enum err
check_works_on(const struct event *event, const struct entry *entry, enum label_kind kind)
{
    int64_t challenge = entry->as.label.challenge;
    return challenge == 0 || kind == LABEL_GROUP ? challenge_check(event, challenge)
                                                 : ERR_BAD_VALUE;
}

static enum err check_add(const struct event *event, const struct entry *entry)
{
    enum label_kind kind = entry->as.label.kind;
    if (kind >= LABEL_KIND_COUNT) {
        return ERR_BAD_VALUE;
    }
    if (uid_is_zero(&entry->as.label.name.id)) {
        return ERR_TEXT_EMPTY;
    }
    if (entry->as.label.ticket_only && kind != LABEL_GROUP) {
        return ERR_BAD_VALUE;
    }
    enum err err = check_works_on(event, entry, kind);
    bool room = event->label_count < LABELS_MAX &&
                event_label_count(event, kind) < label_kind_max(kind);
    return err != ERR_OK || room ? err : ERR_TOO_MANY;
}

static enum err
apply_add(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    void *items = event->labels;
    enum err err = vec_reserve(
        &items, &event->label_capacity, event->label_count + 1, sizeof *event->labels,
        LABELS_MAX);
    event->labels = items;
    if (err != ERR_OK) {
        return err;
    }
    enum label_kind kind = entry->as.label.kind;
    size_t place = label_last_place(event, kind);
    struct label *label = &event->labels[event->label_count++];
    *label = (struct label){
        .id = (int64_t)event->label_count,
        .kind = kind,
        .place = place,
        .name = entry->as.label.name,
        .ticket_only = entry->as.label.ticket_only,
        .challenge = entry->as.label.challenge,
    };
    event->changed_pos = event->pos;
    ret_outcome->id = label->id;
    return ERR_OK;
}

const struct story story_label_add = {check_add, apply_add};

static bool has_share(const struct share_list *shares, int64_t group)
{
    bool has = false;
    for (size_t i = 0; i < shares->count; i++) {
        has = has || shares->of[i].group == group;
    }
    return has;
}

bool group_decides(const struct event *event, int64_t group)
{
    for (size_t i = 0; i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        if (poll->state != POLL_DRAFT && has_share(&poll->spec.shares, group)) {
            return true;
        }
    }
    return false;
}

bool group_was_chosen(const struct event *event, int64_t group)
{
    for (size_t i = 0; i < event->participant_count; i++) {
        const struct participant *person = &event->participants[i];
        if (person->group == group && event_group_by_ticket(event, person) != group) {
            return true;
        }
    }
    return false;
}

/* Who is in such a group has a ticket for it; and where it decides, that stays so. */
static enum err
check_ticket_only(const struct event *event, const struct label *label, bool ticket_only)
{
    if (ticket_only && label->kind != LABEL_GROUP) {
        return ERR_BAD_VALUE;
    }
    if (ticket_only == label->ticket_only) {
        return ERR_OK;
    }
    bool stands_against = ticket_only ? group_was_chosen(event, label->id)
                                      : group_decides(event, label->id);
    return stands_against ? ERR_WRONG_STATE : ERR_OK;
}

static enum err check_edit(const struct event *event, const struct entry *entry)
{
    const struct label *label = event_label(event, entry->as.label.label);
    if (label == NULL) {
        return ERR_UNKNOWN_LABEL;
    }
    if (uid_is_zero(&entry->as.label.name.id)) {
        return ERR_TEXT_EMPTY;
    }
    enum err err = check_works_on(event, entry, label->kind);
    return err == ERR_OK ? check_ticket_only(event, label, entry->as.label.ticket_only)
                         : err;
}

static enum err
apply_edit(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct label *label = find(event, entry->as.label.label);
    label->name = entry->as.label.name;
    label->ticket_only = entry->as.label.ticket_only;
    label->challenge = entry->as.label.challenge;
    event->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_label_edit = {check_edit, apply_edit};

/* ---- label.drop ---- */

static enum err check_drop(const struct event *event, const struct entry *entry)
{
    const struct label *label = event_label(event, entry->as.label.label);
    if (label == NULL) {
        return ERR_UNKNOWN_LABEL;
    }
    bool used = label->people > 0 || tickets_lead_to(event, label->id) ||
                group_decides(event, label->id);
    return used ? ERR_WRONG_STATE : ERR_OK;
}

bool idea_has_tag(const struct idea *idea, int64_t label)
{
    for (uint16_t i = 0; i < idea->tag_count; i++) {
        if (idea->tags[i] == label) {
            return true;
        }
    }
    return false;
}

void label_touch_ideas(struct event *event, int64_t label)
{
    for (size_t i = 0; i < event->idea_count; i++) {
        struct idea *idea = &event->ideas[i];
        if (idea_has_tag(idea, label) || idea->challenge == label ||
            idea->inherited == label || idea->team == label) {
            idea->changed_pos = event->pos;
        }
    }
}

/* Ideas keep the tag, and nobody is shown it: who undoes this has it back on them. */
static enum err
apply_drop(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    int64_t label = entry->as.label.label;
    label_touch_ideas(event, label);
    find(event, label)->dropped = true;
    event->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_label_drop = {check_drop, apply_drop};

/* ---- the tags of an idea ---- */

static bool is_among(int64_t label, const struct tag_list *tags, uint16_t count)
{
    for (uint16_t i = 0; i < count; i++) {
        if (tags->labels[i] == label) {
            return true;
        }
    }
    return false;
}

/* Was there ever such a tag? */
static bool was_tag(const struct event *event, int64_t id)
{
    return id >= 1 && (uint64_t)id <= event->label_count &&
           event->labels[id - 1].kind == LABEL_TAG;
}

enum err
tags_check(const struct event *event, const struct tag_list *tags, enum role role)
{
    if (tags->count > (role_is_desk(role) ? IDEA_TAGS_MAX : IDEA_TAGS_OWN_MAX)) {
        return ERR_TOO_MANY;
    }
    for (uint16_t i = 0; i < tags->count; i++) {
        if (!was_tag(event, tags->labels[i])) {
            return ERR_UNKNOWN_LABEL;
        }
        if (is_among(tags->labels[i], tags, i)) {
            return ERR_BAD_VALUE;
        }
    }
    return ERR_OK;
}

void tags_put(const struct event *event, const struct tag_list *tags, struct idea *idea)
{
    if (!tags->given) {
        return;
    }
    idea->tag_count = 0;
    for (uint16_t i = 0; i < tags->count; i++) {
        if (event_label(event, tags->labels[i]) != NULL) {
            idea->tags[idea->tag_count++] = tags->labels[i];
        }
    }
}

static enum err check_tag(const struct event *event, const struct entry *entry)
{
    if (event_idea(event, entry->as.idea_tag.idea) == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    return tags_check(event, &entry->as.idea_tag.tags, entry->role);
}

static enum err
apply_tag(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct idea *idea = &event->ideas[entry->as.idea_tag.idea - 1];
    tags_put(event, &entry->as.idea_tag.tags, idea);
    idea->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_idea_tag = {check_tag, apply_tag};

/* ---- idea.team ---- */

static enum err check_team(const struct event *event, const struct entry *entry)
{
    int64_t group = entry->as.idea_team.group;
    if (event_idea(event, entry->as.idea_team.idea) == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    const struct label *label = event_label(event, group);
    bool known = group == 0 || (label != NULL && label->kind == LABEL_GROUP);
    return known ? ERR_OK : ERR_UNKNOWN_LABEL;
}

static enum err
apply_team(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct idea *idea = &event->ideas[entry->as.idea_team.idea - 1];
    idea->team = entry->as.idea_team.group;
    idea->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_idea_team = {check_team, apply_team};

/* ---- person.group ---- */

static enum err check_group(const struct event *event, const struct entry *entry)
{
    const struct label *group = event_label(event, entry->as.person_group.group);
    if (group == NULL || group->kind != LABEL_GROUP) {
        return ERR_UNKNOWN_LABEL;
    }
    const struct participant *person = event_participant(event, entry->actor);
    int64_t given = event_group_by_ticket(event, person);
    if (given != group->id && (given != 0 || group->ticket_only)) {
        return ERR_GROUP_BY_TICKET;
    }
    int64_t now = person->group;
    bool stays = now == 0 || now == group->id; /* choosing again what one has: no error */
    return stays || !event_has_opened(event) ? ERR_OK : ERR_GROUP_FROZEN;
}

static enum err
apply_group(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct participant *person = &event->participants[entry->actor - 1];
    if (person->group != 0) {
        find(event, person->group)->people--;
    }
    person->group = entry->as.person_group.group;
    find(event, person->group)->people++;
    return ERR_OK;
}

const struct story story_person_group = {check_group, apply_group};
