/* The single transferable vote with weighted inclusive transfers: who reaches the quota
 * is elected, and all papers of a winner go on at a part of their value; where no surplus
 * is left to go, the lowest leaves. One file for the Scottish rule (The Scottish Local
 * Government Elections Order 2007, SSI 2007/42, articles 45 to 52, as amended by SSI
 * 2011/399) and for the settings of others, RCTab's among them. */
#include "tally/stv_piles.h"

#include "tally/grow.h"

#include <string.h>

/* ---- rounds ---- */

static enum tally_status write_votes(struct stv *stv, struct round *round)
{
    int64_t shown = 0;
    int64_t sum = 0;
    for (size_t a = 0; a <= stv->race.options; a++) {
        enum tally_status status = values_shown(&stv->values, a, &shown);
        if (status != TALLY_OK) {
            return status;
        }
        sum += shown;
        if (a == stv->race.options) {
            round->exhausted = shown;
        } else if (bits_has(stv->race.in, a) || bits_has(stv->race.elected, a)) {
            round->votes[a] = shown;
        }
    }
    round->quota = stv->values.quota;
    round->lost = stv->papers * stv->values.unit - sum;
    return TALLY_OK;
}

static enum tally_status begin_round(struct stv *stv)
{
    enum tally_status status = values_sound(&stv->values);
    stv_sort(stv);
    if (status == TALLY_OK && stv->race.path == NULL) {
        struct round *round = race_open_round(&stv->race, stv->sources);
        status = round != NULL ? write_votes(stv, round) : TALLY_NO_MEMORY;
    }
    memset(stv->sources, 0, sizeof stv->sources);
    return status;
}

/* ---- who is elected ---- */

static void find_reached(const struct stv *stv, uint64_t *ret_set)
{
    memset(ret_set, 0, BITS_OPTIONS_WORDS * sizeof *ret_set);
    for (size_t o = 0; o < stv->race.options; o++) {
        if (bits_has(stv->race.in, o) && values_against_quota(&stv->values, o) >= 0) {
            bits_add(ret_set, o);
        }
    }
}

/* Only one a round: the one with the most votes. */
static enum tally_status keep_highest(struct stv *stv, uint64_t *set)
{
    uint16_t highest = 0;
    if (bits_count(set, stv->race.words) < 2) {
        return TALLY_OK;
    }
    enum tally_status status = stv_settle_highest(stv, set, &highest);
    memset(set, 0, stv->race.words * sizeof *set);
    bits_add(set, highest);
    return status;
}

/* Elects those at the quota, then whoever is left if there are no more than seats. */
static enum tally_status elect(struct stv *stv, uint64_t *ret_elected)
{
    struct stv_race *race = &stv->race;
    uint64_t reached[BITS_OPTIONS_WORDS] = {0};
    find_reached(stv, reached);
    memcpy(ret_elected, reached, race->words * sizeof *ret_elected);
    if (race->in_count <= race_seats_left(race)) {
        memcpy(ret_elected, race->in, race->words * sizeof *ret_elected);
    } else if (stv->surplus == SURPLUS_ONE) {
        enum tally_status status = keep_highest(stv, ret_elected);
        if (status != TALLY_OK || race->stopped) {
            return status;
        }
    }
    if (bits_count(ret_elected, race->words) == 0) {
        return TALLY_OK;
    }
    return race_elect(race, ret_elected, reached);
}

/* Of the newly elected, those with a surplus. */
static void note_surpluses(struct stv *stv, const uint64_t *elected)
{
    for (size_t o = 0; o < stv->race.options && stv->surplus != SURPLUS_NONE; o++) {
        if (bits_has(elected, o) && values_against_quota(&stv->values, o) > 0) {
            bits_add(stv->pending, o);
        }
    }
}

/* ---- what is transferred ---- */

static enum tally_status split(struct stv *stv, uint16_t option)
{
    bits_drop(stv->pending, option);
    bits_add(stv->sources, option);
    return piles_split(stv, option);
}

