/* WebSocket messages, both ways. */
#include "base/bounds.h"
#include "harness.h"
#include "packets.h"

#include <criterion/criterion.h>

static struct server server;
static struct client client;

static void setup(void)
{
    server_init(&server);
    server_start(&server);
    client_join(&client, &server);
}

static void teardown(void)
{
    client_close(&client);
    server_stop(&server);
}

TestSuite(messages, .init = setup, .fini = teardown);

static void send_now(const char *text)
{
    struct net_frame *frame = net_frame_new(span_of_string(text));
    net_send(server.net, server.conns[0], frame);
    net_frame_unref(frame);
}

static char *text_of(size_t bytes)
{
    char *text = malloc(bytes + 1);
    for (size_t i = 0; i < bytes; i++) {
        text[i] = (char)('a' + i % 26);
    }
    text[bytes] = '\0';
    return text;
}

Test(messages, come_back_from_an_echo)
{
    client_text(&client, "{\"op\":\"ping\"}");
    cr_expect(client_hears(&client, "{\"op\":\"ping\"}"));
}

Test(messages, may_be_empty)
{
    client_text(&client, "");
    cr_expect(client_hears(&client, ""));
}

Test(messages, keep_their_order)
{
    client_text(&client, "1");
    client_text(&client, "2");
    client_text(&client, "3");
    cr_expect(client_hears(&client, "1"));
    cr_expect(client_hears(&client, "2"));
    cr_expect(client_hears(&client, "3"));
}

Test(messages, keep_their_order_when_many_arrive_at_once)
{
    char expected[16];
    server.echo = false;
    for (int i = 0; i < 40; i++) {
        snprintf(expected, sizeof expected, "%d", i);
        send_now(expected);
    }
    for (int i = 0; i < 40; i++) {
        snprintf(expected, sizeof expected, "%d", i);
        cr_expect(client_hears(&client, expected));
    }
}

Test(messages, to_one_connection_leave_in_one_packet)
{
    unsigned before = packets_with_data(client.fd);
    send_now("1");
    send_now("2");
    send_now("3");
    cr_expect(client_hears(&client, "1"));
    cr_expect(client_hears(&client, "2"));
    cr_expect(client_hears(&client, "3"));
    cr_expect_eq(packets_with_data(client.fd), before + 1);
}

Test(messages, that_are_too_many_for_a_packet_arrive_all_the_same)
{
    char *text = text_of(OUTBOX_BYTES_MAX / 2);
    for (int i = 0; i < 3; i++) { /* two at once are all that an outbox takes */
        send_now("small");
        send_now(text);
    }
    for (int i = 0; i < 3; i++) {
        cr_expect(client_hears(&client, "small"));
        cr_expect(client_hears(&client, text));
    }
    free(text);
}

Test(messages, wait_for_no_other_to_leave)
{
    send_now("1");
    cr_expect(client_hears(&client, "1"));
}

Test(messages, of_the_largest_size_arrive_whole)
{
    char *text = text_of(FRAME_BYTES_MAX);
    client_text(&client, text);
    cr_expect(client_hears(&client, text));
    free(text);
}

Test(messages, in_fragments_arrive_whole)
{
    client_frame(&client, OP_TEXT, false, span_of_string("Skate"));
    client_frame(&client, OP_CONTINUATION, false, span_of_string("pa"));
    client_frame(&client, OP_PING, true, span_of_string("x"));
    client_frame(&client, OP_CONTINUATION, true, span_of_string("rk"));
    bool pong = false;
    bool text = false;
    for (int i = 0; i < 2; i++) { /* in either order */
        struct frame frame = client_next(&client);
        pong = pong || frame.opcode == OP_PONG;
        text = text || (frame.opcode == OP_TEXT && frame.bytes == 9 &&
                        memcmp(frame.payload, "Skatepark", 9) == 0);
        frame_free(&frame);
    }
    cr_expect(pong);
    cr_expect(text);
}

Test(messages, in_fragments_that_end_empty_arrive_whole)
{
    client_frame(&client, OP_TEXT, false, span_of_string("a"));
    client_frame(&client, OP_CONTINUATION, true, span_of_string(""));
    cr_expect(client_hears(&client, "a"));
}

Test(messages, byte_by_byte_arrive_whole)
{
    static const uint8_t bytes[] = {0x81, 0x82, 1, 2, 3, 4, 'h' ^ 1, 'i' ^ 2};
    for (size_t i = 0; i < sizeof bytes; i++) {
        client_send_bytes(&client, span_of(bytes + i, 1));
        server_settle(&server);
    }
    cr_expect(client_hears(&client, "hi"));
}

Test(messages, that_are_too_large_end_the_connection)
{
    char *text = text_of(FRAME_BYTES_MAX + 1);
    client_text(&client, text);
    cr_expect_eq(client_close_code(&client), 1009);
    cr_expect(server_until_count(&server, &server.closed, 1));
    cr_expect_eq(server.messages.bytes, 0);
    free(text);
}

Test(messages, that_claim_to_be_huge_end_the_connection_at_once)
{
    static const uint8_t head[] = {0x81, 0xff, 0, 0, 0, 0,   0x40, 0,  0,
                                   0,    1,    2, 3, 4, 'x', 'y',  'z'};
    client_send_bytes(&client, span_of(head, sizeof head));
    cr_expect_eq(client_close_code(&client), 1009);
}

Test(messages, whose_fragments_are_too_large_together_end_the_connection)
{
    char *text = text_of(FRAME_BYTES_MAX / 2 + 1);
    client_frame(&client, OP_TEXT, false, span_of_string(text));
    client_frame(&client, OP_CONTINUATION, true, span_of_string(text));
    cr_expect_eq(client_close_code(&client), 1009);
    free(text);
}

