#include "neighbour.h"

#include "app/office.h"
#include "store/memory_internal.h"
#include "world.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define MARK "Nachbar" /* stands in each of its texts, and in none of the hall's */

static struct event *other_event(const struct world *world)
{
    struct hall *hall = world->server->hall;
    for (size_t i = 0; i < hall_event_count(hall); i++) {
        struct event *event = hall_event_at(hall, i);
        if (event->id != 1) {
            return event;
        }
    }
    return NULL;
}

static int64_t person_of(const struct event *event, enum role role)
{
    for (size_t i = 0; i < event->participant_count; i++) {
        if (event->participants[i].role == role) {
            return event->participants[i].id;
        }
    }
    return 0;
}

/* ---- what happens there ---- */

static void ignore_answer(void *ctx, struct span answer)
{
    (void)ctx;
    (void)answer;
}

static void ignore(void *ctx, const struct outcome *outcome)
{
    (void)ctx;
    (void)outcome;
}

static void
ignore_cast(void *ctx, const struct outcome *outcome, const struct hash *proof)
{
    (void)ctx;
    (void)outcome;
    (void)proof;
}

static void ask_office(struct world *world, const char *request, office_done *done)
{
    trace_line(&world->trace, "the office: %s", request);
    office_handle(world->server->hall, span_of_string(request), done, world);
}

static void found(struct world *world)
{
    ask_office(
        world,
        "{\"do\":\"event.create\",\"title\":\"" MARK "\",\"mode\":\"open\","
        "\"langs\":[\"de\"],\"groups\":[\"" MARK "gruppe\"],\"tags\":[\"" MARK "tag\"]}",
        ignore_answer);
}

static void submit(
    struct world *world, struct event *event, struct dice *dice, struct entry *entry,
    struct hall_docs docs)
{
    dice_bytes(dice, entry->command.bytes, UID_BYTES);
    trace_line(
        &world->trace, "next door: %s by %" PRId64, entry_kind_code(entry->kind),
        entry->actor);
    hall_submit(world->server->hall, event, entry, docs, ignore, NULL);
}

static void join(struct world *world, struct event *event, struct dice *dice)
{
    struct entry entry = {
        .kind = ENTRY_PERSON_JOIN, .as.person_join.role = ROLE_PARTICIPANT};
    char request[96];
    if (person_of(event, ROLE_MODERATOR) != 0) {
        submit(world, event, dice, &entry, hall_no_docs());
        return;
    }
    snprintf(
        request, sizeof request, "{\"do\":\"event.link\",\"event\":\"%" PRId64 "\"}",
        event->id);
    ask_office(world, request, ignore_answer);
}

static void write_text(
    struct world *world, struct event *event, struct dice *dice, struct entry *entry,
    struct content_ref *ref)
{
    struct hall_content content;
    if (hall_content_new(world->server->hall, "de", MARK "s Idee", MARK, &content) !=
        ERR_OK) {
        abort();
    }
    *ref = content.ref;
    submit(
        world, event, dice, entry, (struct hall_docs){.items = &content.doc, .count = 1});
    hall_content_fini(&content);
}

static void have_idea(struct world *world, struct event *event, struct dice *dice)
{
    struct entry entry = {
        .kind = ENTRY_IDEA_SUBMIT,
        .actor = person_of(event, ROLE_MODERATOR),
        .role = ROLE_MODERATOR};
    write_text(world, event, dice, &entry, &entry.as.idea_text.content);
}

static void make_poll(struct world *world, struct event *event, struct dice *dice)
{
    struct entry entry = {
        .kind = ENTRY_POLL_CREATE,
        .actor = person_of(event, ROLE_MODERATOR),
        .role = ROLE_MODERATOR,
        .as.poll_text.spec = {
            .form = BALLOT_APPROVAL,
            .method = "approval",
            .seats = 1,
            .ranks_max = 1,
            .publication = PUBLISH_BALLOTS,
            .option_count = 2,
            .options = {1, 2}}};
    write_text(world, event, dice, &entry, &entry.as.poll_text.spec.question);
}

static void move_poll(struct world *world, struct event *event, struct dice *dice)
{
    static const enum entry_kind next[POLL_STATE_COUNT] = {
        [POLL_DRAFT] = ENTRY_POLL_OPEN,
        [POLL_OPEN] = ENTRY_POLL_CLOSE,
        [POLL_CLOSED] = ENTRY_POLL_PUBLISH,
        [POLL_SEALED] = ENTRY_POLL_PUBLISH,
    };

    const struct poll *poll = event->polls[dice_pick(dice, event->poll_count)];
    struct entry entry = {
        .kind = next[poll->state],
        .actor = person_of(event, ROLE_MODERATOR),
        .role = ROLE_MODERATOR,
        .as.poll_act.poll = poll->id};
    submit(world, event, dice, &entry, hall_no_docs());
}

static void vote(struct world *world, struct event *event, struct dice *dice)
{
    struct cast cast = {
        .counter = 1 + (uint32_t)dice_pick(dice, 5),
        .ballot = {.form = BALLOT_APPROVAL, .mark_count = 1, .marks = {{1, 1}}}};
    dice_bytes(dice, cast.id.bytes, UID_BYTES);
    dice_bytes(dice, cast.nonce.bytes, UID_BYTES);
    const struct hall_ballot ballot = {
        .event = event,
        .poll = 1 + (int64_t)dice_pick(dice, event->poll_count),
        .participant = person_of(event, ROLE_PARTICIPANT),
        .cast = &cast};
    if (ballot.participant != 0) {
        hall_cast(world->server->hall, &ballot, ignore_cast, NULL);
    }
}

