#include "wire/ops.h"

#include <assert.h>

const struct op_row *op_row(enum op op)
{
    static const struct op_row rows[OP_COUNT] = {
#define X(name, code, roles, bytes_max) [OP_##name] = {code, roles, bytes_max},
#include "wire/messages.def"
#undef X
    };
    assert(op < OP_COUNT);
    return &rows[op];
}

const char *wire_op_code(enum op op)
{
    return op_row(op)->code;
}

bool wire_op_allowed(enum op op, enum role role)
{
    static const char letters[ROLE_COUNT] = {
        [ROLE_NONE] = 'A',   [ROLE_PARTICIPANT] = 'P', [ROLE_MODERATOR] = 'M',
        [ROLE_STAGE] = 'S',  [ROLE_OFFICE] = 'A',      [ROLE_OWNER] = 'O',
        [ROLE_HELPER] = 'H', [ROLE_AUDITOR] = 'U',
    };
    assert(role < ROLE_COUNT);
    const char *roles = op_row(op)->roles;
    return strchr(roles, 'A') != NULL || strchr(roles, letters[role]) != NULL;
}
