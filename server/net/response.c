#include "net/response.h"

#include <assert.h>
#include <inttypes.h>
#include <time.h>

#define HSTS_S (30L * 24 * 60 * 60)

static const struct {
    int status;
    const char *reason;
} reasons[] = {
    {200, "OK"},
    {204, "No Content"},
    {304, "Not Modified"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
};

enum err response_err(int status)
{
    switch (status) {
    case 403:
        return ERR_NOT_ALLOWED;
    case 404:
        return ERR_NOT_FOUND;
    case 405:
        return ERR_USAGE;
    case 413:
        return ERR_TOO_LARGE;
    case 503:
        return ERR_BUSY;
    default:
        return ERR_BAD_VALUE;
    }
}

/* Nothing that a page of ours needs, but two things that the wall does; and the camera,
 * which one page may ask for. */
static const char permissions[] =
    "accelerometer=(), autoplay=(), browsing-topics=(), "
    "display-capture=(), encrypted-media=(), gamepad=(), geolocation=(), gyroscope=(), "
    "hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), "
    "payment=(), picture-in-picture=(), publickey-credentials-get=(), serial=(), "
    "storage-access=(), usb=(), xr-spatial-tracking=(), "
    "screen-wake-lock=(self), fullscreen=(self)";

static const char *reason_of(int status)
{
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (reasons[i].status == status) {
            return reasons[i].reason;
        }
    }
    return "Status";
}

/* Values come from our own code; a line break in one would be a header of its own. */
static void header(struct buf *out, const char *name, const char *value)
{
    if (value != NULL) {
        assert(strpbrk(value, "\r\n") == NULL);
        buf_printf(out, "%s: %s\r\n", name, value);
    }
}

static void date(struct buf *out)
{
    char text[64];
    struct tm now;
    time_t seconds = time(NULL);
    if (gmtime_r(&seconds, &now) != NULL &&
        strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &now) > 0) {
        header(out, "Date", text);
    }
}

void response_set_cookie(
    struct response_head *head, const struct net_response *from, const char *session_name,
    bool secure)
{
    if (from->set_office != NULL) {
        head->cookie_name = secure ? OFFICE_COOKIE_SECURE : OFFICE_COOKIE;
        head->cookie_value = from->set_office;
        head->cookie_s = from->office_s;
        head->cookie_path = OFFICE_PATH;
    } else {
        head->cookie_name = session_name;
        head->cookie_value = from->set_session;
        head->cookie_s = from->session_s;
        head->cookie_path = "/";
    }
}

/* No other site's page sends it along (Strict), no script reads it; over https it is this
 * host's alone ("__Host-"). */
static void
cookie(struct buf *out, const struct response_head *head, const struct request *request)
{
    if (head->cookie_value == NULL) {
        return;
    }
    assert(strpbrk(head->cookie_value, "\r\n;, ") == NULL);
    buf_printf(
        out,
        "Set-Cookie: %s=%s; Path=%s; Max-Age=%" PRId64
        "; HttpOnly; SameSite=Strict%s\r\n",
        head->cookie_name, head->cookie_value, head->cookie_path, head->cookie_s,
        request->peer.secure ? "; Secure" : "");
}

/* Only where TLS ends here and on the standard port: it binds the name, with all its
 * ports, for a month, and a hall's second door over plain http under the same name would
 * be shut. A proxy decides for itself. Browsers ignore it for bare addresses. */
static void transport_security(struct buf *out, const struct request *request)
{
    if (strpbrk(request->host, ":[") == NULL) {
        buf_printf(out, "Strict-Transport-Security: max-age=%ld\r\n", HSTS_S);
    }
}

static void
security(struct buf *out, const struct response_head *head, const struct request *request)
{
    buf_text(out, "Content-Security-Policy: ");
    if (head->policy != NULL) {
        assert(strpbrk(head->policy, "\r\n") == NULL);
        buf_text(out, head->policy);
    } else {
        csp_write(out, request->host, request->peer.secure, head->csp);
    }
    buf_text(
        out, "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
             "Cross-Origin-Opener-Policy: same-origin\r\n"
             "Cross-Origin-Resource-Policy: same-origin\r\n");
    buf_printf(
        out, "Permissions-Policy: camera=%s, %s\r\n", head->camera ? "(self)" : "()",
        permissions);
}

void response_write_head(
    struct buf *out, const struct response_head *head, const struct request *request,
    bool own_tls)
{
    buf_printf(out, "HTTP/1.1 %d %s\r\n", head->status, reason_of(head->status));
    date(out);
    header(out, "Content-Type", head->content_type);
    if (head->status != 304) {
        buf_printf(out, "Content-Length: %zu\r\n", head->content_bytes);
    }
    const char *cache = head->cache_control;
    header(out, "Cache-Control", cache != NULL ? cache : "no-store");
    header(out, "ETag", head->etag);
    header(out, "Content-Encoding", head->coding);
    header(out, "Vary", head->varies ? "Accept-Encoding" : NULL);
    header(out, "Location", head->location);
    header(out, "Allow", head->status == 405 ? "GET, HEAD, POST" : NULL);
    header(out, "Sec-WebSocket-Version", head->status == 426 ? "13" : NULL);
    header(out, "Connection", head->close ? "close" : NULL);
    if (head->retry_after_s > 0) {
        buf_printf(out, "Retry-After: %d\r\n", head->retry_after_s);
    }
    if (head->file_name != NULL) {
        assert(strpbrk(head->file_name, "\"\\\r\n") == NULL);
        buf_printf(
            out, "Content-Disposition: attachment; filename=\"%s\"\r\n", head->file_name);
    }
    cookie(out, head, request);
    security(out, head, request);
    if (own_tls) {
        transport_security(out, request);
    }
    buf_text(out, "\r\n");
}
