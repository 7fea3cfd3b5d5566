/* Every kind of log entry as a table of its keys. */
#ifndef WIRE_ENTRY_FIELDS_H
#define WIRE_ENTRY_FIELDS_H

#include "wire/fields.h"

#define ENTRY_VERSION 1

/* An entry with what only its JSON has. */
struct entry_doc {
    int64_t version;
    struct entry entry;
};

/* Offsets are into struct entry_doc. */
struct field_table entry_fields(enum entry_kind kind);

#endif
