/* What a poll counts is what libtally makes of the ballots that the log has, to the last
 * number. By shares each counts as often as its share's per cents say: the weights are
 * made here anew, from the other shares' sizes. */
#include "check.h"
#include "domain/count.h"
#include "wire/result_json.h"
#include "world.h"

#include <inttypes.h>
#include <stdlib.h>

#define RESULT_BYTES_MAX (1UL << 20)

struct counting {
    const struct world *world;
    const struct poll *poll;
    const struct check_poll *known;
    int64_t ballots[1 + SHARES_MAX]; /* by share */
    int64_t weights[1 + SHARES_MAX];
    struct tally_profile *profile; /* owned */
};

static bool is_best(const struct check_poll *known, size_t i)
{
    uint32_t best = 0;
    return map_get(&known->best, &known->casts[i].slot, &best) && best == i;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    return b == 0 ? a : common_divisor(b, a % b);
}

static void count_shares(struct counting *counting)
{
    const struct poll *poll = counting->poll;
    for (size_t i = 0; i < counting->known->cast_count; i++) {
        counting->ballots[counting->known->casts[i].share] +=
            is_best(counting->known, i) ? 1 : 0;
    }
    for (size_t i = 0; i < poll->batch_count; i++) {
        const struct paper_batch *batch = poll->batches[i];
        counting->ballots[batch->share] += batch_counts(batch) ? batch->ballots : 0;
    }
}

/* In the smallest whole numbers; without shares a ballot is one. */
static void weigh(struct counting *counting)
{
    const size_t shares = counting->poll->spec.shares.count;
    int64_t *weights = counting->weights;
    int64_t common = 0;
    weights[0] = shares == 0 ? 1 : 0;
    for (size_t i = 1; i <= shares; i++) {
        weights[i] =
            counting->ballots[i] > 0 ? counting->poll->spec.shares.of[i - 1].percent : 0;
        for (size_t k = 1; k <= shares; k++) {
            weights[i] *= k != i && counting->ballots[k] > 0 ? counting->ballots[k] : 1;
        }
        common = common_divisor(common, weights[i]);
    }
    for (size_t i = 1; i <= shares && common > 0; i++) {
        weights[i] /= common;
    }
}

static size_t option_index(const struct poll *poll, int64_t option)
{
    size_t i = 0;
    if (poll->spec.form == BALLOT_YESNO) {
        return (size_t)option - 1;
    }
    while (i + 1 < poll->spec.option_count && poll->spec.options[i] != option) {
        i++;
    }
    return i;
}

static void
add(struct counting *counting, const struct tally_mark *marks, size_t count,
    int64_t ballots)
{
    if (tally_profile_add(counting->profile, marks, count, ballots) != TALLY_OK) {
        abort();
    }
}

static void add_phones(struct counting *counting)
{
    const char *broken = counting->world->broken;
    bool twice = broken != NULL && strcmp(broken, "count") == 0; /* a control */
    for (size_t i = 0; i < counting->known->cast_count; i++) {
        const struct check_cast *cast = &counting->known->casts[i];
        struct tally_mark marks[OPTIONS_MAX];
        for (size_t k = 0; k < cast->mark_count; k++) {
            marks[k] = (struct tally_mark){
                .option = (uint16_t)option_index(counting->poll, cast->marks[k].option),
                .place = cast->marks[k].value};
        }
        if (is_best(counting->known, i)) {
            add(counting, marks, cast->mark_count,
                counting->weights[cast->share] * (twice && i == 0 ? 2 : 1));
        }
    }
}

