/* Seeded random histories: what holds for all of them. */
#include "unit/domain/kit.h"

#include <stdlib.h>

#define SEEDS 320
#define STEPS 1000

static uint64_t rng;

/* xorshift64* */
static uint64_t next_random(void)
{
    rng ^= rng >> 12;
    rng ^= rng << 25;
    rng ^= rng >> 27;
    return rng * 0x2545f4914f6cdd1du;
}

static int64_t below(int64_t n)
{
    return (int64_t)(next_random() % (uint64_t)n);
}

static void seed_random(uint64_t seed)
{
    rng = seed * 0x9e3779b97f4a7c15u + 1;
}

/* ---- a random entry: mostly sensible, sometimes not ---- */

static struct picture_change random_picture(struct kit *kit, enum picture_kind kind)
{
    struct picture_change change = {.given = below(3) == 0};
    if (change.given && below(3) != 0) {
        change.picture.kind = kind;
        change.picture.ref = content_of(++kit->next);
    }
    return change;
}

/* A group, mostly one that only tickets lead to, and everybody else. */
static void random_shares(const struct kit *kit, struct share_list *shares)
{
    int64_t group = 0;
    for (size_t i = 0; i < kit->event.label_count; i++) {
        const struct label *label = &kit->event.labels[i];
        bool fits = label->ticket_only && !label->dropped;
        group = fits && below(2) != 0 ? label->id : group;
    }
    group = below(8) == 0 ? below((int64_t)kit->event.label_count + 2) : group;
    if (below(3) != 0) {
        return;
    }
    shares->count = (uint16_t)(1 + below(2));
    shares->of[0] =
        (struct share){group, (uint16_t)(shares->count == 1 ? 100 : 1 + below(99))};
    shares->of[1] = (struct share){0, (uint16_t)(100 - shares->of[0].percent)};
}

static struct poll_spec random_spec(const struct kit *kit)
{
    struct poll_spec spec = spec_of(kit, 0);
    static const char *const methods[] = {
        "borda", "approval", "plurality", "star", "score"};
    spec.form = (enum ballot_form)below(BALLOT_FORM_COUNT);
    const char *method = methods[below(8) == 0 ? below(5) : spec.form];
    memset(spec.method, 0, sizeof spec.method);
    memcpy(spec.method, method, strlen(method));
    spec.option_count = (uint16_t)below(5);
    spec.seats = (uint16_t)(below(8) == 0 ? below(3) : 1);
    spec.ranks_max = (uint16_t)below(5);
    spec.dots = (uint16_t)(spec.form == BALLOT_DOTS ? 1 + below(5) : below(16) / 15);
    spec.ties_allowed = below(8) == 0;
    spec.publication = (enum publication)below(PUBLICATION_COUNT);
    spec.no_own = spec.form != BALLOT_YESNO && below(2) == 0;
    random_shares(kit, &spec.shares);
    for (size_t i = 0; i < spec.option_count; i++) {
        spec.options[i] = 1 + below((int64_t)kit->event.idea_count + 1);
    }
    return spec;
}

static void random_tags(const struct kit *kit, struct tag_list *tags)
{
    tags->given = below(2) != 0;
    tags->count = (uint16_t)(tags->given ? below(3) : 0);
    for (size_t i = 0; i < tags->count; i++) {
        tags->labels[i] = below((int64_t)kit->event.label_count + 2);
    }
}

static void random_agenda(const struct kit *kit, struct agenda *agenda)
{
    agenda->count = (uint16_t)(below(8) == 0 ? 0 : below(5));
    for (size_t i = 0; i < agenda->count; i++) {
        struct phase *phase = &agenda->phases[i];
        phase->kind = (enum phase_kind)below(PHASE_KIND_COUNT);
        phase->minutes = (uint16_t)below(3);
        bool polled = phase_may_poll(phase->kind) && below(2) == 0;
        phase->poll = polled ? 1 + below((int64_t)kit->event.poll_count + 1) : 0;
        if (i < kit->event.agenda.count && below(3) != 0) {
            *phase = kit->event.agenda.phases[i];
        }
    }
}

