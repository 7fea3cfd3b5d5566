/* Frames from strangers. The order of checks: size, UTF-8, JSON, op, keys, values. */
#include "base/bounds.h"
#include "base/utf8.h"
#include "wire/cast_read.h"
#include "wire/json_read.h"
#include "wire/ops.h"
#include "wire/request_fields.h"

#include <string.h>

_Static_assert(
    sizeof((struct wire_fault *)NULL)->key == FAULT_KEY_BYTES, "keys are copied whole");

/* What every message goes through before its keys are looked at. */
static enum err parse_frame(struct span frame, size_t bytes_max, cJSON **ret_json)
{
    if (frame.bytes > bytes_max) {
        return ERR_TOO_LARGE;
    }
    if (!utf8_valid(frame)) {
        return ERR_BAD_UTF8;
    }
    cJSON *json;
    enum err err = json_parse(frame, &json);
    if (err != ERR_OK) {
        return err;
    }
    if (!cJSON_IsObject(json)) {
        cJSON_Delete(json);
        return ERR_NOT_JSON;
    }
    *ret_json = json;
    return ERR_OK;
}

static void name_key(struct wire_fault *fault, const char *key)
{
    memcpy(fault->key, key, strlen(key) + 1);
}

static enum err
read_op(const cJSON *json, size_t frame_bytes, enum op *ret_op, struct wire_fault *fault)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, "op");
    const char *code;
    if (item == NULL) {
        name_key(fault, "op");
        return ERR_MISSING_KEY;
    }
    if (json_read_string(item, &code) != ERR_OK) {
        name_key(fault, "op");
        return ERR_BAD_VALUE;
    }
    for (int op = 0; op < OP_COUNT; op++) {
        if (strcmp(wire_op_code((enum op)op), code) == 0) {
            *ret_op = (enum op)op;
            return frame_bytes <= op_row((enum op)op)->bytes_max ? ERR_OK : ERR_TOO_LARGE;
        }
    }
    return ERR_UNKNOWN_OP;
}

/* The first `id` is the one an answer goes to, whatever else is wrong. */
static void read_id(const cJSON *json, struct wire_fault *fault)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, "id");
    enum err err = json_read_hex(item, fault->id.bytes, UID_BYTES);
    fault->has_id = err == ERR_OK && !uid_is_zero(&fault->id);
}

/* A ballot's id is its message's. */
static void finish_cast(struct request *request)
{
    if (request->op == OP_CAST) {
        request->as.cast.cast.id = request->id;
    }
}

static enum err read_request(
    const cJSON *json, size_t frame_bytes, struct request *ret_request,
    struct wire_fault *fault)
{
    enum op op;
    enum err err = read_op(json, frame_bytes, &op, fault);
    if (err != ERR_OK) {
        return err;
    }
    struct request request;
    memset(&request, 0, offsetof(struct request, drawing.path) + 1);
    request.op = op;
    err = fields_read(json, request_fields(op), &request, fault->key);
    if (err != ERR_OK) {
        return err;
    }
    finish_cast(&request);
    memcpy(
        ret_request, &request,
        offsetof(struct request, drawing.path) + strlen(request.drawing.path) + 1);
    return ERR_OK;
}

enum err wire_decode_request(
    struct span frame, struct request *ret_request, struct wire_fault *ret_fault)
{
    struct wire_fault fault = {.has_id = false};
    cJSON *json = NULL;
    if (cast_read_request(frame, ret_request)) {
        return ERR_OK;
    }
    enum err err = parse_frame(frame, FRAME_BYTES_MAX, &json);
    if (err == ERR_OK) {
        read_id(json, &fault);
        err = read_request(json, frame.bytes, ret_request, &fault);
    }
    cJSON_Delete(json);
    if (err != ERR_OK) {
        *ret_fault = fault;
    }
    return err;
}

/* ---- POST bodies ---- */

static enum err
read_single(const cJSON *json, const char *key, char *ret_value, size_t bytes_max)
{
    const cJSON *item = json->child;
    if (item == NULL) {
        return ERR_MISSING_KEY;
    }
    if (strcmp(item->string, key) != 0) {
        return ERR_UNKNOWN_KEY;
    }
    if (item->next != NULL) {
        bool same = strcmp(item->next->string, key) == 0;
        return same ? ERR_DUPLICATE_KEY : ERR_UNKNOWN_KEY;
    }
    const char *value;
    enum err err = json_read_string(item, &value);
    if (err != ERR_OK) {
        return err;
    }
    size_t bytes = strlen(value);
    if (bytes >= bytes_max) {
        return ERR_TEXT_TOO_LONG;
    }
    memcpy(ret_value, value, bytes + 1);
    return ERR_OK;
}

enum err
wire_decode_single(struct span body, const char *key, char *ret_value, size_t bytes_max)
{
    cJSON *json;
    enum err err = parse_frame(body, POST_BYTES_MAX, &json);
    if (err != ERR_OK) {
        return err;
    }
    err = read_single(json, key, ret_value, bytes_max);
    cJSON_Delete(json);
    return err;
}
