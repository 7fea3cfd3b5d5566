/* Condorcet Election Format (CondorcetVote, 2022): `#/Candidates: A ; B` and other
 * parameters, then votes `tag, tag || A > B = C ^7 * 42 # comment`, `/EMPTY_RANKING/` for
 * a blank one. As the format wants, a weight `^7` counts only after
 * `#/Weight Allowed: true`, and votes for options that are not on the list are passed
 * over. Options without a rank are below all others: `#/Implicit Ranking: false` is
 * refused. */
#include "tally/file.h"

#include "tally/bits.h"

#include <string.h>

struct cef {
    struct file_reader *reader;
    bool declared;
    bool weights;
    bool voted;
    uint64_t seen[BITS_OPTIONS_WORDS]; /* on this ballot */
};

static bool is_key(struct tally_text key, const char *word)
{
    if (key.bytes != strlen(word)) {
        return false;
    }
    for (size_t i = 0; i < key.bytes; i++) {
        if (text_lower(key.data[i]) != word[i]) {
            return false;
        }
    }
    return true;
}

/* The text here up to one of `ends` or the end of the line, trimmed. */
static struct tally_text read_upto(struct text *text, const char *ends)
{
    struct tally_text word = {.data = text->data + text->at};
    for (int c = text_peek(text); !text_is_line_end(c); c = text_peek(text)) {
        if (c != 0 && strchr(ends, c) != NULL) {
            break;
        }
        text_step(text);
        word.bytes++;
    }
    return text_trimmed(word);
}

/* ---- parameters ---- */

static enum tally_status read_candidates(struct cef *cef)
{
    struct text *text = &cef->reader->text;
    struct names *names = &cef->reader->file->names;
    for (bool more = true; more; more = text_take(text, ';')) {
        struct text start = *text;
        uint16_t known = 0;
        struct tally_text name = read_upto(text, ";");
        if (name.bytes == 0 || names_find(names, name, &known)) {
            return text_refuse(&start, "another option");
        }
        enum tally_status status = file_add_name(&start, names, name);
        if (status != TALLY_OK) {
            return status;
        }
    }
    cef->declared = true;
    return TALLY_OK;
}

static enum tally_status read_flag(struct text *text, bool *ret_flag)
{
    struct text start = *text;
    struct tally_text value = read_upto(text, "");
    if (!is_key(value, "true") && !is_key(value, "false")) {
        return text_refuse(&start, "true or false");
    }
    *ret_flag = is_key(value, "true");
    return TALLY_OK;
}

static enum tally_status read_implicit(struct text *text)
{
    struct text start = *text;
    bool implicit = true;
    enum tally_status status = read_flag(text, &implicit);
    return status != TALLY_OK || implicit
               ? status
               : text_refuse(&start, "true: options without a rank are below all others");
}

static enum tally_status read_seats(struct cef *cef)
{
    int64_t seats = 0;
    enum tally_status status = text_number(&cef->reader->text, "how many seats", &seats);
    if (status == TALLY_OK) {
        cef->reader->file->seats = (size_t)seats;
    }
    return status;
}

/* `#/Name: value`; names that mean nothing to us are passed over. */
static enum tally_status read_parameter(struct cef *cef)
{
    struct text *text = &cef->reader->text;
    struct text start = *text;
    text->at += 2;
    struct tally_text key = read_upto(text, ":");
    if (!text_take(text, ':')) {
        return text_refuse(text, "\":\"");
    }
    if (cef->voted) {
        return text_refuse(&start, "parameters before the first vote");
    }
    text_skip_blanks(text);
    enum tally_status status = TALLY_OK;
    if (is_key(key, "candidates")) {
        status = cef->declared ? text_refuse(&start, "one list of candidates")
                               : read_candidates(cef);
    } else if (is_key(key, "number of seats") || is_key(key, "number of seat")) {
        status = read_seats(cef);
    } else if (is_key(key, "implicit ranking")) {
        status = read_implicit(text);
    } else if (is_key(key, "weight allowed")) {
        status = read_flag(text, &cef->weights);
    } else {
        return TALLY_OK;
    }
    text_skip_blanks(text);
    return status == TALLY_OK && !text_is_line_end(text_peek(text))
               ? text_refuse(text, "the end of the line")
               : status;
}

