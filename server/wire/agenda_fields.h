/* The rows of an agenda and of a phase's time, for requests and for the log. */
#ifndef WIRE_AGENDA_FIELDS_H
#define WIRE_AGENDA_FIELDS_H

#include "wire/fields.h"

/* struct agenda; what its phases may be is the fold's to say. */
extern const struct field_kind field_phases;

#define AGENDA_FIELD(type, member)                                                       \
    {                                                                                    \
        .key = "phases", .kind = &field_phases, .at = offsetof(type, member)             \
    }

#define TIMER_FIELDS(type, timer)                                                        \
    {.key = "running", .kind = &field_bool, .at = offsetof(type, timer.running)},        \
    {                                                                                    \
        .key = "add_ms", .kind = &field_int, .at = offsetof(type, timer.add_ms),         \
        .optional = true, .max = TIMER_MS_MAX                                            \
    }

#endif
