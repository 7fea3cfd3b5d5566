/* Polls by shares: which may be made, in which share a ballot counts, and what may be
 * published. */
#include "chance.h"
#include "domain/publish.h"
#include "domain/shares.h"
#include "unit/domain/kit.h"

static struct kit kit;
static int64_t jury; /* a group that only tickets lead to */
static int64_t open; /* a group that people choose */

static struct entry label_entry(int64_t label, bool ticket_only)
{
    enum entry_kind kind = label != 0 ? ENTRY_LABEL_EDIT : ENTRY_LABEL_ADD;
    struct entry entry = entry_of(&kit, kind, ROLE_MODERATOR, kit.moderator);
    entry.as.label.label = label;
    entry.as.label.kind = LABEL_GROUP;
    entry.as.label.name = content_of(kit.next);
    entry.as.label.ticket_only = ticket_only;
    return entry;
}

static int64_t add_group(bool ticket_only)
{
    struct entry entry = label_entry(0, ticket_only);
    return accept(&kit, &entry);
}

static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    jury = add_group(true);
    open = add_group(false);
    for (int i = 0; i < 4; i++) {
        publish_idea(&kit);
    }
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(shares, .init = enter, .fini = leave);

static struct poll_spec spec_by(struct share_list shares)
{
    struct poll_spec spec = spec_of(&kit, 4);
    spec.shares = shares;
    return spec;
}

#define HALVES                                                                           \
    (struct share_list)                                                                  \
    {                                                                                    \
        .count = 2, .of = { {jury, 50}, {0, 50} }                                        \
    }

static void expect_spec(struct share_list shares, enum err err)
{
    struct poll_spec spec = spec_by(shares);
    struct entry entry = draft_entry(&kit, &spec);
    cr_expect_eq(event_check(&kit.event, &entry), err, "%s", err_code(err));
}

/* Redeems a ticket of the group (0: of none). */
static int64_t let_in(int64_t group)
{
    struct entry entry = entry_of(&kit, ENTRY_TICKETS_ISSUE, ROLE_OFFICE, 0);
    entry.as.tickets_issue.count = 1;
    entry.as.tickets_issue.group = group;
    int64_t ticket = accept(&kit, &entry);
    entry = entry_of(&kit, ENTRY_TICKET_REDEEM, ROLE_NONE, 0);
    entry.as.ticket.ticket = ticket;
    return accept(&kit, &entry);
}

static struct entry choose_entry(int64_t person, int64_t group)
{
    struct entry entry = entry_of(&kit, ENTRY_PERSON_GROUP, ROLE_PARTICIPANT, person);
    entry.as.person_group.group = group;
    return entry;
}

/* ---- which there may be ---- */

Test(shares, are_a_hundred_per_cent_of_different_groups)
{
    int64_t other = add_group(true);
    expect_spec((struct share_list){0}, ERR_OK);
    expect_spec(HALVES, ERR_OK);
    expect_spec((struct share_list){1, {{jury, 100}}}, ERR_OK);
    expect_spec((struct share_list){3, {{jury, 1}, {other, 98}, {0, 1}}}, ERR_OK);
    expect_spec((struct share_list){1, {{jury, 99}}}, ERR_BAD_SHARES);
    expect_spec((struct share_list){2, {{jury, 0}, {0, 100}}}, ERR_BAD_SHARES);
    expect_spec((struct share_list){2, {{jury, 50}, {jury, 50}}}, ERR_BAD_SHARES);
    expect_spec((struct share_list){2, {{0, 50}, {0, 50}}}, ERR_BAD_SHARES);
    expect_spec((struct share_list){2, {{jury, 65535}, {0, 101}}}, ERR_BAD_SHARES);
    expect_spec((struct share_list){SHARES_MAX + 1, {{jury, 100}}}, ERR_BAD_SHARES);
}

