/* A poll's rules for one ballot. */
#include "domain/ballot.h"

#include "domain/fold_internal.h"

#include <assert.h>

static const char *const form_names[BALLOT_FORM_COUNT] = {
    [BALLOT_RANKING] = "ranking", [BALLOT_APPROVAL] = "approval",
    [BALLOT_YESNO] = "yesno",     [BALLOT_SCORE] = "score",
    [BALLOT_DOTS] = "dots",
};

const char *ballot_form_name(enum ballot_form form)
{
    assert(form < BALLOT_FORM_COUNT);
    return form_names[form];
}

void cast_copy(struct cast *to, const struct cast *from)
{
    size_t head = offsetof(struct cast, ballot) + offsetof(struct ballot, marks);
    assert(from->ballot.mark_count <= OPTIONS_MAX);
    memcpy(to, from, head + from->ballot.mark_count * sizeof *from->ballot.marks);
}

static size_t option_count(const struct poll_spec *spec)
{
    return spec->form == BALLOT_YESNO ? 2 : spec->option_count;
}

static int64_t option_id(const struct poll_spec *spec, size_t index)
{
    return spec->form == BALLOT_YESNO ? (int64_t)index + OPTION_YES
                                      : spec->options[index];
}

/* Every mark is an option of the poll, and none is marked twice. */
static enum err read_options(
    const struct poll_spec *spec, const struct ballot *ballot,
    struct kept_mark *ret_marks)
{
    bool marked[OPTIONS_MAX] = {false};
    size_t options = option_count(spec);
    for (size_t i = 0; i < ballot->mark_count; i++) {
        size_t at = 0;
        while (at < options && option_id(spec, at) != ballot->marks[i].option) {
            at++;
        }
        if (at == options) {
            return ERR_UNKNOWN_OPTION;
        }
        if (marked[at]) {
            return ERR_DUPLICATE_OPTION;
        }
        marked[at] = true;
        ret_marks[i] =
            (struct kept_mark){.option = (uint16_t)at, .value = ballot->marks[i].value};
    }
    return ERR_OK;
}

static bool
stands_before(const struct poll_spec *spec, struct kept_mark a, struct kept_mark b)
{
    if (spec->form == BALLOT_RANKING && a.value != b.value) {
        return a.value < b.value;
    }
    return option_id(spec, a.option) < option_id(spec, b.option);
}

/* By insertion: phones send them in order, and there are at most OPTIONS_MAX. */
static void
sort_marks(const struct poll_spec *spec, struct kept_mark *marks, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct kept_mark mark = marks[i];
        size_t at = i;
        while (at > 0 && stands_before(spec, mark, marks[at - 1])) {
            marks[at] = marks[at - 1];
            at--;
        }
        marks[at] = mark;
    }
}

/* Places are 1, 2, 3 … without gaps. ranks_max bounds the places; where ties are allowed
 * there may be more marks than places. */
static enum err
check_ranking(const struct poll_spec *spec, const struct kept_mark *marks, size_t count)
{
    if (count == 0) {
        return ERR_OK;
    }
    if (marks[0].value != 1) {
        return ERR_BAD_VALUE;
    }
    bool tied = false;
    for (size_t i = 1; i < count; i++) {
        int step = marks[i].value - marks[i - 1].value;
        if (step > 1) {
            return ERR_BAD_VALUE;
        }
        tied = tied || step == 0;
    }
    if (tied && !spec->ties_allowed) {
        return ERR_TIES_NOT_ALLOWED;
    }
    return marks[count - 1].value <= spec->ranks_max ? ERR_OK : ERR_TOO_MANY_RANKS;
}

static enum err
check_crosses(const struct kept_mark *marks, size_t count, size_t count_max)
{
    for (size_t i = 0; i < count; i++) {
        if (marks[i].value != 1) {
            return ERR_BAD_VALUE;
        }
    }
    return count <= count_max ? ERR_OK : ERR_BAD_VALUE;
}

static enum err check_scores(const struct kept_mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (marks[i].value > SCORE_MAX) {
            return ERR_SCORE;
        }
    }
    return ERR_OK;
}

/* An option without dots has no mark: there is one way to say it. */
static enum err
check_dots(const struct poll_spec *spec, const struct kept_mark *marks, size_t count)
{
    int64_t dots = 0;
    for (size_t i = 0; i < count; i++) {
        if (marks[i].value == 0) {
            return ERR_BAD_VALUE;
        }
        dots += marks[i].value;
    }
    return dots <= spec->dots ? ERR_OK : ERR_TOO_MANY_DOTS;
}

enum err ballot_to_marks(
    const struct poll_spec *spec, const struct ballot *ballot,
    struct kept_mark ret_marks[OPTIONS_MAX])
{
    if (ballot->form != spec->form) {
        return ERR_WRONG_FORM;
    }
    if (ballot->mark_count > OPTIONS_MAX) {
        return ERR_BAD_VALUE;
    }
    enum err err = read_options(spec, ballot, ret_marks);
    if (err != ERR_OK) {
        return err;
    }
    sort_marks(spec, ret_marks, ballot->mark_count);
    switch (spec->form) {
    case BALLOT_RANKING:
        return check_ranking(spec, ret_marks, ballot->mark_count);
    case BALLOT_APPROVAL:
        return check_crosses(ret_marks, ballot->mark_count, OPTIONS_MAX);
    case BALLOT_YESNO:
        return check_crosses(ret_marks, ballot->mark_count, 1);
    case BALLOT_SCORE:
        return check_scores(ret_marks, ballot->mark_count);
    case BALLOT_DOTS:
        return check_dots(spec, ret_marks, ballot->mark_count);
    case BALLOT_FORM_COUNT:
        break;
    }
    return ERR_WRONG_FORM;
}
