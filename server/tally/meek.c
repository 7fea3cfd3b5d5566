/* Meek's method: winners keep only the part of each ballot that they need, and nobody's
 * vote stays with one who left: after each step all ballots are shared out anew, until
 * every winner has the quota. By the reference rule of the Proportional Representation
 * Foundation ("Reference Meek Rule"): nine decimals, omega 10^−6; Hill, Wichmann and
 * Woodall (1987). */
#include "tally/meek.h"

#include "tally/grow.h"
#include "tally/limits.h"
#include "tally/stv.h"
#include "tally/stv_follow.h"

#include <string.h>

__extension__ typedef __int128 wide;

#define OMEGA (MEEK_UNIT / 1000000)

struct meek {
    struct stv_race race;
    struct lists lists;
    struct meek_tree tree;
    int64_t papers; /* ballots that are not blank */
    int64_t *keep;  /* of each option, in units */
    int64_t *log;   /* NULL, or room for the keep factors of each round */
    int64_t *votes;
    int64_t *room; /* for sharing out */
    int64_t quota;
    int64_t surplus; /* of all winners together */
    uint64_t sources[BITS_OPTIONS_WORDS];
};

/* ---- one turn: share out, look who has the quota ---- */

static void share(struct meek *meek)
{
    size_t n = meek->race.options;
    meek_share(&meek->tree, meek->keep, n, meek->room, meek->votes);
    int64_t sum = 0;
    for (size_t o = 0; o < n; o++) {
        sum += meek->votes[o];
    }
    meek->quota = sum / ((int64_t)meek->race.seats + 1) + 1;
}

/* Those who reach the quota now. */
static size_t find_reached(const struct meek *meek, uint64_t *ret_set)
{
    memset(ret_set, 0, BITS_OPTIONS_WORDS * sizeof *ret_set);
    for (size_t o = 0; o < meek->race.options; o++) {
        if (bits_has(meek->race.in, o) && meek->votes[o] >= meek->quota) {
            bits_add(ret_set, o);
        }
    }
    return bits_count(ret_set, meek->race.words);
}

static int64_t total_surplus(const struct meek *meek)
{
    int64_t surplus = 0;
    for (size_t o = 0; o < meek->race.options; o++) {
        if (bits_has(meek->race.elected, o)) {
            surplus += meek->votes[o] - meek->quota;
        }
    }
    return surplus > 0 ? surplus : 0;
}

static int64_t divided_up(wide dividend, int64_t divisor)
{
    return (int64_t)((dividend + divisor - 1) / divisor);
}

/* Winners keep less, in proportion to what they have too much. */
static void update_keep(struct meek *meek)
{
    for (size_t o = 0; o < meek->race.options; o++) {
        if (bits_has(meek->race.elected, o)) {
            int64_t product = divided_up((wide)meek->keep[o] * meek->quota, MEEK_UNIT);
            expect(meek->votes[o] > 0); /* a factor above 0 keeps something */
            int64_t keep = divided_up((wide)product * MEEK_UNIT, meek->votes[o]);
            meek->keep[o] = keep < MEEK_UNIT ? keep : MEEK_UNIT;
        }
    }
}

/* Turn after turn until somebody reaches the quota (ret_reached), or the winners' surplus
 * is as good as gone or grows no less. */
static void iterate(struct meek *meek, uint64_t *ret_reached)
{
    int64_t before = INT64_MAX;
    for (size_t turn = 0; turn < MEEK_TURNS_MAX; turn++) {
        share(meek);
        if (find_reached(meek, ret_reached) > 0) {
            return;
        }
        meek->surplus = total_surplus(meek);
        if (meek->surplus < OMEGA || meek->surplus >= before) {
            return;
        }
        before = meek->surplus;
        update_keep(meek);
    }
}

/* ---- rounds ---- */

static enum tally_status write_round(struct meek *meek)
{
    if (meek->race.path != NULL) {
        return TALLY_OK;
    }
    struct round *round = race_open_round(&meek->race, meek->sources);
    if (round == NULL) {
        return TALLY_NO_MEMORY;
    }
    if (meek->log != NULL) {
        size_t n = meek->race.options;
        size_t r = meek->race.result->round_count - 1;
        memcpy(meek->log + r * n, meek->keep, n * sizeof *meek->keep);
    }
    round->quota = meek->quota;
    round->exhausted = meek->papers * MEEK_UNIT;
    for (size_t o = 0; o < meek->race.options; o++) {
        round->exhausted -= meek->votes[o];
        if (bits_has(meek->race.in, o) || bits_has(meek->race.elected, o)) {
            round->votes[o] = meek->votes[o];
        }
    }
    return TALLY_OK;
}

/* Elects those who reached the quota, and whoever is left if there are no more than
 * seats. */
static enum tally_status elect(struct meek *meek, const uint64_t *reached)
{
    struct stv_race *race = &meek->race;
    bool last = race->in_count <= race_seats_left(race);
    memcpy(meek->sources, last ? race->in : reached, sizeof meek->sources);
    return race_elect(race, meek->sources, reached);
}

