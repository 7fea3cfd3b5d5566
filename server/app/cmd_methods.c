/* stimmwerk methods */
#include "app/command.h"
#include "app/options.h"
#include "stimmwerk/tally.h"

#include <stdio.h>

static const struct options_table TABLE = {
    .command = "stimmwerk methods",
    .summary = "Lists the counting methods: name, kind of ballot, whether it is made for "
               "several winners (others give the first of their order), and * for those "
               "that fit without a choice to make.",
};

int cmd_methods(int argc, char **argv)
{
    static const char *const forms[] = {
        [TALLY_RANKING] = "ranking",
        [TALLY_APPROVAL] = "approval",
        [TALLY_SCORE] = "score",
    };
    int code = options_parse(&TABLE, argc, argv, NULL, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    for (size_t i = 0; tally_method_at(i) != NULL; i++) {
        const struct tally_method *method = tally_method_at(i);
        printf(
            "%c %-21s %-9s %s\n", tally_method_default(method) ? '*' : ' ',
            tally_method_name(method), forms[tally_method_form(method)],
            tally_method_multi(method) ? "several winners" : "one winner");
    }
    return 0;
}
