#include "screen.h"

#include "world.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <stdlib.h>

/* What changes have told. */
static void drop(struct screen *screen)
{
    cJSON_Delete(screen->event);
    cJSON_Delete(screen->ideas);
    cJSON_Delete(screen->polls);
    cJSON_Delete(screen->support);
    cJSON_Delete(screen->batches);
    cJSON_Delete(screen->acts);
    cJSON_Delete(screen->whole);
    cJSON_Delete(screen->results);
    screen->event = NULL;
}

static void forget(struct screen *screen)
{
    drop(screen);
    screen->ideas = cJSON_CreateObject();
    screen->polls = cJSON_CreateObject();
    screen->support = cJSON_CreateObject();
    screen->batches = cJSON_CreateObject();
    screen->acts = cJSON_CreateObject();
    screen->whole = cJSON_CreateObject();
    screen->results = cJSON_CreateObject();
}

void screen_fini(struct screen *screen)
{
    drop(screen);
    cJSON_Delete(screen->own);
    buf_fini(&screen->live);
    *screen = (struct screen){0};
}

static void put(cJSON *map, const char *key, cJSON *value)
{
    cJSON_DeleteItemFromObjectCaseSensitive(map, key);
    if (value != NULL) {
        cJSON_AddItemToObject(map, key, value);
    }
}

/* An idea or a poll; a batch of paper. */
static bool is_gone(const char *state)
{
    return strcmp(state, "gone") == 0 || strcmp(state, "dropped") == 0;
}

/* Takes the objects out of the list; those that are gone go. */
static void patch(cJSON *map, cJSON *change, const char *list, const char *key)
{
    cJSON *items = cJSON_GetObjectItemCaseSensitive(change, list);
    while (items != NULL && items->child != NULL) {
        cJSON *item = cJSON_DetachItemViaPointer(items, items->child);
        const cJSON *id = cJSON_GetObjectItemCaseSensitive(item, key);
        const cJSON *state = cJSON_GetObjectItemCaseSensitive(item, "state");
        char name[32];
        if (cJSON_IsNumber(id)) {
            snprintf(name, sizeof name, "%.0f", id->valuedouble);
        } else {
            snprintf(name, sizeof name, "%s", id->valuestring);
        }
        if (state != NULL && is_gone(state->valuestring)) {
            cJSON_Delete(item);
            item = NULL;
        }
        put(map, name, item);
    }
}

/* The desk's people, those who are out, words, Wi-Fi. */
static void put_whole(struct screen *screen, cJSON *change)
{
    static const char *const keys[] = {"desk", "banned", "words", "wifi"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        cJSON *item = cJSON_DetachItemFromObjectCaseSensitive(change, keys[i]);
        bool none = cJSON_IsArray(item) && cJSON_GetArraySize(item) == 0;
        if (item != NULL) {
            put(screen->whole, keys[i], none ? NULL : item);
        }
        if (none) {
            cJSON_Delete(item);
        }
    }
}

static void apply(struct screen *screen, cJSON *change)
{
    int64_t from = (int64_t)cJSON_GetObjectItem(change, "from")->valuedouble;
    int64_t pos = (int64_t)cJSON_GetObjectItem(change, "pos")->valuedouble;
    if (from != 0 && pos <= screen->pos) {
        return;
    }
    if (from == 0) {
        forget(screen);
    }
    screen->pos = pos;
    if (cJSON_HasObjectItem(change, "event")) {
        cJSON_Delete(screen->event);
        screen->event = cJSON_DetachItemFromObjectCaseSensitive(change, "event");
    }
    patch(screen->ideas, change, "ideas", "idea");
    patch(screen->polls, change, "polls", "poll");
    patch(screen->batches, change, "batches", "batch");
    patch(screen->acts, change, "acts", "pos");
    put_whole(screen, change);
    cJSON *support = cJSON_GetObjectItemCaseSensitive(change, "support");
    while (support != NULL && support->child != NULL) {
        cJSON *number = cJSON_DetachItemViaPointer(support, support->child);
        char name[32];
        snprintf(name, sizeof name, "%s", number->string);
        bool none = number->valueint == 0;
        put(screen->support, name, none ? NULL : number);
        if (none) {
            cJSON_Delete(number);
        }
    }
}

