#include "domain/entry.h"
#include "domain/event.h"

#include <criterion/criterion.h>
#include <string.h>

#define EXPECT_NAMES(name_of, count, ...)                                                \
    do {                                                                                 \
        static const char *const expected[] = {__VA_ARGS__};                             \
        cr_assert_eq(sizeof expected / sizeof expected[0], (size_t)(count));             \
        for (unsigned i = 0; i < (unsigned)(count); i++) {                               \
            cr_expect_str_eq(name_of(i), expected[i]);                                   \
        }                                                                                \
    } while (0)

Test(names, entries_are_spelled_as_the_log_keeps_them)
{
    EXPECT_NAMES(
        entry_kind_code, ENTRY_KIND_COUNT, "event.create", "event.call", "event.set",
        "event.words", "event.wifi", "event.restore", "event.archive", "agenda.set",
        "phase.start", "timer.set", "timer.tick", "person.join", "person.nick",
        "person.group", "person.ban", "desk.invite", "desk.sit", "desk.revoke",
        "tickets.issue", "ticket.redeem", "ticket.void", "tickets.void", "ticket.replace",
        "idea.submit", "idea.edit", "idea.withdraw", "idea.release", "idea.hide",
        "idea.merge", "idea.split", "idea.tag", "idea.team", "idea.challenge",
        "idea.follow", "idea.report", "idea.clear", "idea.support", "label.add",
        "label.edit", "label.drop", "label.move", "poll.create", "poll.edit", "poll.drop",
        "poll.open", "poll.close", "poll.reopen", "poll.publish", "poll.unpublish",
        "poll.seal", "poll.annul", "paper.enter", "paper.confirm", "paper.drop", "undo",
        "cast", "fence");
}

Test(names, roles_modes_forms_and_levels_are_those_of_the_protocol)
{
    EXPECT_NAMES(
        role_name, ROLE_COUNT, "none", "participant", "moderator", "stage", "office",
        "owner", "helper", "auditor");
    EXPECT_NAMES(join_mode_name, JOIN_MODE_COUNT, "open", "ticket");
    EXPECT_NAMES(
        ballot_form_name, BALLOT_FORM_COUNT, "ranking", "approval", "yesno", "score",
        "dots");
    EXPECT_NAMES(publication_name, PUBLICATION_COUNT, "order", "statistics", "ballots");
}

Test(names, reasons_are_those_of_the_protocol)
{
    EXPECT_NAMES(
        reason_code, REASON_COUNT, "none", "duplicate", "off-topic", "offensive",
        "personal-data", "asked-by-author", "mistake", "technical", "other");
}

Test(names, phases_are_those_of_the_protocol)
{
    EXPECT_NAMES(
        phase_kind_name, PHASE_KIND_COUNT, "call", "collect", "merge", "shortlist",
        "rank", "award", "follow-up");
}

Test(names, what_becomes_of_ideas_is_named_as_in_the_protocol)
{
    EXPECT_NAMES(
        follow_state_name, FOLLOW_STATE_COUNT, "idea", "prototype", "pilot", "permanent",
        "transfer", "stopped");
}

Test(names, kinds_of_labels_are_those_of_the_protocol)
{
    EXPECT_NAMES(label_kind_name, LABEL_KIND_COUNT, "group", "tag", "challenge");
}

Test(names, kinds_of_support_are_those_of_the_protocol)
{
    EXPECT_NAMES(support_name, SUPPORT_COUNT, "off", "hidden", "shown");
}

Test(names, states_are_those_of_the_protocol)
{
    EXPECT_NAMES(
        idea_state_name, IDEA_STATE_COUNT, "pending", "published", "hidden", "withdrawn",
        "merged");
    EXPECT_NAMES(poll_state_name, POLL_STATE_COUNT, "draft", "open", "closed", "sealed");
}
