/* Strangers: connections that are no greeted WebSocket. Anybody can make any number of
 * them, from one address or many, so what they may take is bounded. When that is used up,
 * those go who are waited for in vain; who is at fault is asked of the kernel: somebody
 * whose words we have not read yet, or whose answer we owe, stays. */
#ifndef NET_STRANGERS_H
#define NET_STRANGERS_H

#include <stdbool.h>
#include <stdint.h>

struct conn;
struct net;

/* Among a table's connections, by when their last step began, the oldest first. */
struct strangers {
    struct conn *first;
    struct conn *last;
    uint32_t count; /* those that were told to go are not counted */
    uint32_t count_max;
};

/* This connection takes a step (accepted, a request, an upgrade): it stands last. */
void strangers_step(struct conn *conn);

/* It has said who it is, or goes. It may be gone already. */
void strangers_leave(struct conn *conn);

bool strangers_are_many(const struct net *net);

/* Dismisses the one that is waited for longest in vain, if there is any. */
void strangers_dismiss_one(struct net *net);

#endif
