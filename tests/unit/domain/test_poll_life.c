#include "unit/domain/kit.h"

static struct kit kit;
static int64_t poll_id;

static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    poll_id = draft_of_new(&kit, 3);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(life, .init = enter, .fini = leave);

static const struct poll *poll_now(void)
{
    const struct poll *poll = event_poll(&kit.event, poll_id);
    cr_assert_not_null(poll);
    return poll;
}

static bool is_zero(const struct hash *hash)
{
    static const struct hash zero;
    return memcmp(hash, &zero, sizeof zero) == 0;
}

/* ---- every step in every state ---- */

enum life {
    DRAFT,
    OPEN,
    CLOSED,
    PUBLISHED,
    SEALED,
    SEALED_PUBLISHED,
    ANNULLED,
    LIFE_COUNT
};

static void bring_to(enum life life)
{
    static const enum entry_kind paths[LIFE_COUNT][4] = {
        [OPEN] = {ENTRY_POLL_OPEN},
        [CLOSED] = {ENTRY_POLL_OPEN, ENTRY_POLL_CLOSE},
        [PUBLISHED] = {ENTRY_POLL_OPEN, ENTRY_POLL_CLOSE, ENTRY_POLL_PUBLISH},
        [SEALED] = {ENTRY_POLL_OPEN, ENTRY_POLL_CLOSE, ENTRY_POLL_SEAL},
        [SEALED_PUBLISHED] =
            {ENTRY_POLL_OPEN, ENTRY_POLL_CLOSE, ENTRY_POLL_SEAL, ENTRY_POLL_PUBLISH},
        [ANNULLED] = {ENTRY_POLL_OPEN, ENTRY_POLL_CLOSE, ENTRY_POLL_ANNUL},
    };
    struct poll_spec spec = spec_of(&kit, 3);
    poll_id = draft(&kit, &spec);
    for (size_t i = 0; i < 4 && paths[life][i] != 0; i++) {
        step(&kit, paths[life][i], poll_id);
    }
}

#define W ERR_WRONG_STATE

static const struct {
    enum entry_kind kind;
    enum err in[LIFE_COUNT];
} steps[] = {
    /* draft, open, closed, published, sealed, sealed and published, annulled */
    {ENTRY_POLL_EDIT, {ERR_OK, W, W, W, W, W, W}},
    {ENTRY_POLL_DROP, {ERR_OK, W, W, W, W, W, W}},
    {ENTRY_POLL_OPEN, {ERR_OK, W, W, W, W, W, W}},
    {ENTRY_POLL_CLOSE,
     {ERR_NOT_OPEN, ERR_OK, ERR_CLOSED, ERR_CLOSED, ERR_SEALED, ERR_SEALED, ERR_CLOSED}},
    {ENTRY_POLL_REOPEN, {W, W, ERR_OK, ERR_OK, ERR_SEALED, ERR_SEALED, ERR_ANNULLED}},
    {ENTRY_POLL_PUBLISH, {W, W, ERR_OK, W, ERR_OK, W, ERR_ANNULLED}},
    {ENTRY_POLL_UNPUBLISH, {W, W, W, ERR_OK, W, ERR_OK, W}},
    {ENTRY_POLL_SEAL, {W, W, ERR_OK, ERR_OK, ERR_SEALED, ERR_SEALED, ERR_OK}},
    {ENTRY_POLL_ANNUL, {W, ERR_OK, ERR_OK, ERR_OK, ERR_OK, ERR_OK, ERR_ANNULLED}},
};

#undef W

static struct entry step_entry(enum entry_kind kind)
{
    struct entry entry = poll_entry(&kit, kind, poll_id);
    if (kind == ENTRY_POLL_EDIT) {
        entry.as.poll_text.poll = poll_id;
        entry.as.poll_text.spec = poll_now()->spec;
    }
    return entry;
}

Test(life, allows_each_step_in_exactly_these_states)
{
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        for (enum life life = DRAFT; life < LIFE_COUNT; life++) {
            bring_to(life);
            struct entry entry = step_entry(steps[i].kind);
            if (steps[i].in[life] != ERR_OK) {
                refuse(&kit, &entry, steps[i].in[life]);
                continue;
            }
            accept(&kit, &entry);
            cr_expect_eq(kit.event.polls[poll_id - 1]->changed_pos, kit.event.pos);
        }
    }
}

Test(life, has_no_steps_for_polls_there_are_not)
{
    struct poll_spec spec = poll_now()->spec;
    step(&kit, ENTRY_POLL_DROP, poll_id);
    const int64_t wrong[] = {poll_id, 0, -1, 99};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
            struct entry entry = poll_entry(&kit, steps[i].kind, wrong[k]);
            if (steps[i].kind == ENTRY_POLL_EDIT) {
                entry.as.poll_text.poll = wrong[k];
                entry.as.poll_text.spec = spec;
            }
            refuse(&kit, &entry, ERR_UNKNOWN_POLL);
        }
    }
}

