#include "tally/elim.h"

#include "tally/grow.h"

#include <string.h>

static void copy_set(const struct elim *elim, uint64_t *to, const uint64_t *from)
{
    memcpy(to, from, elim->now.words * sizeof *to);
}

static enum tally_status
elim_init(struct elim *elim, struct count *count, const struct elim_plan *plan)
{
    const struct tally_rule *rule = count->rule;
    *elim = (struct elim){.plan = plan, .rule = rule, .result = count->result};
    enum tally_status status = standing_init(count, plan->method->points, &elim->now);
    count->result->round_unit = plan->method->points ? 2 : 1;
    elim->now.batch = rule_get(rule, SETTING_BATCH_ELIMINATION) != 0;
    if (rule_get(rule, SETTING_WRITE_INS_FIRST) != 0) {
        elim->now.write_ins = rule->write_ins;
    }
    return status;
}

/* ---- ties ---- */

/* Up to which round, from 1, two options are known not to have differed: those that were
 * in one lot had not. */
static size_t equal_until(const struct elim *elim, uint16_t a, uint16_t b)
{
    size_t tie = elim->drawn[a];
    return tie != 0 && tie == elim->drawn[b] ? elim->result->ties[tie - 1].round - 1 : 0;
}

/* By the most recent earlier round in which they differed: below 0 if `a` had more. */
static int by_history(const struct elim *elim, uint16_t a, uint16_t b)
{
    const struct tally_result *result = elim->result;
    if (rule_get(elim->rule, SETTING_TIEBREAK) != TIEBREAK_EARLIER_ROUND) {
        return 0;
    }
    for (size_t r = result->round_count - 1; r > equal_until(elim, a, b); r--) {
        const int64_t *votes = result->rounds[r - 1].votes;
        if (votes[a] != votes[b]) {
            return votes[a] > votes[b] ? -1 : 1;
        }
    }
    return 0;
}

/* Insertion sort: most ties are of few, or nobody differs. */
static void sort_by_history(const struct elim *elim, uint16_t *tied, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint16_t option = tied[i];
        size_t at = i;
        for (; at > 0 && by_history(elim, tied[at - 1], option) > 0; at--) {
            tied[at] = tied[at - 1];
        }
        tied[at] = option;
    }
}

/* Remembers where a search for other outcomes has to begin: until a lot is drawn, or a
 * tie stays open, all lots lead to the same. */
static void note_first_lot(struct elim *elim)
{
    if (elim->at_lot.seats == 0) {
        copy_set(elim, elim->at_lot.in, elim->now.in);
        copy_set(elim, elim->at_lot.elected, elim->elected);
        elim->at_lot.seats = elim->now.seats;
        elim->at_lot.round = elim->result->round_count;
        elim->at_lot.known = elim->now.known;
    }
}

enum tally_status
elim_settle(struct elim *elim, uint16_t *tied, size_t count, size_t wanted)
{
    struct tally_result *result = elim->result;
    size_t border = count - wanted; /* the first who leaves */
    size_t from = border;
    size_t to = border + 1;
    enum tally_status status = TALLY_OK;
    sort_by_history(elim, tied, count);
    while (from > 0 && by_history(elim, tied[from - 1], tied[border]) == 0) {
        from--;
    }
    while (to < count && by_history(elim, tied[border], tied[to]) == 0) {
        to++;
    }
    if (to - from < count) {
        status = result_push_tie(
            result, tied, count, result->round_count, TALLY_BY_EARLIER_ROUND);
    }
    if (status == TALLY_OK && from < border) {
        note_first_lot(elim);
        elim->lots = true;
        result_sort_by_lot(result, tied + from, to - from);
        status = result_push_tie(
            result, tied + from, to - from, result->round_count, TALLY_BY_LOT);
        for (size_t i = from; i < to; i++) {
            elim->drawn[tied[i]] = result->tie_count;
        }
    }
    return status;
}

static size_t list_members(const struct elim *elim, const uint64_t *set, uint16_t *room)
{
    size_t count = 0;
    for (size_t o = 0; o < elim->now.options; o++) {
        if (bits_has(set, o)) {
            room[count++] = (uint16_t)o;
        }
    }
    return count;
}

enum tally_status elim_push_open(struct elim *elim, const uint64_t *tied)
{
    uint16_t options[TALLY_OPTIONS_MAX];
    size_t count = list_members(elim, tied, options);
    note_first_lot(elim);
    return result_push_tie(
        elim->result, options, count, elim->result->round_count, TALLY_BY_NOBODY);
}

static enum tally_status settle_tie(struct elim *elim, const struct step *step)
{
    uint16_t tied[TALLY_OPTIONS_MAX];
    if (elim->result->lot == NULL) {
        elim->open = true;
        return elim_push_open(elim, step->set);
    }
    size_t count = list_members(elim, step->set, tied);
    enum tally_status status = elim_settle(elim, tied, count, step->wanted);
    copy_set(elim, elim->leaving, step->sure);
    for (size_t i = count - step->wanted; i < count; i++) {
        bits_add(elim->leaving, tied[i]);
    }
    return status;
}

