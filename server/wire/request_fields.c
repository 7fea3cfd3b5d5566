#include "wire/request_fields.h"

#include "wire/agenda_fields.h"
#include "wire/event_fields.h"
#include "wire/follow_fields.h"
#include "wire/json_read.h"
#include "wire/label_fields.h"
#include "wire/paper_fields.h"
#include "wire/picture_fields.h"
#include "wire/spec_fields.h"

#include <assert.h>

#define AT(member) offsetof(struct request, member)

#define OP                                                                               \
    {                                                                                    \
        .key = "op", .kind = &field_enum, .at = AT(op), .max = OP_COUNT, .name = word_op \
    }
#define COMMON                                                                           \
    OP,                                                                                  \
    {                                                                                    \
        .key = "id", .kind = &field_uid, .at = AT(id), .min = 1                          \
    }
#define ID(name, member)                                                                 \
    {                                                                                    \
        .key = (name), .kind = &field_id, .at = AT(member), .min = 1                     \
    }
#define SEEN                                                                             \
    {                                                                                    \
        .key = "seen", .kind = &field_int, .at = AT(seen), .optional = true,             \
        .max = JSON_INT_MAX                                                              \
    }
#define LANG(member)                                                                     \
    {                                                                                    \
        .key = "lang", .kind = &field_lang, .at = AT(member), .optional = true           \
    }
#define REASON(member)                                                                   \
    {                                                                                    \
        .key = "reason", .kind = &field_enum, .at = AT(member), .min = 1,                \
        .max = REASON_COUNT, .name = word_reason                                         \
    }

#define IDEA_TEXT                                                                        \
    {.key = "title",                                                                     \
     .kind = &field_line,                                                                \
     .at = AT(as.idea_text.text.title),                                                  \
     .min = 1,                                                                           \
     .max = TITLE_CHARS_MAX},                                                            \
        {.key = "text",                                                                  \
         .kind = &field_text,                                                            \
         .at = AT(as.idea_text.text.text),                                               \
         .max = TEXT_CHARS_MAX},                                                         \
        LANG(as.idea_text.text.lang),                                                    \
        TAGS_FIELD(struct request, as.idea_text.tags, true),                             \
        CHALLENGE_CHANGE_FIELD(struct request, as.idea_text.challenge),                  \
        {.key = "drawing", .kind = &field_drawing, .at = AT(drawing), .optional = true}, \
    {                                                                                    \
        .key = "photo", .kind = &field_photo_id, .at = AT(as.idea_text.photo),           \
        .optional = true                                                                 \
    }

#define LABEL_NAME                                                                       \
    {.key = "name",                                                                      \
     .kind = &field_line,                                                                \
     .at = AT(as.label.name),                                                            \
     .min = 1,                                                                           \
     .max = LABEL_CHARS_MAX},                                                            \
        LANG(as.label.lang), TICKET_ONLY_FIELD(struct request, as.label.ticket_only),    \
        CHALLENGE_FIELD(struct request, as.label.challenge)

#define POLL_TEXT                                                                        \
    {.key = "question",                                                                  \
     .kind = &field_line,                                                                \
     .at = AT(as.poll_text.question),                                                    \
     .min = 1,                                                                           \
     .max = QUESTION_CHARS_MAX},                                                         \
        LANG(as.poll_text.lang), SPEC_FIELDS(struct request, as.poll_text.spec)

