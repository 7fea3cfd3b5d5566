#include "wire/picture_fields.h"

#include "wire/json_read.h"
#include "wire/wire.h"
#include "wire/words.h"

#include <string.h>

static bool is_empty(const cJSON *item)
{
    const char *text;
    return json_read_string(item, &text) == ERR_OK && text[0] == '\0';
}

/* ---- in requests ---- */

static enum err read_drawing(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    struct request_drawing *drawing = at;
    const char *path;
    enum err err = json_read_string(item, &path);
    if (err != ERR_OK) {
        return err;
    }
    size_t bytes = strlen(path);
    if (bytes > 0 && !drawing_valid(span_of(path, bytes))) {
        return ERR_BAD_VALUE;
    }
    memcpy(drawing->path, path, bytes + 1);
    drawing->given = true;
    return ERR_OK;
}

static void write_drawing(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    const struct request_drawing *drawing = at;
    buf_json_string(out, span_of_string(drawing->path));
}

const struct field_kind field_drawing = {read_drawing, write_drawing, sizeof(bool)};

static enum err read_photo_id(const cJSON *item, const struct field *field, void *at)
{
    static const struct field some = {.min = 1};
    (void)field;
    struct request_photo *photo = at;
    enum err err = is_empty(item) ? ERR_OK : field_uid.read(item, &some, &photo->id);
    photo->given = err == ERR_OK;
    return err;
}

static void write_photo_id(struct buf *out, const struct field *field, const void *at)
{
    const struct request_photo *photo = at;
    if (uid_is_zero(&photo->id)) {
        buf_text(out, "\"\"");
    } else {
        field_uid.write(out, field, &photo->id);
    }
}

const struct field_kind field_photo_id = {read_photo_id, write_photo_id, sizeof(bool)};

/* ---- in the log ---- */

#define AT(member) offsetof(struct picture_change, member)

#define REF                                                                              \
    {.key = "id", .kind = &field_uid, .at = AT(picture.ref.id), .min = 1},               \
    {                                                                                    \
        .key = "hash", .kind = &field_hash, .at = AT(picture.ref.hash)                   \
    }
#define SIDE(name, member)                                                               \
    {                                                                                    \
        .key = (name), .kind = &field_u16, .at = AT(member), .min = PHOTO_SIDE_MIN,      \
        .max = PHOTO_SIDE_MAX                                                            \
    }

static const struct field drawing_fields[] = {REF};
static const struct field photo_fields[] = {
    REF,
    {.key = "type",
     .kind = &field_enum,
     .at = AT(picture.photo.type),
     .max = PHOTO_TYPE_COUNT,
     .name = word_photo_type},
    SIDE("width", picture.photo.width),
    SIDE("height", picture.photo.height),
};

static const struct field_table drawing_table = {
    drawing_fields, sizeof drawing_fields / sizeof *drawing_fields};
static const struct field_table photo_table = {
    photo_fields, sizeof photo_fields / sizeof *photo_fields};

static enum err read_change(
    const cJSON *item, struct field_table table, enum picture_kind kind,
    struct picture_change *change)
{
    char key[FAULT_KEY_BYTES];
    change->given = true;
    if (is_empty(item)) {
        return ERR_OK;
    }
    change->picture.kind = kind;
    return fields_read(item, table, change, key);
}

static void write_change(
    struct buf *out, struct field_table table, const struct picture_change *change)
{
    if (change->picture.kind == PICTURE_NONE) {
        buf_text(out, "\"\"");
    } else {
        fields_write(out, table, change);
    }
}

static enum err
read_drawing_change(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    return read_change(item, drawing_table, PICTURE_DRAWING, at);
}

static void
write_drawing_change(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    write_change(out, drawing_table, at);
}

const struct field_kind field_drawing_change = {
    read_drawing_change, write_drawing_change, sizeof(bool)};

static enum err read_photo_change(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    return read_change(item, photo_table, PICTURE_PHOTO, at);
}

static void write_photo_change(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    write_change(out, photo_table, at);
}

const struct field_kind field_photo_change = {
    read_photo_change, write_photo_change, sizeof(bool)};
