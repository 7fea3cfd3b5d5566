/* One poll as screens see it. */
#ifndef WIRE_POLL_JSON_H
#define WIRE_POLL_JSON_H

#include "wire/wire.h"

void poll_write(
    struct buf *out, const struct event *event, const struct poll *poll,
    const struct wire_texts *texts);

/* {"poll":"3","state":"gone"} */
void poll_write_gone(struct buf *out, const struct poll *poll);

#endif
