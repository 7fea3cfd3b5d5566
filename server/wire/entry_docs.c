/* Which docs an entry names: found by the tables that read and write it, so that a new
 * entry can't be forgotten here. */
#include "wire/entry_fields.h"
#include "wire/picture_fields.h"
#include "wire/wire.h"

enum err wire_entry_docs(const struct entry *entry, wire_doc_fn *each, void *ctx)
{
    struct field_table table = entry_fields(entry->kind);
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < table.count; i++) {
        const struct field *field = &table.fields[i];
        const void *at = (const char *)entry + field->at;
        const struct content_ref *ref = NULL;
        const char *kind = "content";
        if (field->kind == &field_content) {
            ref = at;
        } else if (field->kind == &field_drawing_change) {
            ref = &((const struct picture_change *)at)->picture.ref;
            kind = "drawing";
        } else if (field->kind == &field_photo_change) {
            ref = &((const struct picture_change *)at)->picture.ref;
            kind = "photo";
        }
        if (ref != NULL && !uid_is_zero(&ref->id)) {
            err = each(ctx, kind, &ref->id);
        }
    }
    return err;
}
