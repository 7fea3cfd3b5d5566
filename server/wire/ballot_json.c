#include "wire/ballot_json.h"

#include "wire/json_read.h"
#include "wire/paper_fields.h"
#include "wire/wire.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

/* Adds the ids of a list, all at one place. */
static enum err read_place(const cJSON *list, uint16_t place, struct ballot *ballot)
{
    if (!cJSON_IsArray(list)) {
        return ERR_BAD_VALUE;
    }
    for (const cJSON *item = list->child; item != NULL; item = item->next) {
        if (ballot->mark_count == OPTIONS_MAX) {
            return ERR_TOO_MANY;
        }
        struct mark *mark = &ballot->marks[ballot->mark_count];
        enum err err = json_read_id(item, 1, &mark->option);
        if (err != ERR_OK) {
            return err;
        }
        mark->value = place;
        ballot->mark_count++;
    }
    return ERR_OK;
}

static enum err read_ranking(const cJSON *list, struct ballot *ballot)
{
    if (!cJSON_IsArray(list)) {
        return ERR_BAD_VALUE;
    }
    uint16_t place = 1;
    for (const cJSON *item = list->child; item != NULL; item = item->next, place++) {
        if (cJSON_IsArray(item) && item->child == NULL) {
            return ERR_BAD_VALUE;
        }
        enum err err = read_place(item, place, ballot);
        if (err != ERR_OK) {
            return err; /* TOO_MANY comes before `place` can overflow */
        }
    }
    return ERR_OK;
}

static enum err read_approval(const cJSON *list, struct ballot *ballot)
{
    return read_place(list, 1, ballot);
}

/* An option and its points: ["12",5]. */
static enum err read_pair(const cJSON *pair, struct mark *mark)
{
    const cJSON *option = cJSON_IsArray(pair) ? pair->child : NULL;
    const cJSON *points = option != NULL ? option->next : NULL;
    if (points == NULL || points->next != NULL) {
        return ERR_BAD_VALUE;
    }
    int64_t value;
    enum err err = json_read_int(points, 0, UINT16_MAX, &value);
    if (err != ERR_OK) {
        return err;
    }
    mark->value = (uint16_t)value;
    return json_read_id(option, 1, &mark->option);
}

/* What is too much is for the poll's rules to refuse. */
static enum err read_points(const cJSON *list, struct ballot *ballot)
{
    if (!cJSON_IsArray(list)) {
        return ERR_BAD_VALUE;
    }
    for (const cJSON *item = list->child; item != NULL; item = item->next) {
        if (ballot->mark_count == OPTIONS_MAX) {
            return ERR_TOO_MANY;
        }
        enum err err = read_pair(item, &ballot->marks[ballot->mark_count]);
        if (err != ERR_OK) {
            return err;
        }
        ballot->mark_count++;
    }
    return ERR_OK;
}

static enum err read_answer(const cJSON *item, struct ballot *ballot)
{
    const char *answer;
    enum err err = json_read_string(item, &answer);
    if (err != ERR_OK || strcmp(answer, "abstain") == 0) {
        return err;
    }
    bool yes = strcmp(answer, "yes") == 0;
    if (!yes && strcmp(answer, "no") != 0) {
        return ERR_BAD_VALUE;
    }
    ballot->marks[0].option = yes ? OPTION_YES : OPTION_NO;
    ballot->marks[0].value = 1;
    ballot->mark_count = 1;
    return ERR_OK;
}

static const struct {
    const char *key;
    enum err (*read)(const cJSON *item, struct ballot *ballot);
} forms[BALLOT_FORM_COUNT] = {
    [BALLOT_RANKING] = {"ranking", read_ranking},
    [BALLOT_APPROVAL] = {"approval", read_approval},
    [BALLOT_YESNO] = {"answer", read_answer},
    [BALLOT_SCORE] = {"score", read_points},
    [BALLOT_DOTS] = {"dots", read_points},
};

static enum err read_form(const cJSON *item, struct ballot *ballot)
{
    for (int form = 0; form < BALLOT_FORM_COUNT; form++) {
        if (strcmp(item->string, forms[form].key) == 0) {
            ballot->form = (enum ballot_form)form;
            return forms[form].read(item, ballot);
        }
    }
    return ERR_UNKNOWN_KEY;
}

static int by_option(const void *a, const void *b)
{
    const struct mark *left = a;
    const struct mark *right = b;
    return (left->option > right->option) - (left->option < right->option);
}

