/* The hall when things come at once: repeats before the first answer, entries that lose a
 * race, a full ring. Nothing is left half done. */
#include "base/hex.h"
#include "hall_fixture.h"

#include "app/hall_internal.h"

#include <criterion/criterion.h>

static struct hall_fixture fixture;
static struct event *event;
static int64_t moderator;

static void set_up(void)
{
    fixture_init(&fixture);
    event = fixture_event(&fixture, JOIN_OPEN);
    moderator = fixture_person(&fixture, event, ROLE_MODERATOR);
}

static void tear_down(void)
{
    fixture_fini(&fixture);
}

TestSuite(races, .init = set_up, .fini = tear_down);

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

static void hand_in(struct entry entry, struct answer *answer)
{
    if (uid_is_zero(&entry.command)) {
        trust_random_uid(&entry.command);
    }
    entry.actor = moderator;
    entry.role = ROLE_MODERATOR;
    hall_submit(fixture.hall, event, &entry, hall_no_docs(), on_answer, answer);
}

static struct entry poll_entry(enum entry_kind kind, int64_t poll)
{
    return (struct entry){
        .kind = kind, .as.poll_act = {.poll = poll, .reason = REASON_MISTAKE}};
}

Test(races, a_close_sent_again_before_its_answer_is_answered_as_the_first)
{
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    struct entry close = poll_entry(ENTRY_POLL_CLOSE, poll);
    struct answer first = {0};
    struct answer again = {0};
    trust_random_uid(&close.command);
    hand_in(close, &first);
    hand_in(close, &again);
    fixture_wait(&fixture, &again.here);
    cr_assert_eq(first.outcome.err, ERR_OK);
    cr_assert_eq(again.outcome.err, ERR_OK, "%s", err_code(again.outcome.err));
    cr_assert_eq(again.outcome.pos, first.outcome.pos);
    cr_assert(again.outcome.repeated);
}

static int64_t draft_of(int64_t one, int64_t other)
{
    struct entry entry = {
        .kind = ENTRY_POLL_CREATE,
        .actor = moderator,
        .role = ROLE_MODERATOR,
        .as.poll_text.spec =
            {
                .form = BALLOT_RANKING,
                .question.id = {{1}},
                .method = "irv",
                .seats = 1,
                .ranks_max = 3,
                .publication = PUBLISH_BALLOTS,
                .option_count = 2,
                .options = {one, other},
            },
    };
    struct outcome outcome = fixture_submit(&fixture, event, &entry);
    cr_assert_eq(outcome.err, ERR_OK);
    return outcome.id;
}

static struct entry idea_entry(enum entry_kind kind, int64_t idea)
{
    return (struct entry){
        .kind = kind, .as.idea_act = {.idea = idea, .reason = REASON_OTHER}};
}

Test(races, a_poll_whose_opening_lost_a_race_can_be_opened_later)
{
    int64_t one = fixture_idea(&fixture, event, moderator, "Skatepark");
    int64_t other = fixture_idea(&fixture, event, moderator, "Bäume");
    int64_t poll = draft_of(one, other);
    struct answer hidden = {0};
    struct answer opened = {0};
    hand_in(idea_entry(ENTRY_IDEA_HIDE, one), &hidden);
    hand_in(poll_entry(ENTRY_POLL_OPEN, poll), &opened);
    fixture_wait(&fixture, &opened.here);
    cr_assert_eq(hidden.outcome.err, ERR_OK);
    cr_assert_eq(opened.outcome.err, ERR_WRONG_STATE);

    int64_t person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    struct cast early = fixture_cast_of(event_poll(event, poll), 1, 1);
    cr_assert_eq(
        fixture_cast(&fixture, event, poll, person, &early).err, ERR_UNKNOWN_POLL);
    hidden = (struct answer){0};
    hand_in(idea_entry(ENTRY_IDEA_RELEASE, one), &hidden);
    fixture_wait(&fixture, &hidden.here);
    struct outcome outcome =
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_OPEN, poll);
    cr_assert_eq(outcome.err, ERR_OK, "%s", err_code(outcome.err));
    struct cast cast = fixture_cast_of(event_poll(event, poll), 1, 1);
    cr_assert_eq(fixture_cast(&fixture, event, poll, person, &cast).err, ERR_OK);
    int64_t id = event->id;
    fixture_reopen(&fixture);
    event = hall_event(fixture.hall, id);
    cr_assert_eq(event_poll(event, poll)->state, POLL_OPEN);
    cr_assert_eq(event_poll(event, poll)->voted, 1);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll).err, ERR_OK);
}

