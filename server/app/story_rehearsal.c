/* Is this room ready? Nothing of it stands in this event's log. */
#include "app/story.h"

void story_rehearse(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    enum err err = rehearsal_begin(server, request->as.rehearse.phones, &request->id);
    if (err == ERR_OK) {
        reply_done(server, visitor->conn, &request->id);
    } else {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
    }
}

void story_rehearse_stop(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    rehearsal_stop(server, CAUSE_ASKED);
    reply_done(server, visitor->conn, &request->id);
}
