/* Reading the database: lanes, rows, docs, each checked against its sum. */
#ifndef STORE_READ_H
#define STORE_READ_H

#include "store/database.h"
#include "store/request.h"

/* store_lanes, store_tail, store_docs, store_doc_names. */
MUST_CHECK enum err read_lanes(struct database *database, store_lane_row *row, void *ctx);
MUST_CHECK enum err read_tail(
    struct database *database, struct store_lane lane, int64_t after_seq,
    store_tail_row *row, void *ctx);
MUST_CHECK enum err
read_docs(struct database *database, const char *kind, store_doc_row *row, void *ctx);
MUST_CHECK enum err read_doc_names(
    struct database *database, const char *kind, store_doc_row *row, void *ctx);
/* Of a backend's `doc`. */
MUST_CHECK enum err read_doc(
    struct database *database, const char *kind, struct span name,
    struct doc_copy *ret_copy);

#endif
