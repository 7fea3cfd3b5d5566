/* Fragility of methods that elect by totals of what each ballot gives.
 *
 * The winners change, or a tie is made, exactly if some loser reaches some winner's
 * total. For one such pair only their gap matters, and of each changed ballot only by how
 * much it narrows it: from what it gives the winner more than the loser now, to the most
 * that a ballot can give the loser more than the winner. So those ballots are changed
 * first that narrow it most; the least number over all pairs is exact. Enough ballots
 * are always there: if all were changed the loser would be ahead. */
#include "tally/fragility.h"

#include "tally/grow.h"
#include "tally/score.h"

/* What a ballot gives an option, in the units of the result's scores. */
typedef int64_t value_fn(
    const struct tally_profile *profile, const struct ballot_row *row, size_t option);

struct totals {
    const struct question *question;
    const struct tally_profile *ballots; /* as the method reads them */
    value_fn *value;
    int64_t widest; /* the most that one ballot can give an option more than another */
    int64_t *narrowing; /* [d]: ballots that, changed, narrow the gap by d */
};

/* The mark of an option; NULL: it has none. */
static const struct tally_mark *
mark_of(const struct tally_profile *profile, const struct ballot_row *row, size_t option)
{
    const struct tally_mark *marks = profile_marks(profile, row);
    for (size_t i = 0; i < row->count; i++) {
        if (marks[i].option == option) {
            return marks + i;
        }
    }
    return NULL;
}

static int64_t approval_value(
    const struct tally_profile *profile, const struct ballot_row *row, size_t option)
{
    return mark_of(profile, row, option) != NULL;
}

static int64_t plurality_value(
    const struct tally_profile *profile, const struct ballot_row *row, size_t option)
{
    return plurality_first(profile_marks(profile, row), row->count) == option;
}

static int64_t score_value(
    const struct tally_profile *profile, const struct ballot_row *row, size_t option)
{
    const struct tally_mark *mark = mark_of(profile, row, option);
    return mark != NULL ? (int64_t)profile->score_max + 1 - mark->place : 0;
}

static int64_t borda_value(
    const struct tally_profile *profile, const struct ballot_row *row, size_t option)
{
    const struct tally_mark *marks = profile_marks(profile, row);
    const struct tally_mark *mark = mark_of(profile, row, option);
    size_t above = row->count;
    size_t level = profile->options - row->count;
    if (mark != NULL) {
        above = 0;
        level = 0;
        for (size_t i = 0; i < row->count; i++) {
            above += marks[i].place < mark->place;
            level += marks[i].place == mark->place;
        }
    }
    return (int64_t)borda_share(profile->options, above, level);
}

/* How many changed ballots close a gap: those first that narrow it most. */
static int64_t close_gap(struct totals *totals, size_t winner, size_t loser, int64_t gap)
{
    int64_t most = 2 * totals->widest;
    int64_t ballots = 0;
    for (int64_t d = 0; d <= most; d++) {
        totals->narrowing[d] = 0;
    }
    for (size_t i = 0; i < totals->ballots->row_count; i++) {
        const struct ballot_row *row = totals->ballots->rows + i;
        int64_t now = totals->value(totals->ballots, row, winner) -
                      totals->value(totals->ballots, row, loser);
        totals->narrowing[now + totals->widest] += row->weight;
    }
    for (int64_t d = most; d > 0 && gap > 0; d--) {
        int64_t needed = (gap + d - 1) / d;
        int64_t there = totals->narrowing[d];
        int64_t changed = needed < there ? needed : there;
        ballots += changed;
        gap -= changed * d;
    }
    expect(gap <= 0); /* all ballots together can close it */
    return ballots;
}

/* Is this rival, with as few ballots, rather to be named? */
static bool
is_nearer(const struct totals *totals, size_t rival, const struct tally_fragility *answer)
{
    const int64_t *scores = totals->question->result->scores;
    if (scores[rival] != scores[answer->rival]) {
        return scores[rival] > scores[answer->rival];
    }
    return question_favours(totals->question, rival, answer->rival);
}

static void try_pair(
    struct totals *totals, size_t winner, size_t loser, struct tally_fragility *answer)
{
    const int64_t *scores = totals->question->result->scores;
    int64_t gap = scores[winner] - scores[loser];
    int64_t most = 2 * totals->widest;
    if (answer->known && (gap + most - 1) / most > answer->ballots) {
        return;
    }
    int64_t ballots = close_gap(totals, winner, loser, gap);
    if (!answer->known || ballots < answer->ballots ||
        (ballots == answer->ballots && is_nearer(totals, loser, answer))) {
        *answer = (struct tally_fragility){
            .ballots = ballots, .known = true, .exact = true, .rival = (uint16_t)loser};
    }
}

/* The closest pairs first: the last winner, and the losers as they come in the order,
 * where the winners are the first. */
static void try_pairs(struct totals *totals, struct tally_fragility *answer)
{
    const struct tally_result *result = totals->question->result;
    for (size_t w = result->seats; w > 0; w--) {
        for (size_t l = result->seats; l < result->options; l++) {
            try_pair(totals, result->order[w - 1], result->order[l], answer);
        }
    }
}

static enum tally_status by_totals(
    const struct question *question, value_fn *value, int64_t widest,
    struct tally_fragility *answer)
{
    struct totals totals = {.question = question, .value = value, .widest = widest};
    struct tally_profile *plain = NULL;
    totals.narrowing = zeroed(2 * (size_t)widest + 1, sizeof *totals.narrowing);
    enum tally_status status = totals.narrowing != NULL ? TALLY_OK : TALLY_NO_MEMORY;
    if (status == TALLY_OK && question->profile->raw && !question->result->method->raw) {
        status = profile_plain(question->profile, &plain);
    }
    if (status == TALLY_OK) {
        totals.ballots = plain != NULL ? plain : question->profile;
        try_pairs(&totals, answer);
    }
    tally_profile_free(plain);
    free(totals.narrowing);
    return status;
}

enum tally_status
fragility_plurality(const struct question *question, struct tally_fragility *answer)
{
    return by_totals(question, plurality_value, 1, answer);
}

enum tally_status
fragility_approval(const struct question *question, struct tally_fragility *answer)
{
    return by_totals(question, approval_value, 1, answer);
}

enum tally_status
fragility_score(const struct question *question, struct tally_fragility *answer)
{
    expect(question->result->score_unit == 1);
    return by_totals(
        question, score_value, (int64_t)question->profile->score_max, answer);
}

/* The loser alone on top and the winner alone at the end are 2 × (options − 1) halves
 * apart. On ballots of scores 0 and 1 only two groups are to be had, always as many
 * halves apart as there are options. */
enum tally_status
fragility_borda(const struct question *question, struct tally_fragility *answer)
{
    int64_t options = (int64_t)question->result->options;
    int64_t widest = question->profile->score_max == 1 ? options : 2 * (options - 1);
    return by_totals(question, borda_value, widest, answer);
}
