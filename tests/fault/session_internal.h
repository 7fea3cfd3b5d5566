/* What the steps of a session need of its way to the server. */
#ifndef FAULT_SESSION_INTERNAL_H
#define FAULT_SESSION_INTERNAL_H

#include "session.h"

/* Has the server ended? Then the session is over. */
bool session_is_gone(struct session *session);
void session_new_id(struct session *session, char ret_id[UID_HEX + 1]);
/* A request that makes something: its id, under `key`. False: the session is over. */
bool session_make(
    struct session *session, size_t guest, const char *op, const char *members,
    const char *key, int64_t *ret_id);
/* POST until it is answered with 200; the JSON is checked. `once`: what it takes works
 * once only, so that a lost answer ends the session. */
bool session_post(
    struct session *session, const char *path, const char *body, bool once,
    char cookie[256]);
/* The office's request, a line; the answer is the caller's. NULL: the session is over. */
cJSON *session_office(struct session *session, const char *request);
/* The same, asked once; NULL: no answer came. */
cJSON *session_ask_once(struct session *session, const char *request);

#endif
