/* The rows of an event's settings and of a nickname, for requests and for the log. */
#ifndef WIRE_EVENT_FIELDS_H
#define WIRE_EVENT_FIELDS_H

#include "wire/fields.h"
#include "wire/words.h"

#define NICKNAME_WORD(name, type, member)                                                \
    {                                                                                    \
        .key = (name), .kind = &field_u16, .at = offsetof(type, member), .min = 1,       \
        .max = NICKNAME_WORDS                                                            \
    }
#define NICKNAME_FIELDS(type, nickname)                                                  \
    NICKNAME_WORD("first", type, nickname.first),                                        \
        NICKNAME_WORD("second", type, nickname.second)

/* `may_lack`: false is not written. */
#define SETTING(name, type, member, may_lack)                                            \
    {                                                                                    \
        .key = (name), .kind = &field_bool, .at = offsetof(type, member),                \
        .optional = (may_lack)                                                           \
    }
#define SETTINGS_FIELDS(type, settings, may_lack)                                        \
    SETTING("youth", type, settings.youth, may_lack),                                    \
        SETTING("nicknames", type, settings.nicknames, may_lack),                        \
    {                                                                                    \
        .key = "support", .kind = &field_enum, .at = offsetof(type, settings.support),   \
        .optional = true, .min = 1, .max = SUPPORT_COUNT, .name = word_support           \
    }

#endif
