/* One to many: broadcasts that everybody gets, latest values of which the newest counts,
 * and phones that do not read. */
#include "base/bounds.h"
#include "harness.h"
#include "packets.h"

#include <criterion/criterion.h>

#define HALL    200
#define CHANNEL 7

static struct server server;
static struct client hall[HALL];

static void setup(void)
{
    server_init(&server);
    server.channel = CHANNEL;
    server_start(&server);
}

static void teardown(void)
{
    server_stop(&server);
}

TestSuite(fanout, .init = setup, .fini = teardown);

static void fill(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        client_join(&hall[i], &server);
    }
}

static void leave(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        client_close(&hall[i]);
    }
}

static void broadcast(const char *text)
{
    struct net_frame *frame = net_frame_new(span_of_string(text));
    net_broadcast(server.net, CHANNEL, frame);
    net_frame_unref(frame);
}

static void publish(unsigned slot, const char *text)
{
    struct net_frame *frame = net_frame_new(span_of_string(text));
    net_publish(server.net, CHANNEL, slot, frame);
    net_frame_unref(frame);
}

static void send_to(size_t i, const char *text)
{
    struct net_frame *frame = net_frame_new(span_of_string(text));
    net_send(server.net, server.conns[i], frame);
    net_frame_unref(frame);
}

static struct net_stats stats(void)
{
    struct net_stats now;
    net_stats(server.net, &now);
    return now;
}

static char *text_of(char c, size_t bytes)
{
    char *text = malloc(bytes + 1);
    memset(text, c, bytes);
    text[bytes] = '\0';
    return text;
}

Test(fanout, brings_a_broadcast_to_all_listeners)
{
    fill(HALL);
    broadcast("open");
    for (size_t i = 0; i < HALL; i++) {
        cr_expect(client_hears(&hall[i], "open"));
    }
    cr_expect_eq(stats().frames_sent_total, HALL);
    leave(HALL);
}

Test(fanout, brings_broadcasts_in_order_with_what_is_sent_to_one)
{
    fill(HALL);
    broadcast("1");
    send_to(HALL - 1, "2"); /* the round has not come to it yet */
    send_to(0, "2");
    broadcast("3");
    send_to(HALL - 1, "4");
    cr_expect(client_hears(&hall[HALL - 1], "1"));
    cr_expect(client_hears(&hall[HALL - 1], "2"));
    cr_expect(client_hears(&hall[HALL - 1], "3"));
    cr_expect(client_hears(&hall[HALL - 1], "4"));
    cr_expect(client_hears(&hall[0], "1"));
    cr_expect(client_hears(&hall[0], "2"));
    cr_expect(client_hears(&hall[0], "3"));
    cr_expect(client_hears(&hall[1], "1"));
    cr_expect(client_hears(&hall[1], "3"));
    leave(HALL);
}

Test(fanout, goes_round_in_slices)
{
    fill(HALL);
    broadcast("open");
    cr_expect_eq(stats().frames_sent_total, 0);
    uv_run(&server.loop, UV_RUN_NOWAIT);
    cr_expect_eq(stats().frames_sent_total, FANOUT_SLICE);
    uv_run(&server.loop, UV_RUN_NOWAIT);
    cr_expect_eq(stats().frames_sent_total, HALL);
    leave(HALL);
}

Test(fanout, brings_more_broadcasts_than_a_round_can_hold)
{
    char text[16];
    fill(3);
    for (int i = 0; i < 3 * OUTBOX_FRAMES_MAX; i++) {
        snprintf(text, sizeof text, "%d", i);
        broadcast(text);
    }
    for (size_t c = 0; c < 3; c++) {
        for (int i = 0; i < 3 * OUTBOX_FRAMES_MAX; i++) {
            snprintf(text, sizeof text, "%d", i);
            cr_assert(client_hears(&hall[c], text));
        }
    }
    leave(3);
}

