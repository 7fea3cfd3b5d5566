#include "tally/stv_piles.h"

#include <string.h>

/* Puts a paper where it counts now: on a pile, or nowhere. */
static void put(struct stv *stv, size_t i)
{
    struct stv_paper *paper = stv->paper + i;
    if (paper->at == paper->end) {
        paper->next = 0;
        values_give(&stv->values, stv->race.options, stv->lists.weight[i], paper->value);
        return;
    }
    uint16_t option = stv->lists.items[paper->at];
    paper->next = stv->pile[option];
    stv->pile[option] = (uint32_t)i + 1;
    values_give(&stv->values, option, stv->lists.weight[i], paper->value);
}

enum tally_status piles_start(struct stv *stv)
{
    uint32_t whole = 0;
    enum tally_status status = values_start(&stv->values, &whole);
    if (status != TALLY_OK) {
        return status;
    }
    memset(stv->pile, 0, stv->race.options * sizeof *stv->pile);
    for (size_t i = 0; i < stv->lists.count; i++) {
        stv->paper[i] = (struct stv_paper){
            .at = stv->lists.start[i], .end = stv->lists.start[i + 1], .value = whole};
        put(stv, i);
    }
    return TALLY_OK;
}

/* To the next option who is in; once all seats are filled, to the end. */
static void move_on(struct stv *stv, struct stv_paper *paper)
{
    if (race_seats_left(&stv->race) == 0) {
        paper->at = paper->end;
    }
    while (paper->at < paper->end &&
           !bits_has(stv->race.in, stv->lists.items[paper->at])) {
        paper->at++;
    }
}

/* Papers of a pile are taken a batch at a time: what they need lies far apart and is
 * fetched for all of them at once. */
#define BATCH 64

static size_t take_batch(const struct stv *stv, uint32_t *pile, uint32_t *ret_papers)
{
    size_t count = 0;
    for (; *pile != 0 && count < BATCH; count++) {
        uint32_t i = *pile - 1;
        const struct stv_paper *paper = stv->paper + i;
        __builtin_prefetch(stv->lists.items + paper->at);
        __builtin_prefetch(stv->lists.weight + i);
        ret_papers[count] = i;
        *pile = paper->next;
    }
    return count;
}

void piles_pass_on(struct stv *stv, size_t option)
{
    uint32_t papers[BATCH];
    uint32_t pile = stv->pile[option];
    stv->pile[option] = 0;
    values_clear(&stv->values, option);
    while (pile != 0) {
        size_t count = take_batch(stv, &pile, papers);
        for (size_t i = 0; i < count; i++) {
            move_on(stv, stv->paper + papers[i]);
            put(stv, papers[i]);
        }
    }
}

enum tally_status piles_split(struct stv *stv, size_t option)
{
    uint32_t papers[BATCH];
    uint32_t pile = stv->pile[option];
    for (uint32_t at = pile; at != 0 && stv->values.exact; at = stv->paper[at - 1].next) {
        values_meet(&stv->values, stv->paper[at - 1].value);
    }
    enum tally_status status = values_split(&stv->values, option);
    if (status != TALLY_OK) {
        return status;
    }
    stv->pile[option] = 0;
    while (pile != 0) {
        size_t count = take_batch(stv, &pile, papers);
        for (size_t i = 0; i < count; i++) {
            struct stv_paper *paper = stv->paper + papers[i];
            move_on(stv, paper);
            paper->value = values_reduced(&stv->values, paper->value);
            put(stv, papers[i]);
        }
    }
    values_forget(&stv->values);
    return TALLY_OK;
}

struct stv_state piles_state(const struct stv *stv)
{
    struct stv_state state = race_state(&stv->race);
    for (size_t w = 0; w < stv->race.words; w++) {
        state_mix(&state, stv->pending[w]);
    }
    for (size_t i = 0; i < stv->order_count; i++) {
        state_mix(&state, stv->order[i]);
        state_mix(&state, stv->rank[stv->order[i]]);
    }
    for (size_t i = 0; i < stv->lists.count; i++) {
        const struct stv_paper *paper = stv->paper + i;
        bool counts = paper->at < paper->end;
        state_mix(&state, paper->at);
        state_mix(&state, counts ? values_hash(&stv->values, paper->value) : 0);
    }
    return state;
}

/* Where a paper will go once all of `leaving` have left. */
static uint32_t
place_without(const struct stv *stv, size_t paper, const uint64_t *leaving)
{
    uint32_t at = stv->paper[paper].at;
    for (; at < stv->paper[paper].end; at++) {
        uint16_t option = stv->lists.items[at];
        if (bits_has(stv->race.in, option) && !bits_has(leaving, option)) {
            break;
        }
    }
    return at;
}

/* The same for one pile. */
static void preview_pile(
    struct stv *stv, uint32_t pile, const uint64_t *leaving, bool back, uint64_t *ret_set)
{
    for (; pile != 0; pile = stv->paper[pile - 1].next) {
        const struct stv_paper *paper = stv->paper + pile - 1;
        uint32_t at = place_without(stv, pile - 1, leaving);
        if (at < paper->end) {
            int64_t weight = stv->lists.weight[pile - 1];
            uint16_t option = stv->lists.items[at];
            bits_add(ret_set, option);
            values_give(&stv->values, option, back ? -weight : weight, paper->value);
        }
    }
}

void piles_preview(struct stv *stv, const uint64_t *leaving, bool back, uint64_t *ret_set)
{
    memset(ret_set, 0, stv->race.words * sizeof *ret_set);
    for (size_t o = 0; o < stv->race.options; o++) {
        if (bits_has(leaving, o)) {
            preview_pile(stv, stv->pile[o], leaving, back, ret_set);
        }
    }
}
