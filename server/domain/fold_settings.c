/* The stories of how an event is for its people: its settings, and their nicknames. */
#include "domain/fold_internal.h"

#include <stdlib.h>

/* ---- event.set ---- */

static enum err check_set(const struct event *event, const struct entry *entry)
{
    (void)event;
    (void)entry;
    return ERR_OK; /* setting what is set is no error: two moderators pressed */
}

bool idea_carries_nick(const struct idea *idea)
{
    return idea->state == IDEA_PUBLISHED || idea->state == IDEA_PENDING;
}

/* A nickname stands beside an idea, so it comes and goes on every screen. */
static void touch_ideas(struct event *event, int64_t author)
{
    for (size_t i = 0; i < event->idea_count; i++) {
        struct idea *idea = &event->ideas[i];
        if (idea_carries_nick(idea) && (author == 0 || idea->author == author)) {
            idea->changed_pos = event->pos;
        }
    }
}

void settings_put(struct event *event, const struct event_settings *settings)
{
    if (event->settings.nicknames != settings->nicknames) {
        touch_ideas(event, 0);
    }
    if (event->settings.support != settings->support) {
        event->support_pos = event->pos;
    }
    event->settings = *settings;
    event->settings_pos = event->pos;
    event->changed_pos = event->pos;
}

static enum err
apply_set(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    settings_put(event, &entry->as.event_set);
    return ERR_OK;
}

const struct story story_event_set = {check_set, apply_set};

/* ---- event.words ---- */

static enum err
apply_words(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    event->words = entry->as.event_words;
    event->words_pos = event->pos;
    return ERR_OK;
}

const struct story story_event_words = {check_set, apply_words};

/* ---- event.wifi ---- */

static enum err
apply_wifi(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    event->wifi = entry->as.event_wifi;
    event->wifi_pos = event->pos;
    return ERR_OK;
}

const struct story story_event_wifi = {check_set, apply_wifi};

/* ---- person.nick ---- */

static bool is_word(uint16_t word)
{
    return word >= 1 && word <= NICKNAME_WORDS;
}

static enum err check_nick(const struct event *event, const struct entry *entry)
{
    const struct nickname *nickname = &entry->as.person_nick;
    if (!is_word(nickname->first) || !is_word(nickname->second)) {
        return ERR_BAD_VALUE;
    }
    bool has_one = event_participant(event, entry->actor)->nickname.first != 0;
    return event->settings.nicknames && !has_one ? ERR_OK : ERR_WRONG_STATE;
}

/* Where the number of this pair's holders is kept; NULL: no memory. */
static uint32_t *holders_of(struct event *event, const struct nickname *nickname)
{
    if (event->nickname_counts == NULL) {
        event->nickname_counts = calloc(
            (size_t)NICKNAME_WORDS * NICKNAME_WORDS, sizeof *event->nickname_counts);
    }
    size_t at = ((size_t)nickname->first - 1) * NICKNAME_WORDS + nickname->second - 1;
    return event->nickname_counts != NULL ? &event->nickname_counts[at] : NULL;
}

static enum err
apply_nick(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    struct participant *person = &event->participants[entry->actor - 1];
    uint32_t *holders = holders_of(event, &entry->as.person_nick);
    if (holders == NULL) {
        return ERR_NOMEM;
    }
    person->nickname = entry->as.person_nick;
    person->nickname_number = ++*holders;
    touch_ideas(event, person->id);
    ret_outcome->id = person->nickname_number;
    return ERR_OK;
}

const struct story story_person_nick = {check_nick, apply_nick};
