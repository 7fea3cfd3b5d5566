#include "domain/undo.h"

/* The kinds that moderators do. Not undone: what they say as authors, and what has its
 * own way back or none. */
static const struct {
    enum act_thing thing;
    bool undoable;
} kinds[ENTRY_KIND_COUNT] = {
    [ENTRY_EVENT_CALL] = {ACT_CALL, true},
    [ENTRY_EVENT_SET] = {ACT_SETTINGS, true},
    [ENTRY_EVENT_WORDS] = {ACT_WORDS, true},
    [ENTRY_EVENT_WIFI] = {ACT_WIFI, true},
    [ENTRY_AGENDA_SET] = {ACT_AGENDA, true},
    [ENTRY_PHASE_START] = {ACT_AGENDA, true},
    [ENTRY_IDEA_SUBMIT] = {ACT_IDEA, false},
    [ENTRY_IDEA_EDIT] = {ACT_IDEA, true},
    [ENTRY_IDEA_WITHDRAW] = {ACT_IDEA, false},
    [ENTRY_IDEA_RELEASE] = {ACT_IDEA, true},
    [ENTRY_IDEA_HIDE] = {ACT_IDEA, true},
    [ENTRY_IDEA_MERGE] = {ACT_IDEA, true},
    [ENTRY_IDEA_SPLIT] = {ACT_IDEA, true},
    [ENTRY_IDEA_TAG] = {ACT_IDEA, true},
    [ENTRY_IDEA_TEAM] = {ACT_IDEA, true},
    [ENTRY_IDEA_CHALLENGE] = {ACT_IDEA, true},
    [ENTRY_IDEA_FOLLOW] = {ACT_IDEA, true},
    [ENTRY_IDEA_CLEAR] = {ACT_IDEA, true},
    [ENTRY_LABEL_ADD] = {ACT_LABEL, true},
    [ENTRY_LABEL_EDIT] = {ACT_LABEL, true},
    [ENTRY_LABEL_DROP] = {ACT_LABEL, true},
    [ENTRY_LABEL_MOVE] = {ACT_LABEL, true},
    [ENTRY_POLL_CREATE] = {ACT_POLL, true},
    [ENTRY_POLL_EDIT] = {ACT_POLL, true},
    [ENTRY_POLL_DROP] = {ACT_POLL, true},
    [ENTRY_POLL_OPEN] = {ACT_POLL, true},
    [ENTRY_POLL_CLOSE] = {ACT_POLL, true},
    [ENTRY_POLL_REOPEN] = {ACT_POLL, false},
    [ENTRY_POLL_PUBLISH] = {ACT_POLL, true},
    [ENTRY_POLL_UNPUBLISH] = {ACT_POLL, true},
    [ENTRY_POLL_SEAL] = {ACT_POLL, false},
    [ENTRY_POLL_ANNUL] = {ACT_POLL, true},
    [ENTRY_PERSON_BAN] = {ACT_PERSON, true},
    [ENTRY_DESK_INVITE] = {ACT_DESK, false},
    [ENTRY_DESK_REVOKE] = {ACT_DESK, false},
    [ENTRY_TICKET_VOID] = {ACT_TICKET, true},
    [ENTRY_TICKETS_VOID] = {ACT_BATCH, true},
    [ENTRY_TICKET_REPLACE] = {ACT_TICKET, false},
    [ENTRY_PAPER_ENTER] = {ACT_PAPER, true},
    [ENTRY_PAPER_CONFIRM] = {ACT_PAPER, true},
    [ENTRY_PAPER_DROP] = {ACT_PAPER, true},
};

enum act_thing act_thing(enum entry_kind kind)
{
    return kinds[kind].thing;
}

bool act_may_be_undone(enum entry_kind kind)
{
    return kinds[kind].undoable;
}
