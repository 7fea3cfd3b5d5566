#include "app/cmd_ask.h"

#include "app/control.h"
#include "app/err_text.h"
#include "app/links.h"

#include <stdarg.h>
#include <stdlib.h>

static void key(struct ask *ask, const char *name)
{
    buf_char(&ask->request, ',');
    buf_json_string(&ask->request, span_of_string(name));
    buf_char(&ask->request, ':');
}

void ask_init(
    struct ask *ask, const struct options_table *table, const char *store,
    const char *code)
{
    *ask = (struct ask){.table = table, .store = store};
    buf_init(&ask->request, CONTROL_BYTES_MAX - 1);
    buf_text(&ask->request, "{\"do\":");
    buf_json_string(&ask->request, span_of_string(code));
}

void ask_text(struct ask *ask, const char *name, const char *value)
{
    key(ask, name);
    buf_json_string(&ask->request, span_of_string(value));
}

void ask_int(struct ask *ask, const char *name, int64_t value)
{
    key(ask, name);
    buf_int(&ask->request, value);
}

void ask_bool(struct ask *ask, const char *name, bool value)
{
    key(ask, name);
    buf_text(&ask->request, value ? "true" : "false");
}

int ask_fail(const struct ask *ask, const char *format, ...)
{
    fprintf(stderr, "%s: ", ask->table->command);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    (void)fputc('\n', stderr);
    return 1;
}

const char *ask_answer_text(const struct ask *ask, const char *name)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(ask->answer, name));
    return text != NULL ? text : "";
}

/* What was wrong with the command line, though only the hall could tell. */
static bool is_bad_value(const char *code)
{
    static const enum err BAD[] = {
        ERR_BAD_VALUE, ERR_TEXT_EMPTY, ERR_TEXT_TOO_LONG, ERR_BAD_UTF8, ERR_NAME_TAKEN};

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        if (strcmp(code, err_code(BAD[i])) == 0) {
            return true;
        }
    }
    return false;
}

static int check_answer(const struct ask *ask)
{
    if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(ask->answer, "ok")) != 0) {
        return 0;
    }
    const char *code = ask_answer_text(ask, "err");
    if (code[0] == '\0') {
        return ask_fail(ask, "the server's answer can't be read");
    }
    (void)ask_fail(ask, "%s (%s)", ask_answer_text(ask, "what"), code);
    return is_bad_value(code) ? 2 : 1;
}

int ask_send(struct ask *ask)
{
    char *text = NULL;
    buf_char(&ask->request, '}');
    if (buf_failed(&ask->request)) {
        return ask_fail(ask, "the request is too large");
    }
    enum err err = control_ask(ask->store, ask->create, buf_span(&ask->request), &text);
    if (err == ERR_BAD_VALUE) {
        return options_refuse(
            ask->table, "--store is sqlite:PATH, not \"%s\"", ask->store);
    }
    if (err != ERR_OK) {
        return ask_fail(ask, "%s: %s (%s)", ask->store, err_text(err), err_code(err));
    }
    ask->answer = cJSON_Parse(text);
    free(text);
    return check_answer(ask);
}

void ask_fini(struct ask *ask)
{
    buf_fini(&ask->request);
    cJSON_Delete(ask->answer);
    ask->answer = NULL;
}

const char *ask_base(const struct ask *ask, const char *base)
{
    if (base != NULL) {
        return base;
    }
    const char *told = ask_answer_text(ask, "base");
    return told[0] != '\0' ? told : "http://127.0.0.1:8080";
}

int ask_check_base(const struct options_table *table, const char *base)
{
    return base == NULL || link_base_valid(base)
               ? OPTIONS_GO
               : options_refuse(table, LINK_BASE_RULE, base);
}