Test(life, is_in_the_hands_of_moderators)
{
    int64_t person = join(&kit, ROLE_PARTICIPANT);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct entry entry = step_entry(steps[i].kind);
        entry.role = ROLE_PARTICIPANT;
        entry.actor = person;
        refuse(&kit, &entry, ERR_NOT_ALLOWED);
    }
}

Test(life, may_be_ended_by_the_office)
{
    step(&kit, ENTRY_POLL_OPEN, poll_id);

    static const enum entry_kind ends[] = {
        ENTRY_POLL_CLOSE, ENTRY_POLL_SEAL, ENTRY_POLL_ANNUL};

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct entry entry = poll_entry(&kit, ends[i], poll_id);
        entry.role = ROLE_OFFICE;
        entry.actor = 0;
        accept(&kit, &entry);
    }
    cr_expect_eq(poll_now()->state, POLL_SEALED);
    cr_expect(poll_now()->annulled);
}

/* ---- what the steps do ---- */

Test(life, opening_freezes_the_labels)
{
    struct content_ref before = event_idea(&kit.event, 2)->content;
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    int64_t opened_at_ms = kit.now_ms;
    struct entry edit = entry_of(&kit, ENTRY_IDEA_EDIT, ROLE_MODERATOR, kit.moderator);
    edit.as.idea_text.idea = 2;
    edit.as.idea_text.content = content_of(4711);
    accept(&kit, &edit);
    cr_expect(uid_equal(&poll_now()->labels[1].id, &before.id));
    cr_expect_eq(poll_now()->state, POLL_OPEN);
    cr_expect_eq(poll_now()->opened_at_ms, opened_at_ms);
    cr_expect_eq(poll_now()->commitment.bytes[0], 0xc0);
}

Test(life, opening_takes_the_texts_of_that_moment)
{
    struct entry edit = entry_of(&kit, ENTRY_IDEA_EDIT, ROLE_MODERATOR, kit.moderator);
    edit.as.idea_text.idea = 2;
    edit.as.idea_text.content = content_of(4711);
    accept(&kit, &edit);
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    cr_expect(uid_equal(&poll_now()->labels[1].id, &edit.as.idea_text.content.id));
}

Test(life, opening_needs_options_that_are_still_published)
{
    hide(&kit, 2);
    struct entry entry = poll_entry(&kit, ENTRY_POLL_OPEN, poll_id);
    refuse(&kit, &entry, ERR_WRONG_STATE);
    release(&kit, 2);
    merge(&kit, 2, 1);
    entry = poll_entry(&kit, ENTRY_POLL_OPEN, poll_id);
    refuse(&kit, &entry, ERR_WRONG_STATE);
}

Test(life, hiding_an_option_later_ends_no_poll)
{
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    hide(&kit, 2);
    cr_expect_eq(poll_now()->state, POLL_OPEN);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    step(&kit, ENTRY_POLL_REOPEN, poll_id);
    cr_expect_eq(poll_now()->state, POLL_OPEN);
}

Test(life, closing_notes_the_time)
{
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    cr_expect_eq(poll_now()->state, POLL_CLOSED);
    cr_expect_eq(poll_now()->closed_at_ms, kit.now_ms);
}

Test(life, closing_notes_how_many_people_there_were_and_who_comes_later_is_not_among_them)
{
    join(&kit, ROLE_PARTICIPANT);
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    join(&kit, ROLE_PARTICIPANT);
    join(&kit, ROLE_MODERATOR);
    cr_expect_eq(poll_now()->people, 0);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    join(&kit, ROLE_PARTICIPANT);
    cr_expect_eq(poll_now()->people, 2);
    step(&kit, ENTRY_POLL_REOPEN, poll_id);
    cr_expect_eq(poll_now()->people, 0);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    cr_expect_eq(poll_now()->people, 3);
    join(&kit, ROLE_PARTICIPANT);
    step(&kit, ENTRY_POLL_SEAL, poll_id);
    step(&kit, ENTRY_POLL_ANNUL, poll_id);
    cr_expect_eq(poll_now()->people, 3);
}