/* ---- votes ---- */

/* Steps over `tag, tag ||` if the line has them. */
static void skip_tags(struct text *text)
{
    struct text next = *text;
    while (!text_is_line_end(text_peek(&next)) && text_peek(&next) != '#') {
        if (text_take_word(&next, "||")) {
            *text = next;
            return;
        }
        text_step(&next);
    }
}

static enum tally_status read_option(struct cef *cef, size_t place)
{
    struct text *text = &cef->reader->text;
    text_skip_blanks(text);
    struct text start = *text;
    struct tally_text name = read_upto(text, ">=^*#;,/<|");
    uint16_t option = 0;
    if (name.bytes == 0) {
        return text_refuse(&start, "an option");
    }
    if (cef->declared && !names_find(&cef->reader->file->names, name, &option)) {
        file_odd(cef->reader, TALLY_ODD_UNDECLARED, &start, 0, 0);
        return TALLY_OK;
    }
    enum tally_status status = file_named(cef->reader, &start, name, &option);
    if (status != TALLY_OK) {
        return status;
    }
    if (bits_has(cef->seen, option)) {
        return text_refuse(&start, "every option once at most");
    }
    bits_add(cef->seen, option);
    return file_mark(cef->reader, option, place);
}

static enum tally_status read_ranking(struct cef *cef)
{
    struct text *text = &cef->reader->text;
    if (text_take_word(text, "/EMPTY_RANKING/") || text_take_word(text, "/EMPTY/")) {
        return TALLY_OK;
    }
    size_t place = 1;
    memset(cef->seen, 0, sizeof cef->seen);
    for (bool more = true; more;) {
        enum tally_status status = read_option(cef, place);
        if (status != TALLY_OK) {
            return status;
        }
        bool next = text_take(text, '>');
        more = next || text_take(text, '=');
        place += next && cef->reader->mark_count > 0 &&
                         cef->reader->marks[cef->reader->mark_count - 1].place == place
                     ? 1
                     : 0;
    }
    return TALLY_OK;
}

/* `^7` or `* 42`, 1 if it is not there. */
static enum tally_status read_factor(struct cef *cef, char sign, int64_t *ret_factor)
{
    struct text *text = &cef->reader->text;
    *ret_factor = 1;
    text_skip_blanks(text);
    if (!text_take(text, sign)) {
        return TALLY_OK;
    }
    text_skip_blanks(text);
    return file_weight(cef->reader, ret_factor);
}

static enum tally_status read_vote(struct cef *cef)
{
    struct text *text = &cef->reader->text;
    struct text start = *text;
    int64_t weight = 1;
    int64_t times = 1;
    cef->voted = true;
    skip_tags(text);
    text_skip_blanks(text);
    enum tally_status status = read_ranking(cef);
    if (status == TALLY_OK) {
        status = read_factor(cef, '^', &weight);
    }
    if (status == TALLY_OK) {
        status = read_factor(cef, '*', &times);
    }
    if (status != TALLY_OK) {
        return status;
    }
    text_skip_blanks(text);
    if (text_peek(text) != '#' && !text_is_line_end(text_peek(text))) {
        return text_refuse(
            text, "\">\", \"=\", \"^\", then \"*\", or the end of the line");
    }
    if (weight > 1 && !cef->weights) {
        file_odd(cef->reader, TALLY_ODD_WEIGHTS, &start, weight, 1);
        weight = 1;
    }
    return weight <= TALLY_BALLOTS_MAX / times
               ? file_ballot(cef->reader, start.at, weight * times)
               : text_exceed(&start, TALLY_OVERFLOW, "at most 2^50 ballots in all");
}

enum tally_status read_condorcet(struct file_reader *reader)
{
    struct cef cef = {.reader = reader};
    struct text *text = &reader->text;
    enum tally_status status = TALLY_OK;
    while (status == TALLY_OK && text_peek(text) != TEXT_END) {
        if (text_begins(text, "#/")) {
            status = read_parameter(&cef);
        } else {
            text_skip_blanks(text);
            int c = text_peek(text);
            status = c == '#' || text_is_line_end(c) ? TALLY_OK : read_vote(&cef);
        }
        if (status == TALLY_OK) {
            (void)text_rest_of_line(text);
            (void)text_take(text, '\n');
        }
    }
    return status;
}
