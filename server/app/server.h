/* A running `stimmwerk serve`: the hall, the network before it, and who is connected.
 * Only serve's own files include this. */
#ifndef APP_SERVER_H
#define APP_SERVER_H

#include "app/backups.h"
#include "app/clocks.h"
#include "app/control.h"
#include "app/gallery.h"
#include "app/hall.h"
#include "app/passes.h"
#include "app/rate.h"
#include "app/rehearsal.h"
#include "app/running.h"
#include "app/serve_options.h"
#include "app/staging.h"
#include "app/turnstile.h"
#include "domain/access.h"
#include "net/net.h"

#include <uv.h>

struct server;

/* One WebSocket connection. Its place in the table is its connection's slot. */
struct visitor {
    struct net_conn conn; /* generation 0: nobody */
    bool may_desk;        /* may act as a moderator from where it is */
    struct hash session;  /* zeros: none */
    struct event *event;  /* NULL before hello */
    enum role role;
    int64_t participant;
    uint32_t epoch;
    uint32_t next_window; /* the same person's: a slot + 1; 0: none */
    bool onlooker;        /* at the stage, and nobody's session */
    bool by_desks_link;   /* at the stage, with the key that the desk's link has */
    struct rate rate;
    uint32_t supporting;     /* its entries of support that are not folded yet */
    uint32_t refused_in_row; /* messages too fast since the last one that was not */
};

#define RESULT_SLOTS (NET_LATEST_SLOTS - 1) /* the first are the counters' */

/* What screens of one event have been told. */
struct screens {
    struct event *event; /* NULL: it is gone, and the place is free */
    bool dirty;
    int64_t screen_pos; /* desk and stage know the event up to here */
    int64_t phone_pos;
    int64_t phones_told_ms;
    int64_t desk_pos; /* of the last change of places there that was looked at */
    int64_t bans_pos; /* of the last change of who is put out, likewise */
    struct phase_clock clock;
    int64_t online;
    int64_t onlookers;
    uint32_t *windows; /* by participant − 1: where theirs begin, a slot + 1; owned */
    size_t window_capacity;
    struct net_frame *live[VIEW_COUNT]; /* newest counters by view; owned */
    bool live_news[VIEW_COUNT];         /* the big screens have not been told of them */
    struct net_frame
        *snapshot[VIEW_COUNT]; /* everything, by view, at snapshot_pos; owned */
    int64_t snapshot_pos[VIEW_COUNT];
    struct net_frame *followups; /* the list of GET /followup, at followups_pos; owned */
    int64_t followups_pos;
    int64_t running[RESULT_SLOTS]; /* whose live results a slot has; 0: nobody's */
    struct poll_screen *polls;     /* by poll id − 1; owned */
    size_t poll_count;
    size_t poll_capacity;
};

/* Which ballots and which standing a result was made of; all zero: there is none. */
struct result_make {
    bool is;
    bool live;
    int64_t reopened;
    int64_t published_pos; /* 0: not published */
    uint64_t ballots;      /* their version; of a live result its step */
};

/* A poll's result as it was last encoded and pushed. */
struct poll_screen {
    struct net_frame *result;     /* the message; owned; NULL: none */
    uint16_t places[OPTIONS_MAX]; /* of each option in it; yes, no */
    struct net_frame
        *ballots;            /* the published list, while it is the one asked for last */
    struct result_make made; /* what `result` was made of */
    struct result_make pushed; /* … and what all screens have */
    int64_t closed_for_ms;     /* for sealing; monotonic */
    int64_t closed_paper;      /* position of the last act on its paper by then */
    int64_t closed_round;      /* how often it had been reopened then */
    struct running running;
};

struct server {
    struct serve_options options;
    uv_loop_t loop;
    uv_signal_t signals[3];
    uv_timer_t tick;        /* live: runs while something is dirty */
    uv_timer_t seal_timer;  /* every SEAL_LOOK_MS */
    uv_timer_t clock_timer; /* clocks: runs while a phase's time runs */
    uv_timer_t close_timer; /* running: the next close that was announced */
    bool clocking;
    bool ticking;
    bool stopping;
    bool drained; /* nobody is connected any more */
    int exit_code;
    int64_t started_ms;
    struct hall *hall;
    struct net *net;
    struct control *control;
    struct backups *backups; /* NULL: none are made */
    struct rehearsal *rehearsal;

