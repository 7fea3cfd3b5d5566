/* After the end: is every acknowledged ballot on the disk? */
#ifndef APP_LOAD_STORE_H
#define APP_LOAD_STORE_H

#include "app/load.h"

/* Reads the store of a server that has ended, and adds what is amiss there to the
 * figures' `check`: what the server said while it ran came from its memory. ERR_*, after
 * a line on stderr. */
MUST_CHECK enum err load_store_check(struct load *load, const char *store);

#endif