static void random_timer(const struct kit *kit, struct entry *entry)
{
    entry->as.timer.start =
        (int64_t)kit->event.phase_start_count - (below(8) == 0 ? 1 : 0);
    entry->as.timer.run_ms = below(100000);
    entry->as.timer.add_ms = below(2) * 60000;
    entry->as.timer.running = below(4) != 0;
}

/* A blank pile, and one of an option that is mostly on the poll. */
static void random_paper(const struct kit *kit, int64_t id, struct paper *paper)
{
    const struct poll *poll = event_poll(&kit->event, id);
    bool some = poll != NULL && poll->spec.option_count > 0 &&
                poll->spec.form != BALLOT_YESNO && below(6) != 0;
    paper->form = poll != NULL ? poll->spec.form : BALLOT_RANKING;
    paper->pile_count = 2;
    paper->mark_count = some ? 1 : 0;
    paper->piles[0] = (struct pile){.count = 1, .mark_count = paper->mark_count};
    paper->piles[1] = (struct pile){.count = (uint16_t)(1 + below(2))};
    paper->marks[0].option = some ? poll->spec.options[0] : 0;
    paper->marks[0].value = 1;
}

/* Mostly one that there is. */
static uint16_t random_share(const struct kit *kit, int64_t id)
{
    const struct poll *poll = event_poll(&kit->event, id);
    uint16_t shares = poll != NULL ? poll->spec.shares.count : 0;
    if (shares == 0 || below(8) == 0) {
        return below(8) == 0 ? 1 : 0;
    }
    return (uint16_t)(1 + below(shares));
}

/* Mostly what is on it. */
static int64_t counted_on(const struct kit *kit, int64_t id)
{
    const struct paper_batch *batch = event_paper(&kit->event, id);
    return batch != NULL && below(8) != 0 ? batch->ballots : 2 + below(2);
}

static int64_t paper_of(const struct kit *kit, int64_t id)
{
    const struct poll *poll = event_poll(&kit->event, id);
    return poll != NULL && below(6) != 0 ? poll->paper_pos : 0;
}

