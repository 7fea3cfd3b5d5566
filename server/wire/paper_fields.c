#include "wire/paper_fields.h"

#include "wire/ballot_json.h"

#include <cjson/cJSON.h>
#include <string.h>

#define AT(member) offsetof(struct wire_pile, member)

static const struct field pile_fields[] = {
    {.key = "count", .kind = &field_int, .at = AT(count), .min = 1, .max = INT32_MAX},
    {.key = "ballot", .kind = &field_ballot, .at = AT(ballot)},
};
const struct field_table pile_table = {
    pile_fields, sizeof pile_fields / sizeof *pile_fields};

static const struct field shared_pile_fields[] = {
    {.key = "count", .kind = &field_int, .at = AT(count), .min = 1, .max = INT32_MAX},
    {.key = "share", .kind = &field_u16, .at = AT(share), .min = 1, .max = SHARES_MAX},
    {.key = "ballot", .kind = &field_ballot, .at = AT(ballot)},
};
const struct field_table shared_pile_table = {
    shared_pile_fields, sizeof shared_pile_fields / sizeof *shared_pile_fields};

/* Lays a pile on the others. */
static enum err add_pile(struct paper *paper, const struct wire_pile *pile)
{
    uint16_t marks = pile->ballot.mark_count;
    bool full = paper->pile_count == PAPER_PILES_MAX ||
                paper->mark_count + marks > PAPER_MARKS_MAX;
    if (full || pile->count > PAPER_COUNT_MAX) {
        return ERR_TOO_MANY;
    }
    if (paper->pile_count > 0 && paper->form != pile->ballot.form) {
        return ERR_WRONG_FORM;
    }
    paper->form = pile->ballot.form;
    paper->piles[paper->pile_count++] =
        (struct pile){.count = (uint16_t)pile->count, .mark_count = marks};
    memcpy(
        &paper->marks[paper->mark_count], pile->ballot.marks,
        marks * sizeof *paper->marks);
    paper->mark_count = (uint16_t)(paper->mark_count + marks);
    return ERR_OK;
}

static enum err read_piles(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    struct paper *paper = at;
    char key[FAULT_KEY_BYTES];
    if (!cJSON_IsArray(item)) {
        return ERR_BAD_VALUE;
    }
    for (const cJSON *json = item->child; json != NULL; json = json->next) {
        struct wire_pile pile = {.count = 0};
        enum err err = fields_read(json, pile_table, &pile, key);
        if (err == ERR_OK) {
            err = add_pile(paper, &pile);
        }
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}

static void write_piles(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    const struct paper *paper = at;
    const struct mark *marks = paper->marks;
    buf_char(out, '[');
    for (size_t i = 0; i < paper->pile_count; i++) {
        struct wire_pile pile = {.count = paper->piles[i].count};
        pile.ballot.form = paper->form;
        pile.ballot.mark_count = paper->piles[i].mark_count;
        memcpy(pile.ballot.marks, marks, pile.ballot.mark_count * sizeof *marks);
        marks += pile.ballot.mark_count;
        buf_text(out, i > 0 ? "," : "");
        fields_write(out, pile_table, &pile);
    }
    buf_char(out, ']');
}

const struct field_kind field_piles = {read_piles, write_piles, 0};

void ballot_of_marks(
    const struct poll_spec *spec, const struct kept_mark *marks, size_t count,
    struct ballot *ret_ballot)
{
    bool yesno = spec->form == BALLOT_YESNO;
    *ret_ballot = (struct ballot){.form = spec->form, .mark_count = (uint16_t)count};
    for (size_t i = 0; i < count; i++) {
        int64_t answer = marks[i].option == 0 ? OPTION_YES : OPTION_NO;
        ret_ballot->marks[i].option = yesno ? answer : spec->options[marks[i].option];
        ret_ballot->marks[i].value = marks[i].value;
    }
    ballot_sort(ret_ballot);
}
