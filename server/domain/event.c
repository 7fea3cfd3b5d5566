#include "domain/event.h"

#include "domain/fold.h"

#include <assert.h>
#include <stdlib.h>

static const char *const idea_state_names[IDEA_STATE_COUNT] = {
    [IDEA_PENDING] = "pending", [IDEA_PUBLISHED] = "published",
    [IDEA_HIDDEN] = "hidden",   [IDEA_WITHDRAWN] = "withdrawn",
    [IDEA_MERGED] = "merged",
};

static const char *const poll_state_names[POLL_STATE_COUNT] = {
    [POLL_DRAFT] = "draft",
    [POLL_OPEN] = "open",
    [POLL_CLOSED] = "closed",
    [POLL_SEALED] = "sealed",
};

void event_init(struct event *event, int64_t id, const uint64_t map_seed[2])
{
    *event = (struct event){.id = id, .map_seed = {map_seed[0], map_seed[1]}};
    map_init(&event->command_index, map_seed);
    map_init(&event->picture_index, map_seed);
}

static void free_poll(struct poll *poll)
{
    free(poll->batches);
    map_fini(&poll->newest_by_slot);
    free(poll->ballots);
    free(poll->marks);
    free(poll->owners);
    free(poll);
}

void event_fini(struct event *event)
{
    for (size_t i = 0; i < event->poll_count; i++) {
        free_poll(event->polls[i]);
    }
    for (size_t i = 0; i < event->paper_count; i++) {
        free(event->papers[i]);
    }
    free(event->papers);
    map_fini(&event->command_index);
    free(event->commands);
    free(event->acts);
    free(event->polls);
    map_fini(&event->picture_index);
    free(event->pictures);
    free(event->follows);
    for (size_t i = 0; i < event->idea_count; i++) {
        free(event->ideas[i].support.people);
    }
    free(event->ideas);
    free(event->reports);
    free(event->labels);
    free(event->desk);
    free(event->tickets);
    free(event->batches);
    free(event->participants);
    free(event->nickname_counts);
    free(event->phase_starts);
    *event = (struct event){0};
}

static bool is_known(int64_t id, size_t count)
{
    return id >= 1 && (uint64_t)id <= count;
}

const struct participant *event_participant(const struct event *event, int64_t id)
{
    return is_known(id, event->participant_count) ? &event->participants[id - 1] : NULL;
}

const struct desk_place *event_desk(const struct event *event, int64_t person)
{
    for (size_t i = 0; i < event->desk_count; i++) {
        if (event->desk[i].person == person) {
            return &event->desk[i];
        }
    }
    return NULL;
}

const struct desk_place *
event_desk_by_link(const struct event *event, const struct hash *link)
{
    for (size_t i = 0; i < event->desk_count; i++) {
        if (memcmp(&event->desk[i].link, link, sizeof *link) == 0) {
            return &event->desk[i];
        }
    }
    return NULL;
}

const struct idea *event_idea(const struct event *event, int64_t id)
{
    return is_known(id, event->idea_count) ? &event->ideas[id - 1] : NULL;
}

const struct idea *event_idea_last(const struct event *event, const struct idea *idea)
{
    while (idea != NULL && idea->state == IDEA_MERGED) {
        idea = event_idea(event, idea->merged_into);
    }
    return idea;
}

bool event_has_reported(
    const struct event *event, const struct participant *person, int64_t idea)
{
    uint32_t at = person->newest_report;
    while (at != 0 && event->reports[at - 1].idea != idea) {
        at = event->reports[at - 1].older;
    }
    return at != 0;
}

uint32_t idea_report_count(const struct idea *idea)
{
    uint32_t count = 0;
    for (size_t i = 0; i < REASON_COUNT; i++) {
        count += idea->reports[i];
    }
    return count;
}

const struct idea_picture *event_picture(const struct event *event, uint32_t number)
{
    return is_known(number, event->picture_count) ? &event->pictures[number - 1] : NULL;
}

size_t event_phase_start(const struct event *event)
{
    size_t start = event->phase_start_count;
    while (start > 0 && event->phase_starts[start - 1].undone) {
        start--;
    }
    return start;
}

const struct poll *event_poll_kept(const struct event *event, int64_t id)
{
    return is_known(id, event->poll_count) ? event->polls[id - 1] : NULL;
}

