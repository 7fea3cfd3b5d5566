/* What a thing that moderators act on looks like: equal bytes, equal things. */
#ifndef TESTS_DOMAIN_UNDO_LOOK_H
#define TESTS_DOMAIN_UNDO_LOOK_H

#include "unit/domain/kit.h"

struct thing {
    enum act_thing is;
    int64_t id;
};

/* Not when it changed, nor what undoing is to leave behind: how often it was reopened,
 * and with which lot; and a draft's name, which an undone opening changes. */
struct buf look(const struct event *event, struct thing thing);

#endif
