/* The options of `stimmwerk tally`: its own, and the settings of the library's methods.
 */
#ifndef APP_TALLY_OPTIONS_H
#define APP_TALLY_OPTIONS_H

#include "app/tally_seed.h"
#include "app/tally_settings.h"

#define TALLY_ROWS_MAX 64

enum tally_kind { TALLY_PRINT_JSON, TALLY_PRINT_TEXT, TALLY_PRINT_HTML };

struct tally_command {
    const char *method_name;
    int64_t seats; /* 0: as the file says, or 1 */
    const char *format_name;
    const char *poll;
    bool batch;
    const char *seed_hex;
    const char *tie_order;
    const char *results;
    struct option_list write_ins;
    const char *compare;
    bool json;
    bool text;
    bool html;
    const char *file;
    const char *values[TALLY_SETTINGS_MAX]; /* of the settings; NULL: not given */

    /* What they mean. */
    const struct tally_method *method;
    enum tally_format format;
    enum tally_kind kind;
    struct tally_seed seed; /* count 0: none */

    struct tally_settings settings;
    struct option_row rows[TALLY_ROWS_MAX];
    struct options_table table;
};

/* Reads and checks what the command line alone can tell. OPTIONS_GO or an exit code. Big:
 * the caller keeps it off the stack. */
int tally_options_read(int argc, char **argv, struct tally_command *ret_command);

#endif
