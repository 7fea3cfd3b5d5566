#include "tally/stv_piles.h"

#include <string.h>

static const struct stv_pile empty = {.block = 0, .count = STV_BLOCK};

static uint32_t take_block(struct stv *stv)
{
    uint32_t block = stv->free_block;
    if (block == 0) {
        return ++stv->block_count;
    }
    stv->free_block = stv->blocks[block - 1].next;
    return block;
}

static void push(struct stv *stv, struct stv_pile *pile, size_t paper)
{
    if (pile->count == STV_BLOCK) {
        uint32_t block = take_block(stv);
        stv->blocks[block - 1].next = pile->block;
        *pile = (struct stv_pile){.block = block};
    }
    stv->blocks[pile->block - 1].papers[pile->count++] = (uint32_t)paper;
}

/* Takes the first block off a pile and fetches what its papers need. */
static size_t pop_block(struct stv *stv, struct stv_pile *pile, uint32_t *ret_papers)
{
    struct stv_block *block = stv->blocks + pile->block - 1;
    size_t count = pile->count;
    memcpy(ret_papers, block->papers, count * sizeof *ret_papers);
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(stv->paper + ret_papers[i], 1);
        __builtin_prefetch(stv->lists.weight + ret_papers[i]);
    }
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(stv->lists.items + stv->paper[ret_papers[i]].at);
    }
    uint32_t next = block->next;
    block->next = stv->free_block;
    stv->free_block = pile->block;
    *pile = (struct stv_pile){.block = next, .count = STV_BLOCK};
    return count;
}

/* Puts a paper where it counts now: on a pile, or nowhere. */
static void put(struct stv *stv, size_t i)
{
    const struct stv_paper *paper = stv->paper + i;
    size_t account = stv->race.options;
    if (paper->at < paper->end) {
        account = stv->lists.items[paper->at];
        push(stv, stv->pile + account, i);
    }
    values_give(&stv->values, account, stv->lists.weight[i], paper->value);
}

enum tally_status piles_start(struct stv *stv)
{
    uint32_t whole = 0;
    enum tally_status status = values_start(&stv->values, &whole);
    if (status != TALLY_OK) {
        return status;
    }
    stv->block_count = 0;
    stv->free_block = 0;
    for (size_t o = 0; o < stv->race.options; o++) {
        stv->pile[o] = empty;
    }
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

void piles_pass_on(struct stv *stv, size_t option)
{
    uint32_t papers[STV_BLOCK];
    struct stv_pile pile = stv->pile[option];
    stv->pile[option] = empty;
    values_clear(&stv->values, option);
    while (pile.block != 0) {
        size_t count = pop_block(stv, &pile, papers);
        for (size_t i = 0; i < count; i++) {
            move_on(stv, stv->paper + papers[i]);
            put(stv, papers[i]);
        }
    }
}

/* Every value among the papers of a pile; they matter only to exact fractions. */
static void meet_values(struct stv *stv, struct stv_pile pile)
{
    while (stv->values.exact && pile.block != 0) {
        const struct stv_block *block = stv->blocks + pile.block - 1;
        for (uint32_t i = 0; i < pile.count; i++) {
            values_meet(&stv->values, stv->paper[block->papers[i]].value);
        }
        pile = (struct stv_pile){.block = block->next, .count = STV_BLOCK};
    }
}

enum tally_status piles_split(struct stv *stv, size_t option)
{
    uint32_t papers[STV_BLOCK];
    struct stv_pile pile = stv->pile[option];
    meet_values(stv, pile);
    enum tally_status status = values_split(&stv->values, option);
    if (status != TALLY_OK) {
        return status;
    }
    stv->pile[option] = empty;
    while (pile.block != 0) {
        size_t count = pop_block(stv, &pile, papers);
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

static void
preview_paper(struct stv *stv, size_t i, const uint64_t *leaving, int sign, uint64_t *set)
{
    const struct stv_paper *paper = stv->paper + i;
    uint32_t at = place_without(stv, i, leaving);
    if (at < paper->end) {
        uint16_t option = stv->lists.items[at];
        bits_add(set, option);
        values_give(&stv->values, option, sign * stv->lists.weight[i], paper->value);
    }
}

static void preview_pile(
    struct stv *stv, struct stv_pile pile, const uint64_t *leaving, int sign,
    uint64_t *ret_set)
{
    while (pile.block != 0) {
        const struct stv_block *block = stv->blocks + pile.block - 1;
        for (uint32_t i = 0; i < pile.count; i++) {
            preview_paper(stv, block->papers[i], leaving, sign, ret_set);
        }
        pile = (struct stv_pile){.block = block->next, .count = STV_BLOCK};
    }
}

void piles_preview(struct stv *stv, const uint64_t *leaving, bool back, uint64_t *ret_set)
{
    memset(ret_set, 0, stv->race.words * sizeof *ret_set);
    for (size_t o = 0; o < stv->race.options; o++) {
        if (bits_has(leaving, o)) {
            preview_pile(stv, stv->pile[o], leaving, back ? -1 : 1, ret_set);
        }
    }
}
