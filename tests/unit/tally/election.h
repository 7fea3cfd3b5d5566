/* An election with known results: the JSON file, its ballots, and the numbers of the
 * candidates' names. */
#ifndef TEST_TALLY_ELECTION_H
#define TEST_TALLY_ELECTION_H

#include "tally_kit.h"

#include <cjson/cJSON.h>

struct election {
    char id[128];
    cJSON *json;
    struct tally_file *file; /* NULL: a format the library does not read */
};

/* The whole file, NUL-terminated; the caller frees. NULL: no such file. */
char *election_slurp(const char *path, size_t *ret_bytes);

/* Reads folder/name (a JSON file). False: it is no election. Fails the test when the
 * ballot file can't be read. */
bool election_load(const char *folder, const char *name, struct election *ret_election);
void election_free(struct election *election);

/* The option of that name; fails the test if there is none. */
size_t election_option(const struct election *election, const char *name);

/* Calls `each` for every election of a folder, by name; returns how many. */
size_t election_each(
    const char *folder, void (*each)(const struct election *election, void *ctx),
    void *ctx);

#endif
