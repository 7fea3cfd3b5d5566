/* What a rehearsal showed: figures, and what they mean for the evening. */
#ifndef APP_LOAD_VERDICT_H
#define APP_LOAD_VERDICT_H

#include "app/load_ballots.h"
#include "app/load_histogram.h"

#include <cjson/cJSON.h>
#include <stdio.h>

enum load_time {
    TIME_PAGE,    /* the page, from asking */
    TIME_JOIN,    /* a seat, from asking */
    TIME_ARRIVE,  /* page, seat, socket, snapshot: from when it was to come */
    TIME_RECEIPT, /* a ballot's, from when it was to be cast */
    TIME_AGAIN,   /* the same, but the line was lost meanwhile */
    TIME_IDEA,    /* an idea's */
    TIME_PUSH,    /* what the desk did, seen on a phone */
    TIME_BACK,    /* back after a lost line, from losing it */
    TIME_COUNT
};

struct load_figures {
    const char *scenario;
    size_t phones;
    size_t arrived;
    size_t ballots;
    size_t ideas_unanswered;
    size_t receipts;
    size_t wrong_receipts; /* whose proof is not the ballot's */
    size_t refused;        /* requests, for good */
    size_t told_to_wait;   /* refusals with retry_ms, repeated */
    size_t lines_lost;     /* that we did not cut ourselves */
    size_t not_back;       /* phones without a line at the end */
    size_t pushes_missed;  /* phone by push */
    size_t deaf;
    size_t resumed;       /* TLS handshakes that were short ones */
    size_t deeds;         /* of abusers */
    size_t deeds_refused; /* by a word or a close */
    size_t deeds_obeyed;
    bool checked;   /* against the export, and where the server was ours its store */
    bool read_back; /* … from a store whose server had ended */
    struct load_check check;
    bool result_wrong;   /* it is not what the ballots that count say */
    char refusal[32];    /* the first one */
    int64_t late_us_max; /* how late we were with what was due */
    int64_t took_us;     /* from the first arrival to the end */
    int64_t own_cpu_us;
    int64_t part_cpu_us;   /* the server's, of what the scenario is about */
    int64_t server_cpu_us; /* of a server of our own; 0: unknown */
    int64_t server_bytes;  /* its resident memory at the most */
    int64_t before_us; /* slow, abuse: 99 of 100 receipts before that began; 0: no such */
    double idle_percent; /* watch: the server's CPU while nothing happens; below 0:
                            unknown */
    struct histogram times[TIME_COUNT];
};

enum load_grade { GRADE_READY, GRADE_SLOW, GRADE_FAILED };

/* X(NAME, code): what may be wrong. */
#define LOAD_FLAWS(X)                                                                    \
    X(UNCHECKED, "unchecked")                                                            \
    X(LOST, "lost")                                                                      \
    X(DOUBLED, "doubled")                                                                \
    X(FOREIGN, "foreign")                                                                \
    X(WRONG_RECEIPTS, "wrong-receipts")                                                  \
    X(WRONG_RESULT, "wrong-result")                                                      \
    X(NOT_STORED, "not-stored")                                                          \
    X(NOT_IN, "not-in")                                                                  \
    X(REFUSED, "refused")                                                                \
    X(NOT_BACK, "not-back")                                                              \
    X(NEWS_MISSED, "news-missed")                                                        \
    X(DEEDS, "deeds")                                                                    \
    X(LINES_LOST, "lines-lost")                                                          \
    X(SLOW_ARRIVE, "slow-arrive")                                                        \
    X(SLOW_RECEIPT, "slow-receipt")                                                      \
    X(SLOW_AGAIN, "slow-again")                                                          \
    X(SLOW_IDEA, "slow-idea")                                                            \
    X(SLOW_PUSH, "slow-push")                                                            \
    X(SLOW_BACK, "slow-back")                                                            \
    X(LATE, "late")

enum load_flaw {

#define X(name, code) FLAW_##name,
    LOAD_FLAWS(X)
#undef X
        LOAD_FLAW_COUNT
};

#define LOAD_FLAW_BYTES 160

struct load_verdict {
    enum load_grade grade;
    size_t count;
    enum load_flaw flaws[LOAD_FLAW_COUNT];
    char reasons[LOAD_FLAW_COUNT][LOAD_FLAW_BYTES]; /* the same as sentences */
};

const char *load_grade_code(enum load_grade grade);
const char *load_flaw_code(enum load_flaw flaw);

void load_judge(const struct load_figures *figures, struct load_verdict *ret_verdict);

/* The verdict in words and a table. */
void load_print(
    const struct load_figures *figures, const struct load_verdict *verdict, FILE *out);
/* The same as one JSON object; NULL: no memory. The caller deletes. */
cJSON *load_json(const struct load_figures *figures, const struct load_verdict *verdict);

#endif
