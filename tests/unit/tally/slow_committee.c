#include "slow_committee.h"

#include <stdlib.h>
#include <string.h>

/* ---- fractions ---- */

static struct fraction make(slow_wide top, slow_wide bottom)
{
    slow_wide a = top < 0 ? -top : top;
    slow_wide b = bottom;
    while (b != 0) {
        slow_wide rest = a % b;
        a = b;
        b = rest;
    }
    cr_assert(bottom > 0);
    return (struct fraction){.top = top / a, .bottom = bottom / a};
}

static struct fraction plus(struct fraction a, struct fraction b)
{
    return make(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
}

static struct fraction minus(struct fraction a, struct fraction b)
{
    return make(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom);
}

static struct fraction over(struct fraction a, int64_t b)
{
    return make(a.top, a.bottom * b);
}

static int against(struct fraction a, struct fraction b)
{
    slow_wide left = a.top * b.bottom;
    slow_wide right = b.top * a.bottom;
    return left < right ? -1 : left > right;
}

/* ---- the slow counts ---- */

struct voter {
    struct fraction money; /* left */
    struct fraction load;
};

static const struct fraction zero = {.top = 0, .bottom = 1};
static const struct fraction unity = {.top = 1, .bottom = 1};

size_t size_of(unsigned set)
{
    return (size_t)__builtin_popcount(set);
}

static bool approves(const struct slow *slow, size_t voter, size_t option)
{
    return (slow->ballots[voter] >> option & 1) != 0;
}

/* Options of the step by their value, the least first or the most; the value of those
 * without one is not looked at. Returns the best as a set. */
static unsigned best_of(
    const struct slow *slow, const struct fraction *values, unsigned among, int sign,
    struct fraction *ret_best)
{
    unsigned best = 0;
    for (size_t o = 0; o < slow->options; o++) {
        if ((among >> o & 1) == 0) {
            continue;
        }
        int order = best == 0 ? -1 : sign * against(values[o], *ret_best);
        if (order < 0) {
            *ret_best = values[o];
            best = 0;
        }
        best |= order <= 0 ? 1U << o : 0;
    }
    return best;
}

/* Of the tied the favoured, or all. */
static unsigned by_lot(struct slow *slow, unsigned tied)
{
    slow->ties += size_of(tied) > 1 ? 1 : 0;
    for (size_t i = 0; slow->lot != NULL && i < slow->options; i++) {
        if ((tied >> slow->lot[i] & 1) != 0) {
            return 1U << slow->lot[i];
        }
    }
    return tied;
}

static void slow_seq_pav(struct slow *slow, unsigned elected)
{
    struct fraction values[SLOW_OPTIONS_MAX];
    struct fraction best = zero;
    if (size_of(elected) == slow->seats) {
        slow->sets[elected] = true;
        slow->step_count = slow->seats;
        return;
    }
    for (size_t o = 0; o < slow->options; o++) {
        values[o] = zero;
        for (size_t v = 0; v < slow->voters; v++) {
            if (approves(slow, v, o)) {
                int64_t held = (int64_t)size_of(slow->ballots[v] & elected);
                values[o] = plus(values[o], over(unity, held + 1));
            }
        }
    }
    unsigned others = ((1U << slow->options) - 1) & ~elected;
    unsigned next = by_lot(slow, best_of(slow, values, others, -1, &best));
    for (size_t o = 0; o < slow->options; o++) {
        if ((next >> o & 1) != 0) {
            slow->steps[size_of(elected)] = (uint16_t)o;
            slow->prices[size_of(elected)] = best;
            slow_seq_pav(slow, elected | 1U << o);
        }
    }
}

static void slow_phragmen(
    struct slow *slow, unsigned elected, const struct voter *before, bool completion)
{
    struct fraction values[SLOW_OPTIONS_MAX];
    struct fraction best = zero;
    unsigned backed = 0;
    size_t step = size_of(elected);
    if (step == slow->seats) {
        slow->sets[elected] = true;
        slow->step_count = step;
        return;
    }
    unsigned others = ((1U << slow->options) - 1) & ~elected;
    for (size_t o = 0; o < slow->options; o++) {
        int64_t backers = 0;
        values[o] = unity;
        for (size_t v = 0; v < slow->voters; v++) {
            if (approves(slow, v, o)) {
                values[o] = plus(values[o], before[v].load);
                backers++;
            }
        }
        if (backers > 0) {
            values[o] = over(values[o], backers);
            backed |= 1U << o;
        }
    }
    unsigned next = best_of(slow, values, others & backed, 1, &best);
    next = by_lot(slow, next != 0 ? next : others);
    for (size_t o = 0; o < slow->options; o++) {
        if ((next >> o & 1) == 0) {
            continue;
        }
        struct voter after[SLOW_VOTERS_MAX];
        memcpy(after, before, sizeof after);
        for (size_t v = 0; v < slow->voters; v++) {
            after[v].load = approves(slow, v, o) ? best : after[v].load;
            slow->paid[v][step] = zero;
        }
        slow->steps[step] = (uint16_t)o;
        slow->prices[step] = best;
        slow->completion[step] = completion;
        slow_phragmen(slow, elected | 1U << o, after, completion);
    }
}

static int by_money(const void *a, const void *b)
{
    return against(*(const struct fraction *)a, *(const struct fraction *)b);
}

/* The price by its definition: backers from the poorest on; as soon as all others can
 * share equally what is open, that is it. */
static bool slow_price(
    const struct slow *slow, const struct voter *voters, size_t option,
    struct fraction *ret_price)
{
    struct fraction money[SLOW_VOTERS_MAX];
    struct fraction open = unity;
    size_t count = 0;
    for (size_t v = 0; v < slow->voters; v++) {
        if (approves(slow, v, option)) {
            money[count++] = voters[v].money;
        }
    }
    qsort(money, count, sizeof *money, by_money);
    for (size_t i = 0; i < count; i++) {
        struct fraction share = over(open, (int64_t)(count - i));
        if (against(share, money[i]) <= 0) {
            *ret_price = share;
            return true;
        }
        open = minus(open, money[i]);
    }
    return false;
}

static void slow_shares(
    struct slow *slow, unsigned elected, const struct voter *before, bool complete)
{
    struct fraction values[SLOW_OPTIONS_MAX];
    struct fraction best = zero;
    unsigned affordable = 0;
    size_t step = size_of(elected);
    for (size_t o = 0; o < slow->options; o++) {
        values[o] = zero;
        affordable |= slow_price(slow, before, o, &values[o]) ? 1U << o : 0;
    }
    affordable &= ~elected;
    if (step == slow->seats || (affordable == 0 && !complete)) {
        slow->sets[elected] = true;
        slow->step_count = step;
        return;
    }
    if (affordable == 0) {
        slow_phragmen(slow, elected, before, true);
        return;
    }
    unsigned next = by_lot(slow, best_of(slow, values, affordable, 1, &best));
    for (size_t o = 0; o < slow->options; o++) {
        if ((next >> o & 1) == 0) {
            continue;
        }
        struct voter after[SLOW_VOTERS_MAX];
        memcpy(after, before, sizeof after);
        for (size_t v = 0; v < slow->voters; v++) {
            bool poor = against(before[v].money, best) < 0;
            struct fraction pays = poor ? before[v].money : best;
            pays = approves(slow, v, o) ? pays : zero;
            after[v].money = minus(after[v].money, pays);
            after[v].load = plus(after[v].load, pays);
            slow->paid[v][step] = pays;
        }
        slow->steps[step] = (uint16_t)o;
        slow->prices[step] = best;
        slow->completion[step] = false;
        slow_shares(slow, elected | 1U << o, after, complete);
    }
}

static void slow_pav(struct slow *slow)
{
    struct fraction best = {.top = -1, .bottom = 1};
    for (unsigned set = 0; set < 1U << slow->options; set++) {
        struct fraction points = zero;
        if (size_of(set) != slow->seats) {
            continue;
        }
        for (size_t v = 0; v < slow->voters; v++) {
            for (size_t h = 1; h <= size_of(slow->ballots[v] & set); h++) {
                points = plus(points, over(unity, (int64_t)h));
            }
        }
        if (against(points, best) > 0) {
            best = points;
            memset(slow->sets, 0, sizeof slow->sets);
        }
        slow->sets[set] = against(points, best) >= 0;
    }
}

void slow_count(struct slow *slow, const char *method, bool complete)
{
    struct voter voters[SLOW_VOTERS_MAX];
    memset(slow->sets, 0, sizeof slow->sets);
    slow->ties = 0;
    for (size_t v = 0; v < SLOW_VOTERS_MAX; v++) {
        voters[v] = (struct voter){.money = zero, .load = zero};
        if (slow->voters > 0) {
            voters[v].money = make((slow_wide)slow->seats, (slow_wide)slow->voters);
        }
    }
    if (strcmp(method, "pav") == 0) {
        slow_pav(slow);
    } else if (strcmp(method, "seq-pav") == 0) {
        slow_seq_pav(slow, 0);
    } else if (strcmp(method, "seq-phragmen") == 0) {
        slow_phragmen(slow, 0, voters, false);
    } else {
        slow_shares(slow, 0, voters, complete);
    }
}

/* ---- random polls for both ---- */

struct tally_profile *random_slate(uint64_t *state, struct slow *ret_slow)
{
    struct tally_profile *profile = NULL;
    *ret_slow = (struct slow){.options = 1 + random_below(state, SLOW_OPTIONS_MAX)};
    size_t n = ret_slow->options;
    ret_slow->seats = 1 + random_below(state, n < 4 ? n : 4);
    size_t kinds = random_below(state, 9);
    bool twins = random_below(state, 3) == 0 && n > 2;
    cr_assert_eq(tally_profile_new(n, &profile), TALLY_OK);
    for (size_t i = 0; i < kinds; i++) {
        unsigned ballot = (unsigned)random_below(state, (size_t)1 << n);
        int64_t weight = 1 + (int64_t)random_below(state, 3);
        ballot = twins ? (ballot & ~4U) | (ballot & 1U) << 2 : ballot;
        struct tally_mark marks[SLOW_OPTIONS_MAX];
        size_t count = 0;
        for (size_t o = 0; o < n; o++) {
            if ((ballot >> o & 1) != 0) {
                uint16_t place = (uint16_t)(1 + random_below(state, 3));
                marks[count++] =
                    (struct tally_mark){.option = (uint16_t)o, .place = place};
            }
        }
        cr_assert_eq(tally_profile_add(profile, marks, count, weight), TALLY_OK);
        for (int64_t w = 0; w < weight && ballot != 0; w++) {
            ret_slow->ballots[ret_slow->voters++] = ballot;
        }
    }
    return profile;
}

unsigned set_of(const uint16_t *options, size_t count)
{
    unsigned set = 0;
    for (size_t i = 0; i < count; i++) {
        set |= 1U << options[i];
    }
    return set;
}

void check_sets(const struct slow *slow, const struct tally_result *result)
{
    size_t total = 0;
    unsigned all = 0;
    for (unsigned set = 0; set < SLOW_SETS; set++) {
        total += slow->sets[set] ? 1 : 0;
        all |= slow->sets[set] ? set : 0;
    }
    const uint16_t *options = NULL;
    size_t count = tally_result_possible(result, &options);
    cr_assert_eq(set_of(options, count), all);
    cr_assert_eq(tally_result_set_total(result), total > 1 ? (int64_t)total : 0);
    cr_assert_eq(tally_result_sets(result), total > 1 ? total : 0);
    cr_assert_eq(tally_result_state(result) == TALLY_TIE_DECISIVE, total > 1);
    for (size_t i = 0; i < tally_result_sets(result); i++) {
        count = tally_result_set(result, i, &options);
        cr_assert(slow->sets[set_of(options, count)]);
    }
}

static bool near(struct tally_number number, struct fraction exact)
{
    slow_wide off = (slow_wide)number.value * exact.bottom - exact.top * number.unit;
    return 2 * (off < 0 ? -off : off) <= exact.bottom;
}

void check_steps(const struct slow *slow, const struct tally_result *result)
{
    const uint16_t *winners = NULL;
    cr_assert_eq(tally_result_winners(result, &winners), slow->step_count);
    cr_assert_eq(tally_result_purchases(result), slow->step_count);
    for (size_t i = 0; i < slow->step_count; i++) {
        struct tally_purchase purchase = tally_result_purchase(result, i);
        int64_t backers = 0;
        for (size_t v = 0; v < slow->voters; v++) {
            backers += approves(slow, v, slow->steps[i]) ? 1 : 0;
        }
        cr_assert_eq(winners[i], slow->steps[i]);
        cr_assert_eq(purchase.option, slow->steps[i]);
        cr_assert_eq(purchase.supporters, backers);
        cr_assert_eq(purchase.completion, slow->completion[i]);
        cr_assert(near(purchase.price, slow->prices[i]));
    }
    cr_assert_eq(tally_result_ties(result), slow->ties);
    cr_assert_eq(tally_result_state(result) == TALLY_DECIDED, slow->ties == 0);
}

void check_bill(const struct slow *slow, const struct tally_result *result)
{
    int64_t voters = 0;
    for (size_t p = 0; p < tally_result_payers(result); p++) {
        const uint16_t *options = NULL;
        int64_t weight = 0;
        size_t count = tally_payer_ballot(result, p, &options, &weight);
        unsigned ballot = set_of(options, count);
        size_t v = 0;
        voters += weight;
        while (slow->ballots[v] != ballot) {
            v++;
        }
        struct fraction left = make((slow_wide)slow->seats, (slow_wide)slow->voters);
        for (size_t i = 0; i < slow->step_count; i++) {
            struct fraction paid = slow->paid[v][i];
            cr_assert(near(tally_payer_paid(result, p, i), paid));
            left = minus(left, paid);
        }
        cr_assert(near(tally_payer_left(result, p), left));
    }
    cr_assert_eq(voters, (int64_t)slow->voters);
}
