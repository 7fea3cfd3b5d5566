/* The server's wall clock jumps while people vote: polls, seats and receipts go on,
 * nobody is cut off, and a poll is sealed by time that has run.
 *
 *     clock_jumps */
#include "clock_faults.h"
#include "session.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MINUTE_MS 60000LL
#define YEAR_MS   (365LL * 24 * 60 * MINUTE_MS)
#define SEAL_MS   20000 /* of real time, until what was decided is kept and told */

/* When the clock jumps. */
enum moment { BEFORE_LOGIN, BEFORE_IDEAS, WHILE_OPEN, WHILE_CLOSED, MOMENTS };

static const char *const moments[MOMENTS] = {
    "before anybody comes", "before the ideas", "while a poll is open",
    "while it is closed"};

static const struct {
    const char *name;
    int64_t ms;
    int64_t then_ms; /* a second jump a little later; 0: none */
} jumps[] = {
    {"10 minutes ahead", 10 * MINUTE_MS, 0},
    {"10 minutes back", -10 * MINUTE_MS, 0},
    {"10 years ahead", 10 * YEAR_MS, 0},
    {"10 years back", -10 * YEAR_MS, 0},
    {"10 years ahead and back again", 10 * YEAR_MS, -10 * YEAR_MS},
};

static struct clock_shift *shift;

static void arm(void *ctx)
{
    clock_faults_arm(ctx);
}

static void must(bool well, const char *what)
{
    if (!well) {
        die("not so: %s", what);
    }
}

/* Everybody's line stands and answers. */
static void ping_all(struct session *session)
{
    for (size_t i = 0; i < SESSION_GUESTS; i++) {
        must(session->guests[i].open, "nobody is cut off");
        must(session_ask(session, i, "ping", NULL, "", NULL), "a ping is answered");
        must(session->guests[i].open, "nobody is cut off");
    }
}

static void jump(struct session *session, int64_t ms)
{
    atomic_fetch_add(&shift->wall_ms, ms);
    if (session->guests[SESSION_GUESTS - 1].client != NULL) {
        ping_all(session);
    }
}

static void
jump_if(struct session *session, size_t which, enum moment now, enum moment when)
{
    if (now == when) {
        jump(session, jumps[which].ms);
        if (jumps[which].then_ms != 0) {
            jump(session, jumps[which].then_ms);
        }
    }
}

static void vote(struct session *session, size_t which, enum moment when)
{
    must(session_poll_open(session, 0), "a poll is opened");
    must(session_cast(session, 1, 0), "a ballot is cast");
    jump_if(session, which, WHILE_OPEN, when);
    must(session_cast(session, 2, 0), "a ballot is cast");
    must(session_cast(session, 1, 0), "a ballot is replaced");
    must(session_repeat(session, 0), "a ballot is answered as the first time");
    for (size_t i = 0; i < SESSION_GUESTS; i++) {
        must(session_return(session, i), "a seat is kept");
    }
}

static void close_poll(struct session *session, size_t which, enum moment when)
{
    struct session_poll *poll = &session->polls[0];
    must(session_poll_act(session, 0, "poll.close", &poll->closed), "a poll is closed");
    jump_if(session, which, WHILE_CLOSED, when);
    ping_all(session);
    must(
        session_poll_act(session, 0, "poll.publish", &poll->published),
        "a result is published");
    must(session_poll_act(session, 0, "poll.seal", &poll->sealed), "a poll is sealed");
}

static void come(struct session *session)
{
    for (size_t i = 0; i < SESSION_GUESTS; i++) {
        must(session_seat(session, i), "people come in");
    }
}

static void try_jump(size_t which, enum moment when)
{
    static struct session session;
    char what[128];
    snprintf(what, sizeof what, "%s, %s", jumps[which].name, moments[when]);
    puts(what);
    fflush(stdout);
    atomic_store(&shift->wall_ms, 0);
    atomic_store(&shift->steady_ms, 0);
    session_init(&session);
    session.serve.arm = arm;
    session.serve.arm_ctx = shift;
    must(session_begin(&session) && session_event(&session), "a server starts");
    jump_if(&session, which, BEFORE_LOGIN, when);
    come(&session);
    jump_if(&session, which, BEFORE_IDEAS, when);
    must(session_ideas(&session), "ideas are taken");
    vote(&session, which, when);
    close_poll(&session, which, when);
    session_end(&session);
    must(session.code == 0, "the server ends well");
    (void)session_verify(&session, what);
    session_fini(&session);
}

/* ---- sealing by itself ---- */

static bool is_sealed(struct session *session)
{
    struct client_reply reply;
    char path[64];
    snprintf(path, sizeof path, "/snapshot/%s", session->event);
    must(
        client_http(session->pool, "GET", path, NULL, NULL, &reply) == ERR_OK,
        "a snapshot is given");
    bool sealed = strstr(reply.body, "\"state\":\"sealed\"") != NULL;
    free(reply.body);
    return sealed;
}

/* Ten seconds at a time, so that nobody's line seems dead. */
static void pass_time(struct session *session, int64_t ms)
{
    for (int64_t passed = 0; passed < ms; passed += 10000) {
        atomic_fetch_add(&shift->steady_ms, 10000);
        ping_all(session);
    }
}

/* The time has run; the seal itself still has to reach the disk. */
static bool becomes_sealed(struct session *session)
{
    int64_t until_ms = client_now_ms() + SEAL_MS;
    while (!is_sealed(session) && client_now_ms() < until_ms) {
        ping_all(session);
    }
    return is_sealed(session);
}

static void try_sealing(void)
{
    static struct session session;
    atomic_store(&shift->wall_ms, 0);
    session_init(&session);
    session.serve.arm = arm;
    session.serve.arm_ctx = shift;
    must(session_begin(&session) && session_event(&session), "a server starts");
    come(&session);
    must(session_ideas(&session), "ideas are taken");
    vote(&session, 0, MOMENTS);
    must(
        session_poll_act(&session, 0, "poll.close", &session.polls[0].closed),
        "a poll is closed");
    jump(&session, 10 * YEAR_MS);
    pass_time(&session, 9 * MINUTE_MS);
    must(!is_sealed(&session), "a poll is not sealed before its ten minutes have run");
    jump(&session, -20 * YEAR_MS);
    pass_time(&session, 2 * MINUTE_MS);
    session.polls[0].sealed = becomes_sealed(&session);
    must(session.polls[0].sealed, "a poll is sealed when its ten minutes have run");
    session_end(&session);
    (void)session_verify(&session, "sealing");
    session_fini(&session);
    puts("sealed after ten minutes that ran");
}

int main(void)
{
    shift = mmap(
        NULL, sizeof *shift, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shift == MAP_FAILED) {
        die("no shared memory");
    }
    for (size_t which = 0; which < sizeof jumps / sizeof *jumps; which++) {
        for (int when = 0; when < MOMENTS; when++) {
            try_jump(which, (enum moment)when);
        }
    }
    try_sealing();
    return 0;
}
