#include "wire/entry_fields.h"

#include "wire/agenda_fields.h"
#include "wire/event_fields.h"
#include "wire/follow_fields.h"
#include "wire/json_read.h"
#include "wire/label_fields.h"
#include "wire/paper_fields.h"
#include "wire/picture_fields.h"
#include "wire/spec_fields.h"

#include <assert.h>

/* ---- an event's languages: a list beside its count ---- */

static const struct field lang_row = {.key = "", .kind = &field_lang};

static enum err read_langs(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    struct entry *entry = at;
    if (!cJSON_IsArray(item) || cJSON_GetArraySize(item) > LANGS_MAX) {
        return ERR_BAD_VALUE;
    }
    uint16_t count = 0;
    for (const cJSON *lang = item->child; lang != NULL; lang = lang->next) {
        char *to = entry->as.event_create.langs[count++];
        enum err err = field_lang.read(lang, &lang_row, to);
        if (err != ERR_OK) {
            return err;
        }
    }
    entry->as.event_create.lang_count = count;
    return ERR_OK;
}

static void write_langs(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    const struct entry *entry = at;
    buf_char(out, '[');
    for (size_t i = 0; i < entry->as.event_create.lang_count; i++) {
        buf_text(out, i > 0 ? "," : "");
        field_lang.write(out, &lang_row, entry->as.event_create.langs[i]);
    }
    buf_char(out, ']');
}

static const struct field_kind field_langs = {read_langs, write_langs, 0};

/* ---- the version, which no struct holds ---- */

static enum err read_version(const cJSON *item, const struct field *field, void *at)
{
    (void)field;
    (void)at;
    int64_t version;
    return json_read_int(item, ENTRY_VERSION, ENTRY_VERSION, &version);
}

static void write_version(struct buf *out, const struct field *field, const void *at)
{
    (void)field;
    (void)at;
    buf_int(out, ENTRY_VERSION);
}

static const struct field_kind field_version = {read_version, write_version, 0};

/* ---- rows ---- */

#define AT(member) offsetof(struct entry, member)

#define VERSION_AND_KIND                                                                 \
    {.key = "v", .kind = &field_version},                                                \
    {                                                                                    \
        .key = "k", .kind = &field_enum, .at = AT(kind), .max = ENTRY_KIND_COUNT,        \
        .name = word_entry_kind                                                          \
    }

#define HISTORY                                                                          \
    VERSION_AND_KIND, {.key = "id", .kind = &field_uid, .at = AT(command)},              \
        {.key = "by", .kind = &field_id, .at = AT(actor)},                               \
        {.key = "role",                                                                  \
         .kind = &field_enum,                                                            \
         .at = AT(role),                                                                 \
         .max = ROLE_COUNT,                                                              \
         .name = word_role},                                                             \
    {                                                                                    \
        .key = "at", .kind = &field_int, .at = AT(at_ms), .max = JSON_INT_MAX            \
    }

#define ID(name, member)                                                                 \
    {                                                                                    \
        .key = (name), .kind = &field_id, .at = AT(member), .min = 1                     \
    }
#define HASH(name, member)                                                               \
    {                                                                                    \
        .key = (name), .kind = &field_hash, .at = AT(member)                             \
    }
#define COUNT(name, member)                                                              \
    {                                                                                    \
        .key = (name), .kind = &field_int, .at = AT(member), .max = JSON_INT_MAX         \
    }
#define REASON(member)                                                                   \
    {                                                                                    \
        .key = "reason", .kind = &field_enum, .at = AT(member), .optional = true,        \
        .min = 1, .max = REASON_COUNT, .name = word_reason                               \
    }
#define CONTENT(name, member)                                                            \
    {                                                                                    \
        .key = (name), .kind = &field_content, .at = AT(member)                          \
    }

#define TAGS(member, may_lack) TAGS_FIELD(struct entry, member, may_lack)

#define SPEC                                                                             \
    CONTENT("question", as.poll_text.spec.question),                                     \
        SPEC_FIELDS(struct entry, as.poll_text.spec)
#define PICTURES                                                                         \
    {.key = "drawing",                                                                   \
     .kind = &field_drawing_change,                                                      \
     .at = AT(as.idea_text.drawing),                                                     \
     .optional = true},                                                                  \
    {                                                                                    \
        .key = "photo", .kind = &field_photo_change, .at = AT(as.idea_text.photo),       \
        .optional = true                                                                 \
    }
