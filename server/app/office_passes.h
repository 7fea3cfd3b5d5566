/* Who may come into the office: links that let in once, and the sessions that they
 * became. Kept as hashes; ends are told by a clock that is passed in. */
#ifndef APP_OFFICE_PASSES_H
#define APP_OFFICE_PASSES_H

#include "base/bounds.h"
#include "base/uid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct office_pass {
    struct hash hash; /* of the link's or the session's token */
    bool session;     /* false: a link */
    int64_t until_ms;
};

struct office_passes { /* zeros are an empty one */
    struct office_pass items[OFFICE_PASSES_MAX];
    size_t count;
};

/* The link, or session, of this hash that is good at `now_ms`; NULL: unknown or ended. */
const struct office_pass *office_pass_find(
    const struct office_passes *passes, const struct hash *hash, bool session,
    int64_t now_ms);

/* Adds one. Where all places are taken the one that ends first makes room, so an ended
 * one does if there is any: true, and `ret_gone` is its hash. */
bool office_pass_add(
    struct office_passes *passes, const struct office_pass *pass, struct hash *ret_gone);

/* Takes one out, if it is there. */
void office_pass_drop(struct office_passes *passes, const struct hash *hash);

#endif
