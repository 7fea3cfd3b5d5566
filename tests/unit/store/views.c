#include "views.h"

struct views views;

void views_enter(void)
{
    hall_init(&views.hall);
    views.reader = NULL;
}

void views_leave(void)
{
    sqlite3_close(views.reader);
    hall_fini(&views.hall);
}

void tell(uint64_t uid, const char *entries)
{
    static struct answer answers[64];
    char body[TEXT_BYTES];
    snprintf(body, sizeof body, "[%s]", entries);
    hall_append(&views.hall, (struct store_lane){1, 0}, uid, body, &answers[uid]);
}

void open_reader(void)
{
    hall_shut(&views.hall); /* finishes what was handed in */
    cr_assert_eq(sqlite3_open(files_path(&views.hall), &views.reader), SQLITE_OK);
}

static int add_row(void *ctx, int columns, char **values, char **names)
{
    (void)names;
    char *text = ctx;
    for (int i = 0; i < columns; i++) {
        size_t bytes = strlen(text);
        snprintf(
            text + bytes, TEXT_BYTES - bytes, "%s%s", i > 0 ? "," : "",
            values[i] != NULL ? values[i] : "-");
    }
    size_t bytes = strlen(text);
    snprintf(text + bytes, TEXT_BYTES - bytes, ";");
    return 0;
}

void expect(const char *sql, const char *expected)
{
    char text[TEXT_BYTES] = "";
    char *error = NULL;
    cr_assert_eq(
        sqlite3_exec(views.reader, sql, add_row, text, &error), SQLITE_OK, "%s", error);
    cr_assert_str_eq(text, expected, "%s\n%s", sql, text);
}