Test(messages, of_bytes_end_the_connection)
{
    client_frame(&client, OP_BINARY, true, span_of_string("x"));
    cr_expect_eq(client_close_code(&client), 1003);
    cr_expect_eq(server.messages.bytes, 0);
}

Test(messages, of_bad_utf8_end_the_connection)
{
    client_text(&client, "a\xff");
    cr_expect_eq(client_close_code(&client), 1007);
    cr_expect_eq(server.messages.bytes, 0);
}

Test(messages, that_end_within_a_character_end_the_connection)
{
    client_text(&client, "a\xc3");
    cr_expect_eq(client_close_code(&client), 1007);
    cr_expect_eq(server.messages.bytes, 0);
}

Test(messages, with_surrogates_end_the_connection)
{
    client_text(&client, "\xed\xa0\x80");
    cr_expect_eq(client_close_code(&client), 1007);
}

Test(messages, may_be_cut_within_a_character)
{
    client_frame(&client, OP_TEXT, false, span_of_string("\xf0\x9f"));
    client_frame(&client, OP_CONTINUATION, true, span_of_string("\x98\x80"));
    cr_expect(client_hears(&client, "\xf0\x9f\x98\x80"));
}

Test(messages, with_reserved_bits_end_the_connection)
{
    client_frame(&client, OP_TEXT | 0x40, true, span_of_string("x"));
    cr_expect_eq(client_close_code(&client), 1002);
}

Test(messages, with_an_unknown_opcode_end_the_connection)
{
    client_frame(&client, 5, true, span_of_string("x"));
    cr_expect_eq(client_close_code(&client), 1002);
}

Test(messages, that_continue_nothing_end_the_connection)
{
    client_frame(&client, OP_CONTINUATION, true, span_of_string("x"));
    cr_expect_eq(client_close_code(&client), 1002);
}

Test(messages, after_the_clients_close_are_not_sent)
{
    client_frame(&client, OP_CLOSE, true, span_of("\x03\xe8", 2));
    cr_expect(server_until_count(&server, &server.closed, 1));
    send_now("too late");
    cr_expect_eq(client_close_code(&client), 1000);
    cr_expect(client_until_eof(&client));
}

Test(messages, to_stale_names_reach_nobody)
{
    struct net_conn first = server.conns[0];
    client_close(&client);
    cr_expect(server_until_count(&server, &server.closed, 1));
    client_join(&client, &server);
    cr_expect_eq(server.conns[1].slot, first.slot, "the slot is used again");
    cr_expect_neq(server.conns[1].generation, first.generation);
    send_now("for the first");
    net_kick(server.net, first, 1008);
    net_listen_channel(server.net, first, 7);
    net_greeted(server.net, first);
    send_now("for the first");
    client_text(&client, "mine");
    cr_expect(client_hears(&client, "mine"));
}

Test(messages, to_names_that_never_were_reach_nobody)
{
    struct net_frame *frame = net_frame_new(span_of_string("x"));
    net_send(server.net, (struct net_conn){.slot = 99999, .generation = 1}, frame);
    net_send(server.net, (struct net_conn){.slot = 0, .generation = 0}, frame);
    net_frame_unref(frame);
    client_text(&client, "mine");
    cr_expect(client_hears(&client, "mine"));
}

Test(messages, sent_before_a_kick_arrive_before_the_close)
{
    send_now("one");
    send_now("two");
    net_kick(server.net, server.conns[0], 1008);
    send_now("never");
    cr_expect(client_hears(&client, "one"));
    cr_expect(client_hears(&client, "two"));
    cr_expect_eq(client_close_code(&client), 1008);
    client_frame(&client, OP_CLOSE, true, span_of("\x03\xf0", 2));
    cr_expect(server_until_count(&server, &server.closed, 1));
}

Test(messages, sent_as_soon_as_it_opens_arrive)
{
    struct client other;
    server.welcome = "welcome";
    client_join(&other, &server);
    cr_expect(client_hears(&other, "welcome"));
    client_close(&other);
}

Test(messages, of_any_size_fit_into_an_empty_outbox)
{
    char *text = text_of(3000000);
    send_now(text);
    cr_expect(client_hears(&client, text));
    struct net_stats stats;
    net_stats(server.net, &stats);
    cr_expect_eq(stats.frames_sent_total, 1);
    free(text);
}

/* A frame in pieces is put together from shared bytes; nothing of them may change. */
Test(messages, in_pieces_leave_the_frame_as_it_was)
{
    char *text = text_of(200000);
    struct net_frame *frame = net_frame_new(span_of_string(text));
    net_send(server.net, server.conns[0], frame);
    cr_expect(client_hears(&client, text));
    cr_expect(span_equal(net_frame_text(frame), span_of_string(text)));
    net_frame_unref(frame);
    free(text);
}

Test(messages, are_answered_before_a_bad_one_in_the_same_packet_ends_the_line)
{
    static const uint8_t bytes[] = {0x81, 0x82, 0, 0, 0, 0, 'h', 'i',
                                    0x81, 0x82, 0, 0, 0, 0, 'a', 0xff};
    client_send_bytes(&client, span_of(bytes, sizeof bytes));
    cr_expect(client_hears(&client, "hi"));
    cr_expect_eq(client_close_code(&client), 1007);
}

Test(messages, are_none_any_more_behind_our_close)
{
    client_text(&client, "a\xff");
    server_settle(&server);
    send_now("late");
    cr_expect_eq(client_close_code(&client), 1007);
    struct frame frame = client_next(&client);
    cr_expect_eq(frame.opcode, -1);
    frame_free(&frame);
}
