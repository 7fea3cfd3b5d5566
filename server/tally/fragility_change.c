/* Ballots changed in favour of one option and against another. */
#include "tally/fragility.h"

#include "tally/grow.h"
#include "tally/lists.h"
#include "tally/way.h"

struct changing {
    const struct tally_mark *marks;
    size_t count;
    int64_t weight;
    size_t row;
    size_t above; /* options above the rival */
    /* The winner above the rival: 2, level with it: 1, below: 0; 3, where ballots go from
     * one option to the next: this one was the winner's in the last round. */
    int stands;
};

enum tally_status changes_init(struct changes *changes, const struct question *question)
{
    const struct tally_profile *profile = question->profile;
    size_t longest = 0;
    for (size_t i = 0; i < profile->row_count; i++) {
        longest = profile->rows[i].count > longest ? profile->rows[i].count : longest;
    }
    *changes = (struct changes){.question = question, .profile = profile};
    changes->list = zeroed(profile->row_count, sizeof *changes->list);
    changes->left = zeroed(profile->row_count, sizeof *changes->left);
    changes->marks = zeroed(longest + 1, sizeof *changes->marks);
    bool all = changes->list != NULL && changes->left != NULL && changes->marks != NULL;
    return all ? TALLY_OK : TALLY_NO_MEMORY;
}

void changes_fini(struct changes *changes)
{
    free(changes->list);
    free(changes->left);
    free(changes->marks);
}

/* An option's best place; below all places if it has none. */
static size_t place_of(const struct tally_mark *marks, size_t count, size_t option)
{
    for (size_t i = 0; i < count; i++) {
        if (marks[i].option == option) {
            return marks[i].place;
        }
    }
    return SIZE_MAX;
}

/* Does the ballot count for the winner in the last round? */
static bool is_winners(const struct changes *changes, const struct changing *changing)
{
    const struct tally_result *result = changes->question->result;
    uint16_t list[TALLY_OPTIONS_MAX];
    enum ending ending = ENDING_CHOICES;
    if (result->method->follow != follow_list) {
        return false;
    }
    const int64_t *votes = result->rounds[result->round_count - 1].votes;
    size_t count = lists_read(
        changes->question->rule, changing->marks, changing->count, list, &ending);
    size_t at = 0;
    while (at < count && votes[list[at]] < 0) {
        at++;
    }
    return at < count && list[at] == changes->winner;
}

static struct changing look_at(const struct changes *changes, size_t row)
{
    const struct ballot_row *of = changes->profile->rows + row;
    struct changing changing = {
        .marks = profile_marks(changes->profile, of),
        .count = of->count,
        .weight = of->weight,
        .row = row};
    size_t winner = place_of(changing.marks, changing.count, changes->winner);
    size_t rival = place_of(changing.marks, changing.count, changes->rival);
    changing.stands = winner < rival ? 2 : winner == rival;
    if (winner < rival && is_winners(changes, &changing)) {
        changing.stands = 3;
    }
    while (changing.above < changing.count &&
           changing.marks[changing.above].place < rival) {
        changing.above++;
    }
    return changing;
}

static int by_marks(const struct changing *x, const struct changing *y)
{
    for (size_t i = 0; i < x->count && i < y->count; i++) {
        const struct tally_mark *a = x->marks + i;
        const struct tally_mark *b = y->marks + i;
        if (a->place != b->place) {
            return a->place < b->place ? -1 : 1;
        }
        if (a->option != b->option) {
            return a->option < b->option ? -1 : 1;
        }
    }
    return x->count < y->count ? -1 : x->count > y->count;
}

/* The last step keeps the order of arrival out of it. */
static int by_promise(const void *a, const void *b)
{
    const struct changing *x = a;
    const struct changing *y = b;
    if (x->stands != y->stands) {
        return x->stands > y->stands ? -1 : 1;
    }
    if (x->above != y->above) {
        return x->above > y->above ? -1 : 1;
    }
    return by_marks(x, y);
}

void changes_list(
    struct changes *changes, size_t winner, size_t rival, enum change change)
{
    changes->winner = winner;
    changes->rival = rival;
    changes->change = change;
    changes->count = 0;
    changes->ballots = 0;
    for (size_t i = 0; i < changes->profile->row_count; i++) {
        struct changing changing = look_at(changes, i);
        bool counts = changing.stands >= 2 || change == CHANGE_CROWN;
        if (counts) {
            changes->list[changes->count++] = changing;
            changes->ballots += changing.weight;
        }
    }
    qsort(changes->list, changes->count, sizeof *changes->list, by_promise);
}

