/* Another event in the same house, at a time one: made, filled, voted in and deleted.
 * What was deleted is gone from every later state. */
#ifndef SIM_NEIGHBOUR_H
#define SIM_NEIGHBOUR_H

#include "base/uid.h"
#include "chance.h"

#define NEIGHBOURS_MAX 64

struct neighbour {
    int64_t gone[NEIGHBOURS_MAX]; /* numbers of those whose deletion was answered */
    size_t gone_count;
    bool keys_of_the_day; /* with them came those of events that no backup knows */
    int64_t deleting;     /* whose deletion was asked for last */
};

struct world;

/* What happens there next. */
void neighbour_act(struct world *world, struct dice *dice);
/* After each commit and each start. */
void neighbour_check(struct world *world);
/* It is forgotten in part. */
bool neighbour_is_torn(const struct world *world);
/* At the end, when nothing is on its way: of what is not there no text and no key is. */
void neighbour_check_end(struct world *world);

#endif
