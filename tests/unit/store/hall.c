#include "hall.h"

#include "backend.h"

#include <errno.h>
#include <inttypes.h>
#include <time.h>

#define PATIENCE_S    60
#define LISTING_BYTES 262144

static void wake(void *ctx)
{
    struct hall *hall = ctx;
    sem_post(&hall->woken);
}

static void failed(void *ctx, enum err err, const char *what)
{
    struct hall *hall = ctx;
    cr_assert_gt(strlen(what), 0);
    hall->failed++;
    hall->failure = err;
}

enum err hall_open(struct hall *hall, bool create)
{
    struct store_options options = {
        .url = hall->url,
        .create = create,
        .free_bytes_min = hall->free_bytes_min,
        .wake = wake,
        .failed = failed,
        .ctx = hall,
    };
    backend_set_options(hall->url, &options);
    return store_open(&options, &hall->store);
}

void hall_init(struct hall *hall)
{
    *hall = (struct hall){.free_bytes_min = 1};
    sem_init(&hall->woken, 0, 0);
    backend_new(hall->url, sizeof hall->url);
    cr_assert_eq(hall_open(hall, true), ERR_OK);
}

void hall_fini(struct hall *hall)
{
    hall_shut(hall);
    backend_remove(hall->url);
    sem_destroy(&hall->woken);
}

void hall_shut(struct hall *hall)
{
    store_close(hall->store);
    hall->store = NULL;
}

void hall_reopen(struct hall *hall)
{
    hall_shut(hall);
    cr_assert_eq(hall_open(hall, false), ERR_OK);
}

static void wait_for_wake(struct hall *hall)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    while (sem_timedwait(&hall->woken, &until) != 0) {
        cr_assert_eq(errno, EINTR, "the store keeps silent");
    }
}

void hall_await(struct hall *hall, int done)
{
    store_pump(hall->store);
    while (hall->done < done && hall->failed == 0) {
        wait_for_wake(hall);
        store_pump(hall->store);
    }
}

void hall_await_failure(struct hall *hall)
{
    store_pump(hall->store);
    while (hall->failed == 0) {
        wait_for_wake(hall);
        store_pump(hall->store);
    }
}

void hall_answered(void *ctx, enum store_status status, int64_t seq)
{
    struct answer *answer = ctx;
    cr_assert_eq(answer->place, 0, "answered twice");
    answer->place = ++answer->hall->done;
    answer->status = status;
    answer->seq = seq;
}

struct uid hall_uid(uint64_t number)
{
    struct uid uid = {{0}};
    memcpy(uid.bytes, &number, sizeof number);
    uid.bytes[UID_BYTES - 1] = 1;
    return uid;
}

void hall_append(
    struct hall *hall, struct store_lane lane, uint64_t uid, const char *body,
    struct answer *answer)
{
    struct uid name = hall_uid(uid);
    *answer = (struct answer){.hall = hall};
    cr_assert_eq(
        store_append(
            hall->store, lane, &name, span_of_string(body), hall_answered, answer),
        ERR_OK);
}

void hall_fence(
    struct hall *hall, int64_t event, int64_t poll, bool open, uint64_t uid,
    struct answer *answer)
{
    struct store_fence fence = {
        .event = event,
        .poll = poll,
        .open = open,
        .uid = hall_uid(uid),
        .lane_body = span_of_string(open ? "up" : "down"),
        .history_body = span_of_string(open ? "opened" : "closed"),
    };
    *answer = (struct answer){.hall = hall};
    cr_assert_eq(store_fence(hall->store, &fence, hall_answered, answer), ERR_OK);
}

void hall_put(
    struct hall *hall, const char *kind, const char *name, const char *body,
    struct answer *answer)
{
    struct store_doc doc = {
        .kind = kind, .name = span_of_string(name), .body = span_of_string(body)};
    *answer = (struct answer){.hall = hall};
    cr_assert_eq(store_put(hall->store, &doc, 1, hall_answered, answer), ERR_OK);
}

void hall_drop(struct hall *hall, int64_t event, int64_t poll, struct answer *answer)
{
    *answer = (struct answer){.hall = hall};
    cr_assert_eq(
        store_drop(
            hall->store, (struct store_lane){event, poll}, NULL, 0, hall_answered,
            answer),
        ERR_OK);
}

struct listing {
    char *text;
    size_t bytes;
};

static void list_add(struct listing *listing, const void *data, size_t bytes)
{
    cr_assert_lt(listing->bytes + bytes + 1, LISTING_BYTES);
    if (bytes != 0) {
        memcpy(listing->text + listing->bytes, data, bytes);
    }
    listing->bytes += bytes;
    listing->text[listing->bytes] = '\0';
}

static struct listing new_listing(void)
{
    static char text[LISTING_BYTES];
    text[0] = '\0';
    return (struct listing){.text = text};
}

static enum err list_row(void *ctx, int64_t seq, struct span body)
{
    (void)seq;
    list_add(ctx, body.data, body.bytes);
    list_add(ctx, "|", 1);
    return ERR_OK;
}

const char *hall_rows_after(struct hall *hall, struct store_lane lane, int64_t after)
{
    struct listing listing = new_listing();
    cr_assert_eq(store_tail(hall->store, lane, after, list_row, &listing), ERR_OK);
    return listing.text;
}

const char *hall_rows(struct hall *hall, struct store_lane lane)
{
    return hall_rows_after(hall, lane, 0);
}

static enum err list_doc(void *ctx, struct span name, struct span body)
{
    list_add(ctx, name.data, name.bytes);
    list_add(ctx, "=", 1);
    list_add(ctx, body.data, body.bytes);
    list_add(ctx, "|", 1);
    return ERR_OK;
}

const char *hall_docs(struct hall *hall, const char *kind)
{
    struct listing listing = new_listing();
    cr_assert_eq(store_docs(hall->store, kind, list_doc, &listing), ERR_OK);
    return listing.text;
}

const char *hall_doc_names(struct hall *hall, const char *kind)
{
    struct listing listing = new_listing();
    cr_assert_eq(store_doc_names(hall->store, kind, list_doc, &listing), ERR_OK);
    return listing.text;
}

static enum err list_lane(void *ctx, const struct store_lane_info *info)
{
    char text[80];
    int bytes = snprintf(
        text, sizeof text, "%" PRId64 ".%" PRId64 ":%" PRId64 "%c ", info->lane.event,
        info->lane.poll, info->seq, info->open ? '+' : '-');
    list_add(ctx, text, (size_t)bytes);
    return ERR_OK;
}

const char *hall_lanes(struct hall *hall)
{
    struct listing listing = new_listing();
    cr_assert_eq(store_lanes(hall->store, list_lane, &listing), ERR_OK);
    return listing.text;
}
