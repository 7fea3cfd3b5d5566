#include "domain/count.h"

#include "domain/shares.h"

#include <stdlib.h>
#include <string.h>

/* Options as libtally sees them: a yes/no poll has two whatever it is about. */
static size_t option_count(const struct poll *poll)
{
    return poll->spec.form == BALLOT_YESNO ? 2 : poll->spec.option_count;
}

static enum err err_of(enum tally_status status)
{
    switch (status) {
    case TALLY_OK:
        return ERR_OK;
    case TALLY_NO_MEMORY:
        return ERR_NOMEM;
    case TALLY_UNKNOWN_METHOD:
        return ERR_UNKNOWN_METHOD;
    case TALLY_BAD_RULE:
        return ERR_SEATS;
    case TALLY_TOO_MANY:
    case TALLY_OVERFLOW:
        return ERR_TOO_MANY;
    case TALLY_BAD_BALLOT:
    case TALLY_BAD_FILE:
    case TALLY_UNKNOWN_SETTING:
    case TALLY_BAD_VALUE:
    case TALLY_WRONG_FORM:
        return ERR_DAMAGED; /* the fold lets no such ballot in */
    }
    return ERR_INTERNAL;
}

static enum tally_status add_marks(
    struct tally_profile *profile, const struct kept_mark *kept, size_t mark_count,
    int64_t ballots)
{
    struct tally_mark marks[OPTIONS_MAX];
    size_t count = mark_count < OPTIONS_MAX ? mark_count : OPTIONS_MAX;
    for (size_t i = 0; i < count; i++) {
        marks[i] = (struct tally_mark){.option = kept[i].option, .place = kept[i].value};
    }
    return tally_profile_add(profile, marks, count, ballots);
}

/* What goes into a count: those of the first `count` ballots that `counts` names, each
 * for what its share weighs. */
struct chosen {
    const bool *counts;
    size_t count;
    bool paper;                      /* … and the paper */
    int64_t weights[1 + SHARES_MAX]; /* by share; 0: not counted */
};

static enum tally_status add_ballot(
    struct tally_profile *profile, const struct poll *poll,
    const struct kept_ballot *kept, int64_t weight)
{
    const struct kept_mark *marks =
        kept->mark_count > 0 ? &poll->marks[kept->marks_at] : NULL;
    return add_marks(profile, marks, kept->mark_count, weight);
}

static enum tally_status add_paper(
    struct tally_profile *profile, const struct poll *poll, const struct chosen *chosen)
{
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < poll->batch_count; i++) {
        const struct paper_batch *batch = poll->batches[i];
        int64_t weight = batch_counts(batch) ? chosen->weights[batch->share] : 0;
        size_t piles = weight > 0 ? batch->pile_count : 0;
        for (size_t k = 0; k < piles && status == TALLY_OK; k++) {
            const struct kept_pile *pile = &batch->piles[k];
            status = add_marks(
                profile, &batch->marks[pile->marks_at], pile->mark_count,
                pile->count * weight);
        }
    }
    return status;
}

static enum tally_status
new_profile(const struct poll *poll, struct tally_profile **ret_profile)
{
    size_t points_max = spec_points_max(&poll->spec);
    return points_max > 0
               ? tally_profile_new_scored(option_count(poll), points_max, ret_profile)
               : tally_profile_new(option_count(poll), ret_profile);
}

static enum tally_status make_profile(
    const struct poll *poll, const struct chosen *chosen,
    struct tally_profile **ret_profile)
{
    struct tally_profile *profile = NULL;
    enum tally_status status = new_profile(poll, &profile);
    for (size_t i = 0; i < chosen->count && status == TALLY_OK; i++) {
        const struct kept_ballot *ballot = &poll->ballots[i];
        int64_t weight = chosen->counts[i] ? chosen->weights[ballot->share] : 0;
        if (weight > 0) {
            status = add_ballot(profile, poll, ballot, weight);
        }
    }
    if (chosen->paper && status == TALLY_OK) {
        status = add_paper(profile, poll, chosen);
    }
    if (status != TALLY_OK) {
        tally_profile_free(profile);
        return status;
    }
    *ret_profile = profile;
    return TALLY_OK;
}

bool count_is_by_batches(const char *method)
{
    return strcmp(method, "irv") == 0;
}

/* As many for as against is an answer of its own: no lot decides a yes/no poll. But for
 * batches all is as the method has it. */
