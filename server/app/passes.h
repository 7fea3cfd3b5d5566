/* Passes. A phone opens its socket while it is still asking to be let in, which saves it
 * a way to the server and back; that socket came without a session, so the answer to the
 * join holds a pass, with which its hello sits down. A pass is good once, and for a
 * moment. */
#ifndef APP_PASSES_H
#define APP_PASSES_H

#include "base/bounds.h"
#include "base/uid.h"

#include <stdbool.h>
#include <stdint.h>

struct pass {
    struct uid id; /* zero: none, or taken */
    struct hash session;
    int64_t until_ms;
};

/* The newest PASSES_MAX; zeros are an empty one. */
struct passes {
    struct pass items[PASSES_MAX];
    uint32_t next;
};

/* A new pass for a session, good for PASS_MS from `now_ms` (monotonic); the one it had
 * before is good no more. */
void pass_new(
    struct passes *passes, const struct hash *session, int64_t now_ms,
    struct uid *ret_id);

/* Uses a pass up. False, and nothing in `ret_session`: unknown, used, too old, or too
 * many came after it. */
bool pass_take(
    struct passes *passes, const struct uid *id, int64_t now_ms,
    struct hash *ret_session);

#endif
