/* PrefLib (soc, soi, toc, toi, and the first category of cat): `# KEY: value` lines, then
 * `weight: 1,{2,3},4`. Options are numbered from 1. Files in the wild have wrong sums in
 * their heads: those are noted and the ballots believed. */
#include "tally/file.h"
#include "tally/run.h"

#include <string.h>

enum type { TYPE_NONE, TYPE_SOC, TYPE_SOI, TYPE_TOC, TYPE_TOI, TYPE_CAT };

struct said {
    struct text at;
    int64_t number; /* -1: nothing */
};

struct preflib {
    struct file_reader *reader;
    size_t options;
    struct run run;
    enum type type;
    struct text type_at;
    struct said voters;
    struct said distinct;
    int64_t lines; /* of ballots */
    int64_t repeated;
    struct tally_text names[TALLY_OPTIONS_MAX]; /* lent by the file's text */
};

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
        return text_exceed(&start, TALLY_TOO_MANY, "at most 1000 options");
    }
    if (options < 1 || preflib->options != 0) {
        return text_refuse(&start, "how many options, once, at least 1");
    }
    preflib->options = (size_t)options;
    run_init(&preflib->run, NULL, preflib->options, ',');
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

static enum tally_status read_type(struct preflib *preflib)
{
    static const char *const types[] = {
        [TYPE_NONE] = "",   [TYPE_SOC] = "soc", [TYPE_SOI] = "soi",
        [TYPE_TOC] = "toc", [TYPE_TOI] = "toi", [TYPE_CAT] = "cat"};
    struct text start = preflib->reader->text;
    text_skip_blanks(&start);
    struct tally_text type = text_trimmed(read_value(&preflib->reader->text));
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (text_is_word(type, types[i])) {
            preflib->type = (enum type)i;
            preflib->type_at = start;
            return TALLY_OK;
        }
    }
    return text_refuse(&start, "soc, soi, toc, toi or cat");
}

/* A sum in the head; one that is no number says nothing. */
static void read_sum(struct text *text, struct said *said)
{
    struct text number = *text;
    text_skip_blanks(&number);
    said->at = *text;
    number.fault = NULL;
    (void)text_number(&number, "", &said->number);
}

static enum tally_status read_head_line(struct preflib *preflib)
{
    struct text *text = &preflib->reader->text;
    struct text start = *text;
    enum tally_status status = TALLY_OK;
    if (text_take_word(text, "# NUMBER ALTERNATIVES:")) {
        status = read_option_count(preflib);
    } else if (text_take_word(text, "# ALTERNATIVE NAME ")) {
        status = read_option_name(preflib);
    } else if (text_take_word(text, "# TITLE:")) {
        status = file_title(preflib->reader, &start, read_value(text));
    } else if (text_take_word(text, "# DATA TYPE:")) {
        status = read_type(preflib);
    } else if (text_take_word(text, "# NUMBER VOTERS:")) {
        read_sum(text, &preflib->voters);
    } else if (
        text_take_word(text, "# NUMBER UNIQUE ORDERS:") ||
        text_take_word(text, "# NUMBER UNIQUE PREFERENCES:")) {
        read_sum(text, &preflib->distinct);
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
        if (status == TALLY_OK && (place == 1 || preflib->type != TYPE_CAT)) {
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

/* Is the ballot one that its type may hold? */
static bool fits(const struct preflib *preflib, size_t places)
{
    size_t marks = preflib->reader->mark_count;
    bool strict = places == marks;
    bool complete = marks == preflib->options;
    switch (preflib->type) {
    case TYPE_SOC:
        return strict && complete;
    case TYPE_SOI:
        return strict;
    case TYPE_TOC:
        return complete;
    case TYPE_NONE:
    case TYPE_TOI:
    case TYPE_CAT:
        break;
    }
    return true;
}

/* Adds the ballot and notes what is odd about it. Of categories only the first is kept,
 * so that nobody can tell whether they repeat. */
static enum tally_status add_ballot(
    struct preflib *preflib, const struct text *start, size_t places, int64_t weight)
{
    struct file_reader *reader = preflib->reader;
    if (!fits(preflib, places)) {
        file_odd(reader, TALLY_ODD_TYPE, start, 0, 0);
    }
    size_t distinct = tally_profile_distinct(reader->file->profile);
    enum tally_status status = file_ballot(reader, start->at, weight);
    if (status == TALLY_OK) {
        status = file_flush(reader);
    }
    preflib->lines++;
    if (status == TALLY_OK && preflib->type != TYPE_CAT &&
        tally_profile_distinct(reader->file->profile) == distinct) {
        preflib->repeated++;
        file_odd(reader, TALLY_ODD_REPEATED, start, 0, 2);
    }
    return status;
}

static enum tally_status read_ballot(struct preflib *preflib)
{
    struct text *text = &preflib->reader->text;
    struct text start = *text;
    int64_t weight = 0;
    enum tally_status status = file_weight(preflib->reader, &weight);
    if (status != TALLY_OK) {
        return status;
    }
    if (!text_take(text, ':')) {
        return text_refuse(text, "\":\"");
    }
    text_skip_blanks(text);
    size_t places = 0;
    while (!text_is_line_end(text_peek(text))) {
        if (places > 0 && !text_take(text, ',')) {
            return text_refuse(text, "\",\" or the end of the line");
        }
        text_skip_blanks(text);
        if (preflib->type != TYPE_CAT) {
            places++;
            run_mark(&preflib->run, preflib->reader, &places);
            places--;
        }
        status = read_group(preflib, ++places);
        if (status != TALLY_OK) {
            return status;
        }
        text_skip_blanks(text);
    }
    return add_ballot(preflib, &start, places, weight);
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
        struct text at = name.data != number
                             ? text_place(&preflib->reader->text, name.data)
                             : preflib->reader->text;
        status = file_add_name(&at, names, name);
    }
    return status;
}

static void check_sums(struct preflib *preflib)
{
    int64_t ballots = tally_profile_ballots(preflib->reader->file->profile);
    int64_t distinct = preflib->lines - preflib->repeated;
    if (preflib->voters.number >= 0 && preflib->voters.number != ballots) {
        file_odd(
            preflib->reader, TALLY_ODD_BALLOTS, &preflib->voters.at,
            preflib->voters.number, ballots);
    }
    if (preflib->distinct.number >= 0 && preflib->distinct.number != distinct) {
        file_odd(
            preflib->reader, TALLY_ODD_DISTINCT, &preflib->distinct.at,
            preflib->distinct.number, distinct);
    }
}

enum tally_status read_preflib(struct file_reader *reader)
{
    struct preflib preflib = {
        .reader = reader, .voters.number = -1, .distinct.number = -1};
    struct text *text = &reader->text;
    enum tally_status status = TALLY_OK;
    run_init(&preflib.run, NULL, 0, ',');
    while (status == TALLY_OK && text_peek(text) != TEXT_END) {
        text_skip_blanks(text);
        int c = text_peek(text);
        if (c == '#') {
            status = read_head_line(&preflib);
        } else if (!text_is_line_end(c)) {
            status = read_ballot(&preflib);
        }
        if (status == TALLY_OK) {
            (void)text_take(text, '\n');
        }
    }
    if (status == TALLY_OK) {
        check_sums(&preflib);
        status = add_names(&preflib);
    }
    return status;
}