Test(shares, are_of_groups_that_only_tickets_lead_to)
{
    struct entry tag = label_entry(0, false);
    tag.as.label.kind = LABEL_TAG;
    int64_t dropped = add_group(true);
    struct entry drop = entry_of(&kit, ENTRY_LABEL_DROP, ROLE_MODERATOR, kit.moderator);
    drop.as.label.label = dropped;
    accept(&kit, &drop);
    expect_spec((struct share_list){1, {{open, 100}}}, ERR_SHARE_TICKETS);
    expect_spec((struct share_list){1, {{accept(&kit, &tag), 100}}}, ERR_UNKNOWN_LABEL);
    expect_spec((struct share_list){1, {{dropped, 100}}}, ERR_UNKNOWN_LABEL);
    expect_spec((struct share_list){1, {{99, 100}}}, ERR_UNKNOWN_LABEL);
}

Test(shares, have_no_live_results)
{
    struct poll_spec spec = spec_by(HALVES);
    spec.live = true;
    struct entry entry = draft_entry(&kit, &spec);
    refuse(&kit, &entry, ERR_BAD_SHARES);
}

Test(shares, are_looked_at_again_when_the_poll_is_opened)
{
    struct poll_spec spec = spec_by(HALVES);
    int64_t poll = draft(&kit, &spec);
    struct entry edit = label_entry(jury, false);
    accept(&kit, &edit); /* of a draft that may be */
    struct entry entry = poll_entry(&kit, ENTRY_POLL_OPEN, poll);
    refuse(&kit, &entry, ERR_SHARE_TICKETS);
    edit = label_entry(jury, true);
    accept(&kit, &edit);
    step(&kit, ENTRY_POLL_OPEN, poll);
}

/* ---- groups that take a ticket ---- */

Test(shares, nobody_chooses_a_group_that_takes_a_ticket)
{
    int64_t person = join(&kit, ROLE_PARTICIPANT);
    struct entry entry = choose_entry(person, jury);
    refuse(&kit, &entry, ERR_GROUP_BY_TICKET);
    entry = choose_entry(let_in(0), jury);
    refuse(&kit, &entry, ERR_GROUP_BY_TICKET);
    int64_t member = let_in(jury);
    cr_expect_eq(event_participant(&kit.event, member)->group, jury);
    entry = choose_entry(member, jury);
    accept(&kit, &entry);
}

Test(shares, a_group_that_was_chosen_does_not_come_to_take_a_ticket)
{
    int64_t person = join(&kit, ROLE_PARTICIPANT);
    struct entry entry = choose_entry(person, open);
    accept(&kit, &entry);
    entry = label_entry(open, true);
    refuse(&kit, &entry, ERR_WRONG_STATE);
    entry = label_entry(jury, true);
    let_in(jury);
    accept(&kit, &entry);
    entry = label_entry(0, true);
    entry.as.label.kind = LABEL_TAG;
    refuse(&kit, &entry, ERR_BAD_VALUE);
}

Test(shares, a_group_that_decides_stays_as_it_is)
{
    struct poll_spec spec = spec_by(HALVES);
    int64_t poll = open_poll(&kit, &spec);
    struct entry entry = label_entry(jury, false);
    refuse(&kit, &entry, ERR_WRONG_STATE);
    struct entry drop = entry_of(&kit, ENTRY_LABEL_DROP, ROLE_MODERATOR, kit.moderator);
    drop.as.label.label = jury;
    refuse(&kit, &drop, ERR_WRONG_STATE);
    undo(&kit, kit.event.polls[poll - 1]->acted_pos);
    entry = label_entry(jury, false);
    accept(&kit, &entry); /* a draft again */
}

