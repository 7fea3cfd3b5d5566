/* Committees from approval ballots: against slow counts that share no code with the
 * library (voter by voter, in fractions, every way of settling ties), against what is
 * proven of the methods, and by hand. */
#include "election.h"
#include "random_profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

#define OPTIONS_MAX 6
#define VOTERS_MAX  24
#define SETS        (1 << OPTIONS_MAX)

/* ---- fractions ---- */

struct fraction {
    wide top;
    wide bottom; /* > 0 */
};

static struct fraction make(wide top, wide bottom)
{
    wide a = top < 0 ? -top : top;
    wide b = bottom;
    while (b != 0) {
        wide rest = a % b;
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
    wide left = a.top * b.bottom;
    wide right = b.top * a.bottom;
    return left < right ? -1 : left > right;
}

/* ---- the slow counts ---- */

struct slow {
    size_t options;
    size_t seats;
    size_t voters; /* not blank */
    unsigned ballots[VOTERS_MAX];
    const uint16_t *lot; /* NULL: all ways */
    bool sets[SETS];     /* that some way elects */
    /* Of the last way: */
    uint16_t steps[OPTIONS_MAX];
    size_t step_count;
    struct fraction prices[OPTIONS_MAX];
    bool completion[OPTIONS_MAX];
    struct fraction paid[VOTERS_MAX][OPTIONS_MAX];
    size_t ties;
};

struct voter {
    struct fraction money; /* left */
    struct fraction load;
};

static const struct fraction zero = {.top = 0, .bottom = 1};
static const struct fraction unity = {.top = 1, .bottom = 1};

static size_t size_of(unsigned set)
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
    struct fraction values[OPTIONS_MAX];
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
    struct fraction values[OPTIONS_MAX];
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
        struct voter after[VOTERS_MAX];
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
    struct fraction money[VOTERS_MAX];
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
    struct fraction values[OPTIONS_MAX];
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
        struct voter after[VOTERS_MAX];
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

static void slow_count(struct slow *slow, const char *method, bool complete)
{
    struct voter voters[VOTERS_MAX];
    memset(slow->sets, 0, sizeof slow->sets);
    slow->ties = 0;
    for (size_t v = 0; v < VOTERS_MAX; v++) {
        voters[v] = (struct voter){.money = zero, .load = zero};
        if (slow->voters > 0) {
            voters[v].money = make((wide)slow->seats, (wide)slow->voters);
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

/* 1 … 6 options, up to 8 kinds of ballots, up to three of each; every third poll has
 * options that stand on the same ballots. */
static struct tally_profile *random_slate(uint64_t *state, struct slow *ret_slow)
{
    struct tally_profile *profile = NULL;
    *ret_slow = (struct slow){.options = 1 + random_below(state, OPTIONS_MAX)};
    size_t n = ret_slow->options;
    ret_slow->seats = 1 + random_below(state, n < 4 ? n : 4);
    size_t kinds = random_below(state, 9);
    bool twins = random_below(state, 3) == 0 && n > 2;
    cr_assert_eq(tally_profile_new(n, &profile), TALLY_OK);
    for (size_t i = 0; i < kinds; i++) {
        unsigned ballot = (unsigned)random_below(state, (size_t)1 << n);
        int64_t weight = 1 + (int64_t)random_below(state, 3);
        ballot = twins ? (ballot & ~4U) | (ballot & 1U) << 2 : ballot;
        struct tally_mark marks[OPTIONS_MAX];
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

static unsigned set_of(const uint16_t *options, size_t count)
{
    unsigned set = 0;
    for (size_t i = 0; i < count; i++) {
        set |= 1U << options[i];
    }
    return set;
}

/* The result names exactly the sets that the slow count found. */
static void check_sets(const struct slow *slow, const struct tally_result *result)
{
    size_t total = 0;
    unsigned all = 0;
    for (unsigned set = 0; set < SETS; set++) {
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
    wide off = (wide)number.value * exact.bottom - exact.top * number.unit;
    return 2 * (off < 0 ? -off : off) <= exact.bottom;
}

static void check_steps(const struct slow *slow, const struct tally_result *result)
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

static void check_bill(const struct slow *slow, const struct tally_result *result)
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
        struct fraction left = make((wide)slow->seats, (wide)slow->voters);
        for (size_t i = 0; i < slow->step_count; i++) {
            struct fraction paid = slow->paid[v][i];
            cr_assert(near(tally_payer_paid(result, p, i), paid));
            left = minus(left, paid);
        }
        cr_assert(near(tally_payer_left(result, p), left));
    }
    cr_assert_eq(voters, (int64_t)slow->voters);
}

static const char *const methods[] = {"pav", "seq-pav", "seq-phragmen", "equal-shares"};

#define METHODS (sizeof methods / sizeof methods[0])

Test(committee, open_ties_lead_to_the_same_sets_as_a_count_voter_by_voter)
{
    uint64_t state = 11;
    size_t several = 0;
    for (size_t turn = 0; turn < 4000; turn++) {
        struct slow slow;
        struct tally_profile *profile = random_slate(&state, &slow);
        for (size_t m = 0; m < METHODS; m++) {
            struct tally_result *result =
                random_count(profile, methods[m], slow.seats, NULL);
            slow_count(&slow, methods[m], true);
            check_sets(&slow, result);
            several += tally_result_state(result) == TALLY_TIE_DECISIVE ? 1 : 0;
            tally_result_free(result);
        }
        tally_profile_free(profile);
    }
    cr_assert_gt(several, 1000);
}

Test(committee, a_tie_order_leads_through_the_same_steps_as_a_count_voter_by_voter)
{
    uint64_t state = 12;
    for (size_t turn = 0; turn < 4000; turn++) {
        struct slow slow;
        uint16_t lot[OPTIONS_MAX];
        struct tally_profile *profile = random_slate(&state, &slow);
        random_permutation(&state, slow.options, lot);
        for (size_t m = 1; m < METHODS; m++) {
            struct tally_result *result =
                random_count(profile, methods[m], slow.seats, lot);
            slow.lot = lot;
            slow_count(&slow, methods[m], true);
            check_steps(&slow, result);
            if (strcmp(methods[m], "equal-shares") == 0) {
                check_bill(&slow, result);
            }
            slow.lot = NULL;
            slow_count(&slow, methods[m], true);
            check_sets(&slow, result);
            tally_result_free(result);
        }
        tally_profile_free(profile);
    }
}

Test(committee, equal_shares_without_completion_may_leave_seats_empty)
{
    uint64_t state = 13;
    size_t short_ones = 0;
    for (size_t turn = 0; turn < 3000; turn++) {
        struct slow slow;
        uint16_t lot[OPTIONS_MAX];
        struct tally_profile *profile = random_slate(&state, &slow);
        random_permutation(&state, slow.options, lot);
        struct tally_rule *rule = rule_for("equal-shares", slow.seats, NULL, 0);
        rule_set(rule, "completion", "none");
        struct tally_result *open = count_by(profile, rule);
        slow_count(&slow, "equal-shares", false);
        check_sets(&slow, open);
        rule = rule_for("equal-shares", slow.seats, lot, slow.options);
        rule_set(rule, "completion", "none");
        struct tally_result *settled = count_by(profile, rule);
        check_sets(&slow, settled);
        slow.lot = lot;
        slow_count(&slow, "equal-shares", false);
        check_steps(&slow, settled);
        check_bill(&slow, settled);
        short_ones += slow.step_count < slow.seats ? 1 : 0;
        tally_result_free(open);
        tally_result_free(settled);
        tally_profile_free(profile);
    }
    cr_assert_gt(short_ones, 300);
}

/* Extended justified representation (Aziz and others 2017): of voters who share l options
 * and are l/k of all, one approves l of the elected. Proportional approval voting and
 * Equal Shares have it, whichever way ties go. */
static bool represents(const struct slow *slow, unsigned elected)
{
    for (unsigned shared = 1; shared < 1U << slow->options; shared++) {
        size_t left_out = 0;
        for (size_t v = 0; v < slow->voters; v++) {
            bool shares = (slow->ballots[v] & shared) == shared;
            bool content = size_of(slow->ballots[v] & elected) >= size_of(shared);
            left_out += shares && !content ? 1 : 0;
        }
        if (left_out > 0 && left_out * slow->seats >= size_of(shared) * slow->voters) {
            return false;
        }
    }
    return true;
}

Test(committee, pav_and_equal_shares_represent_every_group_that_agrees)
{
    uint64_t state = 14;
    for (size_t turn = 0; turn < 2000; turn++) {
        struct slow slow;
        uint16_t lot[OPTIONS_MAX];
        struct tally_profile *profile = random_slate(&state, &slow);
        random_permutation(&state, slow.options, lot);
        for (size_t m = 0; m < METHODS; m += METHODS - 1) {
            const uint16_t *winners = NULL;
            struct tally_result *result =
                random_count(profile, methods[m], slow.seats, lot);
            size_t count = tally_result_winners(result, &winners);
            cr_assert_eq(count, slow.seats);
            cr_assert(represents(&slow, set_of(winners, count)), "%s", methods[m]);
            tally_result_free(result);
        }
        tally_profile_free(profile);
    }
}

/* With a further seat the sequential methods elect one more: nobody loses a seat. */
Test(committee, sequential_methods_are_house_monotone)
{
    uint64_t state = 15;
    for (size_t turn = 0; turn < 1000; turn++) {
        struct slow slow;
        uint16_t lot[OPTIONS_MAX];
        struct tally_profile *profile = random_slate(&state, &slow);
        random_permutation(&state, slow.options, lot);
        for (size_t m = 1; m < 3; m++) {
            const uint16_t *few = NULL;
            const uint16_t *all = NULL;
            struct tally_result *a = random_count(profile, methods[m], slow.seats, lot);
            struct tally_result *b = random_count(profile, methods[m], slow.options, lot);
            size_t count = tally_result_winners(a, &few);
            cr_assert_eq(tally_result_winners(b, &all), slow.options);
            cr_assert_arr_eq(few, all, count * sizeof *few);
            tally_result_free(a);
            tally_result_free(b);
        }
        tally_profile_free(profile);
    }
}

/* An option loses no seat because one more ballot approves it: among the sets that may
 * win some still has it. */
Test(committee, pav_and_the_sequential_methods_are_monotone)
{
    uint64_t state = 16;
    for (size_t turn = 0; turn < 1500; turn++) {
        struct slow slow;
        struct tally_profile *profile = random_slate(&state, &slow);
        tally_profile_free(profile);
        if (slow.voters == 0) {
            continue;
        }
        size_t voter = random_below(&state, slow.voters);
        size_t option = random_below(&state, slow.options);
        for (size_t m = 0; m < 3; m++) {
            bool could[2] = {false, false};
            struct slow both[2] = {slow, slow};
            both[1].ballots[voter] |= 1U << option;
            for (size_t i = 0; i < 2; i++) {
                slow_count(&both[i], methods[m], true);
                for (unsigned set = 0; set < SETS; set++) {
                    could[i] |= both[i].sets[set] && (set >> option & 1) != 0;
                }
            }
            cr_assert(could[1] || !could[0], "%s", methods[m]);
        }
    }
}

Test(committee, equal_weights_of_any_size_elect_the_same)
{
    uint64_t state = 17;
    for (size_t turn = 0; turn < 500; turn++) {
        struct slow slow;
        struct tally_profile *profile = random_slate(&state, &slow);
        struct tally_profile *heavy = NULL;
        cr_assert_eq(tally_profile_new(slow.options, &heavy), TALLY_OK);
        for (size_t i = 0; i < tally_profile_distinct(profile); i++) {
            const struct tally_mark *marks = NULL;
            int64_t weight = 0;
            size_t count = tally_profile_ballot(profile, i, &marks, &weight);
            weight *= TALLY_BALLOTS_MAX / 32;
            cr_assert_eq(tally_profile_add(heavy, marks, count, weight), TALLY_OK);
        }
        for (size_t m = 0; m < METHODS; m++) {
            struct tally_result *result =
                random_count(heavy, methods[m], slow.seats, NULL);
            slow_count(&slow, methods[m], true);
            check_sets(&slow, result);
            tally_result_free(result);
        }
        tally_profile_free(heavy);
        tally_profile_free(profile);
    }
}

/* ---- sets of the shared elections ---- */

static void
check_possible(const struct election *election, const cJSON *one, size_t *ret_checked)
{
    const char *method =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(one, "method"));
    const cJSON *sets = cJSON_GetObjectItemCaseSensitive(one, "possible");
    const cJSON *total = cJSON_GetObjectItemCaseSensitive(one, "possible_count");
    const cJSON *seats = cJSON_GetObjectItemCaseSensitive(one, "seats");
    if (sets == NULL || total == NULL || tally_method_find(method) == NULL) {
        return;
    }
    struct tally_result *result = random_count(
        tally_file_profile(election->file), method, (size_t)seats->valueint, NULL);
    cr_assert_eq(tally_result_set_total(result), total->valueint);
    cr_assert_eq(tally_result_sets(result), total->valueint);
    for (int i = 0; i < cJSON_GetArraySize(sets); i++) { /* the first of them */
        const cJSON *name = NULL;
        unsigned expected = 0;
        bool found = false;
        cJSON_ArrayForEach(name, cJSON_GetArrayItem(sets, i))
        {
            expected |= 1U << election_option(election, cJSON_GetStringValue(name));
        }
        for (size_t s = 0; s < tally_result_sets(result) && !found; s++) {
            const uint16_t *options = NULL;
            size_t count = tally_result_set(result, s, &options);
            found = set_of(options, count) == expected;
        }
        cr_assert(found, "%s %s: set %d is missing", election->id, method, i);
    }
    ++*ret_checked;
    tally_result_free(result);
}

static void check_election(const struct election *election, void *ctx)
{
    const cJSON *one = NULL;
    cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(election->json, "cases"))
    {
        if (election->file != NULL) {
            check_possible(election, one, ctx);
        }
    }
}

Test(committee, the_sets_that_may_win_are_those_of_the_elections_with_known_results)
{
    size_t checked = 0;
    election_each(TEST_SOURCE_DIR "/golden/elections", check_election, &checked);
    cr_assert_geq(checked, 5);
    const char *folder = getenv("STIMMWERK_ELECTIONS");
    if (folder != NULL) {
        election_each(folder, check_election, &checked);
    }
    fprintf(stderr, "%zu cases with sets\n", checked);
}

/* ---- by hand ---- */

static struct tally_file *ballots_of(const char *abif)
{
    return read_text(abif, TALLY_FORMAT_ABIF);
}

static struct tally_result *
count_text(const char *abif, const char *method, size_t seats, const uint16_t *lot)
{
    struct tally_file *file = ballots_of(abif);
    struct tally_result *result =
        random_count(tally_file_profile(file), method, seats, lot);
    tally_file_free(file);
    return result;
}

static void expect_winners(
    const struct tally_result *result, const uint16_t *expected, size_t expected_count)
{
    const uint16_t *winners = NULL;
    cr_assert_eq(tally_result_winners(result, &winners), expected_count);
    cr_assert_arr_eq(winners, expected, expected_count * sizeof *expected);
}

/* Points of the first seat: a, b, c 4 each, d 3, e 2. Then the two others of a, b, c 2
 * each, d 3, e 2; then the two others 2 each and e 2. */
#define CAMPS "=a:[a]\n=b:[b]\n=c:[c]\n=d:[d]\n=e:[e]\n4:a=b=c\n3:d\n2:e\n"

Test(committee, the_tied_members_of_a_class_are_all_named)
{
    struct tally_result *result = count_text(CAMPS, "seq-pav", 3, NULL);
    const uint16_t *tied = NULL;
    cr_assert_eq(tally_result_purchases(result), 0);
    cr_assert_eq(tally_result_ties(result), 1);
    cr_assert_eq(tally_tie_options(result, 0, &tied), 3);
    cr_assert_eq(tally_tie_round(result, 0), 1);
    cr_assert_eq(tally_tie_settled(result, 0), TALLY_BY_NOBODY);
    /* Two of a, b, c, and d; or one of them, d and e. */
    cr_assert_eq(tally_result_set_total(result), 6);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    tally_result_free(result);
}

/* The lot prefers c, then e: points 4, 3, and of 2 for e and 2 for a, b the lot takes e.
 */
Test(committee, the_tie_order_settles_and_the_steps_are_told)
{
    static const uint16_t lot[] = {2, 4, 0, 1, 3};
    struct tally_result *result = count_text(CAMPS, "seq-pav", 3, lot);
    expect_winners(result, (uint16_t[]){2, 3, 4}, 3);
    cr_assert_eq(tally_result_purchases(result), 3);
    cr_assert_eq(tally_result_purchase(result, 0).price.value, INT64_C(4000000000));
    cr_assert_eq(tally_result_purchase(result, 1).price.value, INT64_C(3000000000));
    cr_assert_eq(tally_result_purchase(result, 2).price.value, INT64_C(2000000000));
    cr_assert_eq(tally_result_purchase(result, 2).supporters, 2);
    cr_assert_eq(tally_result_ties(result), 2);
    cr_assert_eq(tally_tie_round(result, 1), 3);
    cr_assert_eq(tally_result_set_total(result), 6);
    tally_result_free(result);
}

/* Options that all get seats in the end, whichever is first: the tie does not matter. */
Test(committee, a_tie_between_two_who_both_win_is_irrelevant)
{
    static const uint16_t lot[] = {2, 1, 0};
    const char *abif = "=a:[a]\n=b:[b]\n=c:[c]\n3:a\n3:b\n1:c\n";
    for (size_t m = 0; m < METHODS; m++) {
        struct tally_result *open = count_text(abif, methods[m], 2, NULL);
        struct tally_result *settled = count_text(abif, methods[m], 2, lot);
        bool steps = strcmp(methods[m], "pav") != 0;
        enum tally_state state = steps ? TALLY_TIE_IRRELEVANT : TALLY_DECIDED;
        expect_winners(open, (uint16_t[]){0, 1}, 2);
        expect_winners(settled, steps ? (uint16_t[]){1, 0} : (uint16_t[]){0, 1}, 2);
        cr_assert_eq(tally_result_state(open), state, "%s", methods[m]);
        cr_assert_eq(tally_result_state(settled), state, "%s", methods[m]);
        cr_assert_eq(tally_result_set_total(open), 0);
        cr_assert_eq(tally_result_purchases(open), 0);
        tally_result_free(open);
        tally_result_free(settled);
    }
}

/* Sequential Phragmén, by hand: 3 ballots a b, 2 ballots c, 1 ballot d, two seats. Loads
 * a 1/3; then b (1 + 3 × 1/3)/3 = 2/3, c 1/2. */
Test(committee, phragmens_loads_are_told)
{
    static const uint16_t lot[] = {0, 1, 2, 3};
    const char *abif = "=a:[a]\n=b:[b]\n=c:[c]\n=d:[d]\n3:a=b\n2:c\n1:d\n";
    struct tally_result *result = count_text(abif, "seq-phragmen", 2, lot);
    expect_winners(result, (uint16_t[]){0, 2}, 2);
    struct tally_purchase first = tally_result_purchase(result, 0);
    struct tally_purchase second = tally_result_purchase(result, 1);
    cr_assert_eq(first.price.value, 333333333);
    cr_assert_eq(first.price.unit, 1000000000);
    cr_assert_eq(second.price.value, 500000000);
    cr_assert(!second.completion);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    cr_assert_eq(tally_result_set_total(result), 2);
    tally_result_free(result);
}

/* Equal Shares, by hand: six ballots, three seats, half a seat's price each. a has four
 * backers who pay 1/4 each; then they have 1/4 left. b: three of them and one more: if
 * they pay 1/4 each, the price is 1/4 as well, and it is bought. d has one backer with
 * 1/2: nobody can pay. Phragmén from what was spent: c (1 + 1/4 + 1/2)/2 = 7/8 by one who
 * paid once and one who paid twice; d 1 + 0. */
Test(committee, the_bill_of_equal_shares_is_told)
{
    const char *abif =
        "=a:[a]\n=b:[b]\n=c:[c]\n=d:[d]\n2:a=b\n1:a=b=c\n1:a\n1:b=c\n1:d\n";
    struct tally_result *result =
        count_text(abif, "equal-shares", 3, (uint16_t[]){0, 1, 2, 3});
    expect_winners(result, (uint16_t[]){0, 1, 2}, 3);
    cr_assert_eq(tally_result_payers(result), 5);
    for (size_t i = 0; i < 2; i++) {
        struct tally_purchase purchase = tally_result_purchase(result, i);
        cr_assert_eq(purchase.price.value, 250000000);
        cr_assert_eq(purchase.supporters, 4);
        cr_assert(!purchase.completion);
    }
    struct tally_purchase last = tally_result_purchase(result, 2);
    cr_assert(last.completion);
    cr_assert_eq(last.supporters, 2);
    cr_assert_eq(last.price.value, 875000000);
    for (size_t p = 0; p < 5; p++) {
        const uint16_t *options = NULL;
        int64_t weight = 0;
        size_t count = tally_payer_ballot(result, p, &options, &weight);
        size_t bought = 0;
        for (size_t i = 0; i < 2; i++) {
            int64_t paid = tally_payer_paid(result, p, i).value;
            bought += paid > 0 ? 1 : 0;
            cr_assert(paid == 0 || paid == 250000000);
        }
        cr_assert_eq(tally_payer_paid(result, p, 2).value, 0);
        cr_assert_eq(
            tally_payer_left(result, p).value, 500000000 - (int64_t)bought * 250000000);
        cr_assert_eq(weight, count == 2 && options[0] == 0 ? 2 : 1);
    }
    tally_result_free(result);
}

/* ---- bounds ---- */

/* Option i on a ballot of its own, all of one weight: every choice of `seats` may win. */
static struct tally_profile *singles(size_t options, int64_t weight, int64_t more)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
    for (size_t o = 0; o < options; o++) {
        struct tally_mark mark = {.option = (uint16_t)o, .place = 1};
        cr_assert_eq(
            tally_profile_add(profile, &mark, 1, weight + more * (int64_t)o), TALLY_OK);
    }
    return profile;
}

Test(committee, a_search_that_is_given_up_excludes_nobody)
{
    struct tally_profile *profile = singles(20, 3, 0);
    uint16_t lot[20];
    uint64_t state = 18;
    random_permutation(&state, 20, lot);
    for (size_t m = 1; m < METHODS; m++) {
        struct tally_result *open = random_count(profile, methods[m], 8, NULL);
        struct tally_result *settled = random_count(profile, methods[m], 8, lot);
        const uint16_t *options = NULL;
        cr_assert_eq(tally_result_state(open), TALLY_NOT_SETTLED);
        cr_assert_eq(tally_result_possible(open, &options), 20);
        cr_assert_eq(tally_result_winners(open, &options), 20);
        cr_assert_eq(tally_result_set_total(open), 0);
        cr_assert_eq(tally_result_sets(open), 0);
        cr_assert_eq(tally_result_state(settled), TALLY_NOT_SETTLED);
        expect_winners(settled, lot, 8);
        tally_result_free(open);
        tally_result_free(settled);
    }
    tally_profile_free(profile);
}

Test(committee, without_a_search_a_lot_is_not_settled)
{
    struct tally_profile *profile = singles(4, 3, 0);
    for (size_t m = 1; m < METHODS; m++) {
        struct tally_rule *rule = rule_for(methods[m], 2, (uint16_t[]){3, 2, 1, 0}, 4);
        rule_set(rule, "search", "none");
        struct tally_result *result = count_by(profile, rule);
        const uint16_t *options = NULL;
        cr_assert_eq(tally_result_state(result), TALLY_NOT_SETTLED);
        cr_assert_eq(tally_result_possible(result, &options), 4);
        expect_winners(result, (uint16_t[]){3, 2}, 2);
        tally_result_free(result);
    }
    tally_profile_free(profile);
}

/* Weights of 41 bits, all different: the common denominator grows by as much each step.
 */
Test(committee, a_denominator_beyond_its_bound_is_an_overflow)
{
    struct tally_profile *profile = singles(450, (INT64_C(1) << 41) + 450, -1);
    for (size_t m = 2; m < METHODS; m++) {
        struct tally_rule *rule = rule_for(methods[m], 450, NULL, 0);
        struct tally_result *result = NULL;
        cr_assert_eq(tally_count(profile, rule, &result), TALLY_OVERFLOW);
        cr_assert_null(result);
        tally_rule_free(rule);
    }
    tally_profile_free(profile);
}

/* lcm(1 … 60) has 83 bits. */
Test(committee, points_beyond_127_bits_are_an_overflow_and_sequential_ones_are_not)
{
    struct tally_profile *profile = NULL;
    struct tally_mark marks[60];
    for (uint16_t o = 0; o < 60; o++) {
        marks[o] = (struct tally_mark){.option = o, .place = 1};
    }
    cr_assert_eq(tally_profile_new(60, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, marks, 60, TALLY_BALLOTS_MAX), TALLY_OK);
    struct tally_result *result = NULL;
    struct tally_rule *rule = rule_for("pav", 60, NULL, 0);
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_OVERFLOW);
    tally_rule_free(rule);
    result = random_count(profile, "seq-pav", 60, NULL);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_IRRELEVANT);
    tally_result_free(result);
    result = random_count(profile, "pav", 30, NULL);
    cr_assert_eq(tally_result_set_total(result), INT64_C(118264581564861424));
    tally_result_free(result);
    tally_profile_free(profile);
}

