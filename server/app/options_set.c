/* One option's value: from text to the field of its kind, checked. */
#include "app/options_state.h"

#include <errno.h>
#include <inttypes.h>

struct value {
    const struct options_state *state;
    const struct option_row *row;
    const char *text;
    const char *where;
};

static void *field(const struct value *value)
{
    return option_field(value->state, value->row->offset);
}

static int set_switch(const struct value *value)
{
    bool on = strcmp(value->text, "true") == 0;
    if (!on && strcmp(value->text, "false") != 0) {
        return options_refuse(
            value->state->table, "%s%s is true or false, not \"%s\"", value->where,
            value->row->name, value->text);
    }
    *(bool *)field(value) = on;
    return OPTIONS_GO;
}

static int refuse_empty(const struct value *value)
{
    return options_refuse(
        value->state->table, "%s%s is empty", value->where, value->row->name);
}

static int set_text(const struct value *value)
{
    if (value->text[0] == '\0' && value->text != value->row->bare) {
        return refuse_empty(value);
    }
    *(const char **)field(value) = value->text;
    return OPTIONS_GO;
}

static int add_text(const struct value *value)
{
    struct option_list *list = field(value);
    if (value->text[0] == '\0') {
        return refuse_empty(value);
    }
    if (list->count == OPTION_LIST_MAX) {
        return options_refuse(
            value->state->table, "%s%s is given more than %d times", value->where,
            value->row->name, OPTION_LIST_MAX);
    }
    list->words[list->count++] = value->text;
    return OPTIONS_GO;
}

static int set_int(const struct value *value)
{
    char *end = NULL;
    errno = 0;
    long long number = strtoll(value->text, &end, 10);
    bool digits = value->text[0] >= '0' && value->text[0] <= '9' && *end == '\0';
    if (!digits || errno != 0 || number < value->row->min || number > value->row->max) {
        return options_refuse(
            value->state->table,
            "%s%s is a whole number from %" PRId64 " to %" PRId64 ", not \"%s\"",
            value->where, value->row->name, value->row->min, value->row->max,
            value->text);
    }
    *(int64_t *)field(value) = number;
    return OPTIONS_GO;
}

static int set_choice(const struct value *value)
{
    size_t bytes = strlen(value->text);
    int64_t index = 0;
    for (const char *word = value->row->value; *word != '\0'; index++) {
        size_t word_bytes = strcspn(word, "|");
        if (bytes == word_bytes && memcmp(word, value->text, bytes) == 0) {
            *(int64_t *)field(value) = index;
            return OPTIONS_GO;
        }
        word += word_bytes + (word[word_bytes] == '|' ? 1 : 0);
    }
    return options_refuse(
        value->state->table, "%s%s is one of %s, not \"%s\"", value->where,
        value->row->name, value->row->value, value->text);
}

int options_set(
    const struct options_state *state, const struct option_row *row, const char *value,
    const char *where)
{
    struct value given = {.state = state, .row = row, .text = value, .where = where};
    switch (row->kind) {
    case OPTION_FLAG:
    case OPTION_ACTION:
        return set_switch(&given);
    case OPTION_TEXT:
        return set_text(&given);
    case OPTION_INT:
        return set_int(&given);
    case OPTION_CHOICE:
        return set_choice(&given);
    case OPTION_LIST:
        return add_text(&given);
    }
    return 2;
}
