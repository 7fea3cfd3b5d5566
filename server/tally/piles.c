#include "tally/piles.h"

#include "tally/grow.h"
#include "tally/lists.h"

#include <string.h>

#define NO_BLOCK UINT32_MAX

/* Ballots with repeated or unnamed marks are read to the end once: what is kept has each
 * option once, at places without ties or gaps. */
static enum tally_status own_lists(
    struct piles *piles, const struct tally_profile *profile,
    const struct tally_rule *rule)
{
    struct lists lists = {0};
    enum tally_status status = lists_make(profile, rule, &lists);
    if (status != TALLY_OK) {
        return status;
    }
    size_t end = lists.start[lists.count];
    piles->own_rows = zeroed(lists.count, sizeof *piles->own_rows);
    piles->own_marks = zeroed(end, sizeof *piles->own_marks);
    if (piles->own_rows == NULL || piles->own_marks == NULL) {
        lists_free(&lists);
        return TALLY_NO_MEMORY;
    }
    for (size_t i = 0; i < lists.count; i++) {
        uint32_t start = lists.start[i];
        uint32_t count = lists.start[i + 1] - start;
        piles->own_rows[i] = (struct ballot_row){
            .first = start, .count = count, .weight = lists.weight[i]};
        for (uint32_t m = 0; m < count; m++) {
            piles->own_marks[start + m] = (struct tally_mark){
                .option = lists.items[start + m], .place = (uint16_t)(m + 1)};
        }
    }
    piles->rows = piles->own_rows;
    piles->marks = piles->own_marks;
    piles->row_count = lists.count;
    lists_free(&lists);
    return TALLY_OK;
}

enum tally_status piles_init(
    const struct tally_profile *profile, const struct tally_rule *rule,
    struct piles *ret_piles)
{
    struct piles piles = {
        .options = profile->options,
        .rows = profile->rows,
        .marks = profile->marks,
        .row_count = profile->row_count,
        .step_max = rule_get(rule, SETTING_MAX_SKIPPED_RANKS) + 1,
        .exhaust = rule_get(rule, SETTING_OVERVOTE) == OVERVOTE_EXHAUST};
    enum tally_status status = profile->raw ? own_lists(&piles, profile, rule) : TALLY_OK;
    /* Each pile has one block that is not full, and one is being read. */
    size_t blocks = piles.row_count / PILE_BLOCK + piles.options + 1;
    piles.ballots = zeroed(blocks * PILE_BLOCK, sizeof *piles.ballots);
    piles.next = zeroed(blocks, sizeof *piles.next);
    piles.piles = zeroed(piles.options, sizeof *piles.piles);
    piles.votes = zeroed(piles.options, sizeof *piles.votes);
    if (piles.ballots == NULL || piles.next == NULL || piles.piles == NULL ||
        piles.votes == NULL) {
        status = TALLY_NO_MEMORY;
    }
    if (status != TALLY_OK) {
        piles_fini(&piles);
        return status;
    }
    *ret_piles = piles;
    return TALLY_OK;
}

void piles_fini(struct piles *piles)
{
    free(piles->ballots);
    free(piles->next);
    free(piles->piles);
    free(piles->votes);
    free(piles->own_rows);
    free(piles->own_marks);
    *piles = (struct piles){0};
}

/* The first mark from `at` on, which begins a place, that counts for an option in the
 * set; `end` if the ballot ends before. `before` is the place above. */
static uint32_t find_mark(
    const struct piles *piles, uint32_t at, uint32_t end, uint16_t before,
    const uint64_t *in)
{
    const struct tally_mark *marks = piles->marks;
    while (at < end) {
        uint16_t place = marks[at].place;
        uint32_t next = at + 1;
        if (place - before > piles->step_max) {
            return end;
        }
        while (next < end && marks[next].place == place) {
            next++;
        }
        bool alone = next - at == 1;
        if (alone ? bits_has(in, marks[at].option) : piles->exhaust) {
            return alone ? at : end;
        }
        before = place;
        at = next;
    }
    return end;
}

static uint32_t take_block(struct piles *piles)
{
    uint32_t block = piles->free_block;
    if (block == NO_BLOCK) {
        return piles->block_count++;
    }
    piles->free_block = piles->next[block];
    return block;
}

static void put(struct piles *piles, size_t option, struct piled ballot)
{
    struct pile *pile = piles->piles + option;
    if (pile->count == PILE_BLOCK) {
        uint32_t block = take_block(piles);
        piles->next[block] = pile->block;
        *pile = (struct pile){.block = block};
    }
    piles->ballots[(size_t)pile->block * PILE_BLOCK + pile->count++] = ballot;
    piles->votes[option] += ballot.weight;
}

static void clear(struct piles *piles, size_t option)
{
    piles->piles[option] = (struct pile){.block = NO_BLOCK, .count = PILE_BLOCK};
    piles->votes[option] = 0;
}

/* Lays a ballot, read on from `at`, on the pile of the option it finds. */
static void
lay(struct piles *piles, struct piled ballot, uint16_t before, const uint64_t *in)
{
    uint32_t found = find_mark(piles, ballot.at, ballot.end, before, in);
    piles->looks += 1 + (found - ballot.at);
    ballot.at = found;
    if (found == ballot.end) {
        piles->exhausted += ballot.weight;
    } else {
        put(piles, piles->marks[found].option, ballot);
    }
}

void piles_deal(struct piles *piles, const uint64_t *in)
{
    piles->exhausted = 0;
    piles->free_block = NO_BLOCK;
    piles->block_count = 0;
    for (size_t o = 0; o < piles->options; o++) {
        clear(piles, o);
    }
    for (size_t i = 0; i < piles->row_count; i++) {
        const struct ballot_row *row = piles->rows + i;
        struct piled ballot = {
            .weight = row->weight, .at = row->first, .end = row->first + row->count};
        if (row->count > 0 || piles->own_rows != NULL) { /* not blank */
            lay(piles, ballot, 0, in);
        }
    }
}

static void move_block(
    struct piles *piles, const struct piled *ballots, uint32_t count, const uint64_t *in)
{
    for (uint32_t i = 0; i < count; i++) {
        __builtin_prefetch(piles->marks + ballots[i].at); /* they lie far apart */
    }
    for (uint32_t i = 0; i < count; i++) {
        struct piled ballot = ballots[i];
        uint16_t before = piles->marks[ballot.at++].place;
        lay(piles, ballot, before, in);
    }
}

void piles_move(struct piles *piles, size_t option, const uint64_t *in)
{
    struct pile pile = piles->piles[option];
    clear(piles, option);
    while (pile.block != NO_BLOCK) {
        uint32_t block = pile.block;
        move_block(piles, piles->ballots + (size_t)block * PILE_BLOCK, pile.count, in);
        pile = (struct pile){.block = piles->next[block], .count = PILE_BLOCK};
        piles->next[block] = piles->free_block;
        piles->free_block = block;
    }
}
