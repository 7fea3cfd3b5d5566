/* The steps of a session, and its two acts. */
#include "session_internal.h"

#include "app/crowd.h"
#include "base/bounds.h"
#include "base/hex.h"
#include "trust/trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool session_event(struct session *session)
{
    cJSON *answer = session_office(
        session, "{\"do\":\"event.create\",\"title\":\"Probe\",\"mode\":\"open\","
                 "\"langs\":[\"de\"]}\n");
    if (answer == NULL) {
        return false;
    }
    snprintf(session->event, sizeof session->event, "%s", phone_text(answer, "event"));
    snprintf(session->link, sizeof session->link, "%s", phone_text(answer, "token"));
    cJSON_Delete(answer);
    if (session->event[0] == '\0' || session->link[0] == '\0') {
        die("an event was made without a code or a link");
    }
    return true;
}

static bool export_all(struct session *session)
{
    char request[256];
    snprintf(
        request, sizeof request,
        "{\"do\":\"export\",\"event\":\"%s\",\"separator\":\";\",\"auditor\":false}\n",
        session->event);
    cJSON *answer = session_office(session, request);
    bool whole =
        answer != NULL &&
        cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(answer, "files")) > 0;
    cJSON_Delete(answer);
    if (!session->over && !whole) {
        die("an export without files");
    }
    return whole;
}

/* A backup may fail while the store is well. */
static bool back_up(struct session *session)
{
    char request[256];
    snprintf(
        request, sizeof request, "{\"do\":\"backup\",\"out\":\"%s\"}\n", session->backup);
    cJSON *answer = session_is_gone(session) ? NULL : session_ask_once(session, request);
    if (answer != NULL && cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(answer, "ok"))) {
        session->backed_up = session->ballot_count + 1;
    }
    cJSON_Delete(answer);
    return !session_is_gone(session);
}

/* ---- steps ---- */

bool session_seat(struct session *session, size_t index)
{
    struct session_guest *guest = &session->guests[index];
    char body[128];
    guest->session = session;
    if (index == 0) {
        snprintf(body, sizeof body, "{\"link\":\"%s\"}", session->link);
    } else {
        snprintf(body, sizeof body, "{\"code\":\"%s\"}", session->event);
    }
    char cookie[256];
    const char *path = index == 0 ? "/login" : "/join";
    if (!session_post(session, path, body, index == 0, cookie)) {
        return false;
    }
    memcpy(guest->cookie, cookie, sizeof cookie);
    return session_return(session, index);
}

static bool make_idea(struct session *session, size_t guest)
{
    char members[128];
    int64_t idea = 0;
    snprintf(
        members, sizeof members, ",\"title\":\"Idee %zu\",\"text\":\"\",\"lang\":\"de\"",
        session->idea_count);
    if (!session_make(session, guest, "idea.submit", members, "idea", &idea)) {
        return false;
    }
    session->ideas[session->idea_count++] = idea;
    return true;
}

bool session_ideas(struct session *session)
{
    for (size_t i = 0; i < SESSION_IDEAS; i++) {
        if (!make_idea(session, i == SESSION_IDEAS - 1 ? 1 : 0)) {
            return false;
        }
    }
    return true;
}

bool session_poll_act(struct session *session, size_t poll, const char *op, bool *told)
{
    char members[64];
    snprintf(
        members, sizeof members, ",\"poll\":\"%lld\"",
        (long long)session->polls[poll].id);
    if (!session_ask(session, 0, op, NULL, members, NULL)) {
        return false;
    }
    *told = true;
    return true;
}

bool session_poll_open(struct session *session, size_t poll)
{
    char members[512];
    snprintf(
        members, sizeof members,
        ",\"question\":\"Was zuerst?\",\"lang\":\"de\",\"form\":\"ranking\","
        "\"method\":\"irv\",\"seats\":1,\"ranks\":3,\"ties\":false,\"live\":false,"
        "\"publication\":\"ballots\",\"options\":[\"%lld\",\"%lld\",\"%lld\"]",
        (long long)session->ideas[0], (long long)session->ideas[1],
        (long long)session->ideas[2]);
    return session_make(
               session, 0, "poll.create", members, "poll", &session->polls[poll].id) &&
           session_poll_act(session, poll, "poll.open", &session->polls[poll].opened);
}

