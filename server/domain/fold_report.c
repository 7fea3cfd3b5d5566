/* The stories of reports: somebody wants an idea to be looked at, and whoever is at the
 * desk finds it fine or hides it. Nothing is hidden by itself, and a report is no touch:
 * what a moderator did before it can still be undone. */
#include "domain/fold_internal.h"

#include "base/vec.h"

/* ---- idea.report ---- */

static bool is_reason(enum reason reason)
{
    return reason == REASON_OFFENSIVE || reason == REASON_PERSONAL_DATA ||
           reason == REASON_OFF_TOPIC || reason == REASON_OTHER;
}

static enum err check_report(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = event_idea(event, entry->as.idea_act.idea);
    const struct participant *person = event_participant(event, entry->actor);
    if (idea == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    if (idea->author == entry->actor) {
        return ERR_NOT_ALLOWED;
    }
    if (event_has_reported(event, person, idea->id)) {
        return ERR_REPORTED;
    }
    if (idea->state != IDEA_PUBLISHED) {
        return ERR_WRONG_STATE;
    }
    if (!is_reason(entry->as.idea_act.reason)) {
        return entry->as.idea_act.reason == REASON_NONE ? ERR_REASON_NEEDED
                                                        : ERR_BAD_VALUE;
    }
    bool room =
        person->report_count < REPORTS_OWN_MAX && event->report_count < REPORTS_MAX;
    return room ? ERR_OK : ERR_TOO_MANY;
}

static enum err
apply_report(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct participant *person = &event->participants[entry->actor - 1];
    struct idea *idea = &event->ideas[entry->as.idea_act.idea - 1];
    void *items = event->reports;
    enum err err = vec_reserve(
        &items, &event->report_capacity, event->report_count + 1, sizeof *event->reports,
        REPORTS_MAX);
    event->reports = items;
    if (err != ERR_OK) {
        return err;
    }
    event->reports[event->report_count++] =
        (struct report){.idea = idea->id, .older = person->newest_report};
    person->newest_report = (uint32_t)event->report_count;
    person->report_count++;
    idea->reports[entry->as.idea_act.reason]++;
    idea->reports_had++;
    idea->reported_pos = event->pos;
    return ERR_OK;
}

const struct story story_idea_report = {check_report, apply_report};

/* ---- idea.clear ---- */

void reports_settle(struct event *event, struct idea *idea)
{
    if (idea_report_count(idea) > 0) {
        memset(idea->reports, 0, sizeof idea->reports);
        idea->reported_pos = event->pos;
    }
}

static enum err check_clear(const struct event *event, const struct entry *entry)
{
    const struct idea *idea = event_idea(event, entry->as.idea_act.idea);
    if (idea == NULL) {
        return ERR_UNKNOWN_IDEA;
    }
    return idea_report_count(idea) > 0 ? ERR_OK : ERR_WRONG_STATE;
}

static enum err
apply_clear(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    reports_settle(event, &event->ideas[entry->as.idea_act.idea - 1]);
    return ERR_OK;
}

const struct story story_idea_clear = {check_clear, apply_clear};

/* ---- undoing ---- */

void reports_put_back(struct idea *idea, const struct idea *now, const struct act *act)
{
    bool settled = act->kind == ENTRY_IDEA_CLEAR || act->kind == ENTRY_IDEA_RELEASE;
    for (size_t i = 0; i < REASON_COUNT; i++) {
        uint32_t before = settled ? act->before.idea.reports[i] : 0;
        idea->reports[i] = now->reports[i] + before;
    }
    idea->reports_had = now->reports_had;
    idea->reported_pos = now->reported_pos;
}
