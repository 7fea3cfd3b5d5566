#include "random.h"

#include "random_parts.h"

#include "request_keys.h"

#include <string.h>

static void random_idea_text(struct random *random, struct request *request)
{
    struct request_text *text = &request->as.idea_text.text;
    request->as.idea_text.idea = request->op == OP_IDEA_EDIT ? random_id(random) : 0;
    random_text(
        random, text->title, (size_t)(1 + random_below(random, TITLE_CHARS_MAX)), false);
    random_text(
        random, text->text, (size_t)random_below(random, TEXT_CHARS_MAX + 1), true);
    random_lang(random, text->lang);
    random_drawing(random, &request->drawing);
    request->as.idea_text.photo.given = flip(random);
    if (request->as.idea_text.photo.given && flip(random)) {
        random_bytes(random, &request->as.idea_text.photo.id, UID_BYTES);
    }
    random_tags(random, flip(random), &request->as.idea_text.tags);
    random_challenge(random, &request->as.idea_text.challenge);
}

static void random_label_text(struct random *random, struct request *request)
{
    if (request->op == OP_LABEL_ADD) {
        request->as.label.kind = (enum label_kind)random_below(random, LABEL_KIND_COUNT);
    } else {
        request->as.label.label = random_id(random);
    }
    if (request->op == OP_LABEL_MOVE) {
        request->as.label.before = flip(random) ? random_id(random) : 0;
    } else if (request->op != OP_LABEL_DROP) {
        size_t chars = (size_t)(1 + random_below(random, LABEL_CHARS_MAX));
        random_text(random, request->as.label.name, chars, false);
        random_lang(random, request->as.label.lang);
        request->as.label.ticket_only = flip(random);
        request->as.label.challenge = flip(random) ? random_id(random) : 0;
    }
}

static void random_poll_text(struct random *random, struct request *request)
{
    request->as.poll_text.poll = request->op == OP_POLL_EDIT ? random_id(random) : 0;
    random_spec(random, &request->as.poll_text.spec);
    random_text(
        random, request->as.poll_text.question, (size_t)(1 + random_below(random, 200)),
        false);
    random_lang(random, request->as.poll_text.lang);
}

static void random_hello(struct random *random, struct request *request)
{
    random_code(random, request->as.hello.event);
    request->as.hello.role = (enum role)(ROLE_PARTICIPANT + random_below(random, 3));
    request->as.hello.pos = flip(random) ? random_id(random) : 0;
    if (flip(random)) {
        random_bytes(random, &request->as.hello.key, sizeof(struct uid));
    }
}

static void random_vote(struct random *random, struct request *request)
{
    request->as.cast.poll = random_id(random);
    random_cast(random, &request->as.cast.cast);
    request->as.cast.cast.id = request->id;
    request->as.cast.cast.epoch = 0;
    request->as.cast.cast.share = 0;
    memset(&request->as.cast.cast.slot, 0, sizeof request->as.cast.cast.slot);
}

static void random_hide(struct random *random, struct request *request)
{
    request->as.idea_act.idea = random_id(random);
    request->as.idea_act.reason = random_reason(random);
    random_text(
        random, request->as.idea_act.note, (size_t)random_below(random, 301), true);
}

