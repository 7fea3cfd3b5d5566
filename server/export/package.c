/* datapackage.json: what the tables are, in words that programs know. People have the
 * codebook (web/src/codebook). */
#include "export/columns.h"
#include "export/option_names.h"
#include "export/tables.h"

#include <stdio.h>
#include <string.h>

/* One table's part. */
struct part {
    struct buf *out;
    char separator;
    bool begun; /* it has a field */
};

static void write_type(struct part *part, enum column_type type)
{
    switch (type) {
    case COLUMN_INTEGER:
        buf_text(part->out, "\"integer\"");
        break;
    case COLUMN_NUMBER:
        buf_text(part->out, "\"number\"");
        buf_text(part->out, part->separator == ';' ? ",\"decimalChar\":\",\"" : "");
        break;
    case COLUMN_TEXT:
        buf_text(part->out, "\"string\"");
        break;
    case COLUMN_FLAG:
        buf_text(
            part->out, "\"boolean\",\"trueValues\":[\"yes\"],\"falseValues\":[\"no\"]");
        break;
    case COLUMN_TIME:
        buf_text(part->out, "\"datetime\"");
        break;
    case COLUMN_DAY:
        buf_text(part->out, "\"date\"");
        break;
    }
}

static void write_field(struct part *part, const char *name, enum column_type type)
{
    buf_text(part->out, part->begun ? ",{\"name\":" : "{\"name\":");
    buf_json_string(part->out, span_of_string(name));
    buf_text(part->out, ",\"type\":");
    write_type(part, type);
    buf_char(part->out, '}');
    part->begun = true;
}

static void write_fields(struct part *part, int file, bool shares)
{
    const struct column *column = NULL;
    while ((column = columns_next(column, file, shares)) != NULL) {
        write_field(part, column->name, column->type);
    }
}

/* A points table has a line before its column names, which is a comment. */
static void begin_resource(struct part *part, const char *path, bool comment)
{
    int name_bytes = (int)strcspn(path, ".");
    buf_printf(
        part->out,
        "{\"profile\":\"tabular-data-resource\",\"name\":\"%.*s\",\"path\":\"%s\","
        "\"format\":\"csv\",\"mediatype\":\"text/csv\",\"encoding\":\"utf-8\","
        "\"dialect\":{\"delimiter\":\"%c\",\"lineTerminator\":\"\\r\\n\"%s},"
        "\"schema\":{\"missingValues\":[\"\"],\"fields\":[",
        name_bytes, path, path, part->separator, comment ? ",\"commentChar\":\"#\"" : "");
}

static void write_ranks(struct part *part, const struct scope *scope)
{
    size_t ranks = table_ballots_ranks(scope);
    for (size_t rank = 1; rank <= ranks; rank++) {
        char name[32];
        snprintf(name, sizeof name, "rank%zu", rank);
        write_field(part, name, COLUMN_TEXT);
    }
}

static void write_table(struct buf *out, const struct scope *scope, enum export_file file)
{
    struct part part = {.out = out, .separator = scope->options->separator};
    bool ballots = file == EXPORT_BALLOTS;
    begin_resource(&part, export_file_name(file), false);
    write_fields(&part, (int)file, ballots && table_ballots_shares(scope));
    if (ballots) {
        write_ranks(&part, scope);
    }
    buf_text(out, "]}}");
}

static enum err
write_points(struct buf *out, const struct scope *scope, const struct poll *poll)
{
    struct part part = {.out = out, .separator = scope->options->separator};
    char path[EXPORT_NAME_BYTES];
    struct option_names names;
    enum err err = option_names_init(&names, scope, poll);
    if (err == ERR_OK) {
        export_points_name(poll, path);
        buf_char(out, ',');
        begin_resource(&part, path, true);
        write_fields(&part, EXPORT_POINTS, poll->spec.shares.count > 0);
        for (size_t i = 0; i < names.count; i++) {
            write_field(&part, option_names_get(&names, i), COLUMN_INTEGER);
        }
        buf_text(out, "]}}");
    }
    option_names_fini(&names);
    return err;
}

/* A package is named in small letters. */
static void write_head(struct buf *out, const struct scope *scope)
{
    buf_text(out, "{\"profile\":\"tabular-data-package\",\"name\":\"stimmwerk-");
    for (const char *c = scope->event->code; *c != '\0'; c++) {
        char letter = *c;
        if (letter >= 'A' && letter <= 'Z') {
            letter = (char)(letter - 'A' + 'a');
        }
        buf_char(out, letter);
    }
    buf_text(out, "\",\"title\":");
    struct export_text text = scope_text(scope, &scope->event->title);
    buf_json_string(
        out, span_of_string(text.title[0] != '\0' ? text.title : scope->event->code));
    buf_text(out, ",\"resources\":[");
}

enum err export_write_package(
    struct buf *out, const struct event *event, const struct export_texts *texts,
    const struct export_options *options)
{
    const struct scope scope = {.event = event, .texts = texts, .options = options};
    enum err err = ERR_OK;
    write_head(out, &scope);
    for (int file = 0; file < EXPORT_FILE_COUNT; file++) {
        buf_text(out, file > 0 ? "," : "");
        write_table(out, &scope, (enum export_file)file);
    }
    for (size_t i = 0; i < event->poll_count && err == ERR_OK; i++) {
        if (export_has_points(event->polls[i], options)) {
            err = write_points(out, &scope, event->polls[i]);
        }
    }
    buf_text(out, "]}\n");
    return err != ERR_OK ? err : buf_err(out);
}
