/* A checksum of 64 bits over a row, against disks that change bytes, not against people:
 * whoever can write the file can write the sum. */
#ifndef STORE_CHECKSUM_H
#define STORE_CHECKSUM_H

#include "base/span.h"
#include "base/uid.h"
#include "store/store.h"

int64_t checksum_row(
    struct store_lane lane, int64_t seq, const struct uid *uid, struct span body);
int64_t checksum_doc(const char *kind, struct span name, struct span body);

#endif
