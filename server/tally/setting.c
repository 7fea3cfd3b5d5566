/* The table of settings: names and values as the election files spell them. */
#include "tally/rule.h"

#include "tally/grow.h"

#include <string.h>

#define VALUES_MAX 8

struct value {
    const char *text;
    int64_t number;
};

/* A choice lists its values, the default first; the same number twice is another
 * spelling. A number has a range, and perhaps a word for one of them. */
struct tally_setting {
    const char *name;
    const char *help;
    struct value values[VALUES_MAX]; /* without a text: the end */
    const char *range;               /* of a number: "0…9" */
    int64_t min;
    int64_t max;
};

#define NO_YES                                                                           \
    {                                                                                    \
        {"false", 0},                                                                    \
        {                                                                                \
            "true", 1                                                                    \
        }                                                                                \
    }

static const struct tally_setting settings[SETTING_COUNT] = {
    [SETTING_OVERVOTE] =
        {.name = "overvote",
         .help = "equal ranks end the ballot, or are passed over",
         .values = {{"exhaust", OVERVOTE_EXHAUST}, {"skip", OVERVOTE_SKIP}}},
    [SETTING_REPEAT] =
        {.name = "repeat",
         .help = "an option ranked twice is passed over, or ends the ballot",
         .values = {{"skip", REPEAT_SKIP}, {"exhaust", REPEAT_EXHAUST}}},
    [SETTING_MAX_SKIPPED_RANKS] =
        {.name = "max-skipped-ranks",
         .help = "a longer gap of skipped ranks ends the ballot",
         .values = {{"unlimited", SKIPPED_RANKS_ANY}},
         .range = "0…65534",
         .max = SKIPPED_RANKS_ANY - 1},
    [SETTING_BATCH_ELIMINATION] =
        {.name = "batch-elimination",
         .help = "options that can't win any more leave at once",
         .values = NO_YES},
    [SETTING_CONTINUE_TO_TWO] =
        {.name = "continue-to-two",
         .help = "go on after a majority until two are left",
         .values = NO_YES},
    [SETTING_WRITE_INS_FIRST] =
        {.name = "write-ins-first",
         .help = "options that were written in leave first",
         .values = NO_YES},
    [SETTING_TIEBREAK] =
        {.name = "tiebreak",
         .help = "what settles a tie for leaving before the lot, if there is one: the "
                 "latest earlier round in which they differed, nothing, or the order of "
                 "the options instead of a lot",
         .values =
             {{"earlier-round", TIEBREAK_EARLIER_ROUND},
              {"previousRoundCountsThenRandom", TIEBREAK_EARLIER_ROUND},
              {"lot", TIEBREAK_LOT},
              {"random", TIEBREAK_LOT},
              {"option-order", TIEBREAK_OPTION_ORDER},
              {"useCandidateOrder", TIEBREAK_OPTION_ORDER}}},
    [SETTING_SEARCH] =
        {.name = "search",
         .help =
             "whether another lot could have elected others: search within bounds, or "
             "leave it not settled",
         .values = {{"bounded", SEARCH_BOUNDED}, {"none", SEARCH_NONE}}},
    [SETTING_QUOTA] =
        {.name = "quota",
         .help = "v votes, s seats: floor(v/(s+1))+1, v/(s+1) and the least more, or v/s "
                 "rounded up; in nine decimals where values are exact",
         .values =
             {{"droop-int", QUOTA_DROOP_WHOLE},
              {"exact+1ulp", QUOTA_DROOP_EXACT},
              {"droop-exact", QUOTA_DROOP_EXACT},
              {"hare", QUOTA_HARE}}},
    [SETTING_DECIMALS] =
        {.name = "decimals",
         .help = "values of papers are cut there, or are exact fractions",
         .values = {{"exact", DECIMALS_EXACT}},
         .range = "0…9",
         .max = 9},
    [SETTING_ROUNDING] =
        {.name = "rounding",
         .help = "what is cut: surplus/votes, or each paper's value*surplus/votes",
         .values = {{"ratio", ROUNDING_RATIO}, {"paper", ROUNDING_PAPER}}},
    [SETTING_SURPLUS] =
        {.name = "surplus",
         .help =
             "one surplus a round, the largest first; all winners of a round at once; "
             "only one elected a round; or surpluses stay where they are",
         .values =
             {{"largest", SURPLUS_LARGEST},
              {"all", SURPLUS_ALL},
              {"all winners of a round at once", SURPLUS_ALL},
              {"one", SURPLUS_ONE},
              {"one winner a round", SURPLUS_ONE},
              {"none", SURPLUS_NONE}}},
    [SETTING_COMPLETION] =
        {.name = "completion",
         .help = "who fills the seats that nobody can pay for",
         .values = {{"seq-phragmen", COMPLETION_PHRAGMEN}, {"none", COMPLETION_NONE}}},
    [SETTING_UNRANKED] =
        {.name = "unranked",
         .help = "unranked options share the points of the places that are left",
         .values = {{"average", 0}}},
    [SETTING_MAX] =
        {.name = "max",
         .help = "the highest score; must be the ballots'",
         .values = {{"any", 0}},
         .range = "1…1000",
         .min = 1,
         .max = 1000},
    [SETTING_BLANK] =
        {.name = "blank",
         .help = "the score of an option that has none",
         .values = {{"0", 0}}},
    [SETTING_RUNOFF_TIE] =
        {.name = "runoff-tie",
         .help = "who wins an equal runoff",
         .values = {{"higher total score", 0}, {"higher-total", 0}}},
};

