#include "net/http.h"

#include "net/internal.h"
#include "net/lws_http.h"
#include "net/lws_loop.h"
#include "net/post.h"
#include "net/response.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#define LOOK_MS 1000 /* how often an answer that does not go on is looked after */

#define REFUSAL_BYTES 64

/* A request and its answer. */
struct exchange {
    struct request request;
    struct buf body;                 /* of a POST */
    int64_t body_by_ms;              /* 0: no body is waited for */
    bool asking;                     /* the handler has not returned */
    bool later;                      /* the handler answers later */
    bool answered;                   /* the answer below is complete */
    bool close;                      /* after the answer */
    struct buf head;                 /* of the answer */
    struct span content;             /* … and its body: a file's, or: */
    uint8_t *content_owned;          /* a copy, or: */
    struct net_frame *content_frame; /* a reference, or: */
    char refusal[REFUSAL_BYTES];     /* our own */
    struct upload upload;            /* while its body comes */
    size_t sent;                     /* of head and content together */
};

static const char *const code_types = "application/json; charset=utf-8";

static struct exchange *exchange_new(struct conn *conn)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (exchange != NULL) {
        buf_init(&exchange->head, HEAD_BYTES_MAX);
        exchange->close = conn->net->draining;
        conn->exchange = exchange;
    }
    return exchange;
}

void http_drop(struct conn *conn)
{
    struct exchange *exchange = conn->exchange;
    if (exchange == NULL) {
        return;
    }
    conn->exchange = NULL;
    post_leave(&exchange->upload);
    buf_fini(&exchange->body);
    buf_fini(&exchange->head);
    free(exchange->content_owned);
    net_frame_unref(exchange->content_frame);
    free(exchange);
}

int64_t http_due_ms(const struct conn *conn)
{
    const struct exchange *exchange = conn->exchange;
    if (exchange == NULL) {
        return conn->progress_ms + KEEPALIVE_S * 1000LL; /* idle */
    }
    if (exchange->body_by_ms != 0) {
        return exchange->body_by_ms;
    }
    if (!exchange->answered) {
        return INT64_MAX;
    }
    int64_t stuck_ms = conn->progress_ms + conn->net->waits.stuck_ms;
    int64_t idle_ms = conn->looked_ms + LOOK_MS;
    return idle_ms < stuck_ms ? idle_ms : stuck_ms;
}

/* Pitfall: while an answer is on its way libwebsockets leaves what arrives unread, and
 * its loop turns without rest if the answer cannot go on. Who neither reads nor waits for
 * us to finish (no browser does that) is shown out. */
bool http_is_overdue(struct conn *conn)
{
    const struct exchange *exchange = conn->exchange;
    int64_t now_ms = net_now_ms(conn->net);
    conn->looked_ms = now_ms;
    if (exchange == NULL) {
        return now_ms >= conn->progress_ms + KEEPALIVE_S * 1000LL;
    }
    if (exchange->body_by_ms != 0) {
        return now_ms >= exchange->body_by_ms;
    }
    int64_t still_ms = now_ms - conn->progress_ms;
    return exchange->answered && (still_ms >= conn->net->waits.stuck_ms ||
                                  (still_ms >= LOOK_MS && lws_loop_has_unread(conn)));
}

bool http_is_answering(const struct conn *conn)
{
    const struct exchange *exchange = conn->exchange;
    return exchange != NULL && exchange->body_by_ms == 0;
}

bool http_is_stuck(const struct conn *conn, int64_t still_ms)
{
    return conn->exchange->answered &&
           net_now_ms(conn->net) - conn->progress_ms >= still_ms;
}

/* ---- sending ---- */

/* Without memory for a head: nothing else is sent, and the connection ends. */
static struct span head_of(const struct exchange *exchange)
{
    static const char none[] = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\n"
                               "content-length: 0\r\nconnection: close\r\n\r\n";
    return buf_failed(&exchange->head) ? span_of_string(none) : buf_span(&exchange->head);
}