static void fill_body(struct kit *kit, struct entry *entry)
{
    int64_t idea = 1 + below((int64_t)kit->event.idea_count + 1);
    int64_t poll = 1 + below((int64_t)kit->event.poll_count + 1);
    const struct poll *draft = event_poll(&kit->event, poll);
    switch (entry->kind) {
    case ENTRY_EVENT_CREATE:
        *entry = create_entry(kit, JOIN_OPEN);
        break;
    case ENTRY_EVENT_CALL:
        entry->as.event_call.open = below(4) != 0;
        break;
    case ENTRY_EVENT_SET:
        entry->as.event_set.youth = below(2) != 0;
        entry->as.event_set.nicknames = below(4) != 0;
        break;
    case ENTRY_EVENT_WIFI:
        entry->as.event_wifi.content = content_of(kit->next);
        entry->as.event_wifi.shown = below(2) != 0;
        break;
    case ENTRY_EVENT_WORDS:
        entry->as.event_words = content_of(kit->next);
        break;
    case ENTRY_PERSON_NICK:
        entry->as.person_nick.first = (uint16_t)below(4);
        entry->as.person_nick.second = (uint16_t)(1 + below(3));
        break;
    case ENTRY_AGENDA_SET:
        random_agenda(kit, &entry->as.agenda_set);
        break;
    case ENTRY_PHASE_START:
        entry->as.phase_start.phase = below(kit->event.phases_made + 2);
        break;
    case ENTRY_TIMER_SET:
    case ENTRY_TIMER_TICK:
        random_timer(kit, entry);
        break;
    case ENTRY_EVENT_ARCHIVE:
        entry->as.event_archive.on = below(24) == 0;
        break;
    case ENTRY_EVENT_RESTORE:
        break;
    case ENTRY_PERSON_JOIN:
        entry->as.person_join.role = below(4) != 0 ? ROLE_PARTICIPANT : ROLE_MODERATOR;
        break;
    case ENTRY_DESK_INVITE:
        entry->as.desk.role = (enum role)below(ROLE_COUNT);
        entry->as.desk.link = hash_of((uint8_t)below(256));
        break;
    case ENTRY_DESK_SIT:
    case ENTRY_DESK_REVOKE:
        entry->as.desk.person = below((int64_t)kit->event.participant_count + 2);
        break;
    case ENTRY_TICKETS_ISSUE:
        entry->as.tickets_issue.count = below(4);
        entry->as.tickets_issue.group =
            below(2) == 0 ? below((int64_t)kit->event.label_count + 2) : 0;
        break;
    case ENTRY_TICKETS_VOID:
        entry->as.tickets_void.batch = below((int64_t)kit->event.batch_count + 2);
        entry->as.tickets_void.keep_held = entry->as.tickets_void.batch % 2 == 0;
        break;
    case ENTRY_TICKET_REDEEM:
    case ENTRY_TICKET_VOID:
    case ENTRY_TICKET_REPLACE:
        entry->as.ticket.ticket = below((int64_t)kit->event.ticket_count + 2);
        break;
    case ENTRY_IDEA_SUBMIT:
    case ENTRY_IDEA_EDIT:
        entry->as.idea_text.idea = idea;
        entry->as.idea_text.content = content_of(kit->next);
        entry->as.idea_text.drawing = random_picture(kit, PICTURE_DRAWING);
        entry->as.idea_text.photo = random_picture(kit, PICTURE_PHOTO);
        random_tags(kit, &entry->as.idea_text.tags);
        break;
    case ENTRY_IDEA_FOLLOW:
        entry->as.idea_follow.idea = idea;
        entry->as.idea_follow.state = (enum follow_state)below(FOLLOW_STATE_COUNT + 1);
        entry->as.idea_follow.next = (struct day){2027, (uint8_t)below(14), 5};
        if (below(2) != 0) {
            entry->as.idea_follow.content = content_of(kit->next);
        }
        break;
    case ENTRY_IDEA_TAG:
        entry->as.idea_tag.idea = idea;
        random_tags(kit, &entry->as.idea_tag.tags);
        break;
    case ENTRY_IDEA_TEAM:
        entry->as.idea_team.idea = idea;
        entry->as.idea_team.group = below((int64_t)kit->event.label_count + 2);
        break;
    case ENTRY_LABEL_ADD:
    case ENTRY_LABEL_EDIT:
    case ENTRY_LABEL_DROP:
        entry->as.label.kind = (enum label_kind)below(LABEL_KIND_COUNT);
        entry->as.label.label = below((int64_t)kit->event.label_count + 2);
        entry->as.label.name = content_of(kit->next);
        entry->as.label.ticket_only = below(2) != 0;
        break;
    case ENTRY_PERSON_GROUP:
        entry->as.person_group.group = below((int64_t)kit->event.label_count + 2);
        break;
    case ENTRY_IDEA_WITHDRAW:
    case ENTRY_IDEA_RELEASE:
    case ENTRY_IDEA_HIDE:
    case ENTRY_IDEA_MERGE:
    case ENTRY_IDEA_SPLIT:
    case ENTRY_IDEA_REPORT:
    case ENTRY_IDEA_CLEAR:
        entry->as.idea_act.idea = idea;
        entry->as.idea_act.into = 1 + below((int64_t)kit->event.idea_count + 1);
        entry->as.idea_act.reason = (enum reason)below(REASON_COUNT);
        break;
    case ENTRY_POLL_CREATE:
    case ENTRY_POLL_EDIT:
        entry->as.poll_text.spec = random_spec(kit);
        if (entry->kind == ENTRY_POLL_EDIT && draft != NULL && below(2) == 0) {
            entry->as.poll_text.spec = draft->spec;
        }
        entry->as.poll_text.poll = poll;
        break;
    case ENTRY_POLL_DROP:
    case ENTRY_POLL_OPEN:
    case ENTRY_POLL_CLOSE:
    case ENTRY_POLL_REOPEN:
    case ENTRY_POLL_PUBLISH:
    case ENTRY_POLL_UNPUBLISH:
    case ENTRY_POLL_SEAL:
    case ENTRY_POLL_ANNUL:
        entry->as.poll_act.poll = poll;
        entry->as.poll_act.reason = (enum reason)below(REASON_COUNT);
        entry->as.poll_act.seed = hash_of((uint8_t)below(3));
        entry->as.poll_act.paper_pos = paper_of(kit, poll);
        break;
    case ENTRY_PAPER_ENTER:
        entry->as.paper_enter.poll = poll;
        entry->as.paper_enter.share = random_share(kit, poll);
        random_paper(kit, poll, &entry->as.paper_enter.paper);
        break;
    case ENTRY_PAPER_CONFIRM:
    case ENTRY_PAPER_DROP:
        entry->as.paper_act.batch = 1 + below((int64_t)kit->event.paper_count + 1);
        entry->as.paper_act.ballots = counted_on(kit, entry->as.paper_act.batch);
        break;
    case ENTRY_UNDO:
        entry->as.undo.pos = kit->event.pos - below(below(4) == 0 ? 60 : 4);
        break;
    case ENTRY_CAST:
    case ENTRY_FENCE:
    case ENTRY_KIND_COUNT:
        break;
    }
}