/* ---- its end ---- */

static bool is_gone(const struct neighbour *neighbour, int64_t event)
{
    for (size_t i = 0; i < neighbour->gone_count; i++) {
        if (neighbour->gone[i] == event) {
            return true;
        }
    }
    return false;
}

/* A doc of this kind, or of any, that has such words. */
static bool has_doc(const struct memory *memory, const char *words)
{
    for (size_t i = 0; i < memory->doc_count; i++) {
        const struct span body = memory->docs[i].body;
        if (memmem(body.data, body.bytes, words, strlen(words)) != NULL) {
            return true;
        }
    }
    return false;
}

static bool has_key(const struct world *world)
{
    char path[DISK_URL_BYTES + 8];
    bool found = false;
    snprintf(path, sizeof path, "%s.keys", strchr(world->disk->url, ':') + 1);
    DIR *names = opendir(path);
    for (struct dirent *name = NULL; names != NULL && (name = readdir(names)) != NULL;) {
        bool number = name->d_name[0] >= '0' && name->d_name[0] <= '9';
        int64_t event = number ? strtoll(name->d_name, NULL, 10) : 1;
        bool lost =
            world->neighbour.keys_of_the_day && !is_gone(&world->neighbour, event);
        found = found || (event != 1 && !lost);
    }
    if (names != NULL) {
        closedir(names);
    }
    return found;
}

static void check_left(struct world *world)
{
    if (has_doc(world->disk->memory, MARK)) {
        world_fail(world, "a text of a deleted event is left");
    }
    if (has_key(world)) {
        world_fail(world, "a key of a deleted event is left");
    }
}

/* Nobody makes another one before this is answered: so all that is marked is its. */
static void on_deleted(void *ctx, struct span answer)
{
    struct world *world = ctx;
    struct neighbour *neighbour = &world->neighbour;
    if (world->net.deaf || memmem(answer.data, answer.bytes, "\"ok\":true", 9) == NULL) {
        return;
    }
    trace_line(&world->trace, "event %" PRId64 " is deleted", neighbour->deleting);
    if (neighbour->gone_count < NEIGHBOURS_MAX) {
        neighbour->gone[neighbour->gone_count++] = neighbour->deleting;
    }
    if (world->broken != NULL && strcmp(world->broken, "pieces") == 0) {
        const struct store_lane left = {.event = neighbour->deleting, .poll = 1};
        (void)memory_make_lane(world->disk->memory, left);
    }
    neighbour->deleting = 0;
    world->stats.deleted++;
    check_left(world);
}

static void end(struct world *world, const struct event *event)
{
    char request[128];
    world->neighbour.deleting = event->id;
    snprintf(
        request, sizeof request,
        "{\"do\":\"event.delete\",\"event\":\"%" PRId64 "\",\"confirm\":\"%s\"}",
        event->id, event->code);
    ask_office(world, request, on_deleted);
}

/* Its tombstone is durable: whatever crashes now, it is forgotten further. */
static bool is_marked(const struct memory *memory, int64_t event)
{
    char name[24];
    int bytes = snprintf(name, sizeof name, "%" PRId64 "/", event);
    bool marked = false;
    for (size_t i = 0; i < memory->doc_count; i++) {
        const struct memory_doc *doc = &memory->docs[i];
        marked = marked ||
                 (strcmp(doc->kind, "gone") == 0 && doc->name.bytes > (size_t)bytes &&
                  memcmp(doc->name.data, name, (size_t)bytes) == 0);
    }
    return marked;
}

bool neighbour_is_torn(const struct world *world)
{
    const struct memory *memory = world->disk->memory;
    bool torn = false;
    for (size_t i = 0; i < memory->lane_count; i++) {
        int64_t event = memory->lanes[i].lane.event;
        torn = torn || (event != 1 && is_marked(memory, event));
    }
    return torn;
}

static void check_served(struct world *world)
{
    const struct event *other =
        world->server != NULL && world->server->hall != NULL ? other_event(world) : NULL;
    if (other != NULL && is_marked(world->disk->memory, other->id)) {
        world_fail(
            world, "event %" PRId64 " is being forgotten and is served", other->id);
    }
}

void neighbour_check(struct world *world)
{
    const struct memory *memory = world->disk->memory;
    check_served(world);
    for (size_t i = 0; i < memory->lane_count; i++) {
        int64_t event = memory->lanes[i].lane.event;
        if (is_gone(&world->neighbour, event)) {
            world_fail(world, "a lane of event %" PRId64 ", deleted, is back", event);
        }
    }
}

void neighbour_check_end(struct world *world)
{
    if (other_event(world) == NULL) {
        check_left(world);
    }
}

/* ---- one step ---- */

static void fill(struct world *world, struct event *event, struct dice *dice)
{
    size_t die = dice_pick(dice, 100);
    bool desk = person_of(event, ROLE_MODERATOR) != 0;
    if (!desk || die < 15) {
        join(world, event, dice);
    } else if (event->idea_count < 2 || die < 20) {
        have_idea(world, event, dice);
    } else if (event->poll_count == 0) {
        make_poll(world, event, dice);
    } else if (die < 45) {
        move_poll(world, event, dice);
    } else {
        vote(world, event, dice);
    }
}

void neighbour_act(struct world *world, struct dice *dice)
{
    struct event *event = other_event(world);
    size_t die = dice_pick(dice, 100);
    if (event == NULL && world->neighbour.deleting == 0) {
        found(world);
    } else if (event != NULL && event->created && die < 7) {
        end(world, event);
    } else if (event != NULL && event->created) {
        fill(world, event, dice);
    }
}
