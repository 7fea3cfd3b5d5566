/* tests/golden/messages as data. */
#ifndef TEST_WIRE_GOLDEN_H
#define TEST_WIRE_GOLDEN_H

#include "base/buf.h"

#include <cjson/cJSON.h>

/* Calls `each` for every case of every file but pushes.json; returns how many. */
typedef void
golden_fn(void *ctx, const char *name, struct span frame, const cJSON *expect);
size_t golden_requests(golden_fn *each, void *ctx);

/* What was encoded is exactly the frame of that name in pushes.json. Empties `out`. */
void golden_expect_push(const char *name, struct buf *out);

/* The whole file, NUL-terminated; the caller frees it. */
char *golden_read_file(const char *path);

#endif
