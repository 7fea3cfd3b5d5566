/* One simulated phone: how it comes in, what it says, and what it makes of the answers.
 */
#include "app/load.h"

#include "base/bounds.h"
#include "base/hex.h"
#include "trust/trust.h"

#include <stdlib.h>

#define STUCK_US     (30LL * 1000000) /* a step that takes longer is begun anew */
#define RETRY_US     500000LL         /* after a refusal that says no time */
#define BACK_US_MIN  50000LL          /* a lost line: back within … */
#define BACK_US_SPAN 1950000LL        /* … two seconds, as the pages do */
/* TLS handshakes at a time: phones have a CPU each, here all share one, and more of them
 * would only wait for each other. */
#define SHAKES_MAX 512
#define HELLO_ID   "00000000000000000000000000000001"
#define IDEA_ID    "00000000000000000000000000000002"

static void note(struct load_phone *phone, enum load_time time, int64_t since_us)
{
    struct load *load = phone->load;
    histogram_add(&load->figures.times[time], client_now_us() - since_us);
}

static bool is_coming(enum load_state state)
{
    return state == LOAD_PAGE || state == LOAD_JOINING || state == LOAD_CONNECTING;
}

static void enter(struct load_phone *phone, enum load_state state)
{
    struct load *load = phone->load;
    load->coming -= is_coming((enum load_state)phone->state) ? 1 : 0;
    load->coming += is_coming(state) ? 1 : 0;
    load->ready -= phone->state == LOAD_READY ? 1 : 0;
    load->ready += state == LOAD_READY ? 1 : 0;
    if (phone->state == LOAD_READY && phone->push_seen != load->push) {
        phone->push_seen = load->push; /* its next snapshot will have it */
        load->push_waits -= load->push_waits > 0 && !phone->deaf ? 1 : 0;
    }
    phone->state = (uint8_t)state;
    phone->step_us = client_now_us();
}

static void hang_up(struct load_phone *phone)
{
    client_free(phone->client);
    phone->client = NULL;
}

static uint32_t index_of(const struct load_phone *phone)
{
    return (uint32_t)(phone - phone->load->phones);
}

static void go_away(struct load_phone *phone, int64_t wait_us)
{
    hang_up(phone);
    enter(phone, LOAD_AWAY);
    phone->retry_us = client_now_us() + wait_us;
}

/* ---- coming in ---- */

static void fetch(
    struct load_phone *phone, enum load_state state, const char *method, const char *path,
    const char *body)
{
    enter(phone, state);
    enum err err =
        client_fetch(phone->load->pool, method, path, body, phone, &phone->client);
    if (err != ERR_OK) {
        phone->load->err = err;
        return;
    }
    client_remember(phone->client, &phone->memory);
}

static void join(struct load_phone *phone)
{
    char body[64];
    const struct load *load = phone->load;
    const char *code = load->event;
    if (load->options.tickets != NULL) {
        code =
            load->options.tickets + index_of(phone) * ((size_t)TRUST_TICKET_SYMBOLS + 1);
    }
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", code);
    fetch(phone, LOAD_JOINING, "POST", "/join", body);
}

static void connect_socket(struct load_phone *phone)
{
    enter(phone, LOAD_CONNECTING);
    enum err err = client_open(phone->load->pool, phone->cookie, phone, &phone->client);
    if (err != ERR_OK) {
        phone->load->err = err;
        return;
    }
    client_remember(phone->client, &phone->memory);
}

static void step(struct load_phone *phone)
{
    hang_up(phone);
    enter(phone, LOAD_AWAY);
    phone->retry_us = 0;
    if (client_pool_is_secure(phone->load->pool) && phone->load->coming >= SHAKES_MAX) {
        phone->retry_us = phone->step_us; /* at the next tick */
    } else if (phone->cookie[0] != '\0') {
        connect_socket(phone);
    } else if (phone->page_seen || !phone->load->page) {
        join(phone);
    } else {
        fetch(phone, LOAD_PAGE, "GET", "/", NULL);
    }
}

void load_phone_come(struct load_phone *phone, int64_t due_us)
{
    phone->due_us = due_us;
    phone->load->away++;
    step(phone);
}

void load_phone_drop(struct load_phone *phone)
{
    hang_up(phone);
    enter(phone, LOAD_AWAY);
    phone->retry_us = 0;
}

void load_phone_replied(struct load_phone *phone, const struct client_reply *reply)
{
    struct load_figures *figures = &phone->load->figures;
    bool later = reply->status == 429 || reply->status == 503;
    bool joining = phone->state == LOAD_JOINING;
    hang_up(phone);
    if (reply->status == 200) {
        note(phone, joining ? TIME_JOIN : TIME_PAGE, phone->step_us);
        phone->page_seen = true;
        if (joining) {
            snprintf(phone->cookie, sizeof phone->cookie, "%s", reply->cookie);
        }
        step(phone);
        return;
    }
    figures->told_to_wait += later ? 1 : 0;
    figures->refused += later ? 0 : 1;
    if (!later && figures->refusal[0] == '\0') {
        snprintf(figures->refusal, sizeof figures->refusal, "http-%d", reply->status);
    }
    go_away(phone, later ? RETRY_US : STUCK_US);
}

