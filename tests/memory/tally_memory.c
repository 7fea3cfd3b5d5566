/* libtally and the heap: a live profile allocates nothing on the way of a change once
 * room was reserved, and whichever allocation fails, the caller is told, nothing leaks
 * (the sanitizers see to that) and what there was is as it was. */
#include "refuse.h"

#define OPTIONS   60
#define BALLOTS   ((size_t)500)
#define MARKS_MAX 12
#define CHANGES   200000

struct cast {
    struct tally_mark marks[MARKS_MAX];
    size_t count;
};

/* Ballots of every length, out of order, some with repeated and unnamed marks. */
static struct cast random_cast(uint64_t *state)
{
    struct cast cast = {.count = below(state, MARKS_MAX + 1)};
    for (size_t i = 0; i < cast.count; i++) {
        size_t option = below(state, OPTIONS + 1);
        cast.marks[i] = (struct tally_mark){
            .option = option < OPTIONS ? (uint16_t)option : TALLY_UNNAMED,
            .place = (uint16_t)(1 + below(state, 12))};
    }
    return cast;
}

static struct tally_live *new_live(void)
{
    struct tally_live *live = NULL;
    must(tally_live_new(OPTIONS, 0, &live) == TALLY_OK, "a live profile is made");
    return live;
}

/* ---- no allocation ---- */

/* One of: change, withdraw and cast anew, withdraw and cast the same. */
static void change_one(struct tally_live *live, struct cast *old, uint64_t *state)
{
    struct cast cast = random_cast(state);
    enum tally_status status = TALLY_OK;
    if (below(state, 2) == 0) {
        status =
            tally_live_change(live, old->marks, old->count, cast.marks, cast.count, 1);
    } else {
        status = tally_live_withdraw(live, old->marks, old->count, 1);
        must(status == TALLY_OK, "a ballot that is there is withdrawn");
        status = tally_live_add(live, cast.marks, cast.count, 1);
    }
    must(status == TALLY_OK, "a ballot is changed");
    *old = cast;
}

static void changes_allocate_nothing(void)
{
    static struct cast casts[BALLOTS];
    uint64_t state = 1;
    struct tally_live *live = new_live();
    must(
        tally_live_reserve(live, BALLOTS, BALLOTS * MARKS_MAX) == TALLY_OK,
        "room is reserved");
    heap_refuse_after(0);
    for (size_t i = 0; i < BALLOTS; i++) {
        casts[i] = random_cast(&state);
        must(
            tally_live_add(live, casts[i].marks, casts[i].count, 1) == TALLY_OK,
            "a ballot is added");
    }
    for (size_t i = 0; i < CHANGES; i++) {
        change_one(live, casts + below(&state, BALLOTS), &state);
    }
    for (size_t i = 0; i < BALLOTS; i++) {
        must(
            tally_live_withdraw(live, casts[i].marks, casts[i].count, 1) == TALLY_OK,
            "a ballot is withdrawn");
    }
    must(heap_calls() == 0, "no change allocates");
    heap_refuse_after(HEAP_NEVER);
    must(tally_profile_distinct(tally_live_profile(live)) == 0, "no row is left");
    tally_live_free(live);
}

/* Room for one ballot of three marks, and it changes for ever. */
static void the_tightest_room_suffices(void)
{
    struct tally_live *live = new_live();
    must(tally_live_reserve(live, 1, 3) == TALLY_OK, "room is reserved");
    struct tally_mark marks[2][3];
    for (uint16_t i = 0; i < 3; i++) {
        marks[0][i] = (struct tally_mark){.option = i, .place = (uint16_t)(3 - i)};
        marks[1][i] = (struct tally_mark){.option = i, .place = 1};
    }
    heap_refuse_after(0);
    must(tally_live_add(live, marks[0], 3, 1) == TALLY_OK, "a ballot is added");
    for (size_t i = 0; i < 1000; i++) {
        enum tally_status status =
            tally_live_change(live, marks[i % 2], 3, marks[1 - i % 2], 3, 1);
        must(status == TALLY_OK, "a ballot is changed in the tightest room");
    }
    must(heap_calls() == 0, "no change allocates");
    heap_refuse_after(HEAP_NEVER);
    tally_live_free(live);
}

/* Without a reservation holes are used again: the heap is asked seldom. */
static void changes_without_a_reservation_do_not_grow_for_ever(void)
{
    static struct cast casts[BALLOTS];
    uint64_t state = 2;
    struct tally_live *live = new_live();
    for (size_t i = 0; i < BALLOTS; i++) {
        casts[i] = random_cast(&state);
        must(
            tally_live_add(live, casts[i].marks, casts[i].count, 1) == TALLY_OK,
            "a ballot is added");
    }
    heap_refuse_after(HEAP_NEVER);
    for (size_t i = 0; i < CHANGES; i++) {
        change_one(live, casts + below(&state, BALLOTS), &state);
    }
    must(heap_calls() < 10, "changes reuse what is there");
    tally_live_free(live);
}

/* ---- every allocation fails once ---- */

