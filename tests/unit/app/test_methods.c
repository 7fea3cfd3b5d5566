/* stimmwerk methods, as typed. */
#include "unit/app/typed.h"

#include "stimmwerk/tally.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(methods_command, .init = typed_set_up);

static void check_says(const char *line, const char *words)
{
    cr_assert_eq(typed(line), 0, "%s", line);
    const char *said = typed_printed();
    cr_assert_not_null(strstr(said, words), "%s: %s", words, said);
}

Test(methods_command, lists_ballots_winners_and_what_is_proven)
{
    check_says(
        "stimmwerk|methods",
        "* ranked-pairs-wv       ranking   one winner       yes    yes    yes    -      -"
        "\n");
    check_says("stimmwerk|methods", "\n  schulze-wv ");
    check_says(
        "stimmwerk|methods", "\n* approval              approval  several winners");
}

Test(methods_command, tells_one_methods_settings_with_their_defaults)
{
    check_says("stimmwerk|methods|irv", "irv: instant runoff");
    check_says("stimmwerk|methods|irv", "  --overvote=exhaust|skip\n");
    check_says("stimmwerk|methods|irv", "      (default exhaust)\n");
    check_says("stimmwerk|methods|irv", "a further rank can't harm those above it");
    check_says("stimmwerk|methods|schulze-wv", "It has no settings.");
}

Test(methods_command, every_method_is_in_the_json)
{
    size_t count = 0;
    cJSON *json = typed_json("stimmwerk|methods|--json");
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, json)
    {
        const struct tally_method *method = tally_method_at(count++);
        typed_check_string(item, "name", tally_method_name(method));
        typed_check_string(item, "source", tally_method_source(method));
        cr_assert(cJSON_IsBool(typed_get(item, "proportional")));
        cr_assert_eq(
            typed_get(item, "options_max")->valueint,
            (int)tally_method_options_max(method));
    }
    cr_assert_null(tally_method_at(count));
    cJSON_Delete(json);
    json = typed_json("stimmwerk|methods|--json|irv");
    cr_assert(cJSON_IsTrue(typed_get(json, "later_no_harm")));
    cr_assert(cJSON_IsFalse(typed_get(json, "monotone")));
    const cJSON *setting = cJSON_GetArrayItem(typed_get(json, "settings"), 0);
    typed_check_string(
        setting, "default",
        cJSON_GetStringValue(cJSON_GetArrayItem(typed_get(setting, "values"), 0)));
    cJSON_Delete(json);
}

Test(methods_command, prints_tables_for_a_document)
{
    check_says("stimmwerk|methods|--markdown", "\n| `irv` * | ranking | one |");
    check_says(
        "stimmwerk|methods|--markdown", "\n| `overvote` | `exhaust`, `skip` | equal");
    check_says("stimmwerk|methods|--markdown|borda", "| `borda` |");
}

Test(methods_command, refuses_wrong_usage_with_2)
{
    typed_refused("stimmwerk|methods|coin", 2, "unknown method \"coin\"");
    typed_refused("stimmwerk|methods|irv|x", 2, "unexpected");
    typed_refused("stimmwerk|methods|--json|--markdown", 2, "not both");
}
