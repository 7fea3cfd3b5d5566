/* The rows of groups, tags and challenges, for requests and for the log. */
#ifndef WIRE_LABEL_FIELDS_H
#define WIRE_LABEL_FIELDS_H

#include "wire/fields.h"
#include "wire/words.h"

#define LABEL_KIND_FIELD(type, member)                                                   \
    {                                                                                    \
        .key = "kind", .kind = &field_enum, .at = offsetof(type, member),                \
        .max = LABEL_KIND_COUNT, .name = word_label_kind                                 \
    }

#define TICKET_ONLY_FIELD(type, member)                                                  \
    {                                                                                    \
        .key = "ticket_only", .kind = &field_bool, .at = offsetof(type, member),         \
        .optional = true                                                                 \
    }

/* Whose an idea is: a group, or its author's again. */
#define TEAM_FIELD(type, member)                                                         \
    {                                                                                    \
        .key = "team", .kind = &field_id, .at = offsetof(type, member),                  \
        .optional = true, .min = 1                                                       \
    }

/* Which one a group works on, or an idea answers; absent: none. */
#define CHALLENGE_FIELD(type, member)                                                    \
    {                                                                                    \
        .key = "challenge", .kind = &field_id, .at = offsetof(type, member),             \
        .optional = true, .min = 1                                                       \
    }

/* Which label another one goes before; absent: it is the last. */
#define BEFORE_FIELD(type, member)                                                       \
    {                                                                                    \
        .key = "before", .kind = &field_id, .at = offsetof(type, member),                \
        .optional = true, .min = 1                                                       \
    }

/* Beside an idea's words: "0" is none, absent says nothing. */
#define CHALLENGE_CHANGE_FIELD(type, member)                                             \
    {                                                                                    \
        .key = "challenge", .kind = &field_challenge, .at = offsetof(type, member),      \
        .optional = true                                                                 \
    }

/* How many and which is the fold's to say. */
#define TAGS_FIELD(type, member, may_lack)                                               \
    {                                                                                    \
        .key = "tags", .kind = &field_tags, .at = offsetof(type, member),                \
        .optional = (may_lack)                                                           \
    }

#endif
