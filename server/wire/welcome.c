/* What one person gets: the greeting with the own ideas and ballots, and news of an own
 * idea. */
#include "base/bounds.h"
#include "domain/access.h"
#include "domain/fold.h"
#include "wire/ballot_json.h"
#include "wire/desk_json.h"
#include "wire/idea_json.h"
#include "wire/reply.h"
#include "wire/support_json.h"

static void write_ideas(
    struct buf *out, const struct event *event, int64_t author,
    const struct wire_texts *texts)
{
    bool started = false;
    buf_text(out, ",\"ideas\":[");
    for (size_t i = 0; i < event->idea_count; i++) {
        if (event->ideas[i].author == author) {
            buf_text(out, started ? "," : "");
            idea_write(out, event, &event->ideas[i], READER_AUTHOR, texts);
            started = true;
        }
    }
    buf_char(out, ']');
}

/* What somebody has reported, also what is gone by now. */
static void write_reported(
    struct buf *out, const struct event *event, const struct participant *person)
{
    const char *before = ",\"reported\":[";
    for (uint32_t at = person->newest_report; at != 0;
         at = event->reports[at - 1].older) {
        buf_printf(out, "%s\"%lld\"", before, (long long)event->reports[at - 1].idea);
        before = ",";
    }
    buf_text(out, before[1] == '\0' ? "]" : "");
}

static void write_ballot(struct buf *out, const struct poll *poll, const struct uid *slot)
{
    const struct kept_ballot *kept = NULL;
    uint32_t counter = poll_slot_counter(poll, slot, &kept);
    buf_printf(out, "{\"poll\":\"%lld\"", (long long)poll->id);
    reply_int(out, "counter", counter);
    if (kept != NULL) {
        struct ballot ballot;
        wire_ballot_of_kept(poll, kept, &ballot);
        buf_text(out, ",\"ballot\":");
        ballot_write(out, &ballot);
    }
    buf_char(out, '}');
}

static bool takes_ballots(const struct poll *poll)
{
    return poll->state == POLL_OPEN || poll->state == POLL_CLOSED;
}

static void
write_ballots(struct buf *out, const struct event *event, const struct wire_me *me)
{
    bool started = false;
    buf_text(out, ",\"polls\":[");
    for (size_t i = 0; i < event->poll_count && i < me->slot_count; i++) {
        if (takes_ballots(event->polls[i]) && !uid_is_zero(&me->slots[i])) {
            buf_text(out, started ? "," : "");
            write_ballot(out, event->polls[i], &me->slots[i]);
            started = true;
        }
    }
    buf_char(out, ']');
}

static void write_me(
    struct buf *out, const struct event *event, const struct wire_me *me,
    const struct wire_texts *texts)
{
    const struct participant *person = event_participant(event, me->participant);
    buf_printf(out, ",\"me\":{\"person\":\"%lld\"", (long long)me->participant);
    reply_int(out, "epoch", person != NULL ? person->epoch : 0);
    if (person != NULL && person->group != 0) {
        reply_id(out, "group", person->group);
        if (event_group_by_ticket(event, person) == person->group) {
            reply_bool(out, "group_by_ticket", true);
        }
    }
    idea_write_nick(out, event, me->participant);
    if (person != NULL) {
        write_reported(out, event, person);
        support_write_own(out, event, person);
    }
    write_ideas(out, event, me->participant, texts);
    write_ballots(out, event, me);
    buf_char(out, '}');
}

void wire_encode_welcome(
    struct buf *out, const struct uid *id, const struct event *event,
    const struct wire_guest *guest, const struct wire_texts *texts)
{
    reply_open(out, PUSH_WELCOME, id);
    reply_string(out, "event", event->code);
    reply_string(out, "role", role_name(guest->role));
    reply_int(out, "pos", event->pos);
    reply_int(out, "heartbeat_ms", guest->heartbeat_ms);
    if (role_is_desk(guest->role)) {
        desk_write_rights(out, guest->role);
    }
    if (guest->stage_key != NULL) {
        buf_text(out, ",\"stage_key\":\"");
        buf_hex(out, guest->stage_key->bytes, UID_BYTES);
        buf_char(out, '"');
    }
    if (guest->me != NULL) {
        write_me(out, event, guest->me, texts);
    }
    buf_char(out, '}');
}

void wire_encode_mine(
    struct buf *out, const struct event *event, const struct idea *idea,
    const struct wire_texts *texts)
{
    reply_open(out, PUSH_MINE, NULL);
    buf_text(out, ",\"idea\":");
    idea_write(out, event, idea, READER_AUTHOR, texts);
    buf_char(out, '}');
}
