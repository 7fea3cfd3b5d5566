#include "tally/meek.h"

#include "tally/grow.h"

#include <string.h>

struct sorted_list {
    const uint16_t *items;
    size_t count;
    int64_t weight;
};

static int by_items(const void *a, const void *b)
{
    const struct sorted_list *x = a;
    const struct sorted_list *y = b;
    size_t count = x->count < y->count ? x->count : y->count;
    for (size_t i = 0; i < count; i++) {
        if (x->items[i] != y->items[i]) {
            return x->items[i] < y->items[i] ? -1 : 1;
        }
    }
    return (x->count > y->count) - (x->count < y->count);
}

static size_t common(const struct sorted_list *a, const struct sorted_list *b)
{
    size_t i = 0;
    while (i < a->count) {
        expect(i < b->count); /* what another begins with stands before it */
        if (a->items[i] != b->items[i]) {
            break;
        }
        i++;
    }
    return i;
}

/* Adds a list behind the one before it: `open` are the nodes of that one's items. */
static void add_list(
    struct meek_tree *tree, const struct sorted_list *list, size_t shared, uint32_t *open)
{
    for (size_t i = 0; i < shared; i++) {
        tree->nodes[open[i]].weight += list->weight;
    }
    for (size_t i = shared; i < list->count; i++) {
        open[i] = (uint32_t)tree->count;
        tree->nodes[tree->count++] = (struct meek_node){
            .option = list->items[i], .depth = (uint16_t)i, .weight = list->weight};
    }
    for (size_t i = 0; i < list->count; i++) {
        tree->nodes[open[i]].end = (uint32_t)tree->count;
    }
}

static void fill(struct meek_tree *tree, const struct sorted_list *sorted, size_t count)
{
    uint32_t open[TALLY_OPTIONS_MAX];
    for (size_t i = 0; i < count; i++) {
        size_t shared = i > 0 ? common(sorted + i - 1, sorted + i) : 0;
        add_list(tree, sorted + i, shared, open);
        tree->depth = sorted[i].count > tree->depth ? sorted[i].count : tree->depth;
    }
}

enum tally_status meek_tree_make(const struct lists *lists, struct meek_tree *ret_tree)
{
    enum tally_status status = TALLY_NO_MEMORY;
    struct sorted_list *sorted = zeroed(lists->count, sizeof *sorted);
    struct meek_tree tree = {
        .nodes = zeroed(lists->start[lists->count], sizeof *tree.nodes)};
    if (sorted == NULL || tree.nodes == NULL) {
        meek_tree_free(&tree);
        goto done;
    }
    for (size_t i = 0; i < lists->count; i++) {
        sorted[i] = (struct sorted_list){
            .items = lists->items + lists->start[i],
            .count = lists->start[i + 1] - lists->start[i],
            .weight = lists->weight[i]};
    }
    qsort(sorted, lists->count, sizeof *sorted, by_items);
    fill(&tree, sorted, lists->count);
    *ret_tree = tree;
    status = TALLY_OK;
done:
    free(sorted);
    return status;
}

void meek_tree_free(struct meek_tree *tree)
{
    free(tree->nodes);
    *tree = (struct meek_tree){0};
}

void meek_share(
    const struct meek_tree *tree, const int64_t *keep, size_t options, int64_t *room,
    int64_t *ret_votes)
{
    memset(ret_votes, 0, options * sizeof *ret_votes);
    for (size_t i = 0; i < tree->count;) {
        const struct meek_node *node = tree->nodes + i;
        int64_t weight = node->depth > 0 ? room[node->depth - 1] : MEEK_UNIT;
        int64_t kept = meek_kept(weight, keep[node->option]);
        ret_votes[node->option] += kept * node->weight;
        room[node->depth] = weight - kept;
        i = weight > kept ? i + 1 : node->end;
    }
}
