/* Plain HTTP beside the files: joining, snapshots, results, who runs this, health. */
#include "app/hall_notice.h"
#include "app/office.h"
#include "app/server.h"

#include "base/hex.h"
#include "base/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define JSON_TYPE "application/json; charset=utf-8"
#define TEXT_TYPE "text/plain; charset=utf-8"

static int status_of(enum err err)
{
    static const int statuses[ERR_COUNT] = {
        [ERR_OK] = 200,
        [ERR_CODE_UNKNOWN] = 404,
        [ERR_TICKET_UNKNOWN] = 404,
        [ERR_UNKNOWN_POLL] = 404,
        [ERR_NOT_FOUND] = 404,
        [ERR_TICKET_NEEDED] = 403,
        [ERR_BANNED] = 403,
        [ERR_LINK_UNKNOWN] = 403,
        [ERR_DESK_LOOPBACK_ONLY] = 403,
        [ERR_RESULT_HIDDEN] = 403,
        [ERR_NOT_ALLOWED] = 403,
        [ERR_NO_SESSION] = 401,
        [ERR_SESSION_MOVED] = 401,
        [ERR_REVOKED] = 401,
        [ERR_TOO_LARGE] = 413,
        [ERR_TOO_FAST] = 429,
        [ERR_BUSY] = 503,
        [ERR_NOMEM] = 503,
    };
    return statuses[err] != 0 ? statuses[err] : 400;
}

struct buf *http_body(struct server *server, size_t bytes_max)
{
    buf_fini(&server->answer);
    buf_init(&server->answer, bytes_max);
    return &server->answer;
}

struct net_response http_response(struct server *server, int status)
{
    const struct buf *body = &server->answer;
    if (buf_failed(body)) {
        return (struct net_response){
            .status = 503, .content_type = JSON_TYPE, .retry_after_s = 1};
    }
    return (struct net_response){
        .status = status, .content_type = JSON_TYPE, .body = buf_span(body)};
}

void http_refuse(
    struct server *server, enum err err, const struct event *event,
    struct net_response *ret_response)
{
    struct buf *body = http_body(server, POST_BYTES_MAX);
    err = err_told(err);
    buf_printf(body, "{\"err\":\"%s\"", err_code(err));
    if (event != NULL) {
        buf_printf(body, ",\"event\":\"%s\"", event->code);
    }
    buf_char(body, '}');
    *ret_response = http_response(server, status_of(err));
    if (err == ERR_TOO_FAST || err == ERR_BUSY) {
        ret_response->retry_after_s = 1;
    }
}

bool http_query_has(const char *query, const char *pair)
{
    size_t bytes = strlen(pair);
    for (const char *at = query; at != NULL; at = strchr(at, '&')) {
        at += *at == '&' ? 1 : 0;
        if (strncmp(at, pair, bytes) == 0 && (at[bytes] == '&' || at[bytes] == '\0')) {
            return true;
        }
    }
    return false;
}

struct event *http_event_in(struct server *server, const char *text)
{
    char code[EVENT_CODE_BYTES + 1];
    size_t bytes = strcspn(text, "/.&");
    if (trust_code_read(span_of(text, bytes), TRUST_CODE_SYMBOLS, code) != ERR_OK) {
        return NULL;
    }
    return hall_event_by_code(server->hall, code);
}

enum role http_desk_role(
    struct server *server, const struct net_request *request, const struct event *event)
{
    struct hall_seat seat;
    bool sits = desk_allowed(server, &request->peer) &&
                hall_find_seat(
                    server->hall, request->peer.session, event->id, ROLE_MODERATOR,
                    &seat) == ERR_OK;
    return sits ? seat.role : ROLE_NONE;
}

bool http_sees(
    struct server *server, const struct net_request *request, const struct event *event,
    enum sight sight)
{
    return access_sees(http_desk_role(server, request, event), sight);
}

typedef enum net_answer route_fn(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response);

static enum net_answer
refuse(struct server *server, enum err err, struct net_response *ret_response)
{
    http_refuse(server, err, NULL, ret_response);
    return NET_NOW;
}

