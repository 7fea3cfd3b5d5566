#include "wire/entry_fields.h"
#include "wire/wire.h"

void wire_encode_entry(struct buf *out, const struct entry *entry)
{
    fields_write(out, entry_fields(entry->kind), entry);
}
