#include "app/office_passes.h"

#include "trust/trust.h"

static size_t place_of(const struct office_passes *passes, const struct hash *hash)
{
    size_t found = passes->count;
    for (size_t i = 0; i < passes->count; i++) {
        if (trust_equal(&passes->items[i].hash, hash, sizeof *hash)) {
            found = i;
        }
    }
    return found;
}

const struct office_pass *office_pass_find(
    const struct office_passes *passes, const struct hash *hash, bool session,
    int64_t now_ms)
{
    size_t at = place_of(passes, hash);
    const struct office_pass *pass = at < passes->count ? &passes->items[at] : NULL;
    return pass != NULL && pass->session == session && now_ms < pass->until_ms ? pass
                                                                               : NULL;
}

static size_t first_to_end(const struct office_passes *passes)
{
    size_t first = 0;
    for (size_t i = 1; i < passes->count; i++) {
        if (passes->items[i].until_ms < passes->items[first].until_ms) {
            first = i;
        }
    }
    return first;
}

bool office_pass_add(
    struct office_passes *passes, const struct office_pass *pass, struct hash *ret_gone)
{
    if (passes->count < OFFICE_PASSES_MAX) {
        passes->items[passes->count++] = *pass;
        return false;
    }
    size_t at = first_to_end(passes);
    *ret_gone = passes->items[at].hash;
    passes->items[at] = *pass;
    return true;
}

void office_pass_drop(struct office_passes *passes, const struct hash *hash)
{
    size_t at = place_of(passes, hash);
    if (at < passes->count) {
        passes->items[at] = passes->items[--passes->count];
    }
}
