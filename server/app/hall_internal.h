/* What the hall_*.c files share. */
#ifndef APP_HALL_INTERNAL_H
#define APP_HALL_INTERNAL_H

#include "app/hall.h"
#include "app/hall_notice.h"
#include "app/office_passes.h"
#include "base/map.h"

#include <uv.h>

/* A text beside the log. */
struct text {
    char *body; /* owned */
    size_t bytes;
};

/* A session's seat, at a desk always of role moderator; `key` is a hash of (session,
 * event, role). */
struct seat {
    struct hall_seat is;
    int64_t until_ms;
};

struct link {
    struct hash hash; /* of the token */
    int64_t event;
    int64_t until_ms;
    bool used;
};

struct ticket_ref {
    int64_t event;
    int64_t ticket;
};

/* One ballot on its way into a lane. */
struct waiting_cast {
    struct cast cast;
    hall_cast_done *done;
    void *ctx;
};

/* A row of a ballot lane that the store has not answered yet. */
struct cast_batch {
    struct lane *lane;
    struct waiting_cast *casts; /* owned */
    size_t count;
    size_t capacity;
};

/* What the hall keeps of a poll beyond the fold: its key, and ballots on their way. */
struct lane {
    struct hall *hall;
    struct event *event;
    int64_t poll;
    bool has_key;
    struct hash key;
    struct uid *slots; /* by participant id − 1; zero: not asked yet; owned */
    size_t slot_capacity;
    struct cast_batch *filling; /* owned; NULL: nobody waits */
    unsigned in_flight;         /* batches handed to the store */
    unsigned papers_in_flight;  /* paper.enter handed to it */
    bool dirty;                 /* stands in hall->dirty */
    bool drop_due;              /* sealed, and the ring was full */
    struct lane *next_dirty;
};

/* A picture that its idea no longer has, but may have back. */
struct leaving_picture {
    const struct event *event;
    uint32_t number;
};

/* What is kept of an event that was forgotten: what must not be given again. */
struct gone_event {
    int64_t id;
    char code[EVENT_CODE_BYTES + 1];
    bool half; /* a crash came between: its lanes are still there */
};

struct hall {
    struct hall_options options;
    struct store *store;
    struct trust_keys *keys;
    uv_async_t wake;
    uv_prepare_t flush;
    uv_timer_t floor;      /* ends when the next batches may go */
    int64_t next_flush_ms; /* by the loop's clock */
    bool handles_up;
    bool pepper_is_new;
    uint64_t map_seed[2];
    int64_t opened_ms;     /* UTC */
    uint64_t opened_uv_ms; /* the same moment on the loop's clock */

    struct event **events; /* each owned */
    size_t event_count;
    size_t event_capacity;

    struct gone_event *gone;
    size_t gone_count;
    size_t gone_capacity;
    struct forgetting *forgetting; /* those that a full store keeps waiting */
    struct event *
        *graveyard; /* of those that went while this hall was open; each owned */
    size_t grave_count;
    size_t grave_capacity;
    struct office_passes office;
    char *notices[NOTICE_COUNT]; /* each owned, or NULL */

    struct map text_index;
    struct text *texts;
    size_t text_count;
    size_t text_capacity;
    struct wire_texts text_finder;

    struct map seat_index;
    struct map session_index; /* sessions that have a seat */
    struct seat *seats;
    size_t seat_count;
    size_t seat_capacity;

    struct link *links;
    size_t link_count;
    size_t link_capacity;

    struct map ticket_index;
    struct ticket_ref *tickets;
    size_t ticket_count;
    size_t ticket_capacity;
    bool issuing; /* tickets are numbered before they are durable: one issue at a time */

    struct leaving_picture *leaving;
    size_t leaving_count;
    size_t leaving_capacity;

    struct map lane_index;
    struct lane **lanes; /* each owned */
    size_t lane_count;
    size_t lane_capacity;
    struct lane *dirty;       /* lanes that have a batch to hand in */
    struct cast_batch *spare; /* owned; memory for the next batch, or NULL */

    uint16_t order[OPTIONS_MAX]; /* what hall_tie_order lends */
};

#define TEXTS_MAX       1000000
#define SEATS_MAX       (4UL * PARTICIPANTS_MAX)
#define LINKS_MAX       100000
#define ALL_TICKETS_MAX ((size_t)TICKETS_MAX * 10) /* of all events */
#define LANES_MAX       ((size_t)EVENTS_MAX * POLLS_MAX)

/* hall_replay.c */
MUST_CHECK enum err hall_replay(struct hall *hall);
/* hall_keys.c: after the replay, which says what keys there must be. ERR_KEYS_MISSING,
 * and as trust_keys_open. */