static struct entry random_entry(struct kit *kit)
{
    enum entry_kind kind = (enum entry_kind)below(ENTRY_CAST);
    enum role role = below(8) == 0 ? (enum role)below(ROLE_COUNT) : ROLE_MODERATOR;
    bool participants = kind == ENTRY_IDEA_SUBMIT || kind == ENTRY_IDEA_WITHDRAW ||
                        kind == ENTRY_PERSON_NICK || kind == ENTRY_PERSON_GROUP ||
                        kind == ENTRY_IDEA_REPORT;
    role = participants && below(2) == 0 ? ROLE_PARTICIPANT : role;
    bool offices = kind == ENTRY_PERSON_JOIN || kind == ENTRY_TICKETS_ISSUE ||
                   kind == ENTRY_EVENT_RESTORE || kind == ENTRY_TIMER_TICK ||
                   kind == ENTRY_EVENT_ARCHIVE || kind == ENTRY_DESK_INVITE ||
                   kind == ENTRY_DESK_SIT;
    role = offices && below(2) == 0 ? ROLE_OFFICE : role;
    role = kind == ENTRY_TICKET_REDEEM ? ROLE_NONE : role;
    int64_t actor = role == ROLE_OFFICE || role == ROLE_NONE ? 0 : kit->moderator;
    if (role == ROLE_MODERATOR && below(3) == 0) {
        const struct desk_place *place =
            &kit->event.desk[below((int64_t)kit->event.desk_count)];
        role = place->role;
        actor = place->person;
    }
    bool second = kind == ENTRY_PAPER_CONFIRM && role == ROLE_MODERATOR;
    actor = second ? 1 + below((int64_t)kit->event.participant_count) : actor;
    if (role == ROLE_PARTICIPANT) {
        actor = 1 + below((int64_t)kit->event.participant_count + 1);
    }
    struct entry entry = entry_of(kit, kind, role, actor);
    if (below(10) == 0) { /* a repeat of some earlier command */
        entry.command = uid_of((uint64_t)(1 + below((int64_t)kit->next)));
    }
    fill_body(kit, &entry);
    return entry;
}

/* ---- what must hold in every state ---- */

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

