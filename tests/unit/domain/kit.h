/* An event under test: entries made and applied in one line, each one checked against the
 * rule that event_check foretells what event_apply does. Also used by the export's tests.
 */
#ifndef TESTS_DOMAIN_KIT_H
#define TESTS_DOMAIN_KIT_H

#include "domain/fold.h"
#include "domain/undo.h"
#include "unit/domain/digest.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <string.h>

struct kit {
    struct event event;
    uint64_t next; /* for ids */
    int64_t now_ms;
    int64_t moderator;
};

static inline struct uid uid_of(uint64_t n)
{
    struct uid uid = {{0xa5}};
    for (size_t i = 0; i < 8; i++) {
        uid.bytes[15 - i] = (uint8_t)(n >> (8 * i));
    }
    return uid;
}

static inline struct hash hash_of(uint8_t byte)
{
    struct hash hash;
    memset(hash.bytes, byte, sizeof hash.bytes);
    return hash;
}

static inline struct content_ref content_of(uint64_t n)
{
    return (struct content_ref){.id = uid_of(n), .hash = hash_of((uint8_t)n)};
}

/* ---- entries ---- */

static inline struct entry
entry_of(struct kit *kit, enum entry_kind kind, enum role role, int64_t actor)
{
    kit->now_ms += 1000;
    return (struct entry){
        .kind = kind,
        .role = role,
        .actor = actor,
        .at_ms = kit->now_ms,
        .command = uid_of(++kit->next),
    };
}

static inline struct outcome apply(struct kit *kit, const struct entry *entry)
{
    enum err foretold = event_check(&kit->event, entry);
    int64_t pos = kit->event.pos;
    struct outcome outcome;
    cr_assert_eq(event_apply(&kit->event, entry, &outcome), ERR_OK);
    bool restores = entry->kind == ENTRY_EVENT_RESTORE && outcome.err == ERR_OK;
    bool leaps = restores && !outcome.repeated;
    cr_assert_geq(kit->event.pos, pos + 1 + (leaps ? RESTORE_LEAP : 0));
    cr_assert(leaps || kit->event.pos == pos + 1, "entries move the position by one");
    if (!outcome.repeated) {
        cr_assert_eq(outcome.err, foretold, "check and apply disagree");
        cr_assert_eq(outcome.pos, kit->event.pos);
    }
    return outcome;
}

/* Applies what must be accepted; what it made. */
static inline int64_t accept(struct kit *kit, const struct entry *entry)
{
    struct outcome outcome = apply(kit, entry);
    cr_assert_eq(
        outcome.err, ERR_OK, "%s: %s", entry_kind_code(entry->kind),
        err_code(outcome.err));
    return outcome.id;
}

/* Applies what must be refused with `err` and leave everything as it was. */
static inline void refuse(struct kit *kit, const struct entry *entry, enum err err)
{
    struct buf before;
    struct buf after;
    buf_init(&before, DIGEST_BYTES_MAX);
    buf_init(&after, DIGEST_BYTES_MAX);
    digest_event(&before, &kit->event);
    struct outcome outcome = apply(kit, entry);
    digest_event(&after, &kit->event);
    cr_assert_eq(
        outcome.err, err, "%s: expected %s, got %s", entry_kind_code(entry->kind),
        err_code(err), err_code(outcome.err));
    cr_assert(span_equal(buf_span(&before), buf_span(&after)), "a refusal changed state");
    buf_fini(&before);
    buf_fini(&after);
}

/* ---- an event ---- */

static const uint64_t kit_map_seed[2] = {0x1234, 0x5678};

static inline struct entry create_entry(struct kit *kit, enum join_mode mode)
{
    struct entry entry = entry_of(kit, ENTRY_EVENT_CREATE, ROLE_OFFICE, 0);
    memcpy(entry.as.event_create.code, "ABC123", 7);
    memcpy(entry.as.event_create.langs[0], "de", 3);
    entry.as.event_create.lang_count = 1;
    entry.as.event_create.mode = mode;
    entry.as.event_create.title = content_of(1000000);
    return entry;
}

static inline void kit_init_empty(struct kit *kit)
{
    *kit = (struct kit){.now_ms = 1790000000000};
    event_init(&kit->event, 7, kit_map_seed);
}