    struct visitor *visitors;
    size_t visitor_capacity;
    struct screens *screens; /* one for each event, found by event */
    size_t screens_count;
    size_t screens_capacity;

    struct turnstile *turnstiles; /* event id − 1; owned */
    size_t turnstile_capacity;
    struct rate wrong_codes;
    struct rate office_rate; /* of all its sessions together */
    struct passes passes;
    struct staging staging;
    struct gallery *gallery;              /* owned */
    struct gallery_answer picture_answer; /* the last one, of gallery_show */
    struct request request; /* of the message at hand: too large to be cleared for each */
    struct buf answer;      /* see http_body */
    char answer_name[80];   /* its ETag or file name */
    int64_t ballots_stored_total;
    int64_t refused_total;
};

/* What people are told of an error: of a disk that failed, or memory that there was not,
 * they are told to ask again. The next process, or the next try, may find it well. */
static inline enum err err_told(enum err err)
{
    return err == ERR_IO || err == ERR_NOMEM ? ERR_BUSY : err;
}

/* visitors.c */
struct visitor *visitor_of(struct server *server, struct net_conn conn); /* or NULL */
void visitor_opened(void *ctx, struct net_conn conn, const struct net_peer *peer);
void visitor_closed(void *ctx, struct net_conn conn);
/* Takes a place in an event, and leaves it. ERR_NOMEM: it sits nowhere. */
MUST_CHECK enum err visitor_sit(
    struct server *server, struct visitor *visitor, struct event *event,
    const struct hall_seat *seat);
/* Takes the place of somebody who only looks on. ERR_BUSY: too many do. */
MUST_CHECK enum err
visitor_look_on(struct server *server, struct visitor *visitor, struct event *event);
void visitor_rise(struct server *server, struct visitor *visitor);
/* Is a window of theirs open? */
bool visitors_has(struct server *server, struct event *event, int64_t participant);
void visitors_send_to(
    struct server *server, struct event *event, int64_t participant,
    struct net_frame *frame);
/* Says bye to the participant's connections of an older epoch. */
void visitors_end_older(
    struct server *server, struct event *event, int64_t participant, uint32_t epoch);
/* Says bye to all of the participant's connections, if they take part no more. */
void visitors_turn_away(
    struct server *server, struct event *event, const struct participant *person);
/* Says bye to everybody who was put out. */
void visitors_end_banned(struct server *server, struct event *event);
/* Says bye to all of them: the screen was left. */
void visitors_end_left(struct server *server, struct event *event, int64_t participant);
/* Says bye to those whose place at the desk was revoked. */
void visitors_end_revoked(struct server *server, const struct event *event);
/* Says bye to all: their event was forgotten. */
void visitors_end_gone(struct server *server, const struct event *event);
bool desk_allowed(const struct server *server, const struct net_peer *peer);

/* dispatch.c */
void dispatch_message(void *ctx, struct net_conn conn, struct span text);

/* http.c, join.c */
bool http_admits(
    void *ctx, const struct net_request *request, struct net_response *ret_response);
enum net_answer http_answer(
    void *ctx, const struct net_request *request, struct net_response *ret_response);
/* leave.c: POST /leave. */
enum net_answer leave_event(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response);
enum net_answer join_event(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response);
enum net_answer join_desk(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response);
/* An empty body for the one answer that is being made; it lives until the next one. */
struct buf *http_body(struct server *server, size_t bytes_max);
/* That body as JSON, with this status; without memory for all of it 503 and nothing. */
struct net_response http_response(struct server *server, int status);
/* `{"err":CODE}`, with the event's code if there is one. */
void http_refuse(
    struct server *server, enum err err, const struct event *event,
    struct net_response *ret_response);