#define IDEA         ID("idea", as.idea_act.idea)
#define POLL         ID("poll", as.poll_act.poll)
#define BALLOT_COUNT COUNT("count", as.poll_act.ballot_count)
#define SEED                                                                             \
    {                                                                                    \
        .key = "seed", .kind = &field_hash, .at = AT(as.poll_act.seed), .optional = true \
    }
#define COMMITMENT HASH("commitment", as.poll_act.commitment)

static const struct field event_create[] = {
    HISTORY,
    {.key = "code", .kind = &field_code, .at = AT(as.event_create.code)},
    {.key = "mode",
     .kind = &field_enum,
     .at = AT(as.event_create.mode),
     .max = JOIN_MODE_COUNT,
     .name = word_join_mode},
    {.key = "langs", .kind = &field_langs, .at = 0},
    CONTENT("title", as.event_create.title),
    SETTINGS_FIELDS(struct entry, as.event_create.settings, true),
    {.key = "rehearsal",
     .kind = &field_bool,
     .at = AT(as.event_create.rehearsal),
     .optional = true},
};
static const struct field event_call[] = {
    HISTORY,
    {.key = "open", .kind = &field_bool, .at = AT(as.event_call.open)},
};
static const struct field event_set[] = {
    HISTORY,
    SETTINGS_FIELDS(struct entry, as.event_set, false),
};
static const struct field event_words[] = {
    HISTORY,
    {.key = "words", .kind = &field_content, .at = AT(as.event_words), .optional = true},
};
static const struct field event_wifi[] = {
    HISTORY,
    {.key = "wifi",
     .kind = &field_content,
     .at = AT(as.event_wifi.content),
     .optional = true},
    {.key = "shown", .kind = &field_bool, .at = AT(as.event_wifi.shown)},
};
static const struct field event_restore[] = {
    HISTORY,
    {.key = "apart",
     .kind = &field_int,
     .at = AT(as.event_restore.apart),
     .optional = true,
     .min = 1,
     .max = RESTORE_LEAP - 1},
};
static const struct field event_archive[] = {
    HISTORY,
    {.key = "on", .kind = &field_bool, .at = AT(as.event_archive.on)},
};
static const struct field agenda_set[] = {
    HISTORY,
    AGENDA_FIELD(struct entry, as.agenda_set),
};
static const struct field phase_start[] = {HISTORY, ID("phase", as.phase_start.phase)};
static const struct field timer_set[] = {
    HISTORY,
    COUNT("start", as.timer.start),
    COUNT("run", as.timer.run_ms),
    TIMER_FIELDS(struct entry, as.timer),
};
static const struct field timer_tick[] = {
    HISTORY,
    COUNT("start", as.timer.start),
    COUNT("run", as.timer.run_ms),
};
static const struct field person_join[] = {
    HISTORY,
    {.key = "as",
     .kind = &field_enum,
     .at = AT(as.person_join.role),
     .max = ROLE_COUNT,
     .name = word_role},
};
static const struct field desk_invite[] = {
    HISTORY,
    {.key = "as",
     .kind = &field_enum,
     .at = AT(as.desk.role),
     .max = ROLE_COUNT,
     .name = word_role},
    HASH("link", as.desk.link),
    {.key = "name", .kind = &field_content, .at = AT(as.desk.name), .optional = true},
};
static const struct field desk_place[] = {HISTORY, ID("person", as.desk.person)};
static const struct field person_nick[] = {
    HISTORY,
    NICKNAME_FIELDS(struct entry, as.person_nick),
};
static const struct field person_group[] = {HISTORY, ID("group", as.person_group.group)};
static const struct field person_ban[] = {
    HISTORY,
    ID("idea", as.person_ban.idea),
    {.key = "banned", .kind = &field_bool, .at = AT(as.person_ban.banned)},
};
static const struct field tickets_issue[] = {
    HISTORY,
    COUNT("count", as.tickets_issue.count),
    {.key = "group",
     .kind = &field_id,
     .at = AT(as.tickets_issue.group),
     .optional = true,
     .min = 1},
};
static const struct field ticket[] = {HISTORY, ID("ticket", as.ticket.ticket)};
static const struct field tickets_void[] = {
    HISTORY,
    ID("batch", as.tickets_void.batch),
    {.key = "keep_held",
     .kind = &field_bool,
     .at = AT(as.tickets_void.keep_held),
     .optional = true},
};
static const struct field idea_submit[] = {
    HISTORY,
    CONTENT("content", as.idea_text.content),
    TAGS(as.idea_text.tags, true),
    CHALLENGE_CHANGE_FIELD(struct entry, as.idea_text.challenge),
    PICTURES,
};
static const struct field idea_edit[] = {
    HISTORY,
    ID("idea", as.idea_text.idea),
    CONTENT("content", as.idea_text.content),
    TAGS(as.idea_text.tags, true),
    CHALLENGE_CHANGE_FIELD(struct entry, as.idea_text.challenge),
    PICTURES,
};
static const struct field idea_act[] = {HISTORY, IDEA};
static const struct field idea_release[] = {
    HISTORY,
    IDEA,
    {.key = "seen",
     .kind = &field_int,
     .at = AT(as.idea_act.seen),
     .optional = true,
     .max = JSON_INT_MAX},
};
static const struct field idea_hide[] = {
    HISTORY,
    IDEA,
    REASON(as.idea_act.reason),
    {.key = "note", .kind = &field_content, .at = AT(as.idea_act.note), .optional = true},
};
static const struct field idea_merge[] = {HISTORY, IDEA, ID("into", as.idea_act.into)};
static const struct field idea_tag[] = {
    HISTORY, ID("idea", as.idea_tag.idea), TAGS(as.idea_tag.tags, false)};
