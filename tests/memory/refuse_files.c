/* Ballot files: read, copied, written. */
#include "refuse.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_BYTES_MAX 65536

struct seed {
    enum tally_format format;
    char data[FILE_BYTES_MAX];
    size_t bytes;
    const struct tally_file *file;
};

static enum tally_status new_reading(const struct seed *seed, struct tally_reading **ret)
{
    enum tally_status status = tally_reading_new(ret);
    if (status == TALLY_OK) {
        tally_reading_format(*ret, seed->format);
        status = tally_reading_name(*ret, (struct tally_text){"Ada", 3});
    }
    if (status == TALLY_OK) {
        status = tally_reading_name(*ret, (struct tally_text){"Ben", 3});
    }
    return status;
}

static enum tally_status attempt_read(const void *given)
{
    const struct seed *seed = given;
    struct tally_reading *reading = NULL;
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    enum tally_status status = new_reading(seed, &reading);
    if (status == TALLY_OK) {
        status = tally_file_read(seed->data, seed->bytes, reading, &file, &fault);
    }
    must((status == TALLY_OK) == (file != NULL), "a file comes with success alone");
    must(
        status != TALLY_BAD_FILE || fault.expected != NULL,
        "a refusal says what was expected");
    tally_reading_free(reading);
    tally_file_free(file);
    return status;
}

/* Only for a CSV with a column `poll`, and a NIST report of several contests. */
static enum tally_status attempt_read_poll(const void *given)
{
    const struct seed *seed = given;
    struct tally_reading *reading = NULL;
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    enum tally_status status = tally_reading_new(&reading);
    if (status == TALLY_OK) {
        tally_reading_format(reading, seed->format);
        status = tally_reading_poll(reading, (struct tally_text){"p1", 2});
    }
    if (status == TALLY_OK) {
        status = tally_file_read(seed->data, seed->bytes, reading, &file, &fault);
    }
    must((status == TALLY_OK) == (file != NULL), "a file comes with success alone");
    tally_reading_free(reading);
    tally_file_free(file);
    return status;
}

static bool swallow(void *ctx, const char *data, size_t bytes)
{
    size_t *all = ctx;
    (void)data;
    *all += bytes;
    return true;
}

static enum tally_status attempt_write(const void *given)
{
    const struct seed *seed = given;
    size_t bytes = 0;
    enum tally_status status =
        tally_file_write(seed->file, seed->format, swallow, &bytes);
    must(status == TALLY_OK || bytes == 0, "a file is written as a whole or not at all");
    return status;
}

static enum tally_status attempt_copy(const void *given)
{
    const struct seed *seed = given;
    const struct tally_profile *profile = tally_file_profile(seed->file);
    size_t options = tally_profile_options(profile);
    struct tally_text names[TALLY_OPTIONS_MAX];
    struct tally_file *copy = NULL;
    for (size_t o = 0; o < options; o++) {
        names[o] = tally_file_name(seed->file, o);
    }
    enum tally_status status =
        tally_file_new(profile, names, (struct tally_text){"A title", 7}, 2, &copy);
    must((status == TALLY_OK) == (copy != NULL), "a file comes with success alone");
    tally_file_free(copy);
    return status;
}

static void try_seed(struct seed *seed)
{
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    seed->format = TALLY_FORMAT_ANY;
    try_all(attempt_read, seed, "a file is read, or the heap is to blame");
    try_all(attempt_read_poll, seed, "a poll is read, or the heap is to blame");
    if (tally_file_read(seed->data, seed->bytes, NULL, &file, &fault) != TALLY_OK) {
        return;
    }
    seed->file = file;
    try_all(attempt_copy, seed, "a file is copied, or the heap is to blame");
    for (int to = TALLY_FORMAT_ANY; to < TALLY_FORMAT_COUNT; to++) {
        seed->format = (enum tally_format)to;
        try_all(attempt_write, seed, "a file is written, or the heap is to blame");
        try_all(attempt_read, seed, "a file is read or refused, or the heap is to blame");
    }
    tally_file_free(file);
}

static void try_folder(const char *folder, size_t *seeds)
{
    static struct seed seed;
    DIR *entries = opendir(folder);
    must(entries != NULL, "a folder of the corpus can be read");
    for (const struct dirent *entry = NULL; (entry = readdir(entries)) != NULL;) {
        char path[4096 + 257];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *file = entry->d_name[0] != '.' ? fopen(path, "rb") : NULL;
        if (file != NULL) {
            seed.bytes = fread(seed.data, 1, sizeof seed.data, file);
            fclose(file);
            try_seed(&seed);
            ++*seeds;
        }
    }
    closedir(entries);
}

void refuse_files(const char *corpus)
{
    static const char *const kinds[] = {"blt",  "abif",      "preflib", "csv", "cvr",
                                        "nist", "condorcet", "debian",  "any"};
    size_t seeds = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char folder[4096];
        snprintf(folder, sizeof folder, "%s/tally_%s", corpus, kinds[i]);
        try_folder(folder, &seeds);
    }
    must(seeds > 20, "the corpus is there");
}
