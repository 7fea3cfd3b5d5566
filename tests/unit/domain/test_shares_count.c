/* Polls by shares: what ballots weigh, and what is counted. */
#include "chance.h"
#include "domain/count.h"
#include "domain/shares.h"
#include "unit/domain/kit.h"

/* ---- what ballots weigh ---- */

static struct poll poll_with(const int64_t *ballots, const uint16_t *percents, size_t n)
{
    struct poll poll = {.spec.shares.count = (uint16_t)n};
    for (size_t i = 0; i < n; i++) {
        poll.spec.shares.of[i] = (struct share){(int64_t)i, percents[i]};
        poll.voted_of[i] = ballots[i] / 2;
        poll.paper_of[i] = ballots[i] - ballots[i] / 2;
    }
    return poll;
}

#define POLL_WITH(n, ballots, percents)                                                  \
    poll_with((const int64_t[]){ballots}, (const uint16_t[]){percents}, n)
#define LIST(...) __VA_ARGS__

Test(shares, ballots_weigh_per_cent_by_number_in_lowest_terms)
{
    int64_t weights[SHARES_MAX];
    struct poll poll = POLL_WITH(2, LIST(5, 100), LIST(50, 50));
    poll_weigh(&poll, weights);
    cr_expect_eq(weights[0], 20);
    cr_expect_eq(weights[1], 1);
    poll = POLL_WITH(2, LIST(6, 10), LIST(30, 70));
    poll_weigh(&poll, weights); /* 5 : 7 */
    cr_expect_eq(weights[0], 5);
    cr_expect_eq(weights[1], 7);
    poll = POLL_WITH(3, LIST(6, 0, 10), LIST(30, 20, 50));
    poll_weigh(&poll, weights); /* nobody's 20 % go to both alike */
    cr_expect_eq(weights[0], 1);
    cr_expect_eq(weights[1], 0);
    cr_expect_eq(weights[2], 1);
    poll = POLL_WITH(1, LIST(77), LIST(100));
    poll_weigh(&poll, weights);
    cr_expect_eq(weights[0], 1);
    poll = POLL_WITH(2, LIST(0, 0), LIST(50, 50));
    poll_weigh(&poll, weights);
    cr_expect_eq(weights[0] + weights[1], 0);
}

static void random_percents(size_t n, uint16_t *percents)
{
    int64_t left = 100;
    for (size_t i = 0; i < n; i++) {
        int64_t most = left - (int64_t)(n - i - 1);
        percents[i] = (uint16_t)(i + 1 < n ? 1 + below(most) : left);
        left -= percents[i];
    }
}

/* What there can be at most: a whole hall, and all its paper. */
#define BALLOTS_MOST                                                                     \
    (PARTICIPANTS_MAX +                                                                  \
     INT64_C(1) * PAPER_BATCHES_MAX * PAPER_PILES_MAX * PAPER_COUNT_MAX)

Test(shares, weigh_exactly_while_they_can_and_never_too_much)
{
    for (int round = 0; round < 20000; round++) {
        size_t n = (size_t)(1 + below(SHARES_MAX));
        int64_t most = below(2) == 0 ? 300 : BALLOTS_MOST;
        uint16_t percents[SHARES_MAX];
        int64_t ballots[SHARES_MAX];
        int64_t weights[SHARES_MAX];
        int64_t total = 0;
        random_percents(n, percents);
        for (size_t i = 0; i < n; i++) {
            ballots[i] = below(6) == 0 ? 0 : 1 + below(most);
        }
        struct poll poll = poll_with(ballots, percents, n);
        poll_weigh(&poll, weights);
        for (size_t i = 0; i < n; i++) {
            cr_assert_eq(weights[i] > 0, ballots[i] > 0);
            total += weights[i] * ballots[i];
        }
        cr_assert_leq(total, SHARES_WEIGHT_MAX);
        for (size_t i = 0; i < n; i++) { /* two halls at least are always exact */
            int64_t off = weights[i] * ballots[i] * percents[0] -
                          weights[0] * ballots[0] * percents[i];
            bool small = n <= 3 && most == 300;
            if (ballots[i] > 0 && ballots[0] > 0 && small) {
                cr_assert_eq(off, 0);
            }
        }
    }
}

