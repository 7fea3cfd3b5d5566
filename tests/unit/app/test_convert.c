/* stimmwerk convert, as typed. That formats are written as they should be is tested with
 * the library. */
#include "unit/app/typed.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(convert_command, .init = typed_set_up);

Test(convert_command, writes_another_format_that_counts_the_same)
{
    cr_assert_eq(typed("stimmwerk|convert|--to|csv|" ELECTIONS "schulze-45.blt"), 0);
    const char *csv = typed_file(typed_printed());
    char line[512];
    snprintf(line, sizeof line, "stimmwerk|tally|--method|schulze-wv|%s", csv);
    cJSON *json = typed_json(line);
    typed_check_list(json, "winners", "E");
    typed_check_string(json, "format", "csv");
    cr_assert_eq(typed_get(json, "ballots")->valueint, 45);
    cJSON_Delete(json);
}

Test(convert_command, refuses_what_it_cannot_read_or_write)
{
    typed_refused("stimmwerk|convert|--to|pdf|x", 2, "unknown format \"pdf\"");
    typed_refused("stimmwerk|convert|--from|pdf|--to|blt|x", 2, "unknown format");
    typed_refused("stimmwerk|convert|x", 2, "--to is missing");
    typed_refused(
        "stimmwerk|convert|--to|csv|--from|csv|" ELECTIONS "schulze-45.blt", 1,
        "stimmwerk convert: " ELECTIONS "schulze-45.blt:1:1: expected");
    typed_refused("stimmwerk|convert|--to|csv|/no/such/file", 1, "/no/such/file");
}
