/* What a new event is made of beside its title: an agenda from a template, or all that
 * another event has but people, ideas and ballots; and words to look out for. */
#include "app/office_task.h"

#include "app/hall_notice.h"

#include <stdlib.h>

/* The desk has the same ones (web/src/lib/agenda/templates.ts): a test compares. */
static const struct {
    const char *name;
    struct agenda agenda;
    enum support support;
} TEMPLATES[] = {
    {"hackathon",
     {7,
      {{.kind = PHASE_CALL, .minutes = 30},
       {.kind = PHASE_COLLECT, .minutes = 90},
       {.kind = PHASE_MERGE, .minutes = 30},
       {.kind = PHASE_SHORTLIST, .minutes = 0},
       {.kind = PHASE_RANK, .minutes = 30},
       {.kind = PHASE_AWARD, .minutes = 30},
       {.kind = PHASE_FOLLOW_UP, .minutes = 0}}},
     SUPPORT_OFF},
    {"workshop",
     {7,
      {{.kind = PHASE_CALL, .minutes = 10},
       {.kind = PHASE_COLLECT, .minutes = 40},
       {.kind = PHASE_MERGE, .minutes = 20},
       {.kind = PHASE_SHORTLIST, .minutes = 10},
       {.kind = PHASE_RANK, .minutes = 20},
       {.kind = PHASE_AWARD, .minutes = 15},
       {.kind = PHASE_FOLLOW_UP, .minutes = 5}}},
     SUPPORT_HIDDEN},
    {"class",
     {5,
      {{.kind = PHASE_CALL, .minutes = 5},
       {.kind = PHASE_COLLECT, .minutes = 15},
       {.kind = PHASE_MERGE, .minutes = 8},
       {.kind = PHASE_RANK, .minutes = 12},
       {.kind = PHASE_AWARD, .minutes = 5}}},
     SUPPORT_OFF},
    {"quick",
     {2, {{.kind = PHASE_RANK, .minutes = 4}, {.kind = PHASE_AWARD, .minutes = 1}}},
     SUPPORT_OFF},
};

enum err office_read_template(struct office_task *task, const cJSON *request)
{
    const char *name = office_text(request, "template");
    for (size_t i = 0; name != NULL && i < sizeof TEMPLATES / sizeof *TEMPLATES; i++) {
        if (strcmp(TEMPLATES[i].name, name) == 0) {
            task->agenda = TEMPLATES[i].agenda;
            task->support = TEMPLATES[i].support;
            return ERR_OK;
        }
    }
    return name == NULL || strcmp(name, "none") == 0 ? ERR_OK : ERR_BAD_VALUE;
}

bool office_set_agenda(struct office_task *task, hall_done *done)
{
    if (task->agenda.count == 0) {
        return false;
    }
    struct entry entry = {
        .kind = ENTRY_AGENDA_SET, .role = ROLE_OFFICE, .as.agenda_set = task->agenda};
    task->agenda.count = 0;
    trust_random_uid(&entry.command);
    hall_submit(task->hall, task->event, &entry, hall_no_docs(), done, task);
    return true;
}

/* ---- a copy ---- */

/* Its phases are new ones, about no poll. */
static void copy_agenda(const struct event *event, struct agenda *ret_agenda)
{
    *ret_agenda = event->agenda;
    for (size_t i = 0; i < ret_agenda->count; i++) {
        ret_agenda->phases[i].id = 0;
        ret_agenda->phases[i].poll = 0;
    }
}

/* The caller deletes it. NULL: it was erased, or there is none. */
static cJSON *content_of(struct office_task *task, const struct content_ref *ref)
{
    const struct wire_texts *texts = hall_texts(task->hall);
    struct span doc = texts->find(texts->ctx, &ref->id);
    return cJSON_ParseWithLength((const char *)doc.data, doc.bytes);
}

/* The label's text, likewise. */
static cJSON *text_of(struct office_task *task, const struct label *label)
{
    return label != NULL ? content_of(task, &label->name) : NULL;
}

static const char *name_in(const cJSON *text)
{
    const char *name = office_text(text, "title");
    return name != NULL ? name : "";
}

/* A name whose text was erased is left out. */
static enum err
copy_label(struct office_task *task, const struct event *from, const struct label *label)
{
    cJSON *text = text_of(task, label);
    cJSON *challenge = text_of(task, event_label(from, label->challenge));
    const struct office_label wanted = {
        .kind = label->kind,
        .name = name_in(text),
        .ticket_only = label->ticket_only,
        .challenge = name_in(challenge),
    };
    enum err err = wanted.name[0] != '\0' ? office_keep_label(task, &wanted) : ERR_OK;
    cJSON_Delete(challenge);
    cJSON_Delete(text);
    return err;
}

static enum err
copy_labels(struct office_task *task, const struct event *from, enum label_kind kind)
{
    enum err err = ERR_OK;
    const struct label *labels[LABELS_MAX];
    size_t count = event_labels(from, kind, labels);
    for (size_t i = 0; err == ERR_OK && i < count; i++) {
        err = copy_label(task, from, labels[i]);
    }
    return err;
}

enum err office_read_copy(
    struct office_task *task, const cJSON *request, struct entry *create,
    bool *ret_copied)
{
    const struct event *from = office_event_in(task->hall, request, "copy");
    if (from == NULL) {
        return office_text(request, "copy") == NULL ? ERR_OK : ERR_WRONG_EVENT;
    }
    create->as.event_create.mode = from->mode;
    create->as.event_create.settings = from->settings;
    create->as.event_create.lang_count = from->lang_count;
    memcpy(create->as.event_create.langs, from->langs, sizeof from->langs);
    copy_agenda(from, &task->agenda);
    enum err err = copy_labels(task, from, LABEL_CHALLENGE); /* groups name them */
    if (err == ERR_OK) {
        err = copy_labels(task, from, LABEL_GROUP);
    }
    if (err == ERR_OK) {
        err = copy_labels(task, from, LABEL_TAG);
    }
    *ret_copied = err == ERR_OK;
    return err;
}

/* ---- words ---- */

enum err office_read_words(struct office_task *task, const cJSON *request)
{
    const struct event *from = office_event_in(task->hall, request, "copy");
    cJSON *text = from != NULL ? content_of(task, &from->words) : NULL;
    const char *list = name_in(text);
    if (list[0] == '\0') {
        list = hall_notice(task->hall, NOTICE_WORDS);
    }
    task->words = list != NULL ? strdup(list) : NULL;
    cJSON_Delete(text);
    return list == NULL || task->words != NULL ? ERR_OK : ERR_NOMEM;
}

bool office_give_words(struct office_task *task, hall_done *done)
{
    struct entry entry = {.kind = ENTRY_EVENT_WORDS, .role = ROLE_OFFICE};
    struct hall_content content;
    if (task->words == NULL) {
        return false;
    }
    enum err err = hall_content_new(task->hall, NULL, task->words, NULL, &content);
    free(task->words);
    task->words = NULL;
    if (err != ERR_OK) {
        const struct outcome outcome = {.err = err};
        done(task, &outcome);
        return true;
    }
    trust_random_uid(&entry.command);
    entry.as.event_words = content.ref;
    hall_submit(
        task->hall, task->event, &entry,
        (struct hall_docs){.items = &content.doc, .count = 1}, done, task);
    hall_content_fini(&content);
    return true;
}
