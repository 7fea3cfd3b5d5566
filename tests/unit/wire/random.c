#include "random.h"

#include "random_parts.h"

#include <string.h>

static void random_event_create(struct random *random, struct entry *entry)
{
    random_code(random, entry->as.event_create.code);
    entry->as.event_create.mode = (enum join_mode)random_below(random, JOIN_MODE_COUNT);
    entry->as.event_create.lang_count = (uint16_t)random_below(random, LANGS_MAX + 1);
    for (size_t i = 0; i < entry->as.event_create.lang_count; i++) {
        random_lang(random, entry->as.event_create.langs[i]);
    }
    random_content(random, &entry->as.event_create.title);
    entry->as.event_create.settings = random_settings(random);
    entry->as.event_create.rehearsal = random_below(random, 2) == 1;
}

static void random_poll_act(struct random *random, struct entry *entry)
{
    enum entry_kind kind = entry->kind;
    entry->as.poll_act.poll = random_id(random);
    if (kind == ENTRY_POLL_REOPEN || kind == ENTRY_POLL_ANNUL) {
        entry->as.poll_act.reason = random_reason(random);
    }
    if (kind == ENTRY_POLL_OPEN || kind == ENTRY_POLL_REOPEN) {
        random_bytes(random, &entry->as.poll_act.commitment, HASH_BYTES);
    }
    if ((kind == ENTRY_POLL_PUBLISH || kind == ENTRY_POLL_SEAL) && flip(random)) {
        random_bytes(random, &entry->as.poll_act.seed, HASH_BYTES);
    }
    if (kind == ENTRY_POLL_SEAL) {
        random_bytes(random, &entry->as.poll_act.ballots, HASH_BYTES);
        entry->as.poll_act.ballot_count = random_id(random) - 1;
        entry->as.poll_act.paper_pos = flip(random) ? random_id(random) : 0;
    }
}

static void random_idea_act(struct random *random, struct entry *entry)
{
    entry->as.idea_act.idea = random_id(random);
    if (entry->kind == ENTRY_IDEA_MERGE) {
        entry->as.idea_act.into = random_id(random);
    }
    if (entry->kind == ENTRY_IDEA_RELEASE) {
        entry->as.idea_act.seen = random_id(random) - 1;
    }
    if (entry->kind == ENTRY_IDEA_REPORT) {
        entry->as.idea_act.reason = random_reason(random);
    }
    if (entry->kind == ENTRY_IDEA_HIDE) {
        entry->as.idea_act.reason = random_reason(random);
        if (flip(random)) {
            random_content(random, &entry->as.idea_act.note);
        }
    }
}

static void random_label(struct random *random, struct entry *entry)
{
    if (entry->kind == ENTRY_LABEL_ADD) {
        entry->as.label.kind = (enum label_kind)random_below(random, LABEL_KIND_COUNT);
    } else {
        entry->as.label.label = random_id(random);
    }
    if (entry->kind == ENTRY_LABEL_MOVE) {
        entry->as.label.before = flip(random) ? random_id(random) : 0;
    } else if (entry->kind != ENTRY_LABEL_DROP) {
        random_content(random, &entry->as.label.name);
        entry->as.label.ticket_only = flip(random);
        entry->as.label.challenge = flip(random) ? random_id(random) : 0;
    }
}

static void random_desk(struct random *random, struct entry *entry)
{
    if (entry->kind != ENTRY_DESK_INVITE) {
        entry->as.desk.person = random_id(random);
        return;
    }
    entry->as.desk.role = (enum role)random_below(random, ROLE_COUNT);
    random_bytes(random, &entry->as.desk.link, HASH_BYTES);
    if (flip(random)) {
        random_content(random, &entry->as.desk.name);
    }
}

static void random_timer(struct random *random, struct entry *entry)
{
    entry->as.timer.start = random_id(random);
    entry->as.timer.run_ms = random_id(random);
    if (entry->kind == ENTRY_TIMER_SET) {
        entry->as.timer.add_ms = random_below(random, 2) * 300000;
        entry->as.timer.running = flip(random);
    }
}

