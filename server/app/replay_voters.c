/* One phone a voter: joins, casts, waits for the receipt, leaves. */
#include "app/replay.h"

#include "base/bounds.h"

#include <stdlib.h>

#define JOINS_A_TURN 8

struct voter {
    struct voters *voters;
    struct phone *phone;
    struct hash proof;
};

static void fail(struct voters *voters, const char *what, const char *why)
{
    if (!voters->failed) {
        fprintf(stderr, "%s: %s (%s)\n", voters->who, what, why);
    }
    voters->failed = true;
}

static void leave(struct voter *voter)
{
    voter->voters->active--;
    phone_free(voter->phone);
    free(voter);
}

static void on_answered(void *ctx, struct phone *phone, const struct phone_answer *answer)
{
    struct voter *voter = ctx;
    struct voters *voters = voter->voters;
    (void)phone;
    if (answer->refusal != NULL) {
        fail(voters, "a ballot was refused", answer->refusal);
    } else if (!phone_proof_matches(answer->message, &voter->proof)) {
        fail(voters, "a receipt names another ballot", "proof");
    } else {
        voters->stored++;
    }
    leave(voter);
}

static void on_lost(void *ctx, struct phone *phone, const char *why)
{
    struct voter *voter = ctx;
    (void)phone;
    fail(voter->voters, "a phone lost its line", why);
    leave(voter);
}

static const struct phone_handlers HANDLERS = {.answered = on_answered, .lost = on_lost};

static enum err take_seat(struct voters *voters, struct crowd_seat *ret_seat)
{
    char refusal[32];
    const char *code =
        voters->tickets != NULL ? voters->tickets->codes[voters->started] : voters->event;
    enum err err = crowd_join(voters->crowd, code, ret_seat, refusal);
    if (err == ERR_NOT_ALLOWED) {
        fail(voters, "a voter was not let in", refusal);
    } else if (err != ERR_OK) {
        fail(voters, "the server can't be reached", err_code(err));
    }
    return err;
}

/* Which ballot the next voter casts: each as often as it weighs. */
static size_t take_ballot(struct voters *voters)
{
    const struct tally_mark *marks = NULL;
    int64_t weight = 0;
    (void)tally_profile_ballot(
        voters->election->profile, voters->ballot, &marks, &weight);
    if (voters->repeats == weight) {
        voters->ballot++;
        voters->repeats = 0;
    }
    voters->repeats++;
    return voters->ballot;
}

static enum err cast(struct voter *voter)
{
    struct voters *voters = voter->voters;
    struct buf ballot;
    struct uid id;
    buf_init(&ballot, FRAME_CAST_BYTES_MAX);
    election_write_ballot(
        voters->election, take_ballot(voters), voters->form, voters->ranks, voters->ids,
        &ballot);
    enum err err = buf_failed(&ballot) ? ERR_TOO_LARGE
                                       : phone_cast(
                                             voter->phone, voters->poll, 1,
                                             buf_span(&ballot), &id, &voter->proof);
    buf_fini(&ballot);
    return err;
}

static enum err start_voter(struct voters *voters)
{
    struct phone_setup setup = {.role = "participant", .handlers = &HANDLERS};
    enum err err = take_seat(voters, &setup.seat);
    if (err != ERR_OK) {
        return err;
    }
    struct voter *voter = calloc(1, sizeof *voter);
    if (voter == NULL) {
        return ERR_NOMEM;
    }
    voter->voters = voters;
    setup.ctx = voter;
    err = phone_new(voters->crowd, &setup, &voter->phone);
    if (err != ERR_OK) {
        free(voter);
        return err;
    }
    voters->started++;
    voters->active++;
    err = cast(voter);
    if (err != ERR_OK) {
        leave(voter);
    }
    return err;
}

/* Lets some more in, never so many that those inside must wait. */
static enum err start_some(struct voters *voters)
{
    enum err err = ERR_OK;
    for (int i = 0; i < JOINS_A_TURN && err == ERR_OK && !voters->failed; i++) {
        if (voters->active == voters->clients_max ||
            voters->started == voters->election->voters) {
            break;
        }
        err = start_voter(voters);
    }
    if (err != ERR_OK) {
        fail(voters, "a voter could not be sent", err_code(err));
    }
    return err;
}

enum err voters_run(struct voters *voters)
{
    enum err err = ERR_OK;
    int64_t all = voters->election->voters;
    if (voters->tickets != NULL && (int64_t)voters->tickets->count < all) {
        fprintf(
            stderr, "%s: %zu tickets are too few for %lld voters\n", voters->who,
            voters->tickets->count, (long long)all);
        return ERR_TOO_MANY;
    }
    while (err == ERR_OK && !voters->failed && voters->stored < all) {
        err = start_some(voters);
        bool more = voters->started < all && voters->active < voters->clients_max;
        if (err == ERR_OK) {
            err = crowd_run(voters->crowd, more ? 0 : -1);
        }
    }
    return voters->failed ? ERR_NOT_ALLOWED : err;
}