Test(life, who_comes_late_is_never_among_the_people_of_a_poll_for_those_who_were_there)
{
    struct poll_spec spec = spec_of(&kit, 3);
    spec.no_late = true;
    poll_id = draft(&kit, &spec);
    join(&kit, ROLE_PARTICIPANT);
    join(&kit, ROLE_MODERATOR);
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    join(&kit, ROLE_PARTICIPANT);
    cr_expect_eq(poll_now()->people, 1);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    join(&kit, ROLE_PARTICIPANT);
    cr_expect_eq(poll_now()->people, 1);
    step(&kit, ENTRY_POLL_REOPEN, poll_id);
    cr_expect_eq(poll_now()->people, 1);
}

Test(life, reopening_hides_the_result_and_takes_a_new_commitment)
{
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    step(&kit, ENTRY_POLL_PUBLISH, poll_id);
    struct entry entry = poll_entry(&kit, ENTRY_POLL_REOPEN, poll_id);
    entry.as.poll_act.reason = REASON_TECHNICAL;
    entry.as.poll_act.commitment = hash_of(0xc1);
    accept(&kit, &entry);
    const struct poll *poll = poll_now();
    cr_expect_eq(poll->state, POLL_OPEN);
    cr_expect_not(poll->published);
    cr_expect(is_zero(&poll->seed));
    cr_expect_eq(poll->commitment.bytes[0], 0xc1);
    cr_expect_eq(poll->reason, REASON_TECHNICAL);
    cr_expect_eq(poll->reopened, 1);
    cr_expect_eq(poll->closed_at_ms, 0);
}

Test(life, reopening_and_annulling_need_a_reason)
{
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);

    static const enum entry_kind kinds[] = {ENTRY_POLL_REOPEN, ENTRY_POLL_ANNUL};

    for (size_t i = 0; i < 2; i++) {
        struct entry entry = poll_entry(&kit, kinds[i], poll_id);
        entry.as.poll_act.reason = REASON_NONE;
        refuse(&kit, &entry, ERR_REASON_NEEDED);
        entry = poll_entry(&kit, kinds[i], poll_id);
        entry.as.poll_act.reason = REASON_COUNT;
        refuse(&kit, &entry, ERR_BAD_VALUE);
    }
}

Test(life, publishing_tells_the_seed)
{
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    cr_expect(is_zero(&poll_now()->seed));
    step(&kit, ENTRY_POLL_PUBLISH, poll_id);
    cr_expect(poll_now()->published);
    cr_expect_eq(poll_now()->published_pos, kit.event.pos);
    cr_expect_eq(poll_now()->seed.bytes[0], 0x5e);
    step(&kit, ENTRY_POLL_UNPUBLISH, poll_id);
    cr_expect_not(poll_now()->published);
}

Test(life, sealing_keeps_the_seed_and_the_hash_of_the_list)
{
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    step(&kit, ENTRY_POLL_SEAL, poll_id);
    cr_expect_eq(poll_now()->state, POLL_SEALED);
    cr_expect_eq(poll_now()->seed.bytes[0], 0x5e);
    cr_expect_eq(poll_now()->sealed_hash.bytes[0], 0xba);
    struct entry entry = poll_entry(&kit, ENTRY_POLL_PUBLISH, poll_id);
    entry.as.poll_act.seed = (struct hash){0};
    accept(&kit, &entry);
    cr_expect_eq(poll_now()->seed.bytes[0], 0x5e, "the key is gone: the seed stays");
    step(&kit, ENTRY_POLL_UNPUBLISH, poll_id);
    cr_expect_eq(poll_now()->seed.bytes[0], 0x5e);
}

Test(life, annulling_an_open_poll_closes_it)
{
    join(&kit, ROLE_PARTICIPANT);
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    step(&kit, ENTRY_POLL_ANNUL, poll_id);
    cr_expect_eq(poll_now()->closed_at_ms, kit.now_ms);
    join(&kit, ROLE_PARTICIPANT);
    cr_expect(poll_now()->annulled);
    cr_expect_eq(poll_now()->people, 1);
    cr_expect_eq(poll_now()->state, POLL_CLOSED);
    cr_expect_eq(poll_now()->reason, REASON_MISTAKE);
}

Test(life, annulling_hides_a_published_result)
{
    step(&kit, ENTRY_POLL_OPEN, poll_id);
    step(&kit, ENTRY_POLL_CLOSE, poll_id);
    step(&kit, ENTRY_POLL_PUBLISH, poll_id);
    step(&kit, ENTRY_POLL_ANNUL, poll_id);
    cr_expect_not(poll_now()->published);
}

Test(life, a_dropped_draft_is_gone)
{
    step(&kit, ENTRY_POLL_DROP, poll_id);
    cr_expect_null(event_poll(&kit.event, poll_id));
    struct poll_spec spec = spec_of(&kit, 3);
    cr_expect_eq(draft(&kit, &spec), poll_id + 1, "its id is not used again");
}
