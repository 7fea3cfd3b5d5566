/* Seeded random histories: what holds for all of them. */
#include "chance.h"
#include "sound.h"
#include "unit/domain/kit.h"

#include <stdlib.h>

#define SEEDS 320
#define STEPS 1000

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
    spec.no_late = below(3) == 0;
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

static void random_challenge(const struct kit *kit, struct challenge_change *change)
{
    change->given = below(2) != 0;
    change->label = change->given ? below((int64_t)kit->event.label_count + 2) : 0;
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
        entry->as.event_set.support = (enum support)below(SUPPORT_COUNT);
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
    case ENTRY_PERSON_BAN:
        entry->as.person_ban.idea = idea;
        entry->as.person_ban.banned = below(2) != 0;
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
        random_challenge(kit, &entry->as.idea_text.challenge);
        break;
    case ENTRY_IDEA_FOLLOW:
        entry->as.idea_follow.idea = idea;
        entry->as.idea_follow.state = (enum follow_state)below(FOLLOW_STATE_COUNT + 1);
        entry->as.idea_follow.next = (struct day){2027, (uint8_t)below(14), 5};
        if (below(2) != 0) {
            entry->as.idea_follow.content = content_of(kit->next);
        }
        break;
    case ENTRY_IDEA_SUPPORT:
        entry->as.idea_support.idea = idea;
        entry->as.idea_support.on = below(3) != 0;
        break;
    case ENTRY_IDEA_TAG:
        entry->as.idea_tag.idea = idea;
        random_tags(kit, &entry->as.idea_tag.tags);
        break;
    case ENTRY_IDEA_TEAM:
        entry->as.idea_team.idea = idea;
        entry->as.idea_team.group = below((int64_t)kit->event.label_count + 2);
        break;
    case ENTRY_IDEA_CHALLENGE:
        entry->as.idea_challenge.idea = idea;
        entry->as.idea_challenge.challenge = below((int64_t)kit->event.label_count + 2);
        break;
    case ENTRY_LABEL_ADD:
    case ENTRY_LABEL_EDIT:
    case ENTRY_LABEL_DROP:
    case ENTRY_LABEL_MOVE:
        entry->as.label.kind = (enum label_kind)below(LABEL_KIND_COUNT);
        entry->as.label.label = below((int64_t)kit->event.label_count + 2);
        entry->as.label.before = below((int64_t)kit->event.label_count + 2);
        entry->as.label.name = content_of(kit->next);
        entry->as.label.ticket_only = below(2) != 0;
        entry->as.label.challenge =
            below(3) == 0 ? below((int64_t)kit->event.label_count + 2) : 0;
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
                        kind == ENTRY_IDEA_REPORT || kind == ENTRY_IDEA_SUPPORT;
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
        expect_sound(&kit.event);
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
