/* ABIF (electorama's draft 0.31): `# comment`, `{"key": value}`, `=key:[Full name]`, and
 * votes `weight:a>b=c` or, with ratings, `weight:a/5, b/3`. A key is bare, in brackets or
 * in quotes. Where there are ratings they alone make the ballots; a `>` or `=` that they
 * contradict is refused. Commas alone say no rank: they need ratings, or
 * {"ballot_type": "approval"}. The most of a rating is {"max_rating": 5}, else the
 * highest in the file; so the file is read twice. */
#include "tally/file.h"

#include "tally/grow.h"
#include "tally/json.h"

#include <string.h>

struct abif {
    struct file_reader *reader;
    struct names keys; /* number i is the key of option i */
    bool approval;
    bool rated;         /* some line rates */
    bool ranked;        /* some line names options without a rating */
    int64_t max_rating; /* 0: the file doesn't say */
    int64_t highest;
};

/* The ballots are scores. */
static bool is_scored(const struct abif *abif)
{
    return !abif->approval && (abif->rated || (abif->max_rating > 0 && !abif->ranked));
}

/* Up to `end`, on this line, not over it. */
static enum tally_status
read_until(struct text *text, char end, const char *expected, struct tally_text *ret_text)
{
    struct tally_text between = {.data = text->data + text->at};
    for (int c = text_peek(text); c != (unsigned char)end; c = text_peek(text)) {
        if (text_is_line_end(c)) {
            return text_refuse(text, expected);
        }
        text_step(text);
        between.bytes++;
    }
    text_step(text);
    *ret_text = between;
    return TALLY_OK;
}

static bool is_key_byte(int c)
{
    return text_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c == '_' || c == '-' || c >= 0x80;
}

static enum tally_status read_key(struct text *text, struct tally_text *ret_key)
{
    if (text_take(text, '[')) {
        return read_until(text, ']', "\"]\"", ret_key);
    }
    if (text_take(text, '"')) {
        return read_until(text, '"', "a quote at the end of the name", ret_key);
    }
    struct tally_text key = {.data = text->data + text->at};
    while (is_key_byte(text_peek(text))) {
        text_step(text);
        key.bytes++;
    }
    *ret_key = key;
    return key.bytes > 0 ? TALLY_OK : text_refuse(text, "an option");
}

static bool at_end(struct text *text)
{
    text_skip_blanks(text);
    return text_peek(text) == '#' || text_is_line_end(text_peek(text));
}

static enum tally_status end_of_line(struct text *text)
{
    if (!at_end(text)) {
        return text_refuse(text, "the end of the line");
    }
    (void)text_rest_of_line(text);
    return TALLY_OK;
}

static enum tally_status declare(
    struct abif *abif, const struct text *at, struct tally_text key,
    struct tally_text name)
{
    enum tally_status status = file_add_name(at, &abif->keys, key);
    return status == TALLY_OK ? file_add_name(at, &abif->reader->file->names, name)
                              : status;
}

/* =key:[Full name] */
static enum tally_status read_declaration(struct abif *abif)
{
    struct text *text = &abif->reader->text;
    struct tally_text key = {.data = NULL};
    struct tally_text name = {.data = NULL};
    uint16_t number = 0;
    text_step(text);
    text_skip_blanks(text);
    struct text start = *text;
    enum tally_status status = read_key(text, &key);
    if (status != TALLY_OK) {
        return status;
    }
    if (names_find(&abif->keys, key, &number)) {
        return text_refuse(&start, "an option that was not declared or voted for before");
    }
    text_skip_blanks(text);
    if (!text_take(text, ':')) {
        return text_refuse(text, "\":\"");
    }
    text_skip_blanks(text);
    status = read_key(text, &name);
    if (status == TALLY_OK) {
        status = declare(abif, &start, key, name);
    }
    return status == TALLY_OK ? end_of_line(text) : status;
}

/* ---- metadata ---- */

static enum tally_status read_max_rating(struct abif *abif, struct text value)
{
    static const char *const expected = "the highest rating, 1 to 1000";
    struct text start = value;
    int64_t most = 0;
    enum tally_status status = text_number(&value, expected, &most);
    if (status == TALLY_OK && (most < 1 || most > TALLY_SCORE_MAX)) {
        return text_refuse(&start, expected);
    }
    if (status == TALLY_OK && abif->max_rating != 0 && abif->max_rating != most) {
        return text_refuse(&start, "one max_rating only");
    }
    abif->max_rating = most;
    return status;
}

