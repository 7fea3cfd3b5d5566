#include "domain/access.h"

#define NOBODY      (1U << ROLE_NONE)
#define PARTICIPANT (1U << ROLE_PARTICIPANT)
#define OWNER       (1U << ROLE_OWNER)
#define MODERATOR   (OWNER | 1U << ROLE_MODERATOR)
#define HELPER      (MODERATOR | 1U << ROLE_HELPER)
#define AUDITOR     (1U << ROLE_AUDITOR)
#define STAGE       (1U << ROLE_STAGE)
#define OFFICE      (1U << ROLE_OFFICE)

/* Each name of the desk stands for those who may more, too: an owner may all that a
 * moderator may, a moderator all that a helper may. Stage and auditor only look. Fences
 * are turned by the server, never by an actor. */
static const unsigned roles_of[ENTRY_KIND_COUNT] = {
    [ENTRY_EVENT_CREATE] = OFFICE,
    [ENTRY_EVENT_CALL] = MODERATOR,
    [ENTRY_EVENT_SET] = MODERATOR,
    [ENTRY_EVENT_WORDS] = HELPER | OFFICE,
    [ENTRY_EVENT_WIFI] = MODERATOR,
    [ENTRY_EVENT_RESTORE] = OFFICE,
    [ENTRY_EVENT_ARCHIVE] = OFFICE,
    [ENTRY_AGENDA_SET] = MODERATOR | OFFICE,
    [ENTRY_PHASE_START] = MODERATOR,
    [ENTRY_TIMER_SET] = MODERATOR | OFFICE,
    [ENTRY_TIMER_TICK] = OFFICE,
    [ENTRY_PERSON_JOIN] = NOBODY | PARTICIPANT | OFFICE,
    [ENTRY_PERSON_NICK] = PARTICIPANT,
    [ENTRY_PERSON_GROUP] = PARTICIPANT,
    [ENTRY_PERSON_BAN] = MODERATOR,
    [ENTRY_DESK_INVITE] = OWNER | OFFICE,
    [ENTRY_DESK_SIT] = OFFICE,
    [ENTRY_DESK_REVOKE] = OWNER | OFFICE,
    [ENTRY_TICKETS_ISSUE] = MODERATOR | OFFICE,
    [ENTRY_TICKET_REDEEM] = NOBODY | PARTICIPANT,
    [ENTRY_TICKET_VOID] = MODERATOR,
    [ENTRY_TICKETS_VOID] = MODERATOR,
    [ENTRY_TICKET_REPLACE] = MODERATOR,
    [ENTRY_IDEA_SUBMIT] = PARTICIPANT | HELPER,
    [ENTRY_IDEA_EDIT] = PARTICIPANT | HELPER,
    [ENTRY_IDEA_WITHDRAW] = PARTICIPANT,
    [ENTRY_IDEA_RELEASE] = HELPER,
    [ENTRY_IDEA_HIDE] = HELPER,
    [ENTRY_IDEA_MERGE] = HELPER,
    [ENTRY_IDEA_SPLIT] = HELPER,
    [ENTRY_IDEA_TAG] = HELPER,
    [ENTRY_IDEA_TEAM] = MODERATOR,
    [ENTRY_IDEA_CHALLENGE] = HELPER,
    [ENTRY_IDEA_FOLLOW] = MODERATOR | OFFICE,
    [ENTRY_IDEA_REPORT] = PARTICIPANT,
    [ENTRY_IDEA_CLEAR] = HELPER,
    [ENTRY_IDEA_SUPPORT] = PARTICIPANT,
    [ENTRY_LABEL_ADD] = MODERATOR | OFFICE,
    [ENTRY_LABEL_EDIT] = MODERATOR,
    [ENTRY_LABEL_DROP] = MODERATOR,
    [ENTRY_LABEL_MOVE] = MODERATOR,
    [ENTRY_POLL_CREATE] = MODERATOR,
    [ENTRY_POLL_EDIT] = MODERATOR,
    [ENTRY_POLL_DROP] = MODERATOR,
    [ENTRY_POLL_OPEN] = MODERATOR,
    [ENTRY_POLL_CLOSE] = MODERATOR | OFFICE,
    [ENTRY_POLL_REOPEN] = MODERATOR | OFFICE,
    [ENTRY_POLL_PUBLISH] = MODERATOR,
    [ENTRY_POLL_UNPUBLISH] = MODERATOR,
    [ENTRY_POLL_SEAL] = MODERATOR | OFFICE,
    [ENTRY_POLL_ANNUL] = MODERATOR | OFFICE,
    [ENTRY_PAPER_ENTER] = MODERATOR,
    [ENTRY_PAPER_CONFIRM] = MODERATOR,
    [ENTRY_PAPER_DROP] = MODERATOR,
    [ENTRY_UNDO] = HELPER,
    [ENTRY_CAST] = PARTICIPANT,
    [ENTRY_FENCE] = 0,
};

enum err access_check(enum role role, enum entry_kind kind)
{
    if (role >= ROLE_COUNT || kind >= ENTRY_KIND_COUNT) {
        return ERR_NOT_ALLOWED;
    }
    return (roles_of[kind] & (1U << role)) != 0 ? ERR_OK : ERR_NOT_ALLOWED;
}

static const unsigned sees[SIGHT_COUNT] = {
    [SIGHT_DESK] = HELPER | AUDITOR,         [SIGHT_RESULTS] = MODERATOR | AUDITOR,
    [SIGHT_EXPORT] = MODERATOR | AUDITOR,    [SIGHT_BALLOTS] = MODERATOR | AUDITOR,
    [SIGHT_WIFI] = HELPER | AUDITOR | STAGE,
};

bool access_sees(enum role role, enum sight sight)
{
    return role < ROLE_COUNT && sight < SIGHT_COUNT && (sees[sight] & (1U << role)) != 0;
}

bool role_is_desk(enum role role)
{
    return access_sees(role, SIGHT_DESK);
}

bool access_exceeds(enum role role, enum role other)
{
    for (unsigned kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        if (access_check(role, (enum entry_kind)kind) == ERR_OK &&
            access_check(other, (enum entry_kind)kind) != ERR_OK) {
            return true;
        }
    }
    for (unsigned sight = 0; sight < SIGHT_COUNT; sight++) {
        if (access_sees(role, (enum sight)sight) &&
            !access_sees(other, (enum sight)sight)) {
            return true;
        }
    }
    return false;
}
