/* The model of the log over the server's lives: what a crash must leave, and a backup. */
#include "check.h"
#include "world.h"

#include <inttypes.h>
#include <stdlib.h>

/* What is in no lane any more was sealed: that is known from before. */
static void keep_dropped(const struct check *old, struct check *check)
{
    for (size_t i = 0; i < CHECK_POLLS_MAX; i++) {
        const struct check_poll *poll = &old->polls[i];
        for (size_t k = 0; poll->dropped && k < poll->cast_count; k++) {
            {
                if (map_put(&check->logged, &poll->casts[k].id, (uint32_t)i + 1) !=
                    ERR_OK) {
                    abort();
                }
            }
        }
        if (poll->dropped) {
            struct check_poll *kept = &check->polls[i];
            map_fini(&kept->best);
            *kept = *poll;
        }
    }
}

static void check_kept(struct world *world)
{
    struct check *check = &world->check;
    for (size_t i = 0; i < check->ballot_count; i++) {
        const struct check_ballot *ballot = &check->ballots[i];
        if (ballot->stored && !map_get(&check->logged, &ballot->id, NULL)) {
            world_fail(
                world, "a ballot of poll %" PRId64 " was acknowledged and is lost",
                ballot->poll);
        }
    }
    if (check->done_pos > check->history_pos) {
        world_fail(
            world, "%" PRId64 " was done, the log ends at %" PRId64, check->done_pos,
            check->history_pos);
    }
}

static void read_anew(struct world *world)
{
    struct check *check = &world->check;
    const struct check old = *check;
    check_model_init(check);
    keep_dropped(&old, check);
    check_log(world);
    for (size_t i = 0; i < CHECK_POLLS_MAX; i++) {
        if (!old.polls[i].dropped) {
            free(old.polls[i].casts);
            map_fini((struct map *)(uintptr_t)&old.polls[i].best);
        }
    }
    map_fini((struct map *)(uintptr_t)&old.logged);
}

void check_restart(struct world *world)
{
    read_anew(world);
    check_kept(world);
}

/* ---- backups ---- */

void check_backup(struct check *check, struct check_backup *ret_backup)
{
    for (size_t i = 0; i < check->ballot_count; i++) {
        check->ballots[i].backed = check->ballots[i].stored;
    }
    for (size_t i = 0; i < CHECK_POLLS_MAX; i++) {
        ret_backup->dropped[i] = check->polls[i].dropped;
    }
    ret_backup->history_pos = check->history_pos;
}

/* A poll that was sealed later is not sealed. */
static void unseal(struct check *check, const struct check_backup *backup)
{
    for (size_t i = 0; i < CHECK_POLLS_MAX; i++) {
        check->polls[i].dropped = check->polls[i].dropped && backup->dropped[i];
    }
}

/* Who is who in a poll is read from what is left. */
static void forget_slots(struct check *check)
{
    static const uint64_t no_seed[2];
    map_fini(&check->slot_by_slot);
    map_fini(&check->slot_by_person);
    map_init(&check->slot_by_slot, no_seed);
    map_init(&check->slot_by_person, no_seed);
    check->slot_count = 0;
    check->seat_count = 0; /* numbers are given again */
    map_fini(&check->left);
    map_init(&check->left, no_seed); /* who left since then sits there again */
}

static void forget_dones(struct check *check, int64_t history_pos)
{
    check->done_pos = 0;
    for (size_t i = 0; i < check->done_count; i++) {
        const struct check_done *done = &check->dones[i];
        if (done->pos > history_pos) {
            map_drop(&check->done_by_id, &done->id);
        } else if (done->pos > check->done_pos) {
            check->done_pos = done->pos;
        }
    }
}

static void forget_ballots(struct world *world)
{
    struct check *check = &world->check;
    for (size_t i = 0; i < check->ballot_count; i++) {
        struct check_ballot *ballot = &check->ballots[i];
        if (map_get(&check->logged, &ballot->id, NULL)) {
            continue;
        }
        if (ballot->backed) {
            world_fail(
                world,
                "a ballot of poll %" PRId64 " was acknowledged before the backup and is "
                "not in it",
                ballot->poll);
        }
        world->stats.undone += ballot->stored ? 1 : 0;
        ballot->stored = false;
        ballot->person = 0;
        ballot->maker = 0; /* who came after the backup comes in as somebody new */
    }
}

void check_restored(struct world *world, const struct check_backup *backup)
{
    struct check *check = &world->check;
    unseal(check, backup);
    forget_slots(check);
    read_anew(world);
    if (check->history_pos != backup->history_pos) {
        world_fail(
            world, "the backup ends at %" PRId64 ", it was made at %" PRId64,
            check->history_pos, backup->history_pos);
    }
    forget_dones(check, backup->history_pos);
    forget_ballots(world);
}

/* ---- receipts ---- */

static const struct check_cast *
best_of(const struct check *check, int64_t poll, int64_t person)
{
    struct uid key = {{0}};
    uint32_t slot = 0;
    uint32_t best = 0;
    memcpy(key.bytes, &poll, sizeof poll);
    memcpy(key.bytes + sizeof poll, &person, sizeof person);
    const struct check_poll *of = &check->polls[poll - 1];
    bool found = map_get(&check->slot_by_person, &key, &slot) &&
                 map_get(&of->best, &check->slots[slot].slot, &best);
    return found ? &of->casts[best] : NULL;
}

/* Under whatever id: a ballot that was lost is cast again under another. */
static bool is_logged(const struct check *check, int64_t poll, const struct hash *proof)
{
    bool is = false;
    for (size_t i = 0; !is && i < check->ballot_count; i++) {
        const struct check_ballot *ballot = &check->ballots[i];
        is = ballot->poll == poll && memcmp(&ballot->proof, proof, sizeof *proof) == 0 &&
             map_get(&check->logged, &ballot->id, NULL);
    }
    return is;
}

static void check_phone(struct world *world, const struct phone *phone)
{
    for (int64_t id = 1; id <= PHONE_POLLS_MAX; id++) {
        const struct receipt *receipt = &phone->receipts[id - 1];
        if (!receipt_is_due(world, phone, id)) {
            continue;
        }
        const struct check_cast *best = best_of(&world->check, id, phone->person);
        bool newer = best != NULL && best->counter >= receipt->counter;
        if (!newer && !is_logged(&world->check, id, &receipt->proof)) {
            world_fail(
                world,
                "phone %zu was told that its ballot %u is in poll %" PRId64
                ", and it is not",
                (size_t)(phone - world->phones), receipt->counter, id);
        }
    }
}

void check_receipts(struct world *world)
{
    for (size_t i = world->first_person; i < world->phone_count; i++) {
        const struct phone *phone = &world->phones[i];
        if (phone->welcome && !phone->given_up) {
            check_phone(world, phone);
        }
    }
}
