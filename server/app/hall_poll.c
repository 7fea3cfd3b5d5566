/* The turning points of a poll: opening and closing by the store's fence, the lot's seed,
 * sealing. */
#include "app/hall_internal.h"

#include "base/log.h"
#include "domain/undo.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- what an entry about a poll needs from keys and state ---- */

/* The seed of the poll's lot: from the log once it is out, else from the keys. */
static enum err find_seed(
    struct hall *hall, const struct event *event, const struct poll *poll,
    struct hash *ret_seed)
{
    static const struct hash none;
    if (memcmp(&poll->seed, &none, sizeof none) != 0) {
        *ret_seed = poll->seed;
        return ERR_OK;
    }
    return trust_poll_seed(
        hall->keys, event->id, poll->id, poll->reopened, false, ret_seed);
}

/* Sealing tells the seed, and publishing does where that was not done before. One that
 * went with its keys is not told: the lot of that poll stays unknown. */
static enum err reveal_seed(
    struct hall *hall, const struct event *event, const struct poll *poll,
    struct hash *ret_seed)
{
    enum err err = find_seed(hall, event, poll, ret_seed);
    bool gone = poll->state == POLL_SEALED || hall->options.need == HALL_GIVES_KEYS_UP;
    return err == ERR_NOT_FOUND && gone ? ERR_OK : err;
}

/* Opening, and each reopening, commits to a new seed before the first ballot. */
static enum err commit_to_seed(
    struct hall *hall, const struct event *event, int64_t poll, int64_t round,
    struct hash *ret_commitment)
{
    struct hash key;
    struct hash seed;
    enum err err = trust_poll_key(hall->keys, event->id, poll, true, &key);
    trust_wipe(&key, sizeof key);
    if (err == ERR_OK) {
        err = trust_poll_seed(hall->keys, event->id, poll, round, true, &seed);
    }
    if (err == ERR_OK) {
        trust_commitment(&seed, poll, ret_commitment);
        trust_wipe(&seed, sizeof seed);
    }
    return err;
}

/* Undoing a close begins a new round, as reopening does. */
static enum err
fill_undo(struct hall *hall, const struct event *event, struct entry *entry)
{
    const struct act *act = act_find(event, entry->as.undo.pos);
    if (act == NULL || act_fence_when_undone(act) != FENCE_OPENS) {
        return ERR_OK;
    }
    const struct poll *poll = event->polls[act->about - 1];
    return commit_to_seed(
        hall, event, poll->id, poll->reopened + 1, &entry->as.undo.commitment);
}

enum err hall_fill_poll_entry(struct hall *hall, struct event *event, struct entry *entry)
{
    if (entry->kind == ENTRY_UNDO) {
        return fill_undo(hall, event, entry);
    }
    bool opens = entry->kind == ENTRY_POLL_OPEN;
    bool reopens = entry->kind == ENTRY_POLL_REOPEN;
    bool reveals = entry->kind == ENTRY_POLL_PUBLISH || entry->kind == ENTRY_POLL_SEAL;
    if (!opens && !reopens && !reveals) {
        return ERR_OK;
    }
    const struct poll *poll = event_poll(event, entry->as.poll_act.poll);
    if (poll == NULL) {
        return ERR_UNKNOWN_POLL;
    }
    if (reveals) {
        return reveal_seed(hall, event, poll, &entry->as.poll_act.seed);
    }
    return commit_to_seed(
        hall, event, poll->id, reopens ? poll->reopened + 1 : poll->reopened,
        &entry->as.poll_act.commitment);
}

const uint16_t *
hall_tie_order(struct hall *hall, const struct event *event, const struct poll *poll)
{
    static const int64_t yes_no[] = {OPTION_YES, OPTION_NO};
    struct hash seed;
    if (find_seed(hall, event, poll, &seed) != ERR_OK) {
        return NULL;
    }
    bool answers = poll->spec.form == BALLOT_YESNO;
    const int64_t *options = answers ? yes_no : poll->spec.options;
    size_t count = answers ? 2 : poll->spec.option_count;
    trust_lot(&seed, poll->id, options, count, hall->order);
    trust_wipe(&seed, sizeof seed);
    return hall->order;
}

