/* Bottom-two runoff: of the two with the fewest votes the one that loses their duel
 * leaves, until no more are left than seats. Who the two are may be a tie, and their duel
 * too; both are settled as a tie for leaving is. */
#include "tally/elim.h"

#include <string.h>

/* Who may be the two: both of `lowest`, or one alone there and one of `next`. */
struct bottom {
    uint64_t lowest[BITS_OPTIONS_WORDS];
    uint64_t next[BITS_OPTIONS_WORDS]; /* empty if two or more are lowest */
    size_t lowest_count;
    size_t next_count;
};

static void find_bottom(const struct standing *now, struct bottom *ret_bottom)
{
    uint64_t others[BITS_OPTIONS_WORDS];
    memcpy(others, now->in, sizeof others);
    *ret_bottom = (struct bottom){0};
    standing_lowest(now, now->in, ret_bottom->lowest);
    ret_bottom->lowest_count = bits_count(ret_bottom->lowest, now->words);
    if (ret_bottom->lowest_count == 1) {
        bits_remove(others, ret_bottom->lowest, now->words);
        standing_lowest(now, others, ret_bottom->next);
        ret_bottom->next_count = bits_count(ret_bottom->next, now->words);
    }
}

static bool may_meet(const struct bottom *bottom, size_t a, size_t b)
{
    return a != b && bits_has(bottom->lowest, a) &&
           bits_has(bottom->lowest_count > 1 ? bottom->lowest : bottom->next, b);
}

/* The two lowest ranks of a set; the same twice if two have it. */
static void
lowest_ranks(const struct standing *now, const uint64_t *set, uint16_t ret_ranks[2])
{
    ret_ranks[0] = UINT16_MAX;
    ret_ranks[1] = UINT16_MAX;
    for (size_t o = 0; o < now->options; o++) {
        uint16_t rank = now->ranks[o];
        if (bits_has(set, o) && rank < ret_ranks[0]) {
            ret_ranks[1] = ret_ranks[0];
            ret_ranks[0] = rank;
        } else if (bits_has(set, o) && rank < ret_ranks[1]) {
            ret_ranks[1] = rank;
        }
    }
}

/* Adds who may lose the duel of two; a drawn one is settled by earlier rounds. */
static void add_losers(const struct standing *now, size_t a, size_t b, uint64_t *set)
{
    bool drawn = !standing_beats(now, a, b) && !standing_beats(now, b, a);
    if (drawn ? now->ranks[a] <= now->ranks[b] : standing_beats(now, b, a)) {
        bits_add(set, a);
    }
    if (drawn ? now->ranks[b] <= now->ranks[a] : standing_beats(now, a, b)) {
        bits_add(set, b);
    }
}

/* Adds who may lose a duel of `a` with one of that rank. */
static void add_met(
    const struct standing *now, const struct bottom *bottom, size_t a, uint16_t rank,
    uint64_t *set)
{
    for (size_t b = 0; b < now->options; b++) {
        if (may_meet(bottom, a, b) && now->ranks[b] == rank) {
            add_losers(now, a, b, set);
        }
    }
}

/* Who may leave if earlier rounds settle who the two are, as far as they can. */
static void
find_ranked(const struct standing *now, const struct bottom *bottom, uint64_t *ret_set)
{
    bool many = bottom->lowest_count > 1;
    uint16_t first[2];
    uint16_t second[2];
    lowest_ranks(now, bottom->lowest, first);
    lowest_ranks(now, many ? bottom->lowest : bottom->next, second);
    uint16_t other = second[many ? 1 : 0];
    memset(ret_set, 0, now->words * sizeof *ret_set);
    for (size_t a = 0; a < now->options; a++) {
        if (bits_has(bottom->lowest, a) && now->ranks[a] == first[0]) {
            add_met(now, bottom, a, other, ret_set);
        }
    }
}

/* Who may leave: of several lowest all but one that beats all others of them; else who
 * of the lowest and the next may lose to the other. */
static void
find_losers(const struct standing *now, const struct bottom *bottom, uint64_t *ret_set)
{
    if (bottom->lowest_count > 1) {
        size_t winner = standing_unbeaten(now, bottom->lowest);
        memcpy(ret_set, bottom->lowest, now->words * sizeof *ret_set);
        if (winner < now->options) {
            bits_drop(ret_set, winner);
        }
        return;
    }
    size_t lowest = standing_unbeaten(now, bottom->lowest); /* the only one */
    for (size_t o = 0; o < now->options; o++) {
        if (bits_has(bottom->next, o)) {
            bits_add(ret_set, standing_beats(now, lowest, o) ? o : lowest);
            bits_add(ret_set, standing_beats(now, o, lowest) ? lowest : o);
        }
    }
}