static void on_cast(void *ctx, const struct outcome *outcome, const struct hash *proof)
{
    (void)proof;
    on_answer(ctx, outcome);
}

Test(races, a_ballot_sent_again_behind_the_fence_is_answered_as_the_first)
{
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    int64_t person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    const struct cast cast = fixture_cast_of(event_poll(event, poll), 0, 1);
    const struct hall_ballot ballot = {
        .event = event, .poll = poll, .participant = person, .cast = &cast};
    struct answer first = {0};
    struct answer closed = {0};
    struct answer again = {0};
    hall_cast(fixture.hall, &ballot, on_cast, &first);
    hand_in(poll_entry(ENTRY_POLL_CLOSE, poll), &closed);
    hall_cast(fixture.hall, &ballot, on_cast, &again);
    fixture_wait(&fixture, &again.here);
    cr_assert(first.here);
    cr_assert_eq(first.outcome.err, ERR_OK);
    cr_assert_eq(again.outcome.err, ERR_OK, "%s", err_code(again.outcome.err));
    cr_assert_eq(again.outcome.pos, first.outcome.pos);
    cr_assert_eq(event_poll(event, poll)->voted, 1);
}

/* ---- sealed meanwhile ---- */

static int64_t to_seal;
static struct answer sealed;

static void on_closed(void *ctx, const struct outcome *outcome)
{
    on_answer(ctx, outcome);
    hand_in(poll_entry(ENTRY_POLL_SEAL, to_seal), &sealed);
}

/* What was sealed names nobody: whether the first one counts is not known any more. */
Test(races, a_ballot_sent_again_before_its_poll_is_sealed_is_not_said_to_be_too_late)
{
    int64_t person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    to_seal = fixture_open_poll(&fixture, event, moderator, 2);
    const struct cast cast = fixture_cast_of(event_poll(event, to_seal), 0, 1);
    const struct hall_ballot ballot = {
        .event = event, .poll = to_seal, .participant = person, .cast = &cast};
    struct entry close = poll_entry(ENTRY_POLL_CLOSE, to_seal);
    struct answer first = {0};
    struct answer closed = {0};
    struct answer again = {0};
    sealed = (struct answer){0};
    close.actor = moderator;
    close.role = ROLE_MODERATOR;
    trust_random_uid(&close.command);
    hall_cast(fixture.hall, &ballot, on_cast, &first);
    hall_submit(fixture.hall, event, &close, hall_no_docs(), on_closed, &closed);
    hall_cast(fixture.hall, &ballot, on_cast, &again);
    fixture_wait(&fixture, &again.here);
    fixture_wait(&fixture, &sealed.here);
    cr_assert_eq(first.outcome.err, ERR_OK);
    cr_assert_eq(sealed.outcome.err, ERR_OK);
    cr_assert_neq(again.outcome.err, ERR_CLOSED); /* OK, or SEALED: which one is first */
}

/* ---- a full ring ---- */

static void on_filled(void *ctx, enum store_status status, int64_t seq)
{
    size_t *left = ctx;
    (void)status;
    (void)seq;
    --*left;
}

/* Hands in small work until the ring takes no more; nothing is answered before the loop
 * runs. */
static void fill_ring(size_t *ret_left)
{
    const struct store_doc doc = {
        .kind = "filler", .name = span_of_string("x"), .body = span_of_string("y")};
    *ret_left = 0;
    while (store_put(hall_store(fixture.hall), &doc, 1, on_filled, ret_left) == ERR_OK) {
        ++*ret_left;
    }
    cr_assert_gt(*ret_left, 1000);
}

static void drain_ring(const size_t *left)
{
    while (*left > 0) {
        uv_run(&fixture.loop, UV_RUN_ONCE);
    }
}

static void on_put(void *ctx, enum store_status status, int64_t seq)
{
    bool *done = ctx;
    (void)seq;
    *done = status == STORE_STORED;
}

static void put_doc(const char *kind, const char *name, const char *body)
{
    const struct store_doc doc = {
        .kind = kind, .name = span_of_string(name), .body = span_of_string(body)};
    bool done = false;
    cr_assert_eq(store_put(hall_store(fixture.hall), &doc, 1, on_put, &done), ERR_OK);
    fixture_wait(&fixture, &done);
}