/* ---- the fence ---- */

/* How an entry wants the fence of its poll. Annulling closes what is open. */
static enum act_fence wanted_by(const struct event *event, const struct entry *entry)
{
    enum entry_kind kind = entry->kind;
    if (kind == ENTRY_UNDO) {
        return act_fence_when_undone(act_find(event, entry->as.undo.pos));
    }
    if (kind == ENTRY_POLL_OPEN || kind == ENTRY_POLL_REOPEN) {
        return FENCE_OPENS;
    }
    bool ends = kind == ENTRY_POLL_CLOSE ||
                (kind == ENTRY_POLL_ANNUL &&
                 event_poll(event, entry->as.poll_act.poll)->state == POLL_OPEN);
    return ends ? FENCE_CLOSES : FENCE_STAYS;
}

static int64_t poll_of(const struct event *event, const struct entry *entry)
{
    return entry->kind == ENTRY_UNDO ? act_find(event, entry->as.undo.pos)->about
                                     : entry->as.poll_act.poll;
}

/* An entry that lost its race (an idea was hidden meanwhile) leaves the fence other than
 * the poll: the next one finds it so, and turns only what is not yet as it wants it. */
static enum act_fence turn_of(const struct event *event, const struct entry *entry)
{
    enum act_fence wanted = wanted_by(event, entry);
    if (wanted == FENCE_STAYS) {
        return FENCE_STAYS;
    }
    bool open = event_poll_kept(event, poll_of(event, entry))->fence_open;
    return open == (wanted == FENCE_OPENS) ? FENCE_STAYS : wanted;
}

bool hall_turns_fence(const struct event *event, const struct entry *entry)
{
    return turn_of(event, entry) != FENCE_STAYS;
}

/* Nobody's ballot is there or on its way, nor one on paper: only then an opening may be
 * undone. What comes from now on finds the fence down. */
enum err
hall_check_undo(struct hall *hall, struct event *event, const struct entry *entry)
{
    const struct act *act = act_find(event, entry->as.undo.pos);
    if (act == NULL || act->kind != ENTRY_POLL_OPEN) {
        return ERR_OK;
    }
    const struct lane *lane = hall_lane(hall, event, act->about);
    if (lane == NULL) {
        return ERR_NOMEM;
    }
    bool on_its_way =
        lane->filling != NULL || lane->in_flight > 0 || lane->papers_in_flight > 0;
    return on_its_way ? ERR_UNDO_VOTED : act_check_ballots(event, act);
}

static void on_fence(void *ctx, enum store_status status, int64_t seq)
{
    struct submission *submission = ctx;
    if (status == STORE_CLOSED) {
        hall_submission_refused(submission, ERR_WRONG_STATE);
        return;
    }
    struct event *event = submission->event;
    const struct poll *poll = event_poll_kept(event, submission->fence_poll);
    const struct entry fence = {
        .kind = ENTRY_FENCE, .as.fence.open = submission->fence_opens};
    struct outcome outcome;
    if (event_apply_lane(event, poll->id, poll->lane_seq + 1, &fence, &outcome) !=
        ERR_OK) {
        hall_fail(submission->hall, ERR_NOMEM, "a fence could not be folded");
        free(submission);
        return;
    }
    hall_submission_stored(submission, seq);
}

static enum err
store_turn(struct submission *submission, struct span history, struct span lane)
{
    struct store_fence fence = {
        .event = submission->event->id,
        .poll = submission->fence_poll,
        .open = submission->fence_opens,
        .lane_body = lane,
        .history_body = history,
    };
    trust_random_uid(&fence.uid);
    return store_fence(submission->hall->store, &fence, on_fence, submission);
}

