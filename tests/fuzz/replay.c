/* Stands in for libFuzzer: gives a target every file of the folders on the command line.
 * --whole: that is its corpus, and must reach all that the target is for. */
#include "fuzz.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_BYTES_MAX 1048576

static uint8_t *read_input(const char *path, size_t *ret_bytes)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    uint8_t *data = malloc(INPUT_BYTES_MAX);
    size_t bytes = data != NULL ? fread(data, 1, INPUT_BYTES_MAX, file) : 0;
    fclose(file);
    if (data == NULL) {
        return NULL;
    }
    /* Exact memory: the sanitizer sees a byte too far. */
    uint8_t *exact = realloc(data, bytes > 0 ? bytes : 1);
    *ret_bytes = bytes;
    return exact != NULL ? exact : data;
}

static int replay_file(const char *path)
{
    size_t bytes = 0;
    uint8_t *data = read_input(path, &bytes);
    if (data == NULL) {
        fprintf(stderr, "%s can't be read\n", path);
        return 1;
    }
    (void)LLVMFuzzerTestOneInput(data, bytes);
    free(data);
    return 0;
}

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int replay_folder(const char *path, int *count)
{
    struct dirent **entries = NULL;
    int found = scandir(path, &entries, is_input, alphasort);
    if (found < 0) {
        fprintf(stderr, "%s is no folder\n", path);
        return 1;
    }
    int failed = 0;
    for (int i = 0; i < found; i++) {
        char name[4096];
        snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
        failed |= replay_file(name);
        free(entries[i]);
    }
    free(entries);
    *count += found;
    return failed;
}

__attribute__((weak)) void fuzz_expect_reached(void) {}

int main(int argc, char **argv)
{
    int count = 0;
    int failed = 0;
    bool whole = argc > 1 && strcmp(argv[1], "--whole") == 0;
    for (int i = whole ? 2 : 1; i < argc; i++) {
        failed |= replay_folder(argv[i], &count);
    }
    if (whole) {
        fuzz_expect_reached();
    }
    printf("%d inputs replayed\n", count);
    return failed != 0 || count == 0 ? 1 : 0;
}
