/* PrefLib (soc, soi, toc, toi, and the first category of cat): `# KEY: value` lines, then
 * `weight: 1,{2,3},4`. Options are numbered from 1. */
#include "tally/file.h"

#include <string.h>

struct preflib {
    struct file_reader *reader;
    size_t options;
    bool categories;                            /* only the first one is approved */
    struct tally_text names[TALLY_OPTIONS_MAX]; /* lent by the file's text */
};

/* Steps over `key` if it is here. */
static bool take_key(struct text *text, const char *key)
{
    if (!text_begins(text, key)) {
        return false;
    }
    text->at += strlen(key);
    return true;
}

static struct tally_text read_value(struct text *text)
{
    (void)text_take(text, ' ');
    return text_rest_of_line(text);
}

static enum tally_status read_option_count(struct preflib *preflib)
{
    struct text *text = &preflib->reader->text;
    int64_t options = 0;
    text_skip_blanks(text);
    struct text start = *text;
    enum tally_status status = text_number(text, "how many options", &options);
    if (status != TALLY_OK) {
        return status;
    }
    if (options > TALLY_OPTIONS_MAX) {
        return TALLY_TOO_MANY;
    }
    if (options < 1 || preflib->options != 0) {
        return text_refuse(&start, "how many options, once, at least 1");
    }
    preflib->options = (size_t)options;
    return TALLY_OK;
}

static enum tally_status read_option_name(struct preflib *preflib)
{
    struct text *text = &preflib->reader->text;
    size_t option = 0;
    text_skip_blanks(text);
    enum tally_status status =
        file_option_number(preflib->reader, preflib->options, &option);
    if (status != TALLY_OK) {
        return status;
    }
    if (!text_take(text, ':')) {
        return text_refuse(text, "\":\"");
    }
    preflib->names[option] = read_value(text);
    return TALLY_OK;
}

static enum tally_status read_head_line(struct preflib *preflib)
{
    struct text *text = &preflib->reader->text;
    enum tally_status status = TALLY_OK;
    if (take_key(text, "# NUMBER ALTERNATIVES:")) {
        status = read_option_count(preflib);
    } else if (take_key(text, "# ALTERNATIVE NAME ")) {
        status = read_option_name(preflib);
    } else if (take_key(text, "# TITLE:")) {
        status = names_add(&preflib->reader->file->title, read_value(text));
    } else if (take_key(text, "# DATA TYPE:")) {
        struct tally_text type = read_value(text);
        preflib->categories = type.bytes == 3 && memcmp(type.data, "cat", 3) == 0;
    }
    (void)text_rest_of_line(text);
    return status;
}

/* An option, or several in braces, at one place; `{}` is nobody. */
static enum tally_status read_group(struct preflib *preflib, size_t place)
{
    struct text *text = &preflib->reader->text;
    bool braces = text_take(text, '{');
    text_skip_blanks(text);
    if (braces && text_take(text, '}')) {
        return TALLY_OK;
    }
    bool more = true;
    while (more) {
        size_t option = 0;
        text_skip_blanks(text);
        enum tally_status status =
            file_option_number(preflib->reader, preflib->options, &option);
        if (status == TALLY_OK && (place == 1 || !preflib->categories)) {
            status = file_mark(preflib->reader, option, place);
        }
        if (status != TALLY_OK) {
            return status;
        }
        text_skip_blanks(text);
        more = braces && text_take(text, ',');
    }
    return braces && !text_take(text, '}') ? text_refuse(text, "\",\" or \"}\"")
                                           : TALLY_OK;
}

static enum tally_status read_ballot(struct preflib *preflib)
{
    struct text *text = &preflib->reader->text;
    int64_t weight = 0;
    enum tally_status status = file_weight(preflib->reader, &weight);
    if (status != TALLY_OK) {
        return status;
    }
    if (!text_take(text, ':')) {
        return text_refuse(text, "\":\"");
    }
    text_skip_blanks(text);
    for (size_t place = 1; text_peek(text) != '\n' && text_peek(text) != TEXT_END;
         place++) {
        if (place > 1 && !text_take(text, ',')) {
            return text_refuse(text, "\",\" or the end of the line");
        }
        text_skip_blanks(text);
        status = read_group(preflib, place);
        if (status != TALLY_OK) {
            return status;
        }
        text_skip_blanks(text);
    }
    return file_ballot(preflib->reader, weight);
}

/* An option without a name is called by its number. */
static enum tally_status add_names(struct preflib *preflib)
{
    struct names *names = &preflib->reader->file->names;
    enum tally_status status = TALLY_OK;
    for (size_t o = 0; o < preflib->options && status == TALLY_OK; o++) {
        char number[TALLY_NUMBER_BYTES];
        struct tally_text name = preflib->names[o];
        if (name.data == NULL) {
            name.data = number;
            name.bytes = tally_number_write(
                (struct tally_number){.value = (int64_t)o + 1, .unit = 1}, number);
        }
        status = names_add(names, name);
    }
    return status;
}

enum tally_status read_preflib(struct file_reader *reader)
{
    struct preflib preflib = {.reader = reader};
    struct text *text = &reader->text;
    enum tally_status status = TALLY_OK;
    while (status == TALLY_OK && text_peek(text) != TEXT_END) {
        text_skip_blanks(text);
        int c = text_peek(text);
        if (c == '#') {
            status = read_head_line(&preflib);
        } else if (c != '\n' && c != TEXT_END) {
            status = read_ballot(&preflib);
        }
        if (status == TALLY_OK) {
            (void)text_take(text, '\n');
        }
    }
    return status == TALLY_OK ? add_names(&preflib) : status;
}
