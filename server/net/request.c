#include "net/request.h"

#include "net/internal.h"
#include "net/lws_compat.h"

#include <stdlib.h>
#include <strings.h>

#define COOKIES_BYTES_MAX HEADER_BYTES_MAX
#define VALUE_BYTES_MAX   256

enum copied { COPIED, COPIED_NONE, COPIED_TOO_LONG, COPIED_BAD };

static enum copied
copy_header(struct conn *conn, int token, char *ret_text, size_t text_bytes)
{
    enum lws_token_indexes index = (enum lws_token_indexes)token;
    int length = lws_hdr_total_length(conn->lws, index);
    ret_text[0] = '\0';
    if (length <= 0) {
        return COPIED_NONE;
    }
    if ((size_t)length >= text_bytes) {
        return COPIED_TOO_LONG;
    }
    /* Pitfall: NULs in a header's value get this far. */
    if (lws_hdr_copy(conn->lws, ret_text, (int)text_bytes, index) < 0 ||
        strlen(ret_text) != (size_t)length) {
        ret_text[0] = '\0';
        return COPIED_BAD;
    }
    return COPIED;
}

bool request_header(struct conn *conn, int token, char *ret_text, size_t text_bytes)
{
    return copy_header(conn, token, ret_text, text_bytes) == COPIED;
}

/* ---- lists ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* The next item of a comma-separated list, trimmed; NULL: no more. */
static const char *next_item(const char **at, size_t *ret_bytes)
{
    const char *start = *at;
    while (is_space(*start) || *start == ',') {
        start++;
    }
    if (*start == '\0') {
        return NULL;
    }
    size_t bytes = strcspn(start, ",");
    *at = start + bytes;
    while (bytes > 0 && is_space(start[bytes - 1])) {
        bytes--;
    }
    *ret_bytes = bytes;
    return start;
}

bool request_list_has(const char *list, const char *word)
{
    size_t bytes = 0;
    const char *item = NULL;
    while ((item = next_item(&list, &bytes)) != NULL) {
        if (bytes == strlen(word) && strncasecmp(item, word, bytes) == 0) {
            return true;
        }
    }
    return false;
}

/* "br;q=0" is a refusal; any other weight will do. */
static bool accepts(const char *list, const char *coding)
{
    size_t bytes = 0;
    const char *item = NULL;
    while ((item = next_item(&list, &bytes)) != NULL) {
        size_t name_bytes = strcspn(item, "; ,");
        if (name_bytes != strlen(coding) || strncasecmp(item, coding, name_bytes) != 0) {
            continue;
        }
        const char *weight = memchr(item, '=', bytes);
        return weight == NULL || strtod(weight + 1, NULL) > 0;
    }
    return false;
}

