/* What a run wrote, as seeds for the fuzz targets: a log as lines, `H` and a row of the
 * history, `B` and a row of the first poll's lane; and each sealed list. */
#include "world.h"

#include <inttypes.h>
#include <stdio.h>

static FILE *create(const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        perror(path);
    }
    return file;
}

static void write_lane(FILE *file, const struct world *world, int64_t poll, char mark)
{
    const struct store_lane name = {.event = 1, .poll = poll};
    const struct memory_lane *lane = memory_find_lane(world->disk->memory, name);
    for (size_t i = 0; lane != NULL && i < lane->row_count; i++) {
        const struct span body = lane->rows[i].body;
        fprintf(file, "%c%.*s\n", mark, (int)body.bytes, (const char *)body.data);
    }
}

static void keep_log(const struct world *world, const char *folder, uint64_t seed)
{
    char name[64];
    snprintf(name, sizeof name, "log-%" PRIu64, seed);
    FILE *file = create(folder, name);
    if (file != NULL) {
        write_lane(file, world, 0, 'H');
        write_lane(file, world, 1, 'B');
        fclose(file);
    }
}

static void keep_sealed(const char *folder, uint64_t seed, const struct memory_doc *doc)
{
    char name[64];
    snprintf(
        name, sizeof name, "sealed-%" PRIu64 "-%.*s", seed, (int)doc->name.bytes - 2,
        (const char *)doc->name.data + 2);
    FILE *file = create(folder, name);
    if (file != NULL) {
        fwrite(doc->body.data, 1, doc->body.bytes, file);
        fclose(file);
    }
}

void keep_all(const struct world *world, const char *folder, uint64_t seed)
{
    const struct memory *memory = world->disk->memory;
    keep_log(world, folder, seed);
    for (size_t i = 0; i < memory->doc_count; i++) {
        const struct memory_doc *doc = &memory->docs[i];
        bool ours = doc->name.bytes > 2 && memcmp(doc->name.data, "1/", 2) == 0;
        if (ours && strcmp(doc->kind, "sealed") == 0) {
            keep_sealed(folder, seed, doc);
        }
    }
}