Test(shares, the_flag_of_a_group_is_undone_while_nothing_builds_on_it)
{
    struct entry edit = label_entry(open, true);
    accept(&kit, &edit);
    int64_t pos = kit.event.pos;
    undo(&kit, pos);
    cr_expect_not(event_label(&kit.event, open)->ticket_only);
    edit = label_entry(open, true);
    accept(&kit, &edit);
    pos = kit.event.pos;
    struct poll_spec spec = spec_by((struct share_list){1, {{open, 100}}});
    open_poll(&kit, &spec);
    struct entry entry = undo_entry(&kit, pos);
    refuse(&kit, &entry, ERR_UNDO_BUILT_ON);
}

Test(shares, the_flag_that_was_taken_away_does_not_come_back_over_who_chose_since)
{
    struct entry edit = label_entry(jury, false);
    accept(&kit, &edit);
    int64_t pos = kit.event.pos;
    struct entry entry = choose_entry(join(&kit, ROLE_PARTICIPANT), jury);
    accept(&kit, &entry);
    entry = undo_entry(&kit, pos);
    refuse(&kit, &entry, ERR_UNDO_BUILT_ON);
}

/* ---- in which share ---- */

static const struct participant *person(int64_t id)
{
    return event_participant(&kit.event, id);
}

Test(shares, people_vote_in_that_of_their_group_or_of_everybody_else)
{
    int64_t member = let_in(jury);
    int64_t guest = join(&kit, ROLE_PARTICIPANT);
    struct poll poll = {.spec = spec_by(HALVES)};
    cr_expect_eq(poll_share_of(&poll, person(member)), 1);
    cr_expect_eq(poll_share_of(&poll, person(guest)), 2);
    cr_expect_eq(poll_check_share(&poll, person(guest)), ERR_OK);
    poll.spec.shares = (struct share_list){1, {{jury, 100}}};
    cr_expect_eq(poll_share_of(&poll, person(guest)), 0);
    cr_expect_eq(poll_check_share(&poll, person(guest)), ERR_NO_SHARE);
    poll.spec.shares = (struct share_list){0};
    cr_expect_eq(poll_share_of(&poll, person(member)), 0);
    cr_expect_eq(poll_check_share(&poll, person(guest)), ERR_OK);
}

static enum err cast_in(int64_t poll, uint64_t voter, uint16_t share, uint32_t counter)
{
    struct ballot ballot = RANKING(1);
    struct entry entry = cast_entry(&kit, voter, 1, counter, &ballot);
    entry.as.cast.share = share;
    enum err foretold = poll_check_cast(event_poll(&kit.event, poll), &entry.as.cast);
    cr_assert_eq(foretold, apply_lane(&kit, poll, &entry).err);
    return foretold;
}

Test(shares, a_ballot_carries_its_share_where_there_are_any_and_only_there)
{
    struct poll_spec spec = spec_by(HALVES);
    int64_t by_shares = open_poll(&kit, &spec);
    spec.shares.count = 0;
    int64_t plain = open_poll(&kit, &spec);
    cr_expect_eq(cast_in(by_shares, 1, 0, 1), ERR_BAD_VALUE);
    cr_expect_eq(cast_in(by_shares, 1, 3, 1), ERR_BAD_VALUE);
    cr_expect_eq(cast_in(by_shares, 1, 1, 1), ERR_OK);
    cr_expect_eq(cast_in(by_shares, 2, 2, 1), ERR_OK);
    cr_expect_eq(cast_in(by_shares, 3, 2, 1), ERR_OK);
    cr_expect_eq(cast_in(plain, 1, 1, 1), ERR_BAD_VALUE);
    cr_expect_eq(cast_in(plain, 1, 0, 1), ERR_OK);
    const struct poll *poll = event_poll(&kit.event, by_shares);
    cr_expect_eq(poll->voted_of[0], 1);
    cr_expect_eq(poll->voted_of[1], 2);
    cr_expect_eq(cast_in(by_shares, 3, 1, 2), ERR_OK); /* a later ballot, elsewhere */
    cr_expect_eq(poll->voted_of[0], 2);
    cr_expect_eq(poll->voted_of[1], 1);
    cr_expect_eq(cast_in(by_shares, 3, 2, 1), ERR_OK); /* an older one: it is kept */
    cr_expect_eq(poll->voted_of[1], 1);
}

