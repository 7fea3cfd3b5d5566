#include "domain/fold.h"

#include "base/vec.h"
#include "domain/access.h"
#include "domain/fold_internal.h"

static const struct story *const stories[ENTRY_KIND_COUNT] = {
    [ENTRY_EVENT_CREATE] = &story_event_create,
    [ENTRY_EVENT_CALL] = &story_event_call,
    [ENTRY_EVENT_SET] = &story_event_set,
    [ENTRY_EVENT_WORDS] = &story_event_words,
    [ENTRY_EVENT_WIFI] = &story_event_wifi,
    [ENTRY_EVENT_RESTORE] = &story_event_restore,
    [ENTRY_EVENT_ARCHIVE] = &story_event_archive,
    [ENTRY_AGENDA_SET] = &story_agenda_set,
    [ENTRY_PHASE_START] = &story_phase_start,
    [ENTRY_TIMER_SET] = &story_timer_set,
    [ENTRY_TIMER_TICK] = &story_timer_tick,
    [ENTRY_PERSON_JOIN] = &story_person_join,
    [ENTRY_PERSON_NICK] = &story_person_nick,
    [ENTRY_PERSON_GROUP] = &story_person_group,
    [ENTRY_PERSON_BAN] = &story_person_ban,
    [ENTRY_DESK_INVITE] = &story_desk_invite,
    [ENTRY_DESK_SIT] = &story_desk_sit,
    [ENTRY_DESK_REVOKE] = &story_desk_revoke,
    [ENTRY_TICKETS_ISSUE] = &story_tickets_issue,
    [ENTRY_TICKET_REDEEM] = &story_ticket_redeem,
    [ENTRY_TICKET_VOID] = &story_ticket_void,
    [ENTRY_TICKETS_VOID] = &story_tickets_void,
    [ENTRY_TICKET_REPLACE] = &story_ticket_replace,
    [ENTRY_IDEA_SUBMIT] = &story_idea_submit,
    [ENTRY_IDEA_EDIT] = &story_idea_edit,
    [ENTRY_IDEA_WITHDRAW] = &story_idea_withdraw,
    [ENTRY_IDEA_RELEASE] = &story_idea_release,
    [ENTRY_IDEA_HIDE] = &story_idea_hide,
    [ENTRY_IDEA_MERGE] = &story_idea_merge,
    [ENTRY_IDEA_SPLIT] = &story_idea_split,
    [ENTRY_IDEA_TAG] = &story_idea_tag,
    [ENTRY_IDEA_TEAM] = &story_idea_team,
    [ENTRY_IDEA_CHALLENGE] = &story_idea_challenge,
    [ENTRY_IDEA_FOLLOW] = &story_idea_follow,
    [ENTRY_IDEA_REPORT] = &story_idea_report,
    [ENTRY_IDEA_CLEAR] = &story_idea_clear,
    [ENTRY_IDEA_SUPPORT] = &story_idea_support,
    [ENTRY_LABEL_ADD] = &story_label_add,
    [ENTRY_LABEL_EDIT] = &story_label_edit,
    [ENTRY_LABEL_DROP] = &story_label_drop,
    [ENTRY_LABEL_MOVE] = &story_label_move,
    [ENTRY_POLL_CREATE] = &story_poll_create,
    [ENTRY_POLL_EDIT] = &story_poll_edit,
    [ENTRY_POLL_DROP] = &story_poll_drop,
    [ENTRY_POLL_OPEN] = &story_poll_open,
    [ENTRY_POLL_CLOSE] = &story_poll_close,
    [ENTRY_POLL_REOPEN] = &story_poll_reopen,
    [ENTRY_POLL_PUBLISH] = &story_poll_publish,
    [ENTRY_POLL_UNPUBLISH] = &story_poll_unpublish,
    [ENTRY_POLL_SEAL] = &story_poll_seal,
    [ENTRY_POLL_ANNUL] = &story_poll_annul,
    [ENTRY_PAPER_ENTER] = &story_paper_enter,
    [ENTRY_PAPER_CONFIRM] = &story_paper_confirm,
    [ENTRY_PAPER_DROP] = &story_paper_drop,
    [ENTRY_UNDO] = &story_undo,
    [ENTRY_CAST] = NULL, /* of the ballot lanes: event_apply_lane */
    [ENTRY_FENCE] = NULL,
};

/* ---- commands and their first outcomes ---- */

struct command_outcome {
    struct uid command;
    int64_t actor;
    struct outcome outcome;
};

/* Two different commands may share a key only if somebody knows the other's random id;
 * the record itself tells them apart. */
static struct uid command_key(int64_t actor, const struct uid *command)
{
    struct uid key = *command;
    for (size_t i = 0; i < sizeof actor; i++) {
        key.bytes[i] ^= (uint8_t)((uint64_t)actor >> (8 * i));
    }
    return key;
}

static const struct command_outcome *
find_command(const struct event *event, int64_t actor, const struct uid *command)
{
    struct uid key = command_key(actor, command);
    uint32_t index;
    if (uid_is_zero(command) || !map_get(&event->command_index, &key, &index)) {
        return NULL;
    }
    const struct command_outcome *found = &event->commands[index];
    bool same = found->actor == actor && uid_equal(&found->command, command);
    return same ? found : NULL;
}

bool event_find_command(
    const struct event *event, int64_t actor, const struct uid *command,
    struct outcome *ret_outcome)
{
    const struct command_outcome *found = find_command(event, actor, command);
    if (found == NULL) {
        return false;
    }
    *ret_outcome = found->outcome;
    ret_outcome->repeated = true;
    return true;
}

