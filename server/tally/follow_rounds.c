/* One ballot's way through counts that have a file of their own: Borda points among those
 * who are left, and proportional counts. */
#include "tally/score.h"
#include "tally/stv_follow.h"
#include "tally/way.h"

/* The options of one level of the ballot that are still in; `ret_end`: where it ends. */
static size_t level_in(
    const struct follow *follow, const struct round *round, size_t from,
    uint16_t *ret_options, size_t *ret_end)
{
    size_t count = 0;
    size_t at = from;
    while (at < follow->plain_count &&
           follow->plain[at].place == follow->plain[from].place) {
        size_t option = follow->plain[at++].option;
        if (round->votes[option] >= 0) {
            ret_options[count++] = (uint16_t)option;
        }
    }
    *ret_end = at;
    return count;
}

static enum tally_status
push_shares(struct follow *follow, const uint16_t *options, size_t count, int64_t share)
{
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < count && status == TALLY_OK; i++) {
        status = follow_part(follow, options[i], share, 2);
    }
    return status;
}

/* Those who are in and not on the ballot. */
static size_t
unranked_in(const struct follow *follow, const struct round *round, uint16_t *ret_options)
{
    uint64_t ranked[BITS_OPTIONS_WORDS] = {0};
    size_t count = 0;
    for (size_t i = 0; i < follow->plain_count; i++) {
        bits_add(ranked, follow->plain[i].option);
    }
    for (size_t o = 0; o < follow->result->options; o++) {
        if (round->votes[o] >= 0 && !bits_has(ranked, o)) {
            ret_options[count++] = (uint16_t)o;
        }
    }
    return count;
}

static size_t count_in(const struct follow *follow, const struct round *round)
{
    size_t count = 0;
    for (size_t o = 0; o < follow->result->options; o++) {
        count += round->votes[o] >= 0 ? 1 : 0;
    }
    return count;
}

static enum tally_status follow_round(struct follow *follow, const struct round *round)
{
    uint16_t options[TALLY_OPTIONS_MAX];
    size_t in = count_in(follow, round);
    size_t above = 0;
    enum tally_status status = TALLY_OK;
    for (size_t i = 0, end = 0; i < follow->plain_count && status == TALLY_OK; i = end) {
        size_t count = level_in(follow, round, i, options, &end);
        if (count > 0) {
            status = push_shares(
                follow, options, count, (int64_t)borda_share(in, above, count));
        }
        above += count;
    }
    size_t count = unranked_in(follow, round, options);
    if (count > 0 && status == TALLY_OK) {
        status =
            push_shares(follow, options, count, (int64_t)borda_share(in, above, count));
    }
    return status == TALLY_OK ? follow_end_round(follow) : status;
}

enum tally_status follow_points(struct follow *follow)
{
    enum tally_status status = TALLY_OK;
    for (size_t r = 0; r < follow->result->round_count && status == TALLY_OK; r++) {
        status = follow_round(follow, follow->result->rounds + r);
    }
    return status;
}

enum tally_status follow_stv(struct follow *follow)
{
    uint16_t list[TALLY_OPTIONS_MAX];
    enum ending ending = ENDING_CHOICES;
    struct stv_way way;
    size_t count = lists_read(follow->rule, follow->marks, follow->count, list, &ending);
    enum tally_status status =
        stv_follow(follow->profile, follow->rule, follow->result, list, count, &way);
    if (status != TALLY_OK) {
        return status;
    }
    for (size_t r = 0; r < way.rounds && status == TALLY_OK; r++) {
        for (size_t i = way.start[r]; i < way.start[r + 1] && status == TALLY_OK; i++) {
            const struct tally_part *part = way.parts + i;
            status =
                follow_part(follow, part->option, part->value.value, part->value.unit);
        }
        if (status == TALLY_OK) {
            status = follow_end_round(follow);
        }
    }
    stv_way_fini(&way);
    return status;
}