Test(fanout, spares_newcomers_what_was_before_them)
{
    fill(1);
    broadcast("before");
    publish(0, "before too");
    client_join(&hall[1], &server);
    broadcast("after");
    cr_expect(client_hears(&hall[1], "after"));
    leave(2);
}

Test(fanout, forgets_those_who_leave_in_the_middle_of_a_round)
{
    fill(HALL);
    broadcast("open");
    uv_run(&server.loop, UV_RUN_NOWAIT);
    for (size_t i = 0; i < HALL; i += 2) {
        client_close(&hall[i]);
    }
    broadcast("closed");
    cr_expect(server_until_count(&server, &server.closed, HALL / 2));
    for (size_t i = 1; i < HALL; i += 2) {
        cr_expect(client_hears(&hall[i], "open"));
        cr_expect(client_hears(&hall[i], "closed"));
    }
    leave(HALL);
}

Test(fanout, sends_nothing_that_was_retracted_and_what_comes_after_it)
{
    fill(1);
    publish(1, "old");
    net_retract(server.net, CHANNEL, 1);
    broadcast("after");
    cr_expect(client_hears(&hall[0], "after"));
    publish(1, "new");
    cr_expect(client_hears(&hall[0], "new"));
    net_retract(server.net, 12345, 1); /* nobody listens */
    leave(1);
}

Test(fanout, keeps_channels_apart)
{
    fill(2);
    net_listen_channel(server.net, server.conns[1], CHANNEL + 256); /* same bucket */
    broadcast("for the first");
    struct net_frame *frame = net_frame_new(span_of_string("for the second"));
    net_broadcast(server.net, CHANNEL + 256, frame);
    net_broadcast(server.net, 12345, frame); /* nobody listens */
    net_publish(server.net, 12345, 0, frame);
    net_frame_unref(frame);
    cr_expect(client_hears(&hall[0], "for the first"));
    cr_expect(client_hears(&hall[1], "for the second"));
    leave(2);
}

Test(fanout, rests_when_the_last_listener_leaves_in_the_middle_of_a_round)
{
    fill(1);
    broadcast("the last one leaves with it");
    net_listen_channel(server.net, server.conns[0], NET_CHANNEL_NONE);
    uv_run(&server.loop, UV_RUN_NOWAIT);
    net_listen_channel(server.net, server.conns[0], CHANNEL);
    broadcast("and on it goes");
    cr_expect(client_hears(&hall[0], "the last one leaves with it"));
    cr_expect(client_hears(&hall[0], "and on it goes"));
    leave(1);
}

Test(fanout, ends_with_leaving_the_channel)
{
    fill(2);
    broadcast("1");
    net_listen_channel(server.net, server.conns[0], NET_CHANNEL_NONE);
    broadcast("2");
    send_to(0, "3");
    cr_expect(client_hears(&hall[0], "1"));
    cr_expect(client_hears(&hall[0], "3"));
    leave(2);
}

Test(fanout, brings_only_the_newest_of_values_published_at_once)
{
    fill(2);
    publish(0, "1");
    publish(0, "2");
    publish(1, "other");
    publish(0, "3");
    cr_expect(client_hears(&hall[0], "3"));
    cr_expect(client_hears(&hall[0], "other"));
    cr_expect(client_hears(&hall[1], "3"));
    cr_expect(client_hears(&hall[1], "other"));
    cr_expect_eq(stats().frames_skipped_total, 4);
    leave(2);
}

Test(fanout, brings_all_that_is_new_in_one_packet)
{
    fill(1);
    unsigned before = packets_with_data(hall[0].fd);
    broadcast("opened");
    publish(0, "12 have voted");
    publish(1, "a result");
    cr_expect(client_hears(&hall[0], "opened"));
    cr_expect(client_hears(&hall[0], "12 have voted"));
    cr_expect(client_hears(&hall[0], "a result"));
    cr_expect_eq(packets_with_data(hall[0].fd), before + 1);
    leave(1);
}

