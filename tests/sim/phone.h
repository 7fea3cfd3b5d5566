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

struct phone {
    bool desk;
    char cookie[NET_COOKIE_BYTES_MAX];
    char ticket[16]; /* or "" */
    char link[64];
    struct net_conn line; /* generation 0: none */
    bool asking_in;       /* a join or login is on its way */
    bool welcome;
    bool given_up; /* another phone took over */
    int64_t pos;   /* what it knows of the event */
    struct asked asked[PHONE_ASKED_MAX];
    size_t asked_count;
    uint32_t counters[PHONE_POLLS_MAX]; /* of its own ballots, by poll */
};

struct world;

void phone_fini(struct phone *phone);
/* Does what comes next: comes in, says hello, votes, has an idea, says something again.
 */
void phone_act(struct world *world, struct phone *phone, struct dice *dice);
/* Takes the next frame or answer; false if there is none. */
bool phone_hear(struct world *world, struct phone *phone);
/* Its line breaks: `arrive` messages on their way still come. */
void phone_cut(struct world *world, struct phone *phone, size_t arrive);
/* The line that it holds; NULL: none, or it is broken. */
struct line *phone_line(struct world *world, const struct phone *phone);
/* Comes in, or back, and says again what was not answered. False: nothing to do. */
bool phone_catch_up(struct world *world, struct phone *phone);

/* Says and remembers a request; `members` begins with a comma. */
void phone_ask(
    struct world *world, struct phone *phone, struct dice *dice, const char *op,
    struct span members);

/* desk.c: a moderator's next act. */
void desk_act(struct world *world, struct phone *phone, struct dice *dice);
/* desk.c: makes a poll of the published ideas. */
void desk_make_poll(struct world *world, struct phone *phone, struct dice *dice);

#endif