static void put_own(struct screen *screen, cJSON *idea)
{
    assert(screen->own != NULL); /* the welcome came before */
    const char *id = cJSON_GetObjectItemCaseSensitive(idea, "idea")->valuestring;
    char name[32];
    snprintf(name, sizeof name, "%s", id);
    put(screen->own, name, idea);
}

static void welcome(struct screen *screen, const cJSON *me)
{
    cJSON *ideas = cJSON_GetObjectItemCaseSensitive(me, "ideas");
    cJSON_Delete(screen->own);
    screen->own = cJSON_CreateObject();
    while (ideas != NULL && ideas->child != NULL) {
        put_own(screen, cJSON_DetachItemViaPointer(ideas, ideas->child));
    }
}

static bool begins(struct span text, const char *start)
{
    return text.bytes >= strlen(start) && memcmp(text.data, start, strlen(start)) == 0;
}

static void put_result(struct screen *screen, struct span text)
{
    cJSON *result = cJSON_ParseWithLength((const char *)text.data, text.bytes);
    assert(result != NULL && screen->results != NULL); /* the event came before */
    char poll[32];
    snprintf(
        poll, sizeof poll, "%s",
        cJSON_GetObjectItemCaseSensitive(result, "poll")->valuestring);
    put(screen->results, poll, result);
}

void screen_hear(struct screen *screen, struct span text)
{
    if (begins(text, "{\"op\":\"result\"")) {
        put_result(screen, text);
    } else if (begins(text, "{\"op\":\"live\"")) {
        buf_fini(&screen->live);
        buf_init(&screen->live, FRAME_IDEA_BYTES_MAX);
        buf_bytes(&screen->live, text.data, text.bytes);
    } else if (begins(text, "{\"op\":\"change\"")) {
        cJSON *change = cJSON_ParseWithLength((const char *)text.data, text.bytes);
        assert(change != NULL);
        apply(screen, change);
        cJSON_Delete(change);
    } else if (begins(text, "{\"op\":\"welcome\"") || begins(text, "{\"op\":\"mine\"")) {
        cJSON *told = cJSON_ParseWithLength((const char *)text.data, text.bytes);
        assert(told != NULL);
        cJSON *idea = cJSON_DetachItemFromObjectCaseSensitive(told, "idea");
        if (idea != NULL) {
            put_own(screen, idea);
        } else {
            welcome(screen, cJSON_GetObjectItemCaseSensitive(told, "me"));
        }
        cJSON_Delete(told);
    }
}

/* ---- what must hold ---- */

static void
compare(struct world *world, size_t phone, const char *what, cJSON *shown, cJSON *is)
{
    if (!cJSON_Compare(shown, is, true)) {
        char *ours = cJSON_PrintUnformatted(shown);
        char *theirs = cJSON_PrintUnformatted(is);
        size_t at = 0;
        while (ours != NULL && theirs != NULL && ours[at] != '\0' &&
               ours[at] == theirs[at]) {
            at++;
        }
        size_t from = at > 80 ? at - 80 : 0;
        trace_line(&world->trace, "shown: %.200s", ours != NULL ? ours + from : "");
        trace_line(&world->trace, "it is: %.200s", theirs != NULL ? theirs + from : "");
        world_fail(world, "the screen of phone %zu shows other %s", phone, what);
        free(ours);
        free(theirs);
    }
}

/* Acts that are gone from the event's list are nobody's news. */
static void forget_old(cJSON *acts, const cJSON *fresh)
{
    cJSON *next = NULL;
    for (cJSON *act = acts->child; act != NULL; act = next) {
        next = act->next;
        if (!cJSON_HasObjectItem(fresh, act->string)) {
            cJSON_Delete(cJSON_DetachItemViaPointer(acts, act));
        }
    }
}

/* How many support an idea is told while the event has that for these eyes. */
static bool tells_support(const struct world *world, enum view view)
{
    enum support least = view_is_desk(view) ? SUPPORT_HIDDEN : SUPPORT_SHOWN;
    return world->event->settings.support >= least;
}

/* But for times, which a screen counts on by itself. */
static bool same_numbers(struct span a, struct span b)
{
    static const char time[] = "_ms\":";
    size_t i = 0;
    size_t k = 0;
    while (i < a.bytes && k < b.bytes && a.data[i] == b.data[k]) {
        i++;
        k++;
        bool of_time = i >= sizeof time - 1 &&
                       memcmp(a.data + i - (sizeof time - 1), time, sizeof time - 1) == 0;
        while (of_time && i < a.bytes && a.data[i] >= '0' && a.data[i] <= '9') {
            i++;
        }
        while (of_time && k < b.bytes && b.data[k] >= '0' && b.data[k] <= '9') {
            k++;
        }
    }
    return i == a.bytes && k == b.bytes;
}

