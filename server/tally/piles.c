#include "tally/piles.h"

#include "tally/grow.h"

#include <string.h>

#define PILE_END UINT32_MAX

enum tally_status piles_init(const struct lists *lists, struct piles *ret_piles)
{
    struct piles piles = {.items = lists->items, .lists = lists};
    piles.piled = zeroed(lists->count, sizeof *piles.piled);
    piles.first = zeroed(lists->options, sizeof *piles.first);
    piles.votes = zeroed(lists->options, sizeof *piles.votes);
    if (piles.piled == NULL || piles.first == NULL || piles.votes == NULL) {
        piles_fini(&piles);
        return TALLY_NO_MEMORY;
    }
    *ret_piles = piles;
    return TALLY_OK;
}

void piles_fini(struct piles *piles)
{
    free(piles->piled);
    free(piles->first);
    free(piles->votes);
    *piles = (struct piles){0};
}

/* Lays a list, which looks on from `at`, on the pile of the first option it finds in. */
static void lay(struct piles *piles, uint32_t list, uint32_t at, const uint64_t *in)
{
    struct piled *piled = piles->piled + list;
    uint32_t from = at;
    while (at < piled->end && !bits_has(in, piles->items[at])) {
        at++;
    }
    piles->looks += 1 + (at - from);
    piled->at = at;
    if (at == piled->end) {
        piles->exhausted += piled->weight;
        return;
    }
    size_t option = piles->items[at];
    piled->next = piles->first[option];
    piles->first[option] = list;
    piles->votes[option] += piled->weight;
}

void piles_deal(struct piles *piles, const uint64_t *in)
{
    const struct lists *lists = piles->lists;
    memset(piles->votes, 0, lists->options * sizeof *piles->votes);
    piles->exhausted = 0;
    for (size_t o = 0; o < lists->options; o++) {
        piles->first[o] = PILE_END;
    }
    /* Backwards, so that piles go through memory forwards. */
    for (size_t i = lists->count; i > 0; i--) {
        piles->piled[i - 1].weight = lists->weight[i - 1];
        piles->piled[i - 1].end = lists->start[i];
        lay(piles, (uint32_t)(i - 1), lists->start[i - 1], in);
    }
}

void piles_move(struct piles *piles, size_t option, const uint64_t *in)
{
    uint32_t list = piles->first[option];
    piles->first[option] = PILE_END;
    piles->votes[option] = 0;
    while (list != PILE_END) {
        uint32_t next = piles->piled[list].next;
        lay(piles, list, piles->piled[list].at + 1, in);
        list = next;
    }
}
