/* Ballots as chance has it. */
#ifndef SIM_BALLOT_H
#define SIM_BALLOT_H

#include "base/buf.h"
#include "chance.h"

struct poll;

/* One that this poll takes, in canonical form. */
void ballot_draw(struct buf *out, const struct poll *poll, struct dice *dice);

#endif