const struct poll *event_poll(const struct event *event, int64_t id)
{
    const struct poll *poll = event_poll_kept(event, id);
    return poll != NULL && !poll->dropped ? poll : NULL;
}

const struct paper_batch *event_paper(const struct event *event, int64_t id)
{
    const struct paper_batch *batch =
        is_known(id, event->paper_count) ? event->papers[id - 1] : NULL;
    return batch != NULL && !batch->dropped ? batch : NULL;
}

int64_t event_moderators(const struct event *event)
{
    int64_t count = 0;
    for (size_t i = 0; i < event->desk_count; i++) {
        const struct desk_place *place = &event->desk[i];
        bool leads = place->role == ROLE_OWNER || place->role == ROLE_MODERATOR;
        count += leads && place->sat_at_ms != 0 && place->revoked_at_ms == 0 ? 1 : 0;
    }
    return count;
}

bool batch_counts(const struct paper_batch *batch)
{
    return !batch->dropped && batch->confirmed_by != 0;
}

const struct follow *event_follow(const struct event *event, uint32_t number)
{
    return is_known(number, event->follow_count) ? &event->follows[number - 1] : NULL;
}

size_t event_follow_count(const struct event *event, const struct idea *idea)
{
    size_t count = 0;
    const struct follow *step = event_follow(event, idea->follow);
    for (; step != NULL; step = event_follow(event, step->before)) {
        count++;
    }
    return count;
}

const struct label *event_label(const struct event *event, int64_t id)
{
    if (!is_known(id, event->label_count) || event->labels[id - 1].dropped) {
        return NULL;
    }
    return &event->labels[id - 1];
}

const struct ticket *event_ticket(const struct event *event, int64_t number)
{
    return is_known(number, event->ticket_count) ? &event->tickets[number - 1] : NULL;
}

const struct ticket_batch *event_batch(const struct event *event, int64_t id)
{
    return is_known(id, event->batch_count) ? &event->batches[id - 1] : NULL;
}

enum err event_check_in(const struct event *event, const struct participant *participant)
{
    const struct ticket *ticket = event_ticket(event, participant->ticket);
    if (participant->ban.pos != 0) {
        return ERR_BANNED;
    }
    bool out = ticket != NULL && (ticket->voided_pos != 0 || !ticket->redeemed);
    return out ? ERR_TICKET_VOID : ERR_OK;
}

int64_t
event_group_by_ticket(const struct event *event, const struct participant *participant)
{
    const struct ticket *ticket = event_ticket(event, participant->ticket);
    const struct ticket_batch *batch =
        ticket != NULL ? event_batch(event, ticket->batch) : NULL;
    int64_t group = batch != NULL ? batch->group : 0;
    return event_label(event, group) != NULL ? group : 0;
}

size_t event_label_count(const struct event *event, enum label_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < event->label_count; i++) {
        const struct label *label = &event->labels[i];
        count += label->kind == kind && !label->dropped ? 1 : 0;
    }
    return count;
}

size_t label_kind_max(enum label_kind kind)
{
    static const size_t max[LABEL_KIND_COUNT] = {
        [LABEL_GROUP] = GROUPS_MAX,
        [LABEL_TAG] = TAGS_MAX,
        [LABEL_CHALLENGE] = CHALLENGES_MAX,
    };
    assert(kind < LABEL_KIND_COUNT);
    return max[kind];
}

int64_t event_idea_challenge(const struct event *event, const struct idea *idea)
{
    int64_t label = idea->challenge != 0 ? idea->challenge : idea->inherited;
    return event_label(event, label) != NULL ? label : 0;
}

int64_t event_group_challenge(const struct event *event, const struct label *group)
{
    return event_label(event, group->challenge) != NULL ? group->challenge : 0;
}

bool event_has_open(const struct event *event)
{
    for (size_t i = 0; i < event->poll_count; i++) {
        if (event->polls[i]->state == POLL_OPEN) {
            return true;
        }
    }
    return false;
}

bool event_has_opened(const struct event *event)
{
    for (size_t i = 0; i < event->poll_count; i++) {
        if (event->polls[i]->state != POLL_DRAFT) {
            return true;
        }
    }
    return false;
}

const char *idea_state_name(enum idea_state state)
{
    assert(state < IDEA_STATE_COUNT);
    return idea_state_names[state];
}

const char *poll_state_name(enum poll_state state)
{
    assert(state < POLL_STATE_COUNT);
    return poll_state_names[state];
}
