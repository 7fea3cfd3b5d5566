/* Which other methods a count is compared with. */
#ifndef APP_TALLY_COMPARE_H
#define APP_TALLY_COMPARE_H

#include "app/options.h"
#include "app/tally_report.h"
#include "app/tally_settings.h"

/* Are all of `methods` ("irv,borda"; "": no choice) there? OPTIONS_GO, or 2 after a line
 * on stderr. */
int tally_compare_check(const char *methods, const struct options_table *table);

/* Fills the report's rules: its own, and those of `methods`, which were checked ("": all
 * that count such ballots for so many seats). They share seats, tie order, write-ins and
 * the settings that were given, as far as they have them. False: no memory. */
bool tally_compare_rules(
    struct tally_report *report, const char *methods,
    const struct tally_settings *settings, const char *const *values);

#endif
