#include "wire/acts_json.h"

#include "domain/undo.h"
#include "wire/reply.h"

static void write_about(struct buf *out, const struct act *act)
{
    switch (act_thing(act->kind)) {
    case ACT_IDEA:
        reply_id(out, "idea", act->about);
        break;
    case ACT_LABEL:
        reply_id(out, "label", act->about);
        break;
    case ACT_POLL:
        reply_id(out, "poll", act->about);
        break;
    case ACT_TICKET:
        reply_id(out, "ticket", act->about);
        break;
    case ACT_BATCH:
        reply_id(out, "batch", act->about);
        break;
    case ACT_DESK:
        reply_id(out, "person", act->about);
        break;
    case ACT_PERSON:
        reply_id(out, "idea", act->about);
        reply_bool(out, "banned", act->before.person.ban.pos == 0);
        break;
    case ACT_PAPER:
        reply_id(out, "batch", act->about);
        break;
    case ACT_OTHER:
    case ACT_CALL:
    case ACT_SETTINGS:
    case ACT_WORDS:
    case ACT_WIFI:
    case ACT_AGENDA:
        break;
    }
}

static void write_act(struct buf *out, const struct act *act)
{
    buf_printf(out, "{\"pos\":%lld", (long long)act->pos);
    reply_string(out, "act", entry_kind_code(act->kind));
    reply_int(out, "at", act->at_ms);
    reply_id(out, "by", act->actor);
    write_about(out, act);
    if (act->undone_pos != 0) {
        reply_id(out, "undone", act->undone_by);
    }
    buf_char(out, '}');
}

static bool is_news(const struct act *act, int64_t from)
{
    return act->pos > from || act->undone_pos > from;
}

static void write_undoable(struct buf *out, const struct event *event)
{
    const char *before = ",\"undoable\":[";
    for (size_t i = 0; i < act_count(event); i++) {
        const struct act *act = act_at(event, i);
        if (act_check_undo(event, act, event->newest_at_ms, NULL) == ERR_OK &&
            act_check_ballots(event, act) == ERR_OK) {
            buf_printf(out, "%s%lld", before, (long long)act->pos);
            before = ",";
        }
    }
    buf_text(out, before[1] == '\0' ? "]" : ",\"undoable\":[]");
}

void acts_write(struct buf *out, const struct event *event, int64_t from)
{
    const char *before = ",\"acts\":[";
    for (size_t i = 0; i < act_count(event); i++) {
        const struct act *act = act_at(event, i);
        if (is_news(act, from)) {
            buf_text(out, before);
            write_act(out, act);
            before = ",";
        }
    }
    buf_text(out, before[1] == '\0' ? "]" : "");
    if (act_count(event) > 0) {
        write_undoable(out, event);
    }
}