static enum tally_status split_all(struct stv *stv)
{
    enum tally_status status = TALLY_OK;
    for (size_t o = 0; o < stv->race.options && status == TALLY_OK; o++) {
        if (bits_has(stv->pending, o)) {
            status = split(stv, (uint16_t)o);
        }
    }
    return status;
}

static enum tally_status split_largest(struct stv *stv)
{
    uint16_t largest = 0;
    enum tally_status status = stv_settle_highest(stv, stv->pending, &largest);
    if (status != TALLY_OK || stv->race.stopped) {
        return status;
    }
    return split(stv, largest);
}

/* The write-ins who are in, unless too few others are left. */
static bool find_write_ins(const struct stv *stv, uint64_t *ret_set)
{
    memcpy(ret_set, stv->race.in, BITS_OPTIONS_WORDS * sizeof *ret_set);
    bits_remove(ret_set, stv->rule->write_ins, BITS_OPTIONS_WORDS);
    size_t others = bits_count(ret_set, BITS_OPTIONS_WORDS);
    memcpy(ret_set, stv->race.in, BITS_OPTIONS_WORDS * sizeof *ret_set);
    for (size_t w = 0; w < BITS_OPTIONS_WORDS; w++) {
        ret_set[w] &= stv->rule->write_ins[w];
    }
    return rule_get(stv->rule, SETTING_WRITE_INS_FIRST) != 0 &&
           others < stv->race.in_count && others >= race_seats_left(&stv->race);
}

/* Who leaves; nobody while a tie stays open. */
static enum tally_status
find_leaving(struct stv *stv, uint64_t *ret_set, enum tally_reason *ret_reason)
{
    uint16_t lowest = 0;
    *ret_reason = TALLY_WRITE_IN;
    if (find_write_ins(stv, ret_set)) {
        return TALLY_OK;
    }
    size_t hopeless = stv_hopeless(stv);
    memset(ret_set, 0, BITS_OPTIONS_WORDS * sizeof *ret_set);
    *ret_reason = hopeless > 0 ? TALLY_HOPELESS : TALLY_LOWEST;
    for (size_t i = 0; i < hopeless; i++) {
        bits_add(ret_set, stv->order[i]);
    }
    if (hopeless > 0) {
        return TALLY_OK;
    }
    enum tally_status status = stv_settle_lowest(stv, &lowest);
    bits_add(ret_set, lowest);
    return status;
}

static enum tally_status exclude(struct stv *stv)
{
    enum tally_reason reason = TALLY_NOTHING;
    stv_drop_others(stv);
    enum tally_status status = find_leaving(stv, stv->sources, &reason);
    if (status != TALLY_OK || stv->race.stopped) {
        return status;
    }
    status = race_leave(&stv->race, stv->sources, reason);
    for (size_t o = 0; o < stv->race.options && status == TALLY_OK; o++) {
        if (bits_has(stv->sources, o)) {
            piles_pass_on(stv, o);
        }
    }
    return status;
}

/* ---- the whole ---- */

/* RCTab's rules: an election has a round of its own, and the last surplus goes, too. */
static bool elections_stand_alone(const struct stv *stv)
{
    return stv->surplus == SURPLUS_ALL || stv->surplus == SURPLUS_ONE;
}

/* One round; *ret_more: another one follows. */
static enum tally_status play_round(struct stv *stv, bool *ret_more)
{
    uint64_t elected[BITS_OPTIONS_WORDS] = {0};
    *ret_more = false;
    enum tally_status status = begin_round(stv);
    bool over = race_seats_left(&stv->race) == 0;
    if (status == TALLY_OK && !over) {
        status = elect(stv, elected);
    }
    if (status != TALLY_OK || stv->race.stopped || over) {
        return status;
    }
    note_surpluses(stv, elected);
    bool alone = elections_stand_alone(stv) && bits_count(elected, stv->race.words) > 0;
    over = race_seats_left(&stv->race) == 0;
    *ret_more = !over || (alone && stv->race.seats > 1 && stv->race.path == NULL);
    if (!*ret_more) {
        return TALLY_OK;
    }
    if (alone) {
        return split_all(stv);
    }
    return bits_count(stv->pending, stv->race.words) > 0 ? split_largest(stv)
                                                         : exclude(stv);
}

