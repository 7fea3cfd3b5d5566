#include "app/err_text.h"

#include <errno.h>
#include <uv.h>

static const char *const TEXTS[ERR_COUNT] = {
    [ERR_NOMEM] = "out of memory",
    [ERR_IO] = "reading or writing failed",
    [ERR_NO_SPACE] = "the disk is full, or has less than 64 MB free",
    [ERR_DAMAGED] = "the store is damaged; it was left as it is: use a backup",
    [ERR_FOREIGN] = "this file belongs to another program; it was left as it is",
    [ERR_NEWER] = "the store was written by a newer version; it was left as it is",
    [ERR_LOCKED] = "another process has the store open and does not answer",
    [ERR_NOT_FOUND] = "there is no such store",
    [ERR_KEYS_MISSING] = "keys are missing beside the store: put PATH.keys back",
    [ERR_PASSPHRASE] = "the passphrase does not fit, or the file is damaged",
    [ERR_INTERNAL] = "an internal error",
    [ERR_BUSY] = "too busy at the moment, try again",
    [ERR_TOO_LARGE] = "too large",
    [ERR_NOT_JSON] = "the request is no JSON object",
    [ERR_BAD_UTF8] = "the text is not UTF-8",
    [ERR_UNKNOWN_OP] = "the server does not know this request: is it an older version?",
    [ERR_BAD_VALUE] = "a value is out of range",
    [ERR_TEXT_EMPTY] = "the title or a name is empty",
    [ERR_TEXT_TOO_LONG] = "the title is longer than 120 characters, or a name than 40",
    [ERR_NAME_TAKEN] = "two groups or two tags have the same name",
    [ERR_WRONG_EVENT] = "there is no such event",
    [ERR_WRONG_STATE] = "the event is not in a state for this",
    [ERR_TOO_MANY] = "too many",
    [ERR_ARCHIVED] = "the event is archived",
    [ERR_POLL_RUNS] = "a poll is open: close it first",
    [ERR_POLL_UNSEALED] =
        "a poll was closed and is not sealed yet: ten minutes later it is",
    [ERR_CODE_UNKNOWN] = "that is not the event's code",
    [ERR_LINK_UNKNOWN] = "nobody has that place at the desk",
};

const char *err_text(enum err err)
{
    return TEXTS[err] != NULL ? TEXTS[err] : err_code(err);
}

const char *errno_text(void)
{
    return uv_strerror(uv_translate_sys_error(errno));
}
