/* The house burns down: the server comes back from its last backup, by what `stimmwerk
 * restore` enters, with the keys that came with it or with those of the day. */
#include "app/restore.h"
#include "world.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct backup {
    struct disk *disk; /* owned */
    struct check_backup check;
    struct neighbour neighbour;
};

static bool is_broken(const struct world *world, const char *what)
{
    return world->broken != NULL && strcmp(world->broken, what) == 0;
}

void house_forget_backup(struct world *world)
{
    if (world->backup != NULL) {
        disk_free(world->backup->disk);
        free(world->backup);
        world->backup = NULL;
    }
}

/* As one that was read while the store went on: the last row of each poll is missing. */
static void spoil(struct memory *memory)
{
    for (size_t i = 0; i < memory->lane_count; i++) {
        struct memory_lane *lane = &memory->lanes[i];
        const struct span last = lane->rows[lane->row_count - 1].body;
        bool casts = memmem(last.data, last.bytes, "\"cast\"", 6) != NULL;
        lane->row_count -= lane->lane.poll != 0 && casts ? 1 : 0;
    }
}

void house_back_up(struct world *world)
{
    house_forget_backup(world);
    trace_line(&world->trace, "a backup is made");
    world->backup = calloc(1, sizeof *world->backup);
    assert(world->backup != NULL);
    world->backup->disk = disk_snapshot(world->disk);
    world->backup->neighbour = world->neighbour;
    check_backup(&world->check, &world->backup->check);
    if (is_broken(world, "backup")) {
        spoil(world->backup->disk->memory);
    }
    world->stats.backups++;
}

/* It says on stdout what it did. */
static enum err enter(const struct world *world, bool keys_may_be_lost)
{
    char keys[DISK_URL_BYTES + 8];
    snprintf(keys, sizeof keys, "%s.keys", strchr(world->disk->url, ':') + 1);
    const struct restored restored = {
        .store = "simulated", .keys = keys, .keys_may_be_lost = keys_may_be_lost};
    fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    assert(kept >= 0 && nowhere >= 0);
    dup2(nowhere, STDOUT_FILENO);
    disk_mount(world->disk);
    ring_fill(false);
    enum err err = restore_enter(&restored);
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    close(nowhere);
    return err;
}

static struct disk *unpack(const struct world *world, const struct disk *keys)
{
    struct disk *disk = disk_snapshot(world->backup->disk);
    if (keys != NULL) {
        disk_take_keys(disk, keys);
    }
    return disk;
}

/* Without --without-keys first, as everybody would. */
static enum err restore(struct world *world, const struct disk *keys)
{
    world->disk = unpack(world, keys);
    check_restored(world, &world->backup->check);
    enum err err = enter(world, false);
    if (err == ERR_KEYS_MISSING && keys != NULL) {
        disk_free(world->disk);
        world->disk = unpack(world, keys);
        err = enter(world, true);
    }
    return err;
}

void house_restore(struct world *world, struct dice *dice)
{
    bool of_the_day = dice_chance(dice, 300);
    if (world->backup == NULL) {
        return;
    }
    trace_line(
        &world->trace, "the house burns down; the server comes back from its backup%s",
        of_the_day ? ", with the keys of the day" : "");
    world->stats.restores++;
    house_end(world);
    struct disk *burnt = world->disk;
    bool strange = of_the_day || world->neighbour.keys_of_the_day;
    world->neighbour = world->backup->neighbour;
    world->neighbour.keys_of_the_day = strange;
    enum err err = restore(world, of_the_day ? burnt : NULL);
    disk_free(burnt);
    if (err != ERR_OK) {
        world_fail(world, "the backup is not restored: %s", err_code(err));
    }
    house_start(world);
    if (world->server->hall != NULL) {
        check_log(world);
        check_live(world);
    }
}