Test(shares, of_a_hall_at_its_limits_count_by_every_method)
{
    static struct kept_mark marks[] = {{0, 1}, {1, 2}, {2, 3}, {1, 1}, {2, 1}, {0, 2}};
    static struct paper_batch batches[SHARES_MAX];
    static const int64_t counts[SHARES_MAX] = {9973, 9967, 9949, 9941};
    struct paper_batch *list[SHARES_MAX];
    struct poll poll = {.id = 1, .spec.option_count = 3, .spec.shares.count = SHARES_MAX};
    for (uint16_t i = 0; i < SHARES_MAX; i++) {
        list[i] = &batches[i];
        batches[i] = (struct paper_batch){.confirmed_by = 1, .share = (uint16_t)(i + 1)};
        memcpy(batches[i].marks, marks, sizeof marks);
        batches[i].pile_count = 2;
        batches[i].piles[0] = (struct kept_pile){(uint16_t)(counts[i] / 3), 3, 0};
        batches[i].piles[1] = (struct kept_pile){
            (uint16_t)(counts[i] - counts[i] / 3), (uint16_t)(i % 2 == 0 ? 1 : 2),
            (uint16_t)(i % 2 == 0 ? 3 : 4)};
        poll.paper_of[i] = counts[i];
        poll.spec.shares.of[i] = (struct share){i, 25};
    }
    poll.batches = list;
    poll.batch_count = SHARES_MAX;
    size_t counted = 0;
    for (size_t i = 0; tally_method_at(i) != NULL; i++) {
        const struct tally_method *method = tally_method_at(i);
        struct tally_result *result = NULL;
        if (tally_method_form(method) != TALLY_RANKING ||
            tally_method_may_refuse(method)) {
            continue;
        }
        memset(poll.spec.method, 0, sizeof poll.spec.method);
        memcpy(
            poll.spec.method, tally_method_name(method),
            strlen(tally_method_name(method)));
        for (poll.spec.seats = 1; poll.spec.seats <= 2; poll.spec.seats++) {
            cr_assert_eq(
                poll_count(&poll, NULL, &result), ERR_OK, "%s", poll.spec.method);
            cr_assert_leq(tally_result_ballots(result), SHARES_WEIGHT_MAX);
            tally_result_free(result);
            counted++;
        }
    }
    cr_assert_gt(counted, 20);
}

/* ---- what is counted ---- */

#define BALLOTS 60
#define MARKS   (BALLOTS * 4)

static struct kept_ballot ballots[BALLOTS];
static struct kept_mark marks[MARKS];

static void keep(struct poll *poll, uint16_t share, const uint16_t *order, uint16_t count)
{
    struct kept_ballot *ballot = &ballots[poll->ballot_count++];
    *ballot = (struct kept_ballot){
        .counts = true,
        .share = share,
        .marks_at = (uint32_t)poll->mark_count,
        .mark_count = count};
    for (uint16_t i = 0; i < count; i++) {
        marks[poll->mark_count++] =
            (struct kept_mark){.option = order[i], .value = (uint16_t)(i + 1)};
    }
    poll->voted++;
    if (share != 0) {
        poll->voted_of[share - 1]++;
    }
}

static void keep_random(struct poll *poll, uint16_t share)
{
    uint16_t order[4] = {0, 1, 2, 3};
    for (size_t i = 0; i < 4; i++) {
        size_t k = i + (size_t)below((int64_t)(4 - i));
        uint16_t option = order[k];
        order[k] = order[i];
        order[i] = option;
    }
    keep(poll, share, order, (uint16_t)below(5));
}

static struct poll counted(const char *method, uint16_t shares)
{
    struct poll poll = {
        .id = 1,
        .spec = {.form = BALLOT_RANKING, .seats = 1, .option_count = 4},
        .ballots = ballots,
        .marks = marks};
    memcpy(poll.spec.method, method, strlen(method));
    poll.spec.shares.count = shares;
    return poll;
}

static const uint16_t lot[] = {2, 0, 3, 1};

static void expect_same(const struct tally_result *one, const struct tally_result *two)
{
    cr_assert_eq(tally_result_state(one), tally_result_state(two));
    cr_assert_eq(tally_result_places(one), tally_result_places(two));
    for (size_t place = 0; place < tally_result_places(one); place++) {
        const uint16_t *a = NULL;
        const uint16_t *b = NULL;
        size_t count = tally_result_place(one, place, &a);
        cr_assert_eq(tally_result_place(two, place, &b), count);
        cr_assert_eq(memcmp(a, b, count * sizeof *a), 0);
    }
}

static void
expect_equal_scores(const struct tally_result *one, const struct tally_result *two)
{
    for (size_t i = 0; tally_result_scored(one) && i < 4; i++) {
        struct tally_number a = tally_result_score(one, i);
        struct tally_number b = tally_result_score(two, i);
        cr_assert_eq(a.value * b.unit, b.value * a.unit);
    }
}

static struct tally_result *count_now(const struct poll *poll)
{
    struct tally_result *result = NULL;
    cr_assert_eq(poll_count(poll, lot, &result), ERR_OK);
    return result;
}

/* Methods that know no quota: what is multiplied is the same to them. */
static const char *const methods[] = {"borda",      "irv",          "ranked-pairs-wv",
                                      "schulze-wv", "minimax-wv",   "plurality",
                                      "nanson",     "stv-scottish", "stv-meek"};
#define METHODS 7 /* … then two that do */

