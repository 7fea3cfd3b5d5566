/* The rows of what became of an idea, for requests and for the log. */
#ifndef WIRE_FOLLOW_FIELDS_H
#define WIRE_FOLLOW_FIELDS_H

#include "wire/fields.h"
#include "wire/words.h"

#define FOLLOW_STATE_FIELD(type, member)                                                 \
    {                                                                                    \
        .key = "state", .kind = &field_enum, .at = offsetof(type, member),               \
        .max = FOLLOW_STATE_COUNT, .name = word_follow_state                             \
    }

#define NEXT_DAY_FIELD(type, member)                                                     \
    {                                                                                    \
        .key = "next", .kind = &field_day, .at = offsetof(type, member),                 \
        .optional = true                                                                 \
    }

#endif
