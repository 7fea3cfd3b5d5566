/* Making and listing events, and links to their desks. */
#include "app/office_task.h"

#include "base/utf8.h"
#include "domain/access.h"
#include "wire/utf8_text.h"

/* ---- links ---- */

void office_answer_link(void *ctx, const struct outcome *outcome)
{
    struct office_task *task = ctx;
    const struct event *event = task->event;
    struct uid stage_key;
    struct buf answer;
    if (outcome->err != ERR_OK) {
        office_refuse(task, outcome->err);
        return;
    }
    trust_stage_key(hall_keys(task->hall), event->id, event->code, &stage_key);
    buf_init(&answer, 1024);
    office_begin(task, &answer);
    buf_printf(
        &answer, ",\"id\":%lld,\"token\":\"%s\",\"stage_key\":\"", (long long)event->id,
        task->token);
    buf_hex(&answer, stage_key.bytes, sizeof stage_key.bytes);
    buf_text(&answer, "\"}");
    office_answer(task, &answer);
    buf_fini(&answer);
}

void office_invite(
    struct office_task *task, enum role role, const struct content_ref *name)
{
    struct hall_invitation invitation = {.role = role};
    if (name != NULL) {
        invitation.name = *name;
    }
    hall_invite(
        task->hall, task->event, &invitation, task->token, office_answer_link, task);
}

/* Who does not say gets a moderator's. */
static enum err read_role(const cJSON *request, enum role *ret_role)
{
    const char *name = office_text(request, "role");
    *ret_role = ROLE_MODERATOR;
    for (int role = 0; name != NULL && role < ROLE_COUNT; role++) {
        if (role_is_desk((enum role)role) &&
            strcmp(role_name((enum role)role), name) == 0) {
            *ret_role = (enum role)role;
            return ERR_OK;
        }
    }
    return name != NULL ? ERR_BAD_VALUE : ERR_OK;
}

enum err office_event_link(struct office_task *task, const cJSON *request)
{
    enum role role;
    enum err err = office_find_event(task, request);
    if (err == ERR_OK) {
        err = read_role(request, &role);
    }
    if (err == ERR_OK) {
        office_invite(task, role, NULL);
    }
    return err;
}

/* ---- create ---- */

/* The event is there, then its words, its agenda and each of its labels; the link comes
 * last. */
static void on_created(void *ctx, const struct outcome *outcome)
{
    struct office_task *task = ctx;
    enum err err = outcome->err;
    if (err == ERR_OK &&
        (office_give_words(task, on_created) || office_set_agenda(task, on_created) ||
         office_next_label(task, on_created))) {
        return;
    }
    if (err != ERR_OK) {
        office_refuse(task, err);
        return;
    }
    office_invite(task, ROLE_OWNER, NULL);
}

static enum err read_langs(const cJSON *request, struct entry *entry)
{
    const cJSON *langs = cJSON_GetObjectItemCaseSensitive(request, "langs");
    const cJSON *lang = NULL;
    cJSON_ArrayForEach(lang, langs)
    {
        const char *name = cJSON_GetStringValue(lang);
        if (name == NULL || name[0] == '\0' || strlen(name) >= LANG_BYTES_MAX ||
            !lang_valid(name) || entry->as.event_create.lang_count == LANGS_MAX) {
            return ERR_BAD_VALUE;
        }
        memcpy(
            entry->as.event_create.langs[entry->as.event_create.lang_count++], name,
            strlen(name) + 1);
    }
    return entry->as.event_create.lang_count > 0 ? ERR_OK : ERR_MISSING_KEY;
}

static enum err read_mode(const cJSON *request, enum join_mode *ret_mode)
{
    const char *name = office_text(request, "mode");
    for (int mode = 0; name != NULL && mode < JOIN_MODE_COUNT; mode++) {
        if (strcmp(join_mode_name((enum join_mode)mode), name) == 0) {
            *ret_mode = (enum join_mode)mode;
            return ERR_OK;
        }
    }
    return name != NULL ? ERR_BAD_VALUE : ERR_MISSING_KEY;
}

static enum err read_title(const cJSON *request, char ret_title[TITLE_BYTES_MAX + 1])
{
    static const struct text_rule RULE = {.chars_min = 1, .chars_max = TITLE_CHARS_MAX};
    const char *title = office_text(request, "title");
    if (title == NULL) {
        return ERR_MISSING_KEY;
    }
    return utf8_valid(span_of_string(title)) ? text_normalise(title, &RULE, ret_title)
                                             : ERR_BAD_UTF8;
}

/* Where it is not said, the template says it. */
static enum err read_support(
    const struct office_task *task, const cJSON *request, enum support *ret_support)
{
    const char *name = office_text(request, "support");
    *ret_support = task->support;
    for (int support = 0; name != NULL && support < SUPPORT_COUNT; support++) {
        if (strcmp(support_name((enum support)support), name) == 0) {
            *ret_support = (enum support)support;
            return ERR_OK;
        }
    }
    return name == NULL ? ERR_OK : ERR_BAD_VALUE;
}