Test(shares, of_equal_per_cent_and_number_are_the_plain_count)
{
    for (int round = 0; round < 180; round++) {
        const char *method = methods[round % 9];
        struct poll poll = counted(method, 2);
        poll.spec.shares.of[0] = (struct share){1, 50};
        poll.spec.shares.of[1] = (struct share){0, 50};
        for (int64_t i = 0, n = 1 + below(20); i < n; i++) {
            keep_random(&poll, 1);
            keep_random(&poll, 2);
        }
        struct tally_result *by_shares = count_now(&poll);
        poll.spec.shares.count = 0;
        for (size_t i = 0; i < poll.ballot_count; i++) {
            ballots[i].share = 0;
        }
        struct tally_result *plain = count_now(&poll);
        expect_same(by_shares, plain);
        expect_equal_scores(by_shares, plain);
        cr_assert_eq(tally_result_ballots(by_shares), tally_result_ballots(plain));
        tally_result_free(by_shares);
        tally_result_free(plain);
    }
}

Test(shares, one_that_alone_was_voted_in_decides_as_its_plain_count)
{
    for (int round = 0; round < 90; round++) {
        struct poll poll = counted(methods[round % 9], 2);
        struct share_results shares;
        poll.spec.shares.of[0] = (struct share){1, (uint16_t)(1 + below(99))};
        poll.spec.shares.of[1] =
            (struct share){0, (uint16_t)(100 - poll.spec.shares.of[0].percent)};
        for (int64_t i = 0, n = 1 + below(20); i < n; i++) {
            keep_random(&poll, 2);
        }
        struct tally_result *all = count_now(&poll);
        cr_assert_eq(poll_count_shares(&poll, lot, &shares), ERR_OK);
        cr_assert_null(shares.of[0]);
        expect_same(all, shares.of[1]);
        expect_equal_scores(all, shares.of[1]);
        cr_assert_eq(tally_result_ballots(all), (int64_t)poll.ballot_count);
        share_results_fini(&shares);
        tally_result_free(all);
    }
}

/* Twice all ballots of one share: it still has its per cents. */
Test(shares, doubled_change_nothing)
{
    for (int round = 0; round < 210; round++) {
        struct poll poll = counted(methods[round % METHODS], 3);
        uint16_t percents[3];
        random_percents(3, percents);
        for (uint16_t i = 0; i < 3; i++) {
            poll.spec.shares.of[i] = (struct share){i, percents[i]};
        }
        for (int64_t i = 0, n = 1 + below(25); i < n; i++) {
            keep_random(&poll, (uint16_t)(1 + below(3)));
        }
        struct tally_result *before = count_now(&poll);
        uint16_t doubled = (uint16_t)(1 + below(3));
        for (size_t i = 0, n = poll.ballot_count; i < n; i++) {
            if (ballots[i].share == doubled) {
                ballots[poll.ballot_count++] = ballots[i];
                poll.voted_of[doubled - 1]++;
            }
        }
        struct tally_result *after = count_now(&poll);
        expect_same(before, after);
        tally_result_free(before);
        tally_result_free(after);
    }
}

Test(shares, do_not_depend_on_the_order_of_ballots)
{
    for (int round = 0; round < 90; round++) {
        struct poll poll = counted(methods[round % 9], 2);
        poll.spec.shares.of[0] = (struct share){1, 35};
        poll.spec.shares.of[1] = (struct share){0, 65};
        for (int64_t i = 0, n = 2 + below(40); i < n; i++) {
            keep_random(&poll, (uint16_t)(1 + below(2)));
        }
        struct tally_result *before = count_now(&poll);
        for (size_t i = 0; i < poll.ballot_count; i++) {
            size_t k = i + (size_t)below((int64_t)(poll.ballot_count - i));
            struct kept_ballot other = ballots[k];
            ballots[k] = ballots[i];
            ballots[i] = other;
        }
        struct tally_result *after = count_now(&poll);
        expect_same(before, after);
        expect_equal_scores(before, after);
        tally_result_free(before);
        tally_result_free(after);
    }
}

Test(shares, of_a_jury_of_two_outweigh_a_hall_by_their_per_cents_alone)
{
    struct poll poll = counted("plurality", 2);
    static const uint16_t first[] = {0};
    static const uint16_t second[] = {1};
    poll.spec.shares.of[0] = (struct share){1, 60};
    poll.spec.shares.of[1] = (struct share){0, 40};
    keep(&poll, 1, first, 1);
    keep(&poll, 1, first, 1);
    for (int i = 0; i < 20; i++) {
        keep(&poll, 2, second, 1);
    }
    struct tally_result *result = count_now(&poll);
    cr_expect_eq(
        tally_result_score(result, 0).value * 40,
        tally_result_score(result, 1).value * 60);
    cr_expect_eq(
        tally_result_score(result, 0).value * 100, tally_result_ballots(result) * 60);
    tally_result_free(result);
}
