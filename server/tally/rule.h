/* A rule: method, seats, settings and what settles ties. */
#ifndef TALLY_RULE_H
#define TALLY_RULE_H

#include "stimmwerk/tally/rule.h"
#include "tally/bits.h"

enum setting {
    SETTING_OVERVOTE,
    SETTING_REPEAT,
    SETTING_MAX_SKIPPED_RANKS,
    SETTING_BATCH_ELIMINATION,
    SETTING_CONTINUE_TO_TWO,
    SETTING_WRITE_INS_FIRST,
    SETTING_TIEBREAK,
    SETTING_SEARCH,
    SETTING_QUOTA,
    SETTING_DECIMALS,
    SETTING_ROUNDING,
    SETTING_SURPLUS,
    SETTING_COMPLETION,
    SETTING_UNRANKED,
    SETTING_MAX,
    SETTING_BLANK,
    SETTING_RUNOFF_TIE,
    SETTING_COUNT
};

#define SETTING_BIT(setting) (UINT32_C(1) << (setting))

/* The values of settings that are choices, in the order of the table in setting.c. */
enum overvote { OVERVOTE_EXHAUST, OVERVOTE_SKIP };

enum repeat { REPEAT_SKIP, REPEAT_EXHAUST };

enum tiebreak { TIEBREAK_EARLIER_ROUND, TIEBREAK_LOT, TIEBREAK_OPTION_ORDER };

enum lot_search { SEARCH_BOUNDED, SEARCH_NONE };

enum quota { QUOTA_DROOP_WHOLE, QUOTA_DROOP_EXACT, QUOTA_HARE };

enum rounding { ROUNDING_RATIO, ROUNDING_PAPER };

enum surplus { SURPLUS_LARGEST, SURPLUS_ALL, SURPLUS_ONE, SURPLUS_NONE };

enum completion { COMPLETION_PHRAGMEN, COMPLETION_NONE };

#define SKIPPED_RANKS_ANY UINT16_MAX /* of max-skipped-ranks: no limit */
#define DECIMALS_EXACT    (-1)

/* A setting of a method: which of the table, and what stands behind it there. */
struct tally_setting;
const struct tally_setting *setting_at(enum setting setting);
enum setting setting_number(const struct tally_setting *setting);
int64_t setting_default(enum setting setting);
/* The value that a text means; false: none. */
bool setting_parse(enum setting setting, const char *text, int64_t *ret_value);
#define SETTING_TEXT_BYTES 24
/* The other way; the text is static or stands in `room`. */
const char *setting_write(enum setting setting, int64_t value, char *room);

struct tally_rule {
    const struct tally_method *method;
    size_t seats;
    int64_t settings[SETTING_COUNT];
    uint16_t *order; /* owned; NULL: ties stay open */
    size_t order_count;
    uint64_t write_ins[BITS_OPTIONS_WORDS];
    bool matrix;                    /* wanted where the method does without */
    char value[SETTING_TEXT_BYTES]; /* of tally_rule_value */
};

static inline int64_t rule_get(const struct tally_rule *rule, enum setting setting)
{
    return rule->settings[setting];
}

/* Fits the rule these ballots? TALLY_BAD_RULE, TALLY_WRONG_FORM, TALLY_TOO_MANY. */
struct tally_profile;
enum tally_status
rule_check(const struct tally_rule *rule, const struct tally_profile *profile);

#endif