bool request_has_etag(const struct request *request, const char *etag)
{
    const char *list = request->if_none_match;
    size_t bytes = 0;
    const char *item = NULL;
    while ((item = next_item(&list, &bytes)) != NULL) {
        if (bytes == 1 && *item == '*') {
            return true;
        }
        if (bytes > 2 && strncmp(item, "W/", 2) == 0) { /* a proxy weakened it */
            item += 2;
            bytes -= 2;
        }
        if (bytes == strlen(etag) && memcmp(item, etag, bytes) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- path and query ---- */

static bool consists_of(const char *text, const char *marks)
{
    for (const char *c = text; *c != '\0'; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                     (*c >= '0' && *c <= '9');
        if (!plain && strchr(marks, *c) == NULL) {
            return false;
        }
    }
    return true;
}

/* libwebsockets has decoded the path and taken "..", "//" out. None of ours has a
 * character that needs decoding. */
static int read_path(struct conn *conn, struct request *request)
{
    static const struct {
        enum lws_token_indexes token;
        enum request_method method;
    } methods[] = {
        {WSI_TOKEN_GET_URI, REQUEST_GET},      {WSI_TOKEN_HEAD_URI, REQUEST_HEAD},
        {WSI_TOKEN_POST_URI, REQUEST_POST},    {WSI_TOKEN_OPTIONS_URI, REQUEST_OTHER},
        {WSI_TOKEN_PUT_URI, REQUEST_OTHER},    {WSI_TOKEN_PATCH_URI, REQUEST_OTHER},
        {WSI_TOKEN_DELETE_URI, REQUEST_OTHER},
    };

    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        enum copied copied =
            copy_header(conn, (int)methods[i].token, request->path, sizeof request->path);
        if (copied == COPIED_NONE) {
            continue;
        }
        request->method = methods[i].method;
        if (copied == COPIED_TOO_LONG) {
            return 404;
        }
        return copied == COPIED && consists_of(request->path, "/._~-") ? 0 : 404;
    }
    return 400;
}

/* Pitfall: the versions join a query's arguments differently; so one by one. */
static int read_query(struct conn *conn, struct request *request)
{
    char *at = request->query;
    size_t room = sizeof request->query;
    for (int i = 0; lws_hdr_fragment_length(conn->lws, WSI_TOKEN_HTTP_URI_ARGS, i) > 0;
         i++) {
        if (i > 0 && room > 1) {
            *at++ = '&';
            room--;
        }
        int bytes =
            lws_hdr_copy_fragment(conn->lws, at, (int)room, WSI_TOKEN_HTTP_URI_ARGS, i);
        if (bytes < 0) {
            return 404;
        }
        at[bytes] = '\0';
        if (strlen(at) != (size_t)bytes || !consists_of(at, "._~=-")) {
            return 404;
        }
        at += bytes;
        room -= (size_t)bytes;
    }
    return 0;
}

/* ---- who ---- */

/* The value of the cookie `name`, "" if there is none that could be ours. */
static void find_cookie(const char *cookies, const char *name, char *ret_value)
{
    size_t name_bytes = strlen(name);
    for (const char *at = cookies; *at != '\0';) {
        at += strspn(at, "; ");
        size_t bytes = strcspn(at, "; ");
        const char *value = at + name_bytes + 1;
        if (bytes > name_bytes && strncmp(at, name, name_bytes) == 0 &&
            at[name_bytes] == '=' && bytes - name_bytes - 1 < NET_COOKIE_BYTES_MAX) {
            memcpy(ret_value, value, bytes - name_bytes - 1);
            ret_value[bytes - name_bytes - 1] = '\0';
            return;
        }
        at += bytes;
    }
}

/* A reverse proxy on this machine says whom it speaks for, and whether TLS ended with it:
 * such a peer is not near. Headers of others mean nothing. */
static void read_forwarded(struct conn *conn, struct net_peer *peer)
{
    static const char proto[] = "x-forwarded-proto:";
    char value[VALUE_BYTES_MAX];
    if (!conn->loopback) {
        return;
    }
    int proto_bytes = (int)sizeof proto - 1;
    bool named = lws_hdr_total_length(conn->lws, WSI_TOKEN_X_FORWARDED_FOR) > 0;
    int bytes =
        lws_hdr_custom_copy(conn->lws, value, (int)sizeof value, proto, proto_bytes);
    peer->loopback = !named && bytes < 0;
    peer->secure = peer->secure || (bytes > 0 && strcasecmp(value, "https") == 0);
}

void request_read_peer(struct conn *conn, struct net_peer *ret_peer)
{
    const struct net *net = conn->net;
    char cookies[COOKIES_BYTES_MAX];
    *ret_peer = (struct net_peer){.loopback = conn->loopback, .secure = net->tls != NULL};
    read_forwarded(conn, ret_peer);
    if (request_header(conn, WSI_TOKEN_HTTP_COOKIE, cookies, sizeof cookies)) {
        find_cookie(
            cookies, ret_peer->secure ? net->cookie_secure : net->cookie,
            ret_peer->session);
        find_cookie(
            cookies, ret_peer->secure ? OFFICE_COOKIE_SECURE : OFFICE_COOKIE,
            ret_peer->office);
    }
}

bool request_is_same_origin(const struct request *request, bool absent_is_fine)
{
    const char *scheme = request->peer.secure ? "https://" : "http://";
    size_t bytes = strlen(scheme);
    if (request->origin[0] == '\0') {
        return absent_is_fine;
    }
    return strncasecmp(request->origin, scheme, bytes) == 0 &&
           strcasecmp(request->origin + bytes, request->host) == 0;
}

/* ---- the rest ---- */

/* Pitfall: a Content-Length sent twice arrives as "5, 5" and would be read as 5. */
static int read_length(struct conn *conn, struct request *request)
{
    char digits[VALUE_BYTES_MAX];
    char coding[VALUE_BYTES_MAX];
    request->content_bytes = -1;
    if (copy_header(conn, WSI_TOKEN_HTTP_TRANSFER_ENCODING, coding, sizeof coding) !=
        COPIED_NONE) {
        return 400;
    }
    enum copied copied =
        copy_header(conn, WSI_TOKEN_HTTP_CONTENT_LENGTH, digits, sizeof digits);
    if (copied == COPIED_NONE) {
        return 0;
    }
    if (copied != COPIED || strspn(digits, "0123456789") != strlen(digits) ||
        strlen(digits) > 15) {
        return 400;
    }
    request->content_bytes = strtoll(digits, NULL, 10);
    return 0;
}

static void read_type(const char *text, struct request *request)
{
    size_t bytes = strcspn(text, "; ");
    bool fits = bytes < sizeof request->content_type;
    for (size_t i = 0; fits && i < bytes; i++) {
        bool capital = text[i] >= 'A' && text[i] <= 'Z';
        request->content_type[i] = (char)(capital ? text[i] - 'A' + 'a' : text[i]);
    }
}

static void read_preferences(struct conn *conn, struct request *request)
{
    char text[VALUE_BYTES_MAX];
    if (request_header(conn, WSI_TOKEN_HTTP_ACCEPT_ENCODING, text, sizeof text)) {
        request->brotli = accepts(text, "br");
        request->gzip = accepts(text, "gzip");
    }
    if (request_header(conn, WSI_TOKEN_HTTP_CONTENT_TYPE, text, sizeof text)) {
        read_type(text, request);
    }
    (void)request_header(
        conn, WSI_TOKEN_HTTP_IF_NONE_MATCH, request->if_none_match,
        sizeof request->if_none_match);
}

/* Goes into a policy, into links and into the comparison with Origin. */
static int read_host(struct conn *conn, struct request *request)
{
    enum copied host =
        copy_header(conn, WSI_TOKEN_HOST, request->host, sizeof request->host);
    if (host != COPIED || !consists_of(request->host, ".:[]_-")) {
        request->host[0] = '\0';
        return 400;
    }
    enum copied origin =
        copy_header(conn, WSI_TOKEN_ORIGIN, request->origin, sizeof request->origin);
    return origin == COPIED || origin == COPIED_NONE ? 0 : 400;
}

int request_read(struct conn *conn, struct request *ret_request)
{
    *ret_request = (struct request){0};
    request_read_peer(conn, &ret_request->peer);
    read_preferences(conn, ret_request);
    int status = read_length(conn, ret_request);
    int host_status = read_host(conn, ret_request);
    int path_status = read_path(conn, ret_request);
    status = status == 0 ? host_status : status;
    status = status == 0 ? path_status : status;
    return status == 0 ? read_query(conn, ret_request) : status;
}