static const struct field idea_team[] = {
    HISTORY, ID("idea", as.idea_team.idea), TEAM_FIELD(struct entry, as.idea_team.group)};
static const struct field idea_challenge[] = {
    HISTORY, ID("idea", as.idea_challenge.idea),
    CHALLENGE_FIELD(struct entry, as.idea_challenge.challenge)};
static const struct field idea_follow[] = {
    HISTORY,
    ID("idea", as.idea_follow.idea),
    FOLLOW_STATE_FIELD(struct entry, as.idea_follow.state),
    {.key = "content",
     .kind = &field_content,
     .at = AT(as.idea_follow.content),
     .optional = true},
    NEXT_DAY_FIELD(struct entry, as.idea_follow.next),
};
static const struct field idea_report[] = {HISTORY, IDEA, REASON(as.idea_act.reason)};
static const struct field idea_support[] = {
    HISTORY,
    ID("idea", as.idea_support.idea),
    {.key = "on", .kind = &field_bool, .at = AT(as.idea_support.on)},
};
static const struct field label_add[] = {
    HISTORY,
    LABEL_KIND_FIELD(struct entry, as.label.kind),
    CONTENT("name", as.label.name),
    TICKET_ONLY_FIELD(struct entry, as.label.ticket_only),
    CHALLENGE_FIELD(struct entry, as.label.challenge),
};
static const struct field label_edit[] = {
    HISTORY,
    ID("label", as.label.label),
    CONTENT("name", as.label.name),
    TICKET_ONLY_FIELD(struct entry, as.label.ticket_only),
    CHALLENGE_FIELD(struct entry, as.label.challenge),
};
static const struct field label_drop[] = {HISTORY, ID("label", as.label.label)};
static const struct field label_move[] = {
    HISTORY, ID("label", as.label.label), BEFORE_FIELD(struct entry, as.label.before)};
static const struct field poll_create[] = {HISTORY, SPEC};
static const struct field poll_edit[] = {HISTORY, ID("poll", as.poll_text.poll), SPEC};
static const struct field poll_act[] = {HISTORY, POLL};
static const struct field poll_open[] = {HISTORY, POLL, COMMITMENT};
static const struct field poll_reopen[] = {
    HISTORY, POLL, REASON(as.poll_act.reason), COMMITMENT};
static const struct field poll_publish[] = {HISTORY, POLL, SEED};
static const struct field poll_seal[] = {
    HISTORY,
    POLL,
    HASH("ballots", as.poll_act.ballots),
    BALLOT_COUNT,
    SEED,
    {.key = "paper",
     .kind = &field_int,
     .at = AT(as.poll_act.paper_pos),
     .optional = true,
     .min = 1,
     .max = JSON_INT_MAX}};
