#include "app/desk.h"

#include "base/bounds.h"

#include <stdlib.h>

struct desk {
    struct crowd *crowd;
    const char *who;
    struct crowd_seat seat;
    struct phone *phone;
    struct uid waiting;
    cJSON *answer; /* owned: what came for `waiting` */
    char lost[32]; /* why the line is gone for good; "" */
    void (*pushed)(void *ctx, const cJSON *message);
    void *pushed_ctx;
    void (*idle)(void *ctx);
    void *idle_ctx;
};

static void on_answered(void *ctx, struct phone *phone, const struct phone_answer *answer)
{
    struct desk *desk = ctx;
    (void)phone;
    if (uid_equal(&answer->id, &desk->waiting)) {
        cJSON_Delete(desk->answer);
        desk->answer = cJSON_Duplicate(answer->message, 1);
    }
}

static void on_pushed(void *ctx, struct phone *phone, const cJSON *message)
{
    struct desk *desk = ctx;
    (void)phone;
    if (desk->pushed != NULL) {
        desk->pushed(desk->pushed_ctx, message);
    }
}

static void on_lost(void *ctx, struct phone *phone, const char *why)
{
    struct desk *desk = ctx;
    (void)phone;
    snprintf(desk->lost, sizeof desk->lost, "%s", why);
}

static enum err complain(const struct desk *desk, enum err err, const char *what)
{
    fprintf(stderr, "%s: %s\n", desk->who, what);
    return err;
}

static enum err log_in(struct desk *desk, const char *link)
{
    static const struct phone_handlers handlers = {
        .answered = on_answered, .pushed = on_pushed, .lost = on_lost};
    char refusal[32];
    enum err err = crowd_login(desk->crowd, link, &desk->seat, refusal);
    if (err == ERR_NOT_ALLOWED) {
        fprintf(
            stderr, "%s: the server refused the moderator link (%s)\n", desk->who,
            refusal);
        return err;
    }
    if (err != ERR_OK) {
        return complain(desk, err, "the server can't be reached");
    }
    struct phone_setup setup = {
        .seat = desk->seat, .role = "moderator", .handlers = &handlers, .ctx = desk};
    err = phone_new(desk->crowd, &setup, &desk->phone);
    return err == ERR_OK ? ERR_OK : complain(desk, err, "out of memory");
}

enum err
desk_new(struct crowd *crowd, const char *who, const char *link, struct desk **ret_desk)
{
    struct desk *desk = calloc(1, sizeof *desk);
    if (desk == NULL) {
        return ERR_NOMEM;
    }
    desk->crowd = crowd;
    desk->who = who;
    enum err err = log_in(desk, link);
    if (err != ERR_OK) {
        desk_free(desk);
        return err;
    }
    *ret_desk = desk;
    return ERR_OK;
}

void desk_free(struct desk *desk)
{
    if (desk == NULL) {
        return;
    }
    phone_free(desk->phone);
    cJSON_Delete(desk->answer);
    free(desk);
}

const struct crowd_seat *desk_seat(const struct desk *desk)
{
    return &desk->seat;
}

void desk_on_push(
    struct desk *desk, void (*pushed)(void *ctx, const cJSON *message), void *ctx)
{
    desk->pushed = pushed;
    desk->pushed_ctx = ctx;
}

void desk_while_waiting(struct desk *desk, void (*idle)(void *ctx), void *ctx)
{
    desk->idle = idle;
    desk->idle_ctx = ctx;
}

static enum err await_answer(struct desk *desk)
{
    int64_t deadline_ms = client_now_ms() + PHONE_ANSWER_WAIT_MS;
    while (desk->answer == NULL) {
        if (desk->lost[0] != '\0') {
            fprintf(stderr, "%s: the line is gone (%s)\n", desk->who, desk->lost);
            return ERR_IO;
        }
        if (client_now_ms() > deadline_ms) {
            return complain(desk, ERR_IO, "the server does not answer");
        }
        if (desk->idle != NULL) {
            desk->idle(desk->idle_ctx);
        }
        if (crowd_run(desk->crowd, desk->idle != NULL ? 0 : -1) != ERR_OK) {
            return complain(desk, ERR_IO, "the event loop failed");
        }
    }
    return ERR_OK;
}

enum err
desk_do(struct desk *desk, const char *op, struct span members, cJSON **ret_answer)
{
    cJSON_Delete(desk->answer);
    desk->answer = NULL;
    enum err err = phone_ask(desk->phone, op, members, &desk->waiting);
    if (err == ERR_OK) {
        err = await_answer(desk);
    }
    if (err != ERR_OK) {
        return err;
    }
    const char *refusal = phone_text(desk->answer, "err");
    if (refusal[0] != '\0') {
        fprintf(
            stderr, "%s: %s was refused: %s %s\n", desk->who, op, refusal,
            phone_text(desk->answer, "key"));
        return ERR_NOT_ALLOWED;
    }
    if (ret_answer != NULL) {
        *ret_answer = desk->answer;
        desk->answer = NULL;
    }
    return ERR_OK;
}

enum err desk_do_to(struct desk *desk, const char *op, const char *key, int64_t id)
{
    char members[64];
    snprintf(members, sizeof members, ",\"%s\":\"%lld\"", key, (long long)id);
    return desk_do(desk, op, span_of_string(members), NULL);
}

enum err desk_make(
    struct desk *desk, const char *op, struct span members, const char *key,
    int64_t *ret_id)
{
    cJSON *done = NULL;
    enum err err = desk_do(desk, op, members, &done);
    if (err != ERR_OK) {
        return err;
    }
    *ret_id = strtoll(phone_text(done, key), NULL, 10);
    cJSON_Delete(done);
    return *ret_id > 0 ? ERR_OK : complain(desk, ERR_IO, "an answer has no id");
}
