/* Somebody is put out of the event, and let in again. */
#include "unit/domain/undo_kit.h"

static void many(void)
{
    kit_init(&kit, JOIN_OPEN);
    person = join(&kit, ROLE_PARTICIPANT);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(ban, .init = many, .fini = leave);

static const struct participant *them(void)
{
    return event_participant(&kit.event, person);
}

static struct entry about_idea(enum entry_kind kind, int64_t idea)
{
    struct entry entry = desk(kind);
    entry.as.idea_act.idea = idea;
    entry.as.idea_act.reason = kind == ENTRY_IDEA_HIDE ? REASON_OFFENSIVE : REASON_NONE;
    return entry;
}

static struct entry ban_entry(int64_t idea, bool banned)
{
    struct entry entry = desk(ENTRY_PERSON_BAN);
    entry.as.person_ban.idea = idea;
    entry.as.person_ban.banned = banned;
    return entry;
}

/* The position of it. */
static int64_t ban(int64_t idea, bool banned)
{
    struct entry entry = ban_entry(idea, banned);
    accept(&kit, &entry);
    return here();
}

Test(ban, puts_the_author_out_and_takes_nothing_of_theirs_any_more)
{
    static const enum entry_kind kinds[] = {
        ENTRY_IDEA_SUBMIT, ENTRY_IDEA_EDIT,    ENTRY_IDEA_WITHDRAW, ENTRY_PERSON_NICK,
        ENTRY_PERSON_JOIN, ENTRY_PERSON_GROUP, ENTRY_IDEA_REPORT,   ENTRY_IDEA_SUPPORT,
    };

    int64_t idea = submit(&kit, person);
    cr_expect_eq(event_check_in(&kit.event, them()), ERR_OK);
    ban(idea, true);
    cr_expect_eq(event_check_in(&kit.event, them()), ERR_BANNED);
    cr_expect_eq(kit.event.banned, 1);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct entry entry = entry_of(&kit, kinds[i], ROLE_PARTICIPANT, person);
        refuse(&kit, &entry, ERR_BANNED);
    }
}

Test(ban, is_told_by_an_idea_with_who_did_it_and_when)
{
    int64_t idea = submit(&kit, person);
    int64_t pos = ban(idea, true);
    cr_expect_eq(them()->ban.pos, pos);
    cr_expect_eq(them()->ban.idea, idea);
    cr_expect_eq(them()->ban.by, kit.moderator);
    cr_expect_eq(them()->ban.at_ms, kit.now_ms);
}

Test(ban, hides_what_waits_and_leaves_what_was_released_and_what_is_others)
{
    int64_t shown = submit(&kit, person);
    int64_t first = submit(&kit, person);
    int64_t second = submit(&kit, person);
    int64_t others = submit(&kit, join(&kit, ROLE_PARTICIPANT));
    release(&kit, shown);
    ban(first, true);
    cr_expect_eq(idea_now(shown)->state, IDEA_PUBLISHED);
    cr_expect_eq(idea_now(first)->state, IDEA_HIDDEN);
    cr_expect_eq(idea_now(second)->state, IDEA_HIDDEN);
    cr_expect_eq(idea_now(second)->reason, REASON_OTHER);
    cr_expect_eq(idea_now(others)->state, IDEA_PENDING);
    cr_expect_eq(them()->ideas_pending, 0);
}

Test(ban, of_the_author_of_a_merged_idea_names_it_itself)
{
    int64_t other = join(&kit, ROLE_PARTICIPANT);
    int64_t into = submit(&kit, other);
    int64_t idea = submit(&kit, person);
    struct entry entry = about_idea(ENTRY_IDEA_MERGE, idea);
    entry.as.idea_act.into = into;
    accept(&kit, &entry);
    ban(idea, true);
    cr_expect_eq(event_check_in(&kit.event, them()), ERR_BANNED);
    cr_expect_eq(
        event_check_in(&kit.event, event_participant(&kit.event, other)), ERR_OK);
    cr_expect_eq(idea_now(idea)->state, IDEA_MERGED, "somebody has read it");
    cr_expect_eq(idea_now(into)->state, IDEA_PENDING);
}

Test(ban, reaches_nobody_at_the_desk)
{
    struct entry entry = ban_entry(publish_idea(&kit), true);
    refuse(&kit, &entry, ERR_NOT_PARTICIPANT);
    entry = ban_entry(99, true);
    refuse(&kit, &entry, ERR_UNKNOWN_IDEA);
}

Test(ban, is_no_act_of_helpers_and_auditors)
{
    static const enum role roles[] = {ROLE_HELPER, ROLE_AUDITOR, ROLE_PARTICIPANT};

    int64_t idea = submit(&kit, person);
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        struct entry entry = ban_entry(idea, true);
        entry.role = roles[i];
        refuse(&kit, &entry, ERR_NOT_ALLOWED);
    }
}

Test(ban, by_two_who_press_at_once_is_one)
{
    int64_t idea = submit(&kit, person);
    ban(idea, true);
    struct entry entry = ban_entry(submit(&kit, join(&kit, ROLE_PARTICIPANT)), false);
    refuse(&kit, &entry, ERR_WRONG_STATE);
    entry = ban_entry(idea, true);
    refuse(&kit, &entry, ERR_WRONG_STATE);
    cr_expect_eq(kit.event.banned, 1);
}