enum err hall_submit_fence(struct submission *submission)
{
    const struct entry *entry = &submission->entry;
    submission->fence_poll = poll_of(submission->event, entry);
    submission->fence_opens = turn_of(submission->event, entry) == FENCE_OPENS;
    struct lane *lane =
        hall_lane(submission->hall, submission->event, submission->fence_poll);
    if (lane == NULL) {
        return ERR_NOMEM;
    }
    hall_lane_flush(lane); /* who came before the fence counts */

    const struct entry mark = {
        .kind = ENTRY_FENCE, .as.fence.open = submission->fence_opens};
    struct buf history;
    struct buf fence_row;
    buf_init(&history, BATCH_BYTES_MAX);
    buf_init(&fence_row, BATCH_BYTES_MAX);
    hall_encode_batch_of_one(&history, entry);
    hall_encode_batch_of_one(&fence_row, &mark);
    enum err err = buf_failed(&history) || buf_failed(&fence_row)
                       ? ERR_NOMEM
                       : store_turn(submission, buf_span(&history), buf_span(&fence_row));
    buf_fini(&history);
    buf_fini(&fence_row);
    return err;
}

/* ---- sealing ---- */

/* A ballot in the list that stays: what was cast, under its proof. */
struct sealed_ballot {
    struct hash proof;
    struct cast cast;
};

static int compare_proofs(const void *a, const void *b)
{
    const struct sealed_ballot *left = a;
    const struct sealed_ballot *right = b;
    return memcmp(&left->proof, &right->proof, sizeof left->proof);
}

MUST_CHECK static enum err prove(
    const struct poll *poll, const struct kept_ballot *kept,
    struct sealed_ballot *ret_ballot)
{
    ret_ballot->cast =
        (struct cast){.nonce = kept->nonce, .lock = kept->lock, .share = kept->share};
    wire_ballot_of_kept(poll, kept, &ret_ballot->cast.ballot);
    return hall_prove(&ret_ballot->cast, poll->id, &ret_ballot->proof);
}

/* The ballots that count, sorted by proof: an order that says nothing. NULL: no memory.
 */
static struct sealed_ballot *gather(const struct poll *poll, size_t *ret_count)
{
    struct sealed_ballot *list = calloc((size_t)poll->voted + 1, sizeof *list);
    size_t count = 0;
    enum err err = list != NULL ? ERR_OK : ERR_NOMEM;
    for (size_t i = 0; err == ERR_OK && i < poll->ballot_count; i++) {
        if (poll->ballots[i].counts) {
            err = prove(poll, &poll->ballots[i], &list[count++]);
        }
    }
    if (err != ERR_OK) {
        free(list);
        list = NULL;
        count = 0;
    } else {
        qsort(list, count, sizeof *list, compare_proofs);
    }
    *ret_count = count;
    return list;
}

static enum err encode_list(const struct poll *poll, struct buf *out, size_t *ret_count)
{
    struct sealed_ballot *list = gather(poll, ret_count);
    struct cast *casts = calloc(*ret_count + 1, sizeof *casts);
    struct hash *proofs = calloc(*ret_count + 1, sizeof *proofs);
    if (list != NULL && casts != NULL && proofs != NULL) {
        for (size_t i = 0; i < *ret_count; i++) {
            casts[i] = list[i].cast;
            proofs[i] = list[i].proof;
        }
        wire_encode_sealed(out, casts, proofs, *ret_count, poll);
    } else {
        buf_fail(out);
    }
    free(proofs);
    free(casts);
    free(list);
    return buf_err(out);
}

enum err hall_sealed_list(const struct poll *poll, struct buf *out)
{
    size_t count = 0;
    return encode_list(poll, out, &count);
}

static void on_dropped(void *ctx, enum store_status status, int64_t seq)
{
    (void)ctx;
    (void)status;
    (void)seq;
}

/* The lane, whose order betrays timing, and the key that joins people to slots go last: a
 * crash before them is finished at the next start. */
