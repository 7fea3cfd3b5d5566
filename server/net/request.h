/* A request's head, read out of libwebsockets into plain fields and checked. */
#ifndef NET_REQUEST_H
#define NET_REQUEST_H

#include "net/conn.h"

#include "base/bounds.h"

/* The office's cookie comes with requests below its path only, so no other page's do. A
 * name with "__Host-" would have to come with all. */
#define OFFICE_PATH          "/office"
#define OFFICE_COOKIE        "office"
#define OFFICE_COOKIE_SECURE "__Secure-office"

enum request_method { REQUEST_GET, REQUEST_HEAD, REQUEST_POST, REQUEST_OTHER };

struct request {
    enum request_method method;
    char path[PATH_BYTES_MAX];
    char query[PATH_BYTES_MAX];
    char host[HOST_BYTES_MAX];
    char origin[HOST_BYTES_MAX + 16];
    char if_none_match[PATH_BYTES_MAX];
    int64_t content_bytes; /* -1: no Content-Length */
    char content_type[32]; /* without parameters, in lower case; "" if none or longer */
    bool brotli;           /* accepted */
    bool gzip;             /* accepted */
    struct net_peer peer;
};

/* 0, or the status to refuse with: 400 what no browser sends, 404 a path that we cannot
 * have. Method and length are read in any case. */
int request_read(struct conn *conn, struct request *ret_request);

void request_read_peer(struct conn *conn, struct net_peer *ret_peer);

/* Origin is the server's own. `absent_is_fine`: what comes without any is no browser. */
bool request_is_same_origin(const struct request *request, bool absent_is_fine);

/* One of the tags in If-None-Match is `etag`. */
bool request_has_etag(const struct request *request, const char *etag);

/* ---- for upgrades ---- */

/* Copies a header; false if it is absent, too long or holds a NUL. `token` is an enum
 * lws_token_indexes. */
bool request_header(struct conn *conn, int token, char *ret_text, size_t text_bytes);

/* `word` stands in a comma-separated header, whatever its case. */
bool request_list_has(const char *list, const char *word);

#endif