static enum tally_status attempt_history(const void *given)
{
    struct tally_live *live = NULL;
    uint64_t state = 3;
    (void)given;
    enum tally_status status = tally_live_new(OPTIONS, 0, &live);
    if (status != TALLY_OK) {
        return status;
    }
    for (size_t i = 0; i < 100 && status == TALLY_OK; i++) {
        struct cast cast = random_cast(&state);
        struct cast next = random_cast(&state);
        status = tally_live_add(live, cast.marks, cast.count, 1);
        if (status != TALLY_OK) {
            must(
                tally_profile_ballots(tally_live_profile(live)) == (int64_t)i,
                "a failed addition adds nothing");
            break;
        }
        status =
            tally_live_change(live, cast.marks, cast.count, next.marks, next.count, 1);
        if (status != TALLY_OK) {
            must(
                tally_live_withdraw(live, cast.marks, cast.count, 1) == TALLY_OK,
                "after a failed change the old ballot stands");
        }
    }
    tally_live_free(live);
    return status;
}

static enum tally_status attempt_reserve(const void *given)
{
    struct tally_live *live = NULL;
    (void)given;
    enum tally_status status = tally_live_new(OPTIONS, 10, &live);
    if (status != TALLY_OK) {
        return status;
    }
    status = tally_live_reserve(live, 1000, 5000);
    tally_live_free(live);
    return status;
}

static enum tally_status attempt_merge(const void *given)
{
    struct tally_live *live = NULL;
    enum tally_status status = tally_live_new(OPTIONS, 0, &live);
    if (status != TALLY_OK) {
        return status;
    }
    status = tally_live_merge(live, given);
    must(
        status == TALLY_OK || tally_profile_ballots(tally_live_profile(live)) == 0,
        "a failed merger adds nothing");
    tally_live_free(live);
    return status;
}

static enum tally_status
copy_ballots(const struct tally_live *given, struct tally_profile *profile)
{
    enum tally_status status = TALLY_OK;
    const struct tally_profile *from = tally_live_profile(given);
    for (size_t i = 0; i < tally_profile_distinct(from) && status == TALLY_OK; i++) {
        const struct tally_mark *marks = NULL;
        int64_t weight = 0;
        size_t count = tally_profile_ballot(from, i, &marks, &weight);
        status = tally_profile_add(profile, marks, count, weight);
    }
    return status;
}

/* A count from scratch, of which a live profile spares the matrix. */
static enum tally_status attempt_from_scratch(const void *given)
{
    struct tally_profile *profile = NULL;
    struct tally_rule *rule = NULL;
    struct tally_result *result = NULL;
    enum tally_status status = tally_profile_new(OPTIONS, &profile);
    if (status == TALLY_OK) {
        status = copy_ballots(given, profile);
    }
    if (status == TALLY_OK) {
        status = tally_rule_new(tally_method_find("copeland"), 1, &rule);
    }
    if (status == TALLY_OK) {
        status = tally_count(profile, rule, &result);
    }
    tally_result_free(result);
    tally_rule_free(rule);
    tally_profile_free(profile);
    return status;
}

static const struct tally_method *method_tried;
static bool lot_tried;

static enum tally_status attempt_count(const void *given)
{
    struct tally_rule *rule = NULL;
    struct tally_result *result = NULL;
    uint16_t order[OPTIONS];
    for (uint16_t i = 0; i < OPTIONS; i++) {
        order[i] = (uint16_t)((i * 7) % OPTIONS);
    }
    enum tally_status status = tally_rule_new(method_tried, 1, &rule);
    if (status == TALLY_OK && lot_tried) {
        status = tally_rule_tie_order(rule, order, OPTIONS);
    }
    if (status == TALLY_OK) {
        (void)tally_rule_set(rule, "search", "none");
        status = tally_live_count(given, rule, &result);
    }
    tally_rule_free(rule);
    tally_result_free(result);
    return status;
}

static void every_failure_is_told(void)
{
    struct tally_live *given = new_live();
    uint64_t state = 4;
    for (size_t i = 0; i < 40; i++) {
        struct cast cast = random_cast(&state);
        must(
            tally_live_add(given, cast.marks, cast.count, 1) == TALLY_OK,
            "a ballot is added");
    }
    try_all(attempt_history, NULL, "a history asks for memory");
    try_all(attempt_reserve, NULL, "a reservation asks for memory");
    try_all(attempt_merge, given, "a merger asks for memory");
    try_all(attempt_from_scratch, given, "a count from scratch asks for memory");
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        method_tried = tally_method_at(m);
        lot_tried = false;
        try_all(attempt_count, given, tally_method_name(method_tried));
        lot_tried = true;
        try_all(attempt_count, given, tally_method_name(method_tried));
    }
    tally_live_free(given);
}

/* tally_memory CORPUS: the folder of the fuzz targets' corpora. */
int main(int argc, char **argv)
{
    must(argc == 2, "the corpus is named");
    changes_allocate_nothing();
    the_tightest_room_suffices();
    changes_without_a_reservation_do_not_grow_for_ever();
    every_failure_is_told();
    refuse_counts();
    refuse_files(argv[1]);
    return 0;
}
