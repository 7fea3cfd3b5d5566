/* What a screen shows: put together from the changes that it heard, as a page does. */
#ifndef SIM_SCREEN_H
#define SIM_SCREEN_H

#include "base/buf.h"
#include "base/span.h"
#include "wire/wire.h"

#define SCREENS_MAX 14 /* that are watched: desks, walls, and the first people */

struct cJSON;

struct screen {
    int64_t pos;
    struct cJSON *event;   /* owned, as all here; NULL: nothing yet */
    struct cJSON *ideas;   /* by id */
    struct cJSON *polls;   /* by id */
    struct cJSON *support; /* by idea */
    struct cJSON *batches; /* of paper, by id */
    struct cJSON *acts;    /* that can be undone, or were; by position */
    struct cJSON *whole;   /* what is told whole whenever it changes, by its key */
    struct cJSON *results; /* the newest message of each, by poll */
    struct cJSON *own;     /* a person's ideas, by id */
    struct buf live;       /* the newest message */
};

void screen_fini(struct screen *screen);
/* A message; what is no change and no `live` changes nothing. */
void screen_hear(struct screen *screen, struct span text);

struct world;

/* When nothing is on its way: every watched screen shows the event as it is. */
void screens_check(struct world *world);
/* results_check.c: it shows no result but the one that the poll has. */
void screen_check_results(struct world *world, size_t phone);

#endif
