#include "app/rehearsal.h"

#include "app/hall_rehearsal.h"
#include "app/rehearsal_read.h"
#include "app/rehearsal_run.h"
#include "app/server.h"
#include "base/log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/resource.h>

enum stage {
    STAGE_PREPARE,
    STAGE_ARRIVE,
    STAGE_IDEAS,
    STAGE_VOTE,
    STAGE_CHECK,
    STAGE_CLEAR
};

struct rehearsal {
    struct server *server;
    uv_timer_t timer;
    struct rehearsal_run run;
    struct event *event; /* to be thrown away; NULL: there is none */
    struct uid asked;
    int64_t phones;
    int64_t begun_ms;
    int64_t ended_ms; /* wall clock; 0: none has ended yet, or one runs */
    bool busy;        /* from asking until its event is gone */
    bool clearing;    /* its event is on the way out */
    bool deferred;    /* … but not while real people vote: the file is rewritten */
    bool closed;
    int clear_tries;
    enum rehearsal_cause cause;
    struct rehearsal_verdict verdict;
    void (*waits)(void *ctx);
    void *waits_ctx;
};

/* ---- telling ---- */

static enum stage
stage_now(const struct rehearsal *rehearsal, int64_t *ret_done, int64_t *ret_of)
{
    const struct event *event = rehearsal->event;
    int64_t phones = rehearsal->phones;
    *ret_done = 0;
    *ret_of = phones;
    if (rehearsal_run_is_over(&rehearsal->run) || event == NULL) {
        return event == NULL ? STAGE_PREPARE : STAGE_CLEAR;
    }
    if (event->poll_count > 0 && event->polls[0]->state != POLL_DRAFT) {
        *ret_done = event->polls[0]->voted;
        return event->polls[0]->state == POLL_OPEN ? STAGE_VOTE : STAGE_CHECK;
    }
    *ret_done = event->people;
    return event->poll_count == 0   ? STAGE_PREPARE
           : event->people < phones ? STAGE_ARRIVE
                                    : STAGE_IDEAS;
}

static const char *state_of(const struct rehearsal *rehearsal)
{
    if (rehearsal->busy && !rehearsal->deferred) {
        return "running";
    }
    if (rehearsal->cause == CAUSE_NONE) {
        return "done";
    }
    return rehearsal->cause < CAUSE_TIME ? "stopped" : "failed";
}

static void encode_end(
    struct buf *text, const struct rehearsal *rehearsal, struct wire_rehearsal *wire)
{
    const char *flaws[LOAD_FLAW_COUNT];
    const char *figures[FIGURE_COUNT];
    const struct rehearsal_verdict *verdict = &rehearsal->verdict;
    for (size_t i = 0; i < verdict->flaw_count; i++) {
        flaws[i] = load_flaw_code(verdict->flaws[i]);
    }
    for (int i = 0; i < FIGURE_COUNT; i++) {
        figures[i] = rehearsal_figure_code((enum rehearsal_figure)i);
    }
    wire->verdict = load_grade_code(verdict->grade);
    wire->flaws = flaws;
    wire->flaw_count = verdict->flaw_count;
    wire->figures = figures;
    wire->values = verdict->figures;
    wire->figure_count = FIGURE_COUNT;
    wire_encode_rehearsal(text, wire);
}

static void encode(struct buf *text, const struct rehearsal *rehearsal)
{
    static const char *const causes[CAUSE_COUNT] = {
        [CAUSE_ASKED] = "asked",
        [CAUSE_POLL] = "poll-runs",
        [CAUSE_PEOPLE] = "people-here",
        [CAUSE_TIME] = "time",
        [CAUSE_ENDED] = "ended"};
    static const char *const stages[] = {"prepare", "arrive", "ideas",
                                         "vote",    "check",  "clear"};

    struct wire_rehearsal wire = {
        .state = state_of(rehearsal),
        .phones = rehearsal->phones,
        .at_ms = rehearsal->ended_ms,
    };
    if (rehearsal->busy && !rehearsal->deferred) {
        wire.stage = stages[stage_now(rehearsal, &wire.done, &wire.of)];
        wire_encode_rehearsal(text, &wire);
    } else if (rehearsal->cause != CAUSE_NONE) {
        wire.cause = causes[rehearsal->cause];
        wire_encode_rehearsal(text, &wire);
    } else {
        encode_end(text, rehearsal, &wire);
    }
}

static bool is_concerned(const struct visitor *visitor)
{
    return visitor->conn.generation != 0 && visitor->event != NULL &&
           !visitor->event->rehearsal && wire_op_allowed(OP_REHEARSE, visitor->role);
}

static struct net_frame *frame_of(const struct rehearsal *rehearsal)
{
    struct buf text;
    buf_init(&text, FRAME_OTHER_BYTES_MAX);
    encode(&text, rehearsal);
    struct net_frame *frame = buf_failed(&text) ? NULL : net_frame_new(buf_span(&text));
    buf_fini(&text);
    return frame;
}

