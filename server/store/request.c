#include "store/request.h"

#include <stdlib.h>
#include <string.h>

static size_t bytes_needed(const struct request *request)
{
    size_t bytes = sizeof *request + request->doc_count * sizeof *request->docs;
    bytes += request->body.bytes + request->history_body.bytes;
    bytes += request->path != NULL ? strlen(request->path) + 1 : 0;
    for (size_t i = 0; i < request->doc_count; i++) {
        const struct store_doc *doc = &request->docs[i];
        bytes += strlen(doc->kind) + 1 + doc->name.bytes + doc->body.bytes;
    }
    return bytes;
}

/* Moves `*free_bytes` on by what it took. */
static struct span copy_span(struct span span, uint8_t **free_bytes)
{
    uint8_t *copy = *free_bytes;
    if (span.bytes != 0) {
        memcpy(copy, span.data, span.bytes);
    }
    *free_bytes += span.bytes;
    return span_of(copy, span.bytes);
}

static const char *copy_text(const char *text, uint8_t **free_bytes)
{
    return (const char *)copy_span(span_of(text, strlen(text) + 1), free_bytes).data;
}

struct request *request_copy(const struct request *request)
{
    size_t bytes = bytes_needed(request);
    struct request *copy = malloc(bytes);
    if (copy == NULL) {
        return NULL;
    }
    *copy = *request;
    copy->bytes = bytes;
    copy->next = NULL;
    struct store_doc *docs = (struct store_doc *)(copy + 1);
    uint8_t *free_bytes = (uint8_t *)(docs + request->doc_count);
    copy->docs = docs;
    copy->body = copy_span(request->body, &free_bytes);
    copy->history_body = copy_span(request->history_body, &free_bytes);
    if (request->path != NULL) {
        copy->path = copy_text(request->path, &free_bytes);
    }
    for (size_t i = 0; i < request->doc_count; i++) {
        const struct store_doc *doc = &request->docs[i];
        docs[i].kind = copy_text(doc->kind, &free_bytes);
        docs[i].name = copy_span(doc->name, &free_bytes);
        docs[i].body = copy_span(doc->body, &free_bytes);
    }
    return copy;
}

enum err doc_copy_new(struct span body, struct doc_copy *ret_copy)
{
    uint8_t *data = malloc(body.bytes + 1);
    if (data == NULL) {
        return ERR_NOMEM;
    }
    if (body.bytes > 0) {
        memcpy(data, body.data, body.bytes);
    }
    *ret_copy = (struct doc_copy){data, body.bytes};
    return ERR_OK;
}

void request_free(struct request *request)
{
    if (request != NULL) {
        free(request->found.data);
        free(request);
    }
}

void request_free_list(struct request *list)
{
    while (list != NULL) {
        struct request *next = list->next;
        request_free(list);
        list = next;
    }
}
