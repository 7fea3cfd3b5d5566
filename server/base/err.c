#include "base/err.h"

#include <assert.h>

const char *err_code(enum err err)
{
    static const char *const codes[] = {
#define X(name, code) code,
#include "base/err.def"
#undef X
    };
    assert((size_t)err < sizeof codes / sizeof *codes);
    return codes[err];
}
