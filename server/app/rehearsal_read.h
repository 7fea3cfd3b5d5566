/* What `stimmwerk load --json` prints, as the desk is told of it. */
#ifndef APP_REHEARSAL_READ_H
#define APP_REHEARSAL_READ_H

#include "app/load_verdict.h"
#include "base/err.h"
#include "base/span.h"

/* X(NAME, code): counts, and times in milliseconds, of 99 of 100 where nothing else is
 * said. */
#define REHEARSAL_FIGURES(X)                                                             \
    X(ARRIVED, "arrived")                                                                \
    X(BALLOTS, "ballots")                                                                \
    X(RECEIPTS, "receipts")                                                              \
    X(LOST, "lost")                                                                      \
    X(DOUBLED, "doubled")                                                                \
    X(FOREIGN, "foreign")                                                                \
    X(NOT_BACK, "not_back")                                                              \
    X(ARRIVE, "arrive_ms")                                                               \
    X(RECEIPT, "receipt_ms")                                                             \
    X(PUSH, "push_ms")                                                                   \
    X(BACK, "back_ms")

enum rehearsal_figure {

#define X(name, code) FIGURE_##name,
    REHEARSAL_FIGURES(X)
#undef X
        FIGURE_COUNT
};

const char *rehearsal_figure_code(enum rehearsal_figure figure);

struct rehearsal_verdict {
    enum load_grade grade;
    size_t flaw_count;
    enum load_flaw flaws[LOAD_FLAW_COUNT];
    int64_t figures[FIGURE_COUNT];
};

/* ERR_NOT_JSON; ERR_MISSING_KEY, ERR_BAD_VALUE: it is not what our own program prints.
 * *ret_verdict is then undefined. */
MUST_CHECK enum err
rehearsal_read(struct span text, struct rehearsal_verdict *ret_verdict);

#endif
