/* Which keys a request may have, by the tables that read it. */
#ifndef REQUEST_KEYS_H
#define REQUEST_KEYS_H

#include "wire/request_fields.h"

#include <string.h>

static inline bool request_may_have(enum op op, const char *key)
{
    const struct field_table table = request_fields(op);
    for (size_t i = 0; i < table.count; i++) {
        if (strcmp(table.fields[i].key, key) == 0) {
            return true;
        }
    }
    return false;
}

static inline enum op request_op(const char *name)
{
    int op = 0;
    while (op < OP_COUNT && strcmp(wire_op_code((enum op)op), name) != 0) {
        op++;
    }
    return (enum op)op;
}

#endif