static const struct field hello[] = {
    COMMON,
    {.key = "event", .kind = &field_code, .at = AT(as.hello.event)},
    {.key = "role",
     .kind = &field_enum,
     .at = AT(as.hello.role),
     .min = ROLE_PARTICIPANT,
     .max = ROLE_STAGE + 1,
     .name = word_role},
    {.key = "pos",
     .kind = &field_int,
     .at = AT(as.hello.pos),
     .optional = true,
     .max = JSON_INT_MAX},
    {.key = "pass",
     .kind = &field_uid,
     .at = AT(as.hello.pass),
     .optional = true,
     .min = 1},
    {.key = "key",
     .kind = &field_uid,
     .at = AT(as.hello.key),
     .optional = true,
     .min = 1},
};
static const struct field ping[] = {
    OP,
    {.key = "id", .kind = &field_uid, .at = AT(id), .optional = true, .min = 1},
};
static const struct field cast[] = {
    COMMON,
    ID("poll", as.cast.poll),
    {.key = "uid", .kind = &field_uid, .at = AT(as.cast.uid), .optional = true},
    {.key = "counter",
     .kind = &field_u32,
     .at = AT(as.cast.cast.counter),
     .min = 1,
     .max = UINT32_MAX},
    {.key = "ballot", .kind = &field_ballot, .at = AT(as.cast.cast.ballot)},
    {.key = "nonce", .kind = &field_uid, .at = AT(as.cast.cast.nonce)},
    {.key = "lock", .kind = &field_hash, .at = AT(as.cast.cast.lock)},
};
static const struct field idea_submit[] = {COMMON, IDEA_TEXT};
static const struct field idea_edit[] = {
    COMMON, ID("idea", as.idea_text.idea), SEEN, IDEA_TEXT};
static const struct field idea_act[] = {COMMON, ID("idea", as.idea_act.idea)};
static const struct field idea_release[] = {
    COMMON,
    ID("idea", as.idea_act.idea),
    SEEN,
};
static const struct field idea_hide[] = {
    COMMON,
    ID("idea", as.idea_act.idea),
    REASON(as.idea_act.reason),
    {.key = "note",
     .kind = &field_text,
     .at = AT(as.idea_act.note),
     .optional = true,
     .max = QUESTION_CHARS_MAX},
    SEEN,
};
static const struct field idea_merge[] = {
    COMMON, ID("idea", as.idea_act.idea), ID("into", as.idea_act.into), SEEN};
static const struct field idea_tag[] = {
    COMMON, ID("idea", as.idea_tag.idea),
    TAGS_FIELD(struct request, as.idea_tag.tags, false)};
static const struct field idea_team[] = {
    COMMON, ID("idea", as.idea_team.idea),
    TEAM_FIELD(struct request, as.idea_team.group)};
static const struct field idea_challenge[] = {
    COMMON, ID("idea", as.idea_challenge.idea),
    CHALLENGE_FIELD(struct request, as.idea_challenge.challenge)};
static const struct field idea_follow[] = {
    COMMON,
    ID("idea", as.idea_follow.idea),
    FOLLOW_STATE_FIELD(struct request, as.idea_follow.state),
    {.key = "department",
     .kind = &field_line,
     .at = AT(as.idea_follow.department),
     .optional = true,
     .max = DEPARTMENT_CHARS_MAX},
    {.key = "note",
     .kind = &field_text,
     .at = AT(as.idea_follow.note),
     .optional = true,
     .max = QUESTION_CHARS_MAX},
    LANG(as.idea_follow.lang),
    NEXT_DAY_FIELD(struct request, as.idea_follow.next),
};
static const struct field report[] = {
    COMMON, ID("idea", as.idea_act.idea), REASON(as.idea_act.reason)};
static const struct field support[] = {
    COMMON,
    ID("idea", as.support.idea),
    {.key = "on", .kind = &field_bool, .at = AT(as.support.on)},
};
static const struct field label_add[] = {
    COMMON, LABEL_KIND_FIELD(struct request, as.label.kind), LABEL_NAME};
static const struct field label_edit[] = {
    COMMON, ID("label", as.label.label), LABEL_NAME, SEEN};
static const struct field label_drop[] = {COMMON, ID("label", as.label.label)};
static const struct field label_move[] = {
    COMMON, ID("label", as.label.label), BEFORE_FIELD(struct request, as.label.before)};
