/* Would another order of removal elect another? All sets of options that can be left, in
 * breadth: sets met twice are looked at once, hopeless groups leave at once (no order of
 * removal saves them). Which sets are passed over depends on the level before only, so
 * the answer does not depend on how options are numbered. */
#include "tally/irv.h"

#include "tally/grow.h"
#include "tally/limits.h"
#include "tally/sets.h"

#include <string.h>

struct search {
    const struct irv_lists *lists;
    size_t words;
    struct seen_sets seen; /* also the queue */
    uint64_t *possible;
    uint64_t *in; /* the set that is looked at */
    uint64_t *leaving;
    int64_t *votes;
    uint16_t *sorted;
    size_t looks;
};

static enum tally_status search_init(struct search *search, const struct irv_lists *lists)
{
    size_t words = bits_words(lists->options);
    *search = (struct search){.lists = lists, .words = words};
    seen_init(&search->seen, words);
    search->possible = zeroed(words, sizeof *search->possible);
    search->in = zeroed(words, sizeof *search->in);
    search->leaving = zeroed(words, sizeof *search->leaving);
    search->votes = zeroed(lists->options, sizeof *search->votes);
    search->sorted = zeroed(lists->options, sizeof *search->sorted);
    if (search->possible == NULL || search->in == NULL || search->leaving == NULL ||
        search->votes == NULL || search->sorted == NULL) {
        return TALLY_NO_MEMORY;
    }
    return TALLY_OK;
}

static void search_fini(struct search *search)
{
    seen_fini(&search->seen);
    free(search->possible);
    free(search->in);
    free(search->leaving);
    free(search->votes);
    free(search->sorted);
}

/* Without a vote left every order of removal is as good as any other. */
static bool nobody_has_votes(const struct search *search)
{
    for (size_t o = 0; o < search->lists->options; o++) {
        if (search->votes[o] != 0) {
            return false;
        }
    }
    return true;
}

/* Queues `in` without each of the tied in turn. */
static enum tally_status branch(struct search *search)
{
    for (size_t o = 0; o < search->lists->options; o++) {
        if (!bits_has(search->leaving, o)) {
            continue;
        }
        bool is_new = false;
        bits_drop(search->in, o);
        enum tally_status status = seen_add(&search->seen, search->in, &is_new);
        bits_add(search->in, o);
        if (status != TALLY_OK) {
            return status;
        }
    }
    return TALLY_OK;
}

/* Is there nothing more to find behind `in`? Then its winners are noted. */
static bool at_end(struct search *search)
{
    if (irv_finished(search->lists, search->in, search->votes, search->leaving)) {
        bits_join(search->possible, search->leaving, search->words);
        return true;
    }
    if (nobody_has_votes(search)) {
        bits_join(search->possible, search->in, search->words);
        return true;
    }
    return false;
}

/* Who leaves next: a hopeless group, or those with the fewest votes. False: several are
 * tied. */
static bool find_leaving(struct search *search)
{
    irv_hopeless(
        search->lists, search->in, search->votes, search->sorted, search->leaving);
    if (bits_count(search->leaving, search->words) > 0) {
        return true;
    }
    irv_lowest(search->lists, search->in, search->votes, search->leaving);
    return bits_count(search->leaving, search->words) == 1;
}

/* Counts on from `in` to the end or to the first tie for last place, which branches. */
static enum tally_status follow(struct search *search)
{
    for (;;) {
        int64_t exhausted = 0;
        search->looks += irv_votes(search->lists, search->in, search->votes, &exhausted);
        if (at_end(search)) {
            return TALLY_OK;
        }
        if (!find_leaving(search)) {
            return branch(search);
        }
        bits_remove(search->in, search->leaving, search->words);
    }
}

/* `before`: who was possible when this level began. */
static enum tally_status
search_level(struct search *search, size_t from, size_t to, const uint64_t *before)
{
    for (size_t i = from; i < to && search->looks <= IRV_LOOKS_MAX; i++) {
        const uint64_t *set = search->seen.sets + i * search->words;
        if (bits_inside(set, before, search->words)) {
            continue;
        }
        memcpy(search->in, set, search->words * sizeof *set);
        enum tally_status status = follow(search);
        if (status != TALLY_OK) {
            return status;
        }
        if (search->seen.count > IRV_SETS_MAX) {
            return TALLY_OK;
        }
    }
    return TALLY_OK;
}

enum tally_status irv_search(
    const struct irv_lists *lists, const uint64_t *in, uint64_t *ret_possible,
    bool *ret_searched)
{
    struct search search;
    bool is_new = false;
    bool given_up = false;
    enum tally_status status = search_init(&search, lists);
    if (status != TALLY_OK) {
        goto done;
    }
    status = seen_add(&search.seen, in, &is_new);
    for (size_t from = 0; status == TALLY_OK && from < search.seen.count && !given_up;) {
        uint64_t before[BITS_OPTIONS_WORDS];
        size_t to = search.seen.count;
        memcpy(before, search.possible, search.words * sizeof *before);
        status = search_level(&search, from, to, before);
        given_up = search.seen.count > IRV_SETS_MAX || search.looks > IRV_LOOKS_MAX;
        from = to;
    }
    if (status == TALLY_OK) {
        const uint64_t *possible = given_up ? in : search.possible;
        memcpy(ret_possible, possible, search.words * sizeof *possible);
        *ret_searched = !given_up;
    }
done:
    search_fini(&search);
    return status;
}
