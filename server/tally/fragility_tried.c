/* Fragility of methods without a formula, by trying.
 *
 * Too few, proven: a Condorcet winner stays one until some duel of it is drawn, for which
 * fragility_beaten() gives the exact number of ballots; until then a method that elects
 * the Condorcet winner elects it alone. For other results: less than one ballot.
 *
 * Enough, proven: first, a loser alone in the first place on more than half of the
 * ballots that rank anybody is elected by all methods that use this file; so many ballots
 * as it lacks for that are enough. Then fewer are tried: ballots are changed in favour of
 * one loser and against one winner, and counted. If others are elected or tied then, so
 * many are enough. Whether fewer ballots changed in some other way would do is not known:
 * the figure is an upper bound, and exact only where it meets the lower one. */
#include "tally/fragility.h"

#include "tally/count.h"
#include "tally/grow.h"
#include "tally/limits.h"

struct trial {
    const struct question *question;
    struct tally_rule rule;         /* the question's, but it searches */
    struct tally_fragility *answer; /* the fewest that are known to do */
    struct changes changes;
    int64_t least; /* fewer are too few */
    size_t counts;
    bool searches;       /* a count that meets a tie takes longer */
    int64_t steps;       /* of all counts so far */
    int64_t count_steps; /* of one */
    enum tally_status status;
};

/* ---- too few ---- */

static int64_t too_few(const struct question *question)
{
    const struct tally_result *result = question->result;
    size_t rival = 0;
    int64_t ballots = 0;
    if ((result->method->properties & TALLY_CONDORCET) != 0 && result->seats == 1) {
        ballots = fragility_beaten(question, result->winners.items[0], &rival);
    }
    return ballots > 1 ? ballots : 1;
}

/* ---- enough without trying ---- */

/* Ballots with the option alone in the first place, not only as the first of those
 * ranked: a rule may let a ballot end at skipped ranks. Returns how many rank anybody. */
static int64_t count_firsts(const struct tally_profile *profile, int64_t *firsts)
{
    int64_t ranking = 0;
    for (size_t i = 0; i < profile->row_count; i++) {
        const struct ballot_row *row = profile->rows + i;
        const struct tally_mark *marks = profile_marks(profile, row);
        if (row->count == 0) {
            continue;
        }
        ranking += row->weight;
        bool alone =
            marks[0].place == 1 && (row->count == 1 || marks[1].place != marks[0].place);
        if (alone && marks[0].option != TALLY_UNNAMED) {
            firsts[marks[0].option] += row->weight;
        }
    }
    return ranking;
}

static bool may_be_crowned(const struct question *question, size_t option)
{
    return !bits_has(question->winners, option) &&
           !bits_has(question->rule->write_ins, option); /* these may leave first */
}

static enum tally_status
by_majority(const struct question *question, struct tally_fragility *answer)
{
    size_t n = question->result->options;
    int64_t *firsts = zeroed(n, sizeof *firsts);
    if (firsts == NULL) {
        return TALLY_NO_MEMORY;
    }
    int64_t majority = count_firsts(question->profile, firsts) / 2 + 1;
    for (size_t o = 0; o < n; o++) {
        int64_t ballots = majority - firsts[o];
        if (may_be_crowned(question, o) &&
            (!answer->known || ballots < answer->ballots ||
             (ballots == answer->ballots &&
              question_favours(question, o, answer->rival)))) {
            *answer = (struct tally_fragility){
                .ballots = ballots, .known = true, .rival = (uint16_t)o};
        }
    }
    free(firsts);
    return TALLY_OK;
}

/* ---- trying ---- */

/* Has another count elected others, or a tie between them? Then somebody new. */
static bool
differs(const struct trial *trial, const struct tally_result *other, uint16_t *ret_rival)
{
    if (other->state == TALLY_NOT_SETTLED) {
        return false;
    }
    bool found = false;
    for (size_t i = 0; i < other->possible.count; i++) {
        uint16_t option = other->possible.items[i];
        if (!bits_has(trial->question->winners, option) &&
            (!found || option == trial->changes.rival)) {
            *ret_rival = option;
            found = true;
        }
    }
    return found;
}

