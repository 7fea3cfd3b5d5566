/* The hall: what is acknowledged is durable, what is sealed is anonymous. */
#include "hall_fixture.h"

#include "base/hex.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static struct hall_fixture fixture;
static struct event *event;
static int64_t moderator;
static int64_t poll;

static void set_up(void)
{
    fixture_init(&fixture);
    event = fixture_event(&fixture, JOIN_OPEN);
    moderator = fixture_person(&fixture, event, ROLE_MODERATOR);
    poll = fixture_open_poll(&fixture, event, moderator, 3);
}

static void tear_down(void)
{
    fixture_fini(&fixture);
}

static const struct poll *the_poll(void)
{
    return event_poll(event, poll);
}

static void reopen(void)
{
    int64_t id = event->id;
    fixture_reopen(&fixture);
    event = hall_event(fixture.hall, id);
    cr_assert_not_null(event);
}

/* Does any file of the store's folder hold these bytes? */
static bool on_disk(const char *needle)
{
    DIR *folder = opendir(fixture.folder);
    bool found = false;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char command[512];
        snprintf(
            command, sizeof command, "grep -qaF -e '%s' '%s/%s' 2>/dev/null", needle,
            fixture.folder, entry->d_name);
        found = found || system(command) == 0;
    }
    closedir(folder);
    return found;
}

TestSuite(hall, .init = set_up, .fini = tear_down);

Test(hall, keeps_an_acknowledged_ballot_over_a_restart)
{
    int64_t person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    struct cast cast = fixture_cast_of(the_poll(), 1, 1);
    struct outcome outcome = fixture_cast(&fixture, event, poll, person, &cast);
    cr_assert_eq(outcome.err, ERR_OK, "%s", err_code(outcome.err));
    cr_assert(outcome.counts);
    cr_assert(fixture.has_proof);
    reopen();
    cr_assert_eq(the_poll()->voted, 1);
    cr_assert_eq(the_poll()->state, POLL_OPEN);
}

Test(hall, answers_a_repeated_ballot_as_the_first_time_even_after_a_restart)
{
    int64_t person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    struct cast cast = fixture_cast_of(the_poll(), 1, 1);
    struct outcome first = fixture_cast(&fixture, event, poll, person, &cast);
    struct hash proof = fixture.proof;
    reopen();
    struct outcome again = fixture_cast(&fixture, event, poll, person, &cast);
    cr_assert_eq(again.err, ERR_OK);
    cr_assert(again.repeated);
    cr_assert_eq(again.pos, first.pos);
    cr_assert_arr_eq(&fixture.proof, &proof, sizeof proof);
    cr_assert_eq(the_poll()->voted, 1);
    cr_assert_eq(the_poll()->ballot_count, 1);
}

Test(hall, counts_only_the_newest_ballot_of_a_person)
{
    int64_t person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    struct cast newer = fixture_cast_of(the_poll(), 1, 2);
    struct cast older = fixture_cast_of(the_poll(), 0, 1);
    cr_assert(fixture_cast(&fixture, event, poll, person, &newer).counts);
    cr_assert_not(fixture_cast(&fixture, event, poll, person, &older).counts);
    cr_assert_eq(the_poll()->voted, 1);
    reopen();
    struct uid slot;
    const struct kept_ballot *current = NULL;
    cr_assert(hall_slot(fixture.hall, event, poll, person, &slot));
    cr_assert_eq(poll_slot_counter(the_poll(), &slot, &current), 2);
    cr_assert(uid_equal(&current->id, &newer.id));
}

Test(hall, refuses_a_ballot_after_close_and_takes_it_after_reopening)
{
    int64_t person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    struct cast cast = fixture_cast_of(the_poll(), 1, 1);
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    cr_assert_eq(fixture_cast(&fixture, event, poll, person, &cast).err, ERR_CLOSED);
    cr_assert_eq(the_poll()->voted, 0);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_REOPEN, poll).err,
        ERR_OK);
    cr_assert_eq(fixture_cast(&fixture, event, poll, person, &cast).err, ERR_OK);
    reopen();
    cr_assert_eq(the_poll()->voted, 1);
}