static void tell(const struct rehearsal *rehearsal)
{
    const struct server *server = rehearsal->server;
    struct net_frame *frame = server->stopping ? NULL : frame_of(rehearsal);
    for (size_t i = 0; frame != NULL && i < server->visitor_capacity; i++) {
        if (is_concerned(&server->visitors[i])) {
            net_send(server->net, server->visitors[i].conn, frame);
        }
    }
    net_frame_unref(frame);
}

void rehearsal_greet(struct server *server, const struct visitor *visitor)
{
    const struct rehearsal *rehearsal = server->rehearsal;
    bool news = rehearsal != NULL && (rehearsal->busy || rehearsal->ended_ms != 0);
    struct net_frame *frame = news && is_concerned(visitor) ? frame_of(rehearsal) : NULL;
    if (frame != NULL) {
        net_send(server->net, visitor->conn, frame);
        net_frame_unref(frame);
    }
}

/* ---- whom it would disturb ---- */

static enum rehearsal_cause disturbed(const struct server *server)
{
    size_t guests = 0;
    for (size_t i = 0; i < hall_event_count(server->hall); i++) {
        const struct event *event = hall_event_at(server->hall, i);
        if (!event->rehearsal && event_has_open(event)) {
            return CAUSE_POLL;
        }
    }
    for (size_t i = 0; i < server->visitor_capacity; i++) {
        const struct visitor *visitor = &server->visitors[i];
        bool guest = visitor->conn.generation != 0 && visitor->event != NULL &&
                     visitor->role == ROLE_PARTICIPANT && !visitor->event->rehearsal;
        guests += guest ? 1 : 0;
    }
    return guests > REHEARSAL_GUESTS_MAX ? CAUSE_PEOPLE : CAUSE_NONE;
}

/* Each phone is a file here and one there, and for a moment another: the page's. */
static bool files_suffice(const struct server *server, int64_t phones)
{
    struct rlimit limit;
    struct net_stats net;
    net_stats(server->net, &net);
    rlim_t need = (rlim_t)(net.connections + phones + phones / 2 + FILES_RESERVED);
    return getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
           limit.rlim_cur >= need;
}

/* ---- its end ---- */

static void note_end(struct rehearsal *rehearsal)
{
    if (rehearsal->ended_ms == 0) {
        rehearsal->ended_ms = hall_now_ms(rehearsal->server->hall);
        log_line(LOG_INFO, "rehearsal: %s", state_of(rehearsal));
    }
}

static void end(struct rehearsal *rehearsal)
{
    void (*waits)(void *ctx) = rehearsal->waits;
    (void)uv_timer_stop(&rehearsal->timer);
    rehearsal->event = NULL;
    rehearsal->busy = false;
    rehearsal->clearing = false;
    rehearsal->deferred = false;
    rehearsal->waits = NULL;
    note_end(rehearsal);
    tell(rehearsal);
    if (waits != NULL) {
        waits(rehearsal->waits_ctx);
    }
}

/* Also after an error the event is out of the hall, unless it could not even be begun:
 * then it is tried again. */
static void on_cleared(void *ctx, enum err err)
{
    struct rehearsal *rehearsal = ctx;
    rehearsal->clearing = false;
    if (rehearsal->closed) {
        return;
    }
    if (err == ERR_OK || hall_is_gone(rehearsal->server->hall, rehearsal->event) ||
        rehearsal->clear_tries >= REHEARSAL_CLEAR_TRIES) {
        end(rehearsal);
    }
}

/* True if that has to wait; the end is told then already. */
static bool defer(struct rehearsal *rehearsal)
{
    bool before = rehearsal->deferred;
    rehearsal->deferred =
        !rehearsal->server->stopping && disturbed(rehearsal->server) == CAUSE_POLL;
    if (rehearsal->deferred && !before) {
        note_end(rehearsal);
        tell(rehearsal);
    }
    return rehearsal->deferred;
}

static void clear(struct rehearsal *rehearsal)
{
    struct hall *hall = rehearsal->server->hall;
    if (rehearsal->event == NULL) {
        end(rehearsal);
        return;
    }
    if (defer(rehearsal)) {
        return;
    }
    rehearsal->clearing = true;
    rehearsal->clear_tries++;
    enum err err = hall_rehearsal_forget(hall, rehearsal->event, on_cleared, rehearsal);
    if (err != ERR_OK) {
        on_cleared(rehearsal, err);
    }
}

static void on_run_over(void *ctx, struct span printed)
{
    struct rehearsal *rehearsal = ctx;
    if (rehearsal->cause == CAUSE_NONE &&
        rehearsal_read(printed, &rehearsal->verdict) != ERR_OK) {
        rehearsal->cause = CAUSE_ENDED;
    }
    tell(rehearsal);
    clear(rehearsal);
}