static const struct field poll_annul[] = {HISTORY, POLL, REASON(as.poll_act.reason)};
static const struct field paper_enter[] = {
    HISTORY,
    ID("poll", as.paper_enter.poll),
    SHARE_FIELD(struct entry, as.paper_enter.share),
    PILES_FIELD(struct entry, as.paper_enter.paper),
};
static const struct field paper_confirm[] = {
    HISTORY,
    ID("batch", as.paper_act.batch),
    COUNT("ballots", as.paper_act.ballots),
};
static const struct field paper_drop[] = {HISTORY, ID("batch", as.paper_act.batch)};
static const struct field undo[] = {
    HISTORY,
    COUNT("pos", as.undo.pos),
    {.key = "commitment",
     .kind = &field_hash,
     .at = AT(as.undo.commitment),
     .optional = true},
};
static const struct field cast[] = {
    VERSION_AND_KIND,
    {.key = "slot", .kind = &field_uid, .at = AT(as.cast.slot)},
    {.key = "id", .kind = &field_uid, .at = AT(as.cast.id)},
    {.key = "epoch", .kind = &field_u32, .at = AT(as.cast.epoch), .max = UINT32_MAX},
    {.key = "counter", .kind = &field_u32, .at = AT(as.cast.counter), .max = UINT32_MAX},
    SHARE_FIELD(struct entry, as.cast.share),
    {.key = "ballot", .kind = &field_ballot, .at = AT(as.cast.ballot)},
    {.key = "nonce", .kind = &field_uid, .at = AT(as.cast.nonce)},
    HASH("lock", as.cast.lock),
};
static const struct field fence[] = {
    VERSION_AND_KIND,
    {.key = "open", .kind = &field_bool, .at = AT(as.fence.open)},
};

#define TABLE(kind, rows) [ENTRY_##kind] = {(rows), sizeof(rows) / sizeof *(rows)}

static const struct field_table tables[ENTRY_KIND_COUNT] = {
    TABLE(EVENT_CREATE, event_create),
    TABLE(EVENT_CALL, event_call),
    TABLE(EVENT_SET, event_set),
    TABLE(EVENT_WORDS, event_words),
    TABLE(EVENT_WIFI, event_wifi),
    TABLE(EVENT_RESTORE, event_restore),
    TABLE(EVENT_ARCHIVE, event_archive),
    TABLE(AGENDA_SET, agenda_set),
    TABLE(PHASE_START, phase_start),
    TABLE(TIMER_SET, timer_set),
    TABLE(TIMER_TICK, timer_tick),
    TABLE(PERSON_JOIN, person_join),
    TABLE(PERSON_NICK, person_nick),
    TABLE(PERSON_GROUP, person_group),
    TABLE(PERSON_BAN, person_ban),
    TABLE(DESK_INVITE, desk_invite),
    TABLE(DESK_SIT, desk_place),
    TABLE(DESK_REVOKE, desk_place),
    TABLE(TICKETS_ISSUE, tickets_issue),
    TABLE(TICKET_REDEEM, ticket),
    TABLE(TICKET_VOID, ticket),
    TABLE(TICKETS_VOID, tickets_void),
    TABLE(TICKET_REPLACE, ticket),
    TABLE(IDEA_SUBMIT, idea_submit),
    TABLE(IDEA_EDIT, idea_edit),
    TABLE(IDEA_WITHDRAW, idea_act),
    TABLE(IDEA_RELEASE, idea_release),
    TABLE(IDEA_HIDE, idea_hide),
    TABLE(IDEA_MERGE, idea_merge),
    TABLE(IDEA_SPLIT, idea_act),
    TABLE(IDEA_TAG, idea_tag),
    TABLE(IDEA_TEAM, idea_team),
    TABLE(IDEA_CHALLENGE, idea_challenge),
    TABLE(IDEA_FOLLOW, idea_follow),
    TABLE(IDEA_REPORT, idea_report),
    TABLE(IDEA_CLEAR, idea_act),
    TABLE(IDEA_SUPPORT, idea_support),
    TABLE(LABEL_ADD, label_add),
    TABLE(LABEL_EDIT, label_edit),
    TABLE(LABEL_DROP, label_drop),
    TABLE(LABEL_MOVE, label_move),
    TABLE(POLL_CREATE, poll_create),
    TABLE(POLL_EDIT, poll_edit),
    TABLE(POLL_DROP, poll_act),
    TABLE(POLL_OPEN, poll_open),
    TABLE(POLL_CLOSE, poll_act),
    TABLE(POLL_REOPEN, poll_reopen),
    TABLE(POLL_PUBLISH, poll_publish),
    TABLE(POLL_UNPUBLISH, poll_act),
    TABLE(POLL_SEAL, poll_seal),
    TABLE(POLL_ANNUL, poll_annul),
    TABLE(PAPER_ENTER, paper_enter),
    TABLE(PAPER_CONFIRM, paper_confirm),
    TABLE(PAPER_DROP, paper_drop),
    TABLE(UNDO, undo),
    TABLE(CAST, cast),
    TABLE(FENCE, fence),
};

struct field_table entry_fields(enum entry_kind kind)
{
    assert(kind < ENTRY_KIND_COUNT);
    assert(tables[kind].count > 0);
    return tables[kind];
}
