/* A server of our own in this process, and strangers who talk to it. */
#ifndef TESTS_FUZZ_SOCKET_H
#define TESTS_FUZZ_SOCKET_H

#include "fuzz.h"

#include "base/span.h"

/* Connects, sends `first`, waits for its answer if it is not empty, sends `rest` in
 * pieces of `piece` bytes (0: at once), reads what comes, and hangs up. Insists that the
 * server hands up whole, valid text only, and knows nobody any more in the end. */
void socket_say(struct span first, struct span rest, size_t piece);

#endif
