#include "app/hall_notice.h"

#include "app/hall_internal.h"

#include <assert.h>
#include <stdlib.h>

#define KIND "notice"

static const char *const names[NOTICE_COUNT] = {"imprint", "privacy", "words"};

const char *notice_name(enum notice notice)
{
    assert(notice < NOTICE_COUNT);
    return names[notice];
}

const char *hall_notice(const struct hall *hall, enum notice notice)
{
    return hall->notices[notice];
}

static char *copy(struct span text)
{
    char *copied = malloc(text.bytes + 1);
    if (copied != NULL) {
        memcpy(copied, text.data, text.bytes);
        copied[text.bytes] = '\0';
    }
    return copied;
}

/* Takes `text`, which may be NULL. */
static void keep(struct hall *hall, enum notice notice, char *text)
{
    free(hall->notices[notice]);
    hall->notices[notice] = text;
}

enum err hall_load_notice(void *ctx, struct span name, struct span body)
{
    int i = 0;
    while (i < NOTICE_COUNT && !span_equal(name, span_of_string(names[i]))) {
        i++;
    }
    if (i == NOTICE_COUNT) {
        return ERR_OK; /* another name is a later version's */
    }
    char *text = copy(body);
    if (text == NULL) {
        return ERR_NOMEM;
    }
    keep(ctx, (enum notice)i, text);
    return ERR_OK;
}

enum err hall_set_notice(
    struct hall *hall, enum notice notice, const char *text, store_done *done, void *ctx)
{
    const struct store_doc doc = {
        .kind = KIND,
        .name = span_of_string(names[notice]),
        .body = span_of_string(text), /* an empty body deletes it */
    };
    char *kept = text[0] != '\0' ? copy(doc.body) : NULL;
    if (text[0] != '\0' && kept == NULL) {
        return ERR_NOMEM;
    }
    enum err err = store_put(hall->store, &doc, 1, done, ctx);
    if (err != ERR_OK) {
        free(kept);
        return err;
    }
    keep(hall, notice, kept);
    return ERR_OK;
}
