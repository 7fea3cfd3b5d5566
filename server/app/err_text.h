/* Errors in words, for the operator. Only the command line and the log use them: screens
 * get codes. */
#ifndef APP_ERR_TEXT_H
#define APP_ERR_TEXT_H

#include "base/err.h"

/* A phrase without a full stop; the code itself where there is none. Never NULL. */
const char *err_text(enum err err);

/* What errno says. Never NULL. */
const char *errno_text(void);

#endif