/* Sixty options alike but for one ballot each: no bound tells committees of 20 apart. */
Test(committee, pav_refuses_what_it_cannot_search)
{
    uint64_t state = 19;
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(60, &profile), TALLY_OK);
    for (size_t i = 0; i < 200; i++) {
        struct tally_mark marks[12];
        uint16_t order[60];
        random_permutation(&state, 60, order);
        for (size_t m = 0; m < 12; m++) {
            marks[m] = (struct tally_mark){.option = order[m], .place = 1};
        }
        cr_assert_eq(tally_profile_add(profile, marks, 12, 1), TALLY_OK);
    }
    struct tally_rule *rule = rule_for("pav", 20, NULL, 0);
    struct tally_result *result = NULL;
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_TOO_MANY);
    cr_assert_null(result);
    tally_rule_free(rule);
    tally_profile_free(profile);
}

/* ---- lists of sets ---- */

Test(committee, the_first_thousand_sets_are_listed_and_all_are_counted)
{
    struct tally_profile *profile = singles(20, 1, 0);
    struct tally_result *result = random_count(profile, "approval", 10, NULL);
    const uint16_t *before = NULL;
    const uint16_t *set = NULL;
    cr_assert_eq(tally_result_set_total(result), 184756);
    cr_assert_eq(tally_result_sets(result), TALLY_SETS_MAX);
    for (size_t i = 0; i < TALLY_SETS_MAX; i++, before = set) {
        size_t same = 0;
        cr_assert_eq(tally_result_set(result, i, &set), 10);
        while (before != NULL && set[same] == before[same]) {
            same++;
        }
        cr_assert(before == NULL || set[same] > before[same]);
        cr_assert(before != NULL || set[9] == 9);
    }
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(committee, more_sets_than_can_be_counted_are_said_to_be_the_largest_number)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(TALLY_OPTIONS_MAX, &profile), TALLY_OK);
    for (size_t m = 0; m < METHODS; m++) {
        struct tally_result *result = random_count(profile, methods[m], 500, NULL);
        cr_assert_eq(tally_result_set_total(result), INT64_MAX);
        cr_assert_eq(tally_result_sets(result), TALLY_SETS_MAX);
        tally_result_free(result);
    }
    struct tally_result *result = random_count(profile, "approval", 500, NULL);
    cr_assert_eq(tally_result_set_total(result), INT64_MAX);
    tally_result_free(result);
    tally_profile_free(profile);
}