/* "key=value" stands in the query, between & signs. */
bool http_query_has(const char *query, const char *pair);
/* The event whose code stands at `text`, up to '/', '.', '&' or the end; or NULL. */
struct event *http_event_in(struct server *server, const char *text);
/* The role of a session that has a place at the desk, from where that is allowed; none.
 */
enum role http_desk_role(
    struct server *server, const struct net_request *request, const struct event *event);
/* Is this session shown that? */
bool http_sees(
    struct server *server, const struct net_request *request, const struct event *event,
    enum sight sight);

/* http_office.c: POST /office/login, /office/ask, /office/leave. */
enum net_answer office_login(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response);
enum net_answer office_ask(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response);
/* Before a body of /office/ask is kept: is it a session of the office? */
bool office_admits(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response);
enum net_answer office_leave(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response);

/* http_follow.c: what became of ideas; `rest`: CODE or CODE/NUMBER. */
enum net_answer follow_show(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response);

/* http_export.c: what may be downloaded, all of it, or a file; `rest`: CODE, CODE.zip or
 * CODE/NAME. */
enum net_answer export_for_desk(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response);
enum net_answer export_for_office(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response);

/* http_pictures.c */
bool media_admits(
    void *ctx, const struct net_request *request, struct net_response *ret_response);
enum net_answer media_take(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response);
/* `rest`: CODE/NAME. */
enum net_answer picture_show(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response);

/* live.c: each kind of screen has a channel, numbered from event × CHANNELS_PER_EVENT. */
#define CHANNELS_PER_EVENT 5
void live_changed(void *ctx, struct event *event);
void live_presence(struct server *server, struct event *event, int change);
/* The counters have changed, and nothing else. */
void live_counters(struct server *server, struct event *event);
/* NULL: no memory, or the event is gone. */
struct screens *live_screens(struct server *server, struct event *event);
/* Everything of the event as one change, encoded once a position. Borrowed. */
struct net_frame *
live_snapshot(struct server *server, struct event *event, enum view view);
void live_greet(struct server *server, const struct visitor *visitor, int64_t from);
void live_fini(struct server *server);

/* results.c: the result message of a poll as all may see it (or as the desk may), from
 * cache; ERR_RESULT_HIDDEN. Borrowed until the poll changes. */
MUST_CHECK enum err result_of(
    struct server *server, struct event *event, const struct poll *poll, bool desk,
    struct net_frame **ret_result);
/* The place of each option in a result that everybody may see, as in sport; of a yes/no
 * poll those of yes and no. NULL: there is none to be seen. Valid until a poll is added.
 */
const uint16_t *
places_of(struct server *server, struct event *event, const struct poll *poll);
/* What is kept of a poll for its screens; NULL: no memory. Valid until a poll is added.
 */
struct poll_screen *
results_screen(struct server *server, struct event *event, int64_t poll);
/* The sealed list of ballots; ERR_RESULT_HIDDEN where it is not for everybody,
 * ERR_TOO_LARGE (more than BALLOTS_LISTED_MAX), ERR_NOMEM. Borrowed until another poll's
 * is asked for. */
MUST_CHECK enum err ballots_of(
    struct server *server, struct event *event, const struct poll *poll,
    struct net_frame **ret_list);
/* What a result of the poll would be made of now. While it is open the result moves in
 * steps, so that no single ballot can be seen arriving. */
struct result_make result_make_of(const struct poll *poll);
bool result_make_same(const struct result_make *a, const struct result_make *b);

/* results_push.c: what may be seen, and is new, to all screens of an event. */
void results_push(struct server *server, struct screens *screens);
/* For a screen that comes and knows the event up to `from`: the newest result that was
 * published since (0: none), so that not all who come back ask for it, and the steps that
 * polls which run have reached; no more than GREETING_RESULTS_BYTES_MAX. Nothing is
 * counted for it but, once, what is published. */
void results_greet(
    struct server *server, struct event *event, struct net_conn conn, int64_t from);

/* sealing.c */
void sealing_start(struct server *server);

/* metrics.c */
void metrics_write(struct server *server, struct buf *out);

#endif