static enum net_answer get_snapshot(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    struct event *event = http_event_in(server, rest);
    bool desk = http_query_has(request->query, "desk");
    if (event == NULL) {
        return refuse(server, ERR_CODE_UNKNOWN, ret_response);
    }
    if (desk && !http_sees(server, request, event, SIGHT_DESK)) {
        return refuse(server, ERR_NO_SESSION, ret_response);
    }
    enum view view = desk ? VIEW_QUEUE : VIEW_PUBLIC;
    if (desk && http_sees(server, request, event, SIGHT_RESULTS)) {
        view = VIEW_DESK;
    }
    struct net_frame *snapshot = live_snapshot(server, event, view);
    if (snapshot == NULL) {
        return refuse(server, ERR_NOMEM, ret_response);
    }
    snprintf(
        server->answer_name, sizeof server->answer_name, "\"%" PRIx64 "-%" PRId64 "-%d\"",
        (uint64_t)server->started_ms, event->pos, (int)view);
    *ret_response = (struct net_response){
        .status = 200,
        .content_type = JSON_TYPE,
        .frame = snapshot,
        .etag = server->answer_name,
        .cache_control = "no-cache",
    };
    return NET_NOW;
}

/* The poll of EVENT/POLL. */
MUST_CHECK static enum err poll_in_path(
    struct server *server, const char *text, struct event **ret_event,
    const struct poll **ret_poll)
{
    struct event *event = http_event_in(server, text);
    const char *slash = strchr(text, '/');
    if (event == NULL || slash == NULL) {
        return ERR_CODE_UNKNOWN;
    }
    char *end = NULL;
    const struct poll *poll = event_poll(event, strtoll(slash + 1, &end, 10));
    if (poll == NULL || *end != '\0') {
        return ERR_UNKNOWN_POLL;
    }
    *ret_event = event;
    *ret_poll = poll;
    return ERR_OK;
}

static enum net_answer get_result(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    struct event *event;
    const struct poll *poll;
    struct net_frame *result;
    enum err err = poll_in_path(server, rest, &event, &poll);
    if (err == ERR_OK) {
        bool desk = http_sees(server, request, event, SIGHT_RESULTS);
        err = result_of(server, event, poll, desk, &result);
    }
    if (err != ERR_OK) {
        return refuse(server, err, ret_response);
    }
    *ret_response =
        (struct net_response){.status = 200, .content_type = JSON_TYPE, .frame = result};
    return NET_NOW;
}

/* What was sealed, byte for byte: who has its hash can tell that nothing was changed. */
static enum net_answer get_ballots(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)request;
    struct event *event;
    const struct poll *poll;
    struct net_frame *list = NULL;
    enum err err = poll_in_path(server, rest, &event, &poll);
    if (err == ERR_OK) {
        err = ballots_of(server, event, poll, &list);
    }
    if (err != ERR_OK) {
        return refuse(server, err, ret_response);
    }
    char hash[2 * HASH_BYTES + 1];
    hex_encode(poll->sealed_hash.bytes, HASH_BYTES, hash);
    snprintf(server->answer_name, sizeof server->answer_name, "\"%s\"", hash);
    *ret_response = (struct net_response){
        .status = 200,
        .content_type = JSON_TYPE,
        .frame = list,
        .etag = server->answer_name,
        .cache_control = "no-cache",
    };
    return NET_NOW;
}

static void member(struct buf *out, const char *key, const char *value)
{
    buf_printf(out, "\"%s\":", key);
    buf_json_string(out, span_of_string(value != NULL ? value : ""));
    buf_char(out, ',');
}

/* The office's words, else the configuration's. */
static const char *
notice_of(const struct server *server, enum notice notice, const char *configured)
{
    const char *text = hall_notice(server->hall, notice);
    return text != NULL ? text : configured;
}