static void send_text(struct load_phone *phone, const char *text)
{
    (void)!client_send(phone->client, span_of_string(text));
}

static void say_hello(struct load_phone *phone)
{
    char text[160];
    snprintf(
        text, sizeof text,
        "{\"op\":\"hello\",\"id\":\"" HELLO_ID
        "\",\"event\":\"%s\",\"role\":\"participant\"}",
        phone->load->event);
    phone->retry_us = 0;
    send_text(phone, text);
}

void load_phone_opened(struct load_phone *phone)
{
    enter(phone, LOAD_GREETING);
    phone->pinged_us = phone->step_us;
    say_hello(phone);
}

void load_phone_closed(struct load_phone *phone)
{
    struct load_figures *figures = &phone->load->figures;
    bool was_ready = phone->state == LOAD_READY;
    figures->lines_lost += was_ready && !phone->deaf ? 1 : 0;
    if (was_ready) {
        phone->due_us = client_now_us();
        phone->load->away++;
    }
    uint16_t chance = 0;
    trust_random(&chance, sizeof chance);
    go_away(phone, BACK_US_MIN + BACK_US_SPAN * chance / UINT16_MAX);
}

/* ---- saying something ---- */

static void send_ballot(struct load_phone *phone, uint32_t i)
{
    struct buf text;
    buf_init(&text, FRAME_CAST_BYTES_MAX);
    load_ballots_write(&phone->load->ballots, i, &text);
    (void)!client_send(phone->client, buf_span(&text));
    buf_fini(&text);
}

/* Every ballot that has no receipt (`lost`: since the line was lost), the oldest last:
 * the counter decides, not the order.
 */
static void send_waiting(struct load_phone *phone, bool lost)
{
    struct load_ballot *all = phone->load->ballots.all;
    uint32_t left = phone->waiting;
    uint32_t i = phone->last_ballot;
    for (; left > 0 && i != BALLOT_NONE; i = all[i].before) {
        if (!all[i].receipt) {
            all[i].again = all[i].again || lost;
            send_ballot(phone, i);
            left--;
        }
    }
}

static void send_idea(struct load_phone *phone)
{
    char text[256];
    snprintf(
        text, sizeof text,
        "{\"op\":\"idea.submit\",\"id\":\"" IDEA_ID
        "\",\"title\":\"Rehearsal %u\",\"text\":\"\",\"lang\":\"de\"}",
        (unsigned)index_of(phone));
    send_text(phone, text);
}

enum err load_phone_cast(struct load_phone *phone, int64_t due_us)
{
    struct load *load = phone->load;
    uint32_t i = 0;
    enum err err =
        load_ballots_new(&load->ballots, index_of(phone), phone->last_ballot, &i);
    if (err != ERR_OK) {
        return err;
    }
    load->ballots.all[i].due_us = due_us;
    load->figures.ballots++;
    phone->last_ballot = i;
    phone->waiting++;
    if (phone->state == LOAD_READY) {
        send_ballot(phone, i);
    }
    return ERR_OK;
}

void load_phone_submit(struct load_phone *phone, int64_t due_us)
{
    phone->idea_waits = true;
    phone->idea_us = due_us;
    phone->load->ideas_waiting++;
    if (phone->state == LOAD_READY) {
        send_idea(phone);
    }
}

/* ---- hearing something ---- */

static bool starts(struct span text, const char *words)
{
    size_t bytes = strlen(words);
    return text.bytes >= bytes && memcmp(text.data, words, bytes) == 0;
}

/* What follows `words`, or NULL. */
static const char *after(struct span text, const char *words)
{
    size_t bytes = strlen(words);
    for (size_t at = 0; at + bytes <= text.bytes; at++) {
        if (memcmp(text.data + at, words, bytes) == 0) {
            return (const char *)text.data + at + bytes;
        }
    }
    return NULL;
}

