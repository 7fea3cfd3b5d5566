#include "unit/domain/kit.h"

static struct kit kit;
static int64_t ada;
static int64_t ben;

static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    ada = join(&kit, ROLE_PARTICIPANT);
    ben = join(&kit, ROLE_PARTICIPANT);
}

static void leave(void)
{
    kit_fini(&kit);
}

static const struct idea *idea_of(int64_t id)
{
    const struct idea *idea = event_idea(&kit.event, id);
    cr_assert_not_null(idea);
    return idea;
}

static enum idea_state state_of(int64_t id)
{
    return idea_of(id)->state;
}

static void close_call(void)
{
    struct entry entry = entry_of(&kit, ENTRY_EVENT_CALL, ROLE_MODERATOR, kit.moderator);
    accept(&kit, &entry);
}

/* ---- submit ---- */

TestSuite(submit, .init = enter, .fini = leave);

Test(submit, makes_a_pending_idea)
{
    struct entry entry = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    cr_expect_eq(accept(&kit, &entry), 1);
    const struct idea *idea = idea_of(1);
    cr_expect_eq(idea->state, IDEA_PENDING);
    cr_expect_eq(idea->author, ada);
    cr_expect_eq(idea->submitted_at_ms, entry.at_ms);
    cr_expect_eq(idea->changed_pos, kit.event.pos);
    cr_expect(uid_equal(&idea->content.id, &entry.as.idea_text.content.id));
}

Test(submit, by_a_moderator_is_published_at_once_even_after_the_call)
{
    close_call();
    cr_expect_eq(state_of(publish_idea(&kit)), IDEA_PUBLISHED);
}

Test(submit, needs_an_open_call)
{
    close_call();
    struct entry entry = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    refuse(&kit, &entry, ERR_CALL_CLOSED);
}

Test(submit, needs_a_text)
{
    struct entry entry = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    entry.as.idea_text.content = (struct content_ref){0};
    refuse(&kit, &entry, ERR_TEXT_EMPTY);
}

Test(submit, needs_a_participant)
{
    struct entry entry = submit_entry(&kit, ROLE_PARTICIPANT, 0);
    refuse(&kit, &entry, ERR_NOT_PARTICIPANT);
    entry = submit_entry(&kit, ROLE_PARTICIPANT, 99);
    refuse(&kit, &entry, ERR_NOT_PARTICIPANT);
    entry = submit_entry(&kit, ROLE_PARTICIPANT, kit.moderator);
    refuse(&kit, &entry, ERR_NOT_PARTICIPANT);
    entry = submit_entry(&kit, ROLE_MODERATOR, ada);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    entry = submit_entry(&kit, ROLE_NONE, 0);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
}

Test(submit, lets_one_person_keep_only_so_many_waiting)
{
    for (size_t i = 0; i < IDEAS_OWN_PENDING_MAX; i++) {
        submit(&kit, ada);
    }
    struct entry entry = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    refuse(&kit, &entry, ERR_TOO_MANY);
    submit(&kit, ben);
    release(&kit, 1);
    submit(&kit, ada);
    entry = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    refuse(&kit, &entry, ERR_TOO_MANY);
}

Test(submit, stops_at_the_bound)
{
    while (kit.event.idea_count < IDEAS_MAX) {
        struct entry entry = submit_entry(&kit, ROLE_MODERATOR, kit.moderator);
        struct outcome outcome;
        cr_assert_eq(event_apply(&kit.event, &entry, &outcome), ERR_OK);
        cr_assert_eq(outcome.err, ERR_OK);
    }
    struct entry entry = submit_entry(&kit, ROLE_MODERATOR, kit.moderator);
    cr_expect_eq(apply(&kit, &entry).err, ERR_TOO_MANY);
}

/* ---- edit ---- */

TestSuite(edit, .init = enter, .fini = leave);

static struct entry edit_entry(enum role role, int64_t actor, int64_t idea)
{
    struct entry entry = entry_of(&kit, ENTRY_IDEA_EDIT, role, actor);
    entry.as.idea_text.idea = idea;
    entry.as.idea_text.content = content_of(kit.next);
    return entry;
}

