/* People at their phones, and moderators at their desks. They say again what was not
 * answered, with the same id, as clients must. */
#ifndef SIM_PHONE_H
#define SIM_PHONE_H

#include "base/buf.h"
#include "base/uid.h"
#include "chance.h"
#include "net/net.h"

#define PHONE_ASKED_MAX 6
#define PHONE_POLLS_MAX 64

struct asked {
    struct uid id;
    struct buf text; /* owned */
};

/* The newest ballot of a poll that was acknowledged, as its phone keeps it. */
struct receipt {
    int64_t person;
    uint32_t counter;   /* 0: there is none */
    struct hash proof;  /* … of */
    struct buf members; /* owned; of the request, behind its id */
};

struct phone {
    bool desk;
    bool helper;        /* … of somebody who sees the queue alone */
    bool wall;          /* looks on, and does nothing */
    bool by_desks_link; /* … with the key of that */
    struct uid key;     /* … that it said last */
    char cookie[NET_COOKIE_BYTES_MAX];
    bool by_ticket;        /* it came in by one */
    int64_t cookie_person; /* whom the cookie is; 0: not told yet */
    char ticket[16];       /* or "" */
    char link[64];
    struct net_conn line; /* generation 0: none */
    bool asking_in;       /* a join or login is on its way */
    bool leaving;         /* that its place goes is */
    bool reading;         /* a GET is */
    bool welcome;
    bool awake;    /* pings while time passes */
    bool given_up; /* another phone took over */
    int64_t pos;   /* what it knows of the event */
    struct asked asked[PHONE_ASKED_MAX];
    size_t asked_count;
    int64_t person;                     /* as it was welcomed, likewise … */
    uint32_t told[PHONE_POLLS_MAX];     /* … its highest counters, by poll */
    struct uid polls[PHONE_POLLS_MAX];  /* whose these are: numbers are given again */
    uint32_t counters[PHONE_POLLS_MAX]; /* of its own ballots … */
    uint32_t others[PHONE_POLLS_MAX];   /* … which go on from another phone's */
    struct receipt receipts[PHONE_POLLS_MAX];
    char photo[UID_HEX + 1]; /* that was sent, for the next idea; or "" */
    struct uid invitation;   /* an owner's: asked for with this id … */
    char guest_link[64];     /* … for somebody who then comes in by it */
    size_t guest;            /* number of their phone */
};

struct world;
struct event;

void phone_fini(struct phone *phone);
/* Does what comes next: comes in, says hello, votes, has an idea, says something again.
 */
void phone_act(struct world *world, struct phone *phone, struct dice *dice);
/* Takes the next frame or answer; false if there is none. */
bool phone_hear(struct world *world, struct phone *phone);
/* Its line breaks: `arrive` messages on their way still come. `silent`: only a deadline
 * tells the server. */
void phone_cut(struct world *world, struct phone *phone, size_t arrive, bool silent);
/* Pings if it is awake and its time has come, and reads what there is. */
void phone_beat(struct world *world, struct phone *phone);
/* Nobody comes in by what they have: only a new card or link helps. */
bool phone_is_out(const char *err);
/* The line that it holds; NULL: none, or it is broken. */
struct line *phone_line(struct world *world, const struct phone *phone);
/* Comes in, or back, and says again what was not answered. False: nothing to do. */
bool phone_catch_up(struct world *world, struct phone *phone);

/* receipts.c: a phone hears that it is in, that something was stored, or refused, that it
 * had asked for in `request`. */
void receipts_welcome(struct phone *phone, struct span text);
void receipts_stored(struct world *world, struct phone *phone, struct span request);
void receipts_refused(struct phone *phone, struct span request);
/* Casts again what the server no longer knows; false: there is nothing. */
bool receipts_recast(struct world *world, struct phone *phone);
/* Is this poll open, and the receipt of it this person's? */
bool receipt_is_due(const struct world *world, const struct phone *phone, int64_t poll);
/* This is the poll of that number now: what is known of another one is forgotten. */
struct poll;
void receipts_meet(struct phone *phone, const struct poll *poll);
void receipts_fini(struct phone *phone);

/* Says and remembers a request; `members` begins with a comma. */
void phone_ask(
    struct world *world, struct phone *phone, struct dice *dice, const char *op,
    struct span members);

/* errands.c: comes in by what it has; gives up its place, as a tablet does for the next
 * one. */
void phone_come_in(struct world *world, struct phone *phone);
void phone_leave(struct world *world, struct phone *phone);
/* errands.c: one of the two, or something to read, is on its way; what came of it, false
 * if nothing did. */
bool phone_is_on_errand(const struct phone *phone);
bool phone_hear_errand(struct world *world, struct phone *phone);
/* errands.c: whom it comes as. */
struct net_peer phone_peer(const struct phone *phone);
void phone_keep_cookie(struct phone *phone, const char *cookie);
/* errands.c: whoever had it begins anew, as somebody who came by nothing yet. */
void phone_begin_anew(struct world *world, struct phone *phone);

/* ideas.c: has an idea, changes it or takes it back, reports somebody else's. */
void idea_act(struct world *world, struct phone *phone, struct dice *dice);
/* ideas.c: what desks do with ideas. */
void desk_tend_ideas(struct world *world, struct phone *phone, struct dice *dice);

/* reading.c: asks for what everybody may read. */
void phone_read(struct world *world, struct phone *phone, struct dice *dice);

/* photos.c: sends a photograph; looks at a picture of an idea. */
void phone_send_photo(struct world *world, struct phone *phone, struct dice *dice);
void phone_look_at_picture(struct world *world, struct phone *phone, struct dice *dice);

/* cards.c: tickets are issued, voided, replaced, looked up. */
void desk_tend_cards(struct world *world, struct phone *phone, struct dice *dice);
/* cards.c: a ticket that the desk was told goes to somebody who is out. */
void cards_hear(struct world *world, struct span text);

/* places.c: an owner invites to the desk, or takes a place away. */
void desk_tend_places(struct world *world, struct phone *phone, struct dice *dice);
/* places.c: who was invited may come in now. */
void places_hear(struct world *world, struct phone *phone, struct span text);

/* labels.c: groups, topics, challenges; somebody joins a group. */
void desk_tend_labels(struct world *world, struct phone *phone, struct dice *dice);
void phone_choose_group(struct world *world, struct phone *phone, struct dice *dice);

/* settings.c: how the event is for its people; somebody takes a nickname. */
void desk_tend_settings(struct world *world, struct phone *phone, struct dice *dice);
void phone_take_nickname(struct world *world, struct phone *phone, struct dice *dice);

/* paper.c: ballots on paper are entered, confirmed, dropped. */
void desk_tend_paper(struct world *world, struct phone *phone, struct dice *dice);

/* desk.c: a moderator's next act. */
void desk_act(struct world *world, struct phone *phone, struct dice *dice);
/* poll_draw.c: members of `poll.create`, of any form, method and rules there are. */
void poll_draw(struct buf *members, const struct event *event, struct dice *dice);
/* desk.c: makes a poll of the published ideas. */
void desk_make_poll(struct world *world, struct phone *phone, struct dice *dice);

#endif
