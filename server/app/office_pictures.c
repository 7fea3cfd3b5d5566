#include "app/office_pictures.h"

#include <stdlib.h>

/* The file of a picture, empty before. */
static enum err
write_file(struct hall *hall, const struct picture *picture, struct buf *file)
{
    struct buf drawing;
    if (picture->kind == PICTURE_PHOTO) {
        return hall_picture_load(hall, picture, file);
    }
    buf_init(&drawing, DRAWING_BYTES_MAX);
    enum err err = hall_picture_load(hall, picture, &drawing);
    if (err == ERR_OK) {
        drawing_write_svg(file, buf_span(&drawing));
        err = buf_err(file);
    }
    buf_fini(&drawing);
    return err;
}

static bool is_left_out(enum err err)
{
    return err == ERR_NOT_FOUND || err == ERR_DAMAGED || err == ERR_TOO_LARGE;
}

static enum err
add(struct hall *hall, const struct idea_picture *picture, size_t *left,
    struct office_pictures *pictures)
{
    if (*left < PHOTO_BYTES_MAX) {
        pictures->left_out++; /* not read: ballots wait for this */
        return ERR_OK;
    }
    struct office_picture *next = &pictures->of[pictures->count];
    export_picture_name(picture, next->name);
    buf_init(&next->body, PHOTO_BYTES_MAX);
    enum err err = write_file(hall, &picture->is, &next->body);
    if (err == ERR_OK) {
        *left -= next->body.bytes;
        pictures->count++;
        return ERR_OK;
    }
    buf_fini(&next->body);
    pictures->left_out += is_left_out(err) ? 1 : 0;
    return is_left_out(err) ? ERR_OK : err;
}

enum err office_pictures_read(
    struct hall *hall, const struct event *event, const struct export_options *options,
    size_t bytes_max, struct office_pictures *ret_pictures)
{
    size_t at = 0;
    size_t left = bytes_max;
    *ret_pictures = (struct office_pictures){
        .of = calloc(2 * event->idea_count + 1, sizeof *ret_pictures->of)};
    if (ret_pictures->of == NULL) {
        return ERR_NOMEM;
    }
    enum err err = ERR_OK;
    const struct idea_picture *picture = NULL;
    while (err == ERR_OK &&
           (picture = export_next_picture(event, options, &at)) != NULL) {
        err = add(hall, picture, &left, ret_pictures);
    }
    return err;
}

void office_pictures_fini(struct office_pictures *pictures)
{
    for (size_t i = 0; i < pictures->count; i++) {
        buf_fini(&pictures->of[i].body);
    }
    free(pictures->of);
    *pictures = (struct office_pictures){0};
}
