/* The types of values that pictures are, in requests and in the log. */
#ifndef WIRE_PICTURE_FIELDS_H
#define WIRE_PICTURE_FIELDS_H

#include "wire/fields.h"

/* Each may be "", which says that there shall be none. */
extern const struct field_kind field_drawing;        /* struct request_drawing */
extern const struct field_kind field_photo_id;       /* struct request_photo */
extern const struct field_kind field_drawing_change; /* struct picture_change */
extern const struct field_kind field_photo_change;   /* struct picture_change */

#endif
