/* The state of an event as text, to compare: everything an outside reader can see, but
 * its position. */
#ifndef TESTS_DOMAIN_DIGEST_H
#define TESTS_DOMAIN_DIGEST_H

#include "base/buf.h"
#include "domain/event.h"
#include "domain/undo.h"

static inline void digest_bytes(struct buf *out, const void *data, size_t bytes)
{
    buf_hex(out, data, bytes);
    buf_char(out, ' ');
}

static inline void digest_numbers(struct buf *out, const int64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_int(out, numbers[i]);
        buf_char(out, ' ');
    }
}

#define DIGEST(out, ...)                                                                 \
    digest_numbers(                                                                      \
        out, (const int64_t[]){__VA_ARGS__},                                             \
        sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

static inline void digest_content(struct buf *out, const struct content_ref *content)
{
    digest_bytes(out, content->id.bytes, UID_BYTES);
    digest_bytes(out, content->hash.bytes, HASH_BYTES);
}

static inline void digest_idea(struct buf *out, const struct idea *idea)
{
    buf_text(out, "\nidea ");
    DIGEST(
        out, idea->id, idea->author, idea->state, idea->state_before_merge,
        idea->merged_into, idea->reason, idea->submitted_at_ms, idea->changed_pos,
        idea->acted_pos, idea->team);
    for (size_t i = 0; i < REASON_COUNT; i++) {
        DIGEST(out, idea->reports[i]);
    }
    DIGEST(out, idea->reports_had, idea->reported_pos);
    digest_content(out, &idea->content);
    digest_content(out, &idea->note);
    buf_text(out, "tags ");
    digest_numbers(out, idea->tags, idea->tag_count);
    DIGEST(
        out, idea->pictures.drawing, idea->pictures.photo, idea->follow, idea->challenge,
        idea->inherited, idea->banned_pos, idea->acted_before_ban);
}

static inline void digest_supporters(struct buf *out, const struct supporters *support)
{
    buf_text(out, "\nsupport ");
    DIGEST(out, support->all, support->pos);
    for (uint32_t i = 0; i < support->count; i++) {
        DIGEST(out, support->people[i]);
    }
}

static inline void digest_follow(struct buf *out, const struct follow *step)
{
    buf_text(out, "\nfollow ");
    DIGEST(
        out, step->idea, step->state, step->next.year, step->next.month,
        step->next.of_month, step->at_ms, step->before);
    digest_content(out, &step->content);
}

static inline void digest_picture(struct buf *out, const struct idea_picture *picture)
{
    const struct photo *photo = &picture->is.photo;
    buf_text(out, "\npicture ");
    DIGEST(
        out, picture->is.kind, picture->idea, picture->on_ballot, photo->type,
        photo->width, photo->height);
    digest_content(out, &picture->is.ref);
}

static inline void digest_ballots(struct buf *out, const struct poll *poll)
{
    DIGEST(
        out, poll->fence_open, poll->lane_seq, (int64_t)poll->ballot_count,
        (int64_t)poll->mark_count, poll->voted, (int64_t)poll->ballots_version);
    for (size_t i = 0; i < poll->ballot_count; i++) {
        const struct kept_ballot *ballot = &poll->ballots[i];
        buf_text(out, "\nballot ");
        digest_bytes(out, ballot->id.bytes, UID_BYTES);
        digest_bytes(out, ballot->slot.bytes, UID_BYTES);
        DIGEST(
            out, ballot->epoch, ballot->counter, ballot->seq, ballot->mark_count,
            ballot->counts, ballot->counted_first, ballot->older, ballot->share);
        for (size_t k = 0; k < ballot->mark_count; k++) {
            const struct kept_mark *mark = &poll->marks[ballot->marks_at + k];
            DIGEST(out, mark->option, mark->value);
        }
    }
}

static inline void digest_poll(struct buf *out, const struct poll *poll)
{
    const struct poll_spec *spec = &poll->spec;
    buf_text(out, "\npoll ");
    DIGEST(
        out, poll->id, poll->state, poll->published, poll->annulled, poll->dropped,
        poll->reason, poll->reopened, poll->created_at_ms, poll->opened_at_ms,
        poll->closed_at_ms, poll->people, poll->changed_pos, poll->undone,
        poll->acted_pos, poll->called_back_pos, poll->paper, poll->paper_pos,
        poll->paper_shown, (int64_t)poll->batch_count);
    digest_bytes(out, poll->uid.bytes, UID_BYTES);
    digest_content(out, &spec->question);
    buf_text(out, spec->method);
    DIGEST(
        out, spec->form, spec->seats, spec->ranks_max, spec->ties_allowed, spec->live,
        spec->publication, spec->option_count, spec->no_own, spec->no_late,
        poll->last_person, spec->shares.count);
    for (size_t i = 0; i < spec->shares.count; i++) {
        DIGEST(
            out, spec->shares.of[i].group, spec->shares.of[i].percent, poll->voted_of[i],
            poll->paper_of[i]);
    }
    for (size_t i = 0; i < poll->owner_count; i++) {
        const struct option_owner *owner = &poll->owners[i];
        DIGEST(out, owner->option, owner->group, owner->person, owner->told);
    }
    for (size_t i = 0; i < spec->option_count; i++) {
        DIGEST(out, spec->options[i]);
        digest_content(out, &poll->labels[i]);
        DIGEST(out, poll->pictures[i].drawing, poll->pictures[i].photo);
    }
    digest_bytes(out, poll->commitment.bytes, HASH_BYTES);
    digest_bytes(out, poll->seed.bytes, HASH_BYTES);
    digest_bytes(out, poll->sealed_hash.bytes, HASH_BYTES);
    digest_ballots(out, poll);
}

static inline void digest_batch(struct buf *out, const struct paper_batch *batch)
{
    buf_text(out, "\nbatch ");
    DIGEST(
        out, batch->id, batch->poll, batch->entered_by, batch->entered_at_ms,
        batch->confirmed_by, batch->confirmed_at_ms, batch->dropped, batch->shown,
        batch->ballots, batch->changed_pos, batch->acted_pos, batch->share);
    for (size_t i = 0; i < batch->pile_count; i++) {
        const struct kept_pile *pile = &batch->piles[i];
        DIGEST(out, pile->count, pile->mark_count);
        for (size_t k = 0; k < pile->mark_count; k++) {
            const struct kept_mark *mark = &batch->marks[pile->marks_at + k];
            DIGEST(out, mark->option, mark->value);
        }
    }
}

static inline void digest_phase(struct buf *out, const struct phase *phase)
{
    buf_text(out, "\nphase ");
    DIGEST(out, phase->id, phase->kind, phase->minutes, phase->poll);
}

static inline void digest_agenda(struct buf *out, const struct event *event)
{
    const struct timer *timer = &event->timer;
    for (size_t i = 0; i < event->agenda.count; i++) {
        digest_phase(out, &event->agenda.phases[i]);
    }
    for (size_t i = 0; i < event->phase_start_count; i++) {
        digest_phase(out, &event->phase_starts[i].phase);
        DIGEST(out, event->phase_starts[i].at_ms);
    }
    buf_text(out, "\non ");
    DIGEST(
        out, event->phase, event->phases_made, timer->total_ms, timer->run_ms,
        timer->running, timer->asks);
}

/* Everything an outside reader of the event can see, but its position. */
static inline void digest_event(struct buf *out, const struct event *event)
{
    DIGEST(
        out, event->id, event->created, event->mode, event->lang_count, event->call_open,
        event->created_at_ms, event->changed_pos, event->tickets_redeemed, event->people,
        event->restored_at_ms, event->restored_pos, event->settings.youth,
        event->settings.nicknames, event->settings.support, event->support_pos,
        (int64_t)event->support_count, event->banned, event->bans_pos);
    buf_text(out, event->code);
    digest_content(out, &event->title);
    digest_content(out, &event->words);
    digest_content(out, &event->wifi.content);
    DIGEST(out, event->wifi.shown);
    for (size_t i = 0; i < event->participant_count; i++) {
        const struct participant *p = &event->participants[i];
        buf_text(out, "\nperson ");
        DIGEST(
            out, p->id, p->role, p->epoch, p->ticket, p->joined_at_ms, p->ideas_pending,
            p->nickname.first, p->nickname.second, p->nickname_number, p->group,
            p->newest_report, p->report_count, p->supports, p->supports_had, p->ban.pos,
            p->ban.idea, p->ban.by, p->ban.at_ms, p->ban_acted_pos);
    }
    for (size_t i = 0; i < event->desk_count; i++) {
        const struct desk_place *place = &event->desk[i];
        buf_text(out, "\ndesk ");
        DIGEST(
            out, place->person, place->role, place->made_at_ms, place->made_by,
            place->sat_at_ms, place->revoked_at_ms, place->revoked_by);
        digest_content(out, &place->name);
        digest_bytes(out, place->link.bytes, HASH_BYTES);
    }
    digest_agenda(out, event);
    buf_text(out, "\ntickets ");
    for (size_t i = 0; i < event->ticket_count; i++) {
        const struct ticket *ticket = &event->tickets[i];
        DIGEST(
            out, ticket->participant, ticket->batch, ticket->redeemed, ticket->voided_pos,
            ticket->replaces, ticket->replaced_by, ticket->acted_pos);
    }
    for (size_t i = 0; i < event->batch_count; i++) {
        const struct ticket_batch *batch = &event->batches[i];
        buf_text(out, "\nbatch ");
        DIGEST(
            out, batch->id, batch->first, batch->count, batch->group, batch->replaced,
            batch->redeemed, batch->voided, batch->free, batch->held, batch->issued_at_ms,
            batch->acted_pos);
    }
    for (size_t i = 0; i < event->label_count; i++) {
        const struct label *label = &event->labels[i];
        buf_text(out, "\nlabel ");
        DIGEST(
            out, label->id, label->kind, label->people, label->dropped, label->acted_pos,
            label->ticket_only, label->challenge);
        digest_content(out, &label->name);
    }
    for (size_t i = 0; i < event->idea_count; i++) {
        digest_idea(out, &event->ideas[i]);
        digest_supporters(out, &event->ideas[i].support);
    }
    for (size_t i = 0; i < event->follow_count; i++) {
        digest_follow(out, &event->follows[i]);
    }
    for (size_t i = 0; i < event->picture_count; i++) {
        digest_picture(out, &event->pictures[i]);
    }
    for (size_t i = 0; i < event->poll_count; i++) {
        digest_poll(out, event->polls[i]);
    }
    for (size_t i = 0; i < event->paper_count; i++) {
        digest_batch(out, event->papers[i]);
    }
    for (size_t i = 0; i < act_count(event); i++) {
        const struct act *act = act_at(event, i);
        buf_text(out, "\nact ");
        DIGEST(
            out, act->pos, act->kind, act->actor, act->at_ms, act->about, act->undone_pos,
            act->undone_by);
    }
}

#define DIGEST_BYTES_MAX (64 * 1024 * 1024)

static inline bool same_state(const struct event *a, const struct event *b)
{
    struct buf one;
    struct buf two;
    buf_init(&one, DIGEST_BYTES_MAX);
    buf_init(&two, DIGEST_BYTES_MAX);
    digest_event(&one, a);
    digest_event(&two, b);
    bool same = !buf_failed(&one) && span_equal(buf_span(&one), buf_span(&two));
    buf_fini(&one);
    buf_fini(&two);
    return same;
}

#endif