static void random_body(struct random *random, struct entry *entry)
{
    switch (entry->kind) {
    case ENTRY_EVENT_CREATE:
        random_event_create(random, entry);
        return;
    case ENTRY_EVENT_CALL:
        entry->as.event_call.open = flip(random);
        return;
    case ENTRY_EVENT_SET:
        entry->as.event_set = random_settings(random);
        return;
    case ENTRY_EVENT_WIFI:
        if (flip(random)) {
            random_content(random, &entry->as.event_wifi.content);
        }
        entry->as.event_wifi.shown = flip(random);
        return;
    case ENTRY_EVENT_WORDS:
        if (flip(random)) {
            random_content(random, &entry->as.event_words);
        }
        return;
    case ENTRY_PERSON_NICK:
        entry->as.person_nick = random_nickname(random);
        return;
    case ENTRY_AGENDA_SET:
        random_agenda(random, &entry->as.agenda_set);
        return;
    case ENTRY_PHASE_START:
        entry->as.phase_start.phase = random_id(random);
        return;
    case ENTRY_TIMER_SET:
    case ENTRY_TIMER_TICK:
        random_timer(random, entry);
        return;
    case ENTRY_EVENT_ARCHIVE:
        entry->as.event_archive.on = flip(random);
        return;
    case ENTRY_EVENT_RESTORE:
        entry->as.event_restore.apart = (int64_t)random_below(random, 1000000);
        return;
    case ENTRY_PERSON_JOIN:
        entry->as.person_join.role = (enum role)random_below(random, ROLE_COUNT);
        return;
    case ENTRY_DESK_INVITE:
    case ENTRY_DESK_SIT:
    case ENTRY_DESK_REVOKE:
        random_desk(random, entry);
        return;
    case ENTRY_TICKETS_ISSUE:
        entry->as.tickets_issue.count = random_id(random);
        entry->as.tickets_issue.group = flip(random) ? random_id(random) : 0;
        return;
    case ENTRY_PERSON_BAN:
        entry->as.person_ban.idea = random_id(random);
        entry->as.person_ban.banned = flip(random);
        return;
    case ENTRY_TICKETS_VOID:
        entry->as.tickets_void.batch = random_id(random);
        entry->as.tickets_void.keep_held = flip(random);
        return;
    case ENTRY_TICKET_REDEEM:
    case ENTRY_TICKET_VOID:
    case ENTRY_TICKET_REPLACE:
        entry->as.ticket.ticket = random_id(random);
        return;
    case ENTRY_IDEA_EDIT:
    case ENTRY_IDEA_SUBMIT:
        entry->as.idea_text.idea = entry->kind == ENTRY_IDEA_EDIT ? random_id(random) : 0;
        random_content(random, &entry->as.idea_text.content);
        random_change(random, PICTURE_DRAWING, &entry->as.idea_text.drawing);
        random_change(random, PICTURE_PHOTO, &entry->as.idea_text.photo);
        random_tags(random, flip(random), &entry->as.idea_text.tags);
        random_challenge(random, &entry->as.idea_text.challenge);
        return;
    case ENTRY_IDEA_FOLLOW:
        entry->as.idea_follow.idea = random_id(random);
        entry->as.idea_follow.state =
            (enum follow_state)random_below(random, FOLLOW_STATE_COUNT);
        if (flip(random)) {
            random_content(random, &entry->as.idea_follow.content);
        }
        random_day(random, &entry->as.idea_follow.next);
        return;
    case ENTRY_IDEA_TAG:
        entry->as.idea_tag.idea = random_id(random);
        random_tags(random, true, &entry->as.idea_tag.tags);
        return;
    case ENTRY_IDEA_TEAM:
        entry->as.idea_team.idea = random_id(random);
        entry->as.idea_team.group = flip(random) ? random_id(random) : 0;
        return;
    case ENTRY_IDEA_CHALLENGE:
        entry->as.idea_challenge.idea = random_id(random);
        entry->as.idea_challenge.challenge = flip(random) ? random_id(random) : 0;
        return;
    case ENTRY_LABEL_ADD:
    case ENTRY_LABEL_EDIT:
    case ENTRY_LABEL_DROP:
    case ENTRY_LABEL_MOVE:
        random_label(random, entry);
        return;
    case ENTRY_PERSON_GROUP:
        entry->as.person_group.group = random_id(random);
        return;
    case ENTRY_IDEA_WITHDRAW:
    case ENTRY_IDEA_RELEASE:
    case ENTRY_IDEA_HIDE:
    case ENTRY_IDEA_MERGE:
    case ENTRY_IDEA_SPLIT:
    case ENTRY_IDEA_REPORT:
    case ENTRY_IDEA_CLEAR:
        random_idea_act(random, entry);
        return;
    case ENTRY_IDEA_SUPPORT:
        entry->as.idea_support.idea = random_id(random);
        entry->as.idea_support.on = flip(random);
        return;
    case ENTRY_POLL_EDIT:
    case ENTRY_POLL_CREATE:
        entry->as.poll_text.poll = entry->kind == ENTRY_POLL_EDIT ? random_id(random) : 0;
        random_content(random, &entry->as.poll_text.spec.question);
        random_spec(random, &entry->as.poll_text.spec);
        return;
    case ENTRY_POLL_DROP:
    case ENTRY_POLL_OPEN:
    case ENTRY_POLL_CLOSE:
    case ENTRY_POLL_REOPEN:
    case ENTRY_POLL_PUBLISH:
    case ENTRY_POLL_UNPUBLISH:
    case ENTRY_POLL_SEAL:
    case ENTRY_POLL_ANNUL:
        random_poll_act(random, entry);
        return;
    case ENTRY_PAPER_ENTER:
        entry->as.paper_enter.poll = random_id(random);
        entry->as.paper_enter.share = (uint16_t)random_below(random, SHARES_MAX + 1);
        random_paper(random, &entry->as.paper_enter.paper);
        return;
    case ENTRY_PAPER_CONFIRM:
        entry->as.paper_act.ballots = random_id(random) - 1;
        entry->as.paper_act.batch = random_id(random);
        return;
    case ENTRY_PAPER_DROP:
        entry->as.paper_act.batch = random_id(random);
        return;
    case ENTRY_UNDO:
        entry->as.undo.pos = random_id(random);
        if (flip(random)) {
            random_bytes(
                random, &entry->as.undo.commitment, sizeof entry->as.undo.commitment);
        }
        return;
    case ENTRY_CAST:
        random_cast(random, &entry->as.cast);
        return;
    case ENTRY_FENCE:
        entry->as.fence.open = flip(random);
        return;
    case ENTRY_KIND_COUNT:
        return;
    }
}

void random_entry(struct random *random, enum entry_kind kind, struct entry *ret_entry)
{
    memset(ret_entry, 0, sizeof *ret_entry);
    ret_entry->kind = kind;
    random_body(random, ret_entry);
    if (kind != ENTRY_CAST && kind != ENTRY_FENCE) {
        random_bytes(random, &ret_entry->command, sizeof ret_entry->command);
        ret_entry->actor = random_id(random) - 1;
        ret_entry->role = (enum role)random_below(random, ROLE_COUNT);
        ret_entry->at_ms = random_id(random) - 1;
    }
}