/* Nine for option 0, the others tied: with a lot as well another set could have won. */
Test(committee, a_tied_group_lists_its_sets_for_every_method_that_orders_all)
{
    static const uint16_t lot[] = {3, 2, 1, 0};
    const char *abif = "=a:[a]\n=b:[b]\n=c:[c]\n=d:[d]\n9:a\n4:b\n4:c\n4:d\n";
    for (size_t turn = 0; turn < 2; turn++) {
        struct tally_result *result =
            count_text(abif, "approval", 2, turn == 0 ? NULL : lot);
        const uint16_t *set = NULL;
        cr_assert_eq(tally_result_set_total(result), 3);
        for (size_t i = 0; i < 3; i++) {
            cr_assert_eq(tally_result_set(result, i, &set), 2);
            cr_assert_eq(set[0], 0);
            cr_assert_eq(set[1], i + 1);
        }
        tally_result_free(result);
    }
    struct tally_result *decided = count_text(abif, "approval", 4, NULL);
    cr_assert_eq(tally_result_set_total(decided), 0);
    tally_result_free(decided);
}

/* A score above 0 is an approval. */
Test(committee, ballots_of_scores_are_read_as_approvals)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new_scored(3, 5, &profile), TALLY_OK);
    struct tally_mark many[] = {{.option = 0, .place = 1}, {.option = 1, .place = 5}};
    struct tally_mark few[] = {{.option = 2, .place = 4}, {.option = 0, .place = 0}};
    cr_assert_eq(tally_profile_add(profile, many, 2, 4), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, few, 2, 3), TALLY_OK);
    for (size_t m = 0; m < METHODS; m++) {
        struct tally_result *result = random_count(profile, methods[m], 2, NULL);
        const uint16_t *set = NULL;
        cr_assert_eq(tally_result_set_total(result), 2, "%s", methods[m]);
        cr_assert_eq(tally_result_set(result, 0, &set), 2);
        cr_assert_eq(set[0], 0);
        cr_assert_eq(set[1], 2);
        tally_result_free(result);
    }
    tally_profile_free(profile);
}

/* With a tie order proportional approval voting takes the set that has the first option
 * by which they differ. Sets: a or b, and d. */
Test(committee, pav_takes_the_favoured_of_the_best_sets)
{
    static const uint16_t lot[] = {2, 1, 0, 3};
    const char *abif = "=a:[a]\n=b:[b]\n=c:[c]\n=d:[d]\n4:a=b\n3:d\n";
    struct tally_result *result = count_text(abif, "pav", 2, lot);
    const uint16_t *tied = NULL;
    expect_winners(result, (uint16_t[]){1, 3}, 2);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    cr_assert_eq(tally_result_set_total(result), 2);
    cr_assert_eq(tally_tie_options(result, 0, &tied), 2);
    cr_assert_eq(tied[0], 1);
    cr_assert_eq(tied[1], 0);
    cr_assert_eq(tally_tie_settled(result, 0), TALLY_BY_LOT);
    tally_result_free(result);
    result = count_text(abif, "pav", 2, NULL);
    expect_winners(result, (uint16_t[]){3, 0, 1}, 3);
    cr_assert_eq(tally_result_places(result), 3);
    tally_result_free(result);
}
