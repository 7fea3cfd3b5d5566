/* The types of values that stand in fields. */
#include "wire/ballot_json.h"
#include "wire/fields.h"
#include "wire/json_read.h"
#include "wire/utf8_text.h"

#include <assert.h>
#include <string.h>

/* ---- numbers ---- */

static enum err read_id(const cJSON *item, const struct field *field, void *at)
{
    return json_read_id(item, field->min, at);
}

static void write_id(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    int64_t id;
    memcpy(&id, at, sizeof id);
    buf_char(out, '"');
    buf_int(out, id);
    buf_char(out, '"');
}

const struct field_kind field_id = {read_id, write_id, sizeof(int64_t)};

static enum err read_int(const cJSON *item, const struct field *field, void *at)
{
    return json_read_int(item, field->min, field->max, at);
}

static void write_int(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    int64_t value;
    memcpy(&value, at, sizeof value);
    buf_int(out, value);
}

const struct field_kind field_int = {read_int, write_int, sizeof(int64_t)};

static enum err read_u16(const cJSON *item, const struct field *field, void *at)
{
    int64_t value;
    assert(field->max <= UINT16_MAX);
    enum err err = json_read_int(item, field->min, field->max, &value);
    if (err == ERR_OK) {
        *(uint16_t *)at = (uint16_t)value;
    }
    return err;
}

static void write_u16(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    buf_int(out, *(const uint16_t *)at);
}

const struct field_kind field_u16 = {read_u16, write_u16, sizeof(uint16_t)};

static enum err read_u32(const cJSON *item, const struct field *field, void *at)
{
    int64_t value;
    assert(field->max <= UINT32_MAX);
    enum err err = json_read_int(item, field->min, field->max, &value);
    if (err == ERR_OK) {
        *(uint32_t *)at = (uint32_t)value;
    }
    return err;
}

static void write_u32(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    buf_int(out, *(const uint32_t *)at);
}

const struct field_kind field_u32 = {read_u32, write_u32, sizeof(uint32_t)};

static enum err read_bool(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    return json_read_bool(item, at);
}

static void write_bool(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    buf_text(out, *(const bool *)at ? "true" : "false");
}

const struct field_kind field_bool = {read_bool, write_bool, sizeof(bool)};

/* ---- bytes ---- */

static enum err read_uid(const cJSON *item, const struct field *field, void *at)
{
    enum err err = json_read_hex(item, at, UID_BYTES);
    return err == ERR_OK && field->min > 0 && uid_is_zero(at) ? ERR_BAD_VALUE : err;
}

static void write_hex(struct buf *out, const void *at, size_t bytes)
{
    buf_char(out, '"');
    buf_hex(out, at, bytes);
    buf_char(out, '"');
}

static void write_uid(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    write_hex(out, at, UID_BYTES);
}

const struct field_kind field_uid = {read_uid, write_uid, UID_BYTES};

static enum err read_hash(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    return json_read_hex(item, at, HASH_BYTES);
}

static void write_hash(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    write_hex(out, at, HASH_BYTES);
}

const struct field_kind field_hash = {read_hash, write_hash, HASH_BYTES};

/* ---- words ---- */

_Static_assert(sizeof(enum role) == sizeof(int), "enums are read and written as int");

static enum err read_enum(const cJSON *item, const struct field *field, void *at)
{
    const char *word;
    enum err err = json_read_string(item, &word);
    if (err != ERR_OK) {
        return err;
    }
    for (int i = (int)field->max - 1; i >= (int)field->min; i--) {
        if (strcmp(field->name(i), word) == 0) {
            memcpy(at, &i, sizeof i);
            return ERR_OK;
        }
    }
    return ERR_BAD_VALUE;
}

static void write_string(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    buf_json_string(out, span_of_string(at));
}

static void write_enum(struct buf *out, const struct field *field, const void *at)
{
    int value;
    memcpy(&value, at, sizeof value);
    write_string(out, field, field->name(value));
}

const struct field_kind field_enum = {read_enum, write_enum, sizeof(int)};

/* A word of the given characters that fits `bytes_max` with its NUL. */
static bool read_word(const cJSON *item, const char *alphabet, size_t bytes_max, char *at)
{
    const char *word;
    if (json_read_string(item, &word) != ERR_OK) {
        return false;
    }
    size_t bytes = strlen(word);
    if (bytes == 0 || bytes >= bytes_max || strspn(word, alphabet) != bytes) {
        return false;
    }
    memcpy(at, word, bytes + 1);
    return true;
}