struct race {
    int answered;
    int stored;
    int refused;
    bool closed;
    bool all;
};

static void
on_race_cast(void *ctx, const struct outcome *outcome, const struct hash *proof)
{
    struct race *race = ctx;
    (void)proof;
    race->stored += outcome->err == ERR_OK;
    race->refused += outcome->err == ERR_CLOSED;
    race->all = ++race->answered == 20;
}

static void on_race_close(void *ctx, const struct outcome *outcome)
{
    struct race *race = ctx;
    race->closed = outcome->err == ERR_OK;
}

Test(hall, counts_each_ballot_handed_in_before_the_fence_and_none_after_it)
{
    int64_t people[20];
    struct race race = {0};
    for (size_t i = 0; i < 20; i++) {
        people[i] = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    }
    for (size_t i = 0; i < 20; i++) {
        struct cast cast = fixture_cast_of(the_poll(), 0, 1);
        if (i == 12) {
            struct entry close = {
                .kind = ENTRY_POLL_CLOSE,
                .actor = moderator,
                .role = ROLE_MODERATOR,
                .as.poll_act.poll = poll,
            };
            trust_random_uid(&close.command);
            hall_submit(
                fixture.hall, event, &close, hall_no_docs(), on_race_close, &race);
        }
        const struct hall_ballot ballot = {
            .event = event, .poll = poll, .participant = people[i], .cast = &cast};
        hall_cast(fixture.hall, &ballot, on_race_cast, &race);
    }
    fixture_wait(&fixture, &race.all);
    cr_assert(race.closed);
    cr_assert_eq(race.stored, 12);
    cr_assert_eq(race.refused, 8);
    reopen();
    cr_assert_eq(the_poll()->voted, 12);
}

Test(hall, keeps_no_link_from_person_to_ballot_after_sealing)
{
    int64_t person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    struct cast cast = fixture_cast_of(the_poll(), 2, 1);
    struct uid slot;
    char slot_hex[UID_HEX + 1];
    char id_hex[UID_HEX + 1];
    cr_assert_eq(fixture_cast(&fixture, event, poll, person, &cast).err, ERR_OK);
    cr_assert(hall_slot(fixture.hall, event, poll, person, &slot));
    hex_encode(slot.bytes, UID_BYTES, slot_hex);
    hex_encode(cast.id.bytes, UID_BYTES, id_hex);
    cr_assert(on_disk(slot_hex), "the slot stands in the lane while the poll is open");
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    struct outcome sealed =
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_SEAL, poll);
    cr_assert_eq(sealed.err, ERR_OK, "%s", err_code(sealed.err));
    reopen();
    cr_assert_eq(the_poll()->state, POLL_SEALED);
    cr_assert_eq(the_poll()->voted, 1);
    cr_assert_not(on_disk(slot_hex));
    cr_assert_not(on_disk(id_hex));
    cr_assert_not(hall_slot(fixture.hall, event, poll, person, &slot));
}

Test(hall, publishes_a_sealed_poll_with_the_seed_that_opens_its_commitment)
{
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_SEAL, poll);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_PUBLISH, poll).err,
        ERR_OK);
    struct hash commitment;
    trust_commitment(&the_poll()->seed, poll, &commitment);
    cr_assert_arr_eq(&commitment, &the_poll()->commitment, sizeof commitment);
    reopen();
    cr_assert_not_null(hall_tie_order(fixture.hall, event, the_poll()));
}

Test(hall, keeps_the_text_of_an_idea_beside_the_log_and_finds_it_again)
{
    int64_t idea = fixture_idea(&fixture, event, moderator, "Trinkbrunnen am Markt");
    reopen();
    const struct wire_texts *texts = hall_texts(fixture.hall);
    struct span text = texts->find(texts->ctx, &event_idea(event, idea)->content.id);
    cr_assert(text.bytes != 0);
    cr_assert_not_null(strstr((const char *)text.data, "Trinkbrunnen am Markt"));
}

static enum err refuse_marker(void *ctx, int64_t seq, struct span body)
{
    (void)ctx;
    (void)seq;
    return strstr((const char *)body.data, "Trinkbrunnen") == NULL ? ERR_OK : ERR_DAMAGED;
}

