/* Every kind of log entry as a table of its keys. */
#ifndef WIRE_ENTRY_FIELDS_H
#define WIRE_ENTRY_FIELDS_H

#include "wire/fields.h"

#define ENTRY_VERSION 1

/* Offsets are into struct entry; the version, which only the JSON has, has its own kind.
 */
struct field_table entry_fields(enum entry_kind kind);

#endif