static enum tally_status choose_leaving(struct elim *elim, const struct step *step)
{
    if (elim->plan->method->leave != NULL) {
        return elim->plan->method->leave(elim, step);
    }
    if (step->kind == STEP_TIE) {
        return settle_tie(elim, step);
    }
    copy_set(elim, elim->leaving, step->set);
    return TALLY_OK;
}

/* ---- rounds ---- */

/* Writes the round's table; NULL: no memory. */
static struct round *open_round(struct elim *elim)
{
    const struct standing *now = &elim->now;
    struct round *round = result_push_round(elim->result);
    if (round == NULL) {
        return NULL;
    }
    for (size_t o = 0; o < now->options; o++) {
        round->votes[o] = bits_has(now->in, o) ? now->votes[o] : -1;
    }
    round->exhausted = now->exhausted;
    elim->result->exhausted = now->exhausted;
    if (elim->plan->method->majority && elim->result->seats == 1) {
        round->quota = standing_total(now) / 2 + 1;
    }
    if (bits_count(elim->moved, now->words) > 0 &&
        option_list_of(elim->moved, now->options, &round->sources) != TALLY_OK) {
        return NULL;
    }
    memset(elim->moved, 0, sizeof elim->moved);
    return round;
}

/* Goes on to the next round without those of a set. */
static void move_on(struct elim *elim, const uint64_t *set)
{
    copy_set(elim, elim->moved, set);
    standing_leave(&elim->now, set);
}

/* The seats that are left are filled among the others; when none is left, the count ends,
 * unless it shall go on to two. */
static enum tally_status
elect(struct elim *elim, struct round *round, const struct step *step, bool *ret_end)
{
    struct standing *now = &elim->now;
    size_t count = bits_count(step->set, now->words);
    expect(count > 0 && count <= now->seats);
    bits_join(elim->elected, step->set, now->words);
    enum tally_status status = option_list_of(step->set, now->options, &round->elected);
    bool to_two = rule_get(elim->rule, SETTING_CONTINUE_TO_TWO) != 0 && now->left > 2;
    if (step->reason == TALLY_MAJORITY && to_two) {
        now->known = true;
        return status;
    }
    now->seats -= count;
    *ret_end = now->seats == 0;
    if (now->seats > 0) {
        move_on(elim, step->set);
    }
    return status;
}

static enum tally_status
leave(struct elim *elim, struct round *round, const struct step *step, bool *ret_end)
{
    enum tally_status status = choose_leaving(elim, step);
    if (status != TALLY_OK || elim->open) {
        round->reason = TALLY_NOTHING;
        *ret_end = true;
        return status;
    }
    status = option_list_of(elim->leaving, elim->now.options, &round->eliminated);
    move_on(elim, elim->leaving);
    return status;
}

/* Round after round until the seats are filled or a tie stays open. */
static enum tally_status run(struct elim *elim)
{
    const struct elim_plan *plan = elim->plan;
    enum tally_status status = TALLY_OK;
    for (bool end = false; status == TALLY_OK && !end;) {
        struct round *round = open_round(elim);
        if (round == NULL) {
            return TALLY_NO_MEMORY;
        }
        struct step step = {.kind = STEP_STOP};
        plan->method->step(&elim->now, plan->ctx, &step);
        round->reason = step.reason;
        if (step.kind == STEP_STOP) {
            end = true;
        } else if (step.kind == STEP_ELECT) {
            status = elect(elim, round, &step, &end);
        } else {
            status = leave(elim, round, &step, &end);
        }
    }
    return status;
}

/* ---- the outcome ---- */

/* What the ties mean: who else could have won. */
static enum tally_status judge(struct elim *elim)
{
    struct tally_result *result = elim->result;
    uint64_t possible[BITS_OPTIONS_WORDS] = {0};
    bool searched = true;
    enum tally_status status = TALLY_OK;
    if (!elim->open && !elim->lots) {
        result->state = TALLY_TIE_IRRELEVANT; /* the ballots alone settled all of them */
        return TALLY_OK;
    }
    if (elim->at_lot.known) {
        copy_set(elim, possible, elim->elected);
    } else if (rule_get(elim->rule, SETTING_SEARCH) == SEARCH_NONE) {
        copy_set(elim, possible, elim->at_lot.in);
        searched = false;
    } else {
        status = elim_search(elim, possible, &searched);
    }
    if (status == TALLY_OK) {
        bits_join(possible, elim->at_lot.elected, elim->now.words);
        result_judge(result, possible, searched);
    }
    return status;
}

static enum tally_status conclude(struct elim *elim)
{
    struct tally_result *result = elim->result;
    enum tally_status status = TALLY_OK;
    elim_place(elim);
    if (!elim->open) {
        status = result_elect(result);
    }
    if (status == TALLY_OK && result->tie_count > 0) {
        status = judge(elim);
    }
    if (status == TALLY_OK && elim->open) {
        result_leave_open(result);
    }
    return status;
}

enum tally_status elim_count(struct count *count, const struct elim_plan *plan)
{
    struct elim elim;
    enum tally_status status = elim_init(&elim, count, plan);
    if (status == TALLY_OK) {
        status = run(&elim);
    }
    if (status == TALLY_OK) {
        status = conclude(&elim);
    }
    standing_fini(&elim.now);
    return status;
}