enum err hall_finish_seal(struct hall *hall, struct event *event, int64_t poll)
{
    enum err err = store_drop(
        hall->store, (struct store_lane){event->id, poll}, NULL, 0, on_dropped, hall);
    if (err != ERR_OK) {
        return err;
    }
    struct lane *lane = hall_lane(hall, event, poll);
    if (lane != NULL) {
        hall_lane_forget(lane);
    }
    return trust_poll_forget(hall->keys, event->id, poll);
}

static enum err reload_sealed(struct event *event, int64_t poll_id)
{
    const struct poll *poll = event_poll(event, poll_id);
    size_t count = 0;
    struct sealed_ballot *list = gather(poll, &count);
    struct cast *casts = calloc(count + 1, sizeof *casts);
    enum err err = ERR_NOMEM;
    if (list != NULL && casts != NULL) {
        for (size_t i = 0; i < count; i++) {
            casts[i] = list[i].cast;
        }
        err = event_load_sealed(event, poll_id, casts, count);
    }
    free(casts);
    free(list);
    return err;
}

static void warn_of_remains(int64_t poll, enum err err)
{
    log_line(
        LOG_WARN,
        "poll %" PRId64 " is sealed; its lane and key are destroyed at the next start "
        "(%s)",
        poll, err_code(err));
}

/* A full ring is asked again at the end of the loop's turn. */
void hall_lane_drop(struct lane *lane)
{
    enum err err = hall_finish_seal(lane->hall, lane->event, lane->poll);
    lane->drop_due = err == ERR_BUSY;
    if (lane->drop_due) {
        hall_lane_mark(lane);
    } else if (err != ERR_OK) {
        warn_of_remains(lane->poll, err);
    }
}

static void on_sealed(void *ctx, enum store_status status, int64_t seq)
{
    (void)status;
    struct submission *submission = ctx;
    struct hall *hall = submission->hall;
    struct event *event = submission->event;
    int64_t poll = submission->entry.as.poll_act.poll;
    hall_submission_stored(submission, seq);
    const struct poll *state = event_poll(event, poll);
    if (state == NULL || state->state != POLL_SEALED) {
        return; /* it lost a race with a reopening: the answer said so */
    }
    struct lane *lane = hall_lane(hall, event, poll);
    enum err err = lane != NULL ? reload_sealed(event, poll) : ERR_NOMEM;
    if (err == ERR_OK) {
        hall_lane_drop(lane);
    } else {
        warn_of_remains(poll, err);
    }
}

void hall_name_paper(const struct event *event, struct entry *entry)
{
    const struct poll *poll = entry->kind == ENTRY_POLL_SEAL
                                  ? event_poll(event, entry->as.poll_act.poll)
                                  : NULL;
    if (poll != NULL) {
        entry->as.poll_act.paper_pos = poll->paper_pos;
    }
}

enum err hall_submit_seal(struct submission *submission)
{
    struct event *event = submission->event;
    struct entry *entry = &submission->entry;
    const struct poll *poll = event_poll(event, entry->as.poll_act.poll);
    struct buf list;
    struct buf history;
    size_t count = 0;
    buf_init(&list, SIZE_MAX / 4);
    buf_init(&history, BATCH_BYTES_MAX);
    enum err err = encode_list(poll, &list, &count);
    if (err == ERR_OK) {
        trust_sha256(buf_span(&list), &entry->as.poll_act.ballots);
        entry->as.poll_act.ballot_count = (int64_t)count;
        hall_encode_batch_of_one(&history, entry);
        char name[48];
        snprintf(name, sizeof name, "%" PRId64 "/%" PRId64, event->id, poll->id);
        const struct store_doc doc = {
            .kind = "sealed", .name = span_of_string(name), .body = buf_span(&list)};
        struct store_row row = {
            .lane = {.event = event->id, .poll = 0},
            .body = buf_span(&history),
            .docs = &doc,
            .doc_count = 1,
        };
        trust_random_uid(&row.uid);
        struct store *store = submission->hall->store;
        err = buf_failed(&history) ? ERR_NOMEM
                                   : store_append_row(store, &row, on_sealed, submission);
    }
    buf_fini(&history);
    buf_fini(&list);
    return err;
}
