/* The path of a history entry: check → append → durable → fold → answer. */
#include "app/hall_internal.h"

#include <stdlib.h>

void hall_encode_batch_of_one(struct buf *out, const struct entry *entry)
{
    buf_char(out, '[');
    wire_encode_entry(out, entry);
    buf_char(out, ']');
}

static void refuse(hall_done *done, void *ctx, const struct event *event, enum err err)
{
    const struct outcome outcome = {.err = err, .pos = event->pos};
    done(ctx, &outcome);
}

/* A repeat that came before the first answer was not seen as one: by now it is. */
void hall_submission_refused(struct submission *submission, enum err err)
{
    const struct entry *entry = &submission->entry;
    struct outcome first;
    if (event_find_command(submission->event, entry->actor, &entry->command, &first)) {
        submission->done(submission->ctx, &first);
    } else {
        refuse(submission->done, submission->ctx, submission->event, err);
    }
    free(submission);
}

void hall_submission_stored(struct submission *submission, int64_t seq)
{
    struct hall *hall = submission->hall;
    struct event *event = submission->event;
    struct outcome outcome;
    const struct pictures had = hall_pictures_of(event, &submission->entry);
    enum err err = event_apply(event, &submission->entry, &outcome);
    if (err != ERR_OK) {
        hall_fail(hall, err, "the log could not be folded");
        free(submission);
        return;
    }
    event->history_seq = seq;
    hall_pictures_settle(hall, event, &submission->entry, &outcome, &had);
    submission->done(submission->ctx, &outcome);
    free(submission);
    hall_notify(hall, event);
}

static void on_stored(void *ctx, enum store_status status, int64_t seq)
{
    (void)status; /* a history lane is never closed */
    hall_submission_stored(ctx, seq);
}

static void on_paper_stored(void *ctx, enum store_status status, int64_t seq)
{
    struct submission *submission = ctx;
    int64_t poll = submission->entry.as.paper_enter.poll;
    struct lane *lane = hall_lane(submission->hall, submission->event, poll);
    if (lane != NULL) { /* it was there when this went out */
        lane->papers_in_flight--;
    }
    on_stored(ctx, status, seq);
}

static enum err
append(struct submission *submission, struct hall_docs docs, store_done *done)
{
    struct buf body;
    buf_init(&body, BATCH_BYTES_MAX);
    hall_encode_batch_of_one(&body, &submission->entry);
    struct store_row row = {
        .lane = {.event = submission->event->id, .poll = 0},
        .body = buf_span(&body),
        .docs = docs.items,
        .doc_count = docs.count,
    };
    trust_random_uid(&row.uid);
    struct store *store = submission->hall->store;
    enum err err = buf_failed(&body) ? buf_err(&body)
                                     : store_append_row(store, &row, done, submission);
    buf_fini(&body);
    return err;
}

/* Until it is folded the opening of its poll is not undone. */
static enum err append_paper(struct submission *submission, struct hall_docs docs)
{
    int64_t poll = submission->entry.as.paper_enter.poll;
    struct lane *lane = hall_lane(submission->hall, submission->event, poll);
    enum err err = lane != NULL ? append(submission, docs, on_paper_stored) : ERR_NOMEM;
    if (err == ERR_OK) {
        lane->papers_in_flight++;
    }
    return err;
}

/* A new event has no keys: what lies there is of a store that was thrown away, and its
 * seeds may have been told. */
static enum err forget_old_keys(const struct submission *submission)
{
    return submission->entry.kind == ENTRY_EVENT_CREATE
               ? trust_event_forget(submission->hall->keys, submission->event->id)
               : ERR_OK;
}

static enum err hand_in(struct submission *submission, struct hall_docs docs)
{
    enum err err = forget_old_keys(submission);
    if (err == ERR_OK) {
        err =
            hall_fill_poll_entry(submission->hall, submission->event, &submission->entry);
    }
    if (err != ERR_OK) {
        return err;
    }
    if (hall_turns_fence(submission->event, &submission->entry)) {
        return hall_submit_fence(submission);
    }
    if (submission->entry.kind == ENTRY_POLL_SEAL) {
        return hall_submit_seal(submission);
    }
    return submission->entry.kind == ENTRY_PAPER_ENTER
               ? append_paper(submission, docs)
               : append(submission, docs, on_stored);
}

void hall_submit(
    struct hall *hall, struct event *event, struct entry *entry, struct hall_docs docs,
    hall_done *done, void *ctx)
{
    struct outcome first;
    if (hall_is_gone(hall, event)) {
        refuse(done, ctx, event, ERR_WRONG_EVENT);
        return;
    }
    if (event_find_command(event, entry->actor, &entry->command, &first)) {
        done(ctx, &first);
        return;
    }
    entry->at_ms = hall_now_ms(hall);
    hall_name_paper(event, entry);
    enum err err = event_check(event, entry);
    if (err == ERR_OK && entry->kind == ENTRY_UNDO) {
        err = hall_check_undo(hall, event, entry);
    }
    if (err != ERR_OK) {
        refuse(done, ctx, event, err);
        return;
    }
    struct submission *submission = malloc(sizeof *submission);
    if (submission == NULL) {
        refuse(done, ctx, event, ERR_NOMEM);
        return;
    }
    *submission = (struct submission){
        .hall = hall, .event = event, .entry = *entry, .done = done, .ctx = ctx};
    err = hand_in(submission, docs);
    if (err != ERR_OK) {
        hall_submission_refused(submission, err);
    }
}
