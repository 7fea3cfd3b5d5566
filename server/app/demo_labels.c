/* The demonstration's tags, one for each theme, and its groups, the quarters of a town.
 * What an event has already, from an earlier demonstration, is taken as it is. */
#include "app/demo.h"

#include <stdlib.h>

static const char *const TAGS[THEME_COUNT] = {
    [THEME_GREEN] = "Grün",       [THEME_PLAY] = "Spiel und Sport",
    [THEME_MOVE] = "Unterwegs",   [THEME_CULTURE] = "Kultur",
    [THEME_CARE] = "Füreinander", [THEME_EVERYDAY] = "Alltag",
};

static const char *const GROUPS[DEMO_GROUPS] = {
    "Altstadt", "Nordviertel", "Südviertel", "Hafen"};

/* Which of the names this label has; `count`: none. */
static size_t find_name(const cJSON *label, const char *const *names, size_t count)
{
    size_t i = 0;
    while (i < count && strcmp(phone_text(label, "name"), names[i]) != 0) {
        i++;
    }
    return i;
}

static void
recognise(const cJSON *labels, const char *const *names, size_t count, int64_t *ids)
{
    const cJSON *label = NULL;
    cJSON_ArrayForEach(label, labels)
    {
        size_t i = find_name(label, names, count);
        if (i < count) {
            ids[i] = strtoll(phone_text(label, "label"), NULL, 10);
        }
    }
}

static void on_pushed(void *ctx, const cJSON *message)
{
    struct demo *demo = ctx;
    const cJSON *event = cJSON_GetObjectItemCaseSensitive(message, "event");
    const cJSON *tags = cJSON_GetObjectItemCaseSensitive(event, "tags");
    const cJSON *groups = cJSON_GetObjectItemCaseSensitive(event, "groups");
    recognise(tags, TAGS, THEME_COUNT, demo->tags);
    recognise(groups, GROUPS, DEMO_GROUPS, demo->groups);
}

void demo_labels_watch(struct demo *demo)
{
    desk_on_push(demo->desk, on_pushed, demo);
}

static enum err
make(struct demo *demo, const char *kind, const char *name, int64_t *ret_id)
{
    char members[128];
    snprintf(
        members, sizeof members, ",\"kind\":\"%s\",\"name\":\"%s\",\"lang\":\"de\"", kind,
        name);
    return desk_make(demo->desk, "label.add", span_of_string(members), "label", ret_id);
}

enum err demo_labels_make(struct demo *demo)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < THEME_COUNT && err == ERR_OK; i++) {
        err = demo->tags[i] == 0 ? make(demo, "tag", TAGS[i], &demo->tags[i]) : ERR_OK;
    }
    for (size_t i = 0; i < DEMO_GROUPS && err == ERR_OK; i++) {
        err = demo->groups[i] == 0 ? make(demo, "group", GROUPS[i], &demo->groups[i])
                                   : ERR_OK;
    }
    return err;
}

enum err demo_choose_group(struct demo *demo, struct demo_person *person)
{
    struct uid id;
    char members[64];
    size_t pick = (size_t)demo_between(&demo->random, 0, DEMO_GROUPS);
    person->grouped = true;
    if (pick == DEMO_GROUPS) {
        return ERR_OK; /* is in none */
    }
    snprintf(
        members, sizeof members, ",\"group\":\"%lld\"", (long long)demo->groups[pick]);
    enum err err = phone_ask(person->phone, "group", span_of_string(members), &id);
    return err == ERR_BUSY ? ERR_OK : err;
}
