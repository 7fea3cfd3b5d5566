/* How few ballots, changed into any others, would have changed who wins or made it a tie?
 *
 * Exact is a number b if no b − 1 changed ballots can do it and some b can. A tie is
 * counted as a change: a lot might then settle it otherwise. */
#include "tally/fragility.h"

#include "tally/grow.h"

bool question_favours(const struct question *question, size_t rival, size_t other)
{
    const uint16_t *place = question->result->lot_place;
    return place != NULL ? place[rival] < place[other] : rival < other;
}

/* Who would win by another lot: somebody possible who did not win, else, the tie being
 * open, the last of those who may. */
static uint16_t tied_rival(const struct question *question)
{
    const struct option_list *possible = &question->result->possible;
    for (size_t i = 0; i < possible->count; i++) {
        if (!bits_has(question->winners, possible->items[i])) {
            return possible->items[i];
        }
    }
    return possible->items[possible->count - 1];
}

struct tally_fragility tally_result_fragility(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result)
{
    struct question question = {.profile = profile, .rule = rule, .result = result};
    struct tally_fragility answer = {0};
    for (size_t i = 0; i < result->winners.count; i++) {
        bits_add(question.winners, result->winners.items[i]);
    }
    if (result->state == TALLY_TIE_DECISIVE) {
        answer.known = true;
        answer.exact = true;
        answer.rival = tied_rival(&question);
        return answer;
    }
    bool all = result->winners.count == result->options;
    if (result->state == TALLY_NOT_SETTLED || all || result->method->fragility == NULL) {
        return answer;
    }
    (void)result->method->fragility(&question, &answer);
    return answer;
}

int64_t
fragility_beaten(const struct question *question, size_t winner, size_t *ret_rival)
{
    const struct tally_result *result = question->result;
    int64_t least = INT64_MAX;
    for (size_t o = 0; o < result->options; o++) {
        if (o == winner) {
            continue;
        }
        int64_t margin = result_pair(result, winner, o) - result_pair(result, o, winner);
        if (margin < least ||
            (margin == least && question_favours(question, o, *ret_rival))) {
            least = margin;
            *ret_rival = o;
        }
    }
    return least > 0 ? (least + 1) / 2 : 0;
}

/* One changed ballot takes at most 2 from a margin: 1 if it had both level, 2 if it had
 * the winner above. A margin m has at least m ballots of the latter kind, so half of m,
 * rounded up, changed to the rival above the winner bring it to 0 or below, and fewer do
 * not. With the least margin gone the winner is no Condorcet winner, and not alone in the
 * Smith set. */
enum tally_status
fragility_condorcet(const struct question *question, struct tally_fragility *answer)
{
    const struct option_list *winners = &question->result->winners;
    size_t rival = 0;
    if (winners->count != 1) {
        return TALLY_OK;
    }
    int64_t ballots = fragility_beaten(question, winners->items[0], &rival);
    *answer = (struct tally_fragility){
        .ballots = ballots, .known = true, .exact = true, .rival = (uint16_t)rival};
    return TALLY_OK;
}
