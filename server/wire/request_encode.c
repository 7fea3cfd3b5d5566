/* The other direction: for our own clients (replay, demo) and the tests. */
#include "wire/request_fields.h"

void wire_encode_request(struct buf *out, const struct request *request)
{
    fields_write(out, request_fields(request->op), request);
}
