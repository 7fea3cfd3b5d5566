#include "export/scope.h"

#include "domain/publish.h"

bool scope_has_poll(const struct poll *poll)
{
    return !poll->dropped && poll->state != POLL_DRAFT;
}

static bool is_over(const struct poll *poll)
{
    return poll->state == POLL_CLOSED || poll->state == POLL_SEALED;
}

bool scope_shows_result(const struct scope *scope, const struct poll *poll)
{
    bool may = scope->options->auditor ? is_over(poll) : poll->published;
    return scope_has_poll(poll) && may && !poll->annulled;
}

enum publication scope_result_level(const struct scope *scope, const struct poll *poll)
{
    return scope->options->auditor ? PUBLISH_BALLOTS : publish_poll_level(poll);
}

/* An auditor sees the ballots of annulled polls too. */
bool scope_shows_ballots(const struct scope *scope, const struct poll *poll)
{
    if (scope->options->auditor) {
        return scope_has_poll(poll) && is_over(poll);
    }
    return scope_shows_result(scope, poll) &&
           scope_result_level(scope, poll) == PUBLISH_BALLOTS;
}

bool scope_shows_blank(const struct scope *scope, const struct poll *poll)
{
    return scope_shows_ballots(scope, poll) ||
           (scope_shows_result(scope, poll) &&
            scope_result_level(scope, poll) >= PUBLISH_STATISTICS);
}

struct export_text
scope_text(const struct scope *scope, const struct content_ref *content)
{
    struct export_text text = {0};
    if (uid_is_zero(&content->id) ||
        !scope->texts->find(scope->texts->ctx, &content->id, &text)) {
        text = (struct export_text){0};
    }
    return (struct export_text){
        .title = text.title != NULL ? text.title : "",
        .text = text.text != NULL ? text.text : "",
        .lang = text.lang != NULL ? text.lang : "",
    };
}

const char *scope_label(const struct scope *scope, int64_t label)
{
    const struct label *found = event_label(scope->event, label);
    return found != NULL ? scope_text(scope, &found->name).title : "";
}

int64_t scope_joined(const struct scope *scope, const struct poll *poll)
{
    bool known = is_over(poll) || poll->spec.no_late;
    return known ? poll->people : scope->event->people;
}

/* As libtally has it: who gives every score a 0 says no more than who gives none. */
static bool is_blank(const struct kept_mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (marks[i].value != 0) {
            return false;
        }
    }
    return true;
}

static int64_t batch_blank(const struct paper_batch *batch)
{
    int64_t blank = 0;
    for (size_t i = 0; i < batch->pile_count; i++) {
        const struct kept_pile *pile = &batch->piles[i];
        bool is = is_blank(&batch->marks[pile->marks_at], pile->mark_count);
        blank += is ? pile->count : 0;
    }
    return blank;
}

int64_t poll_blank(const struct poll *poll)
{
    int64_t blank = 0;
    for (size_t i = 0; i < poll->ballot_count; i++) {
        const struct kept_ballot *ballot = &poll->ballots[i];
        bool is = ballot->mark_count == 0 ||
                  is_blank(&poll->marks[ballot->marks_at], ballot->mark_count);
        blank += ballot->counts && is ? 1 : 0;
    }
    for (size_t i = 0; i < poll->batch_count; i++) {
        blank += batch_counts(poll->batches[i]) ? batch_blank(poll->batches[i]) : 0;
    }
    return blank;
}

const uint16_t *scope_order(const struct scope *scope, const struct poll *poll)
{
    return scope->orders != NULL ? scope->orders[poll->id - 1] : NULL;
}
