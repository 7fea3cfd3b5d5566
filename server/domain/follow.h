/* What became of an idea: the steps it took after the event, each with its department and
 * its next day. A history that only grows. */
#ifndef DOMAIN_FOLLOW_H
#define DOMAIN_FOLLOW_H

#include <stdbool.h>
#include <stdint.h>

enum follow_state {
    FOLLOW_IDEA,      /* accepted: somebody looks after it */
    FOLLOW_PROTOTYPE, /* a first piece is made */
    FOLLOW_PILOT,     /* it is tried out with people */
    FOLLOW_PERMANENT, /* it stays */
    FOLLOW_TRANSFER,  /* others take it over */
    FOLLOW_STOPPED,   /* it ends here, for a reason */
    FOLLOW_STATE_COUNT
};

/* A day of the Gregorian calendar, without a time and a zone. Zero: none. */
struct day {
    uint16_t year;
    uint8_t month; /* 1 … 12 */
    uint8_t of_month;
};

const char *follow_state_name(enum follow_state state);

/* Does nobody wait for news of it any more? */
bool follow_is_final(enum follow_state state);

/* Is there such a day, from 2000 to 9999? */
bool day_is_valid(struct day day);
bool day_is_none(struct day day);

#endif
