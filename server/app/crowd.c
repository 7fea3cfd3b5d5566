/* The crowd's loop, and how one gets a seat. */
#include "app/crowd_internal.h"

#include "base/bounds.h"

#include <stdlib.h>

#define JOIN_RETRY_MS      250
#define STATUS_TOO_FAST    429
#define STATUS_UNAVAILABLE 503

enum err crowd_new(const char *url, const char *ca_file, struct crowd **ret_crowd)
{
    static const struct client_handlers handlers = {
        .opened = phone_on_opened,
        .message = phone_on_message,
        .closed = phone_on_closed};
    struct crowd *crowd = calloc(1, sizeof *crowd);
    if (crowd == NULL) {
        return ERR_NOMEM;
    }
    crowd->patience_ms = PHONE_PATIENCE_MS;
    enum err err = client_pool_new(url, ca_file, &handlers, &crowd->pool);
    if (err != ERR_OK) {
        free(crowd);
        return err;
    }
    *ret_crowd = crowd;
    return ERR_OK;
}

void crowd_free(struct crowd *crowd)
{
    if (crowd == NULL) {
        return;
    }
    while (crowd->phones != NULL) {
        phone_free(crowd->phones);
    }
    client_pool_free(crowd->pool);
    free(crowd);
}

struct client_pool *crowd_pool(struct crowd *crowd)
{
    return crowd->pool;
}

void crowd_set_patience(struct crowd *crowd, int64_t patience_ms)
{
    crowd->patience_ms = patience_ms;
}

enum err crowd_run(struct crowd *crowd, int timeout_ms)
{
    int wait_ms =
        timeout_ms < 0 || timeout_ms > PHONE_TICK_MS ? PHONE_TICK_MS : timeout_ms;
    enum err err = client_pool_run(crowd->pool, wait_ms);
    int64_t now_ms = client_now_ms();
    if (err != ERR_OK || now_ms < crowd->next_tick_ms) {
        return err;
    }
    crowd->next_tick_ms = now_ms + PHONE_TICK_MS;
    struct phone *phone = crowd->phones;
    while (phone != NULL) {
        struct phone *next = phone->next;
        phone_tick(phone, now_ms);
        phone = next;
    }
    return ERR_OK;
}

static enum err run_for(struct crowd *crowd, int64_t wait_ms)
{
    int64_t end_ms = client_now_ms() + wait_ms;
    enum err err = ERR_OK;
    while (err == ERR_OK && client_now_ms() < end_ms) {
        err = crowd_run(crowd, PHONE_TICK_MS);
    }
    return err;
}

static enum err read_reply(
    const struct client_reply *reply, struct crowd_seat *ret_seat, char ret_refusal[32])
{
    cJSON *body = cJSON_ParseWithLength(reply->body, reply->body_bytes);
    enum err err = reply->status == 200 ? ERR_OK : ERR_NOT_ALLOWED;
    if (err == ERR_OK) {
        snprintf(
            ret_seat->event, sizeof ret_seat->event, "%s", phone_text(body, "event"));
        snprintf(ret_seat->cookie, sizeof ret_seat->cookie, "%s", reply->cookie);
    } else {
        snprintf(ret_refusal, 32, "%s", phone_text(body, "err"));
    }
    if (err != ERR_OK && ret_refusal[0] == '\0') {
        snprintf(ret_refusal, 32, "http-%d", reply->status);
    }
    cJSON_Delete(body);
    return err;
}

static enum err
post(struct crowd *crowd, const char *path, const char *body, struct client_reply *reply)
{
    int64_t deadline_ms = client_now_ms() + PHONE_ANSWER_WAIT_MS;
    for (;;) {
        enum err err = client_http(crowd->pool, "POST", path, body, NULL, reply);
        bool later = err == ERR_OK && (reply->status == STATUS_TOO_FAST ||
                                       reply->status == STATUS_UNAVAILABLE);
        if (!later || client_now_ms() > deadline_ms) {
            return err;
        }
        free(reply->body);
        err = run_for(crowd, JOIN_RETRY_MS);
        if (err != ERR_OK) {
            return err;
        }
    }
}

static enum err enter(
    struct crowd *crowd, const char *path, const char *key, const char *value,
    struct crowd_seat *ret_seat, char ret_refusal[32])
{
    struct client_reply reply;
    struct buf body;
    buf_init(&body, POST_BYTES_MAX);
    buf_printf(&body, "{\"%s\":", key);
    buf_json_string(&body, span_of_string(value));
    buf_char(&body, '}');
    enum err err = buf_failed(&body) ? ERR_TOO_LARGE : ERR_OK;
    ret_refusal[0] = '\0';
    if (err == ERR_OK) {
        err = post(crowd, path, (const char *)body.data, &reply);
    }
    buf_fini(&body);
    if (err == ERR_OK) {
        err = read_reply(&reply, ret_seat, ret_refusal);
        free(reply.body);
    }
    return err;
}

enum err crowd_join(
    struct crowd *crowd, const char *code, struct crowd_seat *ret_seat,
    char ret_refusal[32])
{
    return enter(crowd, "/join", "code", code, ret_seat, ret_refusal);
}

enum err crowd_login(
    struct crowd *crowd, const char *link, struct crowd_seat *ret_seat,
    char ret_refusal[32])
{
    const char *hash = strrchr(link, '#');
    const char *token = hash != NULL ? hash + 1 : link;
    return enter(crowd, "/login", "link", token, ret_seat, ret_refusal);
}
