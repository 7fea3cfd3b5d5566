/* Whatever a phone sends once its WebSocket is up: frames, broken frames, halves of them.
 * The first byte says after how many bytes a pause comes. */
#include "fuzz_socket.h"

static const char upgrade[] = "GET /ws HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
                              "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                              "Sec-WebSocket-Version: 13\r\n"
                              "Sec-WebSocket-Protocol: stimmwerk.v1\r\n\r\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    socket_say(span_of_string(upgrade), span_of(data + 1, size - 1), data[0]);
    return 0;
}
