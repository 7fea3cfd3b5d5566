/* The keys beside the store: opened with it, and missed when they are not there. */
#include "app/hall_internal.h"

#include "app/store_path.h"
#include "base/log.h"

#include <inttypes.h>

static enum err open_folder(struct hall *hall, bool create)
{
    const char *named = hall->options.keys;
    char *folder = named != NULL
                       ? strdup(named)
                       : path_beside(store_path(hall->options.store), STORE_KEYS_SUFFIX);
    if (folder == NULL) {
        return ERR_NOMEM;
    }
    enum err err = trust_keys_open(folder, create, &hall->keys);
    free(folder);
    return err;
}

/* What a poll needs from its opening until it is sealed: its key, so that nobody votes
 * twice under a new one, and its seed unless that is in the log. ERR_NOT_FOUND if either
 * is gone. */
static enum err
check_poll(struct hall *hall, const struct event *event, const struct poll *poll)
{
    static const struct hash none;
    struct hash secret;
    if (poll->state != POLL_OPEN && poll->state != POLL_CLOSED) {
        return ERR_OK;
    }
    enum err err = trust_poll_key(hall->keys, event->id, poll->id, false, &secret);
    if (err == ERR_OK && memcmp(&poll->seed, &none, sizeof none) == 0) {
        err = trust_poll_seed(
            hall->keys, event->id, poll->id, poll->reopened, false, &secret);
    }
    trust_wipe(&secret, sizeof secret);
    return err;
}

bool hall_pepper_is_new(const struct hall *hall)
{
    return hall->pepper_is_new;
}

bool hall_keys_lost(struct hall *hall, const struct event *event, const struct poll *poll)
{
    enum err err = check_poll(hall, event, poll);
    return err == ERR_NOT_FOUND || err == ERR_DAMAGED;
}

static enum err report(const struct event *event, const struct poll *poll, enum err err)
{
    log_line(
        LOG_ERROR, "event %s: the key or seed of poll %" PRId64 " is %s", event->code,
        poll->id, err == ERR_NOT_FOUND ? "missing" : "damaged or unreadable");
    return err == ERR_NOT_FOUND ? ERR_KEYS_MISSING : err;
}

static enum err check_event(struct hall *hall, const struct event *event)
{
    for (size_t i = 0; i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        enum err err = check_poll(hall, event, poll);
        if (err != ERR_OK) {
            return report(event, poll, err);
        }
    }
    return ERR_OK;
}

static enum err check_events(struct hall *hall)
{
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < hall->event_count; i++) {
        err = check_event(hall, hall->events[i]);
    }
    return err;
}

enum err hall_open_keys(struct hall *hall)
{
    enum hall_need need = hall->options.need;
    enum err err = open_folder(hall, false);
    if (err == ERR_KEYS_MISSING && need == HALL_LOOKS_WITHOUT) {
        return trust_keys_none(&hall->keys);
    }
    if (err == ERR_KEYS_MISSING &&
        (hall->event_count == 0 || need == HALL_GIVES_KEYS_UP)) {
        hall->pepper_is_new = true;
        err = open_folder(hall, true);
    }
    return err == ERR_OK && need == HALL_NEEDS_KEYS ? check_events(hall) : err;
}
