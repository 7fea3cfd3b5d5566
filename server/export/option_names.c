#include "export/option_names.h"

#include <string.h>

/* Each byte may become three, and an id may follow. */
#define NAMES_BYTES_MAX ((size_t)OPTIONS_MAX * (TITLE_BYTES_MAX * 3 + 32))
#define LONE_EQUALS     "\xef\xbc\x9d"

int64_t option_names_id(const struct poll *poll, size_t option)
{
    return poll->spec.form == BALLOT_YESNO ? (int64_t)option + OPTION_YES
                                           : poll->spec.options[option];
}

const char *option_names_get(const struct option_names *names, size_t option)
{
    return (const char *)names->text.data + names->at[option];
}

static bool stands_alone(const char *title, size_t at)
{
    bool left = at == 0 || title[at - 1] == ' ';
    return left && (title[at + 1] == ' ' || title[at + 1] == '\0');
}

static void write_title(struct buf *out, const char *title)
{
    if (csv_is_formula(title)) {
        buf_char(out, '\'');
    }
    for (size_t i = 0; title[i] != '\0'; i++) {
        uint8_t byte = (uint8_t)title[i];
        if (byte < 0x20 || byte == 0x7f) {
            buf_char(out, ' ');
        } else if (byte == '=' && stands_alone(title, i)) {
            buf_text(out, LONE_EQUALS);
        } else {
            buf_char(out, title[i]);
        }
    }
}

static void write_all(
    struct option_names *names, const struct scope *scope, const struct poll *poll,
    const bool *with_id)
{
    buf_clear(&names->text);
    for (size_t i = 0; i < names->count; i++) {
        names->at[i] = names->text.bytes;
        const char *title = scope_text(scope, &poll->labels[i]).title;
        write_title(&names->text, title);
        if (title[0] == '\0') {
            buf_printf(&names->text, "#%lld", (long long)option_names_id(poll, i));
        } else if (with_id[i]) {
            buf_printf(&names->text, " (#%lld)", (long long)option_names_id(poll, i));
        }
        buf_char(&names->text, '\0');
    }
}

static bool has_equal(const struct option_names *names, size_t option)
{
    const char *name = option_names_get(names, option);
    for (size_t i = 0; i < names->count; i++) {
        if (i != option && strcmp(option_names_get(names, i), name) == 0) {
            return true;
        }
    }
    return false;
}

/* Marks all that share their name with another; false if that marked nobody new. */
static bool mark_equals(const struct option_names *names, bool *with_id)
{
    bool marked = false;
    for (size_t i = 0; i < names->count; i++) {
        if (!with_id[i] && has_equal(names, i)) {
            with_id[i] = true;
            marked = true;
        }
    }
    return marked;
}

static void write_yes_no(struct option_names *names)
{
    static const char both[] = "yes\0no";
    names->count = 2;
    names->at[0] = 0;
    names->at[1] = sizeof "yes";
    buf_bytes(&names->text, both, sizeof both);
}

enum err option_names_init(
    struct option_names *names, const struct scope *scope, const struct poll *poll)
{
    bool with_id[OPTIONS_MAX] = {false};
    names->count = poll->spec.option_count;
    buf_init(&names->text, NAMES_BYTES_MAX);
    if (poll->spec.form == BALLOT_YESNO) {
        write_yes_no(names);
        return buf_failed(&names->text) ? ERR_NOMEM : ERR_OK;
    }
    /* A name with its id may equal another's title: again until nothing changes. Two
     * names that both carry their ids differ. */
    do {
        write_all(names, scope, poll, with_id);
    } while (!buf_failed(&names->text) && mark_equals(names, with_id));
    return buf_failed(&names->text) ? ERR_NOMEM : ERR_OK;
}

void option_names_fini(struct option_names *names)
{
    buf_fini(&names->text);
}
