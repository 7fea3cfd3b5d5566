/* How the event is for its people: its settings, its word list, the hall's Wi-Fi, and
 * nicknames. */
#include "phone.h"
#include "world.h"

#include <stdio.h>

static void set(struct world *world, struct phone *phone, struct dice *dice)
{
    static const char *const support[] = {"off", "hidden", "hidden", "shown"};
    char members[96];
    snprintf(
        members, sizeof members, ",\"youth\":%s,\"nicknames\":%s,\"support\":\"%s\"",
        dice_chance(dice, 300) ? "true" : "false",
        dice_chance(dice, 700) ? "true" : "false", support[dice_pick(dice, 4)]);
    phone_ask(world, phone, dice, "settings", span_of_string(members));
}

void desk_tend_settings(struct world *world, struct phone *phone, struct dice *dice)
{
    static const char *const words[] = {
        ",\"words\":\"\"", ",\"words\":\"Idee 1*\"", ",\"words\":\"böse\\nWort\""};
    static const char *const wifi[] = {
        ",\"name\":\"Halle\",\"password\":\"kennwort\",\"shown\":true",
        ",\"name\":\"Halle\",\"password\":\"\",\"shown\":false",
        ",\"name\":\"\",\"password\":\"\",\"shown\":true"};
    size_t die = dice_pick(dice, 100);
    if (die < 60) {
        set(world, phone, dice);
    } else if (die < 80) {
        phone_ask(world, phone, dice, "words", span_of_string(words[dice_pick(dice, 3)]));
    } else {
        phone_ask(world, phone, dice, "wifi", span_of_string(wifi[dice_pick(dice, 3)]));
    }
}

/* Few words, so that some have the same name and are told apart by a number. */
void phone_take_nickname(struct world *world, struct phone *phone, struct dice *dice)
{
    char members[64];
    snprintf(
        members, sizeof members, ",\"first\":%zu,\"second\":%zu", 1 + dice_pick(dice, 3),
        1 + dice_pick(dice, 2));
    phone_ask(world, phone, dice, "nick", span_of_string(members));
}