static inline int64_t join(struct kit *kit, enum role role)
{
    enum role acting = role == ROLE_MODERATOR ? ROLE_OFFICE : ROLE_NONE;
    struct entry entry = entry_of(kit, ENTRY_PERSON_JOIN, acting, 0);
    entry.as.person_join.role = role;
    return accept(kit, &entry);
}

/* With a moderator, who is participant 1. */
static inline void kit_init(struct kit *kit, enum join_mode mode)
{
    kit_init_empty(kit);
    struct entry entry = create_entry(kit, mode);
    accept(kit, &entry);
    kit->moderator = join(kit, ROLE_MODERATOR);
}

static inline void kit_fini(struct kit *kit)
{
    event_fini(&kit->event);
}

static inline struct entry submit_entry(struct kit *kit, enum role role, int64_t actor)
{
    struct entry entry = entry_of(kit, ENTRY_IDEA_SUBMIT, role, actor);
    entry.as.idea_text.content = content_of(kit->next);
    return entry;
}

/* A participant's, hence pending. */
static inline int64_t submit(struct kit *kit, int64_t actor)
{
    struct entry entry = submit_entry(kit, ROLE_PARTICIPANT, actor);
    return accept(kit, &entry);
}

/* A moderator's, hence published. */
static inline int64_t publish_idea(struct kit *kit)
{
    struct entry entry = submit_entry(kit, ROLE_MODERATOR, kit->moderator);
    return accept(kit, &entry);
}

static inline struct entry idea_entry(struct kit *kit, enum entry_kind kind, int64_t idea)
{
    struct entry entry = entry_of(kit, kind, ROLE_MODERATOR, kit->moderator);
    entry.as.idea_act.idea = idea;
    return entry;
}

static inline void release(struct kit *kit, int64_t idea)
{
    struct entry entry = idea_entry(kit, ENTRY_IDEA_RELEASE, idea);
    accept(kit, &entry);
}

static inline void hide(struct kit *kit, int64_t idea)
{
    struct entry entry = idea_entry(kit, ENTRY_IDEA_HIDE, idea);
    entry.as.idea_act.reason = REASON_OFF_TOPIC;
    accept(kit, &entry);
}

static inline void merge(struct kit *kit, int64_t idea, int64_t into)
{
    struct entry entry = idea_entry(kit, ENTRY_IDEA_MERGE, idea);
    entry.as.idea_act.into = into;
    accept(kit, &entry);
}

/* ---- polls ---- */

/* A ranking over `count` published ideas: the newest of the event. */
static inline struct poll_spec spec_of(const struct kit *kit, uint16_t count)
{
    struct poll_spec spec = {
        .question = content_of(2000000),
        .form = BALLOT_RANKING,
        .method = "borda",
        .seats = 1,
        .ranks_max = 3,
        .publication = PUBLISH_BALLOTS,
        .option_count = count,
    };
    for (size_t i = 0; i < count; i++) {
        spec.options[i] = (int64_t)(kit->event.idea_count - count + 1 + i);
    }
    return spec;
}

static inline struct entry draft_entry(struct kit *kit, const struct poll_spec *spec)
{
    struct entry entry = entry_of(kit, ENTRY_POLL_CREATE, ROLE_MODERATOR, kit->moderator);
    entry.as.poll_text.spec = *spec;
    return entry;
}

static inline int64_t draft(struct kit *kit, const struct poll_spec *spec)
{
    struct entry entry = draft_entry(kit, spec);
    return accept(kit, &entry);
}

/* Of the newest `count` ideas, made now. */
static inline int64_t draft_of_new(struct kit *kit, uint16_t count)
{
    for (size_t i = 0; i < count; i++) {
        publish_idea(kit);
    }
    struct poll_spec spec = spec_of(kit, count);
    return draft(kit, &spec);
}

static inline struct entry poll_entry(struct kit *kit, enum entry_kind kind, int64_t poll)
{
    struct entry entry = entry_of(kit, kind, ROLE_MODERATOR, kit->moderator);
    entry.as.poll_act.poll = poll;
    bool needs = kind == ENTRY_POLL_REOPEN || kind == ENTRY_POLL_ANNUL;
    entry.as.poll_act.reason = needs ? REASON_MISTAKE : REASON_NONE;
    entry.as.poll_act.commitment = hash_of(0xc0);
    entry.as.poll_act.seed = kind == ENTRY_POLL_PUBLISH || kind == ENTRY_POLL_SEAL
                                 ? hash_of(0x5e)
                                 : (struct hash){0};
    entry.as.poll_act.ballots =
        kind == ENTRY_POLL_SEAL ? hash_of(0xba) : (struct hash){0};
    return entry;
}

