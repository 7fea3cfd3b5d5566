/* A whole log, as it is found at start: lines, `H` and a row of the history, or `B` and a
 * row of the first poll's ballot lane. Whatever folds, folds twice to the same state. */
#include "fuzz.h"

#include "base/bounds.h"
#include "domain/fold.h"
#include "unit/domain/digest.h"
#include "wire/wire.h"

#include <string.h>

struct folding {
    struct event event;
    int64_t poll; /* 0: the history */
    int64_t seq;
    size_t applied;
};

static enum err apply(void *ctx, const struct entry *entry)
{
    struct folding *of = ctx;
    struct outcome outcome = {0};
    if (of->poll != 0) {
        return event_apply_lane(&of->event, of->poll, of->seq, entry, &outcome);
    }
    int64_t before = of->event.pos;
    enum err err = event_apply(&of->event, entry, &outcome);
    FUZZ_MUST(err != ERR_OK || of->event.pos == before + 1);
    of->applied += err == ERR_OK && outcome.err == ERR_OK;
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

static void fold(struct folding *of, const uint8_t *data, size_t size, uint64_t seed)
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct folding one;
    struct folding two;
    struct buf states[2];
    fold(&one, data, size, 1);
    fold(&two, data, size, 0x9e3779b97f4a7c15u);
    buf_init(&states[0], EXPORT_BYTES_MAX);
    buf_init(&states[1], EXPORT_BYTES_MAX);
    digest_event(&states[0], &one.event);
    digest_event(&states[1], &two.event);
    FUZZ_MUST(span_equal(buf_span(&states[0]), buf_span(&states[1])));
    FUZZ_MUST(one.applied == two.applied);
    buf_fini(&states[0]);
    buf_fini(&states[1]);
    event_fini(&one.event);
    event_fini(&two.event);
    return 0;
}
