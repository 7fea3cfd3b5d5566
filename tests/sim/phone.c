#include "phone.h"

#include "ballot.h"
#include "base/hex.h"
#include "request_keys.h"
#include "trust/trust.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define BEAT_EARLY_MS 2000 /* before a ping is due: time passes in steps of a second */

static size_t number_of(const struct world *world, const struct phone *phone)
{
    return (size_t)(phone - world->phones);
}

static void forget_asked(struct phone *phone, size_t i)
{
    buf_fini(&phone->asked[i].text);
    phone->asked_count--;
    memmove(
        &phone->asked[i], &phone->asked[i + 1],
        (phone->asked_count - i) * sizeof *phone->asked);
}

void phone_fini(struct phone *phone)
{
    while (phone->asked_count > 0) {
        forget_asked(phone, phone->asked_count - 1);
    }
}

struct line *phone_line(struct world *world, const struct phone *phone)
{
    struct line *line = &world->net.lines[phone->line.slot];
    bool ours = phone->line.generation != 0 &&
                line->name.generation == phone->line.generation &&
                (line->state == LINE_OPENING || line->state == LINE_UP);
    return ours ? line : NULL;
}

void phone_cut(struct world *world, struct phone *phone, size_t arrive, bool silent)
{
    struct line *line = phone_line(world, phone);
    if (line != NULL) {
        trace_line(
            &world->trace, "phone %zu loses its line%s", number_of(world, phone),
            silent ? ", and nobody is told" : "");
        network_hang_up(line, arrive < line->in_count ? arrive : line->in_count, silent);
        world->stats.cuts++;
    }
    if (phone_is_on_errand(phone) && !(phone->asking_in && phone->desk)) {
        network_lose_errand(&world->net, number_of(world, phone)); /* a link works once */
    }
    phone->line = (struct net_conn){0};
    phone->welcome = false;
}

/* ---- its line ---- */

/* A hello needs no id that anybody remembers. */
static void say_hello(struct world *world, struct phone *phone, struct line *line)
{
    struct buf text;
    buf_init(&text, FRAME_OTHER_BYTES_MAX);
    buf_printf(
        &text,
        "{\"op\":\"hello\",\"id\":\"%032" PRIx64 "\",\"event\":\"%s\",\"role\":\"%s\","
        "\"pos\":%" PRId64,
        (uint64_t)number_of(world, phone) + 1, world->event->code,
        phone->desk   ? "moderator"
        : phone->wall ? "stage"
                      : "participant",
        phone->pos);
    phone->key = phone->by_desks_link ? world->stage_key : (struct uid){0};
    if (!uid_is_zero(&phone->key)) {
        buf_text(&text, ",\"key\":\"");
        buf_hex(&text, phone->key.bytes, UID_BYTES);
        buf_char(&text, '"');
    }
    buf_char(&text, '}');
    network_say(line, buf_span(&text));
    buf_fini(&text);
}

/* For a control: after a crash each sits in the next one's seat. */
static const struct phone *
seat_taken(const struct world *world, const struct phone *phone)
{
    bool mixed = world->broken != NULL && strcmp(world->broken, "people") == 0 &&
                 world->stats.crashes > 0;
    const struct phone *next = phone + 1;
    return mixed && next < world->phones + world->phone_count ? next : phone;
}

/* Sockets take much or little; some forget to say hello, and some to ping. */
static void dial(struct world *world, struct phone *phone, struct dice *dice)
{
    static const size_t rooms[] = {SOCKET_SEND_BYTES, SOCKET_SEND_BYTES, 4096, 600};
    struct net_peer peer = phone_peer(seat_taken(world, phone));
    size_t room = rooms[dice_pick(dice, sizeof rooms / sizeof *rooms)];
    struct line *line = network_dial(&world->net, number_of(world, phone), &peer, room);
    if (line != NULL) {
        phone->line = line->name;
        phone->welcome = false;
        phone->awake = dice_chance(dice, 300);
        if (!dice_chance(dice, 50)) {
            say_hello(world, phone, line);
        }
    }
}

