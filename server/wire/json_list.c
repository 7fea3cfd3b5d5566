#include "wire/json_list.h"

#include "wire/json_read.h"
#include "wire/json_scan.h"

static enum err read_element(struct span text, json_element_fn *each, void *ctx)
{
    cJSON *json = NULL;
    if (json_parse_scanned(text, &json) != ERR_OK) {
        return ERR_DAMAGED;
    }
    enum err err = each(ctx, json, text);
    cJSON_Delete(json);
    return err;
}

enum err json_list(struct span list, size_t at, json_element_fn *each, void *ctx)
{
    if (list.bytes < 2 || list.data[0] != '[') {
        return ERR_DAMAGED;
    }
    if (list.bytes == 2 && list.data[1] == ']') {
        return ERR_OK;
    }
    uint8_t after;
    do {
        size_t end;
        if (json_scan_value(list, at, &end) != ERR_OK || end == list.bytes) {
            return ERR_DAMAGED;
        }
        enum err err = read_element(span_of(list.data + at, end - at), each, ctx);
        if (err != ERR_OK) {
            return err;
        }
        after = list.data[end];
        at = end + 1;
    } while (after == ',');
    return after == ']' && at == list.bytes ? ERR_OK : ERR_DAMAGED;
}