Test(edit, changes_the_own_pending_idea)
{
    int64_t idea = submit(&kit, ada);
    struct entry entry = edit_entry(ROLE_PARTICIPANT, ada, idea);
    accept(&kit, &entry);
    cr_expect(uid_equal(&idea_of(idea)->content.id, &entry.as.idea_text.content.id));
    cr_expect_eq(idea_of(idea)->changed_pos, kit.event.pos);
    cr_expect_eq(state_of(idea), IDEA_PENDING);
}

Test(edit, of_a_released_or_anothers_idea_is_not_for_participants)
{
    int64_t idea = submit(&kit, ada);
    struct entry entry = edit_entry(ROLE_PARTICIPANT, ben, idea);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    release(&kit, idea);
    entry = edit_entry(ROLE_PARTICIPANT, ada, idea);
    refuse(&kit, &entry, ERR_NOT_PENDING);
}

Test(edit, by_a_moderator_reaches_any_idea_but_a_withdrawn_one)
{
    int64_t pending = submit(&kit, ada);
    int64_t published = publish_idea(&kit);
    int64_t hidden = publish_idea(&kit);
    int64_t merged = publish_idea(&kit);
    hide(&kit, hidden);
    merge(&kit, merged, published);
    const int64_t all[] = {pending, published, hidden, merged};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        enum idea_state state = state_of(all[i]);
        struct entry entry = edit_entry(ROLE_MODERATOR, kit.moderator, all[i]);
        accept(&kit, &entry);
        cr_expect_eq(state_of(all[i]), state);
    }
    struct entry entry = entry_of(&kit, ENTRY_IDEA_WITHDRAW, ROLE_PARTICIPANT, ada);
    entry.as.idea_act.idea = pending;
    accept(&kit, &entry);
    entry = edit_entry(ROLE_MODERATOR, kit.moderator, pending);
    refuse(&kit, &entry, ERR_WRONG_STATE);
}

Test(edit, needs_an_idea_and_a_text)
{
    struct entry entry = edit_entry(ROLE_MODERATOR, kit.moderator, 1);
    refuse(&kit, &entry, ERR_UNKNOWN_IDEA);
    int64_t idea = submit(&kit, ada);
    entry = edit_entry(ROLE_PARTICIPANT, ada, idea);
    entry.as.idea_text.content = (struct content_ref){0};
    refuse(&kit, &entry, ERR_TEXT_EMPTY);
}

/* ---- withdraw ---- */

TestSuite(withdraw, .init = enter, .fini = leave);

static struct entry withdraw_entry(int64_t actor, int64_t idea)
{
    struct entry entry = entry_of(&kit, ENTRY_IDEA_WITHDRAW, ROLE_PARTICIPANT, actor);
    entry.as.idea_act.idea = idea;
    return entry;
}

Test(withdraw, takes_back_the_own_pending_idea_once)
{
    int64_t idea = submit(&kit, ada);
    struct entry entry = withdraw_entry(ada, idea);
    accept(&kit, &entry);
    cr_expect_eq(state_of(idea), IDEA_WITHDRAWN);
    entry = withdraw_entry(ada, idea);
    refuse(&kit, &entry, ERR_NOT_PENDING);
}

Test(withdraw, is_refused_for_anothers_released_or_unknown_idea)
{
    int64_t idea = submit(&kit, ada);
    struct entry entry = withdraw_entry(ben, idea);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    release(&kit, idea);
    entry = withdraw_entry(ada, idea);
    refuse(&kit, &entry, ERR_NOT_PENDING);
    entry = withdraw_entry(ada, 99);
    refuse(&kit, &entry, ERR_UNKNOWN_IDEA);
}

Test(withdraw, is_not_for_moderators)
{
    int64_t idea = submit(&kit, ada);
    struct entry entry = idea_entry(&kit, ENTRY_IDEA_WITHDRAW, idea);
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
}