bool office_flag(const cJSON *request, const char *key)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(request, key));
}

static enum err
read_all(struct office_task *task, const cJSON *request, struct entry *create)
{
    enum err err = read_langs(request, create);
    if (err == ERR_OK) {
        err = read_mode(request, &create->as.event_create.mode);
    }
    if (err == ERR_OK) {
        err = office_read_template(task, request);
    }
    if (err == ERR_OK) {
        err = office_read_labels(task, request);
    }
    create->as.event_create.settings = (struct event_settings){
        .youth = office_flag(request, "youth"),
        .nicknames = office_flag(request, "nicknames")};
    enum support *support = &create->as.event_create.settings.support;
    return err == ERR_OK ? read_support(task, request, support) : err;
}

enum err office_event_create(struct office_task *task, const cJSON *request)
{
    struct entry entry = {.kind = ENTRY_EVENT_CREATE, .role = ROLE_OFFICE};
    struct hall_content content;
    char title[TITLE_BYTES_MAX + 1];
    bool copied = false;
    enum err err = read_title(request, title);
    if (err == ERR_OK) {
        err = office_read_copy(task, request, &entry, &copied);
    }
    if (err == ERR_OK && !copied) {
        err = read_all(task, request, &entry);
    }
    if (err == ERR_OK) {
        err = office_read_words(task, request);
    }
    if (err != ERR_OK) {
        return err;
    }
    task->event = hall_add_event(task->hall);
    if (task->event == NULL) {
        return hall_event_count(task->hall) < EVENTS_MAX ? ERR_NOMEM : ERR_TOO_MANY;
    }
    err = hall_content_new(
        task->hall, entry.as.event_create.langs[0], title, NULL, &content);
    if (err != ERR_OK) {
        return err;
    }
    trust_random_uid(&entry.command);
    hall_new_code(task->hall, entry.as.event_create.code);
    entry.as.event_create.title = content.ref;
    hall_submit(
        task->hall, task->event, &entry,
        (struct hall_docs){.items = &content.doc, .count = 1}, on_created, task);
    hall_content_fini(&content);
    return ERR_OK;
}

/* ---- list ---- */

void office_write_text(struct buf *out, struct hall *hall, const struct content_ref *ref)
{
    const struct wire_texts *texts = hall_texts(hall);
    struct span doc = texts->find(texts->ctx, &ref->id);
    cJSON *json = cJSON_ParseWithLength((const char *)doc.data, doc.bytes);
    const char *title = office_text(json, "title");
    buf_json_string(out, span_of_string(title != NULL ? title : ""));
    cJSON_Delete(json);
}

static void write_langs(struct buf *out, const struct event *event)
{
    buf_char(out, '[');
    for (uint16_t i = 0; i < event->lang_count; i++) {
        buf_printf(out, "%s\"%s\"", i != 0 ? "," : "", event->langs[i]);
    }
    buf_char(out, ']');
}

static size_t open_polls(const struct event *event)
{
    size_t open = 0;
    for (size_t i = 0; i < event->poll_count; i++) {
        open += event->polls[i]->state == POLL_OPEN ? 1 : 0;
    }
    return open;
}

static void write_event(struct buf *out, struct hall *hall, const struct event *event)
{
    buf_printf(
        out, "{\"event\":\"%s\",\"id\":%lld,\"mode\":\"%s\",\"title\":", event->code,
        (long long)event->id, join_mode_name(event->mode));
    office_write_text(out, hall, &event->title);
    buf_text(out, ",\"langs\":");
    write_langs(out, event);
    buf_printf(
        out,
        ",\"participants\":%zu,\"tickets\":%zu,\"ideas\":%zu,\"polls\":%zu,"
        "\"created_at_ms\":%lld,\"people\":%lld,\"open_polls\":%zu,"
        "\"archived_at_ms\":%lld}",
        event->participant_count, event->ticket_count, event->idea_count,
        event->poll_count, (long long)event->created_at_ms, (long long)event->people,
        open_polls(event), (long long)event->archived_at_ms);
}

enum err office_event_list(struct office_task *task, const cJSON *request)
{
    (void)request;
    struct buf answer;
    bool first = true;
    buf_init(&answer, ANSWER_BYTES_MAX);
    buf_text(&answer, "{\"ok\":true,\"events\":[");
    for (size_t i = 0; i < hall_event_count(task->hall); i++) {
        const struct event *event = hall_event_at(task->hall, i);
        if (event->created && !event->rehearsal) {
            buf_text(&answer, first ? "" : ",");
            write_event(&answer, task->hall, event);
            first = false;
        }
    }
    buf_text(&answer, "]}");
    office_answer(task, &answer);
    buf_fini(&answer);
    return ERR_OK;
}
