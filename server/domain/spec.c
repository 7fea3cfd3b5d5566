/* What makes a poll's specification acceptable: checked when a draft is written and again
 * when it is opened. */
#include "domain/fold_internal.h"
#include "stimmwerk/tally.h"

#include <string.h>

/* A yes/no poll is counted as the plurality of yes and no; dots are added up. */
#define YESNO_METHOD "plurality"
#define DOTS_METHOD  "score"

static bool is_repeated(const struct poll_spec *spec, size_t i)
{
    size_t first = 0;
    while (spec->options[first] != spec->options[i]) {
        first++;
    }
    return first < i;
}

static enum err check_options(const struct event *event, const struct poll_spec *spec)
{
    for (size_t i = 0; i < spec->option_count; i++) {
        const struct idea *idea = event_idea(event, spec->options[i]);
        if (idea == NULL) {
            return ERR_UNKNOWN_IDEA;
        }
        if (idea->state != IDEA_PUBLISHED) {
            return ERR_WRONG_STATE;
        }
        if (is_repeated(spec, i)) {
            return ERR_DUPLICATE_OPTION;
        }
    }
    return ERR_OK;
}

/* A poll that is voted on must have a result: methods that may refuse to count, whatever
 * the ballots, are none for it. */
static const struct tally_method *find_method(const struct poll_spec *spec)
{
    if (memchr(spec->method, '\0', sizeof spec->method) == NULL) {
        return NULL;
    }
    const struct tally_method *method = tally_method_find(spec->method);
    return method == NULL || tally_method_may_refuse(method) ? NULL : method;
}

/* A method counts the ballots that it was made for. */
static enum err check_method(const struct poll_spec *spec)
{
    const struct tally_method *method = find_method(spec);
    if (method == NULL) {
        return ERR_UNKNOWN_METHOD;
    }
    if (spec->option_count > tally_method_options_max(method)) {
        return ERR_TOO_MANY;
    }
    bool fits = false;
    switch (spec->form) {
    case BALLOT_RANKING:
        fits = tally_method_form(method) == TALLY_RANKING;
        break;
    case BALLOT_APPROVAL:
        fits = tally_method_form(method) == TALLY_APPROVAL;
        break;
    case BALLOT_YESNO:
        fits = strcmp(spec->method, YESNO_METHOD) == 0;
        break;
    case BALLOT_SCORE:
        fits = tally_method_form(method) == TALLY_SCORE;
        break;
    case BALLOT_DOTS:
        fits = strcmp(spec->method, DOTS_METHOD) == 0;
        break;
    case BALLOT_FORM_COUNT:
        break;
    }
    return fits ? ERR_OK : ERR_METHOD_FORM;
}

static enum err check_counts(const struct poll_spec *spec)
{
    bool yesno = spec->form == BALLOT_YESNO;
    if (spec->option_count > (yesno ? 1 : OPTIONS_MAX)) {
        return ERR_TOO_MANY;
    }
    if (!yesno && spec->option_count < 2) {
        return ERR_TOO_FEW_OPTIONS;
    }
    if (spec->seats < 1 || spec->seats > (yesno ? 1 : spec->option_count)) {
        return ERR_SEATS;
    }
    bool ranks_fit = spec->ranks_max >= 1 && spec->ranks_max <= OPTIONS_MAX;
    bool dots_fit = spec->form == BALLOT_DOTS ? spec->dots >= 1 && spec->dots <= DOTS_MAX
                                              : spec->dots == 0;
    return dots_fit && (ranks_fit || spec->form != BALLOT_RANKING) ? ERR_OK
                                                                   : ERR_BAD_VALUE;
}

static bool is_repeated_share(const struct share_list *shares, size_t i)
{
    size_t first = 0;
    while (shares->of[first].group != shares->of[i].group) {
        first++;
    }
    return first < i;
}

/* Whoever may choose a group could choose to be its share: it takes a ticket. */
static enum err check_share(const struct event *event, const struct share *share)
{
    if (share->percent < 1 || share->percent > 100) {
        return ERR_BAD_SHARES;
    }
    if (share->group == 0) {
        return ERR_OK;
    }
    const struct label *label = event_label(event, share->group);
    if (label == NULL || label->kind != LABEL_GROUP) {
        return ERR_UNKNOWN_LABEL;
    }
    return label->ticket_only ? ERR_OK : ERR_SHARE_TICKETS;
}

/* Live results move in steps of so many ballots, which a small share never takes. */
static enum err check_shares(const struct event *event, const struct poll_spec *spec)
{
    const struct share_list *shares = &spec->shares;
    int percent = 0;
    if (shares->count > SHARES_MAX || (shares->count > 0 && spec->live)) {
        return ERR_BAD_SHARES;
    }
    for (size_t i = 0; i < shares->count; i++) {
        enum err err = check_share(event, &shares->of[i]);
        if (err != ERR_OK || is_repeated_share(shares, i)) {
            return err != ERR_OK ? err : ERR_BAD_SHARES;
        }
        percent += shares->of[i].percent;
    }
    return shares->count == 0 || percent == 100 ? ERR_OK : ERR_BAD_SHARES;
}

bool share_fits(const struct poll_spec *spec, uint16_t share)
{
    return spec->shares.count == 0 ? share == 0
                                   : share >= 1 && share <= spec->shares.count;
}

enum err spec_check(const struct event *event, const struct poll_spec *spec)
{
    if (uid_is_zero(&spec->question.id)) {
        return ERR_TEXT_EMPTY;
    }
    if (spec->form >= BALLOT_FORM_COUNT || spec->publication >= PUBLICATION_COUNT) {
        return ERR_BAD_VALUE;
    }
    bool ties_fit = !spec->ties_allowed || spec->form == BALLOT_RANKING;
    bool live_fits = !spec->live || spec->publication == PUBLISH_BALLOTS;
    bool own_fits = !spec->no_own || spec->form != BALLOT_YESNO;
    if (!ties_fit || !live_fits || !own_fits) {
        return ERR_BAD_VALUE;
    }
    enum err err = check_counts(spec);
    if (err != ERR_OK) {
        return err;
    }
    err = check_options(event, spec);
    if (err == ERR_OK) {
        err = check_shares(event, spec);
    }
    return err != ERR_OK ? err : check_method(spec);
}
