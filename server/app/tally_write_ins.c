#include "app/tally_write_ins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_word(struct tally_text name, const char *word)
{
    return name.bytes == strlen(word) && strncasecmp(name.data, word, name.bytes) == 0;
}

/* Names that everybody gives to the heap of names that were written in. */
static bool is_usual(struct tally_text name)
{
    static const char *const usual[] = {
        "Undeclared Write-ins", "UWI", "Write-in", "Write-ins"};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        if (is_word(name, usual[i])) {
            return true;
        }
    }
    return false;
}

static bool is_listed(struct tally_text name, const struct option_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (name.bytes == strlen(list->words[i]) &&
            memcmp(name.data, list->words[i], name.bytes) == 0) {
            return true;
        }
    }
    return false;
}

/* Does the rule send write-ins away first? */
static bool write_ins_first(struct tally_rule *rule)
{
    const struct tally_method *method = tally_rule_method(rule);
    for (size_t i = 0; tally_method_setting(method, i) != NULL; i++) {
        const struct tally_setting *setting = tally_method_setting(method, i);
        if (strcmp(tally_setting_name(setting), "write-ins-first") == 0) {
            return strcmp(tally_rule_value(rule, setting), "true") == 0;
        }
    }
    return false;
}

/* Every name that was given must be an option's. */
static bool
all_found(const struct tally_file *file, size_t options, const struct option_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct option_list one = {.words = {list->words[i]}, .count = 1};
        size_t o = 0;
        while (o < options && !is_listed(tally_file_name(file, o), &one)) {
            o++;
        }
        if (o == options) {
            fprintf(
                stderr, "stimmwerk tally: --write-in: there is no option \"%s\"\n",
                list->words[i]);
            return false;
        }
    }
    return true;
}

int tally_find_write_ins(const struct option_list *given, struct tally_report *report)
{
    size_t options = tally_profile_options(report_profile(report));
    if (given->count == 0 && !write_ins_first(report->rule)) {
        return 0;
    }
    if (!all_found(report->file, options, given)) {
        return 1;
    }
    report->write_ins = calloc(options, sizeof *report->write_ins);
    if (report->write_ins == NULL) {
        fputs("stimmwerk tally: no memory\n", stderr);
        return 1;
    }
    for (size_t o = 0; o < options; o++) {
        struct tally_text name = tally_file_name(report->file, o);
        if (given->count > 0 ? is_listed(name, given) : is_usual(name)) {
            report->write_ins[report->write_in_count++] = (uint16_t)o;
        }
    }
    return 0;
}
