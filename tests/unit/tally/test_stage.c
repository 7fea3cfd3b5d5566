/* Ballots that wait on their way into a profile come to the same as one by one. */
#include "random_profile.h"
#include "tally/stage.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct tally_profile *make(size_t options)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
    return profile;
}

Test(stage, is_the_same_as_adding_one_by_one)
{
    uint64_t state = 12;
    struct tally_profile *one = make(POLL_OPTIONS_MAX);
    struct tally_profile *other = make(POLL_OPTIONS_MAX);
    struct stage stage;
    stage_init(&stage, other);
    for (size_t i = 0; i < 20000; i++) {
        struct tally_mark marks[4];
        size_t count = random_below(&state, 5);
        for (size_t m = 0; m < count; m++) {
            marks[m] = (struct tally_mark){
                .option = (uint16_t)random_below(&state, POLL_OPTIONS_MAX),
                .place = (uint16_t)(1 + random_below(&state, 4))};
        }
        cr_assert_eq(tally_profile_add(one, marks, count, 2), TALLY_OK);
        cr_assert_eq(stage_add(&stage, marks, count, 2), TALLY_OK);
    }
    cr_assert_eq(stage_flush(&stage), TALLY_OK);
    cr_assert_eq(stage_flush(&stage), TALLY_OK);
    stage_fini(&stage);
    cr_assert_eq(tally_profile_ballots(one), tally_profile_ballots(other));
    cr_assert_eq(one->raw, other->raw);
    cr_assert_eq(one->blank, other->blank);
    cr_assert_eq(tally_profile_distinct(one), tally_profile_distinct(other));
    for (size_t i = 0; i < tally_profile_distinct(one); i++) {
        const struct tally_mark *a = NULL;
        const struct tally_mark *b = NULL;
        int64_t weight_a = 0;
        int64_t weight_b = 0;
        size_t count = tally_profile_ballot(one, i, &a, &weight_a);
        cr_assert_eq(tally_profile_ballot(other, i, &b, &weight_b), count);
        cr_assert_eq(weight_a, weight_b);
        cr_assert(count == 0 || memcmp(a, b, count * sizeof *a) == 0);
    }
    tally_profile_free(one);
    tally_profile_free(other);
}

#define ALIKE_TRIED 300000 /* ballots of two marks: some ten pairs share 32 bits */

struct hashed {
    uint32_t hash;
    uint32_t number;
};

