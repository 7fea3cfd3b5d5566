#include "golden.h"

#include "base/hex.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER TEST_SOURCE_DIR "/golden/messages/"

char *golden_read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s", path);
    struct buf buf;
    buf_init(&buf, 1 << 24);
    char part[4096];
    size_t n;
    while ((n = fread(part, 1, sizeof part, file)) > 0) {
        buf_bytes(&buf, part, n);
    }
    fclose(file);
    cr_assert(!buf_failed(&buf));
    return (char *)buf.data;
}

static cJSON *load(const char *path)
{
    char *text = golden_read_file(path);
    cJSON *json = cJSON_Parse(text);
    cr_assert(cJSON_IsArray(json), "%s", path);
    free(text);
    return json;
}

static const char *string_of(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static void build_frame(struct buf *out, const cJSON *item)
{
    const char *hex = string_of(item, "frame_hex");
    if (hex != NULL) {
        uint8_t bytes[256];
        cr_assert_eq(hex_decode(hex, strlen(hex), bytes, strlen(hex) / 2), ERR_OK);
        buf_bytes(out, bytes, strlen(hex) / 2);
        return;
    }
    buf_text(out, string_of(item, "frame"));
    const cJSON *pad = cJSON_GetObjectItemCaseSensitive(item, "pad");
    for (int i = 0; pad != NULL && i < pad->valueint; i++) {
        buf_char(out, ' ');
    }
}

static size_t run_file(const char *path, golden_fn *each, void *ctx)
{
    size_t count = 0;
    cJSON *cases = load(path);
    const cJSON *item;
    cJSON_ArrayForEach(item, cases)
    {
        struct buf frame;
        buf_init(&frame, 1 << 20);
        build_frame(&frame, item);
        each(
            ctx, string_of(item, "name"), buf_span(&frame),
            cJSON_GetObjectItemCaseSensitive(item, "expect"));
        buf_fini(&frame);
        count++;
    }
    cJSON_Delete(cases);
    return count;
}

size_t golden_requests(golden_fn *each, void *ctx)
{
    static const char *const files[] = {FOLDER "hello.json",     FOLDER "cast.json",
                                        FOLDER "ideas.json",     FOLDER "polls.json",
                                        FOLDER "agenda.json",    FOLDER "tickets.json",
                                        FOLDER "rehearsal.json", FOLDER "frames.json"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        count += run_file(files[i], each, ctx);
    }
    return count;
}

void golden_expect_push(const char *name, struct buf *out)
{
    cr_assert(!buf_failed(out));
    cJSON *cases = load(FOLDER "pushes.json");
    const char *expected = NULL;
    const cJSON *item;
    cJSON_ArrayForEach(item, cases)
    {
        if (strcmp(string_of(item, "name"), name) == 0) {
            expected = string_of(item, "frame");
        }
    }
    cr_assert_not_null(expected, "no golden push \"%s\": %s", name, (char *)out->data);
    cr_assert_str_eq((const char *)out->data, expected);
    cJSON_Delete(cases);
    buf_clear(out);
}