static enum tally_status read_title(struct abif *abif, struct text value)
{
    struct text start = value;
    struct json_room room = {.bytes = NULL};
    struct tally_text title = {.data = NULL};
    enum tally_status status = json_string(&value, &room, "a title in quotes", &title);
    if (status == TALLY_OK) {
        status = file_title(abif->reader, &start, title);
    }
    free(room.bytes);
    return status;
}

/* An object of JSON on one line. */
static enum tally_status read_metadata(struct abif *abif)
{
    static const char *const keys[] = {"title", "max_rating", "ballot_type"};
    struct text *text = &abif->reader->text;
    struct text values[3];
    struct text line = *text;
    (void)text_rest_of_line(&line);
    struct text object = *text;
    object.bytes = line.at;
    struct text end = object;
    enum tally_status status = json_skip(&end);
    if (status == TALLY_OK) {
        status = json_members(object, keys, 3, values);
    }
    if (status == TALLY_OK && values[0].data != NULL) {
        status = read_title(abif, values[0]);
    }
    if (status == TALLY_OK && values[1].data != NULL) {
        status = read_max_rating(abif, values[1]);
    }
    if (status == TALLY_OK && values[2].data != NULL) {
        abif->approval = abif->approval || json_is(&values[2], "approval") ||
                         json_is(&values[2], "choose_many");
    }
    text->at = end.at;
    return status == TALLY_OK ? end_of_line(text) : status;
}

/* ---- votes ---- */

/* One option of a line, and what came before it. */
struct vote {
    uint16_t option;
    int64_t rating; /* -1: none */
    char before;    /* '>', '=', ',' or ':' */
};

/* An option that nothing declared has its key for a name. */
static enum tally_status read_option(struct abif *abif, uint16_t *ret_option)
{
    struct text start = abif->reader->text;
    struct tally_text key = {.data = NULL};
    enum tally_status status = read_key(&abif->reader->text, &key);
    if (status != TALLY_OK || names_find(&abif->keys, key, ret_option)) {
        return status;
    }
    status = declare(abif, &start, key, key);
    if (status == TALLY_OK) {
        *ret_option = (uint16_t)(abif->keys.count - 1);
    }
    return status;
}

static enum tally_status read_rating(struct abif *abif, int64_t *ret_rating)
{
    struct text *text = &abif->reader->text;
    int64_t most = abif->approval ? 1 : TALLY_SCORE_MAX;
    text_skip_blanks(text);
    if (!text_take(text, '/')) {
        *ret_rating = -1;
        return TALLY_OK;
    }
    text_skip_blanks(text);
    struct text start = *text;
    int64_t rating = 0;
    enum tally_status status = text_number(text, "a rating, a whole number", &rating);
    if (status != TALLY_OK) {
        return status;
    }
    most = abif->max_rating > 0 && !abif->approval ? abif->max_rating : most;
    if (rating > most && !abif->reader->learning) {
        return text_refuse(
            &start, "a rating of at most max_rating, which is at most 1000");
    }
    abif->highest = rating > abif->highest ? rating : abif->highest;
    *ret_rating = rating;
    return TALLY_OK;
}

/* Does the sign between two ratings say what they say? */
static bool contradicts(const struct vote *before, const struct vote *vote)
{
    return (vote->before == '>' && before->rating <= vote->rating) ||
           (vote->before == '=' && before->rating != vote->rating);
}

/* `at` is behind the sign before the option. */
static enum tally_status check_vote(
    const struct abif *abif, const struct vote *before, const struct vote *vote,
    const struct text *at)
{
    struct text sign = *at;
    sign.at--;
    bool first = vote->before == ':';
    if (abif->rated && vote->rating < 0) {
        return text_refuse(at, "a rating for every option of the file, or for none");
    }
    if (!first && vote->rating >= 0 && contradicts(before, vote)) {
        return text_refuse(at, "a rating that agrees with \">\" and \"=\"");
    }
    if (abif->approval && vote->before == '>') {
        return text_refuse(&sign, "\",\" or \"=\" between approved options");
    }
    if (vote->before == ',' && !abif->approval && vote->rating < 0) {
        return text_refuse(
            &sign, "\">\" or \"=\"; a comma only between ratings (a/5), or when "
                   "ballot_type is approval");
    }
    return TALLY_OK;
}

