/* Export: the tables of server/export, with the hall's texts and tie orders, as one
 * answer or as a ZIP. */
#include "app/office_pictures.h"
#include "app/office_task.h"
#include "app/zip.h"

#include <stdlib.h>

/* ---- texts: content docs are JSON; the last one stays parsed ---- */

struct text_reader {
    const struct wire_texts *texts;
    cJSON *doc;     /* owned */
    bool no_memory; /* a text that is there was not told */
};

static const char *part(const cJSON *doc, const char *key)
{
    const char *text = office_text(doc, key);
    return text != NULL ? text : "";
}

static bool find_text(void *ctx, const struct uid *content, struct export_text *ret_text)
{
    struct text_reader *reader = ctx;
    struct span doc = reader->texts->find(reader->texts->ctx, content);
    if (doc.bytes == 0) {
        return false;
    }
    cJSON_Delete(reader->doc);
    reader->doc = cJSON_ParseWithLength((const char *)doc.data, doc.bytes);
    if (reader->doc == NULL) {
        reader->no_memory = true;
        return false;
    }
    *ret_text = (struct export_text){
        .title = part(reader->doc, "title"),
        .text = part(reader->doc, "text"),
        .lang = part(reader->doc, "lang"),
    };
    return true;
}

/* ---- tie orders: the hall lends one at a time ---- */

struct tie_orders {
    const uint16_t **of;           /* owned; one for each poll, or NULL */
    uint16_t (*kept)[OPTIONS_MAX]; /* owned */
};

static void tie_orders_fini(struct tie_orders *orders)
{
    free(orders->of);
    free(orders->kept);
}

static enum err tie_orders_read(
    struct hall *hall, const struct event *event, struct tie_orders *ret_orders)
{
    struct tie_orders orders = {
        .of = calloc(event->poll_count + 1, sizeof *orders.of),
        .kept = calloc(event->poll_count + 1, sizeof *orders.kept),
    };
    if (orders.of == NULL || orders.kept == NULL) {
        tie_orders_fini(&orders);
        return ERR_NOMEM;
    }
    for (size_t i = 0; i < event->poll_count; i++) {
        const uint16_t *order = hall_tie_order(hall, event, event->polls[i]);
        if (order != NULL) {
            memcpy(orders.kept[i], order, sizeof orders.kept[i]);
            orders.of[i] = orders.kept[i];
        }
    }
    *ret_orders = orders;
    return ERR_OK;
}

/* ---- the files ---- */

struct exported {
    char name[EXPORT_NAME_BYTES];
    struct buf body;
};

struct export_files {
    struct exported *of; /* owned */
    size_t count;
    struct office_pictures pictures;
};

static void files_fini(struct export_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        buf_fini(&files->of[i].body);
    }
    free(files->of);
    office_pictures_fini(&files->pictures);
}

/* The next file, empty; there is room for it. All together they fit into one answer. */
static struct exported *add_file(struct export_files *files)
{
    size_t left = ANSWER_BYTES_MAX;
    for (size_t i = 0; i < files->count; i++) {
        left -= files->of[i].body.bytes;
    }
    struct exported *file = &files->of[files->count++];
    buf_init(&file->body, left < EXPORT_BYTES_MAX ? left : EXPORT_BYTES_MAX);
    return file;
}

static enum err write_tables(
    const struct event *event, const struct export_texts *texts,
    const uint16_t *const *orders, const struct export_options *options,
    struct export_files *files)
{
    enum err err = ERR_OK;
    for (int i = 0; i < EXPORT_FILE_COUNT && err == ERR_OK; i++) {
        struct exported *file = add_file(files);
        snprintf(
            file->name, sizeof file->name, "%s", export_file_name((enum export_file)i));
        err =
            export_write(&file->body, (enum export_file)i, event, texts, orders, options);
    }
    return err;
}

static enum err write_points(
    const struct event *event, const struct export_texts *texts,
    const struct export_options *options, struct export_files *files)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < event->poll_count && err == ERR_OK; i++) {
        if (export_has_points(event->polls[i], options)) {
            struct exported *file = add_file(files);
            export_points_name(event->polls[i], file->name);
            err =
                export_write_points(&file->body, event, event->polls[i], texts, options);
        }
    }
    return err;
}

/* In one answer each byte of a picture is two digits, and some of a table's are two. */
static size_t room_for_pictures(const struct export_files *files)
{
    size_t left = ANSWER_BYTES_MAX - ANSWER_BYTES_MAX / 32;
    for (size_t i = 0; i < files->count; i++) {
        size_t bytes = 2 * files->of[i].body.bytes;
        left -= bytes < left ? bytes : left;
    }
    return left / 2 < EXPORT_PICTURES_BYTES_MAX ? left / 2 : EXPORT_PICTURES_BYTES_MAX;
}

static enum err write_package(
    const struct event *event, const struct export_texts *texts,
    const struct export_options *options, struct export_files *files)
{
    struct exported *file = add_file(files);
    snprintf(file->name, sizeof file->name, "%s", EXPORT_PACKAGE_NAME);
    return export_write_package(&file->body, event, texts, options);
}

