/* A ballot as a phone sends it, and the rules of a poll that it must obey. */
#ifndef DOMAIN_BALLOT_H
#define DOMAIN_BALLOT_H

#include "base/bounds.h"
#include "base/err.h"
#include "base/uid.h"

#include <stdbool.h>
#include <stdint.h>

enum ballot_form {
    BALLOT_RANKING,
    BALLOT_APPROVAL,
    BALLOT_YESNO,
    BALLOT_SCORE,
    BALLOT_DOTS,
    BALLOT_FORM_COUNT
};

/* A poll of form yes/no has two options that are no ideas. Abstaining is a blank ballot.
 */
#define OPTION_YES 1
#define OPTION_NO  2

/* One mark. Its value is, in a ranking, the place (1 is best; equal places are a tie;
 * places are dense: 1, 2, 3 …); in an approval and a yes/no ballot always 1; else
 * points: a score, where an option without a mark has no opinion of it, or dots. */
struct mark {
    int64_t option; /* an idea's id, or OPTION_YES / OPTION_NO */
    uint16_t value; /* place: 1 … OPTIONS_MAX; score: 0 … SCORE_MAX; dots: from 1, all
                       together no more than the poll's */
};

/* The canonical order of marks: in a ranking by place, and inside a place by option; else
 * by option. */
struct ballot {
    enum ballot_form form;
    uint16_t mark_count; /* 0: blank */
    struct mark marks[OPTIONS_MAX];
};

/* What a phone casts, with what the server adds. */
struct cast {
    struct uid id;    /* made on the phone, one for each ballot it makes */
    struct uid slot;  /* pseudonym of (poll, participant); the server's */
    uint32_t epoch;   /* of the session at first arrival; the server's */
    uint32_t counter; /* the phone counts its ballots in this poll, from 1 */
    struct uid nonce; /* hides the ballot in its proof until it is opened */
    struct hash lock; /* SHA-256 of a secret the phone keeps, for the next revote */
    uint16_t share;   /* that it counts in; 0: the poll has none; the server's */
    struct ballot ballot;
};

/* Copies a cast without the marks that are not there: most are not. */
void cast_copy(struct cast *to, const struct cast *from);

/* "ranking", "approval", "yesno", "score", "dots". */
const char *ballot_form_name(enum ballot_form form);

#endif