static bool exhausted(const struct trial *trial)
{
    return trial->status != TALLY_OK || trial->answer->ballots <= trial->least ||
           trial->counts >= FRAGILITY_COUNTS_MAX ||
           trial->steps > FRAGILITY_STEPS_MAX - trial->count_steps;
}

/* Counts with so many ballots changed. If that elects others it is the answer. */
static bool succeeds(struct trial *trial, int64_t ballots)
{
    struct tally_profile *profile = NULL;
    struct tally_result *result = NULL;
    bool success = false;
    if (exhausted(trial)) {
        return false;
    }
    trial->counts++;
    trial->steps += trial->count_steps;
    trial->status = changes_make(&trial->changes, ballots, &profile);
    if (trial->status == TALLY_OK) {
        trial->status = count_prepared(profile, NULL, &trial->rule, &result);
    }
    if (trial->status == TALLY_OK && result->tie_count > 0 && trial->searches) {
        trial->steps += FRAGILITY_SEARCH_STEPS;
    }
    uint16_t rival = 0;
    if (trial->status == TALLY_OK && differs(trial, result, &rival)) {
        *trial->answer =
            (struct tally_fragility){.ballots = ballots, .known = true, .rival = rival};
        success = true;
    }
    tally_result_free(result);
    tally_profile_free(profile);
    return success;
}

/* The fewest ballots of one kind of change, if they are fewer than the answer so far: by
 * halves, as if more ballots always did what fewer do. */
static void try_change(struct trial *trial)
{
    int64_t most = trial->answer->ballots - 1;
    most = trial->changes.ballots < most ? trial->changes.ballots : most;
    int64_t fewest = trial->least;
    if (most < fewest || succeeds(trial, fewest) || !succeeds(trial, most)) {
        return;
    }
    while (fewest + 1 < most && !exhausted(trial)) {
        int64_t middle = fewest + (most - fewest) / 2;
        if (succeeds(trial, middle)) {
            most = middle;
        } else {
            fewest = middle;
        }
    }
}

static void try_pair(struct trial *trial, size_t winner, size_t rival)
{
    for (int c = 0; c < CHANGE_COUNT && !exhausted(trial); c++) {
        changes_list(&trial->changes, winner, rival, (enum change)c);
        try_change(trial);
    }
}

/* Against one winner, the losers as they come in the order. */
static void try_losers(struct trial *trial, size_t winner)
{
    const struct tally_result *result = trial->question->result;
    for (size_t i = 0; i < result->options; i++) {
        if (!bits_has(trial->question->winners, result->order[i])) {
            try_pair(trial, winner, result->order[i]);
        }
    }
}

/* The last winner first. */
static void try_winners(struct trial *trial)
{
    const struct option_list *winners = &trial->question->result->winners;
    for (size_t w = winners->count; w > 0; w--) {
        try_losers(trial, winners->items[w - 1]);
    }
}

static int64_t steps_of_count(const struct question *question)
{
    int64_t n = (int64_t)question->result->options;
    int64_t marks = (int64_t)(question->profile->mark_count - question->profile->holes);
    return n * n * n + marks * FRAGILITY_MARK_STEPS;
}

enum tally_status
fragility_tried(const struct question *question, struct tally_fragility *answer)
{
    struct tally_fragility best = {0};
    enum tally_status status = by_majority(question, &best);
    if (status != TALLY_OK || !best.known) {
        return status;
    }
    struct trial trial = {
        .question = question,
        .rule = *question->rule,
        .answer = &best,
        .least = too_few(question),
        .searches =
            (question->result->method->settings & SETTING_BIT(SETTING_SEARCH)) != 0,
        .count_steps = steps_of_count(question)};
    trial.rule.settings[SETTING_SEARCH] = SEARCH_BOUNDED;
    trial.status = changes_init(&trial.changes, question);
    if (trial.status == TALLY_OK) {
        try_winners(&trial);
    }
    changes_fini(&trial.changes);
    if (trial.status == TALLY_OK) {
        best.exact = best.ballots == trial.least;
        *answer = best;
    }
    return trial.status;
}
