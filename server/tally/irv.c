/* Instant runoff: the option with the fewest votes leaves, its ballots go on to their
 * next rank, until one has more than half of the votes that are left; for k seats, until
 * k are left. Bottoms-up is the same without a majority for any number of seats. Batch
 * elimination, write-ins and counting on to two are as RCTab does them. */
#include "tally/elim.h"

#include <string.h>

static bool is_write_in(const struct standing *now, size_t option)
{
    return now->write_ins != NULL && bits_has(now->write_ins, option);
}

bool step_last_seats(const struct standing *now, struct step *ret_step)
{
    if (now->left > now->seats) {
        return false;
    }
    ret_step->kind = STEP_ELECT;
    ret_step->reason = TALLY_LAST_SEATS;
    memcpy(ret_step->set, now->in, now->words * sizeof *now->in);
    return true;
}

static void leave_or_tie(const struct standing *now, struct step *step)
{
    step->kind = bits_count(step->set, now->words) > 1 ? STEP_TIE : STEP_LEAVE;
    step->wanted = 1;
}

void step_lowest(const struct standing *now, struct step *ret_step)
{
    ret_step->reason = TALLY_LOWEST;
    standing_lowest(now, now->in, ret_step->set);
    leave_or_tie(now, ret_step);
}

/* More than half of the votes; a write-in that leaves first can't win. */
static bool step_majority(const struct standing *now, struct step *ret_step)
{
    int64_t total = standing_total(now);
    for (size_t o = 0; o < now->options; o++) {
        if (now->votes[o] > total - now->votes[o] && !is_write_in(now, o)) {
            ret_step->kind = STEP_ELECT;
            ret_step->reason = TALLY_MAJORITY;
            bits_add(ret_step->set, o);
            return true;
        }
    }
    return false;
}

/* How many must stay: enough for the seats, or two. */
static size_t stay_min(const struct standing *now)
{
    return now->known ? 2 : now->seats;
}

/* Write-ins leave at once, or, where too few would stay, one by one. `voted`: only if
 * they hold votes. */
static bool step_write_ins(const struct standing *now, bool voted, struct step *ret_step)
{
    uint64_t set[BITS_OPTIONS_WORDS] = {0};
    int64_t votes = 0;
    size_t count = 0;
    for (size_t o = 0; o < now->options; o++) {
        if (bits_has(now->in, o) && is_write_in(now, o)) {
            bits_add(set, o);
            votes += now->votes[o];
            count++;
        }
    }
    if (count == 0 || (voted && votes == 0)) {
        return false;
    }
    ret_step->reason = TALLY_WRITE_IN;
    if (now->left - count >= stay_min(now)) {
        ret_step->kind = STEP_LEAVE;
        memcpy(ret_step->set, set, now->words * sizeof *set);
    } else {
        standing_lowest(now, set, ret_step->set);
        leave_or_tie(now, ret_step);
    }
    return true;
}

/* The largest group of lowest options whose votes together are below the next one's and
 * whose leaving leaves enough; one alone is simply the lowest. */
static bool step_hopeless(struct standing *now, struct step *ret_step)
{
    size_t count = standing_sort(now);
    size_t removed = 0;
    int64_t together = 0;
    for (size_t i = 0; i + 1 < count && count - (i + 1) >= stay_min(now); i++) {
        together += now->votes[now->sorted[i]];
        if (together < now->votes[now->sorted[i + 1]]) {
            removed = i + 1;
        }
    }
    if (removed < 2) {
        return false;
    }
    for (size_t i = 0; i < removed; i++) {
        bits_add(ret_step->set, now->sorted[i]);
    }
    ret_step->kind = STEP_LEAVE;
    ret_step->reason = TALLY_HOPELESS;
    return true;
}

void step_runoff(struct standing *now, bool majority, struct step *ret_step)
{
    if (now->known && now->left <= 2) {
        return;
    }
    if (!now->known && majority && now->seats == 1 && step_majority(now, ret_step)) {
        return;
    }
    if (!now->known && step_last_seats(now, ret_step)) {
        return;
    }
    if (step_write_ins(now, now->batch, ret_step) ||
        (now->batch && step_hopeless(now, ret_step)) ||
        (now->batch && step_write_ins(now, false, ret_step))) {
        return;
    }
    step_lowest(now, ret_step);
    ret_step->free =
        standing_total(now) == 0; /* nobody has a vote: nothing will change */
}

static void step_irv(struct standing *now, const void *ctx, struct step *ret_step)
{
    (void)ctx;
    step_runoff(now, true, ret_step);
}

static void step_bottoms_up(struct standing *now, const void *ctx, struct step *ret_step)
{
    (void)ctx;
    step_runoff(now, false, ret_step);
}

enum tally_status count_irv(struct count *count)
{
    static const struct elim_method method = {.step = step_irv, .majority = true};
    static const struct elim_plan plan = {.method = &method};
    return elim_count(count, &plan);
}

enum tally_status count_bottoms_up(struct count *count)
{
    static const struct elim_method method = {.step = step_bottoms_up};
    static const struct elim_plan plan = {.method = &method};
    return elim_count(count, &plan);
}
