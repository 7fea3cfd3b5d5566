/* Tickets at the desk. A code that the desk is told goes to somebody who is out, on
 * their phone or on another. */
#include "check.h"
#include "phone.h"
#include "trust/trust.h"
#include "world.h"

#include <stdio.h>

void desk_tend_cards(struct world *world, struct phone *phone, struct dice *dice)
{
    const struct event *event = world->event;
    char members[64];
    size_t die = dice_pick(dice, 100);
    size_t ticket = 1 + dice_pick(dice, event->ticket_count);
    const char *op = die < 20   ? "ticket.void"
                     : die < 55 ? "ticket.replace"
                     : die < 65 ? "ticket"
                     : die < 90 ? "tickets.issue"
                                : "tickets.void";
    if (die < 65) {
        snprintf(members, sizeof members, ",\"ticket\":\"%zu\"", ticket);
    } else if (die < 90) {
        snprintf(
            members, sizeof members, ",\"count\":%zu%s", 1 + dice_pick(dice, 3),
            dice_chance(dice, 500) ? ",\"group\":\"1\"" : "");
    } else {
        snprintf(
            members, sizeof members, ",\"batch\":\"%zu\"",
            1 + dice_pick(dice, event->batch_count));
    }
    phone_ask(world, phone, dice, op, span_of_string(members));
}

static void hand_over(struct world *world, const char *code)
{
    for (size_t i = world->first_person; i < world->phone_count; i++) {
        struct phone *phone = &world->phones[i];
        if (phone->given_up && !phone_is_on_errand(phone)) {
            phone_begin_anew(world, phone);
            snprintf(phone->ticket, sizeof phone->ticket, "%s", code);
            return;
        }
    }
}

void cards_hear(struct world *world, struct span text)
{
    char code[TRUST_TICKET_SYMBOLS + 1];
    check_member(text, "\"codes\":[\"", code, sizeof code);
    if (code[0] != '\0') {
        hand_over(world, code);
    }
}
