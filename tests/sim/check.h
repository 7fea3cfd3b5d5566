/* What must hold, watched from outside: a model of the log, read from the disk after
 * every commit, beside what was promised to phones and what the hall believes. */
#ifndef SIM_CHECK_H
#define SIM_CHECK_H

#include "base/map.h"
#include "base/span.h"
#include "domain/ballot.h"
#include "net/net.h"

#define CHECK_POLLS_MAX 64

#define CHECK_MARKS_MAX 12 /* options of a poll here */

/* A ballot of the log. */
struct check_cast {
    struct uid id;
    struct uid slot;
    uint32_t epoch;
    uint32_t counter;
    uint16_t share;
    uint16_t mark_count;
    struct mark marks[CHECK_MARKS_MAX];
};

struct check_poll {
    bool open;                /* its fence */
    bool dropped;             /* its lane has gone: it is sealed */
    size_t rows;              /* of its lane, read so far */
    struct check_cast *casts; /* owned */
    size_t cast_count;
    size_t cast_capacity;
    struct map best; /* slot → index of the one that must count */
    size_t voted;
    int64_t sealed_paper; /* ballots on paper when it was sealed; −1: it is not */
};

/* A ballot as a phone made it, and what it was told. */
struct check_ballot {
    struct uid id;
    int64_t poll;
    int64_t maker;  /* as their phone was welcomed; 0: not since a restore */
    int64_t person; /* as the server took them; 0: it has not arrived yet */
    struct hash proof;
    bool backed; /* was acknowledged when the last backup was made */
    bool stored; /* acknowledged, at … */
    int64_t pos;
    bool counts;
};

/* A request that was answered "done". */
struct check_done {
    struct uid id;
    int64_t pos;
};

struct check_slot {
    int64_t poll;
    int64_t person;
    struct uid slot;
};

/* What a phone came in by that was told to be this person. */
struct check_seat {
    char cookie[NET_COOKIE_BYTES_MAX]; /* "": nobody was */
    bool by_ticket;                    /* which may go on to another phone */
};

struct check {
    struct check_poll polls[CHECK_POLLS_MAX]; /* by id − 1 */
    struct map logged;                        /* id of a ballot in the log → poll */
    size_t history_rows;
    int64_t history_pos; /* positions leap at a restore */

    struct check_ballot *ballots; /* owned, as all here */
    size_t ballot_count;
    size_t ballot_capacity;
    struct map ballot_by_id;
    struct check_done *dones;
    size_t done_count;
    size_t done_capacity;
    struct map done_by_id;
    struct map supports; /* ids of requests that are done again, by PROTOCOL.md */
    int64_t done_pos;    /* the highest that was told */
    struct check_slot *slots;
    size_t slot_count;
    size_t slot_capacity;
    struct map slot_by_slot;
    struct map slot_by_person;
    struct check_seat *seats; /* by person − 1 */
    size_t seat_count;
    size_t seat_capacity;
    struct map left; /* cookies whose place is gone, by the first bytes of their hashes */
};

/* What a backup holds that the disk will not tell. */
struct check_backup {
    bool dropped[CHECK_POLLS_MAX]; /* polls that were sealed */
    int64_t history_pos;
};

struct world;

/* Notes the first thing that went wrong. */
void world_fail(struct world *world, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void check_init(struct check *check);
void check_fini(struct check *check);

/* A log in which nothing has been read; for check_life.c. */
void check_model_init(struct check *check);

/* A phone is welcomed as somebody: the same one as ever with what it came in by, and
 * nobody else is. */
struct phone;
void check_welcome(struct world *world, struct phone *phone);
/* A place that somebody had with this cookie is gone: so the server has said. */
void check_seat_left(struct check *check, const char *cookie);
/* A phone has made a ballot. */
void check_expect(
    struct world *world, const struct phone *phone, const struct uid *id, int64_t poll,
    const struct hash *proof);
/* A message reaches the server. */
void check_arrival(struct world *world, struct net_conn conn, struct span text);
/* The server says this to somebody. */
void check_promise(struct world *world, struct span text);
/* After a commit. */
void check_log(struct world *world);
/* When the hall has heard of all that is on the disk. */
void check_live(struct world *world);
/* After a restart: reads the log anew. */
void check_restart(struct world *world);
/* A backup is made now: what must be in it. */
void check_backup(struct check *check, struct check_backup *ret_backup);
/* The disk is what that backup held: what came after it is no promise any more. */
void check_restored(struct world *world, const struct check_backup *backup);
/* At the end, when nothing is on its way: whoever was told that a ballot is stored, and
 * came back as the same person to the same open poll, has one that is as new. */
void check_receipts(struct world *world);
/* Likewise: the paper of a poll of the hall. */
struct poll;
void check_paper(struct world *world, const struct poll *poll);
/* Polls that are over, counted anew. */
void check_counts(struct world *world);
/* Nobody has voted for their own team where that is the rule. */
void check_own(struct world *world);
/* The ideas' pictures are there, and, once nothing is on its way after a start, no others
 * are. */
void check_pictures(struct world *world, bool after_start);
/* For a control: a picture appears that no idea has. */
void photos_break(struct world *world);
/* A page that was asked for: "/ballots/CODE/3". */
void check_read(struct world *world, const char *path, struct span body);

/* The proof of the ballot that a request casts. */
struct hash check_proof_of(struct check *check, struct span request);
/* Who cast a ballot; 0: nobody has. */
int64_t check_person_of(struct check *check, const struct uid *id);
/* The sealed list of a poll; NULL: there is none. */
struct memory_doc;
const struct memory_doc *check_sealed_doc(const struct world *world, int64_t poll);

/* What was undone in the history is as it was. */
void check_undo(struct world *world);

/* The text behind `key` ("\"poll\":\"") up to the next quote, comma or brace; "" if it is
 * not there. */
void check_member(struct span text, const char *key, char *ret_value, size_t bytes);

#endif
