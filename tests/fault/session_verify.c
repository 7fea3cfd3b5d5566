/* What a session was told, looked for in the store. */
#include "session.h"

#include "app/hall.h"
#include "base/bounds.h"

#include <stdio.h>
#include <string.h>
#include <uv.h>

struct look {
    const struct session *session;
    const char *what;
    struct hall *hall;
    const struct event *event;
};

static void on_failed(void *ctx, enum err err, const char *what)
{
    (void)ctx;
    die("the store fails when it is looked into: %s, %s", err_code(err), what);
}

static void missing(const struct look *look, const char *of, size_t i)
{
    serve_show_log(&look->session->serve);
    die("%s: LOST: %s %zu", look->what, of, i);
}

static void check_ideas(const struct look *look)
{
    const struct wire_texts *texts = hall_texts(look->hall);
    for (size_t i = 0; i < look->session->idea_count; i++) {
        const struct idea *idea = event_idea(look->event, look->session->ideas[i]);
        if (idea == NULL) {
            missing(look, "idea", i);
        }
        if (texts->find(texts->ctx, &idea->content.id).bytes == 0) {
            missing(look, "text", i);
        }
    }
}

static void check_seats(const struct look *look)
{
    for (size_t i = 0; i < SESSION_GUESTS; i++) {
        struct hall_seat seat;
        const char *token = strchr(look->session->guests[i].cookie, '=');
        enum role role = i == 0 ? ROLE_MODERATOR : ROLE_PARTICIPANT;
        if (token != NULL &&
            hall_find_seat(look->hall, token + 1, look->event->id, role, &seat) !=
                ERR_OK) {
            missing(look, "seat", i);
        }
    }
}

static const struct kept_ballot *
find_ballot(const struct poll *poll, const struct session_ballot *ballot, size_t *found)
{
    const struct kept_ballot *kept = NULL;
    *found = 0;
    for (size_t i = 0; i < poll->ballot_count; i++) {
        if (uid_equal(&poll->ballots[i].nonce, &ballot->nonce)) {
            kept = &poll->ballots[i];
            ++*found;
        }
    }
    return kept;
}

static bool same_proof(
    const struct poll *poll, const struct kept_ballot *kept, const struct hash *proof)
{
    struct ballot ballot;
    struct hash found;
    struct buf text;
    wire_ballot_of_kept(poll, kept, &ballot);
    buf_init(&text, FRAME_CAST_BYTES_MAX);
    wire_encode_ballot(&text, &ballot);
    trust_proof(poll->id, &kept->lock, &kept->nonce, buf_span(&text), &found);
    buf_fini(&text);
    return memcmp(&found, proof, sizeof found) == 0;
}

/* Was it replaced by an acknowledged one of the same person? Sealing drops those. */
static bool is_superseded(const struct session *session, size_t at)
{
    for (size_t i = at + 1; i < session->ballot_count; i++) {
        if (session->ballots[i].guest == session->ballots[at].guest &&
            session->ballots[i].poll == session->ballots[at].poll) {
            return true;
        }
    }
    return false;
}

static void check_ballots(const struct look *look, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct session_ballot *ballot = &look->session->ballots[i];
        const struct poll *poll =
            event_poll(look->event, look->session->polls[ballot->poll].id);
        size_t found = 0;
        const struct kept_ballot *kept =
            poll != NULL ? find_ballot(poll, ballot, &found) : NULL;
        bool gone =
            poll != NULL && poll->state == POLL_SEALED && is_superseded(look->session, i);
        if (ballot->pos != 0 && !gone && kept == NULL) {
            missing(look, "ballot", i);
        }
        if (found > 1 || (kept != NULL && !same_proof(poll, kept, &ballot->proof))) {
            die("%s: ballot %zu is there %zu times, or is another", look->what, i, found);
        }
    }
}

static void check_polls(const struct look *look)
{
    for (size_t i = 0; i < SESSION_POLLS; i++) {
        const struct session_poll *told = &look->session->polls[i];
        const struct poll *poll =
            told->id != 0 ? event_poll(look->event, told->id) : NULL;
        if (told->id == 0) {
            continue;
        }
        if (poll == NULL || (told->opened && poll->state == POLL_DRAFT) ||
            (told->closed && poll->state < POLL_CLOSED) ||
            (told->published && !poll->published) ||
            (told->sealed && poll->state != POLL_SEALED)) {
            missing(look, "what was done to poll", i);
        }
    }
}

/* False: it is refused, and may be. */
static bool look_into(
    struct look *look, const char *store, bool create, enum hall_need need,
    uv_loop_t *loop)
{
    const struct hall_options options = {
        .store = store,
        .create = create,
        .need = need,
        .loop = loop,
        .failed = on_failed,
    };
    enum err err = hall_open(&options, &look->hall);
    if (err != ERR_OK && look->session->may_spoil &&
        look->session->code == EXIT_STORE_FAILED) {
        look->hall = NULL;
        return false;
    }
    if (err != ERR_OK) {
        serve_show_log(&look->session->serve);
        die("%s: %s does not open: %s", look->what, store, err_code(err));
    }
    look->event = hall_event_by_code(look->hall, look->session->event);
    if (look->event == NULL && look->session->event[0] != '\0') {
        missing(look, "the event", 0);
    }
    return true;
}

static void look_into_backup(struct look *look, uv_loop_t *loop)
{
    char store[200];
    snprintf(store, sizeof store, "sqlite:%s", look->session->backup);
    if (look_into(look, store, false, HALL_LOOKS_WITHOUT, loop)) {
        check_ballots(look, look->session->backed_up - 1);
    }
    hall_close(look->hall);
}

bool session_verify(const struct session *session, const char *what)
{
    struct look look = {.session = session, .what = what};
    uv_loop_t loop;
    uv_loop_init(&loop);
    bool opened = look_into(
        &look, session->serve.store, session->event[0] == '\0', HALL_NEEDS_KEYS, &loop);
    if (look.event != NULL) {
        check_ideas(&look);
        check_seats(&look);
        check_polls(&look);
        check_ballots(&look, session->ballot_count);
    }
    hall_close(look.hall);
    if (session->backed_up != 0) {
        look_into_backup(&look, &loop);
    }
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    return opened;
}
