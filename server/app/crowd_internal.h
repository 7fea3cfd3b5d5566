/* The inside of a crowd, shared by crowd.c and phone.c. */
#ifndef APP_CROWD_INTERNAL_H
#define APP_CROWD_INTERNAL_H

#include "app/crowd.h"

struct phone_request {
    struct uid id;
    struct buf text;
    int64_t due_ms; /* 0: sent; else to be sent then */
};

enum phone_state {
    PHONE_AWAY,     /* no line; comes back at due_ms */
    PHONE_COMING,   /* connecting */
    PHONE_GREETING, /* hello is out, or due at due_ms */
    PHONE_READY
};

struct phone {
    struct crowd *crowd;
    struct phone *prev;
    struct phone *next;
    struct client *client;
    struct phone_setup setup;
    enum phone_state state;
    int64_t due_ms;  /* when away: of the next try; while greeting: of hello, 0: sent */
    int64_t wait_ms; /* what the next wait takes */
    int64_t gone_ms; /* since when there is no line; 0: there is one */
    int64_t heard_ms;
    int64_t pinged_ms;
    bool unwanted; /* the server said bye for good */
    bool over;     /* `lost` was called */
    struct uid hello;
    struct phone_request *requests; /* owned, in the order they were asked */
    size_t request_count;
    size_t request_capacity;
};

struct crowd {
    struct client_pool *pool;
    struct phone *phones;
    int64_t patience_ms;
    int64_t next_tick_ms;
};

/* What the pool calls; ctx is the phone. */
void phone_on_opened(void *ctx, struct client *client);
void phone_on_message(void *ctx, struct client *client, struct span text);
void phone_on_closed(void *ctx, struct client *client, uint16_t code);

/* What is due by the clock: reopening, hello, retries, pings. May free the phone. */
void phone_tick(struct phone *phone, int64_t now_ms);

#endif
