/* A result as the server gives it, with names in the place of ids. */
#include "app/replay.h"

#include "base/bounds.h"

#include <stdlib.h>

struct naming {
    const struct election *election;
    const int64_t *ids;
};

static bool is_among(const char *key, const char *const *words, size_t count)
{
    for (size_t i = 0; key != NULL && i < count; i++) {
        if (strcmp(key, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Members whose texts are ids, at any depth. */
static bool holds_ids(const char *key)
{
    static const char *const words[] = {"winners",    "ranking", "options", "elected",
                                        "eliminated", "winner",  "loser",   "lot"};
    return is_among(key, words, sizeof words / sizeof words[0]);
}

/* Members whose keys are ids. */
static bool is_keyed_by_ids(const char *key)
{
    static const char *const words[] = {"scores", "votes"};
    return is_among(key, words, sizeof words / sizeof words[0]);
}

/* The name behind an id, in memory of cJSON's; NULL if it is no id of the poll. */
static char *find_name(const struct naming *naming, const char *id)
{
    int64_t wanted = strtoll(id, NULL, 10);
    for (size_t i = 0; i < naming->election->options; i++) {
        if (naming->ids[i] != wanted) {
            continue;
        }
        struct buf name;
        buf_init(&name, FRAME_OTHER_BYTES_MAX);
        election_write_name(naming->election, i, &name);
        cJSON *text = cJSON_ParseWithLength(
            (const char *)name.data, buf_failed(&name) ? 0 : name.bytes);
        buf_fini(&name);
        char *found = cJSON_IsString(text) ? text->valuestring : NULL;
        if (found != NULL) {
            text->valuestring = NULL;
        }
        cJSON_Delete(text);
        return found;
    }
    return NULL;
}

static void replace(const struct naming *naming, char **text)
{
    char *name = *text != NULL ? find_name(naming, *text) : NULL;
    if (name != NULL) {
        cJSON_free(*text);
        *text = name;
    }
}

/* Names one member and what is in it; `ids`: texts here are ids. */
static void name_member(const struct naming *naming, cJSON *item, bool ids)
{
    ids = ids || holds_ids(item->string);
    bool keyed = is_keyed_by_ids(item->string);
    if (ids && cJSON_IsString(item)) {
        replace(naming, &item->valuestring);
    }
    cJSON *child = NULL;
    cJSON_ArrayForEach(child, item)
    {
        name_member(naming, child, ids);
        if (keyed) {
            replace(naming, &child->string);
        }
    }
}

void result_name(cJSON *result, const struct election *election, const int64_t *ids)
{
    struct naming naming = {election, ids};
    name_member(&naming, result, false);
}
