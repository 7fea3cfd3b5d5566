/* The parts of `stimmwerk load`: simulated phones in any number, on one loop of their
 * own, lighter than a crowd's: they read no JSON where the first bytes say enough. */
#ifndef APP_LOAD_H
#define APP_LOAD_H

#include "app/desk.h"
#include "app/load_ballots.h"
#include "app/load_schedule.h"
#include "app/load_verdict.h"

struct load;

/* ---- one phone: load_phone.c ---- */

enum load_state {
    LOAD_AWAY, /* comes (back) at retry_us; 0: not yet */
    LOAD_PAGE,
    LOAD_JOINING,
    LOAD_CONNECTING,
    LOAD_GREETING, /* hello is out; over with the first `change` */
    LOAD_READY
};

struct load_phone {
    bool abuser; /* first, as in struct load_abuser: which of the two a line belongs to */
    bool deaf;   /* does not read any more */
    uint8_t state;
    bool page_seen;
    bool idea_waits;      /* an idea was sent and is not answered */
    uint32_t counter;     /* ballots so far */
    uint32_t last_ballot; /* BALLOT_NONE: none */
    uint32_t waiting;     /* ballots without a receipt */
    uint32_t push_seen;   /* the last push that came here */
    struct load *load;
    struct client *client;
    struct client_memory memory;
    int64_t due_us;   /* when it was to come, or to come back */
    int64_t step_us;  /* when this state began */
    int64_t retry_us; /* next try of what failed; 0: none */
    int64_t idea_us;  /* when its idea was due */
    int64_t idea;     /* its id, once it is known */
    int64_t pinged_us;
    int64_t heartbeat_us;                /* as the server said; 0: not yet */
    bool arrived;                        /* was ready once */
    char cookie[CROWD_COOKIE_BYTES_MAX]; /* "": has no seat yet */
};

/* Comes in: page, seat, socket, snapshot. Or comes back, if it has a seat. */
void load_phone_come(struct load_phone *phone, int64_t due_us);
/* Cuts the line without a word; load_phone_come brings it back. */
void load_phone_drop(struct load_phone *phone);
/* Casts the next ballot; it goes out now or when the phone is ready. ERR_TOO_MANY. */
MUST_CHECK enum err load_phone_cast(struct load_phone *phone, int64_t due_us);
void load_phone_submit(struct load_phone *phone, int64_t due_us);
/* What is due by the clock: retries, pings, giving up on what hangs. */
void load_phone_tick(struct load_phone *phone, int64_t now_us);

void load_phone_opened(struct load_phone *phone);
void load_phone_message(struct load_phone *phone, struct span text);
void load_phone_closed(struct load_phone *phone);
void load_phone_replied(struct load_phone *phone, const struct client_reply *reply);

/* ---- somebody who means harm: load_abuse.c ---- */

struct load_abuser {
    bool abuser;
    struct load *load;
    struct client *client;
    uint32_t turn; /* which deed is next */
    bool sent;     /* the deed is done */
    int64_t step_us;
};

/* Goes on to the next deed when the last one was answered, or hangs. */
void load_abuser_tick(struct load_abuser *abuser, int64_t now_us);
void load_abuser_opened(struct load_abuser *abuser);
void load_abuser_message(struct load_abuser *abuser, struct span text);
void load_abuser_closed(struct load_abuser *abuser);
void load_abuser_replied(struct load_abuser *abuser, const struct client_reply *reply);

/* ---- the hall: load.c ---- */

struct load_options {
    const char *url;
    const char *ca;
    const char *link;    /* the moderator's */
    const char *tickets; /* one a phone, each with its NUL; NULL: an open event */
    size_t phones;
    size_t ballots;
    int64_t span_us;
    int64_t share_percent; /* slow: how many don't read; abuse: how many do harm */
    bool leash;            /* it ends when its standard input does */
    int server_pid;        /* for its CPU and memory; 0: it is not ours */
};

struct load {
    struct load_options options;
    struct client_pool *pool;
    struct crowd *crowd; /* the desk's */
    struct desk *desk;
    char event[CROWD_CODE_BYTES_MAX];
    struct load_phone *phones;
    size_t readers; /* only the first of them cast; the others do not even read */
    struct load_abuser *abusers;
    size_t abuser_count;
    bool abused; /* they are at it */
    bool page;   /* the server has pages */
    int64_t poll;
    struct load_ballots ballots;
    int64_t tick_us;
    struct schedule schedule; /* what is due, one after another … */
    void (*act)(struct load *load, size_t i, int64_t due_us); /* … and how it is done */
    uint32_t push;   /* pushes so far; a phone that has seen fewer waits */
    int64_t push_us; /* when the last was asked for; 0: none is measured */
    size_t push_waits;
    bool push_is_result; /* … which only a result shows */
    size_t coming;       /* phones whose line is being made */
    size_t ready;        /* phones that are LOAD_READY */
    size_t away;         /* phones that were told to come and are not ready */
    size_t ideas_waiting;
    enum err err; /* what ended it early */
    struct load_figures figures;
};

/* Connects the desk, makes ideas and a poll. ERR_*, after a line on stderr. */
MUST_CHECK enum err load_open(const struct load_options *options, struct load *ret_load);
/* All lines go; what was noted stays. */
void load_hang_up(struct load *load);
void load_close(struct load *load);

/* One turn of the loop, at most `wait_us`. */
void load_turn(struct load *load, int64_t wait_us);
void load_run_for(struct load *load, int64_t span_us);

/* ---- what happens in a hall: load_stage.c ---- */

/* All phones arrive within span_us. */
void load_arrive(struct load *load, int64_t span_us);
/* As many ballots within span_us, by all phones in turn; then waits for the receipts. */
void load_vote_begin(struct load *load, size_t ballots, int64_t span_us);
void load_vote_end(struct load *load);
/* Every fourth phone submits an idea; the desk releases some of them. */
void load_submit(struct load *load, int64_t span_us);
/* Every `each`-th phone casts a ballot, loses its line in that moment, and comes back. */
void load_storm(struct load *load, size_t each);
/* One command of the desk that shows on every phone; ends when it was seen there. */
void load_push(struct load *load, const char *op, const char *members);
/* The longest text there is, edited by the desk: a push of 8 kB. */
void load_push_text(struct load *load);
/* For span_us nothing happens but a push every other second. */
void load_watch(struct load *load, int64_t span_us);
/* The share of the phones stops reading; that of abusers begins. */
void load_deafen(struct load *load);
void load_let_abuse(struct load *load);
void load_open_poll(struct load *load); /* a push */
/* Closes the poll, publishes it, and looks for every ballot in the export. */
void load_finish(struct load *load);

/* ---- scenarios: load_scenario.c ---- */

enum load_scenario {
    SCENARIO_HALL,
    SCENARIO_ARRIVE,
    SCENARIO_VOTE,
    SCENARIO_WATCH,
    SCENARIO_STORM,
    SCENARIO_SLOW,
    SCENARIO_ABUSE,
    SCENARIO_COUNT
};

/* Plays it to the end; load->err and load->figures tell. */
void load_play(struct load *load, enum load_scenario scenario);

#endif
