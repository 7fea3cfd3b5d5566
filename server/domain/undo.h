/* What the moderators of an event did last, each act with what was there before it: the
 * inverse as data. The fold keeps it where it applies the act, for every kind in one
 * place.
 *
 * An act can be undone for UNDO_MS, measured by the times in the entries, while its thing
 * (idea, label, poll, ticket, batch, person, the call, the settings, the agenda …) has
 * not been touched since and nothing was built on it. Each thing remembers its last act
 * (acted_pos); undoing gives back the act before, which so can be undone next. An undo is
 * an entry, and is not undone itself. */
#ifndef DOMAIN_UNDO_H
#define DOMAIN_UNDO_H

#include "domain/event.h"

/* An undo that came in time may wait to be stored. */
#define UNDO_KEPT_MS (UNDO_MS + 10000)

enum act_thing {
    ACT_OTHER,
    ACT_CALL,
    ACT_SETTINGS,
    ACT_WORDS,
    ACT_WIFI,
    ACT_AGENDA,
    ACT_IDEA,
    ACT_LABEL,
    ACT_POLL,
    ACT_TICKET,
    ACT_BATCH,
    ACT_PAPER,
    ACT_PERSON, /* told by an idea of theirs */
    ACT_DESK    /* places there: told, but not undone */
};

/* Of the agenda; a phase's start also opens or closes the call. */
struct agenda_before {
    struct agenda agenda;
    int64_t phase;
    struct timer timer;
    bool call_open;
    int64_t call_acted_pos;
    int64_t acted_pos;
};

/* Of a poll what an act can change. Not its ballots, nor how often it was reopened. */
struct poll_before {
    enum poll_state state;
    bool published;
    bool annulled;
    bool dropped;
    enum reason reason;
    struct poll_spec spec;
    int64_t opened_at_ms;
    int64_t last_person;
    int64_t closed_at_ms;
    int64_t people;
    int64_t acted_pos;
};

struct batch_before {
    int64_t confirmed_by;
    int64_t confirmed_at_ms;
    bool dropped;
    int64_t acted_pos;
};

struct act {
    int64_t pos; /* the event's position after it */
    enum entry_kind kind;
    int64_t actor;
    int64_t at_ms;
    int64_t about; /* id of the idea, label, poll, ticket, person …; 0: of the event */
    int64_t undone_pos; /* 0: it stands */
    int64_t undone_by;

    union {
        struct {
            bool open;
            int64_t acted_pos;
        } call;

        struct {
            struct event_settings are;
            int64_t acted_pos;
        } settings;

        struct {
            struct content_ref are;
            int64_t acted_pos;
        } words;

        struct {
            struct event_wifi is;
            int64_t acted_pos;
        } wifi;
        struct agenda_before agenda;
        struct idea idea;
        struct label label;
        struct poll_before poll;

        struct {
            int64_t acted_pos;
        } tickets;
        struct batch_before batch;

        struct {
            struct ban ban;
            int64_t acted_pos;
        } person;
    } before; /* of what it made: nothing */
};

/* What an act of this kind is about. */
enum act_thing act_thing(enum entry_kind kind);
/* What has its own way back, or none, may not. */
bool act_may_be_undone(enum entry_kind kind);

/* The acts that are kept, the oldest first. */
size_t act_count(const struct event *event);
const struct act *act_at(const struct event *event, size_t i);
/* The one at this position; NULL: none, or no longer kept. */
const struct act *act_find(const struct event *event, int64_t pos);

/* May this act be undone by an entry of `at_ms`? UNDO_NONE (of a kind that can't be),
 * UNDO_DONE, UNDO_LATE; of paper PUBLISHED, ANNULLED; UNDO_TOUCHED, UNDO_BUILT_ON:
 * *ret_way is the act that stands in the way, or NULL where people did; SEALED; TOO_MANY
 * (labels). ret_way may be NULL. */
MUST_CHECK enum err act_check_undo(
    const struct event *event, const struct act *act, int64_t at_ms,
    const struct act **ret_way);

/* What undoing it does to its poll's ballot lane. */
enum act_fence { FENCE_STAYS, FENCE_OPENS, FENCE_CLOSES };
enum act_fence act_fence_when_undone(const struct act *act);

/* Before the entry is appended, and only then, since the history does not know ballots:
 * UNDO_VOTED if there is a ballot in a poll whose opening is to be undone. */
MUST_CHECK enum err act_check_ballots(const struct event *event, const struct act *act);

/* Can an undo at `now_ms` or before it is too late bring this picture back to its idea?
 */
bool undo_keeps_picture(const struct event *event, uint32_t number, int64_t now_ms);

#endif
