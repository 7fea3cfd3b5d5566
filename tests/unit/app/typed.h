/* A command as typed, its words parted by "|", and what it printed. */
#ifndef TESTS_APP_TYPED_H
#define TESTS_APP_TYPED_H

#include <cjson/cJSON.h>
#include <stdio.h>

#define ELECTIONS TEST_SOURCE_DIR "/golden/elections/"
#define EXPORT    TEST_SOURCE_DIR "/golden/export/"

/* Of a suite whose tests read what was printed. */
void typed_set_up(void);
/* The exit code. */
int typed(const char *line);
/* All of it, until the next call. */
const char *typed_printed(void);
const char *typed_complained(void);
/* Exit code 0, and the object that was printed; the caller deletes it. */
cJSON *typed_json(const char *line);
/* The member, which must be there. */
const cJSON *typed_get(const cJSON *json, const char *key);
/* The array's strings are these, parted by "|". */
void typed_check_list(const cJSON *json, const char *key, const char *expected);
void typed_check_string(const cJSON *json, const char *key, const char *expected);
/* Ends with this code and these words on stderr. */
void typed_refused(const char *line, int code, const char *words);
/* A temporary file with that text; the path until the next call but three. */
const char *typed_file(const char *text);

#endif
