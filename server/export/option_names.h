/* The names of a poll's options as ballots.csv and results.csv spell them: the frozen
 * titles, made safe and different from each other, so that a cell of names can be read
 * back.
 *
 * Control characters become spaces. An equals sign that stands alone becomes ＝ (U+FF1D),
 * because ` = ` joins equal ranks. A name that a spreadsheet would run gets an
 * apostrophe, which from then on is part of the name. Equal names get their id:
 * `Skatepark (#12)`; one whose text was erased is `#12`. A yes/no poll has `yes` and
 * `no`. */
#ifndef EXPORT_OPTION_NAMES_H
#define EXPORT_OPTION_NAMES_H

#include "export/scope.h"

#define NAMES_TIE " = "

struct option_names {
    struct buf text; /* owned: all names, each with its NUL */
    size_t count;
    size_t at[OPTIONS_MAX];
};

/* ERR_NOMEM; option_names_fini either way. */
MUST_CHECK enum err option_names_init(
    struct option_names *names, const struct scope *scope, const struct poll *poll);
void option_names_fini(struct option_names *names);

const char *option_names_get(const struct option_names *names, size_t option);
/* The option's id: an idea's, or OPTION_YES, OPTION_NO. */
int64_t option_names_id(const struct poll *poll, size_t option);

#endif
