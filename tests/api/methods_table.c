/* Prints the tables of methods and settings that stand in docs/libtally.md. */
#include <stimmwerk/tally.h>

#include <stdio.h>

#define SETTINGS_MAX 64

static void print_properties(unsigned properties)
{
    static const struct {
        unsigned bit;
        const char *name;
    } rows[] = {
        {TALLY_CONDORCET, "Condorcet"},         {TALLY_CLONE_PROOF, "clone-proof"},
        {TALLY_MONOTONE, "monotone"},           {TALLY_PROPORTIONAL, "proportional"},
        {TALLY_LATER_NO_HARM, "later no harm"},
    };

    const char *comma = "";
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if ((properties & rows[i].bit) != 0) {
            printf("%s%s", comma, rows[i].name);
            comma = ", ";
        }
    }
}

static void print_method(const struct tally_method *method)
{
    static const char *const forms[] = {
        [TALLY_RANKING] = "rankings",
        [TALLY_APPROVAL] = "approvals",
        [TALLY_SCORE] = "scores"};
    printf(
        "| `%s` | %s | %s | ", tally_method_name(method),
        forms[tally_method_form(method)], tally_method_multi(method) ? "several" : "one");
    print_properties(tally_method_properties(method));
    printf(" | ");
    for (size_t i = 0; tally_method_setting(method, i) != NULL; i++) {
        printf(
            "%s`%s`", i > 0 ? ", " : "",
            tally_setting_name(tally_method_setting(method, i)));
    }
    printf(" | %s", tally_method_source(method));
    if (tally_method_options_max(method) < TALLY_OPTIONS_MAX) {
        printf(". At most %zu options", tally_method_options_max(method));
    }
    printf(" |\n");
}

static void print_setting(const struct tally_setting *setting)
{
    printf("| `%s` | ", tally_setting_name(setting));
    for (size_t i = 0; tally_setting_value(setting, i) != NULL; i++) {
        printf("%s`%s`", i > 0 ? ", " : "", tally_setting_value(setting, i));
    }
    printf(" | %s |\n", tally_setting_help(setting));
}

/* Each setting once, in the order in which the methods have them. */
static void print_settings(void)
{
    const struct tally_setting *seen[SETTINGS_MAX];
    size_t count = 0;
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        for (size_t i = 0; tally_method_setting(tally_method_at(m), i) != NULL; i++) {
            const struct tally_setting *setting =
                tally_method_setting(tally_method_at(m), i);
            size_t at = 0;
            while (at < count && seen[at] != setting) {
                at++;
            }
            if (at == count && count < SETTINGS_MAX) {
                seen[count++] = setting;
                print_setting(setting);
            }
        }
    }
}

int main(void)
{
    printf("| method | counts | elects | proven | settings | source |\n");
    printf("| --- | --- | --- | --- | --- | --- |\n");
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        print_method(tally_method_at(m));
    }
    printf("\n| setting | values, the default first | what it does |\n");
    printf("| --- | --- | --- |\n");
    print_settings();
    return 0;
}