static enum tally_status run(void *self)
{
    struct stv *stv = self;
    race_start(&stv->race);
    memset(stv->pending, 0, sizeof stv->pending);
    memset(stv->sources, 0, sizeof stv->sources);
    stv->order_count = stv->race.options;
    for (size_t o = 0; o < stv->race.options; o++) {
        stv->order[o] = (uint16_t)o;
        stv->rank[o] = 0;
    }
    enum tally_status status = piles_start(stv);
    bool more = true;
    while (status == TALLY_OK && more && !stv->race.stopped) {
        status = play_round(stv, &more);
    }
    return status;
}

static void stv_fini(struct stv *stv)
{
    lists_free(&stv->lists);
    values_fini(&stv->values);
    free(stv->paper);
    free(stv->pile);
    free(stv->blocks);
    free(stv->order);
    free(stv->rank);
}

static enum tally_status stv_alloc(struct stv *stv)
{
    size_t n = stv->race.options;
    /* Each pile has one block that is not full, and one is being read. */
    size_t blocks = stv->lists.count / STV_BLOCK + n + 1;
    stv->blocks = zeroed(blocks, sizeof *stv->blocks);
    stv->paper = zeroed(stv->lists.count, sizeof *stv->paper);
    stv->pile = zeroed(n, sizeof *stv->pile);
    stv->order = zeroed(n, sizeof *stv->order);
    stv->rank = zeroed(n, sizeof *stv->rank);
    return stv->paper != NULL && stv->pile != NULL && stv->order != NULL &&
                   stv->rank != NULL && stv->blocks != NULL
               ? TALLY_OK
               : TALLY_NO_MEMORY;
}

/* Ballots that list somebody. */
static int64_t count_voters(const struct lists *lists)
{
    int64_t voters = 0;
    for (size_t i = 0; i < lists->count; i++) {
        voters += lists->start[i] < lists->start[i + 1] ? lists->weight[i] : 0;
    }
    return voters;
}

static enum tally_status stv_init(struct stv *stv, const struct count *count)
{
    const struct tally_rule *rule = count->rule;
    size_t n = count->profile->options;
    *stv = (struct stv){
        .rule = rule,
        .papers = count->result->ballots - count->result->blank,
        .surplus = (enum surplus)rule_get(rule, SETTING_SURPLUS),
        .look_back = rule_get(rule, SETTING_TIEBREAK) == TIEBREAK_EARLIER_ROUND,
        .batch = rule_get(rule, SETTING_BATCH_ELIMINATION) != 0};
    stv->race = (struct stv_race){
        .result = count->result,
        .options = n,
        .seats = rule->seats,
        .words = bits_words(n)};
    enum tally_status status = lists_make(count->profile, rule, &stv->lists);
    if (status == TALLY_OK) {
        status =
            values_init(&stv->values, rule, n, count_voters(&stv->lists), stv->papers);
    }
    return status == TALLY_OK ? stv_alloc(stv) : status;
}

enum tally_status count_stv(struct count *count)
{
    struct stv stv;
    enum tally_status status = stv_init(&stv, count);
    if (status == TALLY_OK) {
        count->result->round_unit = stv.values.unit;
        status = run(&stv);
    }
    if (status == TALLY_OK) {
        size_t marks = stv.lists.start[stv.lists.count];
        struct stv_engine engine = {
            .self = &stv,
            .race = &stv.race,
            .run = run,
            .cost = marks + stv.lists.count + stv.race.options * stv.race.options};
        status = stv_conclude(&engine, count->rule);
    }
    stv_fini(&stv);
    return status;
}