MUST_CHECK enum err hall_open_keys(struct hall *hall);
/* hall_gone.c */
store_doc_row hall_load_gone;
struct gone_event *hall_gone(const struct hall *hall, int64_t id); /* or NULL */
/* After the replay: ends what a crash cut short. */
MUST_CHECK enum err hall_finish_forgetting(struct hall *hall);
/* Goes on with what a full store kept waiting; and ends it, for the next start. */
void hall_forget_on(struct hall *hall);
void hall_forget_no_more(struct hall *hall);
/* hall_office.c, hall_notice.c */
store_doc_row hall_load_office;
store_doc_row hall_load_notice;
/* hall_texts.c */
void hall_texts_drop(struct hall *hall, const struct uid *id);
MUST_CHECK enum err
hall_texts_put(struct hall *hall, const struct uid *id, struct span body);
/* hall_seats.c, hall_links.c, hall_tickets.c: from docs at start */
store_doc_row hall_load_seat;
store_doc_row hall_load_link;
store_doc_row hall_load_ticket;
/* hall_cast.c */
struct lane *
hall_lane(struct hall *hall, struct event *event, int64_t poll); /* or NULL */
void hall_lane_flush(struct lane *lane);
void hall_lane_mark(struct lane *lane); /* has something to hand in */
void hall_lane_fini(struct lane *lane);
/* The proof of a ballot as it was cast. ERR_NOMEM. */
MUST_CHECK enum err
hall_prove(const struct cast *cast, int64_t poll, struct hash *ret_proof);
/* The poll is sealed: key and slots leave the memory. */
void hall_lane_forget(struct lane *lane);
/* Hands in all batches whose turn it is: those of lanes that wait for no commit. */
void hall_flush_dirty(struct hall *hall);
/* The same, if the last time was COMMIT_FLOOR_MS ago; else it sees to being called then.
 */
void hall_flush_in_time(struct hall *hall);
/* The same, before the store's answers are told: if it is idle it need not wait for that.
 */
void hall_flush_ahead(struct hall *hall);
void hall_batch_free(struct cast_batch *batch); /* or NULL */
/* hall_poll.c: open, close and reopen; seal */
struct submission;
/* Does this entry open or close its poll's ballot lane? */
bool hall_turns_fence(const struct event *event, const struct entry *entry);
/* A seal says which paper its list knows. */
void hall_name_paper(const struct event *event, struct entry *entry);
/* Before an undo is appended: UNDO_VOTED. */
MUST_CHECK enum err
hall_check_undo(struct hall *hall, struct event *event, const struct entry *entry);
MUST_CHECK enum err
hall_fill_poll_entry(struct hall *hall, struct event *event, struct entry *entry);
MUST_CHECK enum err hall_submit_fence(struct submission *submission);
MUST_CHECK enum err hall_submit_seal(struct submission *submission);
void hall_lane_drop(struct lane *lane); /* of a sealed poll */
MUST_CHECK enum err
hall_finish_seal(struct hall *hall, struct event *event, int64_t poll);

/* A history entry on its way. */
struct submission {
    struct hall *hall;
    struct event *event;
    struct entry entry;
    hall_done *done;
    void *ctx;
    int64_t fence_poll; /* of whose lane it turns the fence, and how; 0: of none */
    bool fence_opens;
};

/* hall_submit.c: folds a durable history row and answers. Takes the submission. */
void hall_submission_stored(struct submission *submission, int64_t seq);
/* Answers a submission that was not stored. Takes it. */
void hall_submission_refused(struct submission *submission, enum err err);
/* hall_pictures.c: after the replay, which pictures wait to be deleted. */
void hall_pictures_recall(struct hall *hall, const struct event *event);
/* hall_orphans.c: then, and before anybody comes: deletes the pictures in the store that
 * are no idea's any more and don't wait, as a crash between an entry and the deletion
 * leaves them. ERR_NOMEM, or what the store says; ERR_BUSY is none: the next start tries
 * again. */
MUST_CHECK enum err hall_pictures_delete_orphans(struct hall *hall);
/* hall_pictures.c again. Is this one still wanted, or waiting? */
bool hall_picture_is_kept(
    const struct hall *hall, const struct event *event, uint32_t number);
/* Those of the idea that an entry edits, withdraws or undoes something of, before the
 * fold; zeros: there is no such idea. */
struct pictures hall_pictures_of(const struct event *event, const struct entry *entry);
/* After the fold; deletes what no idea and no ballot has: of an entry that was refused or
 * a repeat what it brought, else what the idea `had` and has no more, as soon as no undo
 * can bring it back. */
void hall_pictures_settle(
    struct hall *hall, const struct event *event, const struct entry *entry,
    const struct outcome *outcome, const struct pictures *had);
void hall_encode_batch_of_one(struct buf *out, const struct entry *entry);
/* The log and the state disagree, or memory ran out while folding: nothing more can be
 * said to anyone. */
void hall_fail(struct hall *hall, enum err err, const char *what);
void hall_notify(struct hall *hall, struct event *event);

#endif