static void say_again(struct world *world, const struct phone *phone, size_t i)
{
    struct line *line = phone_line(world, phone);
    if (line != NULL) {
        network_say(line, buf_span(&phone->asked[i].text));
    }
}

void phone_ask(
    struct world *world, struct phone *phone, struct dice *dice, const char *op,
    struct span members)
{
    struct line *line = phone_line(world, phone);
    if (line == NULL || phone->asked_count == PHONE_ASKED_MAX) {
        return;
    }
    struct asked *asked = &phone->asked[phone->asked_count++];
    dice_bytes(dice, asked->id.bytes, UID_BYTES);
    buf_init(&asked->text, FRAME_BYTES_MAX);
    buf_printf(&asked->text, "{\"op\":\"%s\",\"id\":\"", op);
    buf_hex(&asked->text, asked->id.bytes, UID_BYTES);
    buf_char(&asked->text, '"');
    buf_bytes(&asked->text, members.data, members.bytes);
    bool tells = asked->id.bytes[0] % 4 == 0 && request_may_have(request_op(op), "seen");
    if (tells && phone->pos > 0) {
        buf_printf(&asked->text, ",\"seen\":%lld", (long long)phone->pos);
    }
    buf_char(&asked->text, '}');
    say_again(world, phone, phone->asked_count - 1);
}

/* ---- voting ---- */

/* Any poll, but mostly one that is open. */
static const struct poll *pick_poll(const struct world *world, struct dice *dice)
{
    const struct poll *poll = NULL;
    for (int i = 0; i < 4 && (poll == NULL || poll->state != POLL_OPEN); i++) {
        size_t count = world->event->poll_count;
        poll = event_poll(world->event, (int64_t)dice_pick(dice, count) + 1);
    }
    return poll;
}

/* A counter that goes on, also from what another phone of this person has cast, or one of
 * its own that comes late. */
static uint32_t next_counter(struct phone *phone, int64_t poll, struct dice *dice)
{
    uint32_t *counter = &phone->counters[poll - 1];
    uint32_t *others = &phone->others[poll - 1];
    if (phone->told[poll - 1] > *counter) {
        *counter = phone->told[poll - 1];
        *others = *counter;
    }
    if (*counter > *others && dice_chance(dice, 150)) {
        return *others + 1 + (uint32_t)dice_pick(dice, *counter - *others);
    }
    return ++*counter;
}

static void begin(
    struct world *world, struct phone *phone, struct dice *dice, const struct poll *poll)
{
    char members[40];
    snprintf(members, sizeof members, ",\"poll\":\"%" PRId64 "\"", poll->id);
    phone_ask(world, phone, dice, "begin", span_of_string(members));
}

static void vote(struct world *world, struct phone *phone, struct dice *dice)
{
    const struct poll *poll = pick_poll(world, dice);
    if (poll == NULL || poll->id > PHONE_POLLS_MAX ||
        phone->asked_count == PHONE_ASKED_MAX) {
        return;
    }
    if (dice_chance(dice, 100)) {
        begin(world, phone, dice, poll);
        return;
    }
    struct buf choice;
    struct buf members;
    struct uid nonce;
    struct hash lock;
    struct hash proof;
    buf_init(&choice, FRAME_CAST_BYTES_MAX);
    buf_init(&members, FRAME_CAST_BYTES_MAX);
    dice_bytes(dice, nonce.bytes, UID_BYTES);
    dice_bytes(dice, lock.bytes, HASH_BYTES);
    ballot_draw(&choice, poll, dice);
    trust_proof(poll->id, &lock, &nonce, buf_span(&choice), &proof);
    receipts_meet(phone, poll);
    buf_printf(&members, ",\"poll\":\"%" PRId64 "\",\"uid\":\"", poll->id);
    buf_hex(&members, poll->uid.bytes, UID_BYTES);
    buf_printf(
        &members, "\",\"counter\":%u,\"ballot\":", next_counter(phone, poll->id, dice));
    buf_bytes(&members, choice.data, choice.bytes);
    buf_text(&members, ",\"nonce\":\"");
    buf_hex(&members, nonce.bytes, UID_BYTES);
    buf_text(&members, "\",\"lock\":\"");
    buf_hex(&members, lock.bytes, HASH_BYTES);
    buf_char(&members, '"');
    phone_ask(world, phone, dice, "cast", buf_span(&members));
    check_expect(
        world, phone, &phone->asked[phone->asked_count - 1].id, poll->id, &proof);
    buf_fini(&members);
    buf_fini(&choice);
}

