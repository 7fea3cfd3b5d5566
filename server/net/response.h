/* The head of an answer: status, what it is, how long it keeps, and the security headers
 * that every answer carries. */
#ifndef NET_RESPONSE_H
#define NET_RESPONSE_H

#include "net/csp.h"
#include "net/request.h"

#define HEAD_BYTES_MAX 8192

struct response_head {
    int status;
    const char *content_type;  /* or NULL */
    size_t content_bytes;      /* of the body, also for HEAD and 304 */
    const char *cache_control; /* NULL: "no-store" */
    const char *etag;          /* or NULL */
    const char *coding;        /* Content-Encoding, or NULL */
    bool varies;               /* with Accept-Encoding */
    const struct csp_hashes *csp;
    bool camera;              /* the page may ask for it */
    const char *policy;       /* instead of the pages' policy; or NULL */
    const char *cookie_name;  /* with cookie_value */
    const char *cookie_value; /* or NULL */
    int64_t cookie_s;
    const char *cookie_path; /* which requests it comes with */
    const char *location;    /* or NULL */
    const char *file_name;   /* or NULL */
    int retry_after_s;       /* 0: none */
    bool close;              /* Connection: close */
};

/* What net refuses with this status, as a code. */
enum err response_err(int status);

/* The session's cookie, which is called `session_name`, or the office's, if one is set.
 */
void response_set_cookie(
    struct response_head *head, const struct net_response *from, const char *session_name,
    bool secure);

/* `own_tls`: TLS ends here, not in a proxy. */
void response_write_head(
    struct buf *out, const struct response_head *head, const struct request *request,
    bool own_tls);

#endif
