#include "domain/access.h"

#include <criterion/criterion.h>

/* N nobody yet, P participant, M moderator, S stage, O office. */
static const char *const expected[ENTRY_KIND_COUNT] = {
    [ENTRY_EVENT_CREATE] = "O",   [ENTRY_EVENT_CALL] = "M",
    [ENTRY_EVENT_SET] = "M",      [ENTRY_PERSON_NICK] = "P",
    [ENTRY_EVENT_RESTORE] = "O",  [ENTRY_PERSON_JOIN] = "NPO",
    [ENTRY_TICKETS_ISSUE] = "O",  [ENTRY_TICKET_REDEEM] = "NP",
    [ENTRY_IDEA_SUBMIT] = "PM",   [ENTRY_IDEA_EDIT] = "PM",
    [ENTRY_IDEA_WITHDRAW] = "P",  [ENTRY_IDEA_RELEASE] = "M",
    [ENTRY_IDEA_HIDE] = "M",      [ENTRY_IDEA_MERGE] = "M",
    [ENTRY_IDEA_SPLIT] = "M",     [ENTRY_POLL_CREATE] = "M",
    [ENTRY_POLL_EDIT] = "M",      [ENTRY_POLL_DROP] = "M",
    [ENTRY_POLL_OPEN] = "M",      [ENTRY_POLL_CLOSE] = "MO",
    [ENTRY_POLL_REOPEN] = "MO",   [ENTRY_POLL_PUBLISH] = "M",
    [ENTRY_POLL_UNPUBLISH] = "M", [ENTRY_POLL_SEAL] = "MO",
    [ENTRY_POLL_ANNUL] = "MO",    [ENTRY_CAST] = "P",
    [ENTRY_FENCE] = "",           [ENTRY_PERSON_GROUP] = "P",
    [ENTRY_IDEA_TAG] = "M",       [ENTRY_LABEL_ADD] = "MO",
    [ENTRY_LABEL_EDIT] = "M",     [ENTRY_LABEL_DROP] = "M",
    [ENTRY_AGENDA_SET] = "M",     [ENTRY_PHASE_START] = "M",
    [ENTRY_TIMER_SET] = "MO",     [ENTRY_TIMER_TICK] = "O",
    [ENTRY_UNDO] = "M",           [ENTRY_PAPER_ENTER] = "M",
    [ENTRY_PAPER_CONFIRM] = "M",  [ENTRY_PAPER_DROP] = "M",
};

Test(access, is_exactly_this_table)
{
    static const char letters[ROLE_COUNT + 1] = "NPMSO";
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