/* The ballot's members, always the same for the same ballot. */
static void write_cast(
    const struct session *session, const struct session_ballot *ballot, struct hash *lock,
    char *ret_ballot, char *ret_members, size_t bytes)
{
    char nonce[UID_HEX + 1];
    char lock_hex[HASH_HEX + 1];
    long long first = session->ideas[ballot->counter % 3];
    long long second = session->ideas[(ballot->counter + ballot->guest) % 3];
    if (first == second) {
        snprintf(ret_ballot, 128, "{\"ranking\":[[\"%lld\"]]}", first);
    } else {
        snprintf(ret_ballot, 128, "{\"ranking\":[[\"%lld\"],[\"%lld\"]]}", first, second);
    }
    memset(lock->bytes, (int)(1 + ballot->guest), sizeof lock->bytes);
    hex_encode(ballot->nonce.bytes, UID_BYTES, nonce);
    hex_encode(lock->bytes, HASH_BYTES, lock_hex);
    snprintf(
        ret_members, bytes,
        ",\"poll\":\"%lld\",\"counter\":%u,\"ballot\":%s,\"nonce\":\"%s\",\"lock\":\"%"
        "s\"",
        (long long)session->polls[ballot->poll].id, ballot->counter, ret_ballot, nonce,
        lock_hex);
}

static bool send_ballot(struct session *session, struct session_ballot *ballot)
{
    char text[128];
    char members[512];
    struct hash lock;
    cJSON *stored = NULL;
    write_cast(session, ballot, &lock, text, members, sizeof members);
    trust_proof(
        session->polls[ballot->poll].id, &lock, &ballot->nonce, span_of_string(text),
        &ballot->proof);
    if (!session_ask(session, ballot->guest, "cast", ballot->id, members, &stored)) {
        return false;
    }
    const cJSON *pos = cJSON_GetObjectItemCaseSensitive(stored, "pos");
    int64_t at = cJSON_IsNumber(pos) ? (int64_t)pos->valuedouble : 0;
    if (at <= 0 || (ballot->pos != 0 && ballot->pos != at) ||
        !phone_proof_matches(stored, &ballot->proof)) {
        die("a receipt does not fit its ballot");
    }
    ballot->pos = at;
    cJSON_Delete(stored);
    return true;
}

bool session_cast(struct session *session, size_t guest, size_t poll)
{
    struct session_ballot *ballot = &session->ballots[session->ballot_count++];
    *ballot = (struct session_ballot){
        .guest = guest, .poll = poll, .counter = ++session->guests[guest].counter};
    session_new_id(session, ballot->id);
    memset(ballot->nonce.bytes, (int)session->ballot_count, UID_BYTES);
    return send_ballot(session, ballot);
}

bool session_repeat(struct session *session, size_t ballot)
{
    return send_ballot(session, &session->ballots[ballot]);
}

/* ---- the plays ---- */

static bool cast_all(struct session *session, size_t poll)
{
    bool well = true;
    for (size_t i = 1; well && i < SESSION_GUESTS; i++) {
        well = session_cast(session, i, poll);
    }
    return well && session_cast(session, 1, poll);
}

static bool first_act(struct session *session)
{
    struct session_poll *poll = &session->polls[0];
    bool well = session_begin(session) && session_event(session);
    for (size_t i = 0; well && i < SESSION_GUESTS; i++) {
        well = session_seat(session, i);
    }
    return well && session_ideas(session) && session_poll_open(session, 0) &&
           cast_all(session, 0) &&
           session_poll_act(session, 0, "poll.close", &poll->closed) &&
           session_poll_act(session, 0, "poll.publish", &poll->published) &&
           session_poll_act(session, 0, "poll.seal", &poll->sealed) &&
           session_poll_open(session, 1) && cast_all(session, 1) && export_all(session) &&
           back_up(session);
}

static bool second_act(struct session *session)
{
    bool well = session_begin(session);
    for (size_t i = 0; well && i < session->ballot_count; i++) {
        well =
            session->polls[session->ballots[i].poll].sealed || session_repeat(session, i);
    }
    return well && session_cast(session, 2, 1) &&
           session_poll_act(session, 1, "poll.close", &session->polls[1].closed) &&
           session_poll_act(session, 1, "poll.seal", &session->polls[1].sealed) &&
           export_all(session);
}

static void play(
    struct session *session, bool (*act)(struct session *), void (*arm)(void *ctx),
    void *ctx)
{
    session->serve.arm = arm;
    session->serve.arm_ctx = ctx;
    bool well = act(session);
    session_end(session);
    if (well && arm == NULL && session->code != 0) {
        die("the server ended with %d", session->code);
    }
}

void session_play_first(struct session *session, void (*arm)(void *ctx), void *ctx)
{
    play(session, first_act, arm, ctx);
}

void session_play_second(struct session *session, void (*arm)(void *ctx), void *ctx)
{
    play(session, second_act, arm, ctx);
}