/* Copies the next piece of head and content; returns its bytes. */
static size_t fill_piece(const struct exchange *exchange, uint8_t *piece)
{
    struct span head = head_of(exchange);
    size_t at = exchange->sent;
    size_t filled = 0;
    if (at < head.bytes) {
        filled = head.bytes - at;
        memcpy(piece, head.data + at, filled);
        at = head.bytes;
    }
    size_t offset = at - head.bytes;
    size_t left = exchange->content.bytes - offset;
    size_t bytes = left < WRITE_PIECE_BYTES - filled ? left : WRITE_PIECE_BYTES - filled;
    if (bytes > 0) {
        assert(exchange->content.data != NULL);
        memcpy(piece + filled, exchange->content.data + offset, bytes);
    }
    return filled + bytes;
}

static bool send_piece(struct conn *conn)
{
    struct exchange *exchange = conn->exchange;
    uint8_t *piece = conn->net->piece + FRAME_ROOM;
    size_t bytes = fill_piece(exchange, piece);
    exchange->sent += bytes;
    conn->progress_ms = net_now_ms(conn->net);
    bool last = exchange->sent == head_of(exchange).bytes + exchange->content.bytes;
    if (!lws_http_write(conn, piece, bytes, last)) {
        return false;
    }
    if (!last) {
        lws_http_go_on(conn);
        conn_watch(conn);
        return true;
    }
    bool close = exchange->close;
    http_drop(conn);
    return close ? false : lws_http_finish(conn);
}

/* Makes the head; the content must be set. */
static void
complete(struct conn *conn, struct exchange *exchange, const struct response_head *head)
{
    response_write_head(
        &exchange->head, head, &exchange->request, conn->net->tls != NULL);
    assert(buf_err(&exchange->head) != ERR_TOO_LARGE);
    if (buf_failed(&exchange->head)) {
        exchange->content = span_of(NULL, 0);
        exchange->close = true;
    }
    if (exchange->request.method == REQUEST_HEAD || head->status == 304) {
        exchange->content = span_of(NULL, 0);
    }
    exchange->answered = true;
    conn->progress_ms = net_now_ms(conn->net);
}

/* ---- refusals ---- */

/* 404 keeps the connection; whoever breaks the rules is shown out. */
static void answer_refusal(struct conn *conn, struct exchange *exchange, int status)
{
    const char *code = err_code(response_err(status));
    snprintf(exchange->refusal, sizeof exchange->refusal, "{\"err\":\"%s\"}", code);
    exchange->close = exchange->close || status != 404;
    exchange->content = span_of_string(exchange->refusal);
    const struct response_head head = {
        .status = status,
        .content_type = code_types,
        .content_bytes = exchange->content.bytes,
        .location = status == 308 ? exchange->request.path : NULL,
        .retry_after_s = status == 503 ? 1 : 0,
        .close = exchange->close,
    };
    complete(conn, exchange, &head);
}

static bool refuse(struct conn *conn, int status)
{
    answer_refusal(conn, conn->exchange, status);
    return send_piece(conn);
}

void http_refuse_upgrade(struct conn *conn, int status)
{
    http_drop(conn);
    struct exchange *exchange = exchange_new(conn);
    if (exchange == NULL) {
        return;
    }
    (void)request_read(conn, &exchange->request);
    exchange->close = true;
    (void)refuse(conn, status);
}

/* ---- files ---- */

static enum site_coding
choose_coding(const struct request *request, const struct site_file *file)
{
    if (request->brotli && file->forms[SITE_BROTLI].data != NULL) {
        return SITE_BROTLI;
    }
    return request->gzip && file->forms[SITE_GZIP].data != NULL ? SITE_GZIP : SITE_PLAIN;
}

static bool send_file(struct conn *conn, const struct site_file *file)
{
    struct exchange *exchange = conn->exchange;
    enum site_coding coding = choose_coding(&exchange->request, file);
    const struct site_form *form = &file->forms[coding];
    exchange->content = span_of(form->data, form->bytes);
    const struct response_head head = {
        .status = request_has_etag(&exchange->request, form->etag) ? 304 : 200,
        .content_type = file->type,
        .content_bytes = form->bytes,
        .cache_control =
            file->immutable ? "public, max-age=31536000, immutable" : "no-cache",
        .etag = form->etag,
        .coding = site_coding_name(coding),
        .varies = true,
        .csp = &file->csp,
        .camera = strcmp(file->path, "/kiosk.html") == 0, /* reads printed codes */
        .close = exchange->close,
    };
    complete(conn, exchange, &head);
    return send_piece(conn);
}

