#include "domain/access.h"

#include <criterion/criterion.h>

/* N nobody yet, P participant, O owner, M moderator, H helper, U auditor, S stage, F
 * office. */
static const char *const expected[ENTRY_KIND_COUNT] = {
    [ENTRY_EVENT_CREATE] = "F",
    [ENTRY_EVENT_CALL] = "OM",
    [ENTRY_EVENT_SET] = "OM",
    [ENTRY_EVENT_WORDS] = "OMHF",
    [ENTRY_EVENT_WIFI] = "OM",
    [ENTRY_PERSON_NICK] = "P",
    [ENTRY_EVENT_RESTORE] = "F",
    [ENTRY_EVENT_ARCHIVE] = "F",
    [ENTRY_PERSON_JOIN] = "NPF",
    [ENTRY_TICKETS_ISSUE] = "OMF",
    [ENTRY_TICKET_REDEEM] = "NP",
    [ENTRY_IDEA_SUBMIT] = "POMH",
    [ENTRY_IDEA_EDIT] = "POMH",
    [ENTRY_IDEA_WITHDRAW] = "P",
    [ENTRY_IDEA_RELEASE] = "OMH",
    [ENTRY_IDEA_HIDE] = "OMH",
    [ENTRY_IDEA_MERGE] = "OMH",
    [ENTRY_IDEA_SPLIT] = "OMH",
    [ENTRY_POLL_CREATE] = "OM",
    [ENTRY_POLL_EDIT] = "OM",
    [ENTRY_POLL_DROP] = "OM",
    [ENTRY_POLL_OPEN] = "OM",
    [ENTRY_POLL_CLOSE] = "OMF",
    [ENTRY_POLL_REOPEN] = "OMF",
    [ENTRY_POLL_PUBLISH] = "OM",
    [ENTRY_POLL_UNPUBLISH] = "OM",
    [ENTRY_POLL_SEAL] = "OMF",
    [ENTRY_POLL_ANNUL] = "OMF",
    [ENTRY_CAST] = "P",
    [ENTRY_FENCE] = "",
    [ENTRY_PERSON_GROUP] = "P",
    [ENTRY_IDEA_TAG] = "OMH",
    [ENTRY_IDEA_REPORT] = "P",
    [ENTRY_IDEA_CLEAR] = "OMH",
    [ENTRY_IDEA_TEAM] = "OM",
    [ENTRY_IDEA_CHALLENGE] = "OMH",
    [ENTRY_IDEA_FOLLOW] = "OMF",
    [ENTRY_IDEA_SUPPORT] = "P",
    [ENTRY_LABEL_ADD] = "OMF",
    [ENTRY_LABEL_EDIT] = "OM",
    [ENTRY_LABEL_DROP] = "OM",
    [ENTRY_LABEL_MOVE] = "OM",
    [ENTRY_AGENDA_SET] = "OMF",
    [ENTRY_PHASE_START] = "OM",
    [ENTRY_TIMER_SET] = "OMF",
    [ENTRY_TIMER_TICK] = "F",
    [ENTRY_UNDO] = "OMH",
    [ENTRY_DESK_INVITE] = "OF",
    [ENTRY_DESK_SIT] = "F",
    [ENTRY_DESK_REVOKE] = "OF",
    [ENTRY_TICKET_VOID] = "OM",
    [ENTRY_TICKETS_VOID] = "OM",
    [ENTRY_TICKET_REPLACE] = "OM",
    [ENTRY_PAPER_ENTER] = "OM",
    [ENTRY_PAPER_CONFIRM] = "OM",
    [ENTRY_PAPER_DROP] = "OM",
    [ENTRY_PERSON_BAN] = "OM",
};

Test(access, is_exactly_this_table)
{
    static const char letters[ROLE_COUNT + 1] = "NPMSFOHU";
    for (unsigned kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        for (unsigned role = 0; role < ROLE_COUNT; role++) {
            bool may = strchr(expected[kind], letters[role]) != NULL;
            cr_expect_eq(
                access_check(role, kind), may ? ERR_OK : ERR_NOT_ALLOWED, "%s as %s",
                entry_kind_code(kind), role_name(role));
        }
    }
}

Test(access, refuses_roles_and_kinds_there_are_not)
{
    cr_expect_eq(access_check(ROLE_COUNT, ENTRY_CAST), ERR_NOT_ALLOWED);
    cr_expect_eq(access_check(ROLE_MODERATOR, ENTRY_KIND_COUNT), ERR_NOT_ALLOWED);
}

/* D desk, R results, E export, B ballots that are not published. */
Test(access, shows_each_role_exactly_this)
{
    static const char letters[SIGHT_COUNT + 1] = "DREBW";
    static const char *const sees[ROLE_COUNT] = {
        [ROLE_NONE] = "",         [ROLE_PARTICIPANT] = "", [ROLE_STAGE] = "W",
        [ROLE_OFFICE] = "",       [ROLE_OWNER] = "DREBW",  [ROLE_MODERATOR] = "DREBW",
        [ROLE_AUDITOR] = "DREBW", [ROLE_HELPER] = "DW",
    };
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        for (unsigned sight = 0; sight < SIGHT_COUNT; sight++) {
            bool may = strchr(sees[role], letters[sight]) != NULL;
            cr_expect_eq(access_sees(role, sight), may, "%s", role_name(role));
        }
        cr_expect_eq(role_is_desk(role), sees[role][0] == 'D', "%s", role_name(role));
    }
}

Test(access, lets_an_auditors_link_be_used_by_a_helper_who_sees_less)
{
    cr_expect(access_exceeds(ROLE_AUDITOR, ROLE_HELPER), "the export, results");
    cr_expect(access_exceeds(ROLE_HELPER, ROLE_AUDITOR), "releasing ideas");
    cr_expect_not(access_exceeds(ROLE_AUDITOR, ROLE_MODERATOR));
    cr_expect_not(access_exceeds(ROLE_AUDITOR, ROLE_OWNER));
    cr_expect_not(access_exceeds(ROLE_AUDITOR, ROLE_AUDITOR));
}

Test(access, ranks_the_desk_from_helper_to_owner)
{
    static const enum role rising[] = {ROLE_HELPER, ROLE_MODERATOR, ROLE_OWNER};

    for (size_t i = 0; i < sizeof rising / sizeof *rising; i++) {
        for (size_t j = 0; j < sizeof rising / sizeof *rising; j++) {
            cr_expect_eq(access_exceeds(rising[i], rising[j]), i > j);
        }
    }
}