static void random_rest(struct random *random, struct request *request)
{
    switch (request->op) {
    case OP_HELLO:
        random_hello(random, request);
        return;
    case OP_CAST:
        random_vote(random, request);
        return;
    case OP_IDEA_SUBMIT:
    case OP_IDEA_EDIT:
        random_idea_text(random, request);
        return;
    case OP_IDEA_HIDE:
        random_hide(random, request);
        return;
    case OP_IDEA_MERGE:
        request->as.idea_act.into = random_id(random);
        request->as.idea_act.idea = random_id(random);
        return;
    case OP_REPORT:
        request->as.idea_act.idea = random_id(random);
        request->as.idea_act.reason = random_reason(random);
        return;
    case OP_SUPPORT:
        request->as.support.idea = random_id(random);
        request->as.support.on = flip(random);
        return;
    case OP_IDEA_RELEASE:
    case OP_IDEA_WITHDRAW:
    case OP_IDEA_SPLIT:
    case OP_IDEA_CLEAR:
        request->as.idea_act.idea = random_id(random);
        return;
    case OP_IDEA_FOLLOW:
        request->as.idea_follow.idea = random_id(random);
        request->as.idea_follow.state =
            (enum follow_state)random_below(random, FOLLOW_STATE_COUNT);
        random_text(random, request->as.idea_follow.department, LABEL_CHARS_MAX, false);
        random_text(random, request->as.idea_follow.note, QUESTION_CHARS_MAX, true);
        random_day(random, &request->as.idea_follow.next);
        return;
    case OP_IDEA_TAG:
        request->as.idea_tag.idea = random_id(random);
        random_tags(random, true, &request->as.idea_tag.tags);
        return;
    case OP_IDEA_TEAM:
        request->as.idea_team.idea = random_id(random);
        request->as.idea_team.group = flip(random) ? random_id(random) : 0;
        return;
    case OP_IDEA_CHALLENGE:
        request->as.idea_challenge.idea = random_id(random);
        request->as.idea_challenge.challenge = flip(random) ? random_id(random) : 0;
        return;
    case OP_LABEL_ADD:
    case OP_LABEL_EDIT:
    case OP_LABEL_DROP:
    case OP_LABEL_MOVE:
        random_label_text(random, request);
        return;
    case OP_DESK_INVITE:
        request->as.desk.role = ROLE_OWNER;
        random_bytes(random, &request->as.desk.link, HASH_BYTES);
        random_text(random, request->as.desk.name, LABEL_CHARS_MAX, false);
        random_lang(random, request->as.desk.lang);
        return;
    case OP_DESK_REVOKE:
        request->as.desk.person = random_id(random);
        return;
    case OP_GROUP:
        request->as.group.group = random_id(random);
        return;
    case OP_NICK:
        request->as.nick = random_nickname(random);
        return;
    case OP_SETTINGS:
        request->as.settings = random_settings(random);
        return;
    case OP_WIFI:
        random_text(
            random, request->as.wifi.name,
            (size_t)random_below(random, WIFI_NAME_CHARS_MAX + 1), false);
        random_text(
            random, request->as.wifi.password,
            (size_t)random_below(random, WIFI_PASSWORD_CHARS_MAX + 1), false);
        request->as.wifi.shown = flip(random);
        return;
    case OP_WORDS:
        random_text(
            random, request->as.words.list, (size_t)random_below(random, 301), true);
        return;
    case OP_CALL:
        request->as.call.open = flip(random);
        return;
    case OP_AGENDA_SET:
        random_agenda(random, &request->as.agenda);
        return;
    case OP_PHASE_START:
        request->as.phase.phase = random_id(random);
        return;
    case OP_TIMER_SET:
        request->as.timer.running = flip(random);
        request->as.timer.add_ms = random_below(random, TIMER_MS_MAX + 1);
        return;
    case OP_POLL_CREATE:
    case OP_POLL_EDIT:
        random_poll_text(random, request);
        return;
    case OP_POLL_REOPEN:
    case OP_POLL_ANNUL:
        request->as.poll_act.reason = random_reason(random);
        request->as.poll_act.poll = random_id(random);
        return;
    case OP_POLL_COUNTDOWN:
        request->as.poll_act.poll = random_id(random);
        request->as.poll_act.in_ms = random_below(random, CLOSE_IN_MS_MAX + 1);
        request->as.poll_act.round = flip(random) ? 1 + random_below(random, 9) : 0;
        return;
    case OP_BEGIN:
    case OP_POLL_DROP:
    case OP_POLL_OPEN:
    case OP_POLL_CLOSE:
    case OP_POLL_PUBLISH:
    case OP_POLL_UNPUBLISH:
    case OP_POLL_SEAL:
        request->as.poll_act.poll = random_id(random);
        return;
    case OP_TICKET:
        request->as.ticket.ticket = flip(random) ? random_id(random) : 0;
        random_text(random, request->as.ticket.code, 1 + random_below(random, 20), false);
        return;
    case OP_PERSON_BAN:
        request->as.person_ban.idea = random_id(random);
        request->as.person_ban.banned = flip(random);
        return;
    case OP_TICKET_VOID:
    case OP_TICKET_REPLACE:
        request->as.ticket.ticket = random_id(random);
        return;
    case OP_TICKETS_ISSUE:
        request->as.tickets.count = 1 + random_below(random, TICKETS_DESK_MAX);
        request->as.tickets.group = flip(random) ? random_id(random) : 0;
        return;
    case OP_TICKETS_VOID:
        request->as.tickets.batch = random_id(random);
        return;
    case OP_PAPER_ENTER:
        request->as.paper_enter.poll = random_id(random);
        request->as.paper_enter.share = (uint16_t)random_below(random, SHARES_MAX + 1);
        random_paper(random, &request->as.paper_enter.paper);
        return;
    case OP_PAPER_CONFIRM:
        request->as.paper_act.ballots = random_id(random) - 1;
        request->as.paper_act.batch = random_id(random);
        return;
    case OP_PAPER_DROP:
        request->as.paper_act.batch = random_id(random);
        return;
    case OP_UNDO:
        request->as.undo.pos = random_id(random);
        return;
    case OP_REHEARSE:
        request->as.rehearse.phones = 1 + random_below(random, REHEARSAL_PHONES_MAX);
        return;
    case OP_REHEARSE_STOP:
    case OP_PING:
    case OP_COUNT:
        return;
    }
}

void random_request(struct random *random, enum op op, struct request *ret_request)
{
    memset(ret_request, 0, sizeof *ret_request);
    ret_request->op = op;
    random_bytes(random, &ret_request->id, sizeof ret_request->id);
    random_rest(random, ret_request);
    ret_request->seen = request_may_have(op, "seen") ? random_id(random) - 1 : 0;
}