/* ---- the handler ---- */

/* Shares or copies the body; false: no memory. */
static bool take_content(struct exchange *exchange, const struct net_response *from)
{
    if (from->frame != NULL) {
        exchange->content_frame = net_frame_ref(from->frame);
        exchange->content = net_frame_text(from->frame);
        return true;
    }
    size_t bytes = from->body.bytes;
    if (bytes > 0) {
        exchange->content_owned = malloc(bytes);
        if (exchange->content_owned == NULL) {
            return false;
        }
        memcpy(exchange->content_owned, from->body.data, bytes);
    }
    exchange->content = span_of(exchange->content_owned, bytes);
    return true;
}

/* The handler's answer; without memory, 503. */
static void
take_answer(struct conn *conn, struct exchange *exchange, const struct net_response *from)
{
    const struct net *net = conn->net;
    bool secure = exchange->request.peer.secure;
    bool known = from->etag != NULL && request_has_etag(&exchange->request, from->etag);
    size_t bytes =
        from->frame != NULL ? net_frame_text(from->frame).bytes : from->body.bytes;
    if (!known && !take_content(exchange, from)) {
        answer_refusal(conn, exchange, 503);
        return;
    }
    struct response_head head = {
        .status = known ? 304 : from->status,
        .content_type = from->content_type,
        .content_bytes = bytes,
        .cache_control = from->cache_control,
        .policy = from->policy,
        .etag = from->etag,
        .file_name = from->file_name,
        .retry_after_s = from->retry_after_s,
        .close = exchange->close,
    };
    response_set_cookie(&head, from, secure ? net->cookie_secure : net->cookie, secure);
    complete(conn, exchange, &head);
}

static struct net_request question_of(const struct conn *conn)
{
    const struct exchange *exchange = conn->exchange;
    const struct request *request = &exchange->request;
    return (struct net_request){
        .id = conn->name,
        .method = request->method == REQUEST_POST ? NET_POST : NET_GET,
        .path = request->path,
        .query = request->query,
        .body = buf_span(&exchange->body),
        .content_type = request->content_type,
        .peer = request->peer,
        .host = request->host,
    };
}

static bool ask(struct conn *conn)
{
    struct net *net = conn->net;
    struct exchange *exchange = conn->exchange;
    struct net_response response = {0};
    const struct net_request question = question_of(conn);
    exchange->asking = true;
    enum net_answer answer = net->handlers.http(net->ctx, &question, &response);
    exchange->asking = false;
    switch (answer) {
    case NET_NOW:
        take_answer(conn, exchange, &response);
        break;
    case NET_LATER:
        if (!exchange->answered) {
            exchange->later = true;
            buf_fini(&exchange->body);
            lws_http_hold(conn);
            return true;
        }
        break;
    case NET_UNKNOWN:
        return refuse(conn, 404);
    }
    buf_fini(&exchange->body); /* the answer may have come from it */
    return send_piece(conn);
}

void net_respond(struct net *net, struct net_conn id, const struct net_response *response)
{
    struct conn *conn = conn_find(net, id);
    struct exchange *exchange = conn != NULL ? conn->exchange : NULL;
    if (exchange == NULL || exchange->answered ||
        (!exchange->asking && !exchange->later)) {
        return;
    }
    take_answer(conn, exchange, response);
    if (exchange->asking) {
        return; /* ask() sends it */
    }
    lws_http_release(conn);
    if (!send_piece(conn)) {
        lws_http_close(conn);
    }
}

/* ---- what libwebsockets says ---- */

static int check(const struct request *request)
{
    switch (request->method) {
    case REQUEST_POST:
        return post_check(request);
    case REQUEST_OTHER:
        return 405;
    case REQUEST_GET:
    case REQUEST_HEAD:
        break;
    }
    return request->content_bytes > 0 ? 400 : 0;
}