static const struct field person_ban[] = {
    COMMON,
    ID("idea", as.person_ban.idea),
    {.key = "banned", .kind = &field_bool, .at = AT(as.person_ban.banned)},
};
static const struct field desk_invite[] = {
    COMMON,
    {.key = "role",
     .kind = &field_enum,
     .at = AT(as.desk.role),
     .min = ROLE_MODERATOR,
     .max = ROLE_COUNT,
     .name = word_desk_role},
    {.key = "link", .kind = &field_hash, .at = AT(as.desk.link)},
    {.key = "name",
     .kind = &field_line,
     .at = AT(as.desk.name),
     .optional = true,
     .max = LABEL_CHARS_MAX},
    LANG(as.desk.lang),
};
static const struct field desk_revoke[] = {COMMON, ID("person", as.desk.person)};
static const struct field group[] = {COMMON, ID("group", as.group.group)};
static const struct field nick[] = {
    COMMON,
    NICKNAME_FIELDS(struct request, as.nick),
};
static const struct field settings[] = {
    COMMON,
    SETTINGS_FIELDS(struct request, as.settings, false),
    SEEN,
};
static const struct field words[] = {
    COMMON,
    {.key = "words",
     .kind = &field_text,
     .at = AT(as.words.list),
     .max = WORDS_CHARS_MAX},
    SEEN,
};
static const struct field wifi[] = {
    COMMON,
    {.key = "name",
     .kind = &field_line,
     .at = AT(as.wifi.name),
     .max = WIFI_NAME_CHARS_MAX},
    {.key = "password",
     .kind = &field_line,
     .at = AT(as.wifi.password),
     .max = WIFI_PASSWORD_CHARS_MAX},
    {.key = "shown", .kind = &field_bool, .at = AT(as.wifi.shown)},
    SEEN,
};
static const struct field call[] = {
    COMMON,
    {.key = "open", .kind = &field_bool, .at = AT(as.call.open)},
};
static const struct field agenda_set[] = {
    COMMON,
    AGENDA_FIELD(struct request, as.agenda),
    SEEN,
};
static const struct field phase_start[] = {COMMON, ID("phase", as.phase.phase), SEEN};
static const struct field timer_set[] = {
    COMMON,
    TIMER_FIELDS(struct request, as.timer),
    SEEN,
};
static const struct field poll_create[] = {COMMON, POLL_TEXT};
static const struct field poll_edit[] = {
    COMMON, ID("poll", as.poll_text.poll), POLL_TEXT, SEEN};
static const struct field begin[] = {COMMON, ID("poll", as.poll_act.poll)};
static const struct field poll_act[] = {COMMON, ID("poll", as.poll_act.poll), SEEN};
static const struct field poll_countdown[] = {
    COMMON,
    ID("poll", as.poll_act.poll),
    {.key = "in_ms",
     .kind = &field_int,
     .at = AT(as.poll_act.in_ms),
     .max = CLOSE_IN_MS_MAX},
    {.key = "round",
     .kind = &field_int,
     .at = AT(as.poll_act.round),
     .min = 1,
     .max = INT32_MAX,
     .optional = true},
};
static const struct field poll_why[] = {
    COMMON, ID("poll", as.poll_act.poll), REASON(as.poll_act.reason), SEEN};
static const struct field ticket[] = {
    COMMON,
    {.key = "ticket",
     .kind = &field_id,
     .at = AT(as.ticket.ticket),
     .optional = true,
     .min = 1},
    {.key = "code",
     .kind = &field_line,
     .at = AT(as.ticket.code),
     .optional = true,
     .min = 1,
     .max = TICKET_CODE_CHARS_MAX},
};
static const struct field ticket_act[] = {COMMON, ID("ticket", as.ticket.ticket)};
static const struct field tickets_issue[] = {
    COMMON,
    {.key = "count",
     .kind = &field_int,
     .at = AT(as.tickets.count),
     .min = 1,
     .max = TICKETS_DESK_MAX},
    {.key = "group",
     .kind = &field_id,
     .at = AT(as.tickets.group),
     .optional = true,
     .min = 1},
};
static const struct field tickets_void[] = {COMMON, ID("batch", as.tickets.batch)};
static const struct field paper_enter[] = {
    COMMON,
    ID("poll", as.paper_enter.poll),
    SHARE_FIELD(struct request, as.paper_enter.share),
    PILES_FIELD(struct request, as.paper_enter.paper),
};
static const struct field paper_confirm[] = {
    COMMON,
    ID("batch", as.paper_act.batch),
    {.key = "ballots",
     .kind = &field_int,
     .at = AT(as.paper_act.ballots),
     .max = JSON_INT_MAX},
};
static const struct field paper_drop[] = {COMMON, ID("batch", as.paper_act.batch)};
static const struct field undo[] = {
    COMMON,
    {.key = "pos", .kind = &field_int, .at = AT(as.undo.pos), .max = JSON_INT_MAX},
};