/* ---- release, hide ---- */

TestSuite(moderate, .init = enter, .fini = leave);

Test(moderate, releases_pending_and_hidden_ideas)
{
    int64_t idea = submit(&kit, ada);
    release(&kit, idea);
    cr_expect_eq(state_of(idea), IDEA_PUBLISHED);
    hide(&kit, idea);
    release(&kit, idea);
    cr_expect_eq(state_of(idea), IDEA_PUBLISHED);
    cr_expect_eq(idea_of(idea)->reason, REASON_NONE);
    struct entry entry = idea_entry(&kit, ENTRY_IDEA_RELEASE, idea);
    refuse(&kit, &entry, ERR_WRONG_STATE);
}

Test(moderate, hides_with_a_reason_and_a_note)
{
    int64_t idea = submit(&kit, ada);
    struct entry entry = idea_entry(&kit, ENTRY_IDEA_HIDE, idea);
    entry.as.idea_act.reason = REASON_PERSONAL_DATA;
    entry.as.idea_act.note = content_of(333);
    accept(&kit, &entry);
    cr_expect_eq(state_of(idea), IDEA_HIDDEN);
    cr_expect_eq(idea_of(idea)->reason, REASON_PERSONAL_DATA);
    cr_expect(uid_equal(&idea_of(idea)->note.id, &entry.as.idea_act.note.id));
    cr_expect_eq(idea_of(idea)->changed_pos, kit.event.pos);
    release(&kit, idea);
    cr_expect(uid_is_zero(&idea_of(idea)->note.id));
}

Test(moderate, hides_for_a_reason_only)
{
    int64_t idea = submit(&kit, ada);
    struct entry entry = idea_entry(&kit, ENTRY_IDEA_HIDE, idea);
    refuse(&kit, &entry, ERR_REASON_NEEDED);
    entry = idea_entry(&kit, ENTRY_IDEA_HIDE, idea);
    entry.as.idea_act.reason = REASON_COUNT;
    refuse(&kit, &entry, ERR_BAD_VALUE);
}

Test(moderate, refuses_states_and_ideas_that_do_not_fit)
{
    static const enum entry_kind kinds[] = {
        ENTRY_IDEA_RELEASE, ENTRY_IDEA_HIDE, ENTRY_IDEA_SPLIT, ENTRY_IDEA_MERGE};

    int64_t withdrawn = submit(&kit, ada);
    int64_t target = publish_idea(&kit);
    struct entry entry = withdraw_entry(ada, withdrawn);
    accept(&kit, &entry);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        entry = idea_entry(&kit, kinds[i], withdrawn);
        entry.as.idea_act.reason = REASON_OTHER;
        entry.as.idea_act.into = target;
        refuse(&kit, &entry, ERR_WRONG_STATE);
        entry = idea_entry(&kit, kinds[i], 99);
        entry.as.idea_act.reason = REASON_OTHER;
        entry.as.idea_act.into = target;
        refuse(&kit, &entry, ERR_UNKNOWN_IDEA);
        entry = idea_entry(&kit, kinds[i], target);
        entry.role = ROLE_PARTICIPANT;
        entry.actor = ada;
        refuse(&kit, &entry, ERR_NOT_ALLOWED);
    }
}

Test(moderate, releases_nothing_that_was_written_anew_since_it_was_read)
{
    int64_t idea = submit(&kit, ada);
    int64_t seen = kit.event.pos;
    struct entry entry = edit_entry(ROLE_PARTICIPANT, ada, idea);
    accept(&kit, &entry);
    entry = idea_entry(&kit, ENTRY_IDEA_RELEASE, idea);
    entry.as.idea_act.seen = seen;
    refuse(&kit, &entry, ERR_WRONG_STATE);
    entry = idea_entry(&kit, ENTRY_IDEA_RELEASE, idea);
    entry.as.idea_act.seen = kit.event.pos;
    submit(&kit, ada); /* another idea changes nothing about this one */
    accept(&kit, &entry);
    cr_expect_eq(state_of(idea), IDEA_PUBLISHED);
}

