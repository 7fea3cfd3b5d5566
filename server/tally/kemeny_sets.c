/* Dynamic programming over sets (Bellman 1962, Held and Karp 1962, for orders of least
 * disagreement): the best order of a set begins with some member and goes on with the
 * best order of the others. All optimal orders are kept, as the sets they pass through:
 * an order from the top down is a way from the set of all options to the empty one. */
#include "tally/kemeny.h"

#include "tally/grow.h"

#include <string.h>

static kemeny_set bit(size_t option)
{
    return (kemeny_set)1 << option;
}

/* Ballots that agree when `option` stands above all of `rest`. */
static int64_t
agreement(const struct tally_result *result, size_t option, kemeny_set rest)
{
    int64_t sum = 0;
    for (kemeny_set left = rest; left != 0; left &= left - 1) {
        sum += result_pair(result, option, (size_t)__builtin_ctz(left));
    }
    return sum;
}

static int64_t led_by(const struct kemeny *kemeny, kemeny_set rest, size_t option)
{
    kemeny_set behind = rest & ~bit(option);
    return agreement(kemeny->result, option, behind) + kemeny->best[behind];
}

enum tally_status kemeny_init(struct kemeny *kemeny, const struct tally_result *result)
{
    expect(result->options <= KEMENY_OPTIONS_MAX);
    size_t sets = (size_t)1 << result->options;
    *kemeny = (struct kemeny){
        .result = result, .options = result->options, .all = (kemeny_set)(sets - 1)};
    kemeny->best = zeroed(sets, sizeof *kemeny->best);
    kemeny->lies_on = zeroed(sets, sizeof *kemeny->lies_on);
    if (kemeny->best == NULL || kemeny->lies_on == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (kemeny_set rest = 1; rest <= kemeny->all; rest++) {
        for (kemeny_set left = rest; left != 0; left &= left - 1) {
            int64_t sum = led_by(kemeny, rest, (size_t)__builtin_ctz(left));
            kemeny->best[rest] = sum > kemeny->best[rest] ? sum : kemeny->best[rest];
        }
    }
    return TALLY_OK;
}

void kemeny_fini(struct kemeny *kemeny)
{
    free(kemeny->best);
    free(kemeny->lies_on);
}

bool kemeny_leads(const struct kemeny *kemeny, kemeny_set rest, size_t option)
{
    return led_by(kemeny, rest, option) == kemeny->best[rest];
}

/* Marks the sets that optimal orders go on to from this one. */
static void mark_next(struct kemeny *kemeny, kemeny_set rest)
{
    for (kemeny_set left = rest; left != 0; left &= left - 1) {
        size_t option = (size_t)__builtin_ctz(left);
        if (kemeny_leads(kemeny, rest, option)) {
            kemeny->lies_on[rest & ~bit(option)] = 1;
        }
    }
}

/* Marks what follows from the marked sets inside `from`, the larger before the smaller.
 */
static void mark_below(struct kemeny *kemeny, kemeny_set from)
{
    for (kemeny_set rest = from; rest > 0; rest--) {
        if (kemeny->lies_on[rest]) {
            mark_next(kemeny, rest);
        }
    }
}

void kemeny_mark(struct kemeny *kemeny)
{
    kemeny->lies_on[kemeny->all] = 1;
    mark_below(kemeny, kemeny->all);
}

/* Is there a marked set one smaller that an optimal order can go on to? */
static bool goes_on(const struct kemeny *kemeny, kemeny_set rest)
{
    for (kemeny_set left = rest; left != 0; left &= left - 1) {
        size_t option = (size_t)__builtin_ctz(left);
        if (kemeny->lies_on[rest & ~bit(option)] && kemeny_leads(kemeny, rest, option)) {
            return true;
        }
    }
    return false;
}

/* Below `rest` all is marked anew; above it stays what still leads to `rest`, the smaller
 * looked at before the larger. */
void kemeny_mark_through(struct kemeny *kemeny, kemeny_set rest)
{
    expect(kemeny->lies_on[rest]);
    for (kemeny_set set = 0; set <= kemeny->all; set++) {
        bool above = (set & rest) == rest && set != rest;
        bool stays =
            set == rest || (above && kemeny->lies_on[set] && goes_on(kemeny, set));
        kemeny->lies_on[set] = stays;
    }
    mark_below(kemeny, rest);
}

size_t kemeny_marked(const struct kemeny *kemeny, size_t size, kemeny_set *ret_sets)
{
    size_t count = 0;
    for (kemeny_set set = 0; set <= kemeny->all; set++) {
        if (!kemeny->lies_on[set] || (size_t)__builtin_popcount(set) != size) {
            continue;
        }
        if (ret_sets != NULL) {
            ret_sets[count] = set;
        }
        count++;
    }
    return count;
}
