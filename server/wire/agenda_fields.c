#include "wire/agenda_fields.h"

#include "wire/words.h"

#include <cjson/cJSON.h>

#define AT(member) offsetof(struct phase, member)

static const struct field phase_fields[] = {
    {.key = "phase", .kind = &field_id, .at = AT(id), .optional = true, .min = 1},
    {.key = "is",
     .kind = &field_enum,
     .at = AT(kind),
     .max = PHASE_KIND_COUNT,
     .name = word_phase_kind},
    {.key = "minutes", .kind = &field_u16, .at = AT(minutes), .max = PHASE_MINUTES_MAX},
    {.key = "poll", .kind = &field_id, .at = AT(poll), .optional = true, .min = 1},
};
static const struct field_table phase_table = {
    phase_fields, sizeof phase_fields / sizeof *phase_fields};

static enum err read_phases(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    struct agenda *agenda = at;
    char key[FAULT_KEY_BYTES];
    if (!cJSON_IsArray(item)) {
        return ERR_BAD_VALUE;
    }
    for (const cJSON *phase = item->child; phase != NULL; phase = phase->next) {
        if (agenda->count == PHASES_MAX) {
            return ERR_TOO_MANY;
        }
        enum err err =
            fields_read(phase, phase_table, &agenda->phases[agenda->count++], key);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}

static void write_phases(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    const struct agenda *agenda = at;
    buf_char(out, '[');
    for (size_t i = 0; i < agenda->count; i++) {
        buf_text(out, i > 0 ? "," : "");
        fields_write(out, phase_table, &agenda->phases[i]);
    }
    buf_char(out, ']');
}

const struct field_kind field_phases = {read_phases, write_phases, 0};