static int by_hash(const void *a, const void *b)
{
    const struct hashed *x = a;
    const struct hashed *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static void ballot_of(uint32_t number, struct tally_mark ret_marks[2])
{
    ret_marks[0] = (struct tally_mark){.option = (uint16_t)(number / 600), .place = 1};
    ret_marks[1] = (struct tally_mark){.option = (uint16_t)(number % 600), .place = 2};
}

/* Two ballots that differ and have the same hash. */
static void find_alike(uint32_t ret_numbers[2])
{
    static struct hashed tried[ALIKE_TRIED];
    for (uint32_t i = 0; i < ALIKE_TRIED; i++) {
        struct tally_mark marks[2];
        ballot_of(i, marks);
        tried[i] = (struct hashed){.hash = form_hash(marks, 2), .number = i};
    }
    qsort(tried, ALIKE_TRIED, sizeof tried[0], by_hash);
    size_t i = 1;
    while (i < ALIKE_TRIED && tried[i].hash != tried[i - 1].hash) {
        i++;
    }
    cr_assert(i < ALIKE_TRIED, "no two hashes are the same");
    ret_numbers[0] = tried[i - 1].number;
    ret_numbers[1] = tried[i].number;
}

Test(stage, ballots_whose_hashes_are_the_same_stay_apart)
{
    uint32_t alike[2];
    struct tally_profile *profile = make(600);
    struct stage stage;
    find_alike(alike);
    stage_init(&stage, profile);
    for (size_t i = 0; i < 5; i++) { /* the second is looked for where the first is */
        struct tally_mark marks[2];
        ballot_of(alike[i % 2], marks);
        cr_assert_eq(stage_add_sure(&stage, marks, 2, 10), TALLY_OK);
        cr_assert_eq(stage_flush(&stage), TALLY_OK);
    }
    cr_assert_eq(tally_profile_distinct(profile), 2);
    for (size_t i = 0; i < 2; i++) {
        const struct tally_mark *marks = NULL;
        int64_t weight = 0;
        struct tally_mark expected[2];
        ballot_of(alike[i], expected);
        cr_assert_eq(tally_profile_ballot(profile, i, &marks, &weight), 2);
        cr_assert_eq(weight, i == 0 ? 30 : 20);
        cr_assert_eq(memcmp(marks, expected, sizeof expected), 0);
    }
    stage_fini(&stage);
    tally_profile_free(profile);
}

Test(stage, refuses_at_once_what_a_profile_refuses)
{
    struct tally_profile *profile = make(2);
    struct stage stage;
    struct tally_mark fine = {.option = 1, .place = 1};
    struct tally_mark beyond = {.option = 2, .place = 1};
    stage_init(&stage, profile);
    cr_assert_eq(stage_add(&stage, &fine, 1, 0), TALLY_BAD_BALLOT);
    cr_assert_eq(stage_add(&stage, &beyond, 1, 1), TALLY_BAD_BALLOT);
    cr_assert_eq(stage_add(&stage, &fine, 1, TALLY_BALLOTS_MAX), TALLY_OK);
    cr_assert_eq(stage_add(&stage, &fine, 1, 1), TALLY_OVERFLOW);
    cr_assert_eq(stage_flush(&stage), TALLY_OK);
    cr_assert_eq(tally_profile_ballots(profile), TALLY_BALLOTS_MAX);
    cr_assert_eq(stage_add(&stage, &fine, 1, 1), TALLY_OVERFLOW);
    stage_fini(&stage);
    tally_profile_free(profile);
}

Test(stage, forgets_who_waits_when_it_is_given_up)
{
    struct tally_profile *profile = make(2);
    struct stage stage;
    struct tally_mark fine = {.option = 1, .place = 1};
    stage_init(&stage, profile);
    cr_assert_eq(stage_add(&stage, &fine, 1, 1), TALLY_OK);
    stage_fini(&stage);
    cr_assert_eq(tally_profile_ballots(profile), 0);
    tally_profile_free(profile);
}

Test(stage, what_is_sure_to_be_in_order_comes_to_the_same)
{
    uint64_t state = 5;
    struct tally_profile *one = make(POLL_OPTIONS_MAX);
    struct tally_profile *other = make(POLL_OPTIONS_MAX);
    struct stage stage;
    struct tally_mark marks[POLL_OPTIONS_MAX];
    stage_init(&stage, other);
    for (size_t i = 0; i < 500; i++) {
        size_t count = 0;
        for (uint16_t o = 0; o < POLL_OPTIONS_MAX; o++) {
            if (random_below(&state, 2) == 0) {
                marks[count] =
                    (struct tally_mark){.option = o, .place = (uint16_t)(count + 1)};
                count++;
            }
        }
        cr_assert_eq(tally_profile_add(one, marks, count, 1), TALLY_OK);
        cr_assert_eq(stage_add_sure(&stage, marks, count, 1), TALLY_OK);
    }
    cr_assert_eq(stage_add_sure(&stage, marks, 0, 0), TALLY_BAD_BALLOT);
    cr_assert_eq(stage_add_sure(&stage, marks, 0, TALLY_BALLOTS_MAX), TALLY_OVERFLOW);
    cr_assert_eq(stage_flush(&stage), TALLY_OK);
    stage_fini(&stage);
    cr_assert_eq(tally_profile_ballots(other), 500);
    cr_assert_eq(other->blank, one->blank);
    cr_assert_eq(tally_profile_distinct(other), tally_profile_distinct(one));
    cr_assert_eq(tally_profile_merge(other, one), TALLY_OK);
    cr_assert_eq(tally_profile_distinct(other), tally_profile_distinct(one));
    tally_profile_free(one);
    tally_profile_free(other);
}