/* Not where a repeat changes nothing anyway: there are many of those, and they would push
 * out what must not be done twice. */
static bool is_remembered(const struct entry *entry)
{
    return !uid_is_zero(&entry->command) && entry->kind != ENTRY_IDEA_SUPPORT;
}

static size_t ring_slot(const struct event *event)
{
    return event->command_count % COMMANDS_KEPT_MAX;
}

/* Makes room for the outcome of `entry`, so that remember_command can't fail. */
static enum err reserve_command(struct event *event, const struct entry *entry)
{
    if (!is_remembered(entry)) {
        return ERR_OK;
    }
    size_t slot = ring_slot(event);
    void *items = event->commands;
    enum err err = vec_reserve(
        &items, &event->command_capacity, slot + 1, sizeof *event->commands,
        COMMANDS_KEPT_MAX);
    event->commands = items;
    if (err != ERR_OK) {
        return err;
    }
    struct uid key = command_key(entry->actor, &entry->command);
    return map_put(&event->command_index, &key, (uint32_t)slot);
}

static void unreserve_command(struct event *event, const struct entry *entry)
{
    struct uid key = command_key(entry->actor, &entry->command);
    if (is_remembered(entry)) {
        map_drop(&event->command_index, &key);
    }
}

static void remember_command(
    struct event *event, const struct entry *entry, const struct outcome *outcome)
{
    if (!is_remembered(entry)) {
        return;
    }
    struct uid key = command_key(entry->actor, &entry->command);
    size_t slot = ring_slot(event);
    struct command_outcome *kept = &event->commands[slot];
    struct uid old_key = command_key(kept->actor, &kept->command);
    uint32_t at;
    if (event->command_count >= COMMANDS_KEPT_MAX && !uid_equal(&old_key, &key) &&
        map_get(&event->command_index, &old_key, &at) && at == slot) {
        map_drop(&event->command_index, &old_key);
    }
    *kept = (struct command_outcome){
        .command = entry->command, .actor = entry->actor, .outcome = *outcome};
    event->command_count++;
}

/* ---- who acts ---- */

static enum err check_actor(const struct event *event, const struct entry *entry)
{
    const struct participant *actor = event_participant(event, entry->actor);
    bool joins = entry->kind == ENTRY_PERSON_JOIN || entry->kind == ENTRY_TICKET_REDEEM;
    switch (entry->role) {
    case ROLE_NONE:
    case ROLE_OFFICE:
        return entry->actor == 0 ? ERR_OK : ERR_NOT_ALLOWED;
    case ROLE_PARTICIPANT:
        if (joins && entry->actor == 0) {
            return ERR_OK;
        }
        if (actor == NULL || actor->role != ROLE_PARTICIPANT) {
            return ERR_NOT_PARTICIPANT;
        }
        return event_check_in(event, actor);
    case ROLE_OWNER:
    case ROLE_MODERATOR:
    case ROLE_HELPER:
    case ROLE_AUDITOR:
        return actor != NULL && actor->role == entry->role ? ERR_OK : ERR_NOT_ALLOWED;
    case ROLE_STAGE:
    case ROLE_COUNT:
        break;
    }
    return ERR_NOT_ALLOWED;
}

enum err reason_check(enum reason reason)
{
    if (reason == REASON_NONE) {
        return ERR_REASON_NEEDED;
    }
    return reason < REASON_COUNT ? ERR_OK : ERR_BAD_VALUE;
}

/* ---- check and apply ---- */

static enum err check_new(const struct event *event, const struct entry *entry)
{
    if (entry->kind >= ENTRY_KIND_COUNT || stories[entry->kind] == NULL) {
        return ERR_BAD_VALUE;
    }
    enum err err = access_check(entry->role, entry->kind);
    if (err != ERR_OK) {
        return err;
    }
    if (event->created == (entry->kind == ENTRY_EVENT_CREATE)) {
        return ERR_WRONG_STATE;
    }
    err = check_actor(event, entry);
    if (err == ERR_OK) {
        err = archive_check(event, entry);
    }
    return err != ERR_OK ? err : stories[entry->kind]->check(event, entry);
}

enum err event_check(const struct event *event, const struct entry *entry)
{
    if (find_command(event, entry->actor, &entry->command) != NULL) {
        return ERR_OK;
    }
    return check_new(event, entry);
}

static enum err
apply_story(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    struct act act;
    enum err err = acts_reserve(event, entry);
    if (err != ERR_OK) {
        return err;
    }
    act_look(event, entry, &act);
    err = stories[entry->kind]->apply(event, entry, ret_outcome);
    if (err == ERR_OK) {
        act_keep(event, entry, ret_outcome, &act);
    }
    return err;
}

enum err
event_apply(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    struct outcome outcome = {0};
    if (event_find_command(event, entry->actor, &entry->command, &outcome)) {
        event->pos++;
        *ret_outcome = outcome;
        return ERR_OK;
    }
    outcome.err = check_new(event, entry);
    enum err err = reserve_command(event, entry);
    if (err != ERR_OK) {
        return err;
    }
    event->pos++;
    event->newest_at_ms =
        entry->at_ms > event->newest_at_ms ? entry->at_ms : event->newest_at_ms;
    outcome.pos = event->pos;
    if (outcome.err == ERR_OK) {
        err = apply_story(event, entry, &outcome);
    }
    if (err != ERR_OK) {
        event->pos--;
        unreserve_command(event, entry);
        return err;
    }
    remember_command(event, entry, &outcome);
    *ret_outcome = outcome;
    return ERR_OK;
}
