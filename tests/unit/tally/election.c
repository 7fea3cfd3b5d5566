#include "election.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER_FILES_MAX 1000

char *election_slurp(const char *path, size_t *ret_bytes)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        return NULL;
    }
    cr_assert_eq(fseek(stream, 0, SEEK_END), 0);
    long bytes = ftell(stream);
    cr_assert_geq(bytes, 0);
    rewind(stream);
    char *text = malloc((size_t)bytes + 1);
    cr_assert_not_null(text);
    cr_assert_eq(fread(text, 1, (size_t)bytes, stream), (size_t)bytes);
    text[bytes] = '\0';
    fclose(stream);
    *ret_bytes = (size_t)bytes;
    return text;
}

static const char *string_of(const cJSON *json, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, key));
}

/* A CSV file does not know options that nobody ranked: the list of candidates does. */
static struct tally_file *read_ballots(
    const struct election *election, const char *folder, enum tally_format format)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, string_of(election->json, "file"));
    size_t bytes = 0;
    char *text = election_slurp(path, &bytes);
    cr_assert_not_null(text, "%s is missing", path);

    const cJSON *candidates =
        cJSON_GetObjectItemCaseSensitive(election->json, "candidates");
    struct tally_reading *reading = reading_as(format);
    const cJSON *candidate = NULL;
    cJSON_ArrayForEach(candidate, candidates)
    {
        const char *name = cJSON_GetStringValue(candidate);
        cr_assert_eq(tally_reading_name(reading, text_of(name)), TALLY_OK);
    }
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    enum tally_status status = tally_file_read(text, bytes, reading, &file, &fault);
    cr_assert_eq(
        status, TALLY_OK, "%s:%zu:%zu: %s, expected %s", path, fault.line, fault.column,
        tally_status_code(status), fault.expected != NULL ? fault.expected : "nothing");
    tally_reading_free(reading);
    free(text);
    return file;
}

bool election_load(const char *folder, const char *name, struct election *ret_election)
{
    struct election election = {.json = NULL};
    char path[4096];
    size_t bytes = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *text = election_slurp(path, &bytes);
    cr_assert_not_null(text);
    election.json = cJSON_ParseWithLength(text, bytes);
    free(text);
    cr_assert_not_null(election.json, "%s is no JSON", path);
    if (string_of(election.json, "format") == NULL) {
        cJSON_Delete(election.json);
        return false;
    }
    snprintf(election.id, sizeof election.id, "%s", string_of(election.json, "id"));
    enum tally_format format = tally_format_find(string_of(election.json, "format"));
    if (format != TALLY_FORMAT_COUNT) {
        election.file = read_ballots(&election, folder, format);
    }
    *ret_election = election;
    return true;
}

void election_free(struct election *election)
{
    cJSON_Delete(election->json);
    tally_file_free(election->file);
}

size_t election_option(const struct election *election, const char *name)
{
    size_t options = tally_profile_options(tally_file_profile(election->file));
    for (size_t i = 0; i < options; i++) {
        struct tally_text text = tally_file_name(election->file, i);
        if (text.bytes == strlen(name) && memcmp(text.data, name, text.bytes) == 0) {
            return i;
        }
    }
    cr_assert_fail("%s has no option \"%s\"", election->id, name);
    return 0;
}

static int is_json(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

size_t election_each(
    const char *folder, void (*each)(const struct election *election, void *ctx),
    void *ctx)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_json, alphasort);
    cr_assert_geq(count, 0, "%s can't be read", folder);
    size_t seen = 0;
    for (int i = 0; i < count; i++) {
        struct election election;
        if (election_load(folder, entries[i]->d_name, &election)) {
            each(&election, ctx);
            election_free(&election);
            seen++;
        }
        free(entries[i]);
    }
    free(entries);
    return seen;
}