static void on_stored(struct load_phone *phone, struct span text)
{
    struct load *load = phone->load;
    const char *id_at = after(text, "\"id\":\"");
    const char *proof_at = after(text, "\"proof\":\"");
    const char *end = (const char *)text.data + text.bytes;
    struct uid id;
    struct hash proof;
    if (id_at == NULL || end - id_at < UID_HEX || proof_at == NULL ||
        end - proof_at < HASH_HEX ||
        hex_decode(id_at, UID_HEX, id.bytes, UID_BYTES) != ERR_OK ||
        hex_decode(proof_at, HASH_HEX, proof.bytes, HASH_BYTES) != ERR_OK) {
        load->figures.wrong_receipts++;
        return;
    }
    uint32_t i = load_ballots_find(&load->ballots, &id);
    struct load_ballot *ballot = i != BALLOT_NONE ? &load->ballots.all[i] : NULL;
    if (ballot == NULL || ballot->phone != index_of(phone) ||
        memcmp(proof.bytes, ballot->proof.bytes, HASH_BYTES) != 0) {
        load->figures.wrong_receipts++;
        return;
    }
    if (!ballot->receipt) {
        ballot->receipt = true;
        phone->waiting--;
        load->figures.receipts++;
        note(phone, ballot->again ? TIME_AGAIN : TIME_RECEIPT, ballot->due_us);
    }
}

static void on_refused(struct load_phone *phone, struct span text)
{
    struct load_figures *figures = &phone->load->figures;
    const char *retry = after(text, "\"retry_ms\":");
    const char *why = after(text, "\"err\":\"");
    if (retry != NULL) {
        figures->told_to_wait++;
        phone->retry_us = client_now_us() + strtoll(retry, NULL, 10) * 1000;
        return;
    }
    figures->refused++;
    if (figures->refusal[0] == '\0' && why != NULL) {
        int bytes = (int)strcspn(why, "\"");
        snprintf(figures->refusal, sizeof figures->refusal, "%.*s", bytes, why);
    }
}

static void on_idea_done(struct load_phone *phone, struct span text)
{
    const char *idea = after(text, "\"idea\":\"");
    if (phone->idea_waits) {
        phone->idea = idea != NULL ? strtoll(idea, NULL, 10) : 0;
        phone->idea_waits = false;
        phone->load->ideas_waiting--;
        note(phone, TIME_IDEA, phone->idea_us);
    }
}

static void be_ready(struct load_phone *phone)
{
    struct load *load = phone->load;
    enter(phone, LOAD_READY);
    note(phone, phone->arrived ? TIME_BACK : TIME_ARRIVE, phone->due_us);
    load->figures.arrived += phone->arrived ? 0 : 1;
    load->away--;
    phone->push_seen = load->push;
    send_waiting(phone, phone->arrived);
    phone->arrived = true;
    if (phone->idea_waits) {
        send_idea(phone);
    }
}

/* The event has changed: the snapshot after hello, or what the desk did. */
static void on_push(struct load_phone *phone, bool result)
{
    struct load *load = phone->load;
    if (phone->state == LOAD_GREETING && !result) {
        be_ready(phone);
    } else if (
        phone->state == LOAD_READY && phone->push_seen != load->push &&
        result == load->push_is_result) {
        phone->push_seen = load->push;
        load->push_waits -= load->push_waits > 0 ? 1 : 0;
        note(phone, TIME_PUSH, load->push_us);
    }
}

static void on_welcome(struct load_phone *phone, struct span text)
{
    const char *every_ms = after(text, "\"heartbeat_ms\":");
    if (every_ms != NULL) {
        phone->heartbeat_us = strtoll(every_ms, NULL, 10) * 1000;
    }
}

void load_phone_message(struct load_phone *phone, struct span text)
{
    if (starts(text, "{\"op\":\"stored\"")) {
        on_stored(phone, text);
    } else if (starts(text, "{\"op\":\"welcome\"")) {
        on_welcome(phone, text);
    } else if (starts(text, "{\"op\":\"change\"")) {
        on_push(phone, false);
    } else if (starts(text, "{\"op\":\"result\"")) {
        on_push(phone, true);
    } else if (starts(text, "{\"op\":\"refused\"")) {
        on_refused(phone, text);
    } else if (starts(text, "{\"op\":\"done\"")) {
        on_idea_done(phone, text);
    }
}

/* ---- by the clock ---- */

static void retry(struct load_phone *phone)
{
    phone->retry_us = 0;
    if (phone->state == LOAD_AWAY) {
        step(phone);
    } else if (phone->state == LOAD_GREETING) {
        say_hello(phone);
    } else if (phone->state == LOAD_READY) {
        send_waiting(phone, false);
        if (phone->idea_waits) {
            send_idea(phone);
        }
    }
}

void load_phone_tick(struct load_phone *phone, int64_t now_us)
{
    bool on_the_way = phone->state != LOAD_AWAY && phone->state != LOAD_READY;
    if (phone->retry_us != 0 && phone->retry_us <= now_us) {
        retry(phone);
    } else if (on_the_way && now_us - phone->step_us > STUCK_US) {
        phone->load->figures.lines_lost++;
        go_away(phone, 0);
    } else if (
        phone->state == LOAD_READY && !phone->deaf && phone->heartbeat_us > 0 &&
        now_us - phone->pinged_us >= phone->heartbeat_us) {
        phone->pinged_us = now_us;
        send_text(phone, "{\"op\":\"ping\"}");
    }
}