/* The number of an idea that is not shown (any more) is nobody's news. */
static void forget_unseen(struct screen *screen, enum view view)
{
    cJSON *number = screen->support->child;
    while (number != NULL && !view_is_desk(view)) {
        cJSON *next = number->next;
        const cJSON *idea =
            cJSON_GetObjectItemCaseSensitive(screen->ideas, number->string);
        const cJSON *state = cJSON_GetObjectItemCaseSensitive(idea, "state");
        if (state == NULL || strcmp(state->valuestring, "published") != 0) {
            cJSON_Delete(cJSON_DetachItemViaPointer(screen->support, number));
        }
        number = next;
    }
}

static void check_screen(struct world *world, size_t phone, enum view view)
{
    struct screen *screen = &world->phone_screens[phone];
    struct screen fresh = {0};
    struct buf text;
    buf_init(&text, 64UL * 1024 * 1024);
    wire_encode_change(&text, world->event, view, 0, hall_texts(world->server->hall));
    screen_hear(&fresh, buf_span(&text));
    if (screen->pos != fresh.pos) {
        world_fail(
            world, "the screen of phone %zu is at %lld, the event at %lld", phone,
            (long long)screen->pos, (long long)fresh.pos);
    }
    compare(world, phone, "things of the event", screen->event, fresh.event);
    compare(world, phone, "ideas", screen->ideas, fresh.ideas);
    compare(world, phone, "polls", screen->polls, fresh.polls);
    compare(world, phone, "batches of paper", screen->batches, fresh.batches);
    forget_old(screen->acts, fresh.acts);
    compare(world, phone, "acts", screen->acts, fresh.acts);
    compare(world, phone, "people, words or Wi-Fi", screen->whole, fresh.whole);
    if (tells_support(world, view)) {
        forget_unseen(screen, view);
        compare(world, phone, "support", screen->support, fresh.support);
    }
    const struct screens *screens = live_screens(world->server, world->event);
    const struct net_frame *live = screens->live[view];
    if (live != NULL && !same_numbers(buf_span(&screen->live), net_frame_text(live))) {
        const struct span is = net_frame_text(live);
        trace_line(
            &world->trace, "shown: %.*s", (int)screen->live.bytes, screen->live.data);
        trace_line(&world->trace, "it is: %.*s", (int)is.bytes, is.data);
        world_fail(world, "the screen of phone %zu shows other numbers", phone);
    }
    screen_check_results(world, phone);
    screen_fini(&fresh);
    buf_fini(&text);
}

/* A person's own ideas, hidden and pending ones among them. */
static void check_own_ideas(struct world *world, size_t phone)
{
    static const struct uid nobody;
    const struct wire_me me = {.participant = world->phones[phone].person};
    const struct wire_guest guest = {.role = ROLE_PARTICIPANT, .me = &me};
    struct screen fresh = {0};
    struct buf text;
    buf_init(&text, 64UL * 1024 * 1024);
    wire_encode_welcome(
        &text, &nobody, world->event, &guest, hall_texts(world->server->hall));
    screen_hear(&fresh, buf_span(&text));
    compare(world, phone, "own ideas", world->phone_screens[phone].own, fresh.own);
    screen_fini(&fresh);
    buf_fini(&text);
}

static enum view view_of(struct world *world, const struct phone *phone)
{
    struct uid right;
    trust_stage_key(
        hall_keys(world->server->hall), world->event->id, world->event->code, &right);
    if (phone->wall) {
        return uid_equal(&right, &phone->key) ? VIEW_STAGE : VIEW_PUBLIC;
    }
    if (phone->desk) {
        return phone->helper ? VIEW_QUEUE : VIEW_DESK;
    }
    return VIEW_PUBLIC;
}

void screens_check(struct world *world)
{
    for (size_t i = 0; i < SCREENS_MAX && i < world->phone_count; i++) {
        const struct phone *phone = &world->phones[i];
        if (phone->welcome && !phone->given_up) {
            check_screen(world, i, view_of(world, phone));
        }
        if (phone->welcome && !phone->given_up && i >= world->first_person) {
            check_own_ideas(world, i);
        }
    }
}
