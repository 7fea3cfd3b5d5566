#include "tally/heading.h"

#include <string.h>

/* Words as they stand in a table, small; the bytes of other letters are as they are. */
static bool is_same(struct tally_text text, const char *word)
{
    if (text.bytes != strlen(word)) {
        return false;
    }
    for (size_t i = 0; i < text.bytes; i++) {
        if (text_lower(text.data[i]) != (unsigned char)word[i]) {
            return false;
        }
    }
    return true;
}

static bool is_one_of(struct tally_text text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_same(text, words[i])) {
            return true;
        }
    }
    return false;
}

#define ONE_OF(text, words) is_one_of(text, words, sizeof(words) / sizeof((words)[0]))

static struct tally_text behind(struct tally_text text, size_t bytes)
{
    return text_trimmed(
        (struct tally_text){.data = text.data + bytes, .bytes = text.bytes - bytes});
}

/* ---- ranks ---- */

#define RANK_MAX 9999 /* beyond, it is no rank but a number with something behind */

static bool is_rank_word(struct tally_text text)
{
    static const char *const words[] = {
        "rank",  "choice", "preference", "priority",         "place",
        "platz", "rang",   "wahl",       "pr\303\244ferenz", "priorit\303\244t"};
    return ONE_OF(text, words);
}

/* Digits from `at` on; 0: none, or too many for a rank. */
static size_t read_digits(struct tally_text text, size_t at, size_t *ret_end)
{
    size_t number = 0;
    while (at < text.bytes && text_is_digit((unsigned char)text.data[at]) &&
           number <= RANK_MAX) {
        number = 10 * number + (size_t)(text.data[at++] - '0');
    }
    *ret_end = at;
    return number <= RANK_MAX ? number : 0;
}

/* "Rank 2" */
static size_t rank_behind_word(struct tally_text text)
{
    size_t start = text.bytes;
    size_t end = 0;
    while (start > 0 && text_is_digit((unsigned char)text.data[start - 1])) {
        start--;
    }
    struct tally_text word = {.data = text.data, .bytes = start};
    bool leading_zero = start < text.bytes && text.data[start] == '0';
    size_t number = read_digits(text, start, &end);
    return is_rank_word(text_trimmed(word)) && end == text.bytes && !leading_zero ? number
                                                                                  : 0;
}

/* "2nd", "2. Wahl" */
static size_t rank_before_word(struct tally_text text)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "."};
    size_t end = 0;
    size_t number = read_digits(text, 0, &end);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t bytes = strlen(endings[i]);
        struct tally_text ending = {.data = text.data + end, .bytes = bytes};
        if (end > 0 && text.bytes - end >= bytes && is_same(ending, endings[i])) {
            struct tally_text word = behind(text, end + bytes);
            return word.bytes == 0 || is_rank_word(word) ? number : 0;
        }
    }
    return 0;
}

/* "Second choice", "Zweiter Platz" */
static size_t rank_in_letters(struct tally_text text)
{
    static const char *const words[][3] = {
        {"first", "erste", "erster"},
        {"second", "zweite", "zweiter"},
        {"third", "dritte", "dritter"},
        {"fourth", "vierte", "vierter"},
        {"fifth", "f\xc3\xbcnfte", "f\xc3\xbcnfter"},
        {"sixth", "sechste", "sechster"},
        {"seventh", "siebte", "siebter"},
        {"eighth", "achte", "achter"},
        {"ninth", "neunte", "neunter"},
        {"tenth", "zehnte", "zehnter"}};
    const char *blank = text.bytes > 0 ? memchr(text.data, ' ', text.bytes) : NULL;
    if (blank == NULL) {
        return 0;
    }
    size_t bytes = (size_t)(blank - text.data);
    struct tally_text ordinal = {.data = text.data, .bytes = bytes};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (ONE_OF(ordinal, words[i])) {
            return is_rank_word(behind(text, bytes)) ? i + 1 : 0;
        }
    }
    return 0;
}

size_t heading_rank(struct tally_text text)
{
    text = text_trimmed(text);
    size_t rank = rank_behind_word(text);
    rank = rank > 0 ? rank : rank_before_word(text);
    return rank > 0 ? rank : rank_in_letters(text);
}

struct tally_text heading_in_brackets(struct tally_text heading)
{
    const char *open =
        heading.bytes > 0 ? memchr(heading.data, '[', heading.bytes) : NULL;
    if (open == NULL || heading.data[heading.bytes - 1] != ']') {
        return heading;
    }
    size_t before = (size_t)(open - heading.data) + 1;
    return (struct tally_text){
        .data = heading.data + before, .bytes = heading.bytes - before - 1};
}

/* ---- who and when ---- */

bool heading_is_time(struct tally_text heading)
{
    static const char *const words[] = {"timestamp",       "zeitstempel",
                                        "start time",      "startzeit",
                                        "completion time", "fertigstellungszeit"};
    return ONE_OF(text_trimmed(heading), words);
}

bool heading_is_personal(struct tally_text heading)
{
    static const char *const words[] = {
        "email",      "e-mail",    "email address", "e-mail address", "e-mail-adresse",
        "mail",       "username",  "user name",     "benutzername",   "nutzername",
        "name",       "vorname",   "nachname",      "first name",     "last name",
        "ip address", "ip-adresse"};
    return heading_is_time(heading) || ONE_OF(text_trimmed(heading), words);
}
