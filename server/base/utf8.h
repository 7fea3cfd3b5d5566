/* UTF-8: Unicode, chapter 3, table 3-7; RFC 3629. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/span.h"

/* Strictly: no overlong forms, no surrogates, nothing above U+10FFFF, nothing cut off. */
bool utf8_valid(struct span text);

#endif
