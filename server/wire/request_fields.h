/* Every request as a table of its keys. */
#ifndef WIRE_REQUEST_FIELDS_H
#define WIRE_REQUEST_FIELDS_H

#include "wire/fields.h"
#include "wire/wire.h"

/* Offsets are into struct request; `op` and `id` come first. */
struct field_table request_fields(enum op op);

#endif
