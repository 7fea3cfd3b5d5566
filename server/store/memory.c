#include "store/memory.h"

#include "base/vec.h"
#include "store/memory_internal.h"

#include <stdlib.h>

/* Moves `*at` on behind the copy. */
static struct span copy_span(struct span span, uint8_t **at)
{
    uint8_t *copy = *at;
    if (span.bytes != 0) {
        memcpy(copy, span.data, span.bytes);
    }
    *at += span.bytes;
    return span_of(copy, span.bytes);
}

/* ---- lanes ---- */

static int compare_lanes(struct store_lane a, struct store_lane b)
{
    if (a.event != b.event) {
        return a.event < b.event ? -1 : 1;
    }
    return a.poll < b.poll ? -1 : (a.poll > b.poll ? 1 : 0);
}

/* Where it stands, or would. */
static size_t place_of_lane(const struct memory *memory, struct store_lane lane)
{
    size_t at = 0;
    while (at < memory->lane_count && compare_lanes(memory->lanes[at].lane, lane) < 0) {
        at++;
    }
    return at;
}

static bool lane_is_at(const struct memory *memory, size_t at, struct store_lane lane)
{
    return at < memory->lane_count && compare_lanes(memory->lanes[at].lane, lane) == 0;
}

const struct memory_lane *
memory_find_lane(const struct memory *memory, struct store_lane lane)
{
    size_t at = place_of_lane(memory, lane);
    return lane_is_at(memory, at, lane) ? &memory->lanes[at] : NULL;
}

struct memory_lane *memory_make_lane(struct memory *memory, struct store_lane lane)
{
    size_t at = place_of_lane(memory, lane);
    if (lane_is_at(memory, at, lane)) {
        return &memory->lanes[at];
    }
    void *lanes = memory->lanes;
    enum err err = vec_reserve(
        &lanes, &memory->lane_capacity, memory->lane_count + 1, sizeof *memory->lanes,
        SIZE_MAX / sizeof *memory->lanes);
    memory->lanes = lanes;
    if (err != ERR_OK) {
        return NULL;
    }
    struct memory_lane *made = &memory->lanes[at];
    memmove(made + 1, made, (memory->lane_count - at) * sizeof *made);
    *made = (struct memory_lane){.lane = lane};
    memory->lane_count++;
    return made;
}

/* From the end: what is looked for came lately, if it came. */
int64_t memory_find_row(const struct memory_lane *lane, const struct uid *uid)
{
    size_t i = lane != NULL ? lane->row_count : 0;
    while (i > 0 && !uid_equal(&lane->rows[i - 1].uid, uid)) {
        i--;
    }
    return (int64_t)i;
}

enum err memory_add_row(struct memory_lane *lane, const struct uid *uid, struct span body)
{
    void *rows = lane->rows;
    enum err err = vec_reserve(
        &rows, &lane->row_capacity, lane->row_count + 1, sizeof *lane->rows,
        SIZE_MAX / sizeof *lane->rows);
    lane->rows = rows;
    if (err != ERR_OK) {
        return err;
    }
    uint8_t *bytes = malloc(body.bytes + 1);
    if (bytes == NULL) {
        return ERR_NOMEM;
    }
    uint8_t *at = bytes;
    lane->rows[lane->row_count++] =
        (struct memory_row){.uid = *uid, .body = copy_span(body, &at), .bytes = bytes};
    return ERR_OK;
}

struct memory_lane *memory_find_long_lane(struct memory *memory, int64_t event)
{
    for (size_t i = 0; i < memory->lane_count; i++) {
        struct memory_lane *lane = &memory->lanes[i];
        if (lane->lane.event == event && lane->lane.poll != 0 && lane->row_count > 1) {
            return lane;
        }
    }
    return NULL;
}

void memory_cut_lane(struct memory_lane *lane, size_t count)
{
    while (lane->row_count > count) {
        free(lane->rows[--lane->row_count].bytes);
    }
}

static void lane_fini(struct memory_lane *lane)
{
    memory_cut_lane(lane, 0);
    free(lane->rows);
}

void memory_drop_lane(struct memory *memory, struct store_lane lane)
{
    size_t at = place_of_lane(memory, lane);
    if (lane_is_at(memory, at, lane)) {
        struct memory_lane *dropped = &memory->lanes[at];
        lane_fini(dropped);
        memory->lane_count--;
        memmove(dropped, dropped + 1, (memory->lane_count - at) * sizeof *dropped);
    }
}

void memory_drop_event(struct memory *memory, int64_t event)
{
    for (size_t i = memory->lane_count; i > 0; i--) {
        struct store_lane lane = memory->lanes[i - 1].lane;
        if (lane.event == event) {
            memory_drop_lane(memory, lane);
        }
    }
}

/* ---- docs ---- */

