/* All that is told of one count: the result, and what else people ask about it. */
#ifndef APP_TALLY_REPORT_H
#define APP_TALLY_REPORT_H

#include "app/tally_names.h"
#include "base/uid.h"

/* Every tie that a lot settled is counted again the other way round, up to so many: in a
 * large hall a count may meet hundreds. */
#define TALLY_OTHERWISE_MAX 32
/* Above so many different ballots each of these questions takes as long as a count or
 * several: then fewer ties are asked about, and a program is not told the fragility. */
#define TALLY_ASKED_BALLOTS_MAX   20000
#define TALLY_OTHERWISE_LARGE_MAX 4
#define TALLY_COMPARED_MAX        64

struct tally_report {
    const char *path;            /* of the ballot file */
    const struct hash *checksum; /* of the ballot file; NULL: not asked for */
    const struct tally_file *file;
    struct tally_names names;
    struct tally_rule *rule; /* owned, as all here that is no const */
    struct tally_result *result;
    struct tally_result *otherwise[TALLY_OTHERWISE_MAX]; /* by tie; NULL: not counted */
    struct tally_fragility fragility;
    struct tally_rule *rules[TALLY_COMPARED_MAX]; /* the first is this count's */
    size_t rule_count;
    struct tally_comparison *comparison; /* NULL: not asked for */
    uint16_t *write_ins;
    size_t write_in_count;
};

void tally_report_fini(struct tally_report *report);

/* What would have come out of each tie otherwise, and how little would have changed the
 * result; `patient`: also of many ballots. `quick` is the rule without a search, or the
 * rule itself. */
void tally_report_ask(
    struct tally_report *report, const struct tally_rule *quick, bool patient);

static inline const struct tally_profile *
report_profile(const struct tally_report *report)
{
    return tally_file_profile(report->file);
}

static inline struct span report_name(const struct tally_report *report, size_t option)
{
    return report->names.items[option];
}

/* The result had the i-th tie gone otherwise; NULL if nobody knows. */
static inline const struct tally_result *
report_otherwise(const struct tally_report *report, size_t tie)
{
    return tie < TALLY_OTHERWISE_MAX ? report->otherwise[tie] : NULL;
}

/* Have both results the same winners? */
bool report_same_winners(const struct tally_result *a, const struct tally_result *b);

/* Is it a count by the single transferable vote, or another with rounds for several? */
bool report_staged(const struct tally_result *result);

/* Those elected in a round for this reason, ascending; returns how many. */
size_t report_elected_for(
    const struct tally_result *result, size_t round, enum tally_reason reason,
    uint16_t ret_options[static TALLY_OPTIONS_MAX]);

/* One group of equal places, the better scores first; returns how many. */
size_t report_place(
    const struct tally_report *report, size_t place,
    uint16_t ret_options[static TALLY_OPTIONS_MAX]);

/* How many votes an option holds more than in the round before; 0 in the first round and
 * where the two can't be told apart exactly. */
struct tally_number
report_gain(const struct tally_result *result, size_t round, size_t option);

/* What was odd in the file, and could be read and counted all the same. */
struct report_warning {
    const char *code;
    const char *text;
    size_t line; /* 0: the file as a whole */
    int64_t said;
    int64_t found;
    bool alike;   /* said and found are options, from 1 */
    bool columns; /* the file's that were passed over */
};

size_t report_warnings(const struct tally_report *report);
struct report_warning report_warning(const struct tally_report *report, size_t i);
/* A sentence, not escaped. */
void report_put_warning(struct buf *out, const struct tally_report *report, size_t i);

#endif
