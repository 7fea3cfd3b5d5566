/* Who sits at the desk, and what somebody there may do and see. */
#ifndef WIRE_DESK_JSON_H
#define WIRE_DESK_JSON_H

#include "wire/wire.h"

/* `,"desk":[…]`: all places, if any has changed after `from`. */
void desk_write(
    struct buf *out, const struct event *event, int64_t from,
    const struct wire_texts *texts);

/* `,"may":[…],"sees":[…]`: the requests of this role, and what it is shown. */
void desk_write_rights(struct buf *out, enum role role);

/* `,"banned":[…]`: all who are put out, each by an idea of theirs, if that has changed.
 */
void bans_write(struct buf *out, const struct event *event, int64_t from);

/* `,"words":"…"`: the word list, if it has changed since `from`. */
void words_write(
    struct buf *out, const struct event *event, int64_t from,
    const struct wire_texts *texts);

/* `,"wifi":{…}`: the hall's, if it has changed since `from`. Empty if there is none, and
 * to others than the `desk` also while it is not to be shown. */
void wifi_write(
    struct buf *out, const struct event *event, int64_t from, bool desk,
    const struct wire_texts *texts);

#endif
