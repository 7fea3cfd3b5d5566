/* Whose the options of a poll are, frozen when it is opened: what is merged or split
 * later, and a team that is named later, changes no poll. An idea is its author's, unless
 * they sit at a desk, and its team's: the group that a moderator named, else the
 * author's. An option is also all that was merged into it. */
#include "domain/fold_internal.h"
#include "domain/own.h"

#include <stdlib.h>

static bool is_named(const struct event *event, const struct idea *idea)
{
    return event_label(event, idea->team) != NULL;
}

static int64_t team_of(const struct event *event, const struct idea *idea)
{
    const struct participant *author = event_participant(event, idea->author);
    int64_t group = is_named(event, idea) ? idea->team : author->group;
    return event_label(event, group) != NULL ? group : 0;
}

/* A group of one or two would say whose an idea without a name is. */
static bool is_told(const struct event *event, const struct idea *idea, int64_t team)
{
    return is_named(event, idea) || event_label(event, team)->people >= TEAM_TOLD_MIN;
}

/* Where each idea ends up that was merged: its number, 0 …, as an index. */
static void find_roots(const struct event *event, size_t *ret_roots)
{
    for (size_t i = 0; i < event->idea_count; i++) {
        const struct idea *idea = &event->ideas[i];
        bool merged = idea->state == IDEA_MERGED;
        ret_roots[i] = merged ? (size_t)idea->merged_into - 1 : i;
    }
    for (size_t i = 0; i < event->idea_count; i++) {
        size_t root = i;
        while (ret_roots[root] != root) {
            root = ret_roots[root];
        }
        for (size_t at = i; ret_roots[at] != root;) { /* a long way is gone once */
            size_t next = ret_roots[at];
            ret_roots[at] = root;
            at = next;
        }
    }
}

/* The option that an idea is, or 0xffff. */
static uint16_t option_of(const struct poll *poll, int64_t idea)
{
    for (uint16_t i = 0; i < poll->spec.option_count; i++) {
        if (poll->spec.options[i] == idea) {
            return i;
        }
    }
    return UINT16_MAX;
}

static size_t gather(
    const struct event *event, const struct poll *poll, const size_t *roots,
    struct option_owner *ret_owners)
{
    size_t count = 0;
    for (size_t i = 0; i < event->idea_count; i++) {
        const struct idea *idea = &event->ideas[i];
        uint16_t option = option_of(poll, (int64_t)roots[i] + 1);
        if (option == UINT16_MAX) {
            continue;
        }
        int64_t team = team_of(event, idea);
        const struct participant *author = event_participant(event, idea->author);
        if (team != 0) {
            ret_owners[count++] = (struct option_owner){
                .option = option, .group = team, .told = is_told(event, idea, team)};
        }
        if (author->role == ROLE_PARTICIPANT) {
            ret_owners[count++] =
                (struct option_owner){.option = option, .person = author->id};
        }
    }
    return count;
}

static int compare(const void *a, const void *b)
{
    const struct option_owner *one = a;
    const struct option_owner *two = b;
    if (one->option != two->option) {
        return one->option < two->option ? -1 : 1;
    }
    if (one->person != two->person) { /* 0, a group, comes first */
        return one->person < two->person ? -1 : 1;
    }
    return (one->group > two->group) - (one->group < two->group);
}

static size_t drop_repeats(struct option_owner *owners, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || compare(&owners[kept - 1], &owners[i]) != 0) {
            owners[kept++] = owners[i];
        } else {
            owners[kept - 1].told = owners[kept - 1].told || owners[i].told;
        }
    }
    return kept;
}

enum err poll_freeze_owners(const struct event *event, struct poll *poll)
{
    if (!poll->spec.no_own) {
        return ERR_OK;
    }
    size_t *roots = calloc(event->idea_count + 1, sizeof *roots);
    struct option_owner *owners = calloc(2 * event->idea_count + 1, sizeof *owners);
    if (roots == NULL || owners == NULL) {
        free(roots);
        free(owners);
        return ERR_NOMEM;
    }
    find_roots(event, roots);
    size_t count = gather(event, poll, roots, owners);
    qsort(owners, count, sizeof *owners, compare);
    free(roots);
    poll->owners = owners;
    poll->owner_count = drop_repeats(owners, count);
    return ERR_OK;
}

void poll_forget_owners(struct poll *poll)
{
    free(poll->owners);
    poll->owners = NULL;
    poll->owner_count = 0;
}

static bool owns(const struct option_owner *owner, const struct participant *participant)
{
    return owner->group != 0 ? owner->group == participant->group
                             : owner->person == participant->id;
}

static bool
is_marked(const struct poll *poll, uint16_t option, const struct ballot *ballot)
{
    for (size_t i = 0; i < ballot->mark_count; i++) {
        if (ballot->marks[i].option == poll->spec.options[option]) {
            return true;
        }
    }
    return false;
}

enum err poll_check_own(
    const struct poll *poll, const struct participant *participant,
    const struct ballot *ballot, int64_t *ret_option)
{
    for (size_t i = 0; i < poll->owner_count; i++) {
        const struct option_owner *owner = &poll->owners[i];
        if (owns(owner, participant) && is_marked(poll, owner->option, ballot)) {
            *ret_option = poll->spec.options[owner->option];
            return ERR_OWN_TEAM;
        }
    }
    return ERR_OK;
}