static void add_paper(struct counting *counting)
{
    const struct poll *poll = counting->poll;
    for (size_t i = 0; i < poll->batch_count; i++) {
        const struct paper_batch *batch = poll->batches[i];
        for (size_t k = 0; batch_counts(batch) && k < batch->pile_count; k++) {
            const struct kept_pile *pile = &batch->piles[k];
            struct tally_mark marks[OPTIONS_MAX];
            for (size_t m = 0; m < pile->mark_count; m++) {
                const struct kept_mark *mark = &batch->marks[pile->marks_at + m];
                marks[m] =
                    (struct tally_mark){.option = mark->option, .place = mark->value};
            }
            add(counting, marks, pile->mark_count,
                pile->count * counting->weights[batch->share]);
        }
    }
}

static struct tally_result *count(struct counting *counting, const uint16_t *ties)
{
    const struct poll *poll = counting->poll;
    struct tally_rule *rule = NULL;
    struct tally_result *result = NULL;
    size_t options = tally_profile_options(counting->profile);
    enum tally_status status =
        tally_rule_new(tally_method_find(poll->spec.method), poll->spec.seats, &rule);
    if (status == TALLY_OK) {
        tally_rule_want_matrix(rule);
    }
    if (status == TALLY_OK && ties != NULL && poll->spec.form != BALLOT_YESNO) {
        status = tally_rule_tie_order(rule, ties, options);
    }
    if (status == TALLY_OK && strcmp(poll->spec.method, "irv") == 0) {
        status = tally_rule_set(rule, "batch-elimination", "true");
    }
    if (status == TALLY_OK) {
        status = tally_count(counting->profile, rule, &result);
    }
    tally_rule_free(rule);
    if (status != TALLY_OK) {
        abort();
    }
    return result;
}

/* All that is told of a result: places, rounds, matrix, how many ballots. */
static bool is_same(
    const struct poll *poll, const struct tally_result *ours,
    const struct tally_result *theirs)
{
    struct buf one;
    struct buf two;
    buf_init(&one, RESULT_BYTES_MAX);
    buf_init(&two, RESULT_BYTES_MAX);
    wire_encode_result(&one, poll, ours, NULL, PUBLISH_BALLOTS, false);
    wire_encode_result(&two, poll, theirs, NULL, PUBLISH_BALLOTS, false);
    bool is = span_equal(buf_span(&one), buf_span(&two));
    buf_fini(&one);
    buf_fini(&two);
    return is;
}

static void compare(struct world *world, struct counting *counting)
{
    const struct poll *poll = counting->poll;
    struct tally_result *theirs = NULL;
    const uint16_t *ties = hall_tie_order(world->server->hall, world->event, poll);
    struct tally_result *ours = count(counting, ties);
    if (poll_count(poll, ties, &theirs) != ERR_OK) {
        world_fail(world, "poll %" PRId64 " cannot be counted", poll->id);
    } else if (!is_same(poll, ours, theirs)) {
        world_fail(
            world, "poll %" PRId64 " has another result than its ballots", poll->id);
    }
    world->stats.counted++;
    tally_result_free(ours);
    tally_result_free(theirs);
}

/* Of a poll that is closed or sealed. */
static void check_poll(struct world *world, const struct poll *poll)
{
    struct counting counting = {
        .world = world, .poll = poll, .known = &world->check.polls[poll->id - 1]};
    uint16_t points = spec_points_max(&poll->spec);
    size_t options = poll->spec.form == BALLOT_YESNO ? 2 : poll->spec.option_count;
    count_shares(&counting);
    weigh(&counting);
    enum tally_status status =
        points > 0 ? tally_profile_new_scored(options, points, &counting.profile)
                   : tally_profile_new(options, &counting.profile);
    if (status != TALLY_OK) {
        abort();
    }
    add_phones(&counting);
    add_paper(&counting);
    compare(world, &counting);
    tally_profile_free(counting.profile);
}

void check_counts(struct world *world)
{
    const struct event *event = world->event;
    for (size_t i = 0; event != NULL && i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        bool over = poll->state == POLL_CLOSED || poll->state == POLL_SEALED;
        if (over && poll->id <= CHECK_POLLS_MAX) {
            check_poll(world, poll);
        }
    }
}