static int compare_docs(const struct memory_doc *a, const struct store_doc *b)
{
    int kinds = strcmp(a->kind, b->kind);
    if (kinds != 0) {
        return kinds;
    }
    size_t bytes = a->name.bytes < b->name.bytes ? a->name.bytes : b->name.bytes;
    int names = bytes != 0 ? memcmp(a->name.data, b->name.data, bytes) : 0;
    if (names != 0 || a->name.bytes == b->name.bytes) {
        return names;
    }
    return a->name.bytes < b->name.bytes ? -1 : 1;
}

static size_t place_of_doc(const struct memory *memory, const struct store_doc *doc)
{
    size_t low = 0;
    size_t high = memory->doc_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_docs(&memory->docs[middle], doc) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const struct memory_doc *
memory_find_doc(const struct memory *memory, const char *kind, struct span name)
{
    const struct store_doc doc = {.kind = kind, .name = name};
    size_t at = place_of_doc(memory, &doc);
    bool known = at < memory->doc_count && compare_docs(&memory->docs[at], &doc) == 0;
    return known ? &memory->docs[at] : NULL;
}

static enum err copy_doc(const struct store_doc *doc, struct memory_doc *ret_copy)
{
    size_t kind_bytes = strlen(doc->kind) + 1;
    uint8_t *bytes = malloc(kind_bytes + doc->name.bytes + doc->body.bytes);
    if (bytes == NULL) {
        return ERR_NOMEM;
    }
    uint8_t *at = bytes;
    ret_copy->kind = (const char *)copy_span(span_of(doc->kind, kind_bytes), &at).data;
    ret_copy->name = copy_span(doc->name, &at);
    ret_copy->body = copy_span(doc->body, &at);
    ret_copy->bytes = bytes;
    return ERR_OK;
}

static void remove_doc(struct memory *memory, size_t at)
{
    struct memory_doc *doc = &memory->docs[at];
    free(doc->bytes);
    memory->doc_count--;
    memmove(doc, doc + 1, (memory->doc_count - at) * sizeof *doc);
}

static enum err insert_doc(struct memory *memory, size_t at, const struct memory_doc *doc)
{
    void *docs = memory->docs;
    enum err err = vec_reserve(
        &docs, &memory->doc_capacity, memory->doc_count + 1, sizeof *memory->docs,
        SIZE_MAX / sizeof *memory->docs);
    memory->docs = docs;
    if (err == ERR_OK) {
        struct memory_doc *place = &memory->docs[at];
        memmove(place + 1, place, (memory->doc_count - at) * sizeof *place);
        *place = *doc;
        memory->doc_count++;
    }
    return err;
}

enum err memory_put_doc(struct memory *memory, const struct store_doc *doc)
{
    size_t at = place_of_doc(memory, doc);
    bool known = at < memory->doc_count && compare_docs(&memory->docs[at], doc) == 0;
    if (doc->body.bytes == 0) {
        if (known) {
            remove_doc(memory, at);
        }
        return ERR_OK;
    }
    struct memory_doc copy;
    enum err err = copy_doc(doc, &copy);
    if (err != ERR_OK) {
        return err;
    }
    if (known) {
        free(memory->docs[at].bytes);
        memory->docs[at] = copy;
        return ERR_OK;
    }
    err = insert_doc(memory, at, &copy);
    if (err != ERR_OK) {
        free(copy.bytes);
    }
    return err;
}

/* ---- all of it ---- */

struct memory *memory_new(void)
{
    return calloc(1, sizeof(struct memory));
}

void memory_free(struct memory *memory)
{
    if (memory == NULL) {
        return;
    }
    for (size_t i = 0; i < memory->lane_count; i++) {
        lane_fini(&memory->lanes[i]);
    }
    for (size_t i = 0; i < memory->doc_count; i++) {
        free(memory->docs[i].bytes);
    }
    free(memory->lanes);
    free(memory->docs);
    free(memory);
}

static enum err copy_lane(struct memory *memory, const struct memory_lane *lane)
{
    struct memory_lane *copy = memory_make_lane(memory, lane->lane);
    if (copy == NULL) {
        return ERR_NOMEM;
    }
    copy->open = lane->open;
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < lane->row_count; i++) {
        err = memory_add_row(copy, &lane->rows[i].uid, lane->rows[i].body);
    }
    return err;
}

static enum err copy_all(const struct memory *from, struct memory *to)
{
    enum err err = ERR_OK;
    to->made = from->made;
    for (size_t i = 0; err == ERR_OK && i < from->lane_count; i++) {
        err = copy_lane(to, &from->lanes[i]);
    }
    for (size_t i = 0; err == ERR_OK && i < from->doc_count; i++) {
        const struct memory_doc *doc = &from->docs[i];
        err = memory_put_doc(to, &(struct store_doc){doc->kind, doc->name, doc->body});
    }
    return err;
}

struct memory *memory_copy(const struct memory *memory)
{
    struct memory *copy = memory_new();
    if (copy != NULL && copy_all(memory, copy) != ERR_OK) {
        memory_free(copy);
        return NULL;
    }
    return copy;
}