void rehearsal_stop(struct server *server, enum rehearsal_cause cause)
{
    struct rehearsal *rehearsal = server->rehearsal;
    if (rehearsal == NULL || !rehearsal->busy || rehearsal->cause != CAUSE_NONE ||
        (rehearsal->event != NULL && rehearsal_run_is_over(&rehearsal->run))) {
        return;
    }
    rehearsal->cause = cause;
    rehearsal_run_kill(&rehearsal->run);
}

/* ---- its way ---- */

static void on_look(uv_timer_t *timer)
{
    struct rehearsal *rehearsal = timer->data;
    struct server *server = rehearsal->server;
    bool over = rehearsal->event != NULL && rehearsal_run_is_over(&rehearsal->run);
    if (over && !rehearsal->clearing) {
        clear(rehearsal);
        return;
    }
    if (!over) {
        enum rehearsal_cause cause = disturbed(server);
        bool late =
            (int64_t)uv_now(&server->loop) - rehearsal->begun_ms > REHEARSAL_MS_MAX;
        cause = cause == CAUSE_NONE && late ? CAUSE_TIME : cause;
        if (cause != CAUSE_NONE) {
            rehearsal_stop(server, cause);
        }
    }
    tell(rehearsal);
}

static void on_made(void *ctx, enum err err, struct event *event, const char *token)
{
    struct rehearsal *rehearsal = ctx;
    if (rehearsal->closed) {
        return;
    }
    rehearsal->event = event;
    if (err != ERR_OK && rehearsal->cause == CAUSE_NONE) {
        rehearsal->cause = CAUSE_ENDED;
    }
    if (rehearsal->cause == CAUSE_NONE) {
        rehearsal_run_start(&rehearsal->run, rehearsal->phones, token);
    } else {
        clear(rehearsal);
    }
}

static enum err check(const struct server *server, int64_t phones)
{
    static const enum err errs[] = {
        [CAUSE_NONE] = ERR_OK,
        [CAUSE_POLL] = ERR_POLL_RUNS,
        [CAUSE_PEOPLE] = ERR_PEOPLE_HERE};

    if (server->rehearsal->busy) {
        return ERR_REHEARSING;
    }
    enum err err = errs[disturbed(server)];
    return err == ERR_OK && !files_suffice(server, phones) ? ERR_TOO_MANY : err;
}

static void prepare(struct rehearsal *rehearsal, int64_t phones, const struct uid *id)
{
    rehearsal->busy = true;
    rehearsal->asked = *id;
    rehearsal->phones = phones;
    rehearsal->event = NULL;
    rehearsal->cause = CAUSE_NONE;
    rehearsal->clear_tries = 0;
    rehearsal->ended_ms = 0;
    rehearsal->begun_ms = (int64_t)uv_now(&rehearsal->server->loop);
}

enum err rehearsal_begin(struct server *server, int64_t phones, const struct uid *id)
{
    struct rehearsal *rehearsal = server->rehearsal;
    if (rehearsal == NULL) {
        return ERR_REHEARSING;
    }
    if (uid_equal(&rehearsal->asked, id)) {
        return ERR_OK;
    }
    enum err err = check(server, phones);
    if (err == ERR_OK) {
        prepare(rehearsal, phones, id);
        err = hall_rehearsal_make(server->hall, on_made, rehearsal);
        rehearsal->busy = rehearsal->busy && err == ERR_OK;
    }
    if (rehearsal->busy && err == ERR_OK) {
        log_line(LOG_INFO, "rehearsal: begun, %" PRId64 " phones", phones);
        (void)uv_timer_start(
            &rehearsal->timer, on_look, REHEARSAL_LOOK_MS, REHEARSAL_LOOK_MS);
        tell(rehearsal);
    }
    return err;
}

/* ---- its life ---- */

enum err rehearsal_start(struct server *server)
{
    struct rehearsal *rehearsal = calloc(1, sizeof *rehearsal);
    if (rehearsal == NULL) {
        return ERR_NOMEM;
    }
    rehearsal->server = server;
    (void)uv_timer_init(&server->loop, &rehearsal->timer);
    rehearsal->timer.data = rehearsal;
    rehearsal_run_init(&rehearsal->run, server, on_run_over, rehearsal);
    server->rehearsal = rehearsal;
    hall_rehearsals_sweep(server->hall);
    return ERR_OK;
}

void rehearsal_wait(struct server *server, void (*done)(void *ctx), void *ctx)
{
    struct rehearsal *rehearsal = server->rehearsal;
    if (rehearsal == NULL || !rehearsal->busy) {
        done(ctx);
        return;
    }
    rehearsal->waits = done;
    rehearsal->waits_ctx = ctx;
}

void rehearsal_close(struct rehearsal *rehearsal)
{
    if (rehearsal != NULL) {
        rehearsal->closed = true;
        rehearsal_run_close(&rehearsal->run);
        uv_close((uv_handle_t *)&rehearsal->timer, NULL);
    }
}

void rehearsal_free(struct rehearsal *rehearsal)
{
    if (rehearsal != NULL) {
        rehearsal_run_fini(&rehearsal->run);
        free(rehearsal);
    }
}