static enum tally_status
mark_vote(struct abif *abif, const struct vote *vote, size_t *place)
{
    if (abif->approval) {
        return vote->rating != 0 ? file_mark(abif->reader, vote->option, 1) : TALLY_OK;
    }
    if (vote->rating >= 0) {
        return file_mark(abif->reader, vote->option, (size_t)vote->rating);
    }
    *place += vote->before == '>' || vote->before == ':' ? 1 : 0;
    return file_mark(abif->reader, vote->option, *place);
}

/* In the first pass: what kind of file is it? */
static void learn(struct abif *abif, const struct vote *vote)
{
    abif->rated = abif->rated || vote->rating >= 0;
    abif->ranked = abif->ranked || vote->rating < 0;
}

static enum tally_status
read_vote(struct abif *abif, struct vote *before, char sign, size_t *place)
{
    struct text *text = &abif->reader->text;
    struct text behind = *text;
    struct vote vote = {.before = sign};
    text_skip_blanks(text);
    enum tally_status status = read_option(abif, &vote.option);
    if (status == TALLY_OK) {
        status = read_rating(abif, &vote.rating);
    }
    if (status != TALLY_OK) {
        return status;
    }
    if (abif->reader->learning) {
        learn(abif, &vote);
    } else {
        status = check_vote(abif, before, &vote, &behind);
        status = status == TALLY_OK ? mark_vote(abif, &vote, place) : status;
    }
    *before = vote;
    return status;
}

static enum tally_status read_votes(struct abif *abif)
{
    struct text *text = &abif->reader->text;
    struct text start = *text;
    int64_t weight = 0;
    size_t place = 0;
    struct vote before = {.before = ':'};
    enum tally_status status = file_weight(abif->reader, &weight);
    if (status != TALLY_OK) {
        return status;
    }
    text_skip_blanks(text);
    if (!text_take(text, ':')) {
        return text_refuse(text, "\":\"");
    }
    char sign = ':';
    bool more = !at_end(text);
    while (more) {
        status = read_vote(abif, &before, sign, &place);
        text_skip_blanks(text);
        int c = text_peek(text);
        more = status == TALLY_OK && (c == '>' || c == '=' || c == ',');
        if (more) {
            sign = (char)c;
            text_step(text);
        }
    }
    if (status == TALLY_OK && !at_end(text)) {
        return text_refuse(text, "\">\", \"=\", \",\", \"/\" or the end of the line");
    }
    (void)text_rest_of_line(text);
    return status == TALLY_OK ? file_ballot(abif->reader, start.at, weight) : status;
}

/* ---- the file ---- */

static enum tally_status read_line(struct abif *abif)
{
    struct text *text = &abif->reader->text;
    text_skip_blanks(text);
    int c = text_peek(text);
    if (c == '=') {
        return read_declaration(abif);
    }
    if (c == '{') {
        return read_metadata(abif);
    }
    if (text_is_digit(c)) {
        return read_votes(abif);
    }
    return end_of_line(text);
}

static enum tally_status read_lines(struct abif *abif)
{
    struct text *text = &abif->reader->text;
    enum tally_status status = TALLY_OK;
    while (status == TALLY_OK && text_peek(text) != TEXT_END) {
        status = read_line(abif);
        if (status == TALLY_OK) {
            (void)text_take(text, '\n');
        }
    }
    return status;
}

/* After the first pass: begins anew, with a profile of the right kind. */
static enum tally_status begin_again(struct abif *abif, struct text start)
{
    struct file_reader *reader = abif->reader;
    names_fini(&abif->keys);
    names_fini(&reader->file->names);
    names_fini(&reader->file->title);
    reader->text = start;
    reader->learning = false;
    if (!is_scored(abif)) {
        return TALLY_OK;
    }
    int64_t most = abif->highest > 0 ? abif->highest : 1;
    most = most < TALLY_SCORE_MAX ? most : TALLY_SCORE_MAX;
    return file_scored(reader, (size_t)(abif->max_rating > 0 ? abif->max_rating : most));
}

/* May there be ratings, or approvals? Else one pass is enough. */
static bool may_need_learning(const struct text *text)
{
    return text_holds(text, "/") || text_holds(text, "max_rating") ||
           text_holds(text, "ballot_type");
}

enum tally_status read_abif(struct file_reader *reader)
{
    struct abif abif = {.reader = reader};
    struct text start = reader->text;
    enum tally_status status = TALLY_OK;
    if (may_need_learning(&start)) {
        reader->learning = true;
        status = read_lines(&abif);
        status = status == TALLY_OK ? begin_again(&abif, start) : status;
    }
    if (status == TALLY_OK) {
        status = read_lines(&abif);
    }
    names_fini(&abif.keys);
    return status;
}