static inline struct outcome
apply_lane(struct kit *kit, int64_t poll, const struct entry *entry)
{
    const struct poll *found = event_poll_kept(&kit->event, poll);
    int64_t seq = found != NULL ? found->lane_seq + 1 : 1;
    struct outcome outcome;
    cr_assert_eq(event_apply_lane(&kit->event, poll, seq, entry, &outcome), ERR_OK);
    return outcome;
}

static inline void turn_fence(struct kit *kit, int64_t poll, bool open)
{
    struct entry entry = {.kind = ENTRY_FENCE, .as.fence.open = open};
    cr_assert_eq(apply_lane(kit, poll, &entry).err, ERR_OK);
}

/* A step of a poll's life, with the fence turned as the store does it. */
static inline void step(struct kit *kit, enum entry_kind kind, int64_t poll)
{
    struct entry entry = poll_entry(kit, kind, poll);
    if (kind == ENTRY_POLL_OPEN || kind == ENTRY_POLL_REOPEN) {
        turn_fence(kit, poll, true);
    }
    if (kind == ENTRY_POLL_CLOSE) {
        turn_fence(kit, poll, false);
    }
    accept(kit, &entry);
}

static inline int64_t open_poll(struct kit *kit, const struct poll_spec *spec)
{
    int64_t poll = draft(kit, spec);
    step(kit, ENTRY_POLL_OPEN, poll);
    return poll;
}

/* ---- undoing ---- */

static inline struct entry undo_entry(struct kit *kit, int64_t pos)
{
    struct entry entry = entry_of(kit, ENTRY_UNDO, ROLE_MODERATOR, kit->moderator);
    entry.as.undo.pos = pos;
    entry.as.undo.commitment = hash_of(0xc1);
    return entry;
}

/* Undoes what must be possible, with the fence turned as the store does it. */
static inline void undo(struct kit *kit, int64_t pos)
{
    struct entry entry = undo_entry(kit, pos);
    const struct act *act = act_find(&kit->event, pos);
    cr_assert_not_null(act, "no act at %" PRId64, pos);
    cr_assert_eq(act_check_ballots(&kit->event, act), ERR_OK);
    enum act_fence fence = act_fence_when_undone(act);
    if (fence != FENCE_STAYS) {
        turn_fence(kit, act->about, fence == FENCE_OPENS);
    }
    accept(kit, &entry);
}

/* ---- ballots ---- */

/* `order`: option ids from the best, 0-terminated; each its own place. */
static inline struct ballot ranking_of(const int64_t *order)
{
    struct ballot ballot = {.form = BALLOT_RANKING};
    for (; order[ballot.mark_count] != 0; ballot.mark_count++) {
        ballot.marks[ballot.mark_count] = (struct mark){
            .option = order[ballot.mark_count],
            .value = (uint16_t)(ballot.mark_count + 1)};
    }
    return ballot;
}

#define RANKING(...) ranking_of((const int64_t[]){__VA_ARGS__, 0})

static inline struct entry cast_entry(
    struct kit *kit, uint64_t voter, uint32_t epoch, uint32_t counter,
    const struct ballot *ballot)
{
    struct entry entry = {.kind = ENTRY_CAST};
    entry.as.cast = (struct cast){
        .id = uid_of(++kit->next + 5000000),
        .slot = uid_of(voter + 9000000),
        .epoch = epoch,
        .counter = counter,
        .nonce = uid_of(kit->next + 7000000),
        .lock = hash_of((uint8_t)voter),
        .ballot = *ballot,
    };
    return entry;
}

/* Casts what must be accepted; does it count? */
static inline bool cast(
    struct kit *kit, int64_t poll, uint64_t voter, uint32_t counter,
    const struct ballot *ballot)
{
    struct entry entry = cast_entry(kit, voter, 1, counter, ballot);
    cr_assert_eq(poll_check_cast(event_poll(&kit->event, poll), &entry.as.cast), ERR_OK);
    struct outcome outcome = apply_lane(kit, poll, &entry);
    cr_assert_eq(outcome.err, ERR_OK, "%s", err_code(outcome.err));
    return outcome.counts;
}

#endif