static enum net_answer get_about(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)request;
    (void)rest;
    const struct serve_options *options = &server->options;
    struct buf *text = http_body(server, ABOUT_BYTES_MAX);
    buf_char(text, '{');
    member(text, "name", options->operator_name);
    member(text, "contact", options->operator_contact);
    member(text, "imprint", notice_of(server, NOTICE_IMPRINT, options->operator_imprint));
    member(text, "privacy", notice_of(server, NOTICE_PRIVACY, options->operator_privacy));
    member(text, "join", options->base_url);
    member(text, "version", STIMMWERK_VERSION);
    buf_printf(
        text, "\"delete_after_days\":%" PRId64 ",\"demo\":%s}",
        options->operator_delete_after_days, options->demo ? "true" : "false");
    *ret_response = http_response(server, 200);
    ret_response->cache_control = "no-cache";
    return NET_NOW;
}

static enum net_answer get_health(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)rest;
    bool ready = strcmp(request->path, "/healthz") == 0 || !server->stopping;
    *ret_response = (struct net_response){
        .status = ready ? 200 : 503,
        .content_type = TEXT_TYPE,
        .body = span_of_string(ready ? "ok\n" : "stopping\n"),
    };
    return NET_NOW;
}

static enum net_answer get_metrics(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)rest;
    if (!request->peer.loopback) {
        return NET_UNKNOWN;
    }
    struct buf *text = http_body(server, CONTROL_BYTES_MAX);
    metrics_write(server, text);
    *ret_response = http_response(server, 200);
    ret_response->content_type = "text/plain; version=0.0.4; charset=utf-8";
    return NET_NOW;
}

static enum net_answer post_join(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)rest;
    return join_event(server, request, ret_response);
}

static enum net_answer post_login(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)rest;
    return join_desk(server, request, ret_response);
}

static enum net_answer post_media(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)rest;
    return media_take(server, request, ret_response);
}

static enum net_answer post_leave(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)rest;
    return leave_event(server, request, ret_response);
}

static enum net_answer post_office_login(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)rest;
    return office_login(server, request, ret_response);
}

static enum net_answer post_office_ask(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)rest;
    return office_ask(server, request, ret_response);
}

static enum net_answer post_office_leave(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)rest;
    return office_leave(server, request, ret_response);
}

/* A path that ends in '/' is a prefix; `rest` is what follows it. */
static const struct {
    enum net_method method;
    const char *path;
    route_fn *answer;
} routes[] = {
    {NET_POST, "/join", post_join},
    {NET_POST, "/login", post_login},
    {NET_POST, "/leave", post_leave},
    {NET_POST, "/media", post_media},
    {NET_GET, "/picture/", picture_show},
    {NET_GET, "/snapshot/", get_snapshot},
    {NET_GET, "/result/", get_result},
    {NET_GET, "/followup/", follow_show},
    {NET_GET, "/ballots/", get_ballots},
    {NET_GET, "/export/", export_for_desk},
    {NET_GET, "/office/export/", export_for_office},
    {NET_POST, "/office/login", post_office_login},
    {NET_POST, "/office/ask", post_office_ask},
    {NET_POST, "/office/leave", post_office_leave},
    {NET_GET, "/about", get_about},
    {NET_GET, "/healthz", get_health},
    {NET_GET, "/readyz", get_health},
    {NET_GET, "/metrics", get_metrics},
};

bool http_admits(
    void *ctx, const struct net_request *request, struct net_response *ret_response)
{
    return strcmp(request->path, "/office/ask") == 0
               ? office_admits(ctx, request, ret_response)
               : media_admits(ctx, request, ret_response);
}

enum net_answer http_answer(
    void *ctx, const struct net_request *request, struct net_response *ret_response)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        size_t bytes = strlen(routes[i].path);
        bool prefix = routes[i].path[bytes - 1] == '/';
        if (request->method == routes[i].method &&
            strncmp(request->path, routes[i].path, bytes) == 0 &&
            (prefix || request->path[bytes] == '\0')) {
            return routes[i].answer(ctx, request, request->path + bytes, ret_response);
        }
    }
    return NET_UNKNOWN;
}
