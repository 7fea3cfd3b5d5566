#include "unit/app/typed.h"

#include "app/app.h"
#include "unit/app/words.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <unistd.h>

#define PRINTED_BYTES_MAX 262144
#define FILES_MAX         4

void typed_set_up(void)
{
    cr_redirect_stdout();
    cr_redirect_stderr();
}

int typed(const char *line)
{
    struct words words;
    words_split(&words, line);
    int code = app_main(words.argc, words.argv);
    fflush(stdout);
    fflush(stderr);
    return code;
}

static const char *printed(FILE *file)
{
    static char text[PRINTED_BYTES_MAX];
    size_t bytes = fread(text, 1, sizeof text - 1, file);
    text[bytes] = '\0';
    return text;
}

const char *typed_printed(void)
{
    return printed(cr_get_redirected_stdout());
}

const char *typed_complained(void)
{
    return printed(cr_get_redirected_stderr());
}

cJSON *typed_json(const char *line)
{
    int code = typed(line);
    cr_assert_eq(code, 0, "%s: %d, %s", line, code, code != 0 ? typed_complained() : "");
    const char *text = typed_printed();
    cJSON *json = cJSON_Parse(text);
    cr_assert_not_null(json, "%s", text);
    return json;
}

const cJSON *typed_get(const cJSON *json, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, key);
    cr_assert_not_null(item, "%s", key);
    return item;
}

void typed_check_string(const cJSON *json, const char *key, const char *expected)
{
    cr_assert_str_eq(cJSON_GetStringValue(typed_get(json, key)), expected, "%s", key);
}

void typed_check_list(const cJSON *json, const char *key, const char *expected)
{
    char found[4096] = "";
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, typed_get(json, key))
    {
        strncat(found, found[0] != '\0' ? "|" : "", sizeof found - strlen(found) - 1);
        strncat(found, cJSON_GetStringValue(item), sizeof found - strlen(found) - 1);
    }
    cr_assert_str_eq(found, expected, "%s: %s, not %s", key, found, expected);
}

void typed_refused(const char *line, int code, const char *words)
{
    int found = typed(line);
    const char *said = typed_complained();
    cr_assert_eq(found, code, "%s: %d: %s", line, found, said);
    cr_assert_not_null(strstr(said, words), "%s", said);
}

const char *typed_file(const char *text)
{
    static char paths[FILES_MAX][64];
    static size_t next;
    char *path = paths[next++ % FILES_MAX];
    memcpy(path, "/tmp/stimmwerk-typed-XXXXXX", 28);
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}
