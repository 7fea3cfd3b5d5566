/* Results and lists of ballots: counted and encoded once for each set of ballots. */
#include "app/server.h"

#include "base/log.h"
#include "base/vec.h"
#include "domain/count.h"
#include "domain/publish.h"
#include "wire/result_json.h"

#include <inttypes.h>

#define RESULT_BYTES_MAX (4UL * 1024 * 1024)

static struct poll_screen *screen_of(struct screens *screens, int64_t poll)
{
    size_t count = (size_t)poll;
    void *polls = screens->polls;
    enum err err = vec_reserve(
        &polls, &screens->poll_capacity, count, sizeof(struct poll_screen), POLLS_MAX);
    screens->polls = polls;
    if (err != ERR_OK) {
        return NULL;
    }
    while (screens->poll_count < count) {
        screens->polls[screens->poll_count++] = (struct poll_screen){0};
    }
    return &screens->polls[poll - 1];
}

struct poll_screen *
results_screen(struct server *server, struct event *event, int64_t poll)
{
    struct screens *screens = live_screens(server, event);
    return screens != NULL ? screen_of(screens, poll) : NULL;
}

struct result_make result_make_of(const struct poll *poll)
{
    bool open = poll->state == POLL_OPEN;
    return (struct result_make){
        .is = true,
        .live = open,
        .reopened = poll->reopened,
        .published_pos = poll->published ? poll->published_pos : 0,
        .ballots = open ? (uint64_t)publish_live_step(&poll->spec, poll->voted)
                        : poll->ballots_version,
    };
}

bool result_make_same(const struct result_make *a, const struct result_make *b)
{
    return a->is == b->is && a->live == b->live && a->reopened == b->reopened &&
           a->published_pos == b->published_pos && a->ballots == b->ballots;
}

/* A poll that is open has no result by shares. */
static enum err count_shares(
    struct server *server, const struct event *event, const struct poll *poll,
    struct share_results *ret_shares)
{
    *ret_shares = (struct share_results){{NULL}};
    return poll->state == POLL_OPEN
               ? ERR_OK
               : poll_count_shares(
                     poll, hall_tie_order(server->hall, event, poll), ret_shares);
}

/* A live result holds the ballots of its step and no later one, and leaves ties open: the
 * lot stays secret until the poll is closed. */
static enum err count(
    struct server *server, const struct event *event, const struct poll *poll,
    struct tally_result **ret_result)
{
    if (poll->state == POLL_OPEN) {
        int64_t step = publish_live_step(&poll->spec, poll->voted);
        return poll_count_early(poll, step, NULL, ret_result);
    }
    return poll_count(poll, hall_tie_order(server->hall, event, poll), ret_result);
}

/* Two firsts, then a third. */
static void keep_places(const struct tally_result *result, uint16_t *places)
{
    size_t place = 1;
    for (size_t i = 0; i < tally_result_places(result); i++) {
        const uint16_t *options;
        size_t count = tally_result_place(result, i, &options);
        for (size_t k = 0; k < count; k++) {
            places[options[k]] = (uint16_t)place;
        }
        place += count;
    }
}

static enum err encode(
    struct server *server, const struct event *event, const struct poll *poll,
    struct poll_screen *screen)
{
    struct tally_result *result = NULL;
    struct share_results shares;
    struct buf text;
    enum err err = count(server, event, poll, &result);
    if (err != ERR_OK) {
        return err;
    }
    err = count_shares(server, event, poll, &shares);
    if (err != ERR_OK) {
        tally_result_free(result);
        return err;
    }
    bool live = poll->state == POLL_OPEN;
    enum publication level =
        live ? publish_level(&poll->spec, poll->voted) : publish_poll_level(poll);
    buf_init(&text, RESULT_BYTES_MAX);
    keep_places(result, screen->places);
    wire_encode_result(&text, poll, result, &shares, level, live);
    share_results_fini(&shares);
    tally_result_free(result);
    err = buf_err(&text);
    net_frame_unref(screen->result);
    screen->result = err == ERR_OK ? net_frame_new(buf_span(&text)) : NULL;
    buf_fini(&text);
    return err == ERR_OK && screen->result == NULL ? ERR_NOMEM : err;
}

enum err result_of(
    struct server *server, struct event *event, const struct poll *poll, bool desk,
    struct net_frame **ret_result)
{
    if (!publish_result_public(poll) && !(desk && publish_result_desk(poll))) {
        return ERR_RESULT_HIDDEN;
    }
    struct poll_screen *screen = results_screen(server, event, poll->id);
    if (screen == NULL) {
        return ERR_NOMEM;
    }
    const struct result_make now = result_make_of(poll);
    if (!result_make_same(&screen->made, &now)) {
        enum err err = encode(server, event, poll, screen);
        screen->made = err == ERR_OK ? now : (struct result_make){0};
        if (err != ERR_OK) {
            log_line(
                LOG_ERROR, "event %" PRId64 ", poll %" PRId64 " can't be counted: %s",
                event->id, poll->id, err_code(err));
            return err;
        }
    }
    *ret_result = screen->result;
    return ERR_OK;
}

const uint16_t *
places_of(struct server *server, struct event *event, const struct poll *poll)
{
    struct net_frame *result;
    if (result_of(server, event, poll, false, &result) != ERR_OK) {
        return NULL;
    }
    return results_screen(server, event, poll->id)->places;
}

/* One list an event is kept: each may be asked for by anybody, and takes megabytes. */
static void forget_lists(struct screens *screens)
{
    for (size_t i = 0; i < screens->poll_count; i++) {
        net_frame_unref(screens->polls[i].ballots);
        screens->polls[i].ballots = NULL;
    }
}

static enum err make_list(const struct poll *poll, struct net_frame **ret_list)
{
    struct buf text;
    buf_init(&text, BALLOTS_LIST_BYTES_MAX);
    enum err err = hall_sealed_list(poll, &text);
    if (err == ERR_OK) {
        *ret_list = net_frame_new(buf_span(&text));
        err = *ret_list != NULL ? ERR_OK : ERR_NOMEM;
    }
    buf_fini(&text);
    return err;
}

enum err ballots_of(
    struct server *server, struct event *event, const struct poll *poll,
    struct net_frame **ret_list)
{
    if (!publish_ballots_public(poll)) {
        return ERR_RESULT_HIDDEN;
    }
    if (poll->voted > BALLOTS_LISTED_MAX) {
        return ERR_TOO_LARGE; /* before anything is made of them */
    }
    struct poll_screen *screen = results_screen(server, event, poll->id);
    if (screen == NULL) {
        return ERR_NOMEM;
    }
    enum err err = ERR_OK;
    if (screen->ballots == NULL) {
        forget_lists(live_screens(server, event));
        err = make_list(poll, &screen->ballots);
    }
    *ret_list = screen->ballots;
    return err;
}
