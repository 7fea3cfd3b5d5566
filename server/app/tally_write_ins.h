/* Which options were written in: those that are named, else those that are called so. */
#ifndef APP_TALLY_WRITE_INS_H
#define APP_TALLY_WRITE_INS_H

#include "app/options.h"
#include "app/tally_report.h"

/* Fills the report's write-ins: the options named in `given`; where none is and the rule
 * sends write-ins away first, those called "Undeclared Write-ins", "UWI" or "Write-in(s)"
 * in any case. 0, or 1 after a line on stderr: a name is no option's, or no memory. */
int tally_find_write_ins(const struct option_list *given, struct tally_report *report);

#endif