Test(hall, writes_no_byte_of_a_text_into_the_log)
{
    fixture_idea(&fixture, event, moderator, "Trinkbrunnen am Markt");
    fixture_reopen(&fixture);
    const struct store_lane history = {.event = 1, .poll = 0};
    cr_assert_eq(
        store_tail(hall_store(fixture.hall), history, 0, refuse_marker, NULL), ERR_OK);
}

Test(hall, finds_the_first_outcome_of_a_repeated_command)
{
    struct entry entry = {
        .kind = ENTRY_EVENT_CALL, .actor = moderator, .role = ROLE_MODERATOR};
    struct outcome first = fixture_submit(&fixture, event, &entry);
    struct outcome again = fixture_submit(&fixture, event, &entry);
    cr_assert(again.repeated);
    cr_assert_eq(again.pos, first.pos);
}

/* ---- seats, links, tickets ---- */

struct answer {
    struct outcome outcome;
    bool here;
};

static void on_answer(void *ctx, const struct outcome *outcome)
{
    struct answer *answer = ctx;
    answer->outcome = *outcome;
    answer->here = true;
}

static void on_put(void *ctx, enum store_status status, int64_t seq)
{
    bool *done = ctx;
    (void)seq;
    *done = status == STORE_STORED;
}

static int64_t invite(enum role role, char token[TRUST_TOKEN_CHARS + 1])
{
    struct answer answer = {0};
    const struct hall_invitation invitation = {.role = role};
    hall_invite(fixture.hall, event, &invitation, token, on_answer, &answer);
    fixture_wait(&fixture, &answer.here);
    cr_assert_eq(answer.outcome.err, ERR_OK);
    return answer.outcome.id;
}

static struct outcome act_on_place(enum entry_kind kind, int64_t person)
{
    struct entry entry = {.kind = kind, .role = ROLE_OFFICE, .as.desk.person = person};
    return fixture_submit(&fixture, event, &entry);
}

Test(hall, lets_a_link_in_once)
{
    char token[TRUST_TOKEN_CHARS + 1];
    struct hall_link link;
    int64_t person = invite(ROLE_HELPER, token);
    reopen();
    struct span text = span_of_string(token);
    cr_assert_eq(hall_link_find(fixture.hall, text, &link), ERR_OK);
    cr_assert_eq(link.event, event);
    cr_assert_eq(link.role, ROLE_HELPER);
    cr_assert_eq(link.person, person);
    cr_assert_eq(act_on_place(ENTRY_DESK_SIT, person).err, ERR_OK);
    cr_assert_eq(hall_link_find(fixture.hall, text, &link), ERR_LINK_UNKNOWN);
    reopen();
    cr_assert_eq(hall_link_find(fixture.hall, text, &link), ERR_LINK_UNKNOWN);
    cr_assert_not(on_disk(token));
}

Test(hall, lets_no_link_in_after_a_day)
{
    char token[TRUST_TOKEN_CHARS + 1];
    struct hall_link link;
    invite(ROLE_OWNER, token);
    event->desk[event->desk_count - 1].made_at_ms -=
        DESK_LINK_MS + 1000; /* the loop's clock may be behind */
    cr_assert_eq(
        hall_link_find(fixture.hall, span_of_string(token), &link), ERR_LINK_UNKNOWN);
}

Test(hall, finds_no_seat_at_a_place_that_was_revoked)
{
    char token[TRUST_TOKEN_CHARS + 1];
    struct hash session;
    struct hall_seat found;
    bool done = false;
    int64_t person = invite(ROLE_AUDITOR, token);
    act_on_place(ENTRY_DESK_SIT, person);
    const struct hall_seat seat = {
        .event = event->id, .role = ROLE_MODERATOR, .participant = person, .epoch = 1};
    trust_token_new(token, &session);
    cr_assert_eq(hall_take_seat(fixture.hall, &session, &seat, on_put, &done), ERR_OK);
    fixture_wait(&fixture, &done);
    reopen();
    cr_assert_eq(
        hall_seat_of(fixture.hall, &session, event->id, ROLE_MODERATOR, &found), ERR_OK);
    cr_assert_eq(found.role, ROLE_AUDITOR);
    act_on_place(ENTRY_DESK_REVOKE, person);
    cr_assert_eq(
        hall_seat_of(fixture.hall, &session, event->id, ROLE_MODERATOR, &found),
        ERR_REVOKED);
    reopen();
    cr_assert_eq(
        hall_seat_of(fixture.hall, &session, event->id, ROLE_MODERATOR, &found),
        ERR_REVOKED);
}

