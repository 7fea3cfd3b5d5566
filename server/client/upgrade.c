/* The way from HTTP to a WebSocket (RFC 6455, 4.1). */
#include "client/http.h"
#include "client/pool.h"

#include <openssl/evp.h>

#define PROTOCOL  "stimmwerk.v1"
#define KEY_BYTES 16
#define KEY_CHARS 24
#define GUID      "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

static void expect_accept(struct client *client, const char *key)
{
    char text[KEY_CHARS + sizeof GUID];
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int digest_bytes = 0;
    int length = snprintf(text, sizeof text, "%s%s", key, GUID);
    if (EVP_Digest(text, (size_t)length, digest, &digest_bytes, EVP_sha1(), NULL) != 1) {
        abort();
    }
    EVP_EncodeBlock((unsigned char *)client->accept, digest, (int)digest_bytes);
}

void upgrade_ask(struct client *client)
{
    const struct url *url = &client->pool->url;
    uint8_t noise[KEY_BYTES];
    char key[KEY_CHARS + 1];
    pool_noise(client->pool, noise, sizeof noise);
    EVP_EncodeBlock((unsigned char *)key, noise, sizeof noise);
    expect_accept(client, key);
    struct buf *out = &client->out;
    buf_printf(out, "GET /ws HTTP/1.1\r\nHost: %s\r\n", url->authority);
    buf_printf(out, "Origin: %s\r\n", url->origin);
    buf_text(out, "Upgrade: websocket\r\nConnection: Upgrade\r\n");
    buf_text(
        out, "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: " PROTOCOL "\r\n");
    buf_printf(out, "Sec-WebSocket-Key: %s\r\n", key);
    if (client->cookie[0] != '\0') {
        buf_printf(out, "Cookie: %s\r\n", client->cookie);
    }
    buf_text(out, "\r\n");
}

enum err upgrade_check(const struct client *client, size_t *ret_bytes, int *ret_status)
{
    struct http_head head = {0};
    enum err err = http_read_head(buf_span(&client->in), &head);
    if (err != ERR_OK) {
        *ret_status = 0;
        return err;
    }
    struct span accept = {0};
    bool ours = head.status == 101 &&
                http_find_field(&head, "sec-websocket-accept", &accept) &&
                span_equal(accept, span_of_string(client->accept)) &&
                http_field_is(&head, "sec-websocket-protocol", PROTOCOL);
    if (!ours) {
        *ret_status = head.status == 101 ? 0 : head.status;
        return ERR_BAD_VALUE;
    }
    *ret_bytes = head.bytes;
    return ERR_OK;
}
