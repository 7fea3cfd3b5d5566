/* The office's links and sessions: made, used up, ended. The store knows their hashes. */
#ifndef APP_HALL_OFFICE_H
#define APP_HALL_OFFICE_H

#include "app/hall.h"

/* Makes a link's token, which lets in once within OFFICE_LINK_MS; the caller keeps it to
 * itself until `done`. ERR_BUSY: none was made. */
MUST_CHECK enum err hall_office_link(
    struct hall *hall, char ret_token[TRUST_TOKEN_CHARS + 1], store_done *done,
    void *ctx);

/* Uses a link up and makes a session of SESSION_MS, as above. ERR_LINK_UNKNOWN: unknown,
 * used, too old. ERR_BUSY: it was not used up. */
MUST_CHECK enum err hall_office_enter(
    struct hall *hall, struct span link, char ret_token[TRUST_TOKEN_CHARS + 1],
    store_done *done, void *ctx);

/* Is this the token of a session that has not ended? */
bool hall_office_is_in(const struct hall *hall, const char *token);

/* Ends a session; one that is none has ended. ERR_BUSY: it goes on. */
MUST_CHECK enum err
hall_office_leave(struct hall *hall, const char *token, store_done *done, void *ctx);

/* Ends all sessions and links. ERR_BUSY: none has ended. */
MUST_CHECK enum err hall_office_revoke(struct hall *hall, store_done *done, void *ctx);

#endif
