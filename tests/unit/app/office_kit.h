/* The office of a real hall: a request, and its answer. What the tests of suite `office`
 * share. */
#ifndef TESTS_OFFICE_KIT_H
#define TESTS_OFFICE_KIT_H

#include "hall_fixture.h"

#include <cjson/cJSON.h>

struct asked {
    cJSON *answer; /* owned by the test until the next ask */
    bool done;
};

/* Made before each test of the suite, in whatever file it stands. */
extern struct hall_fixture fixture;
extern struct asked asked;

/* Asks and waits; returns the answer, an object. */
const cJSON *ask(const char *request);
/* Of the last answer; "" and -1 where it has no such thing. */
const char *text(const char *key);
int number(const char *key);
bool is_ok(void);

#endif
