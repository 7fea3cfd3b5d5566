/* The one table of errors. A function that can fail returns `enum err`; its outputs come
 * last, are named ret_*, and are untouched unless it returns ERR_OK. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stddef.h>

enum err {

#define X(name, code) ERR_##name,
#include "base/err.def"
#undef X
    ERR_COUNT
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* The stable code of an error, as the wire spells it: "closed". */
const char *err_code(enum err err);

#endif
