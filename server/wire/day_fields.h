/* A calendar day on the wire and in the log. */
#ifndef WIRE_DAY_FIELDS_H
#define WIRE_DAY_FIELDS_H

#include "wire/fields.h"

#define DAY_CHARS 10

/* With its quotes: "2027-03-01". */
void day_write(struct buf *out, struct day day);

#endif