Test(ban, that_is_undone_gives_back_all_that_it_hid)
{
    int64_t first = submit(&kit, person);
    int64_t second = submit(&kit, person);
    struct entry entry = about_idea(ENTRY_IDEA_HIDE, second);
    accept(&kit, &entry);
    undo(&kit, here());
    int64_t pos = ban(first, true);
    undo(&kit, pos);
    cr_expect_eq(event_check_in(&kit.event, them()), ERR_OK);
    cr_expect_eq(idea_now(first)->state, IDEA_PENDING);
    cr_expect_eq(idea_now(second)->state, IDEA_PENDING);
    cr_expect_eq(idea_now(second)->reason, REASON_NONE);
    cr_expect_eq(them()->ideas_pending, 2);
    cr_expect_eq(kit.event.banned, 0);
    submit(&kit, person);
    expect_refusal(pos, ERR_UNDO_DONE);
}

Test(ban, stands_in_the_way_of_what_was_done_with_an_idea_it_hid)
{
    int64_t idea = submit(&kit, person);
    struct entry entry = about_idea(ENTRY_IDEA_TAG, 0);
    entry.as.idea_tag.idea = idea;
    entry.as.idea_tag.tags.given = true;
    accept(&kit, &entry);
    int64_t tagged = here();
    int64_t pos = ban(idea, true);
    expect_refusal(tagged, ERR_UNDO_TOUCHED);
    undo(&kit, pos);
    undo(&kit, tagged);
}

Test(ban, is_not_undone_once_one_of_those_ideas_was_decided_about)
{
    int64_t idea = submit(&kit, person);
    int64_t pos = ban(idea, true);
    release(&kit, idea);
    int64_t released = here();
    expect_refusal(pos, ERR_UNDO_BUILT_ON);
    undo(&kit, released);
    undo(&kit, pos);
    cr_expect_eq(idea_now(idea)->state, IDEA_PENDING);
}

Test(ban, ends_after_ten_minutes_too_and_what_was_hidden_stays)
{
    int64_t idea = submit(&kit, person);
    int64_t pos = ban(idea, true);
    kit.now_ms += UNDO_MS;
    expect_refusal(pos, ERR_UNDO_LATE);
    int64_t back = ban(idea, false);
    cr_expect_eq(event_check_in(&kit.event, them()), ERR_OK);
    cr_expect_eq(idea_now(idea)->state, IDEA_HIDDEN);
    undo(&kit, back);
    cr_expect_eq(event_check_in(&kit.event, them()), ERR_BANNED, "as before");
    cr_expect_eq(them()->ban.pos, pos);
}

Test(ban, that_has_ended_can_begin_anew)
{
    int64_t idea = submit(&kit, person);
    ban(idea, true);
    ban(idea, false);
    int64_t again = submit(&kit, person);
    ban(idea, true);
    cr_expect_eq(idea_now(again)->state, IDEA_HIDDEN);
    cr_expect_eq(kit.event.banned, 1);
}

/* ---- with votes and counts ---- */

Test(ban, takes_no_vote_and_no_support_away)
{
    struct entry entry = desk(ENTRY_EVENT_SET);
    entry.as.event_set.support = SUPPORT_HIDDEN;
    accept(&kit, &entry);
    int64_t liked = publish_idea(&kit);
    entry = entry_of(&kit, ENTRY_IDEA_SUPPORT, ROLE_PARTICIPANT, person);
    entry.as.idea_support.idea = liked;
    entry.as.idea_support.on = true;
    accept(&kit, &entry);
    publish_idea(&kit);
    struct poll_spec spec = spec_of(&kit, 2);
    int64_t poll = open_poll(&kit, &spec);
    struct ballot ballot = {.form = BALLOT_RANKING};
    cr_assert(cast(&kit, poll, (uint64_t)person, 1, &ballot));
    ban(submit(&kit, person), true);
    cr_expect_eq(poll_now(poll)->voted, 1);
    cr_expect_eq(idea_now(liked)->support.all, 1);
    cr_expect_eq(kit.event.people, 1, "who has voted is one of those who came");
    step(&kit, ENTRY_POLL_CLOSE, poll);
    cr_expect_eq(poll_now(poll)->people, 1);
    cr_expect_eq(poll_now(poll)->voted, 1);
}

Test(ban, changes_no_groups_size)
{
    struct entry entry = desk(ENTRY_LABEL_ADD);
    entry.as.label.name = content_of(kit.next);
    int64_t group = accept(&kit, &entry);
    entry = entry_of(&kit, ENTRY_PERSON_GROUP, ROLE_PARTICIPANT, person);
    entry.as.person_group.group = group;
    accept(&kit, &entry);
    ban(submit(&kit, person), true);
    cr_expect_eq(event_label(&kit.event, group)->people, 1, "its ideas may be theirs");
}

/* ---- with tickets ---- */

static int64_t redeem(int64_t ticket)
{
    struct entry entry = entry_of(&kit, ENTRY_TICKET_REDEEM, ROLE_NONE, 0);
    entry.as.ticket.ticket = ticket;
    return accept(&kit, &entry);
}

static void refuse_ticket(int64_t ticket)
{
    struct entry entry = entry_of(&kit, ENTRY_TICKET_REDEEM, ROLE_NONE, 0);
    entry.as.ticket.ticket = ticket;
    refuse(&kit, &entry, ERR_BANNED);
}

Test(ban, lets_in_by_no_ticket_of_theirs_and_by_no_replacement)
{
    struct entry entry = desk(ENTRY_TICKETS_ISSUE);
    entry.as.tickets_issue.count = 2;
    accept(&kit, &entry);
    person = redeem(1);
    int64_t idea = submit(&kit, person);
    ban(idea, true);
    refuse_ticket(1);
    entry = desk(ENTRY_TICKET_REPLACE);
    entry.as.ticket.ticket = 1;
    int64_t replacement = accept(&kit, &entry);
    refuse_ticket(replacement);
    ban(idea, false);
    cr_expect_eq(redeem(replacement), person);
    cr_expect_neq(redeem(2), person, "another ticket is somebody else's");
}
