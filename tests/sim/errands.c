/* What a phone asks for without a line: to come in, and to leave. */
#include "phone.h"

#include "world.h"

#include <stdio.h>

static size_t number_of(const struct world *world, const struct phone *phone)
{
    return (size_t)(phone - world->phones);
}

bool phone_is_on_errand(const struct phone *phone)
{
    return phone->asking_in || phone->reading || phone->leaving;
}

void phone_keep_cookie(struct phone *phone, const char *cookie)
{
    snprintf(phone->cookie, sizeof phone->cookie, "%s", cookie);
    phone->cookie_person = 0;
}

void phone_begin_anew(struct world *world, struct phone *phone)
{
    phone_cut(world, phone, 0, false);
    phone_fini(phone);
    phone->given_up = false;
    phone_keep_cookie(phone, "");
    phone->pos = 0;
}

struct net_peer phone_peer(const struct phone *phone)
{
    struct net_peer peer = {.loopback = phone->desk};
    memcpy(peer.session, phone->cookie, sizeof peer.session);
    return peer;
}

void phone_come_in(struct world *world, struct phone *phone)
{
    char body[96];
    struct net_peer peer = phone_peer(phone);
    const char *code = phone->ticket[0] != '\0' ? phone->ticket : world->event->code;
    if (phone->desk) {
        snprintf(body, sizeof body, "{\"link\":\"%s\"}", phone->link);
    } else {
        snprintf(body, sizeof body, "{\"code\":\"%s\"}", code);
    }
    phone->by_ticket = !phone->desk && phone->ticket[0] != '\0';
    phone->asking_in = network_post(
        &world->net, number_of(world, phone), phone->desk ? "/login" : "/join",
        span_of_string(body), &peer);
}

/* ---- leaving ---- */

/* The next one finds nothing of who had it, but may try what lies in the browser still.
 */
static void pass_on(struct world *world, struct phone *phone)
{
    char cookie[NET_COOKIE_BYTES_MAX];
    struct dice dice = {(uint64_t)world->stats.left++};
    memcpy(cookie, phone->cookie, sizeof cookie);
    check_seat_left(&world->check, cookie);
    phone->leaving = false;
    phone_begin_anew(world, phone);
    receipts_fini(phone);
    memset(phone->counters, 0, sizeof phone->counters);
    memset(phone->others, 0, sizeof phone->others);
    phone->photo[0] = '\0';
    if (dice_chance(&dice, 500)) {
        phone_keep_cookie(phone, cookie);
    }
}

void phone_leave(struct world *world, struct phone *phone)
{
    char body[32];
    struct net_peer peer = phone_peer(phone);
    snprintf(body, sizeof body, "{\"event\":\"%s\"}", world->event->code);
    trace_line(&world->trace, "phone %zu leaves", number_of(world, phone));
    if (world->broken != NULL && strcmp(world->broken, "leaving") == 0) {
        pass_on(world, phone);
        return;
    }
    phone->leaving = network_post(
        &world->net, number_of(world, phone), "/leave", span_of_string(body), &peer);
}

/* ---- what came of it ---- */

bool phone_is_out(const char *err)
{
    static const char *const codes[] = {
        "session-moved", "ticket-void",  "ticket-unknown", "ticket-replaced",
        "revoked",       "link-unknown", "banned"};
    bool is = false;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        is = is || strcmp(err, codes[i]) == 0;
    }
    return is;
}

static void take_answer(struct world *world, struct phone *phone, struct errand *errand)
{
    if (phone->asking_in) {
        phone->given_up = phone_is_out(errand->err);
    }
    if (phone->asking_in && errand->status == 200) {
        phone_keep_cookie(phone, errand->cookie);
    }
    if (phone->leaving && errand->status == 200) {
        pass_on(world, phone);
    }
}

bool phone_hear_errand(struct world *world, struct phone *phone)
{
    struct errand *errand = &world->net.errands[number_of(world, phone)];
    bool lost = phone_is_on_errand(phone) && errand->state == ERRAND_NONE;
    if (errand->state != ERRAND_ANSWERED && !lost) {
        return false;
    }
    if (errand->state == ERRAND_ANSWERED) {
        take_answer(world, phone, errand);
    }
    if (errand->found[0] != '\0') {
        memcpy(phone->photo, errand->found, sizeof phone->photo);
    }
    phone->asking_in = false;
    phone->leaving = false;
    phone->reading = false;
    buf_fini(&errand->body);
    *errand = (struct errand){.state = ERRAND_NONE};
    return true;
}
