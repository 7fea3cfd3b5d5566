#include "app/hall_rehearsal.h"

#include "base/log.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- making ---- */

struct making {
    struct hall *hall;
    struct event *event;
    char token[TRUST_TOKEN_CHARS + 1];
    hall_rehearsal_made *made;
    void *ctx;
};

static void finish(struct making *making, enum err err)
{
    bool created = making->event->created;
    making->made(making->ctx, err, created ? making->event : NULL, making->token);
    trust_wipe(making->token, sizeof making->token);
    free(making);
}

static void on_invited(void *ctx, const struct outcome *outcome)
{
    finish(ctx, outcome->err);
}

static void on_created(void *ctx, const struct outcome *outcome)
{
    struct making *making = ctx;
    if (outcome->err != ERR_OK) {
        finish(making, outcome->err);
        return;
    }
    static const struct hall_invitation invitation = {.role = ROLE_MODERATOR};
    hall_invite(
        making->hall, making->event, &invitation, making->token, on_invited, making);
}

static void submit(struct making *making, const struct hall_content *title)
{
    struct entry entry = {
        .kind = ENTRY_EVENT_CREATE,
        .role = ROLE_OFFICE,
        .as.event_create =
            {.mode = JOIN_OPEN,
             .lang_count = 1,
             .langs = {"en"},
             .title = title->ref,
             .rehearsal = true},
    };
    trust_random_uid(&entry.command);
    hall_new_code(making->hall, entry.as.event_create.code);
    hall_submit(
        making->hall, making->event, &entry,
        (struct hall_docs){.items = &title->doc, .count = 1}, on_created, making);
}

enum err hall_rehearsal_make(struct hall *hall, hall_rehearsal_made *made, void *ctx)
{
    struct hall_content title;
    struct making *making = malloc(sizeof *making);
    if (making == NULL) {
        return ERR_NOMEM;
    }
    *making = (struct making){
        .hall = hall, .event = hall_add_event(hall), .made = made, .ctx = ctx};
    enum err err = making->event == NULL
                       ? ERR_TOO_MANY
                       : hall_content_new(hall, "en", "Rehearsal", NULL, &title);
    if (err != ERR_OK) {
        free(making);
        return err;
    }
    submit(making, &title);
    hall_content_fini(&title);
    return ERR_OK;
}

/* ---- throwing away ---- */

struct clearing {
    struct hall *hall;
    struct event *event;
    hall_forgot *done;
    void *ctx;
};

static void go_on(struct clearing *clearing);

static void on_gone(void *ctx, enum err err)
{
    struct clearing *clearing = ctx;
    clearing->done(clearing->ctx, err);
    free(clearing);
}

static void on_closed(void *ctx, const struct outcome *outcome)
{
    if (outcome->err == ERR_OK) {
        go_on(ctx);
    } else {
        on_gone(ctx, outcome->err);
    }
}

static const struct poll *open_poll(const struct event *event)
{
    for (size_t i = 0; i < event->poll_count; i++) {
        if (event->polls[i]->state == POLL_OPEN) {
            return event->polls[i];
        }
    }
    return NULL;
}

static void go_on(struct clearing *clearing)
{
    const struct poll *poll = open_poll(clearing->event);
    if (poll != NULL) {
        struct entry entry = {
            .kind = ENTRY_POLL_CLOSE, .role = ROLE_OFFICE, .as.poll_act.poll = poll->id};
        trust_random_uid(&entry.command);
        hall_submit(
            clearing->hall, clearing->event, &entry, hall_no_docs(), on_closed, clearing);
        return;
    }
    enum err err = hall_forget(clearing->hall, clearing->event, on_gone, clearing);
    if (err != ERR_OK) {
        on_gone(clearing, err);
    }
}

enum err hall_rehearsal_forget(
    struct hall *hall, struct event *event, hall_forgot *done, void *ctx)
{
    if (!event->rehearsal) {
        return ERR_NOT_ALLOWED;
    }
    struct clearing *clearing = malloc(sizeof *clearing);
    if (clearing == NULL) {
        return ERR_NOMEM;
    }
    *clearing = (struct clearing){hall, event, done, ctx};
    go_on(clearing);
    return ERR_OK;
}

static void on_swept(void *ctx, enum err err)
{
    (void)ctx;
    log_line(
        err == ERR_OK ? LOG_INFO : LOG_WARN, "what was left of a rehearsal: %s",
        err == ERR_OK ? "thrown away" : err_code(err));
}

static void sweep(struct hall *hall, struct event *event)
{
    enum err err = hall_rehearsal_forget(hall, event, on_swept, NULL);
    if (err != ERR_OK) {
        on_swept(NULL, err);
    }
}

void hall_rehearsals_sweep(struct hall *hall)
{
    /* from the end: forgetting takes an event out of the list */
    for (size_t i = hall_event_count(hall); i > 0; i--) {
        struct event *event = hall_event_at(hall, i - 1);
        if (event->created && event->rehearsal) {
            sweep(hall, event);
        }
    }
}
