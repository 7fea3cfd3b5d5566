/* The story of putting somebody out of the event, and of letting them in again.
 *
 * They are named by an idea of theirs, so the desk needs to know nobody. They take part
 * no more, by whatever ticket; ballots that were cast stay, since no moderator must be
 * able to take votes away. What of theirs still waited is hidden along with them, so that
 * a flood is over by one act. */
#include "domain/fold_internal.h"

struct participant *ban_person(const struct event *event, int64_t idea)
{
    return &event->participants[event->ideas[idea - 1].author - 1];
}

/* The desk's own ideas, and those that it brought along, are nobody's who could be put
 * out. */
static enum err check_ban(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = event_idea(event, entry->as.person_ban.idea);
    if (idea == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    const struct participant *person = ban_person(event, idea->id);
    if (person->role != ROLE_PARTICIPANT) {
        return ERR_NOT_PARTICIPANT;
    }
    bool out = person->ban.pos != 0;
    return out != entry->as.person_ban.banned ? ERR_OK : ERR_WRONG_STATE;
}

/* All that wait by this author. */
static void hide_waiting(struct event *event, int64_t author)
{
    for (size_t i = 0; i < event->idea_count; i++) {
        struct idea *idea = &event->ideas[i];
        if (idea->author == author && idea->state == IDEA_PENDING) {
            idea->reason = REASON_OTHER;
            idea->banned_pos = event->pos;
            idea->acted_before_ban = idea->acted_pos;
            idea->acted_pos = event->pos;
            idea_move(event, idea, IDEA_HIDDEN);
        }
    }
}

static void put(struct event *event, struct participant *person, const struct ban *ban)
{
    event->banned -= person->ban.pos != 0 ? 1 : 0;
    event->banned += ban->pos != 0 ? 1 : 0;
    event->bans_pos = event->pos;
    person->ban = *ban;
}

static enum err
apply_ban(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct participant *person = ban_person(event, entry->as.person_ban.idea);
    if (!entry->as.person_ban.banned) {
        put(event, person,
            &(struct ban){0}); /* what was hidden stays: it was looked at */
        return ERR_OK;
    }
    const struct ban ban = {
        .pos = event->pos,
        .idea = entry->as.person_ban.idea,
        .by = entry->actor,
        .at_ms = entry->at_ms,
    };
    put(event, person, &ban);
    hide_waiting(event, person->id);
    return ERR_OK;
}

const struct story story_person_ban = {check_ban, apply_ban};

bool idea_went_with_author(const struct idea *idea)
{
    return idea->banned_pos != 0 && idea->acted_pos == idea->banned_pos;
}

/* ---- undoing ---- */

static bool is_hidden_at(const struct idea *idea, int64_t pos)
{
    return idea->banned_pos == pos;
}

const struct idea *ban_find_touched(const struct event *event, int64_t pos)
{
    for (size_t i = 0; i < event->idea_count; i++) {
        const struct idea *idea = &event->ideas[i];
        if (is_hidden_at(idea, pos) && idea->acted_pos != pos) {
            return idea;
        }
    }
    return NULL;
}

static void show_again(struct event *event, struct idea *idea)
{
    idea->reason = REASON_NONE;
    idea->banned_pos = 0;
    idea->acted_pos = idea->acted_before_ban;
    idea->acted_before_ban = 0;
    idea_move(event, idea, IDEA_PENDING);
}

void ban_put_back(struct event *event, const struct act *act)
{
    struct participant *person = ban_person(event, act->about);
    put(event, person, &act->before.person.ban);
    person->ban_acted_pos = act->before.person.acted_pos;
    for (size_t i = 0; i < event->idea_count; i++) {
        struct idea *idea = &event->ideas[i];
        if (is_hidden_at(idea, act->pos)) {
            show_again(event, idea);
        }
    }
}
