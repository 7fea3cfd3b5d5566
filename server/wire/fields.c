#include "wire/fields.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <string.h>

/* Keys come in the table's order mostly: the search begins where the last one ended. */
static size_t find_field(struct field_table table, size_t from, const char *key)
{
    for (size_t n = 0; n < table.count; n++) {
        size_t i = (from + n) % table.count;
        if (strcmp(table.fields[i].key, key) == 0) {
            return i;
        }
    }
    return table.count;
}

/* Foreign keys go out again in the answer: printable ASCII or nothing. */
static void copy_key(const char *key, char ret_key[FAULT_KEY_BYTES])
{
    size_t n = 0;
    for (; n < FAULT_KEY_BYTES - 1 && key[n] > 0x20 && key[n] < 0x7f; n++) {
        ret_key[n] = key[n];
    }
    ret_key[n] = '\0';
}

static enum err read_member(
    const cJSON *item, struct field_table table, size_t i, uint32_t *seen, void *base)
{
    if (i == table.count) {
        return ERR_UNKNOWN_KEY;
    }
    if ((*seen >> i & 1) != 0) {
        return ERR_DUPLICATE_KEY;
    }
    *seen |= UINT32_C(1) << i;
    const struct field *field = &table.fields[i];
    return field->kind->read(item, field, (char *)base + field->at);
}

static enum err
check_missing(struct field_table table, uint32_t seen, char ret_key[FAULT_KEY_BYTES])
{
    for (size_t i = 0; i < table.count; i++) {
        if (!table.fields[i].optional && (seen >> i & 1) == 0) {
            copy_key(table.fields[i].key, ret_key);
            return ERR_MISSING_KEY;
        }
    }
    return ERR_OK;
}

enum err fields_read(
    const cJSON *object, struct field_table table, void *base,
    char ret_key[FAULT_KEY_BYTES])
{
    assert(table.count <= FIELDS_MAX);
    if (!cJSON_IsObject(object)) {
        return ERR_BAD_VALUE;
    }
    uint32_t seen = 0;
    size_t next = 0;
    for (const cJSON *item = object->child; item != NULL; item = item->next) {
        size_t i = find_field(table, next, item->string);
        enum err err = read_member(item, table, i, &seen, base);
        if (err != ERR_OK) {
            copy_key(item->string, ret_key);
            return err;
        }
        next = i + 1;
    }
    return check_missing(table, seen, ret_key);
}

static bool is_absent(const struct field *field, const void *base)
{
    const char *at = (const char *)base + field->at;
    for (size_t i = 0; i < field->kind->zero_bytes; i++) {
        if (at[i] != 0) {
            return false;
        }
    }
    return field->optional;
}

void fields_write(struct buf *out, struct field_table table, const void *base)
{
    char before = '{';
    for (size_t i = 0; i < table.count; i++) {
        const struct field *field = &table.fields[i];
        if (is_absent(field, base)) {
            continue;
        }
        buf_char(out, before);
        before = ',';
        buf_char(out, '"');
        buf_text(out, field->key); /* ours: nothing to escape */
        buf_text(out, "\":");
        field->kind->write(out, field, (const char *)base + field->at);
    }
    assert(before == ','); /* no table is empty */
    buf_char(out, '}');
}