/* A mark of the profile as tally_profile_add takes it. */
static struct tally_mark as_cast(const struct changes *changes, struct tally_mark mark)
{
    size_t score_max = changes->profile->score_max;
    if (score_max > 0) {
        mark.place = (uint16_t)(1 + score_max - mark.place);
    }
    return mark;
}

static size_t swap_marks(const struct changes *changes, const struct changing *changing)
{
    for (size_t i = 0; i < changing->count; i++) {
        struct tally_mark mark = as_cast(changes, changing->marks[i]);
        if (mark.option == changes->winner) {
            mark.option = (uint16_t)changes->rival;
        } else if (mark.option == changes->rival) {
            mark.option = (uint16_t)changes->winner;
        }
        changes->marks[i] = mark;
    }
    return changing->count;
}

/* The place, or score, that the others' groups get below the crowned: ranks from 2 on,
 * scores as they are, but none the highest. */
static uint16_t place_below(
    const struct changes *changes, const struct changing *changing, size_t i,
    uint16_t before)
{
    size_t score_max = changes->profile->score_max;
    if (score_max > 0) {
        uint16_t score = as_cast(changes, changing->marks[i]).place;
        return score == score_max ? (uint16_t)(score - 1) : score;
    }
    bool next = i == 0 || changing->marks[i].place != changing->marks[i - 1].place;
    return (uint16_t)(before + (next && before < UINT16_MAX));
}

static size_t crown_marks(const struct changes *changes, const struct changing *changing)
{
    size_t score_max = changes->profile->score_max;
    uint16_t place = score_max > 0 ? (uint16_t)score_max : 1;
    size_t count = 0;
    changes->marks[count++] =
        (struct tally_mark){.option = (uint16_t)changes->rival, .place = place};
    for (size_t i = 0; i < changing->count; i++) {
        uint16_t option = changing->marks[i].option;
        place = place_below(changes, changing, i, place);
        if (option != changes->winner && option != changes->rival) {
            changes->marks[count++] =
                (struct tally_mark){.option = option, .place = place};
        }
    }
    return count;
}

static enum tally_status add_changed(
    const struct changes *changes, const struct changing *changing, int64_t weight,
    struct tally_profile *profile)
{
    size_t count = changes->change == CHANGE_SWAP ? swap_marks(changes, changing)
                                                  : crown_marks(changes, changing);
    return tally_profile_add(profile, changes->marks, count, weight);
}

/* As many of a row as were not changed, as they are. */
static enum tally_status add_kept(
    const struct changes *changes, size_t row, int64_t weight,
    struct tally_profile *profile)
{
    const struct ballot_row *of = changes->profile->rows + row;
    const struct tally_mark *marks = profile_marks(changes->profile, of);
    for (size_t i = 0; i < of->count; i++) {
        changes->marks[i] = as_cast(changes, marks[i]);
    }
    return tally_profile_add(profile, changes->marks, of->count, weight);
}

/* changes->left: the ballots of each row that stay as they are. */
static void keep_all(const struct changes *changes)
{
    for (size_t i = 0; i < changes->profile->row_count; i++) {
        changes->left[i] = changes->profile->rows[i].weight;
    }
}

static enum tally_status
add_all(const struct changes *changes, int64_t ballots, struct tally_profile *profile)
{
    enum tally_status status = TALLY_OK;
    keep_all(changes);
    for (size_t i = 0; ballots > 0 && status == TALLY_OK; i++) {
        const struct changing *changing = changes->list + i;
        int64_t weight = changing->weight < ballots ? changing->weight : ballots;
        status = add_changed(changes, changing, weight, profile);
        changes->left[changing->row] -= weight;
        ballots -= weight;
    }
    for (size_t i = 0; i < changes->profile->row_count && status == TALLY_OK; i++) {
        if (changes->left[i] > 0) {
            status = add_kept(changes, i, changes->left[i], profile);
        }
    }
    return status;
}

enum tally_status changes_make(
    const struct changes *changes, int64_t ballots, struct tally_profile **ret_profile)
{
    expect(ballots <= changes->ballots);
    const struct tally_profile *of = changes->profile;
    struct tally_profile *profile = NULL;
    enum tally_status status = profile_like(of, &profile);
    if (status != TALLY_OK) {
        return status;
    }
    status = add_all(changes, ballots, profile);
    if (status != TALLY_OK) {
        tally_profile_free(profile);
        return status;
    }
    *ret_profile = profile;
    return TALLY_OK;
}
