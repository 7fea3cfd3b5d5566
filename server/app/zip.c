#include "app/zip.h"

#include <zip.h>

/* libzip reads the bodies when the archive is closed. */
static enum err
add_members(zip_t *archive, const struct zip_member *members, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        zip_source_t *source =
            zip_source_buffer(archive, members[i].body.data, members[i].body.bytes, 0);
        if (source == NULL) {
            return ERR_NOMEM;
        }
        zip_int64_t at = zip_file_add(archive, members[i].name, source, ZIP_FL_ENC_UTF_8);
        if (at < 0) {
            zip_source_free(source);
            return ERR_NOMEM;
        }
        int method = members[i].packed ? ZIP_CM_STORE : ZIP_CM_DEFAULT;
        if (zip_set_file_compression(archive, (zip_uint64_t)at, method, 0) != 0) {
            return ERR_NOMEM;
        }
    }
    return ERR_OK;
}

static enum err read_back(zip_source_t *sink, struct buf *out)
{
    if (zip_source_open(sink) != 0) {
        return ERR_INTERNAL;
    }
    uint8_t piece[65536];
    zip_int64_t bytes = 0;
    while ((bytes = zip_source_read(sink, piece, sizeof piece)) > 0) {
        buf_bytes(out, piece, (size_t)bytes);
    }
    (void)zip_source_close(sink);
    if (bytes < 0) {
        return ERR_INTERNAL;
    }
    return buf_err(out);
}

enum err zip_bundle_write(const struct zip_member *members, size_t count, struct buf *out)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *sink = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *archive = NULL;
    enum err err = ERR_NOMEM;
    if (sink == NULL) {
        goto no_sink;
    }
    zip_source_keep(sink); /* the archive frees its own reference */
    archive = zip_open_from_source(sink, ZIP_TRUNCATE, &error);
    if (archive == NULL) {
        zip_source_free(sink);
        goto no_archive;
    }
    err = add_members(archive, members, count);
    if (err == ERR_OK && zip_close(archive) == 0) {
        err = read_back(sink, out);
    } else {
        zip_discard(archive);
        err = err != ERR_OK ? err : ERR_INTERNAL;
    }
no_archive:
    zip_source_free(sink);
no_sink:
    zip_error_fini(&error);
    return err;
}

static enum err read_member(zip_t *archive, const char *name, struct buf *out)
{
    uint8_t piece[65536];
    zip_int64_t bytes = 0;
    zip_file_t *file = zip_fopen(archive, name, 0);
    if (file == NULL) {
        return ERR_NOT_FOUND;
    }
    while ((bytes = zip_fread(file, piece, sizeof piece)) > 0) {
        buf_bytes(out, piece, (size_t)bytes);
    }
    buf_bytes(out, "", 0); /* even an empty one is a string */
    (void)zip_fclose(file);
    if (bytes < 0) {
        return ERR_DAMAGED;
    }
    return buf_err(out);
}

enum err zip_bundle_read(struct span zip, const char *name, struct buf *out)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(zip.data, zip.bytes, 0, &error);
    zip_t *archive =
        source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    zip_error_fini(&error);
    if (archive == NULL) {
        zip_source_free(source);
        return source != NULL ? ERR_DAMAGED : ERR_NOMEM;
    }
    enum err err = read_member(archive, name, out);
    zip_discard(archive);
    return err;
}