const struct tally_setting *setting_at(enum setting setting)
{
    return &settings[setting];
}

enum setting setting_number(const struct tally_setting *setting)
{
    return (enum setting)(setting - settings);
}

int64_t setting_default(enum setting setting)
{
    return settings[setting].values[0].number;
}

/* Decimal digits only, at most nine of them. */
static bool parse_number(const char *text, int64_t *ret_number)
{
    int64_t number = 0;
    size_t digits = strspn(text, "0123456789");
    if (digits < 1 || digits > 9 || text[digits] != '\0') {
        return false;
    }
    for (size_t i = 0; i < digits; i++) {
        number = 10 * number + (text[i] - '0');
    }
    *ret_number = number;
    return true;
}

bool setting_parse(enum setting setting, const char *text, int64_t *ret_value)
{
    const struct tally_setting *row = &settings[setting];
    for (size_t i = 0; row->values[i].text != NULL; i++) {
        if (strcmp(row->values[i].text, text) == 0) {
            *ret_value = row->values[i].number;
            return true;
        }
    }
    int64_t number = 0;
    if (row->range == NULL || !parse_number(text, &number) || number < row->min ||
        number > row->max) {
        return false;
    }
    *ret_value = number;
    return true;
}

const char *setting_write(enum setting setting, int64_t value, char *room)
{
    const struct tally_setting *row = &settings[setting];
    for (size_t i = 0; row->values[i].text != NULL; i++) {
        if (row->values[i].number == value) {
            return row->values[i].text;
        }
    }
    struct tally_number number = {.value = value, .unit = 1};
    char text[TALLY_NUMBER_BYTES];
    size_t bytes = tally_number_write(number, text);
    expect(bytes < SETTING_TEXT_BYTES);
    memcpy(room, text, bytes + 1);
    return room;
}

const char *tally_setting_name(const struct tally_setting *setting)
{
    return setting->name;
}

const char *tally_setting_help(const struct tally_setting *setting)
{
    return setting->help;
}

/* Is the i-th value the first spelling of its number? */
static bool is_first(const struct tally_setting *setting, size_t i)
{
    size_t first = 0;
    while (setting->values[first].number != setting->values[i].number) {
        first++;
    }
    return first == i;
}

const char *tally_setting_value(const struct tally_setting *setting, size_t i)
{
    for (size_t at = 0; setting->values[at].text != NULL; at++) {
        if (is_first(setting, at) && i-- == 0) {
            return setting->values[at].text;
        }
    }
    return i == 0 ? setting->range : NULL;
}