static enum tally_status make_rule(
    const struct poll *poll, const uint16_t *tie_order, struct tally_rule **ret_rule)
{
    struct tally_rule *rule = NULL;
    enum tally_status status =
        tally_rule_new(tally_method_find(poll->spec.method), poll->spec.seats, &rule);
    if (status == TALLY_OK) {
        tally_rule_want_matrix(rule);
    }
    if (status == TALLY_OK && tie_order != NULL && poll->spec.form != BALLOT_YESNO) {
        status = tally_rule_tie_order(rule, tie_order, option_count(poll));
    }
    if (status == TALLY_OK && count_is_by_batches(poll->spec.method)) {
        status = tally_rule_set(rule, "batch-elimination", "true");
    }
    if (status != TALLY_OK) {
        tally_rule_free(rule);
        return status;
    }
    *ret_rule = rule;
    return TALLY_OK;
}

static enum err count_some(
    const struct poll *poll, const struct chosen *chosen, const uint16_t *tie_order,
    struct tally_result **ret_result)
{
    struct tally_profile *profile = NULL;
    enum tally_status status = make_profile(poll, chosen, &profile);
    if (status != TALLY_OK) {
        return err_of(status);
    }
    struct tally_rule *rule = NULL;
    status = make_rule(poll, tie_order, &rule);
    if (status == TALLY_OK) {
        status = tally_count(profile, rule, ret_result);
    }
    tally_rule_free(rule);
    tally_profile_free(profile);
    return err_of(status);
}

static enum err count_all(
    const struct poll *poll, const int64_t *weights, const uint16_t *tie_order,
    struct tally_result **ret_result)
{
    bool *counts = calloc(poll->ballot_count + 1, sizeof *counts);
    if (counts == NULL) {
        return ERR_NOMEM;
    }
    for (size_t i = 0; i < poll->ballot_count; i++) {
        counts[i] = poll->ballots[i].counts;
    }
    struct chosen all = {counts, poll->ballot_count, .paper = true};
    memcpy(all.weights, weights, sizeof all.weights);
    enum err err = count_some(poll, &all, tie_order, ret_result);
    free(counts);
    return err;
}

enum err poll_count(
    const struct poll *poll, const uint16_t *tie_order, struct tally_result **ret_result)
{
    int64_t weights[1 + SHARES_MAX] = {1};
    if (poll->spec.shares.count > 0) {
        poll_weigh(poll, weights + 1);
    }
    return count_all(poll, weights, tie_order, ret_result);
}

enum err poll_count_shares(
    const struct poll *poll, const uint16_t *tie_order, struct share_results *ret_results)
{
    enum err err = ERR_OK;
    *ret_results = (struct share_results){{NULL}};
    for (size_t i = 0; i < poll->spec.shares.count && err == ERR_OK; i++) {
        int64_t weights[1 + SHARES_MAX] = {0};
        weights[1 + i] = 1;
        if (poll_share_ballots(poll, i) > 0) {
            err = count_all(poll, weights, tie_order, &ret_results->of[i]);
        }
    }
    if (err != ERR_OK) {
        share_results_fini(ret_results);
    }
    return err;
}

void share_results_fini(struct share_results *results)
{
    for (size_t i = 0; i < SHARES_MAX; i++) {
        tally_result_free(results->of[i]);
        results->of[i] = NULL;
    }
}

static bool is_later(const struct kept_ballot *ballot, const struct kept_ballot *than)
{
    return ballot->epoch != than->epoch ? ballot->epoch > than->epoch
                                        : ballot->counter > than->counter;
}

/* As the fold did when the i-th ballot came: it counts, or the one of its slot that did
 * so before it does. */
static void count_arrival(const struct poll *poll, size_t i, bool *counts)
{
    const struct kept_ballot *ballot = &poll->ballots[i];
    size_t older = ballot->older;
    while (older != 0 && !counts[older - 1]) {
        older = poll->ballots[older - 1].older;
    }
    if (older == 0) {
        counts[i] = true;
    } else if (is_later(ballot, &poll->ballots[older - 1])) {
        counts[older - 1] = false;
        counts[i] = true;
    }
}

enum err poll_count_early(
    const struct poll *poll, int64_t voted, const uint16_t *tie_order,
    struct tally_result **ret_result)
{
    bool *counts = calloc(poll->ballot_count + 1, sizeof *counts);
    if (counts == NULL) {
        return ERR_NOMEM;
    }
    size_t count = 0;
    for (; count < poll->ballot_count && voted > 0; count++) {
        count_arrival(poll, count, counts);
        voted -= poll->ballots[count].older == 0 ? 1 : 0;
    }
    const struct chosen early = {counts, count, .paper = false, .weights = {1}};
    enum err err = count_some(poll, &early, tie_order, ret_result);
    free(counts);
    return err;
}
