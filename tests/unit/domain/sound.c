#include "sound.h"

#include "unit/domain/kit.h"

static void expect_sound_ideas(const struct event *event)
{
    for (size_t i = 0; i < event->participant_count; i++) {
        int64_t waiting = 0;
        for (size_t k = 0; k < event->idea_count; k++) {
            const struct idea *idea = &event->ideas[k];
            bool own = idea->author == event->participants[i].id;
            waiting += own && idea->state == IDEA_PENDING ? 1 : 0;
        }
        cr_assert_eq(event->participants[i].ideas_pending, waiting);
    }
    for (size_t i = 0; i < event->idea_count; i++) {
        const struct idea *idea = &event->ideas[i];
        cr_assert_eq(idea->state == IDEA_MERGED, idea->merged_into != 0);
        cr_assert_eq(idea->state == IDEA_HIDDEN, idea->reason != REASON_NONE);
        size_t hops = 0;
        while (idea->merged_into != 0) {
            idea = event_idea(event, idea->merged_into);
            cr_assert_leq(++hops, event->idea_count, "merges form a loop");
        }
    }
}

/* What the ideas merged into it say, the one that came first before the others. */
static int64_t inherited_by(const struct event *event, const struct idea *idea)
{
    for (size_t i = 0; i < event->idea_count && idea->challenge == 0; i++) {
        const struct idea *merged = &event->ideas[i];
        if (merged->merged_into == idea->id) {
            int64_t said =
                merged->challenge != 0 ? merged->challenge : inherited_by(event, merged);
            if (said != 0) {
                return said;
            }
        }
    }
    return 0;
}

/* Each place of a kind is one label's. */
static void expect_sound_places(const struct event *event, const struct label *label)
{
    size_t of_kind = 0;
    for (size_t i = 0; i < event->label_count; i++) {
        const struct label *other = &event->labels[i];
        of_kind += other->kind == label->kind ? 1 : 0;
        cr_assert(
            other == label || other->kind != label->kind || other->place != label->place);
    }
    cr_assert_lt(label->place, of_kind);
}

static void expect_sound_labels(const struct event *event)
{
    for (size_t i = 0; i < event->label_count; i++) {
        const struct label *label = &event->labels[i];
        int64_t people = 0;
        for (size_t k = 0; k < event->participant_count; k++) {
            people += event->participants[k].group == label->id ? 1 : 0;
        }
        cr_assert_eq(label->people, people);
        expect_sound_places(event, label);
        cr_assert(people == 0 || (label->kind == LABEL_GROUP && !label->dropped));
    }
    for (size_t i = 0; i < event->idea_count; i++) {
        const struct idea *idea = &event->ideas[i];
        for (size_t k = 0; k < idea->tag_count; k++) {
            int64_t tag = idea->tags[k];
            cr_assert(tag >= 1 && (size_t)tag <= event->label_count);
            cr_assert_eq(event->labels[tag - 1].kind, LABEL_TAG);
        }
        cr_assert_eq(idea->inherited, inherited_by(event, idea));
    }
}

/* Counts are what the tickets say, and nobody has two valid ones. */
static void
expect_sound_batch(const struct event *event, const struct ticket_batch *batch)
{
    int64_t of_it = 0;
    int64_t voided = 0;
    int64_t left = 0;
    int64_t held = 0;
    for (size_t i = 0; i < event->ticket_count; i++) {
        const struct ticket *ticket = &event->tickets[i];
        bool own = ticket->batch == batch->id;
        of_it += own ? 1 : 0;
        voided += own && ticket->voided_pos != 0 ? 1 : 0;
        bool good = own && ticket->voided_pos == 0 && !ticket->redeemed;
        left += good && ticket->participant == 0 ? 1 : 0;
        held += good && ticket->participant != 0 ? 1 : 0;
    }
    cr_assert_eq(batch->count + batch->replaced, of_it);
    cr_assert_eq(batch->voided, voided);
    cr_assert_eq(batch->free, left);
    cr_assert_eq(batch->held, held);
}

static void expect_sound_tickets(const struct event *event)
{
    int64_t voided = 0;
    int64_t redeemed = 0;
    for (size_t i = 0; i < event->batch_count; i++) {
        expect_sound_batch(event, &event->batches[i]);
        voided += event->batches[i].voided;
        redeemed += event->batches[i].redeemed;
    }
    cr_assert_eq(event->tickets_voided, voided);
    cr_assert_eq(event->tickets_redeemed, redeemed);
    for (size_t i = 0; i < event->ticket_count; i++) {
        const struct ticket *ticket = &event->tickets[i];
        const struct participant *person = event_participant(event, ticket->participant);
        bool valid = ticket->voided_pos == 0;
        cr_assert(!ticket->redeemed || person != NULL);
        cr_assert(ticket->replaced_by == 0 || !valid);
        cr_assert(person == NULL || !valid || person->ticket == (int64_t)i + 1);
    }
}

static void expect_sound_agenda(const struct event *event)
{
    const struct timer *timer = &event->timer;
    bool on = event->phase != 0;
    cr_assert_eq(on, agenda_phase(&event->agenda, event->phase) != NULL);
    cr_assert(on || timer->total_ms == 0);
    cr_assert_leq(timer->run_ms, timer->total_ms);
    cr_assert(!timer->running || timer->run_ms < timer->total_ms);
    cr_assert(!timer->asks || !timer->running);
    for (size_t i = 0; i < event->agenda.count; i++) {
        int64_t id = event->agenda.phases[i].id;
        cr_assert_eq(agenda_phase(&event->agenda, id), &event->agenda.phases[i]);
    }
}

static void expect_sound_polls(const struct event *event)
{
    for (size_t i = 0; i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        bool over = poll->state == POLL_CLOSED || poll->state == POLL_SEALED;
        cr_assert(!poll->published || (over && !poll->annulled));
        cr_assert(!poll->annulled || over);
        cr_assert(!poll->dropped || poll->state == POLL_DRAFT);
        cr_assert_leq(poll->changed_pos, event->pos);
    }
}

static void expect_sound_paper(const struct event *event)
{
    for (size_t i = 0; i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        int64_t paper = 0;
        for (size_t k = 0; k < poll->batch_count; k++) {
            const struct paper_batch *batch = poll->batches[k];
            cr_assert_eq(batch->poll, poll->id);
            cr_assert_neq(batch->confirmed_by, batch->entered_by);
            paper += batch_counts(batch) ? batch->ballots : 0;
        }
        cr_assert_eq(poll->paper, paper);
        cr_assert(poll->batch_count == 0 || poll->state != POLL_DRAFT);
    }
}

void expect_sound(const struct event *event)
{
    expect_sound_ideas(event);
    expect_sound_labels(event);
    expect_sound_polls(event);
    expect_sound_agenda(event);
    expect_sound_tickets(event);
    expect_sound_paper(event);
}
