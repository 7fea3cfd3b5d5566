#include "fuzz_fold.h"

#include "wire/wire.h"

#include <string.h>

static bool was_taken[ENTRY_KIND_COUNT]; /* in any log */

static enum err apply(void *ctx, const struct entry *entry)
{
    struct folding *of = ctx;
    struct outcome outcome = {0};
    int64_t before = of->event.pos;
    enum err err = of->poll != 0
                       ? event_apply_lane(&of->event, of->poll, of->seq, entry, &outcome)
                       : event_apply(&of->event, entry, &outcome);
    bool taken = err == ERR_OK && outcome.err == ERR_OK;
    bool leaps = entry->kind == ENTRY_EVENT_RESTORE;
    FUZZ_MUST(
        of->poll != 0 || err != ERR_OK || of->event.pos == before + 1 ||
        (leaps && of->event.pos > before));
    of->applied += taken ? 1 : 0;
    was_taken[entry->kind] = was_taken[entry->kind] || taken;
    return err;
}

static void fold_line(struct folding *of, const char *line, size_t bytes)
{
    if (bytes < 2 || (line[0] != 'H' && line[0] != 'B')) {
        return;
    }
    of->poll = line[0] == 'B' ? 1 : 0;
    of->seq += of->poll;
    (void)!wire_decode_batch(span_of(line + 1, bytes - 1), apply, of);
}

void fold(struct folding *of, const uint8_t *data, size_t size, uint64_t seed)
{
    const uint64_t seeds[2] = {seed, ~seed};
    *of = (struct folding){0};
    event_init(&of->event, 1, seeds);
    for (size_t at = 0; at < size;) {
        const uint8_t *end = memchr(data + at, '\n', size - at);
        size_t bytes = end != NULL ? (size_t)(end - data) - at : size - at;
        fold_line(of, (const char *)data + at, bytes);
        at += bytes + 1;
    }
}

void fold_expect_all_kinds(void)
{
    for (int kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        if (!was_taken[kind]) {
            fuzz_broken(entry_kind_code((enum entry_kind)kind), __FILE__, __LINE__);
        }
    }
}
