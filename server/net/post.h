/* Which POSTs there are, and the large bodies that are on their way: their memory is
 * bounded, whoever sends them. */
#ifndef NET_POST_H
#define NET_POST_H

#include "net/request.h"

/* 0, or the status to refuse a POST with. */
int post_check(const struct request *request);

/* The most bytes its body may have; post_check has passed it. */
size_t post_bytes_max(const struct request *request);

/* Does the app say first whether it may come? */
bool post_is_admitted(const struct request *request);

/* Large: few are on their way at a time, each with more time to come. */
bool post_is_upload(const struct request *request);

/* One on its way. Zero: not among them. */
struct upload {
    struct conn *conn;
    const char *session;
    struct upload *prev;
    struct upload *next;
};

/* Among those of conn->net. An older one of the same session is cut. False: there are too
 * many. `session` is borrowed until post_leave. */
bool post_join(struct conn *conn, const char *session, struct upload *upload);
void post_leave(struct upload *upload); /* more than once is fine */

#endif