static void step_bottom_two(struct standing *now, const void *ctx, struct step *ret_step)
{
    struct bottom bottom;
    (void)ctx;
    if (step_last_seats(now, ret_step)) {
        return;
    }
    find_bottom(now, &bottom);
    if (now->ranks != NULL) {
        find_ranked(now, &bottom, ret_step->set);
    } else {
        find_losers(now, &bottom, ret_step->set);
    }
    bool many = bits_count(ret_step->set, now->words) > 1;
    ret_step->kind = many ? STEP_TIE : STEP_LEAVE;
    ret_step->reason = TALLY_LOST_DUEL;
    ret_step->wanted = 1;
    ret_step->free =
        many && now->searching && standing_total(now) == 0 && standing_all_drawn(now);
}

static enum tally_status push_duel(struct elim *elim, size_t winner, size_t loser)
{
    const struct tally_result *result = elim->result;
    return result_push_duel(
        elim->result, (struct tally_duel){
                          .winner = (uint16_t)winner,
                          .loser = (uint16_t)loser,
                          .votes_for = result_pair(result, winner, loser),
                          .votes_against = result_pair(result, loser, winner),
                          .fate = TALLY_RUNOFF});
}

/* All duels that the one who leaves may lose. */
static enum tally_status
push_duels(struct elim *elim, const struct bottom *bottom, const uint64_t *leaving)
{
    size_t loser = 0;
    enum tally_status status = TALLY_OK;
    while (!bits_has(leaving, loser)) {
        loser++;
    }
    for (size_t o = 0; o < elim->now.options && status == TALLY_OK; o++) {
        if (may_meet(bottom, loser, o) || may_meet(bottom, o, loser)) {
            status = push_duel(elim, o, loser);
        }
    }
    return status;
}

/* Without a tie order: one is sure to leave, whoever the two are, or the count ends. */
static enum tally_status
leave_open(struct elim *elim, const struct bottom *bottom, const struct step *step)
{
    const uint64_t *tied = bottom->lowest_count > 2 ? bottom->lowest
                           : bottom->next_count > 1 ? bottom->next
                           : step->kind == STEP_TIE ? step->set
                                                    : NULL;
    enum tally_status status = tied != NULL ? elim_push_open(elim, tied) : TALLY_OK;
    elim->open = step->kind == STEP_TIE;
    memcpy(elim->leaving, step->set, sizeof elim->leaving);
    if (status == TALLY_OK && !elim->open) {
        status = push_duels(elim, bottom, step->set);
    }
    return status;
}

/* With a tie order: `wanted` of a set, put at `ret_two`; those who are lowest are last.
 */
static enum tally_status
draw(struct elim *elim, const uint64_t *set, size_t wanted, uint16_t *ret_two)
{
    uint16_t tied[TALLY_OPTIONS_MAX];
    size_t count = 0;
    for (size_t o = 0; o < elim->now.options; o++) {
        if (bits_has(set, o)) {
            tied[count++] = (uint16_t)o;
        }
    }
    enum tally_status status =
        count > wanted ? elim_settle(elim, tied, count, wanted) : TALLY_OK;
    memcpy(ret_two, tied + count - wanted, wanted * sizeof *tied);
    return status;
}

static enum tally_status leave_bottom_two(struct elim *elim, const struct step *step)
{
    struct bottom bottom;
    uint16_t two[2];
    find_bottom(&elim->now, &bottom);
    if (elim->result->lot == NULL) {
        return leave_open(elim, &bottom, step);
    }
    enum tally_status status =
        draw(elim, bottom.lowest, bottom.lowest_count > 1 ? 2 : 1, two);
    if (status == TALLY_OK && bottom.next_count > 0) {
        status = draw(elim, bottom.next, 1, two + 1);
    }
    if (status != TALLY_OK) {
        return status;
    }
    if (standing_beats(&elim->now, two[1], two[0])) {
        uint16_t loser = two[0];
        two[0] = two[1];
        two[1] = loser;
    } else if (!standing_beats(&elim->now, two[0], two[1])) {
        status = elim_settle(elim, two, 2, 1);
    }
    memset(elim->leaving, 0, sizeof elim->leaving);
    bits_add(elim->leaving, two[1]);
    return status == TALLY_OK ? push_duel(elim, two[0], two[1]) : status;
}

enum tally_status count_bottom_two(struct count *count)
{
    static const struct elim_method method = {
        .step = step_bottom_two, .leave = leave_bottom_two, .condorcet = true};
    static const struct elim_plan plan = {.method = &method};
    return elim_count(count, &plan);
}