void phone_act(struct world *world, struct phone *phone, struct dice *dice)
{
    struct line *line = phone_line(world, phone);
    if (world->event == NULL || phone_is_on_errand(phone)) {
        return;
    }
    if (phone->given_up) {
        if (dice_chance(dice, 30) && phone->ticket[0] != '\0') {
            phone->given_up = false; /* takes its ticket back */
            phone_come_in(world, phone);
        }
    } else if (phone->cookie[0] == '\0' && !phone->wall) {
        phone_come_in(world, phone);
    } else if (line == NULL) {
        dial(world, phone, dice);
    } else if (!phone->welcome) {
        if (dice_chance(dice, 100)) {
            say_hello(world, phone, line);
        }
    } else if (phone->wall || receipts_recast(world, phone)) {
        return;
    } else if (phone->asked_count > 0 && dice_chance(dice, 150)) {
        say_again(world, phone, dice_pick(dice, phone->asked_count));
    } else if (phone->desk) {
        desk_act(world, phone, dice);
    } else if (dice_chance(dice, 800)) {
        vote(world, phone, dice);
    } else if (dice_chance(dice, 120)) {
        phone_choose_group(world, phone, dice);
    } else if (dice_chance(dice, 80)) {
        phone_take_nickname(world, phone, dice);
    } else if (dice_chance(dice, 120)) {
        phone_read(world, phone, dice);
    } else {
        idea_act(world, phone, dice);
    }
}

void phone_beat(struct world *world, struct phone *phone)
{
    struct line *line = phone_line(world, phone);
    bool awake = line != NULL && phone->awake && line->beat_ms != 0;
    if (!awake || world->loop.now_ms < line->said_ms + line->beat_ms - BEAT_EARLY_MS) {
        return;
    }
    (void)network_say(line, span_of_string("{\"op\":\"ping\"}"));
    bool busy = true;
    while (busy && phone_line(world, phone) == line) {
        busy = network_deliver(&world->net, line);
        busy = phone_hear(world, phone) || busy;
    }
}

bool phone_catch_up(struct world *world, struct phone *phone)
{
    struct dice calm = {number_of(world, phone)};
    if (phone->given_up || world->event == NULL) {
        return false;
    }
    if (phone_is_on_errand(phone)) {
        return true; /* on its way */
    }
    if (phone->cookie[0] == '\0' && !phone->wall) {
        phone_come_in(world, phone);
    } else if (phone_line(world, phone) == NULL) {
        dial(world, phone, &calm);
        phone->awake = true;
    } else if (!phone->welcome) {
        say_hello(world, phone, phone_line(world, phone));
    } else if (receipts_recast(world, phone)) {
        return true;
    } else if (phone->asked_count > 0) {
        for (size_t i = 0; i < phone->asked_count; i++) {
            say_again(world, phone, i);
        }
    } else {
        return false;
    }
    return true;
}

/* ---- hearing ---- */

