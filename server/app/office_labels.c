/* The groups, tags and challenges that a new event is made with. */
#include "app/office_task.h"

#include "base/utf8.h"
#include "wire/utf8_text.h"

static const struct {
    const char *key;
    enum label_kind kind;
    size_t max;
} LISTS[] = {
    {"groups", LABEL_GROUP, GROUPS_MAX},
    {"tags", LABEL_TAG, TAGS_MAX},
    {"challenges", LABEL_CHALLENGE, CHALLENGES_MAX},
};

static enum err read_name(const cJSON *item, char ret_name[LABEL_BYTES_MAX + 1])
{
    static const struct text_rule RULE = {.chars_min = 1, .chars_max = LABEL_CHARS_MAX};
    const char *name = cJSON_GetStringValue(item);
    if (name == NULL) {
        return ERR_BAD_VALUE;
    }
    return utf8_valid(span_of_string(name)) ? text_normalise(name, &RULE, ret_name)
                                            : ERR_BAD_UTF8;
}

static bool is_kept(const cJSON *labels, enum label_kind kind, const char *name)
{
    const cJSON *label = NULL;
    cJSON_ArrayForEach(label, labels)
    {
        if (office_int(label, "kind") == kind &&
            strcmp(office_text(label, "name"), name) == 0) {
            return true;
        }
    }
    return false;
}

enum err office_keep_label(struct office_task *task, const struct office_label *wanted)
{
    if (task->labels == NULL) {
        task->labels = cJSON_CreateArray();
    }
    cJSON *label = cJSON_CreateObject();
    bool made =
        cJSON_AddNumberToObject(label, "kind", wanted->kind) != NULL &&
        cJSON_AddStringToObject(label, "name", wanted->name) != NULL &&
        cJSON_AddBoolToObject(label, "ticket_only", wanted->ticket_only) != NULL &&
        cJSON_AddStringToObject(label, "challenge", wanted->challenge) != NULL &&
        cJSON_AddItemToArray(task->labels, label);
    if (!made) {
        cJSON_Delete(label);
    }
    return made ? ERR_OK : ERR_NOMEM;
}

static enum err keep(struct office_task *task, enum label_kind kind, const cJSON *item)
{
    char name[LABEL_BYTES_MAX + 1];
    enum err err = read_name(item, name);
    if (err != ERR_OK) {
        return err;
    }
    if (is_kept(task->labels, kind, name)) {
        return ERR_NAME_TAKEN;
    }
    return office_keep_label(
        task, &(struct office_label){.kind = kind, .name = name, .challenge = ""});
}

enum err office_read_labels(struct office_task *task, const cJSON *request)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < sizeof LISTS / sizeof LISTS[0] && err == ERR_OK; i++) {
        const cJSON *list = cJSON_GetObjectItemCaseSensitive(request, LISTS[i].key);
        const cJSON *item = list != NULL ? list->child : NULL;
        if (list != NULL && !cJSON_IsArray(list)) {
            err = ERR_BAD_VALUE;
        } else if ((size_t)cJSON_GetArraySize(list) > LISTS[i].max) {
            err = ERR_TOO_MANY;
        }
        for (; item != NULL && err == ERR_OK; item = item->next) {
            err = keep(task, LISTS[i].kind, item);
        }
    }
    return err;
}

static void refuse(struct office_task *task, hall_done *done, enum err err)
{
    const struct outcome outcome = {.err = err};
    done(task, &outcome);
}

static int64_t challenge_called(const struct office_task *task, const char *name)
{
    return name[0] == '\0'
               ? 0
               : hall_label_called(task->hall, task->event, LABEL_CHALLENGE, name, 0);
}

bool office_next_label(struct office_task *task, hall_done *done)
{
    cJSON *label = cJSON_DetachItemFromArray(task->labels, 0);
    if (label == NULL) {
        return false;
    }
    struct entry entry = {.kind = ENTRY_LABEL_ADD, .role = ROLE_OFFICE};
    struct hall_content content;
    enum err err = hall_content_new(
        task->hall, task->event->langs[0], office_text(label, "name"), NULL, &content);
    entry.as.label.kind = (enum label_kind)office_int(label, "kind");
    entry.as.label.ticket_only = office_flag(label, "ticket_only");
    entry.as.label.challenge = challenge_called(task, office_text(label, "challenge"));
    cJSON_Delete(label);
    if (err != ERR_OK) {
        refuse(task, done, err);
        return true;
    }
    trust_random_uid(&entry.command);
    entry.as.label.name = content.ref;
    hall_submit(
        task->hall, task->event, &entry,
        (struct hall_docs){.items = &content.doc, .count = 1}, done, task);
    hall_content_fini(&content);
    return true;
}
