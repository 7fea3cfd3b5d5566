/* The parts of `stimmwerk demo`: a living hall. People join by phone, send ideas and
 * vote; a desk releases, merges, opens and closes. One seed gives one hall. */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/demo_ideas.h"
#include "app/desk.h"

/* ---- taste: demo_taste.c; pure ---- */

struct demo_random {
    uint64_t state;
};

/* A number in low … high. */
int64_t demo_between(struct demo_random *random, int64_t low, int64_t high);

#define DEMO_POLL_OPTIONS 12
#define DEMO_GROUPS       4

struct demo_kind {
    const char *form;
    const char *method;
    const char *question;
    size_t options;
    int ranks;
    bool live;
};

struct demo_poll {
    const struct demo_kind *kind;
    int64_t id; /* 0: none */
    size_t ideas[DEMO_POLL_OPTIONS];
    size_t count;
};

struct demo_note { /* an idea on its way */

    enum {
        NOTE_UNSENT,
        NOTE_SENT,
        NOTE_PENDING,
        NOTE_PUBLISHED,
        NOTE_GONE /* merged, or refused */
    } state;

    int64_t id;
    int64_t due_ms; /* of sending, then of releasing; 0: never */
    struct uid request;
};

/* How much a person likes an idea; people of one bloc think alike. `mood` moves it a
 * little. */
int demo_liking(uint64_t seed, size_t person, size_t idea, int mood);

/* Appends a person's ballot in canonical JSON. */
void demo_write_ballot(
    const struct demo_poll *poll, const struct demo_note *notes, uint64_t seed,
    size_t person, int mood, struct buf *out);

/* ---- the hall ---- */

struct demo_person {
    struct demo *demo;
    struct phone *phone; /* NULL: not here (yet) */
    size_t index;
    int64_t vote_ms; /* when to vote; 0: not at all */
    int64_t counter; /* of ballots in this poll */
    bool grouped;    /* has chosen a group, or none */
};

enum demo_act { ACT_COLLECT, ACT_VOTE, ACT_SHOW };

struct demo {
    const char *who;
    uint64_t seed;
    struct demo_random random;
    int64_t speed; /* how much faster than people */
    int64_t start_ms;
    struct crowd *crowd;
    struct desk *desk;
    struct demo_person *people; /* owned */
    size_t people_max;
    size_t joined;
    int64_t join_ms;
    int64_t tags[THEME_COUNT];   /* 0: not made yet */
    int64_t groups[DEMO_GROUPS]; /* likewise */
    struct demo_note notes[DEMO_IDEAS];
    bool merged;
    struct demo_poll poll;
    enum demo_act act;
    int64_t act_ends_ms;
    int64_t rounds;
};

/* Time in the hall: it runs `speed` times as fast as ours. */
int64_t demo_now_ms(const struct demo *demo);

/* What is due; ERR_* after a line on stderr. demo_people.c, demo_notes.c, demo_polls.c.
 */
MUST_CHECK enum err demo_people_step(struct demo *demo);
MUST_CHECK enum err demo_notes_step(struct demo *demo);
MUST_CHECK enum err demo_polls_step(struct demo *demo);

/* demo_labels.c: hears from the desk which groups and tags there are; makes what is
 * missing of the demonstration's; lets a person choose a group, or none. */
void demo_labels_watch(struct demo *demo);
MUST_CHECK enum err demo_labels_make(struct demo *demo);
MUST_CHECK enum err demo_choose_group(struct demo *demo, struct demo_person *person);

/* Plans when each idea is sent. */
void demo_notes_plan(struct demo *demo);
/* A person's idea was answered. */
void demo_notes_answered(struct demo *demo, const struct phone_answer *answer);
/* The poll that is open now asks this person, too. */
void demo_polls_invite(struct demo *demo, struct demo_person *person);

#endif
