/* The rows of a poll's rules, for requests and for the log. */
#ifndef WIRE_SPEC_FIELDS_H
#define WIRE_SPEC_FIELDS_H

#include "wire/fields.h"
#include "wire/words.h"

/* Seats, ranks and dots out of the poll's range are the fold's to refuse, by name. */
#define SPEC_FIELDS(type, spec)                                                          \
    {.key = "form",                                                                      \
     .kind = &field_enum,                                                                \
     .at = offsetof(type, spec.form),                                                    \
     .max = BALLOT_FORM_COUNT,                                                           \
     .name = word_form},                                                                 \
        {.key = "method", .kind = &field_method, .at = offsetof(type, spec.method)},     \
        {.key = "seats",                                                                 \
         .kind = &field_u16,                                                             \
         .at = offsetof(type, spec.seats),                                               \
         .max = UINT16_MAX},                                                             \
        {.key = "ranks",                                                                 \
         .kind = &field_u16,                                                             \
         .at = offsetof(type, spec.ranks_max),                                           \
         .max = UINT16_MAX},                                                             \
        {.key = "dots",                                                                  \
         .kind = &field_u16,                                                             \
         .at = offsetof(type, spec.dots),                                                \
         .optional = true,                                                               \
         .max = UINT16_MAX},                                                             \
        {.key = "ties", .kind = &field_bool, .at = offsetof(type, spec.ties_allowed)},   \
        {.key = "live", .kind = &field_bool, .at = offsetof(type, spec.live)},           \
        {.key = "publication",                                                           \
         .kind = &field_enum,                                                            \
         .at = offsetof(type, spec.publication),                                         \
         .max = PUBLICATION_COUNT,                                                       \
         .name = word_publication},                                                      \
        {.key = "no_own",                                                                \
         .kind = &field_bool,                                                            \
         .at = offsetof(type, spec.no_own),                                              \
         .optional = true},                                                              \
        {.key = "no_late",                                                               \
         .kind = &field_bool,                                                            \
         .at = offsetof(type, spec.no_late),                                             \
         .optional = true},                                                              \
        {.key = "shares",                                                                \
         .kind = &field_shares,                                                          \
         .at = offsetof(type, spec.shares),                                              \
         .optional = true},                                                              \
    {                                                                                    \
        .key = "options", .kind = &field_options, .at = offsetof(type, spec)             \
    }

#endif
