/* What the headings and cells of a CSV mean that a form tool wrote, in English or German:
 * ranks in words, and columns about the voter. Capitals and blanks at the ends do not
 * matter. */
#ifndef TALLY_HEADING_H
#define TALLY_HEADING_H

#include "tally/text.h"

/* The rank of `rank2`, `Platz 2`, `2nd choice`, `2. Wahl`, `Zweite Wahl` …; 0: none. A
 * number alone is no word. */
size_t heading_rank(struct tally_text text);
/* What stands in brackets behind a form's question, `Question [Option]`; else all. */
struct tally_text heading_in_brackets(struct tally_text heading);
/* When a form was filled in: its first column. */
bool heading_is_time(struct tally_text heading);
/* Who filled it in, and when: never an option. */
bool heading_is_personal(struct tally_text heading);

#endif