/* As they were before there were roles. */
static void old_link(char token[TRUST_TOKEN_CHARS + 1])
{
    char body[80];
    char name[2 * HASH_BYTES + 1];
    struct hash hash;
    trust_token_new(token, &hash);
    hex_encode(hash.bytes, HASH_BYTES, name);
    snprintf(
        body, sizeof body, "{\"event\":1,\"until\":%lld}",
        (long long)(hall_steady_ms(fixture.hall) + DESK_LINK_MS));
    put_doc("link", name, body);
    fixture_reopen(&fixture);
}

Test(races, a_link_from_before_there_were_roles_is_a_moderators)
{
    char token[TRUST_TOKEN_CHARS + 1];
    struct hall_link link;
    int64_t of = 0;
    old_link(token);
    cr_assert_eq(hall_link_find(fixture.hall, span_of_string(token), &link), ERR_OK);
    cr_assert_eq(link.event->id, 1);
    cr_assert_eq(link.role, ROLE_MODERATOR);
    cr_assert_eq(link.person, 0, "who uses it joins as before");
    cr_assert_eq(hall_link_take(fixture.hall, span_of_string(token), &of), ERR_OK);
    cr_assert_eq(
        hall_link_find(fixture.hall, span_of_string(token), &link), ERR_LINK_UNKNOWN);
}

Test(races, a_full_ring_uses_up_no_moderator_link)
{
    char token[TRUST_TOKEN_CHARS + 1];
    int64_t of = 0;
    size_t left = 0;
    old_link(token);
    fill_ring(&left);
    cr_assert_eq(hall_link_take(fixture.hall, span_of_string(token), &of), ERR_BUSY);
    drain_ring(&left);
    cr_assert_eq(hall_link_take(fixture.hall, span_of_string(token), &of), ERR_OK);
    cr_assert_eq(
        hall_link_take(fixture.hall, span_of_string(token), &of), ERR_LINK_UNKNOWN);
}

Test(races, a_moderator_link_that_let_nobody_in_is_given_back)
{
    char token[TRUST_TOKEN_CHARS + 1];
    int64_t of = 0;
    old_link(token);
    cr_assert_eq(hall_link_take(fixture.hall, span_of_string(token), &of), ERR_OK);
    hall_link_return(fixture.hall, span_of_string(token));
    fixture_reopen(&fixture);
    cr_assert_eq(hall_link_take(fixture.hall, span_of_string(token), &of), ERR_OK);
    cr_assert_eq(of, 1);
    fixture_reopen(&fixture);
    cr_assert_eq(
        hall_link_take(fixture.hall, span_of_string(token), &of), ERR_LINK_UNKNOWN);
}

Test(races, a_full_ring_gives_nobody_a_seat_and_takes_none_away)
{
    char token[TRUST_TOKEN_CHARS + 1];
    struct hash session;
    struct hall_seat found;
    size_t left = 0;
    bool done = false;
    struct hall_seat seat = {
        .event = event->id,
        .role = ROLE_PARTICIPANT,
        .participant = fixture_person(&fixture, event, ROLE_PARTICIPANT),
        .epoch = 1,
    };
    int64_t first = seat.participant;
    int64_t second = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    trust_token_new(token, &session);
    fill_ring(&left);
    cr_assert_eq(hall_take_seat(fixture.hall, &session, &seat, on_put, &done), ERR_BUSY);
    cr_assert_eq(
        hall_find_seat(fixture.hall, token, event->id, ROLE_PARTICIPANT, &found),
        ERR_NO_SESSION);
    drain_ring(&left);
    cr_assert_eq(hall_take_seat(fixture.hall, &session, &seat, on_put, &done), ERR_OK);
    fixture_wait(&fixture, &done);
    fill_ring(&left);
    seat.participant = second;
    cr_assert_eq(hall_take_seat(fixture.hall, &session, &seat, on_put, &done), ERR_BUSY);
    cr_assert_eq(
        hall_find_seat(fixture.hall, token, event->id, ROLE_PARTICIPANT, &found), ERR_OK);
    cr_assert_eq(found.participant, first);
    drain_ring(&left);
}

static void on_sealed(void *ctx, const struct outcome *outcome)
{
    size_t *left = ctx;
    cr_assert_eq(outcome->err, ERR_OK);
    fill_ring(left);
}

static enum err count_ballot_lane(void *ctx, const struct store_lane_info *info)
{
    int *count = ctx;
    *count += info->lane.poll != 0 ? 1 : 0;
    return ERR_OK;
}

