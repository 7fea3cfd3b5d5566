#include "wire/json_read.h"

#include "base/hex.h"
#include "wire/json_scan.h"

enum err json_parse_scanned(struct span text, cJSON **ret_json)
{
    cJSON *json =
        cJSON_ParseWithLengthOpts((const char *)text.data, text.bytes, NULL, false);
    if (json == NULL) {
        return ERR_NOMEM; /* it is JSON: the scanner has said so */
    }
    *ret_json = json;
    return ERR_OK;
}

enum err json_parse(struct span text, cJSON **ret_json)
{
    enum err err = json_scan(text);
    return err == ERR_OK ? json_parse_scanned(text, ret_json) : err;
}

enum err json_read_int(const cJSON *item, int64_t min, int64_t max, int64_t *ret_value)
{
    double value = cJSON_GetNumberValue(item); /* NaN if it is no number */
    if (!(value >= (double)min && value <= (double)max)) {
        return ERR_BAD_VALUE;
    }
    int64_t whole = (int64_t)value;
    if ((double)whole != value) {
        return ERR_BAD_VALUE;
    }
    *ret_value = whole;
    return ERR_OK;
}

enum err json_read_id(const cJSON *item, int64_t min, int64_t *ret_id)
{
    const char *text = cJSON_GetStringValue(item);
    if (text == NULL || *text == '\0' || (text[0] == '0' && text[1] != '\0')) {
        return ERR_BAD_VALUE;
    }
    int64_t id = 0;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') {
            return ERR_BAD_VALUE;
        }
        id = 10 * id + (*text - '0');
        if (id > JSON_INT_MAX) {
            return ERR_BAD_VALUE;
        }
    }
    if (id < min) {
        return ERR_BAD_VALUE;
    }
    *ret_id = id;
    return ERR_OK;
}

enum err json_read_bool(const cJSON *item, bool *ret_value)
{
    if (!cJSON_IsBool(item)) {
        return ERR_BAD_VALUE;
    }
    *ret_value = cJSON_IsTrue(item) != 0;
    return ERR_OK;
}

enum err json_read_string(const cJSON *item, const char **ret_text)
{
    const char *text = cJSON_GetStringValue(item);
    if (text == NULL) {
        return ERR_BAD_VALUE;
    }
    *ret_text = text;
    return ERR_OK;
}

enum err json_read_hex(const cJSON *item, uint8_t *ret_data, size_t bytes)
{
    const char *text = cJSON_GetStringValue(item);
    if (text == NULL || strpbrk(text, "ABCDEF") != NULL) {
        return ERR_BAD_VALUE;
    }
    return hex_decode(text, strlen(text), ret_data, bytes);
}