/* Votes that differ by less than the surplus still to go are equal. */
static enum tally_status settle(struct meek *meek, uint16_t *ret_option)
{
    struct stv_race *race = &meek->race;
    struct stv_tie tie = {.leaving = true, .idle = true};
    struct stv_state state = race_state(race);
    int64_t lowest = INT64_MAX;
    for (size_t o = 0; o < race->options; o++) {
        state_mix(&state, (uint64_t)meek->keep[o]);
        if (bits_has(race->in, o) && meek->votes[o] < lowest) {
            lowest = meek->votes[o];
        }
    }
    for (size_t o = 0; o < race->options; o++) {
        if (bits_has(race->in, o) && meek->votes[o] <= lowest + meek->surplus) {
            tie.idle = tie.idle && meek->votes[o] == 0;
            tie.options[tie.count++] = (uint16_t)o;
        }
    }
    tie.left = tie.count;
    *ret_option = tie.options[0];
    return tie.count > 1 ? race_settle(race, &tie, &state, ret_option) : TALLY_OK;
}

static enum tally_status exclude(struct meek *meek)
{
    uint16_t lowest = 0;
    enum tally_status status = settle(meek, &lowest);
    if (status != TALLY_OK || meek->race.stopped) {
        return status;
    }
    memset(meek->sources, 0, sizeof meek->sources);
    bits_add(meek->sources, lowest);
    meek->keep[lowest] = 0;
    return race_leave(&meek->race, meek->sources, TALLY_LOWEST);
}

static enum tally_status play_round(struct meek *meek)
{
    uint64_t reached[BITS_OPTIONS_WORDS];
    struct stv_race *race = &meek->race;
    iterate(meek, reached);
    enum tally_status status = write_round(meek);
    if (status != TALLY_OK) {
        return status;
    }
    if (bits_count(reached, race->words) > 0 || race->in_count <= race_seats_left(race)) {
        return elect(meek, reached);
    }
    return exclude(meek);
}

static enum tally_status run(void *self)
{
    struct meek *meek = self;
    race_start(&meek->race);
    memset(meek->sources, 0, sizeof meek->sources);
    for (size_t o = 0; o < meek->race.options; o++) {
        meek->keep[o] = MEEK_UNIT;
    }
    enum tally_status status = TALLY_OK;
    while (status == TALLY_OK && !meek->race.stopped &&
           race_seats_left(&meek->race) > 0) {
        status = play_round(meek);
    }
    return status;
}

static void meek_fini(struct meek *meek)
{
    lists_free(&meek->lists);
    meek_tree_free(&meek->tree);
    free(meek->keep);
    free(meek->votes);
    free(meek->room);
}

static enum tally_status meek_init(struct meek *meek, const struct count *count)
{
    size_t n = count->profile->options;
    *meek = (struct meek){.papers = count->result->ballots - count->result->blank};
    meek->race = (struct stv_race){
        .result = count->result,
        .options = n,
        .seats = count->rule->seats,
        .words = bits_words(n)};
    if (meek->papers >= INT64_MAX / MEEK_UNIT - 1) {
        return TALLY_OVERFLOW;
    }
    enum tally_status status = lists_make(count->profile, count->rule, &meek->lists);
    if (status == TALLY_OK) {
        status = meek_tree_make(&meek->lists, &meek->tree);
    }
    if (status != TALLY_OK) {
        return status;
    }
    meek->keep = zeroed(n, sizeof *meek->keep);
    meek->votes = zeroed(n, sizeof *meek->votes);
    meek->room = zeroed(meek->tree.depth, sizeof *meek->room);
    return meek->keep != NULL && meek->votes != NULL && meek->room != NULL
               ? TALLY_OK
               : TALLY_NO_MEMORY;
}

enum tally_status count_meek(struct count *count)
{
    struct meek meek;
    enum tally_status status = meek_init(&meek, count);
    if (status == TALLY_OK) {
        count->result->round_unit = MEEK_UNIT;
        status = run(&meek);
    }
    if (status == TALLY_OK) {
        /* A run turns some hundred times, but most turns look at few of the nodes. */
        size_t turn = meek.tree.count + meek.race.options * meek.race.options;
        struct stv_engine engine = {
            .self = &meek, .race = &meek.race, .run = run, .cost = 16 * turn};
        status = stv_conclude(&engine, count->rule);
    }
    meek_fini(&meek);
    return status;
}

enum tally_status meek_keep_factors(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result, int64_t **ret_keep)
{
    struct meek meek;
    struct count again = {.profile = profile, .rule = rule, .method = rule->method};
    enum tally_status status = result_new(rule, profile->options, &again.result);
    if (status != TALLY_OK) {
        return status;
    }
    again.result->ballots = result->ballots;
    again.result->blank = result->blank;
    status = meek_init(&meek, &again);
    if (status == TALLY_OK) {
        meek.log = zeroed(result->round_count * result->options, sizeof *meek.log);
        status = meek.log != NULL ? run(&meek) : TALLY_NO_MEMORY;
    }
    if (status == TALLY_OK) {
        *ret_keep = meek.log;
    } else {
        free(meek.log);
    }
    meek_fini(&meek);
    tally_result_free(again.result);
    return status;
}