static void expect_sound_labels(const struct event *event)
{
    for (size_t i = 0; i < event->label_count; i++) {
        const struct label *label = &event->labels[i];
        int64_t people = 0;
        for (size_t k = 0; k < event->participant_count; k++) {
            people += event->participants[k].group == label->id ? 1 : 0;
        }
        cr_assert_eq(label->people, people);
        cr_assert(people == 0 || (label->kind == LABEL_GROUP && !label->dropped));
    }
    for (size_t i = 0; i < event->idea_count; i++) {
        const struct idea *idea = &event->ideas[i];
        for (size_t k = 0; k < idea->tag_count; k++) {
            int64_t tag = idea->tags[k];
            cr_assert(tag >= 1 && (size_t)tag <= event->label_count);
            cr_assert_eq(event->labels[tag - 1].kind, LABEL_TAG);
        }
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

/* One random history; folded a second time it gives the same. */
static void play_twice(uint64_t seed, int64_t *accepted)
{
    seed_random(seed);
    enum join_mode mode = below(2) == 0 ? JOIN_OPEN : JOIN_TICKET;
    struct entry *entries = calloc(STEPS, sizeof *entries);
    struct kit kit;
    struct kit other;
    kit_init(&kit, mode);
    kit_init(&other, mode);
    for (size_t i = 0; i < STEPS; i++) {
        entries[i] = random_entry(&kit);
        struct outcome outcome = apply(&kit, &entries[i]);
        accepted[entries[i].kind] += outcome.err == ERR_OK && !outcome.repeated ? 1 : 0;
        expect_sound_ideas(&kit.event);
        expect_sound_labels(&kit.event);
        expect_sound_polls(&kit.event);
        expect_sound_agenda(&kit.event);
        expect_sound_tickets(&kit.event);
        expect_sound_paper(&kit.event);
    }
    for (size_t i = 0; i < STEPS; i++) {
        apply(&other, &entries[i]);
    }
    cr_expect(same_state(&kit.event, &other.event), "seed %" PRIu64, seed);
    cr_expect_eq(kit.event.pos, other.event.pos);
    free(entries);
    kit_fini(&kit);
    kit_fini(&other);
}

Test(history, of_any_kind_keeps_the_state_sound_and_folds_to_the_same_again)
{
    int64_t accepted[ENTRY_KIND_COUNT] = {0};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        play_twice(seed, accepted);
    }
    for (enum entry_kind kind = ENTRY_EVENT_CALL; kind < ENTRY_CAST; kind++) {
        cr_expect_gt(accepted[kind], 0, "no %s was accepted", entry_kind_code(kind));
    }
}

Test(history, does_not_depend_on_the_seed_of_the_maps)
{
    seed_random(77);
    struct kit kit;
    kit_init(&kit, JOIN_OPEN);
    struct event other;
    static const uint64_t other_seed[2] = {999, 888};
    event_init(&other, 7, other_seed);
    struct kit first;
    kit_init_empty(&first);
    struct outcome outcome;
    struct entry entry = create_entry(&first, JOIN_OPEN);
    cr_assert_eq(event_apply(&other, &entry, &outcome), ERR_OK);
    entry = entry_of(&first, ENTRY_PERSON_JOIN, ROLE_OFFICE, 0);
    entry.as.person_join.role = ROLE_MODERATOR;
    cr_assert_eq(event_apply(&other, &entry, &outcome), ERR_OK);
    for (size_t i = 0; i < STEPS; i++) {
        entry = random_entry(&kit);
        apply(&kit, &entry);
        cr_assert_eq(event_apply(&other, &entry, &outcome), ERR_OK);
    }
    cr_expect(same_state(&kit.event, &other));
    kit_fini(&kit);
    kit_fini(&first);
    event_fini(&other);
}

/* ---- ballots arrive in any order ---- */

#define CASTS  300
#define VOTERS 40

/* What counts, slot by slot, whatever the order of arrival. */
static void digest_counting(struct buf *out, const struct poll *poll)
{
    DIGEST(out, poll->voted);
    for (uint64_t voter = 0; voter < VOTERS; voter++) {
        const struct uid slot = uid_of(voter + 9000000);
        const struct kept_ballot *current;
        DIGEST(out, poll_slot_counter(poll, &slot, &current));
        if (current == NULL) {
            continue;
        }
        DIGEST(out, current->epoch, current->counter);
        digest_bytes(out, current->id.bytes, UID_BYTES);
        for (size_t k = 0; k < current->mark_count; k++) {
            const struct kept_mark *mark = &poll->marks[current->marks_at + k];
            DIGEST(out, mark->option, mark->value);
        }
    }
}

static struct ballot random_ballot(void)
{
    struct ballot ballot = {.form = BALLOT_RANKING, .mark_count = (uint16_t)below(4)};
    int64_t options[] = {1, 2, 3, 4, 5};
    for (uint16_t i = 0; i < ballot.mark_count; i++) {
        int64_t k = i + below(5 - i);
        int64_t option = options[k];
        options[k] = options[i];
        options[i] = option;
        ballot.marks[i] = (struct mark){.option = option, .value = (uint16_t)(i + 1)};
    }
    return ballot;
}

/* Distinct (epoch, counter) within a slot, as honest phones send them. */
static void make_casts(struct kit *kit, struct entry *entries)
{
    uint32_t counters[VOTERS][3] = {0};
    for (size_t i = 0; i < CASTS; i++) {
        uint64_t voter = (uint64_t)below(VOTERS);
        uint32_t epoch = (uint32_t)(1 + below(3));
        struct ballot ballot = random_ballot();
        entries[i] = cast_entry(kit, voter, epoch, ++counters[voter][epoch - 1], &ballot);
    }
}

static void shuffle(struct entry *entries, size_t count)
{
    for (size_t i = count - 1; i > 0; i--) {
        size_t k = (size_t)below((int64_t)i + 1);
        struct entry entry = entries[i];
        entries[i] = entries[k];
        entries[k] = entry;
    }
}

static void count_arrivals(const struct entry *entries, struct buf *ret_digest)
{
    struct kit kit;
    kit_init(&kit, JOIN_OPEN);
    int64_t poll = draft_of_new(&kit, 5);
    step(&kit, ENTRY_POLL_OPEN, poll);
    for (size_t i = 0; i < CASTS; i++) {
        cr_assert_eq(apply_lane(&kit, poll, &entries[i]).err, ERR_OK);
        if (below(4) == 0) { /* a phone repeats itself, now or later */
            const struct entry *again = &entries[below((int64_t)i + 1)];
            cr_assert(apply_lane(&kit, poll, again).repeated);
        }
    }
    digest_counting(ret_digest, event_poll(&kit.event, poll));
    kit_fini(&kit);
}

Test(history, of_ballots_counts_the_same_in_any_order_of_arrival)
{
    struct kit kit;
    kit_init(&kit, JOIN_OPEN);
    struct entry *entries = calloc(CASTS, sizeof *entries);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        seed_random(seed);
        make_casts(&kit, entries);
        struct buf one;
        struct buf two;
        buf_init(&one, DIGEST_BYTES_MAX);
        buf_init(&two, DIGEST_BYTES_MAX);
        count_arrivals(entries, &one);
        shuffle(entries, CASTS);
        count_arrivals(entries, &two);
        cr_expect(span_equal(buf_span(&one), buf_span(&two)), "seed %" PRIu64, seed);
        buf_fini(&one);
        buf_fini(&two);
    }
    free(entries);
    kit_fini(&kit);
}

Test(history, of_merges_is_undone_by_splitting_in_any_order)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        seed_random(seed);
        struct kit kit;
        kit_init(&kit, JOIN_OPEN);
        int64_t ada = join(&kit, ROLE_PARTICIPANT);
        enum idea_state before[20];
        for (size_t i = 0; i < 20; i++) {
            int64_t idea = below(2) == 0 ? submit(&kit, ada) : publish_idea(&kit);
            before[i] = event_idea(&kit.event, idea)->state;
        }
        for (size_t i = 0; i < 200; i++) {
            struct entry entry = idea_entry(&kit, ENTRY_IDEA_MERGE, 1 + below(20));
            entry.as.idea_act.into = 1 + below(20);
            apply(&kit, &entry);
        }
        for (int64_t i = 0, first = below(20); i < 20; i++) {
            struct entry entry =
                idea_entry(&kit, ENTRY_IDEA_SPLIT, 1 + (first + i * 7) % 20);
            apply(&kit, &entry);
        }
        for (size_t i = 0; i < 20; i++) {
            cr_expect_eq(kit.event.ideas[i].state, before[i]);
            cr_expect_eq(kit.event.ideas[i].merged_into, 0);
        }
        kit_fini(&kit);
    }
}
