/* What an export and the screens say of an event, whatever its log: tables have as many
 * cells in each row and none that a spreadsheet would run, screens are told JSON. Texts
 * are as bad as people may write them. */
#include "fuzz_fold.h"

#include "base/bounds.h"
#include "export/export.h"
#include "wire/wire.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#define BOM "\xef\xbb\xbf"

static const struct export_text texts[] = {
    {.title = "=1+1", .text = "@SUM(A1)", .lang = "de"},
    {.title = "a;b,\"c\"", .text = "two\r\nlines\n", .lang = "en"},
    {.title = "\t+1", .text = "", .lang = ""},
    {.title = " =1", .text = "\n-2", .lang = "el"},
    {.title = "-2", .text = "\xef\xbc\x9d\xf0\x9f\x9b\xb9", .lang = "ar"},
};

static bool find_text(void *ctx, const struct uid *content, struct export_text *ret_text)
{
    (void)ctx;
    *ret_text = texts[content->bytes[0] % (sizeof texts / sizeof *texts)];
    return content->bytes[1] % 8 != 0; /* some are erased */
}

static struct span find_doc(void *ctx, const struct uid *content)
{
    static const char doc[] = "{\"salt\":\"00112233445566778899aabbccddeeff\","
                              "\"lang\":\"de\",\"title\":\"\\\"</script>\","
                              "\"text\":\"\\n\"}";
    (void)ctx;
    return content->bytes[1] % 8 != 0 ? span_of(doc, sizeof doc - 1) : span_of_string("");
}

/* ---- tables ---- */

/* In full width: = + - @ (U+FF1D, U+FF0B, U+FF0D, U+FF20). */
static const char *const wide[] = {
    "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};

/* What a spreadsheet would run, also behind blanks. */
static bool would_run(const char *cell, const char *end)
{
    while (cell < end && *cell == ' ') {
        cell++;
    }
    bool runs = cell < end && memchr("=+-@\t\r\n", *cell, 7) != NULL;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        runs = runs || (end - cell >= 3 && memcmp(cell, wide[i], 3) == 0);
    }
    return runs;
}

static void check_cell(const char *cell, const char *end)
{
    bool last = cell == end || *cell == '\r'; /* of the row, and empty */
    cell += !last && *cell == '"' ? 1 : 0;
    FUZZ_MUST(last || !would_run(cell, end));
}

/* RFC 4180: behind `head` every row has as many cells as the first. */
static void check_table(struct span table, const char *head, char separator)
{
    const char *at = (const char *)table.data;
    const char *end = at + table.bytes;
    size_t head_bytes = strlen(head);
    FUZZ_MUST(table.bytes > head_bytes && memcmp(at, head, head_bytes) == 0);
    bool quoted = false;
    size_t cells = 1;
    size_t columns = 0;
    at += head_bytes;
    check_cell(at, end);
    for (; at < end; at++) {
        quoted = quoted != (*at == '"');
        if (!quoted && *at == separator) {
            cells++;
            check_cell(at + 1, end);
        } else if (!quoted && *at == '\n') {
            FUZZ_MUST(at[-1] == '\r' && (columns == 0 || cells == columns));
            columns = cells;
            cells = 1;
            check_cell(at + 1, end);
        }
    }
    FUZZ_MUST(!quoted && columns > 0 && end[-1] == '\n');
}

static const struct export_texts found_texts = {.find = find_text};

static struct export_options options_of(bool auditor)
{
    return (struct export_options){.separator = auditor ? ';' : ',', .auditor = auditor};
}

static void write_table(const struct event *event, int file, bool auditor)
{
    const struct export_options options = options_of(auditor);
    struct buf out;
    buf_init(&out, EXPORT_BYTES_MAX);
    enum err err =
        export_write(&out, (enum export_file)file, event, &found_texts, NULL, &options);
    FUZZ_MUST(err == ERR_OK);
    check_table(buf_span(&out), BOM, options.separator);
    buf_fini(&out);
}

static void write_points(const struct event *event, const struct poll *poll, bool auditor)
{
    const struct export_options options = options_of(auditor);
    struct buf out;
    buf_init(&out, EXPORT_BYTES_MAX);
    if (export_has_points(poll, &options)) {
        char head[64];
        snprintf(
            head, sizeof head, BOM "# shape: scores 0-%u\r\n",
            (unsigned)spec_points_max(&poll->spec));
        FUZZ_MUST(
            export_write_points(&out, event, poll, &found_texts, &options) == ERR_OK);
        check_table(buf_span(&out), head, options.separator);
    }
    buf_fini(&out);
}

static void write_tables(const struct event *event, bool auditor)
{
    for (int file = 0; file < EXPORT_FILE_COUNT; file++) {
        write_table(event, file, auditor);
    }
    for (size_t i = 0; i < event->poll_count; i++) {
        write_points(event, event->polls[i], auditor);
    }
}

/* ---- screens ---- */

static void check_json(struct buf *out)
{
    FUZZ_MUST(!buf_failed(out));
    const char *text = (const char *)out->data;
    const char *end = NULL;
    cJSON *json = cJSON_ParseWithLengthOpts(text, out->bytes, &end, false);
    FUZZ_MUST(json != NULL && end == text + out->bytes);
    cJSON_Delete(json);
    buf_clear(out);
}

static void write_screen(const struct event *event, enum view view)
{
    const struct wire_texts found = {.find = find_doc};
    const struct wire_live live = {.online = 1};
    struct buf out;
    buf_init(&out, EXPORT_BYTES_MAX);
    wire_encode_change(&out, event, view, 0, &found);
    check_json(&out);
    wire_encode_change(&out, event, view, event->pos / 2, &found);
    check_json(&out);
    wire_encode_live(&out, event, view, &live);
    check_json(&out);
    buf_fini(&out);
}

static void welcome(const struct event *event, const struct participant *person)
{
    static const struct uid id = {{1}};
    const struct wire_texts found = {.find = find_doc};
    const struct wire_me me = {.participant = person->id};
    const struct wire_guest guest = {.role = person->role, .me = &me};
    struct buf out;
    buf_init(&out, EXPORT_BYTES_MAX);
    wire_encode_welcome(&out, &id, event, &guest, &found);
    check_json(&out);
    buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct folding folding;
    fold(&folding, data, size, 1);
    const struct event *event = &folding.event;
    if (event->created) {
        write_tables(event, false);
        write_tables(event, true);
    }
    for (int view = 0; view < VIEW_COUNT && event->created; view++) {
        write_screen(event, (enum view)view);
    }
    for (size_t i = 0; i < event->participant_count && i < 20; i++) {
        welcome(event, &event->participants[i]);
    }
    event_fini(&folding.event);
    return 0;
}
