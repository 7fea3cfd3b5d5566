#include "domain/publish.h"

#include "domain/shares.h"

/* How many marks one ballot may hold: what makes unusual ballots recognisable. Ties and
 * approvals have no bound but the options, nor have scores. */
static int64_t marks_max(const struct poll_spec *spec)
{
    switch (spec->form) {
    case BALLOT_RANKING:
        return spec->ties_allowed || spec->ranks_max > spec->option_count
                   ? spec->option_count
                   : spec->ranks_max;
    case BALLOT_APPROVAL:
    case BALLOT_SCORE:
        return spec->option_count;
    case BALLOT_DOTS:
        return spec->dots < spec->option_count ? spec->dots : spec->option_count;
    case BALLOT_YESNO:
    case BALLOT_FORM_COUNT:
        break;
    }
    return 1;
}

/* Five options can be ranked in 326 ways, but scored in 16,807: nearly every ballot of a
 * hall would be one of its kind. Where nobody marks their own, what a ballot lacks tells
 * whose it is. */
static bool may_show_ballots(const struct poll_spec *spec)
{
    bool points = spec->form == BALLOT_SCORE || spec->form == BALLOT_DOTS;
    if (spec->no_own) {
        return false;
    }
    return marks_max(spec) <= PUBLISH_BALLOTS_RANKS_MAX ||
           (!points && spec->option_count <= PUBLISH_BALLOTS_OPTIONS_MAX);
}

enum publication publish_level(const struct poll_spec *spec, int64_t ballots)
{
    enum publication floor = PUBLISH_STATISTICS;
    if (ballots < PUBLISH_STATISTICS_MIN) {
        floor = PUBLISH_ORDER;
    } else if (ballots >= PUBLISH_BALLOTS_MIN && may_show_ballots(spec)) {
        floor = PUBLISH_BALLOTS;
    }
    return spec->publication < floor ? spec->publication : floor;
}

int64_t publish_count(const struct poll *poll)
{
    return poll->voted + poll->paper;
}

/* Of the smallest share that anybody voted in: its members must not be told apart. */
static int64_t smallest_group(const struct poll *poll)
{
    int64_t smallest = publish_count(poll);
    for (size_t i = 0; i < poll->spec.shares.count; i++) {
        int64_t ballots = poll_share_ballots(poll, i);
        smallest = ballots > 0 && ballots < smallest ? ballots : smallest;
    }
    return smallest;
}

static bool are_few(int64_t ballots)
{
    return ballots > 0 && ballots < PUBLISH_STATISTICS_MIN;
}

static bool is_exposed(int64_t voted, int64_t paper)
{
    return are_few(paper < voted ? paper : voted);
}

/* What one ballot decided would be the common result less what the others did. */
bool publish_share_shown(const struct poll *poll, size_t i)
{
    bool all = true;
    for (size_t k = 0; k < poll->spec.shares.count; k++) {
        int64_t ballots = poll_share_ballots(poll, k);
        all = all && (ballots == 0 || ballots >= PUBLISH_SHARE_MIN);
    }
    return all && poll_share_ballots(poll, i) >= PUBLISH_SHARE_MIN;
}

int64_t publish_paper_since(const struct poll *poll)
{
    int64_t ballots = 0;
    for (size_t i = 0; poll->paper_shown && i < poll->batch_count; i++) {
        const struct paper_batch *batch = poll->batches[i];
        ballots += batch_counts(batch) != batch->shown ? batch->ballots : 0;
    }
    return ballots;
}

/* Ballots that the last step of the live result did not hold; 0 where there was none. */
static int64_t since_live(const struct poll *poll)
{
    int64_t step = publish_live_step(&poll->spec, poll->voted);
    return step > 0 && poll->paper > 0 ? poll->voted - step + poll->paper : 0;
}

enum publication publish_poll_level(const struct poll *poll)
{
    if (are_few(publish_paper_since(poll)) || are_few(since_live(poll))) {
        return PUBLISH_ORDER;
    }
    enum publication level = publish_level(&poll->spec, smallest_group(poll));
    bool exposed = is_exposed(poll->voted, poll->paper);
    for (size_t i = 0; i < poll->spec.shares.count; i++) {
        exposed = exposed || is_exposed(poll->voted_of[i], poll->paper_of[i]);
    }
    return exposed && level == PUBLISH_BALLOTS ? PUBLISH_STATISTICS : level;
}

int64_t publish_live_step(const struct poll_spec *spec, int64_t voted)
{
    if (!spec->live || voted < LIVE_RESULT_FIRST ||
        publish_level(spec, voted) != PUBLISH_BALLOTS) {
        return 0;
    }
    return voted - (voted - LIVE_RESULT_FIRST) % LIVE_RESULT_STEP;
}

bool publish_result_public(const struct poll *poll)
{
    if (poll->annulled) {
        return false;
    }
    bool live =
        poll->state == POLL_OPEN && publish_live_step(&poll->spec, poll->voted) > 0;
    return poll->published || live;
}

bool publish_result_desk(const struct poll *poll)
{
    if (poll->annulled) {
        return false;
    }
    return poll->state == POLL_CLOSED || poll->state == POLL_SEALED ||
           publish_result_public(poll);
}

bool publish_ballots_public(const struct poll *poll)
{
    return poll->state == POLL_SEALED && publish_result_public(poll) &&
           publish_poll_level(poll) == PUBLISH_BALLOTS;
}
