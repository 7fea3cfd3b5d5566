/* Texts: content docs in memory, found by their id. */
#include "app/hall_internal.h"

#include "base/hex.h"
#include "base/vec.h"

#include <stdlib.h>

enum err hall_texts_put(struct hall *hall, const struct uid *id, struct span body)
{
    void *texts = hall->texts;
    enum err err = vec_reserve(
        &texts, &hall->text_capacity, hall->text_count + 1, sizeof(struct text),
        TEXTS_MAX);
    hall->texts = texts;
    if (err != ERR_OK) {
        return err;
    }
    char *copy = malloc(body.bytes + 1);
    if (copy == NULL) {
        return ERR_NOMEM;
    }
    memcpy(copy, body.data, body.bytes);
    copy[body.bytes] = '\0';
    err = map_put(&hall->text_index, id, (uint32_t)hall->text_count);
    if (err != ERR_OK) {
        free(copy);
        return err;
    }
    hall->texts[hall->text_count++] = (struct text){.body = copy, .bytes = body.bytes};
    return ERR_OK;
}

void hall_texts_drop(struct hall *hall, const struct uid *id)
{
    uint32_t i = 0;
    if (map_get(&hall->text_index, id, &i)) {
        trust_wipe(hall->texts[i].body, hall->texts[i].bytes);
        free(hall->texts[i].body);
        hall->texts[i] = (struct text){0};
        map_drop(&hall->text_index, id);
    }
}

static struct span find_text(void *ctx, const struct uid *content)
{
    struct hall *hall = ctx;
    uint32_t i = 0;
    if (uid_is_zero(content) || !map_get(&hall->text_index, content, &i)) {
        return (struct span){0};
    }
    return span_of(hall->texts[i].body, hall->texts[i].bytes);
}

const struct wire_texts *hall_texts(struct hall *hall)
{
    hall->text_finder = (struct wire_texts){.find = find_text, .ctx = hall};
    return &hall->text_finder;
}

enum err hall_content_new(
    struct hall *hall, const char *lang, const char *title, const char *text,
    struct hall_content *ret_content)
{
    struct uid salt;
    struct content_ref ref;
    trust_random_uid(&salt);
    trust_random_uid(&ref.id);
    struct buf body;
    buf_init(&body, 6 * (size_t)CONTENT_BYTES_MAX);
    wire_encode_content(&body, &salt, lang, title, text);
    enum err err = buf_failed(&body) ? buf_err(&body)
                                     : hall_texts_put(hall, &ref.id, buf_span(&body));
    if (err != ERR_OK) {
        buf_fini(&body);
        return err;
    }
    trust_sha256(buf_span(&body), &ref.hash);
    *ret_content = (struct hall_content){.body = body, .ref = ref};
    hex_encode(ref.id.bytes, UID_BYTES, ret_content->name);
    ret_content->doc = (struct store_doc){
        .kind = "content",
        .name = span_of_string(ret_content->name),
        .body = buf_span(&ret_content->body),
    };
    return ERR_OK;
}

void hall_content_fini(struct hall_content *content)
{
    buf_fini(&content->body);
}
