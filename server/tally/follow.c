/* Where did my ballot count? One function a kind of method; the table of methods says
 * which. */
#include "tally/grow.h"
#include "tally/lists.h"
#include "tally/score.h"
#include "tally/way.h"

#include <string.h>

/* Where the marks end that stand level with marks[i]. */
static size_t level_end(const struct follow *follow, size_t i)
{
    size_t end = i + 1;
    while (end < follow->plain_count &&
           follow->plain[end].place == follow->plain[i].place) {
        end++;
    }
    return end;
}

enum tally_status follow_approval(struct follow *follow)
{
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < follow->plain_count && status == TALLY_OK; i++) {
        status = follow_part(follow, follow->plain[i].option, 1, 1);
    }
    return status == TALLY_OK ? follow_end_round(follow) : status;
}

enum tally_status follow_plurality(struct follow *follow)
{
    enum tally_status status = TALLY_OK;
    uint16_t first = plurality_first(follow->marks, follow->count);
    if (first != TALLY_UNNAMED) {
        status = follow_part(follow, first, 1, 1);
    }
    return status == TALLY_OK ? follow_end_round(follow) : status;
}

enum tally_status follow_score(struct follow *follow)
{
    int64_t best = (int64_t)follow->profile->score_max + 1;
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < follow->plain_count && status == TALLY_OK; i++) {
        const struct tally_mark *mark = follow->plain + i;
        status = follow_part(follow, mark->option, best - mark->place, 1);
    }
    return status == TALLY_OK ? follow_end_round(follow) : status;
}

static bool marks_option(const struct follow *follow, size_t option)
{
    for (size_t i = 0; i < follow->plain_count; i++) {
        if (follow->plain[i].option == option) {
            return true;
        }
    }
    return false;
}

/* Unranked options share what is left: they come last, and have their part as well. */
enum tally_status follow_borda(struct follow *follow)
{
    size_t n = follow->result->options;
    size_t count = follow->plain_count;
    enum tally_status status = TALLY_OK;
    for (size_t i = 0, end = 0; i < count; i = end) {
        end = level_end(follow, i);
        int64_t share = (int64_t)borda_share(n, i, end - i);
        for (size_t m = i; m < end && status == TALLY_OK; m++) {
            status = follow_part(follow, follow->plain[m].option, share, 2);
        }
    }
    for (size_t o = 0; o < n && count < n && status == TALLY_OK; o++) {
        if (!marks_option(follow, o)) {
            int64_t share = (int64_t)borda_share(n, count, n - count);
            status = follow_part(follow, o, share, 2);
        }
    }
    return status == TALLY_OK ? follow_end_round(follow) : status;
}

/* The ballot votes for an option in its duels with all who stand below. */
enum tally_status follow_duels(struct follow *follow)
{
    enum tally_status status = TALLY_OK;
    for (size_t i = 0, end = 0; i < follow->plain_count; i = end) {
        end = level_end(follow, i);
        int64_t below = (int64_t)(follow->result->options - end);
        for (size_t m = i; m < end && status == TALLY_OK; m++) {
            status = follow_part(follow, follow->plain[m].option, below, 1);
        }
    }
    return status == TALLY_OK ? follow_end_round(follow) : status;
}

/* In the r-th round for all whose place, skipped ranks closed up, is not beyond r. */
enum tally_status follow_bucklin(struct follow *follow)
{
    enum tally_status status = TALLY_OK;
    size_t counted = 0;
    for (size_t r = 0; r < follow->result->round_count && status == TALLY_OK; r++) {
        if (counted <= r && counted < follow->plain_count) {
            counted = level_end(follow, counted);
        }
        for (size_t i = 0; i < counted && status == TALLY_OK; i++) {
            status = follow_part(follow, follow->plain[i].option, 1, 1);
        }
        if (status == TALLY_OK) {
            status = follow_end_round(follow);
        }
    }
    return status;
}

enum tally_status follow_list(struct follow *follow)
{
    const struct tally_result *result = follow->result;
    uint16_t list[TALLY_OPTIONS_MAX];
    enum ending ending = ENDING_CHOICES;
    size_t count = lists_read(follow->rule, follow->marks, follow->count, list, &ending);
    enum tally_status status = TALLY_OK;
    for (size_t r = 0, at = 0; r < result->round_count && status == TALLY_OK; r++) {
        while (at < count && result->rounds[r].votes[list[at]] < 0) {
            at++;
        }
        if (at < count) {
            status = follow_part(follow, list[at], 1, 1);
        }
        if (status == TALLY_OK) {
            status = follow_end_round(follow);
        }
    }
    return status;
}

/* ---- the ballot ---- */

/* Does the profile hold the only ballot of `one`? */
static bool holds(const struct tally_profile *profile, const struct tally_profile *one)
{
    const struct ballot_row *wanted = one->rows;
    for (size_t i = 0; i < profile->row_count; i++) {
        const struct ballot_row *row = profile->rows + i;
        if (row->count == wanted->count &&
            (row->count == 0 || memcmp(
                                    profile_marks(profile, row), one->marks,
                                    row->count * sizeof *one->marks) == 0)) {
            return true;
        }
    }
    return false;
}

/* A profile of this ballot alone: brings its marks into order. */
static enum tally_status make_one(
    const struct tally_profile *profile, const struct tally_mark *marks,
    size_t mark_count, struct tally_profile **ret_one)
{
    struct tally_profile *one = NULL;
    enum tally_status status = profile_like(profile, &one);
    if (status != TALLY_OK) {
        return status;
    }
    status = tally_profile_add(one, marks, mark_count, 1);
    if (status == TALLY_OK && !holds(profile, one)) {
        status = TALLY_BAD_BALLOT;
    }
    if (status != TALLY_OK) {
        tally_profile_free(one);
        return status;
    }
    *ret_one = one;
    return TALLY_OK;
}

static enum tally_status follow_one(
    const struct tally_profile *one, const struct tally_profile *plain,
    struct follow *follow, struct tally_way **ret_way)
{
    struct tally_way *way = calloc(1, sizeof *way);
    if (way == NULL) {
        return TALLY_NO_MEMORY;
    }
    follow->marks = one->marks;
    follow->count = one->rows[0].count;
    follow->plain = plain->marks;
    follow->plain_count = plain->rows[0].count;
    follow->way = way;
    enum tally_status status = follow->result->method->follow(follow);
    if (status != TALLY_OK) {
        tally_way_free(way);
        return status;
    }
    *ret_way = way;
    return TALLY_OK;
}

enum tally_status tally_follow(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result, const struct tally_mark *marks, size_t mark_count,
    struct tally_way **ret_way)
{
    struct follow follow = {.rule = rule, .result = result, .profile = profile};
    struct tally_profile *one = NULL;
    struct tally_profile *plain = NULL;
    if (result->method->follow == NULL) {
        return TALLY_UNKNOWN_METHOD;
    }
    enum tally_status status = make_one(profile, marks, mark_count, &one);
    if (status == TALLY_OK && one->raw) {
        status = profile_plain(one, &plain);
    }
    if (status == TALLY_OK) {
        status = follow_one(one, plain != NULL ? plain : one, &follow, ret_way);
    }
    tally_profile_free(one);
    tally_profile_free(plain);
    return status;
}
