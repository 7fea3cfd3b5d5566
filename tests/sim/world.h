/* One run: a server, its disk, its network, its phones, in one process and one thread. */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include "app/server.h"
#include "chance.h"
#include "check.h"
#include "disk.h"
#include "loop.h"
#include "neighbour.h"
#include "network.h"
#include "phone.h"
#include "screen.h"

struct world_stats {
    int64_t steps;
    int64_t ballots; /* acknowledged, each once */
    int64_t commits;
    int64_t crashes;
    int64_t cuts;
    int64_t folds;
    int64_t sealed;
    int64_t deleted; /* events next door */
    int64_t counted; /* polls, counted anew */
    int64_t results; /* on screens, looked at … */
    int64_t running; /* … of polls that run */
    struct network_stats dropped;
    int64_t torn;   /* crashes in the middle of that */
    int64_t photos; /* looked for, and found */
    int64_t backups;
    int64_t restores;
    int64_t undone; /* ballots that were acknowledged and are in no backup */
    int64_t left;   /* gave up their place */
    int64_t recast; /* ballots that phones cast again */
    int64_t played[ENTRY_KIND_COUNT]; /* in the histories at the end */
};

struct world {
    struct trace trace;
    struct dice server_dice;
    struct loop loop;
    int64_t wall_ms; /* UTC before the loop's clock */
    struct disk *disk;
    struct network net;
    struct server *server;
    struct event *event;  /* of this life of the server */
    bool tickets;         /* the event lets in by ticket only */
    bool dying;           /* the store has failed: the process ends */
    bool synced;          /* the hall has heard of all that is on the disk */
    struct phone *phones; /* owned; the first `desk_count` are moderators' … */
    struct screen phone_screens[SCREENS_MAX]; /* of the first of them */
    size_t phone_count;
    size_t desk_count;
    size_t first_person;  /* … behind the desks come the walls, and then the people */
    struct uid stage_key; /* as a desk was told it last; zero: not yet */
    struct check check;
    struct neighbour neighbour;
    struct backup *backup; /* owned; the last one; NULL: there is none */
    const char *broken;    /* what is broken on purpose; NULL: nothing */
    size_t ring_full;      /* steps that the store's ring is still full */
    struct world_stats stats;
    char failure[256]; /* "": all is well */
};

/* house.c: the server's lives. */
void house_start(struct world *world);
void house_crash(struct world *world);
void house_end(struct world *world);
/* A second hall on a copy of the disk folds the log: its state must be the live one's. */
void house_check_fold(struct world *world);
/* One request of the office; runs the world until it is answered. `key`'s value of the
 * answer. */
void house_ask(
    struct world *world, const char *request, const char *key, char *ret_value,
    size_t bytes);

/* burn.c: a backup is made; the house burns down and the server comes back from it. */
void house_back_up(struct world *world);
void house_restore(struct world *world, struct dice *dice);
void house_forget_backup(struct world *world);

/* keep.c: the event's log and its sealed lists, in files of their own, as the fuzz
 * targets take them. */
void keep_all(const struct world *world, const char *folder, uint64_t seed);

/* ring.c: while it is full the store takes nothing. */
void ring_fill(bool on);

/* One commit of the writer; one wake of the hall. */
void world_work(struct world *world);
void world_wake(struct world *world);
/* Time passes; whoever is awake pings and reads meanwhile. */
void world_pass(struct world *world, int64_t ms);
/* Until nobody has anything more to do; no faults meanwhile. */
void world_settle(struct world *world);

#endif