static enum err read_code(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    bool read =
        read_word(item, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", EVENT_CODE_BYTES + 1, at);
    return read && strlen(at) == EVENT_CODE_BYTES ? ERR_OK : ERR_CODE_MALFORMED;
}

const struct field_kind field_code = {read_code, write_string, 1};

static enum err read_method(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    return read_word(item, alphabet, METHOD_BYTES_MAX, at) ? ERR_OK : ERR_BAD_VALUE;
}

const struct field_kind field_method = {read_method, write_string, 1};

static enum err read_lang(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    const char *lang;
    enum err err = json_read_string(item, &lang);
    if (err != ERR_OK) {
        return err;
    }
    size_t bytes = strlen(lang);
    if (bytes >= LANG_BYTES_MAX || !lang_valid(lang)) {
        return ERR_BAD_VALUE;
    }
    memcpy(at, lang, bytes + 1);
    return ERR_OK;
}

const struct field_kind field_lang = {read_lang, write_string, 1};

/* ---- texts ---- */

static enum err
read_chars(const cJSON *item, const struct field *field, bool lines, void *at)
{
    const char *text;
    enum err err = json_read_string(item, &text);
    if (err != ERR_OK) {
        return err;
    }
    struct text_rule rule = {(size_t)field->min, (size_t)field->max, lines};
    return text_normalise(text, &rule, at);
}

static enum err read_line(const cJSON *item, const struct field *field, void *at)
{
    return read_chars(item, field, false, at);
}

static enum err read_text(const cJSON *item, const struct field *field, void *at)
{
    return read_chars(item, field, true, at);
}

const struct field_kind field_line = {read_line, write_string, 1};
const struct field_kind field_text = {read_text, write_string, 1};

/* ---- objects and lists ---- */

static const struct field content_fields[] = {
    {.key = "id", .kind = &field_uid, .at = offsetof(struct content_ref, id)},
    {.key = "hash", .kind = &field_hash, .at = offsetof(struct content_ref, hash)},
};
static const struct field_table content_table = {content_fields, 2};

static enum err read_content(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    char key[FAULT_KEY_BYTES];
    return fields_read(item, content_table, at, key);
}

static void write_content(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    fields_write(out, content_table, at);
}

const struct field_kind field_content = {
    read_content, write_content, sizeof(struct content_ref)};

static enum err read_options(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    struct poll_spec *spec = at;
    if (!cJSON_IsArray(item)) {
        return ERR_BAD_VALUE;
    }
    uint16_t count = 0;
    for (const cJSON *option = item->child; option != NULL; option = option->next) {
        if (count == OPTIONS_MAX) {
            return ERR_TOO_MANY;
        }
        enum err err = json_read_id(option, 1, &spec->options[count]);
        if (err != ERR_OK) {
            return err;
        }
        count++;
    }
    spec->option_count = count;
    return ERR_OK;
}

static void write_options(struct buf *out, const struct field *field, const void *at)
{
    const struct poll_spec *spec = at;
    buf_char(out, '[');
    for (size_t i = 0; i < spec->option_count; i++) {
        buf_text(out, i > 0 ? "," : "");
        write_id(out, field, &spec->options[i]);
    }
    buf_char(out, ']');
}

const struct field_kind field_options = {read_options, write_options, 0};

static const struct field share_fields[] = {
    {.key = "group",
     .kind = &field_id,
     .at = offsetof(struct share, group),
     .optional = true,
     .min = 1},
    {.key = "percent",
     .kind = &field_u16,
     .at = offsetof(struct share, percent),
     .max = UINT16_MAX},
};
static const struct field_table share_table = {share_fields, 2};

/* How many per cent each may have is the fold's to say. */
static enum err read_shares(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    struct share_list *shares = at;
    char key[FAULT_KEY_BYTES];
    if (!cJSON_IsArray(item)) {
        return ERR_BAD_VALUE;
    }
    for (const cJSON *share = item->child; share != NULL; share = share->next) {
        if (shares->count == SHARES_MAX) {
            return ERR_TOO_MANY;
        }
        enum err err = fields_read(share, share_table, &shares->of[shares->count], key);
        if (err != ERR_OK) {
            return err;
        }
        shares->count++;
    }
    return ERR_OK;
}

static void write_shares(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    const struct share_list *shares = at;
    buf_char(out, '[');
    for (size_t i = 0; i < shares->count; i++) {
        buf_text(out, i > 0 ? "," : "");
        fields_write(out, share_table, &shares->of[i]);
    }
    buf_char(out, ']');
}

_Static_assert(offsetof(struct share_list, count) == 0, "absent while this is 0");

const struct field_kind field_shares = {read_shares, write_shares, sizeof(uint16_t)};

static enum err read_tags(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    struct tag_list *tags = at;
    if (!cJSON_IsArray(item)) {
        return ERR_BAD_VALUE;
    }
    uint16_t count = 0;
    for (const cJSON *tag = item->child; tag != NULL; tag = tag->next) {
        if (count == IDEA_TAGS_MAX) {
            return ERR_TOO_MANY;
        }
        enum err err = json_read_id(tag, 1, &tags->labels[count]);
        if (err != ERR_OK) {
            return err;
        }
        count++;
    }
    tags->count = count;
    tags->given = true;
    return ERR_OK;
}

static void write_tags(struct buf *out, const struct field *field, const void *at)
{
    const struct tag_list *tags = at;
    buf_char(out, '[');
    for (size_t i = 0; i < tags->count; i++) {
        buf_text(out, i > 0 ? "," : "");
        write_id(out, field, &tags->labels[i]);
    }
    buf_char(out, ']');
}

_Static_assert(offsetof(struct tag_list, given) == 0, "absent while this is false");

const struct field_kind field_tags = {read_tags, write_tags, sizeof(bool)};

static enum err read_challenge(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    struct challenge_change *change = at;
    enum err err = json_read_id(item, 0, &change->label);
    change->given = err == ERR_OK;
    return err;
}

static void write_challenge(struct buf *out, const struct field *field, const void *at)
{
    const struct challenge_change *change = at;
    write_id(out, field, &change->label);
}

_Static_assert(offsetof(struct challenge_change, given) == 0, "absent while false");

const struct field_kind field_challenge = {read_challenge, write_challenge, sizeof(bool)};

static enum err read_ballot(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    return ballot_read(item, at);
}

static void write_ballot(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    ballot_write(out, at);
}

const struct field_kind field_ballot = {read_ballot, write_ballot, 0};
