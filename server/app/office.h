/* What the office does with a hall: events, links, tickets, exports, backups. The same
 * functions serve the control socket of a running server, commands that open the store
 * themselves and the office's page. A request is one JSON object {"do":"event.create",…};
 * an answer is one JSON object, {"ok":true,…} or {"err":CODE,"what":TEXT}. Requests by
 * "do":
 *
 *   event.create   title, mode ("open"|"ticket"), langs (list), template?,
 *                  groups?, tags?, challenges? (lists of names)
 *                  or title, copy (an event)         → event, id, token, stage_key
 *   event.list                                       → events (list)
 *   event.link     event, role? (else moderator)     → event, id, token, stage_key
 *   event.links    event                             → event, links (list)
 *   event.unlink   event, person                     → event
 *   event.relink   event, person: a new link         → event, id, token, stage_key
 *   event.promises of all events: what is overdue     → promises (list), left_out
 *   event.archive  event, on (bool)                              → event
 *   event.delete   event, confirm (its code)                     → event
 *   event.tickets  event, count, group? (its name)                → event, first, codes
 *   export         event, separator, auditor          → event, files, left_out
 *   backup         out (absolute path of a new file)  → out
 *   notice.set     name ("imprint"|"privacy"), text    "": the configuration's is shown
 *   words.list                                        → words
 *   words.set      words                    new events start with them
 *   office.link                                       → token, of a link to the page
 *   office.revoke                                     ends such links and sessions
 *
 * The page may ask what begins with "event.", but for tickets, notice.set and words.
 *
 * A file has a name, and text or hex; `left_out` pictures had no room.
 *
 * `event` in a request is its code or its number, as text. */
#ifndef APP_OFFICE_H
#define APP_OFFICE_H

#include "app/hall.h"
#include "export/export.h"

typedef void office_done(void *ctx, struct span answer);

/* Does the request only look? Then a hall without its keys will do. */
bool office_reads(struct span request);

/* May the office's page ask for it? */
bool office_is_for_page(struct span request);

/* Answers once, at once or after a commit. */
void office_handle(struct hall *hall, struct span request, office_done *done, void *ctx);

/* The title behind a content ref, appended as a JSON string; "" if it was erased. */
void office_write_text(struct buf *out, struct hall *hall, const struct content_ref *ref);

/* The event's export as a ZIP (application/zip), appended to `out`. ERR_NOMEM,
 * ERR_TOO_LARGE, ERR_INTERNAL. */
MUST_CHECK enum err office_export_zip(
    struct hall *hall, const struct event *event, const struct export_options *options,
    struct buf *out);

/* One of its files, but no picture. Also ERR_NOT_FOUND. */
MUST_CHECK enum err office_export_file(
    struct hall *hall, const struct event *event, const struct export_options *options,
    const char *name, struct buf *out);

#endif