static int by_place(const void *a, const void *b)
{
    const struct mark *left = a;
    const struct mark *right = b;
    if (left->value != right->value) {
        return left->value < right->value ? -1 : 1;
    }
    return by_option(a, b);
}

void ballot_sort(struct ballot *ballot)
{
    qsort(
        ballot->marks, ballot->mark_count, sizeof *ballot->marks,
        ballot->form == BALLOT_RANKING ? by_place : by_option);
}

enum err ballot_read(const cJSON *object, struct ballot *ret_ballot)
{
    if (!cJSON_IsObject(object)) {
        return ERR_BAD_VALUE;
    }
    const cJSON *form = object->child;
    if (form == NULL) {
        return ERR_WRONG_FORM;
    }
    if (form->next != NULL) {
        bool same = strcmp(form->string, form->next->string) == 0;
        return same ? ERR_DUPLICATE_KEY : ERR_WRONG_FORM;
    }
    struct ballot ballot = {.mark_count = 0};
    enum err err = read_form(form, &ballot);
    if (err != ERR_OK) {
        return err;
    }
    ballot_sort(&ballot);
    *ret_ballot = ballot;
    return ERR_OK;
}

/* ---- writing ---- */

static void write_option(struct buf *out, int64_t option)
{
    buf_char(out, '"');
    buf_int(out, option);
    buf_char(out, '"');
}

static void write_ranking(struct buf *out, const struct ballot *ballot)
{
    buf_text(out, "{\"ranking\":[");
    for (size_t i = 0; i < ballot->mark_count; i++) {
        bool new_place = i == 0 || ballot->marks[i].value != ballot->marks[i - 1].value;
        assert(i == 0 || by_place(&ballot->marks[i - 1], &ballot->marks[i]) <= 0);
        if (new_place) {
            buf_text(out, i == 0 ? "[" : "],[");
        } else {
            buf_char(out, ',');
        }
        write_option(out, ballot->marks[i].option);
    }
    buf_text(out, ballot->mark_count > 0 ? "]]}" : "]}");
}

static void write_approval(struct buf *out, const struct ballot *ballot)
{
    buf_text(out, "{\"approval\":[");
    for (size_t i = 0; i < ballot->mark_count; i++) {
        assert(i == 0 || by_option(&ballot->marks[i - 1], &ballot->marks[i]) <= 0);
        buf_text(out, i > 0 ? "," : "");
        write_option(out, ballot->marks[i].option);
    }
    buf_text(out, "]}");
}

static void write_points(struct buf *out, const struct ballot *ballot)
{
    buf_printf(out, "{\"%s\":[", forms[ballot->form].key);
    for (size_t i = 0; i < ballot->mark_count; i++) {
        assert(i == 0 || by_option(&ballot->marks[i - 1], &ballot->marks[i]) <= 0);
        buf_text(out, i > 0 ? ",[" : "[");
        write_option(out, ballot->marks[i].option);
        buf_char(out, ',');
        buf_int(out, ballot->marks[i].value);
        buf_char(out, ']');
    }
    buf_text(out, "]}");
}

static void write_answer(struct buf *out, const struct ballot *ballot)
{
    const char *answer = "abstain";
    if (ballot->mark_count > 0) {
        answer = ballot->marks[0].option == OPTION_YES ? "yes" : "no";
    }
    buf_printf(out, "{\"answer\":\"%s\"}", answer);
}

void ballot_write(struct buf *out, const struct ballot *ballot)
{
    switch (ballot->form) {
    case BALLOT_RANKING:
        write_ranking(out, ballot);
        return;
    case BALLOT_APPROVAL:
        write_approval(out, ballot);
        return;
    case BALLOT_YESNO:
        write_answer(out, ballot);
        return;
    case BALLOT_SCORE:
    case BALLOT_DOTS:
        write_points(out, ballot);
        return;
    case BALLOT_FORM_COUNT:
        break;
    }
    assert(false);
}

void wire_encode_ballot(struct buf *out, const struct ballot *ballot)
{
    ballot_write(out, ballot);
}

void wire_ballot_of_kept(
    const struct poll *poll, const struct kept_ballot *kept, struct ballot *ret_ballot)
{
    const struct kept_mark *marks =
        kept->mark_count > 0 ? &poll->marks[kept->marks_at] : NULL;
    ballot_of_marks(&poll->spec, marks, kept->mark_count, ret_ballot);
}
