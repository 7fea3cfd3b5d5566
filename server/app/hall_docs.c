#include "app/hall_docs.h"

#include <cjson/cJSON.h>

enum err doc_read_int(struct span body, const char *key, int64_t *ret_value)
{
    cJSON *doc = cJSON_ParseWithLength((const char *)body.data, body.bytes);
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(doc, key);
    bool found =
        cJSON_IsNumber(member) && member->valuedouble >= 0 && member->valuedouble < 9e15;
    if (found) {
        *ret_value = (int64_t)member->valuedouble;
    }
    cJSON_Delete(doc);
    return found ? ERR_OK : ERR_DAMAGED;
}
