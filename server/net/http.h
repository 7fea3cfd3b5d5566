/* HTTP: files, questions to the handler, POST bodies, and answers in pieces. */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include "net/conn.h"

/* Each is false when the connection is to be closed. */
bool http_on_request(struct conn *conn);
bool http_on_body(struct conn *conn, struct span part);
bool http_on_body_complete(struct conn *conn);
bool http_on_writable(struct conn *conn);

/* Answers an upgrade that is not to be. */
void http_refuse_upgrade(struct conn *conn, int status);

/* When to look after the request's body, or the answer's next piece; INT64_MAX: nothing
 * is waited for. */
int64_t http_due_ms(const struct conn *conn);

/* At that time: it has come to nothing. */
bool http_is_overdue(struct conn *conn);

/* A request was heard and its answer is not out yet. */
bool http_is_answering(const struct conn *conn);

/* The answer is there and has not gone on for so long. */
bool http_is_stuck(const struct conn *conn, int64_t still_ms);

/* Forgets the request that is being answered. None is fine. */
void http_drop(struct conn *conn);

#endif
