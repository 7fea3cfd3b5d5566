#include "app/passes.h"

#include "trust/trust.h"

#include <string.h>

/* A session has one pass: who joins again and again pushes out nobody else's. */
static struct pass *place_for(struct passes *passes, const struct hash *session)
{
    for (uint32_t i = 0; i < PASSES_MAX; i++) {
        struct pass *pass = &passes->items[i];
        if (!uid_is_zero(&pass->id) &&
            memcmp(pass->session.bytes, session->bytes, HASH_BYTES) == 0) {
            return pass;
        }
    }
    struct pass *next = &passes->items[passes->next];
    passes->next = (passes->next + 1) % PASSES_MAX;
    return next;
}

void pass_new(
    struct passes *passes, const struct hash *session, int64_t now_ms, struct uid *ret_id)
{
    trust_random_uid(ret_id);
    *place_for(passes, session) =
        (struct pass){.id = *ret_id, .session = *session, .until_ms = now_ms + PASS_MS};
}

bool pass_take(
    struct passes *passes, const struct uid *id, int64_t now_ms, struct hash *ret_session)
{
    for (uint32_t i = 0; i < PASSES_MAX && !uid_is_zero(id); i++) {
        struct pass *pass = &passes->items[i];
        if (!uid_equal(&pass->id, id)) {
            continue;
        }
        bool good = now_ms < pass->until_ms;
        if (good) {
            *ret_session = pass->session;
        }
        *pass = (struct pass){0};
        return good;
    }
    return false;
}