Test(fanout, brings_broadcasts_before_latest_values_also_behind_what_is_sent_to_one)
{
    fill(1);
    send_to(0, "sent");
    broadcast("opened");
    publish(0, "12 have voted");
    cr_expect(client_hears(&hall[0], "sent"));
    cr_expect(client_hears(&hall[0], "opened"));
    cr_expect(client_hears(&hall[0], "12 have voted"));
    leave(1);
}

Test(fanout, ends_with_a_line_that_was_just_sent_something)
{
    fill(HALL);
    broadcast("opened");
    publish(0, "12 have voted");
    send_to(HALL - 1, "sent"); /* the server closes now: server_stop looks for leaks */
    leave(HALL);
}

Test(fanout, sends_broadcasts_before_latest_values)
{
    fill(1);
    publish(0, "live");
    broadcast("open");
    send_to(0, "done");
    cr_expect(client_hears(&hall[0], "open"));
    cr_expect(client_hears(&hall[0], "done"));
    cr_expect(client_hears(&hall[0], "live"));
    leave(1);
}

/* ---- who does not read ---- */

/* A phone with a small window that reads nothing. */
static void join_deaf(struct client *deaf)
{
    size_t before = server.opened;
    client_open_narrow(deaf, &server, 4096);
    cr_assert_eq(client_upgrade(deaf, &(struct upgrade){0}), 101);
    cr_assert(server_until_count(&server, &server.opened, before + 1));
}

Test(fanout, is_not_held_up_by_a_phone_that_does_not_read)
{
    struct client deaf;
    char *large = text_of('x', 8000);
    fill(10);
    join_deaf(&deaf);
    for (int i = 0; i < 40; i++) {
        broadcast(large);
        for (size_t c = 0; c < 10; c++) {
            cr_assert(client_hears(&hall[c], large));
        }
    }
    cr_expect_eq(stats().connections, 10, "the full outbox is cut, nobody else");
    cr_expect_eq(stats().cut_total, 1);
    cr_expect_eq(server.closed, 1);
    client_close(&deaf);
    leave(10);
    free(large);
}

struct newest {
    struct client *client;
    char text[16];
    size_t heard;
};

static bool has_newest(void *ctx)
{
    struct newest *newest = ctx;
    struct frame frame = client_next(newest->client);
    newest->heard += frame.final ? 1 : 0;
    bool found = frame.payload != NULL &&
                 strncmp((char *)frame.payload, newest->text, strlen(newest->text)) == 0;
    bool ended = frame.opcode == -1;
    frame_free(&frame);
    return found || ended;
}

Test(fanout, skips_latest_values_for_a_phone_that_does_not_read)
{
    struct client deaf;
    struct newest newest = {.client = &deaf};
    char *large = text_of('x', 8000);
    fill(1);
    join_deaf(&deaf);
    for (int i = 0; i < 200; i++) {
        int digits = snprintf(newest.text, sizeof newest.text, "%d.", i);
        memcpy(large, newest.text, (size_t)digits);
        publish(0, large);
        cr_assert(client_hears(&hall[0], large));
    }
    cr_expect_eq(stats().connections, 2, "latest values fill no outbox");
    cr_expect(
        server_until(&server, has_newest, &newest), "it gets the newest in the end");
    cr_expect_gt(stats().frames_skipped_total, 100);
    cr_expect_lt(newest.heard, 100);
    client_close(&deaf);
    leave(1);
    free(large);
}

Test(fanout, cuts_a_full_outbox_of_many_small_frames)
{
    struct client deaf;
    char *large = text_of('x', 60000);
    join_deaf(&deaf);
    server.channel = NET_CHANNEL_NONE;
    for (int i = 0; i < 20; i++) {
        server_settle(&server);
        send_to(0, large);
        if (stats().cut_total > 0) {
            break;
        }
    }
    cr_expect_eq(stats().cut_total, 1);
    cr_expect(server_until_count(&server, &server.closed, 1));
    client_close(&deaf);
    free(large);
}
