/* The office's page: a link lets in once, its session asks what the office can do. It has
 * a cookie of its own, which is no seat in any event. */
#include "app/hall_office.h"
#include "app/office.h"
#include "app/server.h"

#include "base/log.h"

#include <stdlib.h>

#define JSON_TYPE "application/json; charset=utf-8"

static enum net_answer
refuse(struct server *server, enum err err, struct net_response *ret_response)
{
    http_refuse(server, err, NULL, ret_response);
    return NET_NOW;
}

/* Somebody whose answer follows a commit. */
struct caller {
    struct server *server;
    struct net_conn request;
    char token[TRUST_TOKEN_CHARS + 1]; /* of a new session; "" ends one */
};

static struct caller *caller_new(struct server *server, const struct net_request *request)
{
    struct caller *caller = calloc(1, sizeof *caller);
    if (caller != NULL) {
        caller->server = server;
        caller->request = request->id;
    }
    return caller;
}

static void caller_free(struct caller *caller)
{
    trust_wipe(caller, sizeof *caller);
    free(caller);
}

/* Its cookie is set, or taken away. */
static void on_session(void *ctx, enum store_status status, int64_t seq)
{
    (void)status;
    (void)seq;
    struct caller *caller = ctx;
    bool enters = caller->token[0] != '\0';
    const struct net_response response = {
        .status = 200,
        .content_type = JSON_TYPE,
        .body = span_of_string("{\"ok\":true}"),
        .set_office = caller->token,
        .office_s = enters ? SESSION_MS / 1000 : 0,
    };
    log_line(LOG_INFO, "office: somebody %s", enters ? "came in" : "has left");
    net_respond(caller->server->net, caller->request, &response);
    caller_free(caller);
}

/* ---- POST /office/login ---- */

static enum net_answer
wrong_link(struct server *server, struct net_response *ret_response)
{
    bool calm = rate_take(&server->wrong_codes, (int64_t)uv_now(&server->loop));
    if (calm) { /* nobody fills the disk with tries */
        log_line(LOG_WARN, "office: a link that lets nobody in was tried");
    }
    return refuse(server, calm ? ERR_LINK_UNKNOWN : ERR_TOO_FAST, ret_response);
}

enum net_answer office_login(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response)
{
    char link[TRUST_TOKEN_CHARS + 8];
    enum err err = wire_decode_single(request->body, "link", link, sizeof link);
    if (err != ERR_OK) {
        return refuse(server, err, ret_response);
    }
    if (!desk_allowed(server, &request->peer)) {
        return refuse(server, ERR_DESK_LOOPBACK_ONLY, ret_response);
    }
    struct caller *caller = caller_new(server, request);
    if (caller == NULL) {
        return refuse(server, ERR_NOMEM, ret_response);
    }
    err = hall_office_enter(
        server->hall, span_of_string(link), caller->token, on_session, caller);
    trust_wipe(link, sizeof link);
    if (err == ERR_OK) {
        return NET_LATER;
    }
    caller_free(caller);
    return err == ERR_LINK_UNKNOWN ? wrong_link(server, ret_response)
                                   : refuse(server, err, ret_response);
}

/* ---- POST /office/leave ---- */

enum net_answer office_leave(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response)
{
    if (!hall_office_is_in(server->hall, request->peer.office)) {
        return refuse(server, ERR_NO_SESSION, ret_response);
    }
    struct caller *caller = caller_new(server, request);
    enum err err =
        caller != NULL
            ? hall_office_leave(server->hall, request->peer.office, on_session, caller)
            : ERR_NOMEM;
    if (err != ERR_OK) {
        free(caller);
        return refuse(server, err, ret_response);
    }
    return NET_LATER;
}

/* ---- POST /office/ask ---- */

static void on_answer(void *ctx, struct span answer)
{
    static const char fine[] = "{\"ok\":true";
    struct caller *caller = ctx;
    bool ok = answer.bytes >= sizeof fine - 1 &&
              memcmp(answer.data, fine, sizeof fine - 1) == 0;
    const struct net_response response = {
        .status = ok ? 200 : 400,
        .content_type = JSON_TYPE,
        .body = answer,
    };
    net_respond(caller->server->net, caller->request, &response);
    caller_free(caller);
}

MUST_CHECK static enum err
check_session(const struct server *server, const struct net_request *request)
{
    if (!desk_allowed(server, &request->peer)) {
        return ERR_DESK_LOOPBACK_ONLY;
    }
    return hall_office_is_in(server->hall, request->peer.office) ? ERR_OK
                                                                 : ERR_NO_SESSION;
}

bool office_admits(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response)
{
    enum err err = check_session(server, request);
    if (err != ERR_OK) {
        http_refuse(server, err, NULL, ret_response);
    }
    return err == ERR_OK;
}

/* The session may have ended while the body came. */
enum net_answer office_ask(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response)
{
    enum err err = check_session(server, request);
    if (err != ERR_OK) {
        return refuse(server, err, ret_response);
    }
    if (!rate_take(&server->office_rate, (int64_t)uv_now(&server->loop))) {
        return refuse(server, ERR_TOO_FAST, ret_response);
    }
    if (!office_is_for_page(request->body)) {
        return refuse(server, ERR_UNKNOWN_OP, ret_response);
    }
    struct caller *caller = caller_new(server, request);
    if (caller == NULL) {
        return refuse(server, ERR_NOMEM, ret_response);
    }
    office_handle(server->hall, request->body, on_answer, caller);
    return NET_LATER;
}