static void on_refused(struct phone *phone, struct span text, size_t asked)
{
    char err[32];
    check_member(text, "\"err\":\"", err, sizeof err);
    bool unknown = strcmp(err, "no-session") == 0;
    if (phone_is_out(err)) {
        phone->given_up = true;
    }
    if (unknown && phone->welcome) {
        phone->welcome = false; /* another line of its session was ended */
    } else if (unknown) {
        phone_keep_cookie(phone, "");
        phone_fini(phone); /* it will be somebody else */
    } else if (
        asked < phone->asked_count &&
        memmem(text.data, text.bytes, "\"retry_ms\":", 11) == NULL) {
        receipts_refused(phone, buf_span(&phone->asked[asked].text));
        forget_asked(phone, asked);
    }
}

static void on_welcome(struct world *world, struct phone *phone, struct span text)
{
    char value[UID_HEX + 1];
    check_member(text, "\"stage_key\":\"", value, sizeof value);
    (void)!hex_decode(value, strlen(value), world->stage_key.bytes, UID_BYTES);
    check_member(text, "\"role\":\"", value, sizeof value);
    phone->helper = strcmp(value, "helper") == 0;
    phone->welcome = true;
    for (size_t i = 0; i < phone->asked_count; i++) {
        say_again(world, phone, i);
    }
}

/* Whole changes, none left out. */
static void on_change(struct world *world, struct phone *phone, struct span text)
{
    char value[24];
    check_member(text, "\"from\":", value, sizeof value);
    int64_t from = strtoll(value, NULL, 10);
    check_member(text, "\"pos\":", value, sizeof value);
    int64_t pos = strtoll(value, NULL, 10);
    if (from > phone->pos) {
        world_fail(
            world, "phone %zu knows %" PRId64 " and gets the change from %" PRId64,
            number_of(world, phone), phone->pos, from);
    }
    phone->pos = from == 0 || pos > phone->pos ? pos : phone->pos;
}

static size_t find_asked(const struct phone *phone, struct span text)
{
    char hex[UID_HEX + 1];
    char ours[UID_HEX + 1];
    check_member(text, "\"id\":\"", hex, sizeof hex);
    size_t i = 0;
    for (; i < phone->asked_count; i++) {
        hex_encode(phone->asked[i].id.bytes, UID_BYTES, ours);
        if (strcmp(hex, ours) == 0) {
            break;
        }
    }
    return i;
}

static bool is_op(struct span text, const char *op)
{
    char value[16];
    check_member(text, "{\"op\":\"", value, sizeof value);
    return strcmp(value, op) == 0;
}

static void take_frame(struct world *world, struct phone *phone, struct span text)
{
    if (number_of(world, phone) < SCREENS_MAX) {
        screen_hear(&world->phone_screens[number_of(world, phone)], text);
    }
    if (is_op(text, "welcome")) {
        receipts_welcome(phone, text);
        check_welcome(world, phone);
        on_welcome(world, phone, text);
    } else if (is_op(text, "change")) {
        on_change(world, phone, text);
    } else if (is_op(text, "bye")) {
        phone->given_up = true;
    } else if (
        is_op(text, "stored") || is_op(text, "done") || is_op(text, "tickets") ||
        is_op(text, "ticket")) {
        cards_hear(world, text);
        places_hear(world, phone, text);
        size_t asked = find_asked(phone, text);
        if (asked < phone->asked_count) {
            receipts_stored(world, phone, buf_span(&phone->asked[asked].text));
            forget_asked(phone, asked);
        }
    } else if (is_op(text, "refused")) {
        on_refused(phone, text, find_asked(phone, text));
    }
}

bool phone_hear(struct world *world, struct phone *phone)
{
    if (phone_hear_errand(world, phone)) {
        return true;
    }
    struct line *line = phone_line(world, phone);
    if (line == NULL) {
        phone->welcome = false;
        return false;
    }
    struct net_frame *frame = NULL;
    if (!network_hear(line, &frame)) {
        return false;
    }
    if (frame != NULL) {
        take_frame(world, phone, net_frame_text(frame));
        net_frame_unref(frame);
    }
    return true;
}