/* Pitfall: a request that lies in libwebsockets' hands already, behind a body, makes it
 * turn forever once that body was answered or thrown away. So there is no request behind
 * a body. */
static bool may_be_followed(const struct request *request)
{
    bool simple = request->method == REQUEST_GET || request->method == REQUEST_HEAD;
    return simple && request->content_bytes <= 0;
}

/* May this body come? If not the answer is there at once, and is sent behind the body:
 * whoever still sends does not hear it. */
static bool admit(struct conn *conn)
{
    const struct net_handlers *handlers = &conn->net->handlers;
    struct exchange *exchange = conn->exchange;
    struct net_response response = {0};
    const struct net_request question = question_of(conn);
    if (handlers->admits == NULL) {
        answer_refusal(conn, exchange, 404);
    } else if (!handlers->admits(conn->net->ctx, &question, &response)) {
        take_answer(conn, exchange, &response);
    } else if (
        post_is_upload(&exchange->request) &&
        !post_join(conn, exchange->request.peer.session, &exchange->upload)) {
        answer_refusal(conn, exchange, 503);
    }
    return !exchange->answered;
}

/* Pitfall: a body that libwebsockets read ahead, together with the request before it, is
 * read from freed memory. We only learn whether any connection has something read ahead;
 * then the browser is asked to come again on a fresh one. Browsers wait for an answer
 * before they ask again on the same connection, so this is for whoever does not. */
static bool await_body(struct conn *conn)
{
    const struct net *net = conn->net;
    if (conn->killed) {
        return false;
    }
    if (conn->reused && lws_http_has_read_ahead(conn)) {
        return refuse(conn, 308);
    }
    struct exchange *exchange = conn->exchange;
    buf_init(&exchange->body, post_bytes_max(&exchange->request));
    int wait_ms = net->waits.body_ms;
    bool comes = !post_is_admitted(&exchange->request) || admit(conn);
    if (comes && post_is_upload(&exchange->request)) {
        wait_ms = net->waits.upload_ms;
    }
    exchange->body_by_ms = net_now_ms(net) + wait_ms;
    conn_watch(conn);
    return true;
}

bool http_on_request(struct conn *conn)
{
    struct net *net = conn->net;
    http_drop(conn);
    conn_rename(conn);
    struct exchange *exchange = exchange_new(conn);
    if (exchange == NULL) {
        return false;
    }
    net->stats.http_total++;
    struct request *request = &exchange->request;
    int status = request_read(conn, request);
    conn->reused = conn->phase != CONN_SHAKING;
    conn_set_phase(conn, CONN_HTTP);
    exchange->close = exchange->close || !may_be_followed(request);
    if (status == 0 || request->method == REQUEST_OTHER) {
        status = check(request);
    }
    if (status != 0) {
        return refuse(conn, status);
    }
    if (request->method == REQUEST_POST) {
        return await_body(conn);
    }
    const struct site_file *file = site_find(net->site, request->path);
    return file != NULL ? send_file(conn, file) : ask(conn);
}

bool http_on_body(struct conn *conn, struct span part)
{
    struct exchange *exchange = conn->exchange;
    if (exchange == NULL || exchange->body_by_ms == 0) {
        return false;
    }
    if (exchange->answered) {
        return true; /* refused: thrown away */
    }
    buf_bytes(&exchange->body, part.data, part.bytes);
    return !buf_failed(&exchange->body);
}

bool http_on_body_complete(struct conn *conn)
{
    struct exchange *exchange = conn->exchange;
    if (exchange == NULL || exchange->body_by_ms == 0) {
        return false;
    }
    exchange->body_by_ms = 0;
    post_leave(&exchange->upload);
    return exchange->answered ? send_piece(conn) : ask(conn);
}

bool http_on_writable(struct conn *conn)
{
    struct exchange *exchange = conn->exchange;
    if (conn->killed) {
        return false; /* another piece would put off the timer that ends it */
    }
    bool ready = exchange != NULL && exchange->answered && exchange->body_by_ms == 0;
    return !ready || send_piece(conn);
}
