/* Places at the desk: an owner invites, whoever was sent away comes in by the link. */
#include "base/hex.h"
#include "check.h"
#include "phone.h"
#include "trust/trust.h"
#include "world.h"

#include <stdio.h>

static void take_away(struct world *world, struct phone *phone, struct dice *dice)
{
    char members[48];
    size_t count = world->event->desk_count;
    if (count > 0) {
        const struct desk_place *place = &world->event->desk[dice_pick(dice, count)];
        snprintf(
            members, sizeof members, ",\"person\":\"%lld\"", (long long)place->person);
        phone_ask(world, phone, dice, "desk.revoke", span_of_string(members));
    }
}

/* Somebody who sat at the desk and does not any more. */
static bool find_guest(const struct world *world, size_t *ret_guest)
{
    for (size_t i = 0; i < world->desk_count; i++) {
        if (world->phones[i].given_up) {
            *ret_guest = i;
            return true;
        }
    }
    return false;
}

static void
invite(struct world *world, struct phone *phone, struct dice *dice, size_t guest)
{
    static const char *const roles[] = {
        "owner", "moderator", "moderator", "helper", "auditor"};
    char members[160];
    char hex[HASH_HEX + 1];
    struct hash hash;
    size_t asked = phone->asked_count;
    trust_token_new(phone->guest_link, &hash);
    hex_encode(hash.bytes, HASH_BYTES, hex);
    snprintf(
        members, sizeof members, ",\"role\":\"%s\",\"link\":\"%s\",\"name\":\"Gast\"",
        roles[dice_pick(dice, 5)], hex);
    phone_ask(world, phone, dice, "desk.invite", span_of_string(members));
    if (phone->asked_count > asked) {
        phone->invitation = phone->asked[asked].id;
        phone->guest = guest;
    }
}

void desk_tend_places(struct world *world, struct phone *phone, struct dice *dice)
{
    size_t guest = 0;
    if (find_guest(world, &guest) && dice_chance(dice, 900)) {
        invite(world, phone, dice, guest);
    } else if (dice_chance(dice, 400)) {
        take_away(world, phone, dice);
    }
}

void places_hear(struct world *world, struct phone *phone, struct span text)
{
    char hex[UID_HEX + 1];
    char ours[UID_HEX + 1];
    check_member(text, "\"id\":\"", hex, sizeof hex);
    hex_encode(phone->invitation.bytes, UID_BYTES, ours);
    struct phone *guest = &world->phones[phone->guest];
    if (strcmp(hex, ours) == 0 && guest->given_up && !guest->asking_in) {
        phone_begin_anew(world, guest);
        snprintf(guest->link, sizeof guest->link, "%s", phone->guest_link);
    }
}