/* All but the pictures. Free with files_fini in any case. */
static enum err files_write(
    struct hall *hall, const struct event *event, const struct export_options *options,
    struct export_files *ret_files)
{
    struct tie_orders orders;
    struct text_reader reader = {.texts = hall_texts(hall)};
    const struct export_texts texts = {.find = find_text, .ctx = &reader};
    *ret_files = (struct export_files){
        .of = calloc(EXPORT_FILE_COUNT + event->poll_count + 1, sizeof *ret_files->of)};
    if (ret_files->of == NULL) {
        return ERR_NOMEM;
    }
    enum err err = tie_orders_read(hall, event, &orders);
    if (err != ERR_OK) {
        return err;
    }
    err = write_tables(event, &texts, orders.of, options, ret_files);
    if (err == ERR_OK) {
        err = write_points(event, &texts, options, ret_files);
    }
    if (err == ERR_OK) {
        err = write_package(event, &texts, options, ret_files);
    }
    cJSON_Delete(reader.doc);
    tie_orders_fini(&orders);
    return err == ERR_OK && reader.no_memory ? ERR_NOMEM : err;
}

/* Free with files_fini in any case. */
static enum err files_write_all(
    struct hall *hall, const struct event *event, const struct export_options *options,
    struct export_files *ret_files)
{
    enum err err = files_write(hall, event, options, ret_files);
    return err != ERR_OK ? err
                         : office_pictures_read(
                               hall, event, options, room_for_pictures(ret_files),
                               &ret_files->pictures);
}

static enum err write_zip(const struct export_files *files, struct buf *out)
{
    const struct office_pictures *pictures = &files->pictures;
    size_t count = files->count + pictures->count;
    struct zip_member *members = calloc(count, sizeof *members);
    if (members == NULL) {
        return ERR_NOMEM;
    }
    for (size_t i = 0; i < files->count; i++) {
        members[i] = (struct zip_member){
            .name = files->of[i].name, .body = buf_span(&files->of[i].body)};
    }
    for (size_t i = 0; i < pictures->count; i++) {
        members[files->count + i] = (struct zip_member){
            .name = pictures->of[i].name,
            .body = buf_span(&pictures->of[i].body),
            .packed = true,
        };
    }
    enum err err = zip_bundle_write(members, count, out);
    free(members);
    return err;
}

enum err office_export_zip(
    struct hall *hall, const struct event *event, const struct export_options *options,
    struct buf *out)
{
    struct export_files files;
    enum err err = files_write_all(hall, event, options, &files);
    if (err == ERR_OK) {
        err = write_zip(&files, out);
    }
    files_fini(&files);
    return err;
}

enum err office_export_file(
    struct hall *hall, const struct event *event, const struct export_options *options,
    const char *name, struct buf *out)
{
    struct export_files files;
    enum err err = files_write(hall, event, options, &files);
    bool found = false;
    for (size_t i = 0; err == ERR_OK && i < files.count; i++) {
        if (strcmp(files.of[i].name, name) == 0) {
            found = true;
            buf_bytes(out, files.of[i].body.data, files.of[i].body.bytes);
            err = buf_err(out);
        }
    }
    files_fini(&files);
    return err == ERR_OK && !found ? ERR_NOT_FOUND : err;
}

static void write_pictures(struct buf *answer, const struct office_pictures *pictures)
{
    for (size_t i = 0; i < pictures->count; i++) {
        const struct office_picture *picture = &pictures->of[i];
        buf_printf(answer, ",{\"name\":\"%s\",\"hex\":\"", picture->name);
        buf_hex(answer, picture->body.data, picture->body.bytes);
        buf_text(answer, "\"}");
    }
}

static void answer_files(struct office_task *task, const struct export_files *files)
{
    struct buf answer;
    buf_init(&answer, ANSWER_BYTES_MAX);
    buf_printf(&answer, "{\"ok\":true,\"event\":\"%s\",\"files\":[", task->event->code);
    for (size_t i = 0; i < files->count; i++) {
        buf_text(&answer, i != 0 ? ",{\"name\":" : "{\"name\":");
        buf_json_string(&answer, span_of_string(files->of[i].name));
        buf_text(&answer, ",\"text\":");
        buf_json_string(&answer, buf_span(&files->of[i].body));
        buf_char(&answer, '}');
    }
    write_pictures(&answer, &files->pictures);
    buf_printf(&answer, "],\"left_out\":%zu}", files->pictures.left_out);
    office_answer(task, &answer);
    buf_fini(&answer);
}

enum err office_export(struct office_task *task, const cJSON *request)
{
    enum err err = office_find_event(task, request);
    const char *separator = office_text(request, "separator");
    if (err != ERR_OK) {
        return err;
    }
    if (separator == NULL ||
        (strcmp(separator, ",") != 0 && strcmp(separator, ";") != 0)) {
        return ERR_BAD_VALUE;
    }
    const struct export_options options = {
        .separator = separator[0],
        .auditor =
            cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(request, "auditor")) != 0,
    };
    struct export_files files;
    err = files_write_all(task->hall, task->event, &options, &files);
    if (err == ERR_OK) {
        answer_files(task, &files);
    }
    files_fini(&files);
    return err;
}
