/* Where nobody marks an idea of their own team, no ballot of the log does: whose an
 * option was is read from the history alone, idea by idea, as it stood at opening. And
 * where nobody votes who came after it, no ballot is theirs; and nothing is accepted from
 * somebody who is put out. */
#include "check.h"
#include "world.h"

#include <inttypes.h>
#include <stdlib.h>

/* As it stood when the poll was opened. */
struct opening {
    bool own;  /* it was opened, with that rule … */
    bool late; /* … with the other one */
    size_t idea_count;
    struct idea *ideas;         /* owned */
    struct participant *people; /* owned */
    size_t people_count;
};

struct reading {
    struct world *world;
    struct event event;
    struct opening openings[CHECK_POLLS_MAX];
};

static void opening_fini(struct opening *opening)
{
    free(opening->ideas);
    free(opening->people);
    *opening = (struct opening){.own = false};
}

static void *copy(const void *items, size_t count, size_t bytes)
{
    void *copied = calloc(count + 1, bytes);
    if (copied == NULL) {
        abort();
    }
    if (count > 0) {
        memcpy(copied, items, count * bytes);
    }
    return copied;
}

static int64_t group_that_is(const struct event *event, int64_t group)
{
    return event_label(event, group) != NULL ? group : 0;
}

static void note_opening(struct reading *reading, const struct poll *poll)
{
    const struct event *event = &reading->event;
    struct opening *opening = &reading->openings[poll->id - 1];
    opening_fini(opening);
    *opening = (struct opening){
        .own = poll->spec.no_own,
        .late = poll->spec.no_late,
        .idea_count = event->idea_count,
        .ideas = copy(event->ideas, event->idea_count, sizeof *event->ideas),
        .people = copy(
            event->participants, event->participant_count, sizeof(struct participant)),
        .people_count = event->participant_count,
    };
    for (size_t i = 0; i < opening->people_count; i++) {
        opening->people[i].group = group_that_is(event, opening->people[i].group);
    }
    for (size_t i = 0; i < opening->idea_count; i++) {
        opening->ideas[i].team = group_that_is(event, opening->ideas[i].team);
    }
}

/* Was its sender put out before? */
static bool is_out(const struct event *event, const struct entry *entry)
{
    const struct participant *person = event_participant(event, entry->actor);
    return entry->role == ROLE_PARTICIPANT && person != NULL && person->ban.pos != 0;
}

static enum err apply(void *ctx, const struct entry *entry)
{
    struct reading *reading = ctx;
    struct outcome outcome;
    bool out = is_out(&reading->event, entry);
    enum err err = event_apply(&reading->event, entry, &outcome);
    if (out && err == ERR_OK && outcome.err == ERR_OK && !outcome.repeated) {
        world_fail(
            reading->world, "%s of person %" PRId64 ", who is put out, was accepted",
            entry_kind_code(entry->kind), entry->actor);
    }
    bool opened = err == ERR_OK && outcome.err == ERR_OK && !outcome.repeated &&
                  entry->kind == ENTRY_POLL_OPEN;
    if (opened && entry->as.poll_act.poll <= CHECK_POLLS_MAX) {
        note_opening(reading, event_poll(&reading->event, entry->as.poll_act.poll));
    }
    return err;
}

/* Is this idea, or one that was merged into it, theirs? */
static bool is_part_of(const struct opening *opening, size_t i, int64_t option)
{
    const struct idea *idea = &opening->ideas[i];
    while (idea->id != option && idea->state == IDEA_MERGED) {
        idea = &opening->ideas[idea->merged_into - 1];
    }
    return idea->id == option;
}

static bool is_theirs(const struct opening *opening, const struct idea *idea, int64_t id)
{
    const struct participant *author = &opening->people[idea->author - 1];
    int64_t team = idea->team != 0 ? idea->team : author->group;
    bool there = id <= (int64_t)opening->people_count;
    return (author->id == id && author->role == ROLE_PARTICIPANT) ||
           (there && team != 0 && opening->people[id - 1].group == team);
}

static bool owns(const struct opening *opening, int64_t option, int64_t person)
{
    for (size_t i = 0; i < opening->idea_count; i++) {
        if (is_part_of(opening, i, option) &&
            is_theirs(opening, &opening->ideas[i], person)) {
            return true;
        }
    }
    return false;
}

static void check_own_ideas(
    struct world *world, const struct opening *opening, const struct check_cast *cast,
    int64_t person)
{
    for (size_t k = 0; opening->own && k < cast->mark_count; k++) {
        if (owns(opening, cast->marks[k].option, person)) {
            world_fail(
                world, "person %" PRId64 " votes for their own idea %" PRId64, person,
                cast->marks[k].option);
        }
    }
}

static void check_casts(struct reading *reading, int64_t id)
{
    const struct opening *opening = &reading->openings[id - 1];
    struct check *check = &reading->world->check;
    const struct check_poll *poll = &check->polls[id - 1];
    for (size_t i = 0; i < poll->cast_count; i++) {
        const struct check_cast *cast = &poll->casts[i];
        int64_t person = check_person_of(check, &cast->id);
        check_own_ideas(reading->world, opening, cast, person);
        if (opening->late && person > (int64_t)opening->people_count) {
            world_fail(
                reading->world, "person %" PRId64 " came too late for poll %" PRId64,
                person, id);
        }
    }
}

void check_own(struct world *world)
{
    static const uint64_t no_seed[2];
    const struct memory_lane *lane =
        memory_find_lane(world->disk->memory, (struct store_lane){1, 0});
    struct reading *reading = calloc(1, sizeof *reading);
    if (reading == NULL) {
        abort();
    }
    reading->world = world;
    event_init(&reading->event, 1, no_seed);
    for (size_t i = 0; lane != NULL && i < lane->row_count; i++) {
        if (wire_decode_batch(lane->rows[i].body, apply, reading) != ERR_OK) {
            world_fail(world, "the history cannot be folded");
        }
    }
    for (int64_t id = 1; id <= CHECK_POLLS_MAX; id++) {
        if (reading->openings[id - 1].own || reading->openings[id - 1].late) {
            check_casts(reading, id);
        }
        opening_fini(&reading->openings[id - 1]);
    }
    event_fini(&reading->event);
    free(reading);
}
