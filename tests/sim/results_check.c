/* What screens were told of results: pushed ones get lost, come before their change and
 * after it; what is shown of them must be what the poll has. */
#include "domain/publish.h"
#include "screen.h"
#include "world.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <inttypes.h>

/* Where there is none: that of a poll that runs. */
static int64_t publishing_of(const cJSON *result)
{
    const cJSON *pos = cJSON_GetObjectItemCaseSensitive(result, "published_pos");
    return pos != NULL ? (int64_t)pos->valuedouble : 0;
}

/* As pages do: one of an earlier publishing is not shown, the page asks for another. */
static const cJSON *
shown_of(const struct world *world, const struct screen *screen, const struct poll *poll)
{
    bool blind = world->broken != NULL && strcmp(world->broken, "results") == 0;
    char id[32];
    snprintf(id, sizeof id, "%" PRId64, poll->id);
    const cJSON *result = cJSON_GetObjectItemCaseSensitive(screen->results, id);
    bool is = poll->state == POLL_OPEN || publishing_of(result) >= poll->published_pos;
    return is || blind ? result : NULL;
}

static void check_result(
    struct world *world, size_t phone, const struct poll *poll, const cJSON *result)
{
    const cJSON *shown = shown_of(world, &world->phone_screens[phone], poll);
    world->stats.results += shown != NULL ? 1 : 0;
    world->stats.running += shown != NULL && poll->state == POLL_OPEN ? 1 : 0;
    if (shown == NULL && poll->state == POLL_OPEN) {
        world_fail(
            world, "the screen of phone %zu has no live result of poll %" PRId64, phone,
            poll->id);
    } else if (shown != NULL && !cJSON_Compare(shown, result, true)) {
        world_fail(
            world, "the screen of phone %zu shows another result of poll %" PRId64, phone,
            poll->id);
    }
}

/* What GET /result gives, to screens that lack it. */
static cJSON *result_now(struct world *world, const struct poll *poll)
{
    struct net_frame *frame = NULL;
    if (result_of(world->server, world->event, poll, false, &frame) != ERR_OK) {
        world_fail(world, "the result of poll %" PRId64 " is not told", poll->id);
        return NULL;
    }
    struct span text = net_frame_text(frame);
    cJSON *result = cJSON_ParseWithLength((const char *)text.data, text.bytes);
    assert(result != NULL);
    if (publishing_of(result) != (poll->published ? poll->published_pos : 0)) {
        world_fail(world, "the result of poll %" PRId64 " is an earlier one", poll->id);
    }
    return result;
}

void screen_check_results(struct world *world, size_t phone)
{
    for (size_t i = 0; i < world->event->poll_count; i++) {
        const struct poll *poll = world->event->polls[i];
        if (!poll->dropped && publish_result_public(poll)) {
            cJSON *result = result_now(world, poll);
            check_result(world, phone, poll, result);
            cJSON_Delete(result);
        }
    }
}