/* ---- merge, split ---- */

TestSuite(merge, .init = enter, .fini = leave);

static void split(int64_t idea)
{
    struct entry entry = idea_entry(&kit, ENTRY_IDEA_SPLIT, idea);
    accept(&kit, &entry);
}

Test(merge, then_split_restores_either_state)
{
    int64_t pending = submit(&kit, ada);
    int64_t published = publish_idea(&kit);
    int64_t target = publish_idea(&kit);
    merge(&kit, pending, target);
    merge(&kit, published, target);
    cr_expect_eq(state_of(pending), IDEA_MERGED);
    cr_expect_eq(idea_of(pending)->merged_into, target);
    split(pending);
    split(published);
    cr_expect_eq(state_of(pending), IDEA_PENDING);
    cr_expect_eq(state_of(published), IDEA_PUBLISHED);
    cr_expect_eq(idea_of(pending)->merged_into, 0);
    cr_expect_eq(idea_of(published)->changed_pos, kit.event.pos);
}

Test(merge, into_itself_or_back_along_a_chain_is_a_loop)
{
    int64_t a = publish_idea(&kit);
    int64_t b = publish_idea(&kit);
    int64_t c = publish_idea(&kit);
    struct entry entry = idea_entry(&kit, ENTRY_IDEA_MERGE, a);
    entry.as.idea_act.into = a;
    refuse(&kit, &entry, ERR_MERGE_LOOP);
    merge(&kit, a, b);
    merge(&kit, b, c);
    entry = idea_entry(&kit, ENTRY_IDEA_MERGE, c);
    entry.as.idea_act.into = a;
    refuse(&kit, &entry, ERR_MERGE_LOOP);
}

Test(merge, of_an_idea_with_others_in_it_keeps_the_chain)
{
    int64_t a = publish_idea(&kit);
    int64_t b = publish_idea(&kit);
    int64_t c = publish_idea(&kit);
    merge(&kit, a, b);
    merge(&kit, b, c);
    cr_expect_eq(idea_of(a)->merged_into, b);
    split(b);
    cr_expect_eq(idea_of(a)->merged_into, b);
    cr_expect_eq(state_of(b), IDEA_PUBLISHED);
}

Test(merge, needs_both_ideas_shown_or_waiting)
{
    int64_t shown = publish_idea(&kit);
    int64_t hidden = publish_idea(&kit);
    int64_t merged = publish_idea(&kit);
    int64_t other = publish_idea(&kit);
    hide(&kit, hidden);
    merge(&kit, merged, other);
    const int64_t wrong[] = {hidden, merged};
    for (size_t i = 0; i < 2; i++) {
        struct entry entry = idea_entry(&kit, ENTRY_IDEA_MERGE, shown);
        entry.as.idea_act.into = wrong[i];
        refuse(&kit, &entry, ERR_WRONG_STATE);
        entry = idea_entry(&kit, ENTRY_IDEA_MERGE, wrong[i]);
        entry.as.idea_act.into = shown;
        refuse(&kit, &entry, ERR_WRONG_STATE);
    }
    struct entry entry = idea_entry(&kit, ENTRY_IDEA_MERGE, shown);
    entry.as.idea_act.into = 99;
    refuse(&kit, &entry, ERR_UNKNOWN_IDEA);
    int64_t pending = submit(&kit, ada);
    merge(&kit, shown, pending);
}

Test(merge, of_pending_ideas_makes_room_for_new_ones)
{
    int64_t target = publish_idea(&kit);
    int64_t idea = submit(&kit, ada);
    cr_expect_eq(event_participant(&kit.event, ada)->ideas_pending, 1);
    merge(&kit, idea, target);
    cr_expect_eq(event_participant(&kit.event, ada)->ideas_pending, 0);
    split(idea);
    cr_expect_eq(event_participant(&kit.event, ada)->ideas_pending, 1);
}
