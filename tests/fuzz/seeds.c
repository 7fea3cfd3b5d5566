/* seeds FOLDER [N]: writes small seeds for the targets wire_batch and wire_request, one
 * of each kind of entry and of each request, as this version's encoders spell them: of
 * some dozen random ones the shortest, and as NAME.full the longest that is still small.
 * With N it writes N random ones of each instead, of which libFuzzer's -merge=1 keeps
 * what takes a branch of its own. */
#include "base/bounds.h"
#include "unit/wire/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRIES      40
#define SMALL_MAX  1200 /* bytes of a seed */
#define LARGE_MAX  4096 /* of one of many */
#define TEXT_BYTES ((size_t)FRAME_BYTES_MAX * 8)

static void write_file(
    const char *folder, const char *target, const char *name, const struct buf *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s/%s", folder, target, name);
    FILE *file = text->bytes <= LARGE_MAX ? fopen(path, "wb") : NULL;
    if (file != NULL) {
        fwrite(text->data, 1, text->bytes, file);
        fclose(file);
    }
}

/* Spells the random thing of a kind that this state makes. */
typedef void spell(struct buf *out, struct random *random, int kind);

static void spell_entry(struct buf *out, struct random *random, int kind)
{
    static struct entry entry;
    memset(&entry, 0, sizeof entry);
    random_entry(random, (enum entry_kind)kind, &entry);
    buf_char(out, '[');
    wire_encode_entry(out, &entry);
    buf_char(out, ']');
}

static void spell_request(struct buf *out, struct random *random, int kind)
{
    static struct request request;
    memset(&request, 0, sizeof request);
    random_request(random, (enum op)kind, &request);
    wire_encode_request(out, &request);
}

static void keep(struct buf *kept, const struct buf *text)
{
    kept->bytes = 0;
    buf_bytes(kept, text->data, text->bytes);
}

/* New chance for each kind, so that its seeds stay when other kinds are added. */
static void spell_one(struct buf *text, spell *spelling, int kind, uint64_t seed)
{
    struct random random = {seed * 0x9e3779b97f4a7c15u};
    buf_init(text, TEXT_BYTES);
    spelling(text, &random, kind);
}

struct place {
    const char *folder;
    long many; /* 0: one of each */
};

static void write_many(
    const struct place *place, const char *target, const char *name, spell *spelling,
    int kind)
{
    for (long i = 1; i <= place->many; i++) {
        char numbered[64];
        struct buf text;
        spell_one(&text, spelling, kind, (uint64_t)i);
        snprintf(numbered, sizeof numbered, "%s.%ld", name, i);
        write_file(place->folder, target, numbered, &text);
        buf_fini(&text);
    }
}

static void write_one(
    const struct place *place, const char *target, const char *name, spell *spelling,
    int kind)
{
    char full[64];
    struct buf shortest;
    struct buf longest;
    buf_init(&shortest, TEXT_BYTES);
    buf_init(&longest, TEXT_BYTES);
    for (uint64_t i = 1; i <= TRIES; i++) {
        struct buf text;
        spell_one(&text, spelling, kind, i);
        if (i == 1 || text.bytes < shortest.bytes) {
            keep(&shortest, &text);
        }
        if (text.bytes > longest.bytes && text.bytes <= SMALL_MAX) {
            keep(&longest, &text);
        }
        buf_fini(&text);
    }
    snprintf(full, sizeof full, "%s.full", name);
    if (shortest.bytes <= SMALL_MAX) {
        write_file(place->folder, target, name, &shortest);
    }
    if (longest.bytes > shortest.bytes) {
        write_file(place->folder, target, full, &longest);
    }
    buf_fini(&shortest);
    buf_fini(&longest);
}

static void write_seeds(
    const struct place *place, const char *target, const char *name, spell *spelling,
    int kind)
{
    if (place->many > 0) {
        write_many(place, target, name, spelling, kind);
    } else {
        write_one(place, target, name, spelling, kind);
    }
}

int main(int argc, char **argv)
{
    static const char *const requests[] = {
#define X(name, code, roles, bytes) code,
#include "wire/messages.def"
#undef X
    };

    struct place place = {.folder = argc > 1 ? argv[1] : NULL};
    place.many = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
    if (argc < 2 || argc > 3) {
        fputs("seeds FOLDER (tests/fuzz/corpus) [N]\n", stderr);
        return 2;
    }
    for (int kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        const char *name = entry_kind_code((enum entry_kind)kind);
        write_seeds(&place, "wire_batch", name, spell_entry, kind);
    }
    for (int op = 0; op < (int)(sizeof requests / sizeof *requests); op++) {
        write_seeds(&place, "wire_request", requests[op], spell_request, op);
    }
    return 0;
}
