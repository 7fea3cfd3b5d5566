/* Casts straight from their bytes, without a tree of them in between: a start reads a
 * million, and a hall that votes sends thousands a second. Read is one spelling only,
 * that of our own programs. Of anything else these say no, also of what is right, and
 * leave everything to fields_read, which says what a message is. */
#ifndef WIRE_CAST_READ_H
#define WIRE_CAST_READ_H

#include "base/span.h"
#include "wire/wire.h"

/* The cast that `text` begins with, as wire_encode_entry writes it: how many bytes it
 * has; 0: there is none. Of its marks only those that are there are set. `ret_entry` is
 * filled in either case. */
size_t cast_read_entry(struct span text, struct entry *ret_entry);

/* A frame with a cast. Of its marks only those that are there are set; untouched if it is
 * none. */
bool cast_read_request(struct span frame, struct request *ret_request);

#endif