Test(shares, paper_is_of_a_share_where_there_are_any_and_only_there)
{
    struct poll_spec spec = spec_by(HALVES);
    int64_t second = join(&kit, ROLE_MODERATOR);
    int64_t poll = open_poll(&kit, &spec);
    struct entry entry = entry_of(&kit, ENTRY_PAPER_ENTER, ROLE_MODERATOR, kit.moderator);
    entry.as.paper_enter.poll = poll;
    entry.as.paper_enter.paper = (struct paper){.pile_count = 1, .piles = {{.count = 7}}};
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry.command = uid_of(1000001);
    entry.as.paper_enter.share = 3;
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry.command = uid_of(1000002);
    entry.as.paper_enter.share = 2;
    int64_t batch = accept(&kit, &entry);
    entry = entry_of(&kit, ENTRY_PAPER_CONFIRM, ROLE_MODERATOR, second);
    entry.as.paper_act.batch = batch;
    entry.as.paper_act.ballots = 7;
    accept(&kit, &entry);
    const struct poll *found = event_poll(&kit.event, poll);
    cr_expect_eq(found->paper_of[0], 0);
    cr_expect_eq(found->paper_of[1], 7);
    undo(&kit, kit.event.pos);
    cr_expect_eq(found->paper_of[1], 0);
}

/* ---- what may be published ---- */

Test(shares, are_published_as_the_smallest_allows)
{
    struct poll poll = {.spec = spec_by(HALVES)};
    poll.voted = 103;
    poll.voted_of[0] = 3;
    poll.voted_of[1] = 100;
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_ORDER);
    poll.voted_of[0] = 5;
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_STATISTICS);
    poll.voted_of[0] = 20;
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_BALLOTS);
    poll.voted_of[0] = 0; /* nobody to be told apart */
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_BALLOTS);
    poll.voted_of[0] = 20;
    poll.paper = poll.paper_of[0] = 3; /* in the list they stand apart */
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_STATISTICS);
    poll.paper = 103;
    poll.paper_of[1] = 100;
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_STATISTICS);
    poll.paper_of[0] = 5;
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_BALLOTS);
}

Test(shares, of_one_ballot_are_not_told_by_themselves)
{
    struct poll poll = {.spec = spec_by(HALVES), .voted = 31, .voted_of = {1, 30}};
    cr_expect_not(publish_share_shown(&poll, 0));
    cr_expect_not(publish_share_shown(&poll, 1), "less this, the result is the ballot");
    poll.voted_of[0] = 2;
    cr_expect(publish_share_shown(&poll, 0));
    cr_expect(publish_share_shown(&poll, 1));
    poll.voted_of[0] = 0;
    cr_expect_not(publish_share_shown(&poll, 0));
    cr_expect(publish_share_shown(&poll, 1));
    poll.paper_of[0] = 1;
    cr_expect_not(publish_share_shown(&poll, 1));
}

Test(shares, never_publish_more_than_any_of_them_alone_would)
{
    for (int round = 0; round < 2000; round++) {
        struct poll poll = {.spec = spec_by(HALVES)};
        for (size_t i = 0; i < 2; i++) {
            poll.voted += poll.voted_of[i] = below(4) == 0 ? 0 : below(40);
            poll.paper += poll.paper_of[i] = below(3) == 0 ? below(40) : 0;
        }
        for (size_t i = 0; i < 2; i++) {
            struct poll alone = {.spec = poll.spec};
            alone.spec.shares.count = 0;
            alone.voted = poll.voted_of[i];
            alone.paper = poll.paper_of[i];
            if (alone.voted + alone.paper > 0) {
                cr_assert_leq(publish_poll_level(&poll), publish_poll_level(&alone));
            }
        }
    }
}