static void on_issued(void *ctx, const struct outcome *outcome)
{
    bool *done = ctx;
    cr_assert_eq(outcome->err, ERR_OK);
    *done = true;
}

static struct outcome redeem(int64_t ticket)
{
    struct entry entry = {
        .kind = ENTRY_TICKET_REDEEM,
        .role = ROLE_NONE,
        .as.ticket.ticket = ticket,
    };
    return fixture_submit(&fixture, event, &entry);
}

Test(hall, moves_a_participant_to_the_phone_that_redeems_the_ticket_again)
{
    char codes[3][TRUST_TICKET_SYMBOLS + 1];
    bool done = false;
    struct event *found = NULL;
    int64_t ticket = 0;
    struct hash session;
    char token[TRUST_TOKEN_CHARS + 1];
    struct entry entry = {
        .kind = ENTRY_TICKETS_ISSUE,
        .role = ROLE_OFFICE,
        .as.tickets_issue.count = 3,
    };
    hall_issue_tickets(fixture.hall, event, &entry, codes[0], on_issued, &done);
    fixture_wait(&fixture, &done);
    reopen();
    cr_assert(hall_find_ticket(fixture.hall, codes[1], &found, &ticket));
    cr_assert_eq(ticket, 2);
    struct outcome first = redeem(ticket);
    struct hall_seat seat = {
        .event = event->id,
        .role = ROLE_PARTICIPANT,
        .participant = first.id,
        .epoch = first.epoch,
    };
    trust_token_new(token, &session);
    done = false;
    cr_assert_eq(hall_take_seat(fixture.hall, &session, &seat, on_put, &done), ERR_OK);
    fixture_wait(&fixture, &done);
    struct hall_seat mine;
    cr_assert_eq(
        hall_find_seat(fixture.hall, token, event->id, ROLE_PARTICIPANT, &mine), ERR_OK);
    struct outcome second = redeem(ticket);
    cr_assert_eq(second.id, first.id);
    cr_assert_eq(second.epoch, first.epoch + 1);
    reopen();
    cr_assert_eq(
        hall_find_seat(fixture.hall, token, event->id, ROLE_PARTICIPANT, &mine),
        ERR_SESSION_MOVED);
    cr_assert_not(on_disk(codes[1]));
}

Test(hall, closes_the_lane_of_a_poll_that_is_annulled_while_open)
{
    int64_t person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    struct cast cast = fixture_cast_of(the_poll(), 1, 1);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_ANNUL, poll).err, ERR_OK);
    cr_assert_not(the_poll()->fence_open);
    cr_assert_eq(fixture_cast(&fixture, event, poll, person, &cast).err, ERR_ANNULLED);
    reopen();
    cr_assert_not(the_poll()->fence_open);
}

/* With the store closed. */
static void run_sql(const char *sql)
{
    sqlite3 *handle = NULL;
    cr_assert_eq(sqlite3_open(fixture.url + strlen("sqlite:"), &handle), SQLITE_OK);
    cr_assert_eq(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
    cr_assert_eq(sqlite3_close(handle), SQLITE_OK);
}

Test(hall, refuses_a_store_whose_fence_was_turned_from_outside)
{
    const struct hall_options options = {.store = fixture.url, .loop = &fixture.loop};
    hall_close(fixture.hall);
    fixture.hall = NULL;
    run_sql("UPDATE lane SET open = 0 WHERE poll = 1");
    cr_assert_eq(hall_open(&options, &fixture.hall), ERR_DAMAGED);
    run_sql("UPDATE lane SET open = 1 WHERE poll = 1");
    fixture_reopen(&fixture);
}
