/* The rows of messages.def. */
#ifndef WIRE_OPS_H
#define WIRE_OPS_H

#include "wire/wire.h"

struct op_row {
    const char *code;
    const char *roles; /* as in messages.def */
    size_t bytes_max;
};

const struct op_row *op_row(enum op op);

#endif