Test(races, a_full_ring_only_puts_off_that_the_lane_of_a_sealed_poll_goes)
{
    size_t left = 0;
    int lanes = 0;
    struct hash key;
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    struct entry seal = poll_entry(ENTRY_POLL_SEAL, poll);
    seal.actor = moderator;
    seal.role = ROLE_MODERATOR;
    trust_random_uid(&seal.command);
    hall_submit(fixture.hall, event, &seal, hall_no_docs(), on_sealed, &left);
    while (left == 0) {
        uv_run(&fixture.loop, UV_RUN_ONCE);
    }
    drain_ring(&left);
    fixture_person(&fixture, event, ROLE_PARTICIPANT); /* behind the drop */
    cr_assert_eq(
        store_lanes(hall_store(fixture.hall), count_ballot_lane, &lanes), ERR_OK);
    cr_assert_eq(lanes, 0);
    cr_assert_eq(
        trust_poll_key(hall_keys(fixture.hall), event->id, poll, false, &key),
        ERR_NOT_FOUND);
}

/* ---- what a start must not do ---- */

static enum err open_again(struct hall **ret_hall)
{
    const struct hall_options options = {.store = fixture.url, .loop = &fixture.loop};
    return hall_open(&options, ret_hall);
}

Test(races, a_sealed_poll_whose_list_is_gone_is_damage_and_keeps_its_lane)
{
    int64_t poll = fixture_open_poll(&fixture, event, moderator, 2);
    int64_t person = fixture_person(&fixture, event, ROLE_PARTICIPANT);
    struct cast cast = fixture_cast_of(event_poll(event, poll), 1, 1);
    cr_assert_eq(fixture_cast(&fixture, event, poll, person, &cast).err, ERR_OK);
    fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_CLOSE, poll);
    cr_assert_eq(
        fixture_poll_act(&fixture, event, moderator, ENTRY_POLL_SEAL, poll).err, ERR_OK);
    const struct store_doc gone = {.kind = "sealed", .name = span_of_string("1/1")};
    bool done = false;
    cr_assert_eq(store_put(hall_store(fixture.hall), &gone, 1, on_put, &done), ERR_OK);
    fixture_wait(&fixture, &done);
    hall_close(fixture.hall);
    fixture.hall = NULL;
    cr_assert_eq(open_again(&fixture.hall), ERR_DAMAGED);
}

/* Years of events leave more of them than a hall has places for. */
Test(races, sessions_and_links_that_have_ended_take_no_place_after_a_start)
{
    static const char hash[] =
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    char token[TRUST_TOKEN_CHARS + 1];
    old_link(token);
    put_doc(
        "seat", "somebody/1/1",
        "{\"event\":1,\"role\":1,\"person\":1,\"epoch\":1,\"until\":1000}");
    put_doc("link", hash, "{\"event\":1,\"until\":1000}");
    fixture_reopen(&fixture);
    cr_assert_eq(fixture.hall->seat_count, 0);
    cr_assert_eq(fixture.hall->link_count, 1, "the one that still holds");
}

Test(races, no_more_tickets_are_issued_than_a_start_can_read)
{
    char codes[2][TRUST_TICKET_SYMBOLS + 1];
    struct answer issued = {0};
    size_t count = fixture.hall->ticket_count;
    fixture.hall->ticket_count = ALL_TICKETS_MAX - 1;
    struct entry entry = {
        .kind = ENTRY_TICKETS_ISSUE,
        .role = ROLE_OFFICE,
        .as.tickets_issue.count = 2,
    };
    hall_issue_tickets(fixture.hall, event, &entry, codes[0], on_answer, &issued);
    fixture.hall->ticket_count = count;
    fixture_wait(&fixture, &issued.here);
    cr_assert_eq(issued.outcome.err, ERR_TOO_MANY);
    cr_assert_eq(event->ticket_count, 0);
}

Test(races, a_new_event_takes_no_seed_of_a_store_that_was_thrown_away)
{
    struct hash seed;
    struct hash other;
    struct trust_keys *keys = hall_keys(fixture.hall);
    cr_assert_eq(trust_poll_seed(keys, 2, 1, 0, true, &seed), ERR_OK);
    cr_assert_eq(trust_poll_seed(keys, 21, 1, 0, true, &other), ERR_OK);
    cr_assert_eq(fixture_event(&fixture, JOIN_OPEN)->id, 2);
    cr_assert_eq(trust_poll_seed(keys, 2, 1, 0, false, &seed), ERR_NOT_FOUND);
    cr_assert_eq(trust_poll_seed(keys, 21, 1, 0, false, &other), ERR_OK);
}
