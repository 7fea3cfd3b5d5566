/* What must hold of the server's ends of lines: outboxes are bounded, deadlines kept. */
#include "check.h"
#include "net/conn.h"
#include "net/internal.h"
#include "network.h"

#define TICK_MS    100
#define TICKS_LATE 3 /* a deadline is kept by so many ticks */

static void check_outbox(const struct line *line)
{
    const struct outbox *outbox = &line->conn->outbox;
    struct world *world = line->network->world;
    bool empty = outbox->count == 0 && outbox->current == NULL;
    if (outbox->count > OUTBOX_FRAMES_MAX || outbox->bytes > OUTBOX_BYTES_MAX ||
        outbox->large > OUTBOX_LARGE_MAX) {
        world_fail(
            world, "an outbox holds %u frames, %zu bytes and %u large ones",
            outbox->count, outbox->bytes, outbox->large);
    } else if (empty && (outbox->bytes != 0 || outbox->large != 0)) {
        world_fail(world, "an empty outbox counts %zu bytes", outbox->bytes);
    }
}

/* By the clock alone, and by what the phone was told. */
static void check_overdue(const struct line *line)
{
    struct world *world = line->network->world;
    int64_t now_ms = net_now_ms(line->network->net) - TICKS_LATE * TICK_MS;
    int64_t dead_ms = HEARTBEAT_DEAD_MS + HEARTBEAT_DEAD_MS / 2;
    int64_t beat_ms = line->beat_ms != 0 ? line->beat_ms : HEARTBEAT_MS;
    bool unread = line->in_count > 0 || line->said_ms > now_ms; /* then it is spared */
    if (line->beat_ms == 0 && !unread && now_ms - line->opened_ms > HELLO_WAIT_MS) {
        world_fail(world, "line %u says no hello and is there", line->name.slot);
    } else if (now_ms - line->said_ms > dead_ms * beat_ms / HEARTBEAT_MS) {
        world_fail(world, "line %u is silent and is there", line->name.slot);
    } else if (line->bytes > line->room && now_ms - line->moved_ms > WRITE_STUCK_MS) {
        world_fail(world, "line %u is stuck and is there", line->name.slot);
    }
}

void network_check(struct network *network)
{
    for (size_t i = 0; i < network->line_count; i++) {
        const struct line *line = &network->lines[i];
        if (line->conn != NULL && !line->killed) {
            check_outbox(line);
            if (!line->closing) {
                check_overdue(line);
            }
        }
    }
}
