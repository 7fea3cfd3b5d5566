/* WebSocket clients, frame by frame. */
#include "harness.h"

#include <criterion/criterion.h>

#define MESSAGE_MAX (64UL * 1024 * 1024)

int client_upgrade(struct client *client, const struct upgrade *upgrade)
{
    char host[64];
    char text[4096];
    char origin[256] = "";
    char protocol[256] = "";
    snprintf(host, sizeof host, "127.0.0.1:%d", net_port(client->server->net));
    if (upgrade->origin == NULL) {
        snprintf(
            origin, sizeof origin, "Origin: %s://%s\r\n",
            client->ssl != NULL ? "https" : "http", host);
    } else if (upgrade->origin[0] != '\0') {
        snprintf(origin, sizeof origin, "Origin: %s\r\n", upgrade->origin);
    }
    const char *name = upgrade->protocol != NULL ? upgrade->protocol : "stimmwerk.v1";
    if (name[0] != '\0') {
        snprintf(protocol, sizeof protocol, "Sec-WebSocket-Protocol: %s\r\n", name);
    }
    snprintf(
        text, sizeof text,
        "GET %s HTTP/1.1\r\nHost: %s\r\n%s%sUpgrade: %s\r\nConnection: keep-alive, "
        "Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: "
        "%s\r\n%s\r\n",
        upgrade->path != NULL ? upgrade->path : "/ws",
        upgrade->host != NULL ? upgrade->host : host, origin, protocol,
        upgrade->upgrade != NULL ? upgrade->upgrade : "websocket",
        upgrade->version != NULL ? upgrade->version : "13",
        upgrade->more != NULL ? upgrade->more : "");
    client_send(client, text);
    struct answer answer = client_answer(client, true);
    int status = answer.status;
    answer_free(&answer);
    return status;
}

void client_join(struct client *client, struct server *server)
{
    size_t before = server->opened;
    client_open(client, server);
    cr_assert_eq(client_upgrade(client, &(struct upgrade){0}), 101);
    cr_assert(server_until_count(server, &server->opened, before + 1));
}

void client_frame(struct client *client, int opcode, bool final, struct span payload)
{
    static const uint8_t mask[4] = {0x12, 0x34, 0x56, 0x78};
    uint8_t *bytes = malloc(payload.bytes + 16);
    size_t at = 0;
    bytes[at++] = (uint8_t)((final ? 0x80 : 0) | opcode);
    if (payload.bytes < 126) {
        bytes[at++] = (uint8_t)(0x80 | payload.bytes);
    } else if (payload.bytes < 65536) {
        bytes[at++] = 0x80 | 126;
        bytes[at++] = (uint8_t)(payload.bytes >> 8);
        bytes[at++] = (uint8_t)payload.bytes;
    } else {
        bytes[at++] = 0x80 | 127;
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[at++] = (uint8_t)((uint64_t)payload.bytes >> shift);
        }
    }
    memcpy(bytes + at, mask, 4);
    at += 4;
    for (size_t i = 0; i < payload.bytes; i++) {
        bytes[at++] = payload.data[i] ^ mask[i % 4];
    }
    client_send_bytes(client, span_of(bytes, at));
    free(bytes);
}

void client_text(struct client *client, const char *text)
{
    client_frame(client, OP_TEXT, true, span_of_string(text));
}

struct frame client_next(struct client *client)
{
    struct frame frame = {.opcode = -1};
    if (!client_want(client, 2)) {
        return frame;
    }
    const uint8_t *head = client->in.data + client->taken;
    size_t length = head[1] & 0x7f;
    size_t head_bytes = length == 126 ? 4 : length == 127 ? 10 : 2;
    if (!client_want(client, head_bytes)) {
        return frame;
    }
    head = client->in.data + client->taken;
    if (head_bytes > 2) {
        length = 0;
        for (size_t i = 2; i < head_bytes; i++) {
            length = length << 8 | head[i];
        }
    }
    if (!client_want(client, head_bytes + length)) {
        return frame;
    }
    head = client->in.data + client->taken;
    frame.opcode = head[0] & 0x0f;
    frame.final = (head[0] & 0x80) != 0;
    frame.bytes = length;
    frame.payload = malloc(length + 1);
    memcpy(frame.payload, head + head_bytes, length);
    frame.payload[length] = '\0';
    client->taken += head_bytes + length;
    return frame;
}

void frame_free(struct frame *frame)
{
    free(frame->payload);
    *frame = (struct frame){0};
}

bool client_hears(struct client *client, const char *text)
{
    struct buf whole;
    buf_init(&whole, MESSAGE_MAX);
    bool last = false;
    while (!last) {
        struct frame frame = client_next(client);
        last =
            frame.final || (frame.opcode != OP_TEXT && frame.opcode != OP_CONTINUATION);
        if (frame.payload != NULL) {
            buf_bytes(&whole, frame.payload, frame.bytes);
        }
        frame_free(&frame);
    }
    bool same = span_equal(buf_span(&whole), span_of_string(text));
    buf_fini(&whole);
    return same;
}

int client_close_code(struct client *client)
{
    for (;;) {
        struct frame frame = client_next(client);
        int opcode = frame.opcode;
        int code = opcode == OP_CLOSE && frame.bytes >= 2
                       ? frame.payload[0] << 8 | frame.payload[1]
                       : 0;
        frame_free(&frame);
        if (opcode == OP_CLOSE || opcode == -1) {
            return code;
        }
    }
}