static const struct field rehearse[] = {
    COMMON,
    {.key = "phones",
     .kind = &field_int,
     .at = AT(as.rehearse.phones),
     .min = 1,
     .max = REHEARSAL_PHONES_MAX},
};
static const struct field rehearse_stop[] = {COMMON};

#define TABLE(op, rows) [OP_##op] = {(rows), sizeof(rows) / sizeof *(rows)}

static const struct field_table tables[OP_COUNT] = {
    TABLE(HELLO, hello),
    TABLE(PING, ping),
    TABLE(CAST, cast),
    TABLE(BEGIN, begin),
    TABLE(IDEA_SUBMIT, idea_submit),
    TABLE(IDEA_EDIT, idea_edit),
    TABLE(IDEA_WITHDRAW, idea_act),
    TABLE(GROUP, group),
    TABLE(IDEA_RELEASE, idea_release),
    TABLE(IDEA_HIDE, idea_hide),
    TABLE(IDEA_MERGE, idea_merge),
    TABLE(IDEA_SPLIT, idea_act),
    TABLE(NICK, nick),
    TABLE(IDEA_TAG, idea_tag),
    TABLE(IDEA_TEAM, idea_team),
    TABLE(IDEA_CHALLENGE, idea_challenge),
    TABLE(IDEA_FOLLOW, idea_follow),
    TABLE(REPORT, report),
    TABLE(IDEA_CLEAR, idea_act),
    TABLE(SUPPORT, support),
    TABLE(LABEL_ADD, label_add),
    TABLE(LABEL_EDIT, label_edit),
    TABLE(LABEL_DROP, label_drop),
    TABLE(LABEL_MOVE, label_move),
    TABLE(SETTINGS, settings),
    TABLE(WORDS, words),
    TABLE(WIFI, wifi),
    TABLE(CALL, call),
    TABLE(AGENDA_SET, agenda_set),
    TABLE(PHASE_START, phase_start),
    TABLE(TIMER_SET, timer_set),
    TABLE(PERSON_BAN, person_ban),
    TABLE(DESK_INVITE, desk_invite),
    TABLE(DESK_REVOKE, desk_revoke),
    TABLE(POLL_CREATE, poll_create),
    TABLE(POLL_EDIT, poll_edit),
    TABLE(POLL_DROP, poll_act),
    TABLE(POLL_OPEN, poll_act),
    TABLE(POLL_CLOSE, poll_act),
    TABLE(POLL_COUNTDOWN, poll_countdown),
    TABLE(POLL_REOPEN, poll_why),
    TABLE(POLL_PUBLISH, poll_act),
    TABLE(POLL_UNPUBLISH, poll_act),
    TABLE(POLL_SEAL, poll_act),
    TABLE(POLL_ANNUL, poll_why),
    TABLE(TICKET, ticket),
    TABLE(TICKET_VOID, ticket_act),
    TABLE(TICKET_REPLACE, ticket_act),
    TABLE(TICKETS_ISSUE, tickets_issue),
    TABLE(TICKETS_VOID, tickets_void),
    TABLE(PAPER_ENTER, paper_enter),
    TABLE(PAPER_CONFIRM, paper_confirm),
    TABLE(PAPER_DROP, paper_drop),
    TABLE(UNDO, undo),
    TABLE(REHEARSE, rehearse),
    TABLE(REHEARSE_STOP, rehearse_stop),
};

struct field_table request_fields(enum op op)
{
    assert(op < OP_COUNT);
    assert(tables[op].count > 0);
    return tables[op];
}
