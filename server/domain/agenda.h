/* An event's agenda: its phases in order, which of them is on, and how much of its time
 * is left. */
#ifndef DOMAIN_AGENDA_H
#define DOMAIN_AGENDA_H

#include "base/bounds.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum phase_kind {
    PHASE_CALL,      /* people come and hear what it is about */
    PHASE_COLLECT,   /* ideas are collected */
    PHASE_MERGE,     /* what is alike is put together */
    PHASE_SHORTLIST, /* a first poll: which ideas go on */
    PHASE_RANK,      /* the poll that decides */
    PHASE_AWARD,     /* results and prizes */
    PHASE_FOLLOW_UP, /* what happens next */
    PHASE_KIND_COUNT
};

struct phase {
    int64_t id; /* from 1, in the order in which they were made; 0: a new one */
    enum phase_kind kind;
    uint16_t minutes; /* 0: as long as it takes */
    int64_t poll;     /* the one it is about; 0: none */
};

struct agenda {
    uint16_t count; /* 0: the event has none */
    struct phase phases[PHASES_MAX];
};

/* The time of the phase that is on. What has run is measured by whoever enters it, with a
 * clock that nobody sets; between two entries only that one knows how much is left. */
struct timer {
    int64_t total_ms; /* all that the phase was given; 0: it has no timer */
    int64_t run_ms;   /* of it, as the log has it; at most total_ms */
    bool running;
    bool asks; /* the server was started anew while it ran: a moderator says how to go on
                */
};

/* NULL: there is none of this id. */
const struct phase *agenda_phase(const struct agenda *agenda, int64_t id);

/* May a phase of this kind be about a poll? */
bool phase_may_poll(enum phase_kind kind);

const char *phase_kind_name(enum phase_kind kind);

#endif
