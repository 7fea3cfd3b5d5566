/* PROTOCOL.md says what the tables say, and nothing else. Its tables are read row by row:
 * cells between bars, names between backticks. */
#include "golden.h"
#include "wire/ops.h"
#include "wire/reply.h"
#include "wire/request_fields.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOCUMENT   TEST_SOURCE_DIR "/../PROTOCOL.md"
#define CELL_BYTES 400
#define CELLS_MAX  6

struct row {
    char cells[CELLS_MAX][CELL_BYTES];
    size_t count;
};

typedef void row_fn(void *ctx, const struct row *row);

static void split(const char *line, size_t bytes, struct row *ret_row)
{
    ret_row->count = 0;
    const char *end = line + bytes;
    const char *at = line + 1;
    while (at < end && ret_row->count < CELLS_MAX) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        bar = bar != NULL ? bar : end;
        size_t n = (size_t)(bar - at);
        cr_assert_lt(n, CELL_BYTES, "%.*s", (int)n, at);
        memcpy(ret_row->cells[ret_row->count], at, n);
        ret_row->cells[ret_row->count++][n] = '\0';
        at = bar + 1;
    }
}

/* Calls `each` for the rows of the first table under a heading; returns how many. */
static size_t read_table(const char *heading, row_fn *each, void *ctx)
{
    char *text = golden_read_file(DOCUMENT);
    const char *at = strstr(text, heading);
    cr_assert_not_null(at, "%s", heading);
    at = strstr(at, "\n| --- |");
    cr_assert_not_null(at, "%s has no table", heading);
    at = strchr(at + 1, '\n') + 1;
    size_t count = 0;
    static struct row row;
    while (*at == '|') {
        size_t bytes = strcspn(at, "\n");
        split(at, bytes, &row);
        each(ctx, &row);
        at += bytes + 1;
        count++;
    }
    free(text);
    return count;
}

/* The only name in a cell, or "". */
static const char *name_in(const char *cell, char ret_name[64])
{
    ret_name[0] = '\0';
    const char *open = strchr(cell, '`');
    if (open != NULL) {
        size_t n = strcspn(open + 1, "`");
        cr_assert_lt(n, 64);
        memcpy(ret_name, open + 1, n);
        ret_name[n] = '\0';
    }
    return ret_name;
}

/* ---- requests ---- */

static void expect_who(const struct op_row *op, const char *cell)
{
    static const struct {
        char letter;
        const char *word;
    } words[] = {{'P', "participant"}, {'O', "owner"},   {'M', "moderator"},
                 {'H', "helper"},      {'U', "auditor"}, {'S', "stage"},
                 {'A', "anybody"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool may = strchr(op->roles, words[i].letter) != NULL;
        bool said = strstr(cell, words[i].word) != NULL;
        cr_assert_eq(may, said, "%s and %s", op->code, words[i].word);
    }
}

/* Writes the table's keys as the document should: "`poll`, `lang`?". */
static void expect_keys(enum op op, const char *cell)
{
    struct field_table table = request_fields(op);
    struct buf keys;
    buf_init(&keys, CELL_BYTES);
    for (size_t i = 0; i < table.count; i++) {
        const struct field *field = &table.fields[i];
        if (strcmp(field->key, "op") == 0 || strcmp(field->key, "id") == 0) {
            continue;
        }
        buf_text(&keys, keys.bytes == 0 ? " " : ", ");
        buf_printf(&keys, "`%s`%s", field->key, field->optional ? "?" : "");
    }
    buf_char(&keys, ' ');
    cr_assert_str_eq(cell, (char *)keys.data, "%s", wire_op_code(op));
    buf_fini(&keys);
}

static void check_request(void *ctx, const struct row *row)
{
    bool(*seen)[OP_COUNT] = ctx;
    char name[64];
    int op = 0;
    name_in(row->cells[0], name);
    while (op < OP_COUNT && strcmp(wire_op_code((enum op)op), name) != 0) {
        op++;
    }
    cr_assert_lt(op, OP_COUNT, "there is no op %s", name);
    cr_assert_not((*seen)[op], "%s stands there twice", name);
    (*seen)[op] = true;
    const struct op_row *known = op_row((enum op)op);
    expect_who(known, row->cells[1]);
    cr_assert_eq(strtoul(row->cells[2], NULL, 10), known->bytes_max, "%s", name);
    expect_keys((enum op)op, row->cells[3]);
}

Test(protocol, names_every_request_with_its_role_size_and_keys)
{
    bool seen[OP_COUNT] = {false};
    cr_assert_eq(read_table("### Requests", check_request, &seen), OP_COUNT);
}

/* ---- what the server sends ---- */

static void check_push(void *ctx, const struct row *row)
{
    bool(*seen)[PUSH_COUNT] = ctx;
    char name[64];
    int push = 0;
    name_in(row->cells[0], name);
    while (push < PUSH_COUNT && strcmp(push_code((enum push)push), name) != 0) {
        push++;
    }
    cr_assert_lt(push, PUSH_COUNT, "there is no push %s", name);
    cr_assert_not((*seen)[push], "%s stands there twice", name);
    (*seen)[push] = true;
}

Test(protocol, names_everything_the_server_sends)
{
    bool seen[PUSH_COUNT] = {false};
    cr_assert_eq(read_table("### What the server sends", check_push, &seen), PUSH_COUNT);
}

/* ---- refusals ---- */

static void check_code(void *ctx, const struct row *row)
{
    int *next = ctx;
    char name[64];
    name_in(row->cells[0], name);
    cr_assert_lt(*next, ERR_COUNT);
    cr_assert_str_eq(name, err_code((enum err) * next));
    (*next)++;
}

Test(protocol, names_every_refusal_in_the_order_of_the_table)
{
    int next = ERR_OK + 1;
    read_table("## Refusal codes", check_code, &next);
    cr_assert_eq(next, ERR_COUNT);
}

/* ---- words ---- */

static void expect_word(const char *text, const char *word)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "`%s`", word);
    cr_assert_not_null(strstr(text, quoted), "%s", quoted);
}

Test(protocol, names_every_reason_form_and_publication)
{
    char *text = golden_read_file(DOCUMENT);
    for (int i = REASON_NONE + 1; i < REASON_COUNT; i++) {
        expect_word(text, reason_code((enum reason)i));
    }
    for (int i = 0; i < BALLOT_FORM_COUNT; i++) {
        expect_word(text, ballot_form_name((enum ballot_form)i));
    }
    for (int i = 0; i < PUBLICATION_COUNT; i++) {
        expect_word(text, publication_name((enum publication)i));
    }
    for (int i = 0; i < IDEA_STATE_COUNT; i++) {
        expect_word(text, idea_state_name((enum idea_state)i));
    }
    for (int i = 0; i < POLL_STATE_COUNT; i++) {
        expect_word(text, poll_state_name((enum poll_state)i));
    }
    free(text);
}
