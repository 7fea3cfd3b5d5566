/* A server whose store fails while phones cast. */
#ifndef FAULT_FAILING_H
#define FAULT_FAILING_H

#include "casters.h"

/* Casts until the server has ended, which must be with EXIT_STORE_FAILED and a line on
 * its stderr that says why. */
void failing_await(struct casters *casters, struct serve *serve);

#endif
