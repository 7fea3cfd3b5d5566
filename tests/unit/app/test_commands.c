/* The office's commands, as typed: what they print, what they write, how they end. */
#include "app/app.h"

#include "unit/app/words.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void set_up(void)
{
    snprintf(folder, sizeof folder, "/tmp/stimmwerk-cmd-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_redirect_stdout();
    cr_redirect_stderr();
}

static void tear_down(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(commands, .init = set_up, .fini = tear_down);

/* Runs `stimmwerk COMMAND --store … OPTIONS`, words parted by "|"; "@" is the folder. */
static int run(const char *command, const char *options)
{
    char line[768];
    char text[1024] = "";
    struct words words;
    snprintf(line, sizeof line, "stimmwerk|%s|--store|sqlite:@/a.db%s", command, options);
    size_t out = 0;
    for (const char *in = line; *in != '\0'; in++) {
        if (*in == '@') {
            memcpy(text + out, folder, strlen(folder));
            out += strlen(folder);
        } else {
            text[out++] = *in;
        }
    }
    words_split(&words, text);
    int code = app_main(words.argc, words.argv);
    fflush(stdout);
    fflush(stderr);
    return code;
}

static const char *printed(FILE *file)
{
    static char text[65536];
    size_t bytes = 0;
    for (int c = fgetc(file); c != EOF && bytes < sizeof text - 1; c = fgetc(file)) {
        text[bytes++] = (char)c;
    }
    text[bytes] = '\0';
    return text;
}

static const char *path_in_folder(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static mode_t mode_of(const char *name)
{
    struct stat status;
    cr_assert_eq(stat(path_in_folder(name), &status), 0, "%s", name);
    return status.st_mode & 0777;
}

#define CREATE "|--title|Ideen für Krefeld"

Test(commands, event_create_makes_the_store_and_prints_both_links)
{
    cr_assert_eq(run("event|create", CREATE "|--base|https://hall.example|--json"), 0);
    const char *said = printed(cr_get_redirected_stdout());
    cr_assert_not_null(strstr(said, "\"id\":1,"), "%s", said);
    cr_assert_not_null(strstr(said, "\"link\":\"https://hall.example/m#"), "%s", said);
    cr_assert_not_null(strstr(said, "\"join\":\"https://hall.example/j#"), "%s", said);
    cr_assert_eq(mode_of("a.db"), 0600);
}

Test(commands, event_create_makes_groups_and_tags)
{
    cr_assert_eq(
        run("event|create",
            CREATE "|--group|Rot|--group|Blau|--tag|Verkehr|--challenge|Schule"),
        0);
    cr_assert_eq(run("export", "|--event|1|--out|@/x"), 0);
    char groups[200] = "";
    char path[300];
    snprintf(path, sizeof path, "%s/x/groups.csv", folder);
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file);
    cr_assert_gt(fread(groups, 1, sizeof groups - 1, file), 0);
    fclose(file);
    cr_expect_not_null(
        strstr(groups, "\n1,Rot,de,0,\r\n2,Blau,de,0,\r\n,,,0,\r\n"), "%s", groups);
}

Test(commands, event_list_shows_what_was_created)
{
    cr_assert_eq(run("event|create", CREATE), 0);
    cr_assert_eq(run("event|create", "|--title|Zwei|--mode|ticket|--lang|bg"), 0);
    cr_assert_eq(run("event|list", "|--json"), 0);
    const char *said = printed(cr_get_redirected_stdout());
    cr_assert_not_null(strstr(said, "\"title\":\"Ideen für Krefeld\""), "%s", said);
    cr_assert_not_null(
        strstr(said, "\"mode\":\"ticket\",\"title\":\"Zwei\""), "%s", said);
    cr_assert_not_null(strstr(said, "\"langs\":[\"bg\"]"), "%s", said);
}

Test(commands, wrong_values_end_with_2)
{
    cr_assert_eq(run("event|create", "|--title| "), 2);
    cr_assert_eq(run("event|create", "|--title|\xff"), 2);
    cr_assert_eq(run("event|create", CREATE "|--lang|d/e"), 2);
    cr_assert_eq(run("event|create", CREATE "|--lang|de,"), 2);
    cr_assert_eq(run("event|create", CREATE "|--base|hall.example"), 2);
    cr_assert_eq(run("event|create", CREATE "|--mode|secret"), 2);
    cr_assert_eq(run("event|create", CREATE "|--tag|Rad|--tag|Rad"), 2);
    cr_assert_eq(run("event|tickets", "|--event|1|--count|0"), 2);
    cr_assert_eq(run("export", "|--event|1|--out|@/x|--sep|tab"), 2);
}

Test(commands, what_is_not_there_ends_with_1)
{
    cr_assert_eq(run("event|list", ""), 1, "no store");
    cr_assert_neq(access(path_in_folder("a.db"), F_OK), 0, "and none is made");
    cr_assert_eq(run("event|create", CREATE), 0);
    cr_assert_eq(run("event|link", "|--event|2"), 1);
    cr_assert_eq(run("export", "|--event|2|--out|@/x"), 1);
    cr_assert_eq(run("backup", "|--out|@/none/copy.db"), 1);
}

Test(commands, tickets_go_to_a_file_that_only_its_owner_reads)
{
    cr_assert_eq(run("event|create", CREATE "|--mode|ticket"), 0);
    cr_assert_eq(run("event|tickets", "|--event|1|--count|12|--out|@/tickets.csv"), 0);
    cr_assert_eq(mode_of("tickets.csv"), 0600);
    FILE *file = fopen(path_in_folder("tickets.csv"), "r");
    const char *csv = printed(file);
    fclose(file);
    size_t lines = 0;
    for (const char *c = csv; *c != '\0'; c++) {
        lines += *c == '\n' ? 1 : 0;
    }
    cr_assert_eq(lines, 13);
    cr_assert_eq(strncmp(csv, "ticket,code,link\r\n1,", 20), 0);
    cr_assert_not_null(strstr(csv, ",http://127.0.0.1:8080/j#"));
    cr_assert_eq(
        run("event|tickets", "|--event|1|--count|12|--out|@/tickets.csv"), 1,
        "nothing is overwritten");
}

Test(commands, tickets_lead_into_a_group_by_its_name)
{
    cr_assert_eq(run("event|create", CREATE "|--group|Jury|--group|Saal"), 0);
    cr_assert_eq(run("event|tickets", "|--event|1|--count|3|--group|Saal"), 0);
    cr_assert_eq(run("event|tickets", "|--event|1|--count|3|--group|Saa"), 1);
    cr_assert_eq(run("export", "|--event|1|--out|@/out"), 0);
    FILE *file = fopen(path_in_folder("out/tickets.csv"), "r");
    cr_assert_not_null(file);
    const char *csv = printed(file);
    fclose(file);
    cr_assert_not_null(strstr(csv, "1,2,Saal,1,3,"));
}

Test(commands, tickets_that_can_not_be_written_are_not_issued)
{
    cr_assert_eq(run("event|create", CREATE "|--mode|ticket"), 0);
    cr_assert_eq(run("event|tickets", "|--event|1|--count|12|--out|@/none/t.csv"), 1);
    cr_assert_eq(run("event|list", "|--json"), 0);
    cr_assert_not_null(strstr(printed(cr_get_redirected_stdout()), "\"tickets\":0,"));
}

Test(commands, export_writes_all_files)
{
    static const char *const NAMES[] = {
        "x/ideas.csv",         "x/polls.csv",  "x/ballots.csv", "x/results.csv",
        "x/participation.csv", "x/groups.csv", "x/phases.csv",  "x/tickets.csv"};
    cr_assert_eq(run("event|create", CREATE), 0);
    cr_assert_eq(run("export", "|--event|1|--out|@/x"), 0);
    cr_assert_eq(run("export", "|--event|1|--out|@/x|--auditor"), 0, "again, replaced");
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        cr_assert_eq(mode_of(NAMES[i]), 0600, "sealed ballots are for two people");
    }
    cr_assert_eq(run("export", "|--event|1|--out|@/y"), 0);
    cr_assert_eq(mode_of("y/ideas.csv"), 0644);
}

static void leave_file(const char *name)
{
    FILE *file = fopen(path_in_folder(name), "w");
    cr_assert_not_null(file);
    fclose(file);
}

Test(commands, export_leaves_no_ballots_of_an_earlier_one)
{
    cr_assert_eq(run("event|create", CREATE), 0);
    cr_assert_eq(run("export", "|--event|1|--out|@/x|--auditor"), 0);
    leave_file("x/points-12.csv");
    leave_file("x/points-x.csv");
    leave_file("x/points-12.csv.txt");
    cr_assert_eq(run("export", "|--event|1|--out|@/x"), 0);
    cr_expect_neq(access(path_in_folder("x/points-12.csv"), F_OK), 0);
    cr_expect_eq(access(path_in_folder("x/points-x.csv"), F_OK), 0, "not ours");
    cr_expect_eq(access(path_in_folder("x/points-12.csv.txt"), F_OK), 0);
}

Test(commands, backup_is_a_store)
{
    cr_assert_eq(run("event|create", CREATE), 0);
    cr_assert_eq(run("backup", "|--out|@/b.db"), 0);
    cr_assert_eq(run("backup", "|--out|@/b.db"), 1, "nothing is overwritten");
    char from[128];
    memcpy(from, path_in_folder("b.db"), sizeof from);
    cr_assert_eq(rename(from, path_in_folder("a.db")), 0);
    cr_assert_eq(run("event|list", ""), 0);
    cr_assert_not_null(strstr(printed(cr_get_redirected_stdout()), "Ideen für Krefeld"));
}
