/* Who somebody is does not rest with the server's word: whom a phone was welcomed as is
 * kept beside what it came in by. */
#include "check.h"
#include "phone.h"
#include "world.h"

#include "base/bounds.h"
#include "base/vec.h"
#include "trust/trust.h"

#include <inttypes.h>
#include <stdlib.h>

static struct check_seat *seat_of(struct check *check, int64_t person)
{
    size_t count = (size_t)person;
    void *seats = check->seats;
    if (vec_reserve(
            &seats, &check->seat_capacity, count, sizeof *check->seats,
            PARTICIPANTS_MAX) != ERR_OK) {
        abort();
    }
    check->seats = seats;
    while (check->seat_count < count) {
        check->seats[check->seat_count++] = (struct check_seat){0};
    }
    return &check->seats[person - 1];
}

static struct uid key_of(const char *cookie)
{
    struct hash hash;
    struct uid key = {{0}};
    if (trust_token_hash(span_of_string(cookie), &hash) == ERR_OK) {
        memcpy(key.bytes, hash.bytes, UID_BYTES);
    }
    return key;
}

void check_seat_left(struct check *check, const char *cookie)
{
    struct uid key = key_of(cookie);
    if (map_put(&check->left, &key, 0) != ERR_OK) {
        abort();
    }
}

void check_welcome(struct world *world, struct phone *phone)
{
    size_t number = (size_t)(phone - world->phones);
    int64_t person = phone->person;
    struct uid key = key_of(phone->cookie);
    if (person == 0) {
        return; /* looks on */
    }
    if (map_get(&world->check.left, &key, NULL)) {
        world_fail(
            world, "phone %zu is welcomed as person %" PRId64 ", who has left it", number,
            person);
    }
    if (phone->cookie_person != 0 && phone->cookie_person != person) {
        world_fail(
            world, "phone %zu was person %" PRId64 " and is told to be %" PRId64, number,
            phone->cookie_person, person);
    }
    phone->cookie_person = person;
    struct check_seat *seat = seat_of(&world->check, person);
    bool others = seat->cookie[0] != '\0' && strcmp(seat->cookie, phone->cookie) != 0;
    if (others && !(seat->by_ticket && phone->by_ticket)) {
        world_fail(
            world, "phone %zu is told to be person %" PRId64 ", who is somebody else",
            number, person);
    }
    memcpy(seat->cookie, phone->cookie, sizeof seat->cookie);
    seat->by_ticket = phone->by_ticket;
}
